"""How a run stands before its end: where the numbers are, and where they are being pulled."""

from __future__ import annotations

import msgspec
import pytest

from scenes.vocabulary import METRICS
from state_machine import Run
from state_machine.draft import Draft
from state_machine.gauges import heading, move
from state_machine.rules import default_rules
from state_machine.run import Crossing, Given
from state_machine.standing import standing
from tests.stories import play, scene, story

PACK = story(scene("hello"))


def a_run(**numbers: int) -> Run:
    """A run at its first decision, with these numbers changed."""
    run = play(PACK)[0].run
    return msgspec.structs.replace(run, numbers={**run.numbers, **numbers})


@pytest.mark.parametrize("metric", METRICS)
def test_a_higher_metric_stands_higher(metric: str) -> None:
    assert standing(PACK, a_run(**{metric: 70})) > standing(PACK, a_run(**{metric: 50}))


def test_money_that_lasts_stands_higher_before_any_metric_has_moved() -> None:
    assert standing(PACK, a_run(runway=100_000)) > standing(PACK, a_run(runway=0))


def test_a_kept_promise_stands_higher_than_none_and_a_broken_one_lower() -> None:
    run = a_run()

    def promised(*states: str) -> int:
        given = {f"p{at}": Given(state, "build", "a/b") for at, state in enumerate(states)}  # type: ignore[arg-type]  # the test names states
        return standing(PACK, msgspec.structs.replace(run, promises=given))

    assert promised("kept") > promised() > promised("broken")
    assert promised("open") == promised()


def test_a_call_that_was_crossed_and_not_set_right_stands_lower() -> None:
    run = a_run()

    def crossed(still: bool) -> int:
        crossing = Crossing(call="how", by="s/x", owner="team", open=still)
        return standing(PACK, msgspec.structs.replace(run, crossings=(crossing,)))

    assert crossed(True) < crossed(False) == standing(PACK, run)


def test_the_standing_keeps_within_its_scale() -> None:
    assert standing(PACK, a_run(**dict.fromkeys(METRICS, 0), runway=-5000)) >= 0
    assert standing(PACK, a_run(**dict.fromkeys(METRICS, 100))) <= 1000


def test_a_run_is_read_as_in_the_phase_that_is_named() -> None:
    run = a_run()
    later = msgspec.structs.replace(run, state="grow_diary")
    assert standing(PACK, later, at="discover") == standing(PACK, run)
    assert standing(PACK, later) != standing(PACK, run)


@pytest.mark.parametrize("runway", [0, 1_000_000])
def test_a_metric_moves_a_part_of_the_way_to_where_it_is_heading(runway: int) -> None:
    draft = Draft(PACK, a_run(runway=runway, sponsor=60), default_rules())
    goal = heading(draft, "sponsor")
    move(draft)
    assert goal < draft.numbers["sponsor"] < 60 or 60 < draft.numbers["sponsor"] < goal


def test_a_metric_whose_gauges_read_nothing_stays_where_it_is() -> None:
    draft = Draft(PACK, a_run(flow=63), default_rules())
    assert heading(draft, "flow") == 63
