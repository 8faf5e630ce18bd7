"""How numbers are said."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game import words
from state_machine import View, observe
from state_machine.telling import Movement
from state_machine.view import Ask, Met, Option
from tests.stories import play, scene, story


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "€0"),
        (800, "€800"),
        (1_000, "€1k"),
        (9_500, "€9.5k"),
        (9_540, "€9.5k"),
        (142_300, "€142k"),
        (-4_000, "-€4k"),
    ],
)
def test_money_is_short(amount: int, said: str) -> None:
    assert words.euros(amount) == said


def test_one_round_and_two_rounds() -> None:
    assert (words.plural(1, "round"), words.plural(2, "round")) == ("1 round", "2 rounds")


def test_names_are_listed_as_one_says_them() -> None:
    assert words.listed(["Ife"]) == "Ife"
    assert words.listed(["Ife", "Marek", "Tomas"]) == "Ife, Marek and Tomas"


def a_view(**changes: Any) -> View:
    pack = story(scene("only"))
    return msgspec.structs.replace(observe(pack, play(pack)[0].run), **changes)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "round 1 of 1"),
        ({"again": True, "round": 2, "rounds_in_phase": 3}, "round 2 of 3, again"),
        ({"state": "interview", "round": 0}, "the interview"),
        ({"state": "offers"}, "the offers"),
        ({"edition": "express"}, "express · round 1 of 1"),
        ({"edition": "express", "state": "interview"}, "express · the interview"),
    ],
)
def test_where_a_run_is_has_words_inside_its_rounds_and_outside(
    fields: dict[str, Any], said: str
) -> None:
    assert words.where(a_view(**fields)) == said


@pytest.mark.parametrize(
    ("money", "said"),
    [
        ({"runway": 130_000, "burn": 20_000}, "€130k, about 13 weeks"),
        ({"runway": 10_000, "burn": 20_000}, "€10k, about 1 week"),
        ({"runway": 9_900, "burn": 20_000}, "€9.9k, less than a week"),
        ({"runway": -400, "burn": 20_000}, "-€400, nothing left"),
        ({"runway": 10_000, "burn": 2_000, "revenue": 90_000}, "€10k, over a year"),
    ],
)
def test_the_runway_says_how_long_it_lasts(money: dict[str, int], said: str) -> None:
    assert words.runway(a_view(**money)) == said


def test_a_price_is_exact_and_says_who_will_care() -> None:
    ask = Ask(kind="choose", title="t", text="t", options=())
    option = Option(id="a", say="A", euros=1_500, half_days=1, cares=("Ife Adeyemi", "Marek"))
    assert words.price(option, ask) == (
        "costs €1.5k · 1 half-day of your next diary · Ife and Marek will care"
    )
    assert words.price(Option(id="a", say="A"), ask) == ""


@given(
    st.sampled_from(["customers", "runway", "revenue", "half-days", "trust ife"]),
    st.integers(-999_999, 999_999),
)
def test_a_change_always_carries_its_sign(key: str, by: int) -> None:
    movement = Movement(key=key, subject="Ife", before=0, after=by, cause="rule", title="burn")
    assert words.change(movement)[0] == ("+" if by > 0 else "-")


@pytest.mark.parametrize("trust", range(-5, 6))
def test_every_trust_has_words(trust: int) -> None:
    assert words.stance(Met(name="Ife", role="r", trust=trust, tell="t"))
