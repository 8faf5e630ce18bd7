"""Sorting, sharing out and composing: what each asks, refuses and brings about."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state_machine import Allocate, Choose, Compose, IllegalDecision, Sort, advance, observe
from state_machine.events import Decided
from state_machine.run import Run
from tests.stories import Table, any_decision, choice, play, scene, story

BUCKETS = [
    {"id": "now", "title": "Now", "most": 2},
    {"id": "later", "title": "Later"},
]


def card(name: str, **fields: Any) -> Table:
    """Something to sort: it lifts clarity if it is now, and costs morale if it is later."""
    into = {
        "now": {"effects": ["clarity +2"], "then": f"{name} goes first."},
        "later": {"effects": ["morale -1"]},
    }
    return {"id": name, "say": name.capitalize(), "into": into} | fields


SORTING = story(
    scene("roadmap", card("a"), card("b"), card("c"), sort={"bucket": BUCKETS}, then="It hangs."),
    scene("after", choice("go", "flow +2 if placed roadmap/a now"), choice("stay")),
)
SHARING = story(
    scene(
        "mornings",
        choice("kitchens", "customers +1", reached=[
            {"points": 2, "effects": ["customers +1"], "then": "Two mornings."},
            {"points": 3, "effects": ["customers +2"], "then": "Three mornings."},
        ]),
        choice("team", **{"left-out": {"effects": ["morale -2"], "then": "Nobody came."}}),
        choice("bank"),
        allocate={"points": 4, "unit": "mornings", "most": 3},
    ),
    scene("after", choice("go", "flow +2 if points mornings/kitchens >= 3"), choice("stay")),
)  # fmt: skip
COMPOSING = story(
    scene(
        "card",
        choice("hotels", "business +2", slot="for"),
        choice("trucks", "customers +2", slot="for"),
        choice("fast", slot="that"),
        choice("true", "quality +2", slot="that"),
        compose={"slot": [{"id": "for", "title": "For"}, {"id": "that", "title": "That is"}]},
    )
)


def first(pack: Any) -> Run:
    """The run at its first decision."""
    return play(pack)[-1].run


def refusal(pack: Any, decision: Any) -> str:
    """Why a decision is not allowed, in the words for the player."""
    with pytest.raises(IllegalDecision) as refused:
        advance(pack, first(pack), decision)
    return str(refused.value)


def test_each_choice_gets_what_follows_from_its_bucket() -> None:
    outcome = play(SORTING, Sort({"a": "now", "b": "later", "c": "now"}))[-1]
    assert outcome.run.numbers["clarity"] == 54
    assert outcome.run.numbers["morale"] == 49
    decided = [event for event in outcome.events if isinstance(event, Decided)]
    assert [(event.choice, event.bucket) for event in decided] == [
        ("a", "now"), ("b", "later"), ("c", "now"),
    ]  # fmt: skip


def test_conditions_can_ask_where_something_was_put() -> None:
    flows = []
    for place in ("now", "later"):
        run = play(SORTING, Sort({"a": place, "b": "later", "c": "later"}), "go")[2].run
        assert run.placed["roadmap/a"] == place
        flows.append(run.numbers["flow"])
    assert flows[0] == flows[1] + 2


def test_a_bucket_holds_no_more_than_it_may() -> None:
    assert "holds 2" in refusal(SORTING, Sort(dict.fromkeys("abc", "now")))


def test_everything_has_to_be_sorted_into_a_bucket_that_there_is() -> None:
    assert "in no bucket" in refusal(SORTING, Sort({"a": "now"}))
    assert "did you mean `later`" in refusal(SORTING, Sort({"a": "latter", "b": "now", "c": "now"}))


def test_points_bring_about_the_highest_step_that_they_reach() -> None:
    two = play(SHARING, Allocate({"kitchens": 2, "bank": 2}))[1].run
    three = play(SHARING, Allocate({"kitchens": 3, "bank": 1}))[1].run
    assert (two.numbers["customers"], three.numbers["customers"]) == (52, 53)


def test_what_gets_no_points_is_left_out() -> None:
    assert play(SHARING, Allocate({"kitchens": 3, "bank": 1}))[1].run.numbers["morale"] == 48
    assert play(SHARING, Allocate({"kitchens": 3, "team": 1}))[1].run.numbers["morale"] == 50


def test_conditions_can_ask_how_many_points_something_got() -> None:
    flows = [
        play(SHARING, Allocate(points), "go")[2].run.numbers["flow"]
        for points in ({"kitchens": 3, "team": 1}, {"kitchens": 2, "team": 2})
    ]
    assert flows[0] == flows[1] + 2


@pytest.mark.parametrize(
    ("points", "why"),
    [
        ({"kitchens": 1}, "1 of 4 mornings"),
        ({"kitchens": 4}, "3 mornings at most"),
        ({"kitchens": 3, "team": 2}, "5 of 4"),
        ({"kitchens": 3, "team": 2, "bank": -1}, "less than nothing"),
        ({"kitchen": 4}, "did you mean `kitchens`"),
    ],
)
def test_all_points_are_given_and_nobody_gets_too_many(points: dict[str, int], why: str) -> None:
    assert why in refusal(SHARING, Allocate(points))


def test_each_slot_is_filled_by_a_choice_that_is_made_for_it() -> None:
    outcome = play(COMPOSING, Compose({"for": "trucks", "that": "true"}))[-1]
    assert outcome.run.chosen["card"] == ("trucks", "true")
    assert [(entry.key, entry.by) for entry in outcome.entries[:2]] == [
        ("customers", 2), ("quality", 2),
    ]  # fmt: skip
    assert "still empty" in refusal(COMPOSING, Compose({"for": "trucks"}))
    assert "does not belong" in refusal(COMPOSING, Compose({"for": "fast", "that": "true"}))
    assert "no slot" in refusal(COMPOSING, Compose({"fro": "fast", "that": "true"}))


@pytest.mark.parametrize("pack", [SORTING, SHARING, COMPOSING])
def test_no_other_kind_of_decision_will_do(pack: Any) -> None:
    assert "asks for" in refusal(pack, Choose("a"))


@given(st.lists(st.integers(0, 50), min_size=1, max_size=8), st.sampled_from((0, 1, 2)))
def test_whatever_the_view_allows_is_legal(lots: list[int], which: int) -> None:
    pack = (SORTING, SHARING, COMPOSING)[which]
    run = first(pack)
    advance(pack, run, any_decision(observe(pack, run), lots))
