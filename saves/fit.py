"""Whether a saved run and a pack go together, when the pack may have changed since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from saves.records import Header
from scenes.vocabulary import DRAWN, PHASES
from state_machine.run import Run

if TYPE_CHECKING:
    from scenes.schema import Choice, Pack

Kinship = Literal["same", "text changed", "rules changed", "other pack"]

_NAMED_AT_MOST: Final = 3
"""A refusal names so many of the things that are missing, and counts the others."""


class Fit(msgspec.Struct, frozen=True):
    """How a run and a pack go together.

    `notice` is for the player when the run goes on; `refusal` says why it cannot. Either is
    empty if there is nothing to say.
    """

    kinship: Kinship
    notice: str = ""
    refusal: str = ""


def fit(header: Header, run: Run, pack: Pack) -> Fit:
    """How the run, as it stands, and the pack go together."""
    if header.pack_id != pack.info.id:
        return Fit(
            "other pack",
            refusal=f"This is a run of “{header.pack_title}” (`{header.pack_id}`), "
            f"not of “{pack.info.title}” (`{pack.info.id}`).",
        )
    if header.rules_hash == pack.rules_hash:
        return Fit("same" if header.text_hash == pack.text_hash else "text changed")
    missing = sorted(set(_missing(run, pack)))
    if missing:
        named = ", ".join(missing[:_NAMED_AT_MOST])
        more = len(missing) - _NAMED_AT_MOST
        return Fit(
            "rules changed",
            refusal=f"This run was begun on version {header.pack_version} of "
            f"“{header.pack_title}” and cannot go on with version {pack.info.version}, which no "
            f"longer has {named}{f' and {more} more that it needs' if more > 0 else ''}.",
        )
    return Fit(
        "rules changed",
        notice=f"“{pack.info.title}” has changed since this run was begun "
        f"(version {header.pack_version}, now {pack.info.version}). "
        "From here on the run follows the new rules.",
    )


def _missing(run: Run, pack: Pack) -> Iterator[str]:
    """What the run refers to and the pack does not have, in words."""
    yield from _missing_place(run, pack)
    yield from _missing_scenes(run, pack)
    yield from _missing_choices(run, pack)
    yield from (f"the promise `{p}`" for p in run.promises if p not in pack.promises)
    items = {*run.items, *(words.partition(" ")[2] for words in run.narrowed)}
    yield from (f"the item `{item}`" for item in items if item not in pack.items)
    for key in run.numbers:
        kind, _, name = key.partition(" ")
        if kind == "trust" and name not in pack.persons:
            yield f"the person `{name}`"
        if kind == "evidence" and name not in pack.evidence:
            yield f"the question `{name}`"


def _missing_place(run: Run, pack: Pack) -> Iterator[str]:
    if run.world not in pack.worlds:
        yield "the hidden world that it plays in"
    if run.over and run.ending not in pack.endings:
        yield f"the ending `{run.ending}`"
    phase = next((p for p in PHASES if p == run.state.partition("_")[0]), None)
    if phase is None:
        return
    record = pack.phases.get(phase)
    if record is None:
        yield f"the phase `{phase}`"
    elif run.round > len(record.again if run.again and record.again else record.round):
        yield f"round {run.round} of the phase `{phase}`"


def _missing_scenes(run: Run, pack: Pack) -> Iterator[str]:
    invited = {*run.diary, *run.accepted, *run.declined, *run.attended, *run.missed}
    named = {*invited, *run.agenda, *run.crises, *run.chosen, *run.predictions, run.scene}
    named |= {played.scene for played in run.played}
    for scene in named - {"", DRAWN}:
        if scene not in pack.scenes:
            yield f"the scene `{scene}`"
        elif scene in invited and pack.scenes[scene].invitation is None:
            yield f"the invitation to `{scene}`"


def _missing_choices(run: Run, pack: Pack) -> Iterator[str]:
    named = {f"{scene}/{choice}" for scene, taken in run.chosen.items() for choice in taken}
    named |= {f"{bet.scene}/{bet.choice}" for bet in run.bets}
    named |= {given.by for given in run.promises.values() if "/" in given.by}
    for ref in named:
        if _choice(ref, pack) is None:
            yield f"the choice `{ref}`"
    for pending in run.pending:
        choice = _choice(pending.choice, pack)
        if choice is None:
            yield f"the choice `{pending.choice}`"
        elif pending.index >= len(choice.later):
            yield f"what `{pending.choice}` brings about later"


def _choice(ref: str, pack: Pack) -> Choice | None:
    scene, _, name = ref.partition("/")
    choices = pack.scenes[scene].choice if scene in pack.scenes else ()
    return next((choice for choice in choices if choice.id == name), None)
