"""What a run is worth: its parts, and how they are weighed."""

from __future__ import annotations

import msgspec

from scenes.vocabulary import STAKEHOLDER_SIDE, TEAM_SIDE
from state_machine import Run
from state_machine.rules import default_rules
from state_machine.run import Artifact, Crossing, Given
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
    judged_here = (
        (60, weights.stakeholders),
        (40, weights.team),
        (100, weights.promises),
        (33, weights.predictions),
    )
    whole = sum(weight for _, weight in judged_here)
    assert judged.total == sum(part * weight for part, weight in judged_here) // whole


def test_the_product_is_worth_what_its_users_think_of_it() -> None:
    run = a_run()
    numbers = {**run.numbers, "users hotels": 30, "satisfaction hotels": 80}
    assert score(run).product is None, "nobody uses it"
    assert score(msgspec.structs.replace(run, numbers=numbers)).product == 80


def test_what_was_crossed_and_never_set_right_counts_against_the_charter() -> None:
    charter = {"charter": Artifact(scene="s", round=1, buckets={"how": "team"})}
    crossed = [Crossing(call="how", by="s/x", owner="team", open=still) for still in (True, False)]
    assert score(a_run()).charter is None
    assert score(a_run(artifacts=charter)).charter == 100
    assert score(a_run(artifacts=charter, crossings=tuple(crossed))).charter == 75
