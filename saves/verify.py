"""Whether a run is what its decisions lead to: every step computed once more and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from saves.packstore import Ground
from saves.records import AnyLine, Header, Recorded, Undone
from state_machine.decisions.records import IllegalDecision
from state_machine.engine import advance, begin
from state_machine.events import AnyEvent, Outcome
from state_machine.run import Run

_FROM_ELSEWHERE: Final = ("migration", "inheritance")
"""A run that came about in one of these ways does not begin as its pack does."""

_LONGEST: Final = 60
"""In characters: what is shown of a value that differs."""

_MOST: Final = 12
"""So many differences are told of a step."""


class Divergence(msgspec.Struct, frozen=True, kw_only=True):
    """The first step at which what is recorded is not what the rules lead to.

    `number` is that of its decision, 0 for the beginning; `differences` say in words how the
    two states differ, or why the decision could not have been made at all.
    """

    number: int
    differences: tuple[str, ...]


def verify(header: Header, lines: tuple[AnyLine, ...], ground: Ground) -> Divergence | None:
    """Compute a run again on what it was played on; the first step that differs, or None.

    What was taken back is computed as well. A run that was migrated or inherited is taken as it
    began, as its beginning is not one of its pack's.
    """
    outcomes = [header.outcome]
    if not any(origin.kind in _FROM_ELSEWHERE for origin in header.origins):
        state = header.state
        found = begin(
            ground.pack, header.seed, header.player, ground.rules,
            edition=state.edition, past=state.past,
        )  # fmt: skip
        if differences := tuple(differing(header.outcome, found)):
            return Divergence(number=0, differences=differences)
    for line in lines:
        if isinstance(line, Recorded):
            try:
                found = advance(ground.pack, outcomes[-1].run, line.decision, ground.rules)
            except IllegalDecision as refusal:
                return Divergence(number=line.number, differences=(_illegal(refusal),))
            if differences := tuple(differing(line.outcome, found)):
                return Divergence(number=line.number, differences=differences)
            outcomes.append(line.outcome)
        elif isinstance(line, Undone):
            outcomes.pop()
    return None


def differing(recorded: Outcome, computed: Outcome) -> Iterator[str]:
    """How two outcomes differ, in words; nothing if they are equal."""
    found = list(_states(recorded.run, computed.run))
    if not found and recorded.events != computed.events:
        found.append(_events(recorded.events, computed.events))
    yield from found[:_MOST]
    if len(found) > _MOST:
        yield f"and {len(found) - _MOST} more"


def _states(recorded: Run, computed: Run) -> Iterator[str]:
    for name in Run.__struct_fields__:
        one, other = getattr(recorded, name), getattr(computed, name)
        if one == other:
            continue
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            for key in sorted({*one, *other}):
                if one.get(key) != other.get(key):
                    place = key if name == "numbers" else f"{_said(name)} {key}"
                    yield _difference(place, one.get(key), other.get(key))
        else:
            yield _difference(_said(name), one, other)


def _events(recorded: tuple[AnyEvent, ...], computed: tuple[AnyEvent, ...]) -> str:
    """The first event that is not the same."""
    for place, (one, other) in enumerate(zip(recorded, computed, strict=False), start=1):
        if one != other:
            return _difference(f"what happened, step {place}", one, other)
    return _difference("how many things happened", len(recorded), len(computed))


def _difference(place: str, recorded: Any, computed: Any) -> str:
    return f"{place}: recorded {_shown(recorded)}, computed {_shown(computed)}"


def _illegal(refusal: IllegalDecision) -> str:
    return f"the decision that is recorded cannot be made there: {refusal}"


def _said(name: str) -> str:
    return name.replace("_", " ")


def _shown(value: Any) -> str:
    """A value in a few words; nothing is `none`."""
    if value is None or value in ((), ""):
        return "none"
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
