"""What is true of every run, whatever is decided in it."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.schema import Pack
from scenes.vocabulary import METRICS
from state_machine import Choose, IllegalDecision, Run, begin, fingerprint
from state_machine.draft import limits
from state_machine.engine import advance
from state_machine.rules import default_rules
from state_machine.scoring import score
from tests.stories import any_run

SEEDS = st.integers(min_value=0, max_value=2**53 - 1)
LOTS = st.lists(st.integers(min_value=0, max_value=100), min_size=1, max_size=8)


@given(SEEDS, LOTS)
def test_every_change_of_every_number_is_in_the_ledger(
    small_pack: Pack, seed: int, lots: list[int]
) -> None:
    start = small_pack.start
    numbers: dict[str, int] = {metric: start.metrics[metric] for metric in METRICS}
    numbers |= {"runway": start.runway, "revenue": start.revenue}
    for segment in small_pack.segments.values():
        numbers[f"price {segment.id}"] = segment.price
        numbers[f"satisfaction {segment.id}"] = default_rules().market.at_first
    numbers |= {f"trust {person.id}": person.trust for person in small_pack.persons.values()}
    known = dict(numbers)
    for outcome in any_run(small_pack, seed, lots):
        for entry in outcome.entries:
            assert known.get(entry.key, 0) == entry.before
            assert entry.before != entry.after
            known[entry.key] = entry.after
        assert {k: v for k, v in outcome.run.numbers.items() if v} == {
            k: v for k, v in known.items() if v
        }


@given(SEEDS, LOTS)
def test_no_number_leaves_its_range(small_pack: Pack, seed: int, lots: list[int]) -> None:
    for outcome in any_run(small_pack, seed, lots):
        for key, value in outcome.run.numbers.items():
            least, most = limits(key)
            assert least is None or value >= least
            assert most is None or value <= most


@given(SEEDS, LOTS)
def test_a_run_survives_being_written_down(small_pack: Pack, seed: int, lots: list[int]) -> None:
    for outcome in any_run(small_pack, seed, lots):
        copied = msgspec.json.decode(msgspec.json.encode(outcome.run), type=Run)
        assert copied == outcome.run
        assert fingerprint(copied) == fingerprint(outcome.run)


@given(SEEDS, LOTS)
def test_every_run_reaches_an_ending_and_a_score(
    small_pack: Pack, seed: int, lots: list[int]
) -> None:
    run = any_run(small_pack, seed, lots)[-1].run
    assert run.ending in small_pack.endings
    assert 0 <= score(run).total <= 100
    assert len({played.scene for played in run.played}) == len(run.played)


@given(SEEDS, LOTS)
def test_the_same_decisions_make_the_same_run(small_pack: Pack, seed: int, lots: list[int]) -> None:
    assert any_run(small_pack, seed, lots) == any_run(small_pack, seed, lots)


@given(SEEDS)
def test_an_illegal_decision_changes_nothing(small_pack: Pack, seed: int) -> None:
    run = begin(small_pack, seed).run
    before = fingerprint(run)
    with pytest.raises(IllegalDecision):
        advance(small_pack, run, Choose("nothing-of-the-sort"))
    assert fingerprint(run) == before


def test_a_run_can_only_be_read() -> None:
    run = Run(pack="p", seed=1, player="x", world="w", state="discover_diary", numbers={})
    with pytest.raises(AttributeError):
        run.round = 3  # type: ignore[misc]
