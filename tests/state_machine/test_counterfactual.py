"""What would have happened otherwise, to the next gate, under the same luck."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.schema import Pack
from state_machine import Choose, Pick, Predict, Write, advance, fingerprint, observe
from state_machine.bots import PERSONAS, decisions
from state_machine.counterfactual import Examination, Range, examine
from state_machine.events import Outcome, Step
from state_machine.policies import AS_YOU_DID, PLAY_ON, as_decided, play_on
from tests.stories import any_decision, any_run, choice, invitation, scene, steps_of, story

SEEDS = st.integers(min_value=0, max_value=2**53 - 1)


def by_bot(pack: Pack, seed: int) -> list[Step]:
    """The steps of a bot's whole run."""
    return list(decisions(pack, seed, PERSONAS["random"]))


def a_bad_turn() -> Pack:
    """A first decision of which one option is plainly worse, and one that changes nothing."""
    return story(
        scene("stairs", choice("mind", "morale +2"), choice("fall", "morale -20", "trust ife -3")),
        scene("tea", choice("milk"), choice("lemon")),
        scene("last"),
    )


def test_a_decision_that_was_plainly_worse_is_named_first_and_below_its_alternative() -> None:
    examined = examine(a_bad_turn(), steps_of(a_bad_turn(), "fall", "milk", "go"))
    first, *others = examined.pivotal()
    assert (first.number, first.scene, first.phase) == (1, "stairs", "discover")
    assert not others
    (instead,) = first.alternatives
    assert instead.decision == Choose("mind")
    assert instead.difference.high < 0
    assert first.weight == -instead.difference.high


def test_a_decision_that_was_plainly_better_is_pivotal_as_well() -> None:
    examined = examine(a_bad_turn(), steps_of(a_bad_turn(), "mind", "milk", "go"))
    (only,) = examined.pivotal()
    assert only.weight
    assert only.rival.difference.low > 0
    assert only.rival.metrics[0] == ("morale", Range(22, 22))
    assert ("trust ife", Range(3, 3)) in only.rival.numbers


def test_a_decision_that_changes_nothing_made_no_difference_which_is_not_unclear() -> None:
    examined = examine(a_bad_turn(), steps_of(a_bad_turn(), "mind", "milk", "go"))
    tea = examined.decisions[1]
    (lemon,) = tea.alternatives
    assert lemon.difference.none
    assert not lemon.difference.unclear
    assert tea.weight == 0


def test_where_it_depends_on_what_is_decided_later_it_is_unclear() -> None:
    pack = story(
        scene("tea", choice("milk"), choice("lemon", "flag lemon")),
        scene(
            "guest",
            choice("cake", "morale -9 if flag lemon else +9"),
            choice("bread", "morale +9 if flag lemon else -9", "runway -100"),
        ),
    )
    examined = examine(pack, steps_of(pack, "milk", "bread"))
    tea = examined.decisions[0]
    signs = {each.policy: each.difference > 0 for each in tea.alternatives[0].compared}
    assert tuple(signs) == (AS_YOU_DID, *PLAY_ON)
    assert signs[AS_YOU_DID] != signs["penny-pincher"]
    assert tea.alternatives[0].difference.unclear
    assert tea.weight == 0
    assert tea not in examined.pivotal()


@pytest.mark.parametrize(
    ("low", "high", "none", "unclear", "distance"),
    [
        (0, 0, True, False, 0),
        (-1, 1, False, True, 0),
        (0, 4, False, True, 0),
        (-4, 0, False, True, 0),
        (2, 4, False, False, 2),
        (-4, -2, False, False, 2),
    ],
)
def test_a_range_is_unclear_where_it_spans_or_touches_zero(
    low: int, high: int, none: bool, unclear: bool, distance: int
) -> None:
    by = Range(low, high)
    assert (by.none, by.unclear, by.distance) == (none, unclear, distance)


def gated() -> Pack:
    """A gate that passes only after the right decision, and else sends back."""
    back = {"to": "discover", "text": "Back."}
    return story(
        scene("fork", choice("left"), choice("right", "flag right")),
        scene("again"),
        scene("onward", phase="define"),
        rounds={"discover": [{"half-days": 0, "pm": ["fork"]}]},
        again={"discover": [{"half-days": 0, "pm": ["again"]}]},
        gates={"discover": {"needs": ["flag right"], "send-back": back}},
    )


def test_a_gate_that_would_have_passed_is_a_result_in_itself() -> None:
    examined = examine(gated(), steps_of(gated(), "left", "go", "go"))
    fork = examined.decisions[0]
    (right,) = fork.alternatives
    assert {(each.yours, each.other) for each in right.compared} == {("sent-back", "passes")}
    assert right.gates == right.compared
    assert right.turned


def test_letters_bets_only_ways_and_the_last_decision_are_skipped_and_it_is_said_why() -> None:
    pack = story(
        scene("note", choice("seal"), write={"letter": "note"}),
        scene("bet", choice("up", holds=["runway > 0"]), choice("down"), predict={"after": 1}),
        scene("corridor", choice("on"), choice("off", when=["flag never"])),
        scene("door"),
        scene("desk"),
    )
    made = (Write("Mind the gap."), Predict("up"), "on", "go", "go")
    examined = examine(pack, steps_of(pack, *made))
    assert [each.number for each in examined.decisions] == [4]
    assert dict(examined.skipped) == {1: "sentence", 2: "bet", 3: "only-way", 5: "last"}


def test_in_the_diary_one_invitation_is_swapped_for_another() -> None:
    pack = story(
        scene("kitchen", choice("look", "customers +5"), choice("talk"), invitation=invitation()),
        scene("lunch", invitation=invitation()),
        scene("end"),
    )
    examined = examine(pack, steps_of(pack, Pick(("kitchen",)), "look", "go"))
    diary = examined.decisions[0]
    assert diary.scene == ""
    assert [each.decision for each in diary.alternatives] == [Pick(("lunch",))]
    assert diary.alternatives[0].compared[0].policy == AS_YOU_DID
    assert diary.alternatives[0].compared[0].difference > 0


@given(SEEDS, st.lists(st.integers(0, 100), min_size=1, max_size=8))
def test_as_you_did_repeats_a_run_exactly(small_pack: Pack, seed: int, lots: list[int]) -> None:
    outcomes = any_run(small_pack, seed, lots)
    steps = _steps_by_replay(small_pack, outcomes, lots)
    policy = as_decided(steps)
    for (_, before), (decision, after) in pairwise(steps):
        onward = play_on(small_pack, before.run, policy, None)
        assert onward is not None
        assert onward == (decision, after)


@settings(max_examples=6)
@given(SEEDS, st.lists(st.integers(0, 100), min_size=1, max_size=8), st.data())
def test_any_run_can_be_examined_finished_or_not(
    small_pack: Pack, seed: int, lots: list[int], data: st.DataObject
) -> None:
    whole = _steps_by_replay(small_pack, any_run(small_pack, seed, lots), lots)
    steps = whole[: data.draw(st.integers(1, len(whole)))]
    before = [fingerprint(outcome.run) for _, outcome in steps]
    told: list[tuple[int, int]] = []
    examined = examine(small_pack, steps, progress=lambda done, of: told.append((done, of)))
    assert [fingerprint(outcome.run) for _, outcome in steps] == before
    assert examined == examine(small_pack, steps)
    assert told == [(done, len(told)) for done in range(1, len(told) + 1)]
    _is_sound(examined, len(steps) - 1)


def test_a_whole_run_of_larder_can_be_examined(larder: Pack) -> None:
    steps = by_bot(larder, 11)
    examined = examine(larder, steps)
    _is_sound(examined, len(steps) - 1)
    assert len(examined.pivotal()) == 3
    kinds = {type(each.decision).__name__ for each in examined.decisions}
    assert {"Choose", "Pick", "Rank", "Sort", "Compose"} <= kinds


def test_an_unfinished_run_of_larder_is_played_on_to_the_gate_it_has_not_reached(
    larder: Pack,
) -> None:
    steps = by_bot(larder, 7)[:21]
    examined = examine(larder, steps)
    _is_sound(examined, 20)
    last = examined.decisions[-1]
    assert last.phase == steps[-1][1].run.entered[-1]
    results = {each.yours for each in last.alternatives[0].compared}
    assert results <= {"passes", "sent-back", "rescued"}


def test_an_examined_run_can_be_written_down(small_pack: Pack) -> None:
    examined = examine(small_pack, by_bot(small_pack, 3))
    copied = msgspec.json.decode(msgspec.json.encode(examined), type=Examination)
    assert copied == examined


def _is_sound(examined: Examination, made: int) -> None:
    numbers = [each.number for each in examined.decisions]
    assert sorted([*numbers, *dict(examined.skipped)]) == list(range(1, made + 1))
    assert numbers == sorted(numbers)
    for each in examined.decisions:
        assert each.alternatives
        for other in each.alternatives:
            assert other.decision != each.decision
            differences = [one.difference for one in other.compared]
            assert other.difference == Range(min(differences), max(differences))
        best = min(sum((o.difference.low, o.difference.high)) for o in each.alternatives)
        assert each.rival.difference.low + each.rival.difference.high == best
        assert each.weight == each.rival.difference.distance
    weights = [each.weight for each in examined.pivotal(most=made)]
    assert weights == sorted(weights, reverse=True)
    assert all(weights)


def _steps_by_replay(pack: Pack, outcomes: list[Outcome], lots: list[int]) -> list[Step]:
    """The steps of `any_run`: its decisions made once more beside their outcomes."""
    steps: list[Step] = [(None, outcomes[0])]
    for before, after in pairwise(outcomes):
        run = before.run
        turned = [(lot * 31 + run.decisions * 17 + run.rounds) % 101 for lot in lots]
        decision = any_decision(observe(pack, run), turned)
        assert advance(pack, run, decision) == after
        steps.append((decision, after))
    return steps
