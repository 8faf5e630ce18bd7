"""Attention: what the team and the market notice of where the player spent the fortnight."""

from __future__ import annotations

from functools import cache

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.schema import Pack
from scenes.vocabulary import METRICS
from state_machine import Choose, Pick, advance, market
from state_machine.attention import lean
from state_machine.draft import Draft
from state_machine.events import DayPassed, FortnightPassed
from state_machine.rules import Rules, default_rules
from state_machine.run import users
from state_machine.team import open_sprint, plan
from tests.stories import Table, invitation, play, scene, story

SEEDS = range(80)
TEAM = {"ife": {"design": 9, "test": 9}, "tomas": {"build": 14}}
ITEMS: tuple[Table, ...] = tuple(
    {"id": f"s{number}", "title": f"Story {number}", "kind": "story", "effort": 2, "risk": 3}
    for number in range(6)
)
HOTELS: Table = {"id": "hotels", "title": "Hotels", "reach": 60, "price": 50, "users": 40}

OUT_THERE = ("fair", "kitchen")
AT_HOME = ("stairs", "workshop")
"""Two half-days under the PM's hat, and two under the PO's; a `walk` is two more of the PM's."""


@cache
def company() -> Pack:
    """A round with invitations under both hats, and a sprint that is played."""
    diary = ["fair", "kitchen", "walk", "stairs", "workshop"]
    rounds = {
        "discover": [
            {"half-days": 3, "diary": diary, "pm": ["do"], "po": [], "sprint": "played"},
            {"half-days": 1, "pm": ["next"], "po": []},
        ]
    }
    return story(
        scene("do"),
        scene("next"),
        *(scene(name, invitation=invitation()) for name in ("fair", "kitchen")),
        scene("walk", invitation=invitation(**{"half-days": 2})),
        *(scene(name, hat="po", invitation=invitation()) for name in AT_HOME),
        rounds=rounds,
        items=ITEMS,
        segments=[HOTELS | {"pays": {}}],
        skills=TEAM,
    )


@cache
def launched() -> Rules:
    """The rules with a product that can be had at once."""
    rules = default_rules()
    since = msgspec.structs.replace(rules.market, since="discover")
    return msgspec.structs.replace(rules, market=since)


def a_draft(*accepted: str, seed: int = 7, **numbers: int) -> Draft:
    """The first round, with these invitations accepted."""
    run = play(company())[-1].run
    changed = msgspec.structs.replace(
        run, seed=seed, diary=(), accepted=accepted, numbers={**run.numbers, **numbers}
    )
    return Draft(company(), changed, launched())


@pytest.mark.parametrize(
    ("accepted", "leans"),
    [
        ((), 0),
        (("fair",), 1),
        (("stairs",), -1),
        (("fair", "stairs"), 0),
        (("walk", "stairs"), 1),
        (("walk", "fair"), 3),
        (AT_HOME, -2),
    ],
)
def test_a_round_leans_by_the_half_days_of_what_was_accepted(
    accepted: tuple[str, ...], leans: int
) -> None:
    assert lean(a_draft(*accepted)) == leans


# ── the sprint ──────────────────────────────────────────────────────────────────────────


@cache
def sprints(accepted: tuple[str, ...], *, refined: bool = False) -> tuple[Draft, ...]:
    """The same plan on the same seeds, after a round with these invitations."""
    played = []
    for seed in SEEDS:
        draft = a_draft(*accepted, seed=seed)
        names = tuple(item["id"] for item in ITEMS)
        draft.backlog = list(names)
        draft.ready = set(names) if refined else set()
        plan(draft, names, played=True)
        open_sprint(draft)
        played.append(draft)
    return tuple(played)


def misbuilt(accepted: tuple[str, ...], *, refined: bool = False) -> int:
    """How many stories were built as nobody meant them."""
    return sum(len(draft.misbuilt) for draft in sprints(accepted, refined=refined))


def days_stuck(accepted: tuple[str, ...]) -> float:
    """How many days a card that got stuck was so."""
    days = [e for draft in sprints(accepted) for e in draft.events if isinstance(e, DayPassed)]
    got_stuck = sum(move.what == "blocked" for day in days for move in day.moves)
    return sum(card.blocked for day in days for card in day.cards) / got_stuck


def test_who_is_out_there_is_not_asked_what_was_meant() -> None:
    assert misbuilt(OUT_THERE) > misbuilt(()) > misbuilt(AT_HOME)


def test_what_is_stuck_waits_for_whoever_is_out_there() -> None:
    assert days_stuck(OUT_THERE) > days_stuck(()) > days_stuck(AT_HOME)


def test_criteria_count_for_more_than_somebody_to_ask() -> None:
    assert misbuilt(OUT_THERE, refined=True) < misbuilt(AT_HOME) / 2


def test_a_round_that_leans_nowhere_is_as_if_there_had_been_no_diary() -> None:
    for neither, both in zip(sprints(()), sprints(("fair", "stairs")), strict=True):
        assert neither.sprint == both.sprint


# ── the market ──────────────────────────────────────────────────────────────────────────


def users_after(*accepted: str, **numbers: int) -> int:
    """How many use it after a round with these invitations."""
    draft = a_draft(*accepted, **numbers)
    market.move(draft)
    return users(draft.numbers)


@given(st.fixed_dictionaries(dict.fromkeys(METRICS, st.integers(0, 100))), st.integers(0, 100))
def test_more_people_hear_of_it_from_somebody_who_is_there(
    metrics: dict[str, int], think: int
) -> None:
    numbers = {**metrics, "satisfaction hotels": think}
    there, neither, home = (
        users_after(*accepted, **numbers) for accepted in (OUT_THERE, (), AT_HOME)
    )
    assert there >= neither >= home


def causes(*accepted: str) -> dict[str, int]:
    """What moved the number of users at the end of a round, played with these invitations."""
    outcome = advance(company(), play(company())[-1].run, Pick(accepted), launched())
    while True:
        for event in outcome.events:
            if isinstance(event, FortnightPassed):
                return {e.cause.ref: e.by for e in event.entries if e.key == "users hotels"}
        outcome = advance(company(), outcome.run, Choose("go"), launched())


def test_the_ledger_says_that_it_was_where_you_spent_the_fortnight() -> None:
    there, neither, home = causes(*OUT_THERE), causes("fair", "stairs"), causes(*AT_HOME)
    assert there["attention"] > 0 > home["attention"]
    assert "attention" not in neither
    assert there["acquisition"] == neither["acquisition"] == home["acquisition"]
