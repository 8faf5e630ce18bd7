"""Facts about the story that comes with the game, taken from many whole runs of it.

Not what the story says, but that all of it can be met, and that nothing shows through the page.
"""

from __future__ import annotations

import re
from statistics import median

import msgspec
import pytest

from game.plain.transcript import transcript
from game.reading import words_on
from game.session import Session
from scenes import Pack
from scenes.schema import Scene
from scenes.vocabulary import Edition
from state_machine import Outcome, Run, advance, begin, deck, observe, succeed
from state_machine.bots import PERSONAS, Persona, decisions
from state_machine.desk import lay_out
from state_machine.draft import Draft
from state_machine.events import AnyEvent, GateHeld
from state_machine.succession import heritable

SEEDS = range(120)


@pytest.fixture(scope="module")
def runs(larder: Pack) -> list[tuple[Run, list[AnyEvent]]]:
    """How whole runs ended, each persona's on each seed, and all that happened in them."""
    played = []
    for persona in PERSONAS.values():
        for seed in SEEDS:
            played.append(whole(larder, seed, persona))
    hard = in_a_worse_place(larder)
    for seed in SEEDS:
        played.append(whole(hard, seed, PERSONAS["random"]))
        played.append(inherited(larder, seed, PERSONAS["random"]))
    return played


def whole(pack: Pack, seed: int, persona: Persona) -> tuple[Run, list[AnyEvent]]:
    """How a whole run ended, and all that happened in it."""
    outcomes = [outcome for _, outcome in decisions(pack, seed, persona)]
    return outcomes[-1].run, [event for outcome in outcomes for event in outcome.events]


def taken_over(pack: Pack, seed: int, persona: Persona) -> Outcome:
    """The beginning of a run that was taken over, in Launch, Grow or Renew by the seed."""
    steps = [outcome.run for _, outcome in decisions(pack, seed, persona, "Ada")]
    desks = [run for run in steps if heritable(run)]
    return succeed(pack, desks[seed % len(desks)], "Bea")


def inherited(pack: Pack, seed: int, persona: Persona) -> tuple[Run, list[AnyEvent]]:
    """How such a run ended, and all that happened in it since."""
    outcome = taken_over(pack, seed, persona)
    events = [*outcome.events]
    while not outcome.run.over:
        outcome = advance(pack, outcome.run, persona(observe(pack, outcome.run), seed))
        events += outcome.events
    return outcome.run, events


def in_a_worse_place(pack: Pack) -> Pack:
    """The pack with every number half as high at the start, and nobody who trusts anybody."""
    metrics = {metric: number // 2 for metric, number in pack.start.metrics.items()}
    start = msgspec.structs.replace(pack.start, metrics=metrics)
    persons = {
        name: msgspec.structs.replace(person, trust=-3) for name, person in pack.persons.items()
    }
    return msgspec.structs.replace(pack, start=start, persons=persons)


@pytest.fixture(scope="module")
def ends(runs: list[tuple[Run, list[AnyEvent]]]) -> list[Run]:
    """How those runs ended."""
    return [run for run, _ in runs]


def test_every_scene_is_met_and_every_choice_made_in_some_run(
    larder: Pack, ends: list[Run]
) -> None:
    made = {(scene, name) for run in ends for scene, took in run.chosen.items() for name in took}
    there = {
        (scene.id, choice.id)
        for scene in larder.scenes.values()
        if not scene.write
        for choice in scene.choice
    }
    assert there - made == set()
    assert set(larder.scenes) == {played.scene for run in ends for played in run.played}


def test_every_invitation_is_missed_in_some_run(larder: Pack, ends: list[Run]) -> None:
    invited = {scene.id for scene in larder.scenes.values() if scene.invitation}
    assert invited == {name for run in ends for name in run.missed}


def test_every_ending_every_world_and_all_that_can_happen_does(
    larder: Pack, runs: list[tuple[Run, list[AnyEvent]]], ends: list[Run]
) -> None:
    assert {run.ending for run in ends} == set(larder.endings)
    assert {run.world for run in ends} == set(larder.worlds)
    events = [event for _, happened in runs for event in happened]
    kinds = {type(event) for event in events}
    assert kinds == set(AnyEvent.__args__)
    results = {event.result for event in events if isinstance(event, GateHeld)}
    assert results == {"passes", "sent-back", "rescued", "ends"}


def test_no_scene_that_could_come_claims_what_was_not_so(
    larder: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a text asserts follows from its conditions and its place, in every run explored."""
    wrong: set[str] = set()

    def watching(draft: Draft, scene: Scene) -> bool:
        holds = draft.all_hold(scene.asserts)
        if not holds:
            wrong.add(scene.id)
        return holds

    monkeypatch.setattr(deck, "claims_hold", watching)
    for persona in PERSONAS.values():
        for seed in range(40):
            whole(larder, seed, persona)
    assert not wrong


def test_nobody_is_met_only_once(larder: Pack) -> None:
    """Six people or more come back over three phases or more."""
    phases: dict[str, set[str]] = {}
    for scene in larder.scenes.values():
        if scene.who:
            phases.setdefault(scene.who, set()).add(scene.phase)
    assert sum(len(seen) >= 3 for seen in phases.values()) >= 6


def test_two_seeds_are_two_stories(ends: list[Run]) -> None:
    """The same persona on neighbouring seeds: other scenes in most pairs of runs."""
    scenes = [{played.scene for played in run.played} for run in ends[: len(SEEDS)]]
    pairs = list(zip(scenes[::2], scenes[1::2], strict=True))
    assert sum(len(one ^ other) >= 6 for one, other in pairs) > len(pairs) * 3 // 4


@pytest.mark.parametrize("persona", PERSONAS)
def test_nothing_of_the_format_shows_through_the_page(larder: Pack, persona: str) -> None:
    for seed in range(4):
        session = Session(larder, [(None, begin(larder, seed, "Sam"))])
        for line in transcript(session, PERSONAS[persona], seed):
            assert not set("{}") & set(line), line


@pytest.mark.parametrize("seed", range(6))
def test_nothing_shows_through_the_page_either_of_a_run_that_was_taken_over(
    larder: Pack, seed: int
) -> None:
    session = Session(larder, [(None, taken_over(larder, seed, PERSONAS["sensible"]))])
    for line in transcript(session, PERSONAS["sensible"], seed):
        assert not set("{}") & set(line), line


def test_a_successor_is_not_told_that_they_said_what_somebody_else_did(larder: Pack) -> None:
    """What is quoted of earlier phases is said twice in the pack: of the player, and of another."""
    for seed in range(9):
        outcome = taken_over(larder, seed, PERSONAS["people-pleaser"])
        before = outcome.run.promises
        while not outcome.run.over:
            view = observe(larder, outcome.run)
            for name in before:
                words = larder.promises[name].words if name in larder.promises else ""
                said = re.escape(words) + r"[”\"],? (you said|you told)"
                assert not words or not view.ask or not re.search(said, view.ask.text)
            outcome = advance(larder, outcome.run, PERSONAS["people-pleaser"](view, seed))


def read(pack: Pack, seed: int, edition: Edition) -> tuple[int, Run]:
    """How many words somebody reads who plays a whole run, and how it ended."""
    session = Session(pack, [(None, begin(pack, seed, "Sam", edition=edition))])
    words = sum(map(words_on, session.first_pages()))
    while session.ask:
        words += words_on(session.ask_page())
        decision = PERSONAS["sensible"](session.view, seed)
        words += sum(map(words_on, session.decide(decision)))
    return words, session.run


@pytest.mark.parametrize(
    ("edition", "words", "decisions"),
    [
        ("full", range(10_000, 14_000), range(45, 60)),
        ("express", range(4_000, 6_000), range(15, 20)),
    ],
)
def test_a_run_is_read_in_about_an_hour_and_an_express_in_twenty_minutes(
    larder: Pack, edition: Edition, words: range, decisions: range
) -> None:
    """People read some 240 words a minute (Brysbaert 2019, 190 studies)."""
    runs = [read(larder, seed, edition) for seed in range(9)]
    assert int(median(count for count, _ in runs)) in words
    assert int(median(run.decisions for _, run in runs)) in decisions


def test_four_to_six_times_a_run_something_is_foreseen_or_not(ends: list[Run]) -> None:
    of_a_whole_life = [len(run.predictions) for run in ends if run.marks[-1].phase == "renew"]
    assert {4, 5, 6} >= set(of_a_whole_life)
    assert len(set(of_a_whole_life)) > 1


def test_a_run_that_was_put_away_goes_on_as_if_it_had_not(larder: Pack) -> None:
    """What is written down has its keys in order; no rule may care."""
    for seed in range(6):
        put_away = begin(larder, seed).run
        for decision, outcome in decisions(larder, seed, PERSONAS["sensible"]):
            if decision is not None:
                assert advance(larder, put_away, decision) == outcome
            written = msgspec.json.encode(outcome.run, order="deterministic")
            put_away = msgspec.json.decode(written, type=Run)
            assert lay_out(larder, put_away) == lay_out(larder, outcome.run)
