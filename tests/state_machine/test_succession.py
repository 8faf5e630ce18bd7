"""Taking over somebody else's run: when, what stays, and whose everything then is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.asides import promises_page
from game.blocks import Block, Lines, Notice, Quote
from game.pages import outcome_pages
from scenes.schema import Pack
from state_machine import (
    Choose,
    Outcome,
    Pick,
    Predict,
    Run,
    Walker,
    Write,
    advance,
    finish,
    observe,
    succeed,
)
from state_machine.career import practice_so_far
from state_machine.desk import lay_out
from state_machine.events import PhaseOpened, RoundOpened, TakenOver
from state_machine.run import Past
from state_machine.scoring import score, timeline
from state_machine.states import ENDED
from state_machine.succession import heritable, not_heritable
from tests.stories import any_decision, any_run, choice, invitation, play, scene, story

SEEDS = st.integers(min_value=0, max_value=10**6)
LOTS = st.lists(st.integers(min_value=0, max_value=100), min_size=1, max_size=8)

CHANGED = {"state", "player", "past", "diary", "succession", "scene", "agenda"}
"""What taking over changes: who plays, and that the diary waits for the first scene."""


def desks(pack: Pack, seed: int, lots: list[int]) -> Iterator[Run]:
    """Every moment of a run at which somebody can take it over."""
    return (outcome.run for outcome in any_run(pack, seed, lots) if heritable(outcome.run))


def without(run: Run, names: set[str]) -> dict[str, Any]:
    """All fields of a run but these."""
    return {name: getattr(run, name) for name in run.__struct_fields__ if name not in names}


# ── when ────────────────────────────────────────────────────────────────────────────────


@given(SEEDS, LOTS)
def test_a_run_changes_hands_where_a_diary_lies_open_from_launch_on(
    small_pack: Pack, seed: int, lots: list[int]
) -> None:
    for outcome in any_run(small_pack, seed, lots):
        run = outcome.run
        there = run.state in ("launch_diary", "grow_diary", "renew_diary")
        assert heritable(run) == there
        assert bool(not_heritable(run)) != there
        if not there:
            with pytest.raises(ValueError, match="run"):
                succeed(small_pack, run, "Bea")


def test_it_is_said_why_a_run_cannot_be_taken_over(small_pack: Pack) -> None:
    outcomes = any_run(small_pack, 7, [1])
    in_a_turn = next(o.run for o in outcomes if o.run.state == "launch_pm_turn")
    assert "from Launch on" in not_heritable(outcomes[0].run)
    assert "where a diary lies open" in not_heritable(in_a_turn)
    assert "is over" in not_heritable(outcomes[-1].run)


# ── what stays ──────────────────────────────────────────────────────────────────────────


@given(SEEDS, LOTS)
def test_nothing_but_the_player_changes_when_a_run_is_taken_over(
    small_pack: Pack, seed: int, lots: list[int]
) -> None:
    for run in desks(small_pack, seed, lots):
        heir = succeed(opened_by_a_scene(small_pack), run, "Bea").run
        assert without(heir, CHANGED) == without(run, CHANGED)
        assert (heir.player, heir.predecessor, heir.state) == ("Bea", run.player, "succession")


@given(SEEDS, LOTS)
def test_it_goes_on_as_it_would_have_gone_on(small_pack: Pack, seed: int, lots: list[int]) -> None:
    """Without a scene of its own, a succession is not even a step."""
    who = {"player", "past", "succession"}
    for run in desks(small_pack, seed, lots):
        mine, theirs = succeed(small_pack, run, "Bea").run, run
        assert without(mine, who) == without(theirs, who)
        while not theirs.over:
            decision = any_decision(observe(small_pack, theirs), lots)
            theirs = advance(small_pack, theirs, decision).run
            mine = advance(small_pack, mine, decision).run
            assert without(mine, who) == without(theirs, who)


@given(SEEDS, LOTS)
def test_both_walks_of_the_lifecycle_take_over_alike(
    small_pack: Pack, seed: int, lots: list[int]
) -> None:
    pack, walker = opened_by_a_scene(small_pack), Walker()
    for run in desks(pack, seed, lots):
        by_machine, by_table = succeed(pack, run, "Bea", step=walker), succeed(pack, run, "Bea")
        assert by_machine == by_table
        assert advance(pack, by_machine.run, Choose("nod"), step=walker) == advance(
            pack, by_table.run, Choose("nod")
        )


@given(SEEDS, LOTS)
def test_a_run_that_was_taken_over_survives_being_written_down_and_ends(
    small_pack: Pack, seed: int, lots: list[int]
) -> None:
    pack = opened_by_a_scene(small_pack)
    for run in desks(pack, seed, lots):
        outcome = succeed(pack, run, "Bea")
        while not outcome.run.over:
            copied = msgspec.json.decode(msgspec.json.encode(outcome.run), type=Run)
            assert copied == outcome.run
            decision = any_decision(observe(pack, copied), lots)
            outcome = advance(pack, copied, decision)
        assert outcome.run.state == ENDED
        assert 0 <= score(outcome.run).total <= 100


def opened_by_a_scene(pack: Pack) -> Pack:
    """The pack with a scene that opens a run that is taken over, and a career to name it."""
    made = story(
        scene("first-morning", choice("nod"), choice("sigh"), phase="launch", career="succession"),
        career={"boss": "ife", "title": "heir", "succession": "first-morning"},
        titles=[{"id": "heir", "name": "heir", "calls": []}],
    )
    return msgspec.structs.replace(
        pack, scenes=pack.scenes | made.scenes, career=made.career, titles=made.titles
    )


# ── a desk of a few lines ───────────────────────────────────────────────────────────────


def company(*effects: str) -> Pack:
    """Something promised, bet and written in Discover, and three half-days in Launch."""
    return story(
        scene("promise", choice("go", "promise demo by grow"), choice("stay")),
        scene("price", choice("go", "promise price by build"), choice("stay")),
        scene("bet", choice("up", holds=["morale > 90"]), choice("down"), predict={"after": 0}),
        scene("note", choice("write"), write={"letter": "to-me"}, concepts=["pm-empathy"]),
        scene("lunch", invitation=invitation()),
        scene(
            "due",
            choice(
                "go", later=[{"after": 1, "phase": "launch", "effects": [], "then": "It comes."}]
            ),
            choice("stay"),
        ),
        scene("fair", phase="launch", invitation=invitation()),
        scene("call", phase="launch", invitation=invitation()),
        scene(
            "told",
            phase="launch",
            concepts=["pm-empathy"],
            memory=[
                {"when": ["inherited note"], "text": "{predecessor} wrote {letter to-me}."},
                {"when": ["visited note", "not inherited note"], "text": "You wrote that."},
                {"when": ["inherited first-morning"], "text": "Before your first morning."},
                {"when": ["not inherited"], "text": "It is all yours."},
            ],
        ),
        scene("last", phase="renew", invitation=invitation()),
        scene(
            "first-morning",
            choice("nod", *effects),
            choice("sigh", "promise ride by grow"),
            phase="launch",
            career="succession",
        ),
        promises=[
            {"id": "demo", "to": "ife", "words": "I will show you", "broken": "No."},
            {"id": "price", "to": "ife", "words": "It stays at ten", "broken": "No."},
            {"id": "ride", "to": "tomas", "words": "I will ride along", "broken": "No."},
        ],
        rounds={
            "launch": [{"half-days": 1, "diary": ["fair", "call"], "pm": ["told"]}],
        },
        career={"boss": "ife", "title": "heir", "succession": "first-morning"},
        titles=[{"id": "heir", "name": "heir of everything", "calls": []}],
    )


def as_ada(pack: Pack) -> list[Outcome]:
    """Ada's run, up to the diary of Launch."""
    return play(
        pack,
        Pick(()),
        "go",
        "go",
        Predict("down"),
        Write("Mind the stairs."),
        "go",
        player="Ada",
        past=Past(company="Crates", practice={"empathy": 5}),
    )


def as_bea(pack: Pack, *decisions: Any) -> list[Outcome]:
    """Bea's run, on Ada's, from its beginning."""
    outcomes = [succeed(pack, as_ada(pack)[-1].run, "Bea", past=Past(company="Ferries"))]
    for decision in decisions:
        made = Choose(decision) if isinstance(decision, str) else decision
        outcomes.append(advance(pack, outcomes[-1].run, made))
    return outcomes


def to_the_end(pack: Pack, opening: str) -> list[Outcome]:
    """All of Bea's run."""
    return as_bea(pack, opening, Pick(("fair",)), "go", "go", Pick(("last",)), "go")


def blocks(pack: Pack, outcome: Outcome) -> list[Block]:
    """All that is read of an outcome."""
    return [block for page in outcome_pages(pack, outcome) for block in page.blocks]


def test_the_opening_scene_comes_first_and_then_the_diary_that_lay_open() -> None:
    pack = company()
    before = as_ada(pack)[-1].run
    opening, open_again = as_bea(pack, "nod")
    assert (opening.run.state, opening.run.scene) == ("succession", "first-morning")
    assert [type(event) for event in opening.events] == [TakenOver]
    assert (open_again.run.state, open_again.run.diary) == (before.state, before.diary)
    assert (open_again.run.round, open_again.run.rounds) == (before.round, before.rounds)
    assert open_again.run.half_days == before.half_days
    told = [type(event) for event in open_again.events][-2:]
    assert told == [PhaseOpened, RoundOpened]
    assert open_again.run.entered == before.entered


def test_half_days_of_the_opening_scene_are_those_of_the_diary_that_lies_open() -> None:
    taken = as_bea(company("half-days +1"), "nod")[-1].run
    assert (taken.half_days, taken.numbers["half-days"]) == (2, 0)


def test_what_the_contract_says_stays() -> None:
    pack = company()
    assert observe(pack, as_bea(pack)[0].run).title == "heir of everything"


def test_a_scene_can_tell_what_was_handed_down_and_by_whom() -> None:
    pack = company()
    asked = observe(pack, as_bea(pack, "nod", Pick(("fair",)), "go")[-1].run).ask
    assert asked
    assert asked.text.endswith("It is Tuesday.\n\nAda wrote Mind the stairs..")
    own = observe(pack, play_on(pack, as_ada(pack)[-1], Pick(("fair",)), "go").run).ask
    assert own
    assert own.text.endswith("You wrote that.\n\nIt is all yours.")


def play_on(pack: Pack, outcome: Outcome, *decisions: Any) -> Outcome:
    """The last outcome of further decisions."""
    for decision in decisions:
        made = Choose(decision) if isinstance(decision, str) else decision
        outcome = advance(pack, outcome.run, made)
    return outcome


def test_whoever_takes_it_over_next_has_two_before_them() -> None:
    """The opening scene is played once; to the third it is something that was handed down."""
    pack = company()
    third = succeed(pack, as_bea(pack, "nod")[-1].run, "Cem")
    assert (third.run.state, third.run.predecessor) == ("launch_diary", "Bea")
    asked = observe(pack, play_on(pack, third, Pick(("fair",)), "go").run).ask
    assert asked
    assert "Before your first morning." in asked.text


# ── whose ───────────────────────────────────────────────────────────────────────────────


def test_what_was_open_counts_and_what_was_settled_does_not() -> None:
    pack = company()
    outcomes = to_the_end(pack, "nod")
    assert {name: given.state for name, given in outcomes[0].run.promises.items()} == {
        "demo": "open",
        "price": "broken",
    }
    judged = score(outcomes[-1].run)
    assert (judged.promises_given, judged.promises_kept, judged.promises) == (1, 0, 0)
    assert (judged.predictions_made, judged.predictions) == (0, None)
    view = observe(pack, outcomes[0].run)
    assert (view.settled, view.settled_before) == ((0, 0), (0, 1))


def test_only_a_promise_that_the_player_broke_follows_them() -> None:
    pack = company()
    assert finish(pack, to_the_end(pack, "nod")[-1].run).past.promise == "I will show you"
    kept = company("keep demo")
    assert finish(kept, to_the_end(kept, "nod")[-1].run).past.promise == ""


def test_competencies_grow_from_what_the_player_played() -> None:
    pack = company()
    assert practice_so_far(pack, as_ada(pack)[-1].run)["empathy"] == 6
    assert practice_so_far(pack, as_bea(pack)[0].run)["empathy"] == 0
    assert practice_so_far(pack, to_the_end(pack, "nod")[-1].run)["empathy"] == 1


def test_the_end_tells_the_player_s_part_and_keeps_the_other_s_letters_apart() -> None:
    pack = company()
    end = finish(pack, to_the_end(pack, "nod")[-1].run)
    assert [title for _, title, _ in end.played] == ["First morning", "Fair", "Told", "Last"]
    assert end.missed == ("Call",)
    assert (end.predecessor, end.letters, end.found) == ("Ada", (), ("Mind the stairs.",))
    assert as_ada(pack)[-1].run.missed == ("lunch",)


def test_the_line_of_a_number_begins_where_the_player_did() -> None:
    pack = company()
    run = to_the_end(pack, "nod")[-1].run
    line = timeline(pack, run, "business")
    assert len(line) == 1 + 3
    assert line[0] == as_ada(pack)[-1].run.marks[-1].metrics[2]


# ── what is read ────────────────────────────────────────────────────────────────────────


def test_the_first_page_says_what_is_inherited_in_the_words_in_which_it_was_promised() -> None:
    pack = company()
    found = blocks(pack, as_bea(pack)[0])
    assert (
        Lines(
            "Promised by Ada, and yours to keep",
            ("“I will show you” to Ife Adeyemi, before Grow is over",),
        )
        in found
    )
    notices = " ".join(block.text for block in found if isinstance(block, Notice))
    assert "You take over from Ada, in Launch, round 1 of 1." in notices
    assert "0 kept and 1 broken before you came" in notices
    assert "heir of everything" in notices


def test_a_promise_says_who_gave_it() -> None:
    pack = company()
    page = promises_page(observe(pack, as_bea(pack, "sigh")[-1].run))
    sources = {block.text: block.source for block in page.blocks if isinstance(block, Quote)}
    assert "when Ada said: “Go”" in sources["I will show you"]
    assert "when you said: “Sigh”" in sources["I will ride along"]


def test_what_comes_due_says_whose_choice_it_was() -> None:
    pack = company()
    played = to_the_end(pack, "nod")
    quoted = [b for outcome in played for b in blocks(pack, outcome) if isinstance(b, Quote)]
    assert [q.source for q in quoted if "said then" in q.source] == ["what Ada said then"]


def test_the_last_pages_say_what_was_inherited() -> None:
    pack = company()
    found = blocks(pack, to_the_end(pack, "nod")[-1])
    notices = [block.text for block in found if isinstance(block, Notice)]
    assert any(text.startswith("1 promise given or inherited, 0 kept.") for text in notices)
    assert "What came before was Ada's." in notices
    assert Lines("What Ada had written", ("“Mind the stairs.”",)) in found


def test_the_desk_can_be_looked_at_before_its_first_decision() -> None:
    pack = company()
    run = as_bea(pack)[0].run
    assert lay_out(pack, run).gate == "After launch"
    assert observe(pack, run).phase == "launch"
