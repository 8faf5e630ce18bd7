"""What the game of today makes of a run that was played on an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from saves import SaveError
from saves.chain import Reading, read_journal
from saves.fit import missing
from saves.migrate import migrated
from saves.packstore import Ground, read_kept
from saves.records import Recorded
from saves.verify import verify
from scenes.schema import Pack
from state_machine import Run, advance
from state_machine.bots import PERSONAS
from state_machine.rules import default_rules
from state_machine.view import observe
from tests.golden.store import Golden

Kind = Literal["same", "migrated", "stranded", "diverged"]

GOOD: Final = ("same", "migrated")
PERSONA: Final = "sensible"
"""Plays on, from where a run is taken up."""

_read_kept: Final = cache(read_kept)


@dataclass(frozen=True)
class Verdict:
    """What became of a golden run, in a word and in a sentence.

    `same`: every step is computed as it was, on the pack of then, and the pack and the rules of
    today are those of then, so the run goes on where it is. `migrated`: every step is computed as
    it was; pack or rules have changed since, and the run goes on by them to an ending.
    `stranded`: it cannot go on by them from any of its steps. `diverged`: the game computes
    something else than it did, or cannot read the run any more.
    """

    name: str
    kind: Kind
    decisions: int
    words: str


def verdict(golden: Golden, pack: Pack) -> Verdict:
    """What the game makes of a golden run; `pack` is what its pack is today."""
    try:
        reading = read_journal(golden.name, golden.journal)
        ground, _ = _read_kept(golden.kept)
    except SaveError as error:
        return Verdict(golden.name, "diverged", 0, f"cannot be read: {error}")
    kind, words = _judged(reading, ground, pack)
    return Verdict(golden.name, kind, reading.decisions, words)


def _judged(reading: Reading, ground: Ground, pack: Pack) -> tuple[Kind, str]:
    if reading.damage or reading.torn:
        return "diverged", f"is damaged: {reading.damage or 'its last line has no end'}"
    divergence = verify(reading.header, reading.lines, ground)
    if divergence is not None:
        differences = "; ".join(divergence.differences)
        return "diverged", f"at decision {divergence.number}: {differences}"
    as_then = ground.pack.rules_hash == pack.rules_hash and ground.rules == default_rules()
    for number, run in _from_the_middle(reading.recorded):
        taken_up, left = (run, ()) if as_then else migrated(run, pack)
        if not list(missing(taken_up, pack)):
            words = f"goes on from decision {number} to the ending `{_ending(taken_up, pack)}`"
            if as_then:
                return "same", words
            return "migrated", f"{words}, without {', '.join(left)}" if left else words
    return "stranded", "none of its steps can go on by what its pack is today"


def _from_the_middle(recorded: tuple[Recorded, ...]) -> list[tuple[int, Run]]:
    """The steps at which a run goes on, those in its middle first."""
    steps = [(each.number, each.state) for each in recorded if not each.state.over]
    return sorted(steps, key=lambda step: abs(step[0] - len(recorded) // 2))


def _ending(run: Run, pack: Pack) -> str:
    """Where it leads if it is played on."""
    while not run.over:
        decision = PERSONAS[PERSONA](observe(pack, run), run.seed)
        run = advance(pack, run, decision).run
    return run.ending
