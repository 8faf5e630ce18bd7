"""Policies: how all later decisions are made when a run is played on from another decision.

Nobody knows what the player would have done after deciding otherwise, so it is asked under
several stated habits, the same on both sides of a comparison. One is what they did in fact
decide, wherever it can still be decided; the others are personas, who see only the `View`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from scenes.schema import Pack
from scenes.vocabulary import PhaseId
from state_machine.bots import HABITS
from state_machine.chance import word
from state_machine.decisions import (
    Allocate,
    Compose,
    Decision,
    IllegalDecision,
    Pick,
    Rank,
    Sort,
)
from state_machine.engine import advance
from state_machine.events import Outcome, Step
from state_machine.rules import Rules
from state_machine.run import Run
from state_machine.states import PHASE_OF
from state_machine.view import Ask, Option, asked

Look = Callable[[], Ask | None]
"""Looks at what is asked when it is called; most decisions can be repeated without looking."""

Policy = Callable[[Run, Look], Iterator[Decision]]
"""What would be decided in a run, and what instead if the rules refuse that."""

AS_YOU_DID: Final = "as you did"
PLAY_ON: Final = ("sensible", "people-pleaser", "penny-pincher")
"""The personas that play on, beside the player's own decisions."""

Diary = tuple[PhaseId | None, int, bool]


def policies(steps: Sequence[Step]) -> Mapping[str, Policy]:
    """The policies by their names, the first of them what was decided in these steps."""
    return {AS_YOU_DID: as_decided(steps)} | {name: habit(name) for name in PLAY_ON}


def play_on(
    pack: Pack, run: Run, policy: Policy, rules: Rules | None
) -> tuple[Decision, Outcome] | None:
    """The first that a policy would decide and the rules allow, with what comes of it.

    None if the rules refuse all that anybody would decide.
    """
    for decision in policy(run, lambda: asked(pack, run, rules)):
        try:
            return decision, advance(pack, run, decision, rules)
        except IllegalDecision:
            continue
    return None


def habit(name: str) -> Policy:
    """A persona as a policy; the others stand in for it, should the rules refuse it.

    Its lots are keyed by what is asked alone, so that a scene more or less on one side of a
    comparison leaves the later ones as they were.
    """
    habits = [HABITS[name], *(HABITS[other] for other in HABITS if other != name)]

    def decide(run: Run, look: Look) -> Iterator[Decision]:
        ask = look()
        if ask is None:
            return
        about = ask.scene or f"{run.state} {run.round}"

        def lots(option: Option) -> int:
            return word(run.seed, "policy", about, option.id)

        for each in habits:
            yield each(ask, lots)

    return decide


def as_decided(steps: Sequence[Step]) -> Policy:
    """What these steps decided, wherever the same is asked; else somebody sensible.

    What cannot be decided again as it was is followed as far as it can.
    """
    diaries: dict[Diary, Decision] = {}
    scenes: dict[str, Decision] = {}
    for (_, before), (decision, _after) in pairwise(steps):
        if decision is not None and before.run.scene:
            scenes[before.run.scene] = decision
        elif decision is not None:
            diaries[_diary(before.run)] = decision
    sensible = habit("sensible")

    def decide(run: Run, look: Look) -> Iterator[Decision]:
        decided = scenes.get(run.scene) if run.scene else diaries.get(_diary(run))
        if decided is not None:
            yield decided
        ask = look()
        for other in sensible(run, look):
            if ask and decided is not None:
                yield bent(ask, other, decided)
            yield other

    return decide


def _diary(run: Run) -> Diary:
    return PHASE_OF.get(run.state), run.round, run.again


def bent(ask: Ask, other: Decision, decided: Decision) -> Decision:
    """Another decision, changed into what was decided as far as what is asked now allows."""
    there = {option.id for option in ask.options}
    match other, decided:
        case Pick(), Pick():
            return Pick(_fitting(ask, (*decided.choices, *other.choices), len(decided.choices)))
        case Rank(), Rank():
            wanted = [name for name in decided.order if name in there]
            return Rank((*wanted, *(name for name in other.order if name not in wanted)))
        case Sort(), Sort():
            return Sort({name: decided.buckets.get(name, at) for name, at in other.buckets.items()})
        case Allocate(), Allocate():
            kept = {name: points for name, points in decided.points.items() if name in there}
            return Allocate(_topped_up(ask, kept))
        case Compose(), Compose():
            wanted_in = {at: name for at, name in decided.slots.items() if name in there}
            return Compose({at: wanted_in.get(at, name) for at, name in other.slots.items()})
    return other


def _fitting(ask: Ask, wanted: tuple[str, ...], most: int) -> tuple[str, ...]:
    """Of what is wanted, what is there and fits the budget; as many as were picked, at most."""
    costs = {option.id: option.cost for option in ask.options}
    picked: list[str] = []
    left = ask.budget
    for name in dict.fromkeys(wanted):
        if name in costs and costs[name] <= left and len(picked) < max(most, ask.least):
            picked.append(name)
            left -= costs[name]
    return tuple(picked)


def _topped_up(ask: Ask, points: Mapping[str, int]) -> dict[str, int]:
    """These points and, from the first option on, what is still to be given."""
    given, most = dict(points), ask.most if ask.most is not None else ask.budget
    left = ask.budget - sum(given.values())
    for option in ask.options:
        more = max(0, min(most - given.get(option.id, 0), left))
        given[option.id] = given.get(option.id, 0) + more
        left -= more
    return {name: number for name, number in given.items() if number}
