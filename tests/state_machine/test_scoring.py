"""What a run is worth: its parts, and how they are weighed."""

from __future__ import annotations

import msgspec

from scenes.vocabulary import STAKEHOLDER_SIDE, TEAM_SIDE
from state_machine import Run
from state_machine.rules import default_rules
from state_machine.run import Given
from state_machine.scoring import score
from tests.stories import play, scene, story


def a_run(**changes: object) -> Run:
    """A run with 60 on every stakeholder's number and 40 on every one of the team's."""
    run = play(story(scene("hello")))[-1].run
    numbers = dict(run.numbers)
    numbers.update((metric, 60) for metric in STAKEHOLDER_SIDE)
    numbers.update((metric, 40) for metric in TEAM_SIDE)
    return msgspec.structs.replace(run, numbers=numbers, **changes)


def promised(*states: str) -> dict[str, Given]:
    """Promises that stand so."""
    return {f"p{at}": Given(state, "build", "a/b") for at, state in enumerate(states)}  # type: ignore[arg-type]  # the test names states


def test_the_two_hats_weigh_the_same() -> None:
    weights = default_rules().score
    assert weights.stakeholders == weights.team
    assert score(a_run()).total == 50


def test_without_promises_and_predictions_there_is_nothing_to_judge() -> None:
    judged = score(a_run())
    assert judged.promises is None
    assert judged.predictions is None
    assert (judged.promises_given, judged.predictions_made) == (0, 0)


def test_an_open_promise_counts_as_given_and_as_neither_kept_nor_broken() -> None:
    judged = score(a_run(promises=promised("kept", "broken", "open", "open")))
    assert (judged.promises_given, judged.promises_kept) == (4, 1)
    assert judged.promises == 50


def test_only_open_promises_leave_nothing_to_judge() -> None:
    assert score(a_run(promises=promised("open"))).promises is None


def test_each_part_weighs_what_the_rules_say() -> None:
    run = a_run(promises=promised("kept"), predictions={"a": True, "b": False, "c": False})
    weights = default_rules().score
    judged = score(run)
    assert (judged.stakeholders, judged.team) == (60, 40)
    assert (judged.promises, judged.predictions) == (100, 33)
    sum_of_parts = (
        60 * weights.stakeholders
        + 40 * weights.team
        + 100 * weights.promises
        + 33 * weights.predictions
    )
    assert judged.total == sum_of_parts // 100
