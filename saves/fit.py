"""Whether a saved run and a pack go together, when the pack may have changed since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from saves.errors import printable
from saves.records import Header
from scenes.sanitise import clean_line
from scenes.vocabulary import DRAWN, HERITABLE, MEMORABLE, METRICS
from state_machine.rules import default_rules
from state_machine.run import Run
from state_machine.states import PHASE_OF, STATES, SUCCESSION
from state_machine.texts import laters

if TYPE_CHECKING:
    from saves.packstore import Ground
    from scenes.decisions import Choice
    from scenes.schema import Pack

Kinship = Literal["same", "text changed", "rules changed", "other pack"]

_NUMBERS: Final = (*METRICS, "runway", "revenue")
"""The numbers that every run has; trust and evidence begin at 0 where they are not there."""

_NAMED_AT_MOST: Final = 3
"""A refusal names so many of the things that are missing, and counts the others."""


class Fit(msgspec.Struct, frozen=True):
    """How a run and a pack go together.

    `notice` is for the player when the run goes on; `refusal` says why it cannot. Either is
    empty if there is nothing to say; neither holds anything that a terminal would obey.
    """

    kinship: Kinship
    notice: str = ""
    refusal: str = ""


def fit(header: Header, run: Run, pack: Pack, ground: Ground | None = None) -> Fit:
    """How the run, as it stands, and the pack go together.

    `ground` is what the run was played on, if it is kept; else the header says what it was.
    """
    kinship = _kinship(header, pack, ground)
    if kinship == "other pack":
        refusal = (
            f"This is a run of “{header.pack_title}” (`{header.pack_id}`), "
            f"not of “{pack.info.title}” (`{pack.info.id}`)."
        )
        return Fit(kinship, refusal=printable(refusal))
    lacking = sorted(set(missing(run, pack)))
    if lacking:
        named = ", ".join(lacking[:_NAMED_AT_MOST])
        more = len(lacking) - _NAMED_AT_MOST
        refusal = (
            f"This run of “{header.pack_title}”{_versions(header, pack)} cannot go on, because "
            f"{named}{f' and {more} more that it needs' if more > 0 else ''} "
            f"{'is' if len(lacking) == 1 else 'are'} not there."
        )
        return Fit(kinship, refusal=printable(refusal))
    if kinship != "rules changed":
        return Fit(kinship)
    notice = (
        f"“{pack.info.title}” has changed since this run was begun{_versions(header, pack)}. "
        "From here on the run follows the new rules."
    )
    return Fit(kinship, notice=printable(notice))


def _kinship(header: Header, pack: Pack, ground: Ground | None) -> Kinship:
    if header.pack_id != pack.info.id:
        return "other pack"
    rules_hash = ground.pack.rules_hash if ground else header.rules_hash
    if rules_hash != pack.rules_hash or (ground and ground.rules != default_rules()):
        return "rules changed"
    return "same" if header.text_hash == pack.text_hash else "text changed"


def _versions(header: Header, pack: Pack) -> str:
    """The pack's version then and now, in brackets, if its author has counted on."""
    if header.pack_version == pack.info.version:
        return ""
    return f" (version {header.pack_version}, now {pack.info.version})"


def missing(run: Run, pack: Pack) -> Iterator[str]:
    """What the run needs and it or the pack does not have, in words.

    Asked also where the pack is the same: whoever alters a save can forge its digests.
    """
    yield from _missing_in_run(run, pack)
    yield from _missing_place(run, pack)
    yield from _missing_scenes(run, pack)
    yield from _missing_choices(run, pack)
    yield from _missing_promises(run, pack)
    yield from _missing_sorted(run, pack)
    yield from (f"the item `{item}`" for item in _items(run) if item not in pack.items)
    for key in run.numbers:
        kind, _, name = key.partition(" ")
        if kind == "trust" and name not in pack.persons:
            yield f"the person `{name}`"
        if kind == "evidence" and name not in pack.evidence:
            yield f"the question `{name}`"
        if kind in ("users", "price", "satisfaction") and name not in pack.segments:
            yield f"the segment `{name}`"


def _missing_promises(run: Run, pack: Pack) -> Iterator[str]:
    for name, given in run.promises.items():
        if given.item:
            if given.to not in pack.persons:
                yield f"the person `{given.to}`"
        elif name not in pack.promises:
            yield f"the promise `{name}`"


def _items(run: Run) -> set[str]:
    """Every item that the run names."""
    cards = (*(run.sprint.cards if run.sprint else ()), *run.carried)
    on_paper = (name for artifact in run.artifacts.values() for name in artifact.items)
    dated = (given.item for given in run.promises.values() if given.item)
    return {
        *run.items,
        *run.backlog,
        *run.ready,
        *run.shipped,
        *run.misbuilt,
        *run.split,
        *on_paper,
        *dated,
        *(card.item for card in cards),
        *(words.partition(" ")[2] for words in run.narrowed),
        *((run.sprint.goal,) if run.sprint and run.sprint.goal else ()),
    }


def _missing_in_run(run: Run, pack: Pack) -> Iterator[str]:
    yield from (f"the number `{key}`" for key in _NUMBERS if key not in run.numbers)
    brought = (getattr(run.past, name) for name in MEMORABLE) if run.past else ()
    texts = (run.player, run.predecessor, *run.letters.values(), *brought)
    if any(text != clean_line(text, len(text)) for text in texts):
        yield "a text of the player's that can be shown"
    for scene in run.chosen:
        write = pack.scenes[scene].write if scene in pack.scenes else None
        if write and write.letter not in run.letters:
            yield f"the letter `{write.letter}`"
    if run.over and not run.marks:
        yield "the end of a round"
    if any(len(mark.metrics) != len(METRICS) for mark in run.marks):
        yield "how the metrics stood"


def _missing_place(run: Run, pack: Pack) -> Iterator[str]:
    for title in {run.title, run.held} - {""}:
        if title not in pack.titles:
            yield f"the title `{title}`"
    if run.world not in pack.worlds:
        yield "the hidden world that it plays in"
    if not (run.over or run.scene or run.diary):
        yield "what it waits for"
    if run.over and run.ending not in pack.endings:
        yield f"the ending `{run.ending}`"
    if run.state not in STATES:
        yield f"the state `{run.state}`"
    phase = PHASE_OF.get(run.state)
    if run.state == SUCCESSION:
        if run.succession is None or not run.succession.diary:
            yield "the desk that it takes over"
            return
        phase = run.succession.phase
        if phase not in HERITABLE:
            yield f"a desk to take over in the phase `{phase}`"
    record = pack.phases.get(phase) if phase else None
    if phase and record is None:
        yield f"the phase `{phase}`"
    elif record:
        rounds = record.rounds(run.edition, again=run.again)
        if not 1 <= run.round <= len(rounds):
            yield f"round {run.round} of the phase `{phase}`"


def _missing_scenes(run: Run, pack: Pack) -> Iterator[str]:
    laid_open = run.succession.diary if run.succession else ()
    invited = {*laid_open, *run.diary, *run.accepted, *run.declined, *run.attended, *run.missed}
    named = {*invited, *run.agenda, *run.crises, *run.chosen, *run.predictions}
    named |= {played.scene for played in run.played}
    named |= {artifact.scene for artifact in run.artifacts.values()}
    named |= set(run.sprint.asked if run.sprint else ())
    named |= {run.scene} if run.scene else set()
    for scene in named - {DRAWN}:
        if scene not in pack.scenes:
            yield f"the scene `{scene}`"
        elif scene in invited and pack.scenes[scene].invitation is None:
            yield f"the invitation to `{scene}`"
    for played in run.played:
        if played.scene in pack.scenes and played.scene not in run.chosen:
            yield f"what was decided in `{played.scene}`"
    for given in run.promises.values():
        if "/" not in given.by and given.by not in pack.scenes and given.by not in pack.phases:
            yield f"the moment `{given.by}`"


def _missing_choices(run: Run, pack: Pack) -> Iterator[str]:
    named = {f"{scene}/{choice}" for scene, taken in run.chosen.items() for choice in taken}
    named |= {f"{bet.scene}/{bet.choice}" for bet in run.bets}
    named |= {*run.placed, *run.points}
    named |= {ref for artifact in run.artifacts.values() for ref in artifact.slots.values()}
    named |= {given.by for given in run.promises.values() if "/" in given.by}
    named |= {crossing.by for crossing in run.crossings}
    for ref in named:
        if choice_in(ref, pack) is None:
            yield f"the choice `{ref}`"
    for pending in run.pending:
        choice = choice_in(pending.choice, pack)
        if choice is None:
            yield f"the choice `{pending.choice}`"
        elif not 0 <= pending.index < len(laters(choice, pending.source)):
            yield f"what `{pending.choice}` brings about later"


def _missing_sorted(run: Run, pack: Pack) -> Iterator[str]:
    for artifact in run.artifacts.values():
        for name in artifact.buckets:
            if not can_be_sorted(name, artifact.scene, pack):
                yield f"`{name}`, which was sorted in `{artifact.scene}`"


def can_be_sorted(name: str, scene: str, pack: Pack) -> bool:
    """Whether a pack has what was sorted in a scene: a call, an item or a choice."""
    return (
        name in pack.calls or name in pack.items or choice_in(f"{scene}/{name}", pack) is not None
    )


def choice_in(ref: str, pack: Pack) -> Choice | None:
    """The choice `scene/choice` as a pack has it; None if it has it no more."""
    scene, _, name = ref.partition("/")
    record = pack.scenes.get(scene)
    if record is None or (record.offers and name not in pack.items):
        return None
    if record.offers:
        return pack.choice(ref)
    return next((choice for choice in record.choice if choice.id == name), None)
