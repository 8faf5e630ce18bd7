"""How a player's habits come out in Larder: other sprints, other markets, for reasons that show.

Each habit plays the same seeds. What is compared are sums over all of them, so that luck
evens out.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from scenes import load_pack
from scenes.decisions import Choice
from scenes.schema import Pack
from state_machine import Run
from state_machine.bots import PERSONAS, Persona, decisions
from state_machine.bots.personas import sensible_but
from state_machine.events import AnyEvent, DayPassed, FortnightPassed, SprintEnded
from state_machine.items import worth
from state_machine.run import opinion, users
from state_machine.view import Ask, Option

SEEDS = range(60)
PACK = Path(__file__).parents[1] / "scenes" / "packs" / "larder"

Whole = tuple[Run, list[AnyEvent]]


@cache
def pack() -> Pack:
    """Larder."""
    return load_pack(PACK)


def choice_of(ask: Ask, option: Option) -> Choice | None:
    """The pack's record of an option, where it is a choice of a scene."""
    scene = pack().scenes.get(option.id if ask.kind == "diary" else ask.scene)
    found = scene.choice if scene else ()
    return next((choice for choice in found if choice.id == option.id), None)


def learns(choice: Choice) -> bool:
    """Whether a choice gathers evidence or narrows a value."""
    effects = (*choice.effects, *(e for branch in choice.branch for e in branch.effects))
    return any(e.verb == "evidence" or e.text.startswith("narrow value") for e in effects)


def refines(choice: Choice) -> bool:
    """Whether a choice gives anything acceptance criteria."""
    return any(effect.verb == "refine" for effect in choice.effects)


def is_refinement(ask: Ask) -> bool:
    """Whether cards are laid out to be talked through."""
    scene = pack().scenes.get(ask.scene)
    return scene is not None and scene.artifact == "user-stories" and scene.offers is not None


def inviting(scene: str, what: Callable[[Choice], bool]) -> bool:
    """Whether the scene of an invitation has such a choice."""
    return any(what(choice) for choice in pack().scenes[scene].choice)


def habit(what: Callable[[Choice], bool], *, seeks: bool) -> Persona:
    """Somebody sensible about items who seeks or shuns such choices and invitations to them."""

    def has(ask: Ask, option: Option) -> bool:
        if ask.kind == "diary":
            return inviting(option.id, what)
        if what is refines and is_refinement(ask):
            return True
        choice = choice_of(ask, option)
        return choice is not None and what(choice)

    def shuns(ask: Ask, option: Option) -> bool:
        """Where none of it is to be had, whoever seeks it takes what there is."""
        return any(has(ask, each) for each in ask.options) and has(ask, option) != seeks

    return sensible_but(shuns)


@cache
def played(name: str) -> tuple[Whole, ...]:
    """The runs of a habit on all seeds."""
    persona = {
        "asks": habit(learns, seeks=True),
        "guesses": habit(learns, seeks=False),
        "refines": habit(refines, seeks=True),
        "hands over as it is": habit(refines, seeks=False),
    }.get(name) or PERSONAS[name]
    runs = []
    for seed in SEEDS:
        outcomes = [outcome for _, outcome in decisions(pack(), seed, persona)]
        runs.append((outcomes[-1].run, [e for outcome in outcomes for e in outcome.events]))
    return tuple(runs)


def harmful(name: str) -> float:
    """The share of shipped stories that hurt more than they help."""
    shipped = [
        worth(pack(), item, run.world)
        for run, _ in played(name)
        for item in (pack().items[each] for each in run.shipped)
        if item.kind == "story"
    ]
    return sum(value < 0 for value in shipped) / len(shipped)


def mean(name: str, metric: str) -> float:
    """A metric at the end of a habit's runs."""
    return sum(run.numbers[metric] for run, _ in played(name)) / len(SEEDS)


def causes(name: str, rule: str, metric: str) -> int:
    """What a rule of the ledger did to a metric over all of a habit's runs."""
    return sum(
        entry.by
        for _, events in played(name)
        for event in events
        if isinstance(event, FortnightPassed)
        for entry in event.entries
        if entry.key == metric and entry.cause.ref == rule
    )


def test_who_asks_ships_less_that_hurts() -> None:
    assert harmful("asks") < harmful("guesses") * 0.85


def liked(name: str) -> float:
    """What its users think of the product in the end, where it has any."""
    opinions = [opinion(run.numbers) for run, _ in played(name)]
    found = [each for each in opinions if each is not None]
    return sum(found) / len(found)


def test_who_asks_is_liked_better_by_those_who_use_it() -> None:
    assert liked("asks") > liked("guesses") + 5


def test_who_never_refines_builds_what_nobody_meant() -> None:
    vague = sum(len(run.misbuilt) for run, _ in played("hands over as it is"))
    refined = sum(len(run.misbuilt) for run, _ in played("refines"))
    assert vague > refined * 1.25


def test_who_never_refines_finds_clarity_gone_for_that_reason() -> None:
    assert causes("hands over as it is", "ready", "clarity") < causes("refines", "ready", "clarity")


@pytest.mark.parametrize(
    ("hogs", "other", "metric"),
    [("pm-only", "po-only", "morale"), ("po-only", "pm-only", "customers")],
)
def test_the_hat_that_stays_at_home_is_missed(hogs: str, other: str, metric: str) -> None:
    assert mean(hogs, metric) < mean(other, metric) - 4


def days(name: str) -> list[DayPassed]:
    """The days of all the sprints that a habit saw."""
    return [e for _, events in played(name) for e in events if isinstance(e, DayPassed)]


def days_stuck(name: str) -> float:
    """How many days a card that got stuck was so."""
    stuck = sum(card.blocked for day in days(name) for card in day.cards)
    return stuck / sum(move.what == "blocked" for day in days(name) for move in day.moves)


def misread(name: str) -> float:
    """The share of what was done that was built as nobody meant it."""
    done = sum(sprint.done for run, _ in played(name) for sprint in run.sprints)
    return sum(len(run.misbuilt) for run, _ in played(name)) / done


def test_a_team_whose_po_is_always_out_waits_and_guesses() -> None:
    assert days_stuck("pm-only") > days_stuck("po-only") * 1.1
    assert misread("pm-only") > misread("po-only") * 1.15


def test_a_market_whose_pm_is_always_at_home_hears_less() -> None:
    at_home = sum(users(run.numbers) for run, _ in played("po-only"))
    assert at_home * 1.05 < sum(users(run.numbers) for run, _ in played("pm-only"))
    by_segment = [f"users {segment}" for segment in pack().segments]
    assert sum(causes("po-only", "attention", key) for key in by_segment) < 0
    assert sum(causes("pm-only", "attention", key) for key in by_segment) > 0


def test_habits_lead_to_other_endings() -> None:
    endings = {
        name: sorted(run.ending for run, _ in played(name))
        for name in ("asks", "guesses", "pm-only", "po-only")
    }
    assert len({tuple(each) for each in endings.values()}) == len(endings)


def test_every_played_sprint_finishes_something_for_somebody() -> None:
    results = [
        event.result
        for _, events in played("sensible")
        for event in events
        if isinstance(event, SprintEnded) and not event.told
    ]
    idle = sum(result.done == 0 for result in results)
    assert idle < len(results) // 10
