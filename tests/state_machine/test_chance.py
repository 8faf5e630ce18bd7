"""Chance is a function of seed and key, the same everywhere and for ever."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state_machine.chance import below, finishing_time, weighted, word

SEEDS = st.integers(min_value=0, max_value=2**53 - 1)


@pytest.mark.parametrize(
    ("seed", "key", "expected"),
    [
        (0, (), 0x842B7D9D43CDDF75),
        (7, ("world",), 0x9EB4B1FECBF625DA),
        (7, ("deck", "minus-two", 0), 0x48B5FBDC2EB31E62),
        (2**53 - 1, ("a", "b"), 0x3C8088AC0D381E4E),
    ],
)
def test_words_never_change(seed: int, key: tuple[str | int, ...], expected: int) -> None:
    assert word(seed, *key) == expected


def test_draws_never_change() -> None:
    assert [below(n, 7, "x", n) for n in (1, 2, 3, 10, 1000, 2**63 + 1)] == [
        0, 0, 1, 2, 387, 8901161031197093116,
    ]  # fmt: skip
    assert [weighted((1, 2, 3), seed, "w") for seed in range(12)] == [0, *[2] * 7, 1, 2, 2, 2]
    assert finishing_time(3, 7, "deck", "minus-two") == 0x188D85BECF14E4D4


@given(SEEDS, st.integers(min_value=1, max_value=2**63))
def test_a_draw_stays_below_its_limit(seed: int, limit: int) -> None:
    assert 0 <= below(limit, seed, "any") < limit


def test_nothing_can_be_drawn_below_one() -> None:
    with pytest.raises(ValueError, match="below 0"):
        below(0, 7, "any")


def test_weights_are_shares() -> None:
    counts = Counter(weighted((1, 2, 5), seed, "shares") for seed in range(8000))
    assert [round(counts[index] / 1000) for index in range(3)] == [1, 2, 5]


def test_a_race_is_won_in_proportion_to_weight() -> None:
    weights = {"light": 1, "middling": 2, "heavy": 5}
    winners = Counter(
        min(weights, key=lambda name: finishing_time(weights[name], seed, name))
        for seed in range(8000)
    )
    assert [round(winners[name] / 1000) for name in weights] == [1, 2, 5]


@given(SEEDS, st.sets(st.sampled_from("abcdefgh"), min_size=2))
def test_who_else_runs_does_not_reorder_a_race(seed: int, names: set[str]) -> None:
    def order(runners: set[str]) -> list[str]:
        return sorted(runners, key=lambda name: finishing_time(2, seed, name))

    absent = min(names)
    assert order(names - {absent}) == [name for name in order(names) if name != absent]
