"""How much was luck: the same decisions under other seeds, and other habits under the same."""

from __future__ import annotations

import pytest

from scenes.schema import Pack
from state_machine import Pick, advance, luck
from state_machine.alternatives import alternatives
from state_machine.bots import PERSONAS, decisions
from state_machine.policies import PLAY_ON, as_decided, bent, play_on
from state_machine.scoring import score
from state_machine.view import Ask, Option, observe
from tests.stories import choice, play, scene, steps_of, story


def a_coin() -> Pack:
    """A choice that turns out very well or very badly, as luck will have it."""
    ways = [
        {"effects": ["morale +30"], "then": "Heads."},
        {"effects": ["morale -30"], "then": "Tails."},
    ]
    return story(scene("coin", choice("toss", branch=ways), choice("keep")), scene("last"))


def seeds_of(pack: Pack) -> dict[int, int]:
    """For each way that the coin comes down, a seed under which it does."""
    by_branch: dict[int, int] = {}
    for seed in range(50):
        morale = play(pack, "toss", seed=seed)[-1].run.numbers["morale"]
        by_branch.setdefault(0 if morale > 50 else 1, seed)
    return by_branch


def test_a_stroke_of_luck_is_worth_more_than_the_average_and_a_bad_one_less() -> None:
    pack, seeds = a_coin(), seeds_of(a_coin())
    heads = luck.weigh(pack, steps_of(pack, "toss", "go", seed=seeds[0]))
    tails = luck.weigh(pack, steps_of(pack, "toss", "go", seed=seeds[1]))
    (lucky,), (unlucky,) = heads.luckiest(), tails.unluckiest()
    assert (lucky.number, unlucky.number) == (1, 1)
    assert lucky.worth > 0 > unlucky.worth
    assert not heads.unluckiest()
    assert not tails.luckiest()
    assert [(draw.ref, draw.odds, draw.of) for draw in lucky.draws] == [("coin/toss", 1, 2)]
    assert lucky.worse > 0 == lucky.better


def test_what_luck_did_shows_in_where_the_run_stands_among_the_others() -> None:
    pack, seeds = a_coin(), seeds_of(a_coin())
    heads = luck.weigh(pack, steps_of(pack, "toss", "go", seed=seeds[0]))
    assert heads.measure == "score"
    assert heads.own == max(heads.others)
    assert heads.better == 0 < heads.worse
    low, quarter, middle, three, high = heads.quartiles
    assert (low, high) == (heads.others[0], heads.others[-1])
    assert low <= quarter <= middle <= three <= high
    assert low < high


def test_where_nothing_is_left_to_chance_all_luck_is_the_same() -> None:
    pack = story(scene("stairs", choice("mind", "morale +2"), choice("fall")), scene("last"))
    weighed = luck.weigh(pack, steps_of(pack, "mind", "go"))
    assert set(weighed.others) == {weighed.own}
    assert (weighed.worse, weighed.better) == (0, 0)
    assert not weighed.strokes


def test_the_hidden_world_is_no_luck() -> None:
    told = [choice("ask", "morale +30 if world world-a else -30"), choice("wait")]
    pack = story(scene("door", *told), scene("last"))
    weighed = luck.weigh(pack, steps_of(pack, "ask", "go"))
    assert len(weighed.others) == luck.SEEDS
    assert set(weighed.others) == {weighed.own}


def test_other_habits_play_the_same_run_under_the_same_luck(larder: Pack) -> None:
    steps = list(decisions(larder, 7, PERSONAS["random"]))
    weighed = luck.weigh(larder, steps)
    assert weighed.own == score(steps[-1][1].run).total
    assert [name for name, _ in weighed.habits] == list(PLAY_ON)
    assert len(set(weighed.others)) > 1, "there is luck in larder"
    assert {len(stroke.sprints) for stroke in weighed.strokes} >= {1}


def test_an_unfinished_run_is_weighed_by_where_it_stands_now(larder: Pack) -> None:
    steps = list(decisions(larder, 7, PERSONAS["random"]))[:12]
    weighed = luck.weigh(larder, steps)
    assert weighed.measure == "standing"
    assert all(0 <= other <= 1000 for other in (weighed.own, *weighed.others))
    assert weighed == luck.weigh(larder, steps)


# ── as you did, where it cannot be the same ─────────────────────────────────────────────


def asking(*names: str, budget: int = 2) -> Ask:
    """A diary with these invitations, a half-day each."""
    options = tuple(Option(id=name, say=name, cost=1) for name in names)
    return Ask(kind="diary", title="t", text="t", options=options, budget=budget)


def test_what_is_gone_from_the_diary_makes_room_for_what_somebody_sensible_takes() -> None:
    followed = bent(asking("a", "c"), Pick(("c", "a")), Pick(("a", "b")))
    assert followed == Pick(("a", "c"))


def test_no_more_is_taken_than_was() -> None:
    assert bent(asking("a", "b", "c"), Pick(("b", "c")), Pick(("a",))) == Pick(("a",))


@pytest.mark.parametrize("seed", [1, 2])
def test_another_luck_is_followed_to_the_end_whatever_it_asks(larder: Pack, seed: int) -> None:
    """Decisions of one run are followed in a run of another seed: every one is allowed."""
    repeated = as_decided(list(decisions(larder, seed, PERSONAS["random"])))
    _, outcome = next(decisions(larder, seed + 100, PERSONAS["random"]))
    while not outcome.run.over:
        onward = play_on(larder, outcome.run, repeated, None)
        assert onward is not None
        outcome = onward[1]


def test_every_kind_of_decision_can_be_followed_where_something_else_is_asked(
    larder: Pack,
) -> None:
    before = None
    for decision, outcome in decisions(larder, 3, PERSONAS["random"]):
        if before is not None and decision is not None:
            ask = observe(larder, before).ask
            assert ask is not None
            assert bent(ask, decision, decision) == decision
            for other in alternatives(ask, decision):
                advance(larder, before, bent(ask, other, decision))
        before = outcome.run
