"""Whether a run is what its decisions lead to: every step computed once more and compared."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, Final

import msgspec

from saves.fit import missing
from saves.packstore import Ground
from saves.records import AnyLine, Header, Recorded, Undone
from state_machine.decisions.records import IllegalDecision
from state_machine.engine import advance, begin
from state_machine.events import Outcome
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
    began, as its beginning is not one that its pack leads to, if the pack has all that it needs.
    """
    outcomes = [header.outcome]
    if differences := tuple(_beginning(header, ground)):
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


def _beginning(header: Header, ground: Ground) -> Iterator[str]:
    """How the beginning of a run is not one of its pack's."""
    state = header.state
    if any(origin.kind in _FROM_ELSEWHERE for origin in header.origins):
        yield from (f"{each} is not there" for each in sorted(set(missing(state, ground.pack))))
    else:
        found = begin(
            ground.pack, header.seed, header.player, ground.rules,
            edition=state.edition, past=state.past,
        )  # fmt: skip
        yield from differing(header.outcome, found)


def differing(recorded: Outcome, computed: Outcome) -> Iterator[str]:
    """How two outcomes differ, in words; nothing if they are equal."""
    found = list(_states(recorded.run, computed.run)) or list(_events(recorded, computed))
    yield from found[:_MOST]
    if len(found) > _MOST:
        yield f"and {len(found) - _MOST} more"


def _states(recorded: Run, computed: Run) -> Iterator[str]:
    for name in Run.__struct_fields__:
        place = "" if name == "numbers" else name.replace("_", " ")
        yield from _apart(place, _plain(getattr(recorded, name)), _plain(getattr(computed, name)))


def _events(recorded: Outcome, computed: Outcome) -> Iterator[str]:
    yield from _apart("what happened, step", _plain(recorded.events), _plain(computed.events))


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value, builtin_types=())


def _apart(place: str, one: Any, other: Any) -> Iterator[str]:
    """Where two plain values differ, if they do; of two lists, the first such place."""
    if one == other:
        return
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            inside = f"{place} {key.replace('_', ' ')}".strip()
            yield from _apart(inside, one.get(key), other.get(key))
    elif isinstance(one, list | tuple) and isinstance(other, list | tuple):
        pairs = enumerate(zip_longest(one, other), start=1)
        at, (here, there) = next((at, pair) for at, pair in pairs if pair[0] != pair[1])
        yield from _apart(f"{place} {at}", here, there)
    else:
        yield f"{place}: recorded {_shown(one)}, computed {_shown(other)}"


def _illegal(refusal: IllegalDecision) -> str:
    return f"the decision that is recorded cannot be made there: {refusal}"


def _shown(value: Any) -> str:
    """A value in a few words; nothing is `none`."""
    if value is None or value in ([], (), {}, ""):
        return "none"
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
