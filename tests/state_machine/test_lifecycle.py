"""The lifecycle: one table, two ways to walk it, and the diagram that is made of it."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from docs.generate import rendered
from scenes.schema import Pack
from scenes.vocabulary import PHASES
from state_machine import Walker, advance, begin, observe
from state_machine.draft import Draft
from state_machine.lifecycle import TRANSITIONS, successor
from state_machine.rules import default_rules
from state_machine.states import ENDED, STARTS, STATES
from tests.stories import any_decision

LOTS = st.lists(st.integers(min_value=0, max_value=100), min_size=1, max_size=8)


@given(seed=st.integers(min_value=0, max_value=10**6), lots=LOTS)
def test_the_machine_and_the_table_walk_alike(small_pack: Pack, seed: int, lots: list[int]) -> None:
    walker = Walker()
    by_machine, by_table = begin(small_pack, seed, step=walker), begin(small_pack, seed)
    assert by_machine == by_table
    while not by_table.run.over:
        decision = any_decision(observe(small_pack, by_table.run), lots)
        by_machine = advance(small_pack, by_table.run, decision, step=walker)
        by_table = advance(small_pack, by_table.run, decision)
        assert by_machine == by_table


@given(seed=st.integers(min_value=0, max_value=10**6), lots=LOTS)
def test_at_most_one_arrow_is_ever_open(small_pack: Pack, seed: int, lots: list[int]) -> None:
    def watching(draft: Draft) -> object:
        arrows = [arrow for arrow in TRANSITIONS if arrow.source == draft.state]
        assert sum(arrow.guard(draft) for arrow in arrows) <= 1
        return successor(draft)

    outcome = begin(small_pack, seed, step=watching)  # type: ignore[arg-type]
    while not outcome.run.over:
        decision = any_decision(observe(small_pack, outcome.run), lots)
        outcome = advance(small_pack, outcome.run, decision, step=watching)  # type: ignore[arg-type]


def test_every_state_can_be_reached_and_all_but_the_end_can_be_left() -> None:
    assert {arrow.dest for arrow in TRANSITIONS} == set(STATES) - set(STARTS)
    assert {arrow.source for arrow in TRANSITIONS} == set(STATES) - {ENDED}


def test_the_product_goes_through_six_phases_in_their_order() -> None:
    onward = [
        (arrow.source.split("_")[0], arrow.dest.split("_")[0])
        for arrow in TRANSITIONS
        if arrow.trigger == "gate_passes"
    ]
    assert onward == list(itertools.pairwise(PHASES))


def test_a_waiting_decision_opens_no_arrow(small_pack: Pack) -> None:
    draft = Draft(small_pack, begin(small_pack, 7).run, default_rules())
    assert successor(draft) is None
    assert Walker()(draft) is None


def test_the_generated_parts_of_the_docs_are_true() -> None:
    for path, text in rendered().items():
        assert path.read_text("utf-8") == text, f"{path.name} is stale; run `make docs`"
