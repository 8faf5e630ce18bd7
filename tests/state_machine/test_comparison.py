"""Runs put side by side: where they part, what they decided, and what made the difference."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes import load_pack
from scenes.schema import Pack
from scenes.vocabulary import METRICS
from state_machine import Decision, Pick, Rank, Write
from state_machine.alignment import Entrant, Parting
from state_machine.bots import PERSONAS, decisions
from state_machine.comparison import Comparison, DifferentPacks, compare
from state_machine.engine import succeed
from state_machine.events import Step
from state_machine.rules import default_rules
from state_machine.run import Past
from state_machine.scoring import timeline
from state_machine.succession import heritable
from tests.stories import choice, invitation, scene, steps_of, story

PACKS = Path(__file__).parents[2] / "scenes" / "packs"


@cache
def larder() -> Pack:
    """The company that comes with the game."""
    return load_pack(PACKS / "larder")


@cache
def played(persona: str, seed: int) -> tuple[Step, ...]:
    """A whole run of Larder."""
    return tuple(decisions(larder(), seed, PERSONAS[persona]))


def entrant(name: str, pack: Pack, *made: Decision | str, **fields: Any) -> Entrant:
    """A run of a small story under these decisions; a bare word chooses."""
    return Entrant(name, pack, steps_of(pack, *made, **fields))


def lunch() -> Pack:
    """Two scenes for everybody, and one for those who went to lunch."""
    return story(
        scene("call", choice("ask", "customers +2"), choice("tell", "customers -1")),
        scene("lunch", choice("soup"), choice("salad"), invitation=invitation()),
        scene("note", choice("send"), write={"letter": "to-po"}),
        scene("board", choice("move", "trust ife +1"), choice("leave"), hat="po"),
    )


STAY, GO = Pick(()), Pick(("lunch",))


def two(*runs: Entrant) -> Comparison:
    """These runs, compared."""
    return compare(runs)


def only_parting(comparison: Comparison) -> Parting:
    """The one moment at which the runs part."""
    (parting,) = comparison.partings
    return parting


# ── where they part ─────────────────────────────────────────────────────────────────────────


def test_runs_part_at_the_first_decision_that_is_not_the_same() -> None:
    pack = lunch()
    one = entrant("one", pack, STAY, "ask", Write("Hm."), "move")
    other = entrant("other", pack, STAY, "ask", Write("Hm."), "leave")
    parting = only_parting(two(one, other))
    assert (parting.number, parting.by_decision) == (4, True)
    assert [(branch.runs, branch.answer.said) for branch in parting.branches] == [
        ((0,), ("Move",)),
        ((1,), ("Leave",)),
    ]
    assert parting.branches[0].title == "Board"


def test_a_letter_parts_nobody_but_is_an_answer_that_differs() -> None:
    pack = lunch()
    one = entrant("one", pack, STAY, "ask", Write("Mind the stairs."), "move")
    other = entrant("other", pack, STAY, "ask", Write("Mind the gap."), "move")
    comparison = two(one, other)
    assert comparison.partings == ()
    assert [row.scene for row in comparison.crossroads if row.differs] == ["note"]


def test_a_diary_filled_in_another_order_is_the_same_diary() -> None:
    pack = story(
        scene("lunch", invitation=invitation()),
        scene("dinner", invitation=invitation()),
        rounds={"discover": [{"half-days": 2, "diary": ["lunch", "dinner"], "pm": [], "po": []}]},
    )
    one = entrant("one", pack, Pick(("lunch", "dinner")))
    assert two(one, entrant("other", pack, Pick(("dinner", "lunch")))).partings == ()


def test_an_order_of_rank_is_an_answer_from_its_first_place_to_its_last() -> None:
    pack = story(scene("sort", choice("a"), choice("b"), choice("c"), rank={"keep": 1}))
    one = entrant("one", pack, Rank(("a", "b", "c")))
    other = entrant("other", pack, Rank(("a", "c", "b")))
    parting = only_parting(two(one, other))
    assert parting.branches[0].answer.said == ("1. A", "2. B", "3. C")


def test_who_was_asked_something_else_did_not_part_by_a_decision() -> None:
    pack, other_pack = lunch(), story(scene("phone"))
    other = Entrant("other", other_pack, entrant("x", other_pack, "go").steps)
    parting = only_parting(two(entrant("one", pack, STAY, "ask"), other))
    assert not parting.by_decision
    assert [branch.scene for branch in parting.branches] == ["diary discover 1", "phone"]


def test_a_run_that_has_not_come_so_far_parts_from_nobody() -> None:
    whole = entrant("whole", lunch(), STAY, "ask", Write("Hm."), "move")
    fork = Entrant("fork", whole.pack, whole.steps[:3])
    assert two(whole, fork).partings == ()


def test_branches_of_branches_part_one_after_the_other() -> None:
    pack = lunch()
    runs = (
        entrant("a", pack, STAY, "ask", Write("Hm."), "move"),
        entrant("b", pack, STAY, "tell", Write("Hm."), "move"),
        entrant("c", pack, STAY, "tell", Write("Hm."), "leave"),
        entrant("d", pack, GO, "soup"),
    )
    found = [(p.number, [b.runs for b in p.branches]) for p in compare(runs).partings]
    assert found == [(1, [(0, 1, 2), (3,)]), (2, [(0,), (1, 2)]), (4, [(1,), (2,)])]


# ── how they began ──────────────────────────────────────────────────────────────────────────


def test_runs_that_began_alike_are_said_to_have() -> None:
    pack = lunch()
    assert two(entrant("one", pack, STAY), entrant("other", pack, GO)).unlike == ()


def test_what_was_not_alike_at_the_beginning_is_named() -> None:
    pack = lunch()
    mended = msgspec.structs.replace(pack, rules_hash="other")
    one = Entrant("one", pack, entrant("x", pack, STAY).steps)
    past = Past(company="Harbour")
    other = Entrant(
        "other",
        mended,
        entrant("x", pack, STAY, seed=8, past=past).steps,
        msgspec.structs.replace(default_rules(), crisis_at=1),
    )
    unlike = {each.facet: each.values for each in two(one, other).unlike}
    assert unlike == {
        "seed": ("7", "8"),
        "past": ("", "Harbour"),
        "story": ("1", "1"),
        "rules": ("1", "2"),
    }


def test_a_hidden_world_is_told_only_of_runs_that_are_all_over() -> None:
    whole = [Entrant(f"run {seed}", larder(), played("sensible", seed)) for seed in (7, 8)]
    assert "world" in {each.facet for each in compare(whole).unlike}
    half = [whole[0], Entrant("half", larder(), whole[1].steps[:20])]
    comparison = compare(half)
    assert "world" not in {each.facet for each in comparison.unlike}
    assert comparison.standings[1].world == ""


# ── what they were asked ────────────────────────────────────────────────────────────────────


def test_what_only_some_were_asked_stands_beside_nothing() -> None:
    pack = lunch()
    at_lunch = entrant("one", pack, GO, "soup", "ask")
    comparison = two(at_lunch, entrant("other", pack, STAY, "ask", Write("Hm."), "move"))
    by_scene = {row.scene: row for row in comparison.crossroads}
    assert by_scene["lunch"].met_by == (0,)
    assert by_scene["call"].met_by == (0, 1)
    assert not by_scene["call"].differs


def test_every_decision_of_every_run_stands_in_exactly_one_row() -> None:
    runs = [
        Entrant("a", larder(), played("sensible", 7)),
        Entrant("b", larder(), played("people-pleaser", 8)),
        Entrant("c", larder(), played("random", 9)),
    ]
    comparison = compare(runs)
    for at, run in enumerate(runs):
        answers = (row.answers[at] for row in comparison.crossroads)
        numbers = sorted(answer.number for answer in answers if answer)
        assert numbers == list(range(1, len(run.steps)))


# ── why ─────────────────────────────────────────────────────────────────────────────────────


@given(
    st.sampled_from(sorted(PERSONAS)),
    st.sampled_from(sorted(PERSONAS)),
    st.integers(7, 9),
    st.integers(7, 9),
    st.integers(1, 70),
)
def test_what_the_causes_did_adds_up_to_how_far_apart_the_numbers_end(
    one: str, other: str, seed: int, other_seed: int, until: int
) -> None:
    comparison = compare(
        [
            Entrant("one", larder(), played(one, seed)),
            Entrant("other", larder(), played(other, other_seed)[:until]),
        ]
    )
    for gap in comparison.gaps:
        causes = sum(cause.difference for cause in gap.causes)
        assert gap.starts[1] - gap.starts[0] + causes == gap.difference
        assert gap.difference


def test_a_planted_difference_is_found_with_its_cause() -> None:
    pack = lunch()
    one = entrant("one", pack, STAY, "ask", Write("Hm."), "move")
    other = entrant("other", pack, STAY, "tell", Write("Hm."), "move")
    (gap,) = two(one, other).gaps
    assert (gap.key, gap.ends[1] - gap.ends[0]) == ("customers", gap.difference)
    causes = {cause.ref: cause for cause in gap.causes}
    assert causes["call/ask"].by == (2, 0)
    assert causes["call/tell"].by == (0, -1)
    assert (causes["call/ask"].title, causes["call/ask"].quote) == ("Call", "Ask")


def test_the_pair_is_the_two_furthest_apart_of_those_that_are_over() -> None:
    runs = [
        Entrant("half", larder(), played("pm-only", 7)[:15]),
        Entrant("good", larder(), played("sensible", 7)),
        Entrant("good too", larder(), played("sensible", 8)),
        Entrant("bad", larder(), played("pm-only", 7)),
    ]
    comparison = compare(runs)
    scores = [standing.score.total for standing in comparison.standings]
    whole = scores[1:]
    assert {scores[at] for at in comparison.pair} == {min(whole), max(whole)}
    assert 0 not in comparison.pair


def test_timelines_are_those_of_each_run_and_only_of_metrics_that_somebody_has_seen() -> None:
    runs = [Entrant("a", larder(), played("sensible", 7)[:4])]
    runs.append(Entrant("b", larder(), played("random", 7)[:4]))
    shown = {metric for metric, _ in compare(runs).timelines}
    assert 0 < len(shown) < len(METRICS)
    whole = [Entrant("a", larder(), played("sensible", 7)), runs[1]]
    for metric, lines in compare(whole).timelines:
        assert lines[0] == timeline(larder(), whole[0].last, metric)


def test_a_successors_numbers_stand_beside_those_of_the_same_rounds() -> None:
    whole = Entrant("whole", larder(), played("sensible", 7))
    taken = next(outcome.run for _, outcome in whole.steps if heritable(outcome.run))
    heir = Entrant("heir", larder(), [(None, succeed(larder(), taken, "Bo"))])
    comparison = compare([whole, heir])
    assert [each.facet for each in comparison.unlike] == ["predecessor"]
    assert not comparison.partings
    for _, (lines, inherited) in comparison.timelines:
        assert lines[: len(inherited)] == inherited
    assert comparison.standings[1].rounds == comparison.standings[0].rounds[: taken.rounds - 1]


# ── what cannot be compared ─────────────────────────────────────────────────────────────────


def test_runs_of_different_companies_are_refused_in_words() -> None:
    pack = lunch()
    one, other = entrant("one", pack, STAY), Entrant("big", larder(), played("random", 7))
    with pytest.raises(DifferentPacks, match="`one` is a run of “Tiny” and `big` one of “Larder”"):
        two(one, other)


@pytest.mark.parametrize("number", [0, 1, 9])
def test_from_two_to_eight_runs_can_be_compared(number: int) -> None:
    pack = lunch()
    with pytest.raises(ValueError, match="from 2 to 8 runs"):
        compare([entrant(f"run {at}", pack) for at in range(number)])


def test_a_run_cannot_be_compared_with_itself() -> None:
    run = entrant("one", lunch(), STAY)
    with pytest.raises(ValueError, match="`one` cannot be compared with itself"):
        two(run, run)


def test_a_story_that_lacks_what_a_run_names_is_no_trouble() -> None:
    pack = lunch()
    run = entrant("one", pack, GO, "soup", "ask")
    scenes = {name: each for name, each in pack.scenes.items() if name != "lunch"}
    later = Entrant("one", msgspec.structs.replace(pack, scenes=scenes), run.steps)
    comparison = two(later, entrant("other", pack, STAY, "tell"))
    assert "lunch" in {row.title for row in comparison.crossroads}
