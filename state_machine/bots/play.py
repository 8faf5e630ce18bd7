"""Playing a whole run with a persona, through the same `advance` as people."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.schema import Pack
from scenes.vocabulary import Edition
from state_machine.bots.personas import Persona
from state_machine.engine import advance, begin
from state_machine.events import Step
from state_machine.view import observe


def decisions(
    pack: Pack, seed: int, persona: Persona, player: str = "Sam", edition: Edition = "full"
) -> Iterator[Step]:
    """Every step of a run: the decision (None for the beginning) and its outcome, to the end."""
    outcome = begin(pack, seed, player, edition=edition)
    yield None, outcome
    while not outcome.run.over:
        decision = persona(observe(pack, outcome.run), seed)
        outcome = advance(pack, outcome.run, decision)
        yield decision, outcome
