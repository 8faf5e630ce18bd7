"""A round: the diary, the two turns, and what its end brings."""

from __future__ import annotations

import pytest

from state_machine import Choose, IllegalDecision, Outcome, Pick, Predict, Rank, Write, observe
from state_machine.events import (
    AnyEvent,
    CameDue,
    CrisisFaced,
    CrisisLooms,
    Decided,
    HappenedWithout,
    PredictionSettled,
    PromiseMoved,
)
from tests.stories import choice, invitation, play, scene, story


def happened(outcomes: list[Outcome], kind: type[AnyEvent]) -> list[AnyEvent]:
    return [event for outcome in outcomes for event in outcome.events if isinstance(event, kind)]


def test_what_is_accepted_becomes_a_scene_and_what_is_declined_happens_without_you() -> None:
    pack = story(
        scene("fridge", invitation=invitation(where="in the fridge with Ife")),
        scene(
            "refinement",
            hat="po",
            invitation=invitation(
                missed={"then": "You were {where} when Tomas decided.", "effects": ["clarity -4"]}
            ),
        ),
    )
    begun, planned, played = play(pack, Pick(("fridge",)), "go")
    assert begun.run.diary == ("fridge", "refinement")
    assert planned.run.scene == "fridge"
    (without,) = happened([played], HappenedWithout)
    assert isinstance(without, HappenedWithout)
    assert (without.scene, without.attended) == ("refinement", ("fridge",))
    assert [(entry.key, entry.by) for entry in without.entries] == [("clarity", -4)]
    assert played.run.missed == ("refinement",)


def test_the_diary_has_no_more_half_days_than_it_has() -> None:
    pack = story(scene("a", invitation=invitation()), scene("b", hat="po", invitation=invitation()))
    with pytest.raises(IllegalDecision, match="takes 2 half-days, and there are 1"):
        play(pack, Pick(("a", "b")))


def test_half_days_can_be_borrowed_from_the_next_diary_but_one_is_left() -> None:
    pack = story(
        scene("spend", choice("go", "half-days -5"), choice("stay")),
        scene("next", phase="define", invitation=invitation()),
        scene("other", phase="define", hat="po", invitation=invitation()),
    )
    assert play(pack, "go")[-1].run.half_days == 1
    assert play(pack, "go")[-1].run.numbers["half-days"] == 0


def test_the_hats_alternate() -> None:
    pack = story(scene("po-scene", hat="po"), scene("pm-scene"))
    outcomes = play(pack, "go", "go")
    assert [played.hat for played in outcomes[-1].run.played] == ["pm", "po"]


def test_a_scene_whose_conditions_fail_is_passed_over() -> None:
    pack = story(
        scene("first", choice("go", "flag seen"), choice("stay")),
        scene("second", when=["flag seen"]),
        scene("third", when=["not flag seen"]),
    )
    assert play(pack, "go")[-1].run.scene == "second"
    assert play(pack, "stay")[-1].run.scene == "third"


def test_one_of_any_is_enough() -> None:
    pack = story(scene("first"), scene("second", any=["morale >= 99", "chose first/go"]))
    assert play(pack, "go")[-1].run.scene == "second"
    assert play(pack, "stay")[-1].run.over


def test_the_deck_brings_scenes_that_no_round_names_each_once() -> None:
    drawn = [scene("a"), scene("b"), scene("named")]
    pack = story(*drawn, rounds={"discover": [{"half-days": 1, "pm": ["*", "named", "*", "*"]}]})
    firsts = {play(pack, seed=seed)[0].run.scene for seed in range(20)}
    assert firsts == {"a", "b"}
    played = play(pack, "go", "go", "go")[-1].run
    assert sorted(entry.scene for entry in played.played) == ["a", "b", "named"]
    assert played.over


def test_a_scene_of_the_express_edition_is_not_in_the_deck_of_the_whole_story() -> None:
    pack = story(
        scene("drawn"),
        scene("short"),
        rounds={"discover": [{"half-days": 1, "pm": ["*", "*"]}]},
        express={"discover": [{"half-days": 1, "pm": ["short"]}]},
    )
    assert [played.scene for played in play(pack, "go")[-1].run.played] == ["drawn"]
    assert play(pack, edition="express")[0].run.scene == "short"


def test_the_deck_has_only_scenes_of_the_phase_and_the_hat_and_none_that_invite() -> None:
    pack = story(
        scene("here", phase="define"),
        scene("elsewhere", phase="build"),
        scene("other-hat", phase="define", hat="po"),
        scene("invited", phase="define", invitation=invitation()),
        rounds={"define": [{"half-days": 0, "pm": ["*", "*"]}], "build": [{"half-days": 0}]},
    )
    run = play(pack, "go")[-1].run
    assert [played.scene for played in run.played] == ["here"]
    assert run.over, "nothing else was drawn"


@pytest.mark.parametrize(
    ("effects", "holds", "holds_not"),
    [
        (["flag tired"], "flag tired", "flag awake"),
        (["flag tired", "unflag tired"], "not flag tired", "flag tired"),
        ([], "item scanner idea", "item scanner backlog"),
        (["add scanner"], "item scanner backlog", "item scanner idea"),
        (["add scanner", "ship scanner"], "item scanner shipped", "item scanner backlog"),
        (["add scanner", "drop scanner"], "item scanner dropped", "item scanner shipped"),
        (["narrow value scanner"], "narrowed value scanner", "narrowed effort scanner"),
        (["promise demo by grow"], "promised demo", "promise demo kept"),
        (["promise demo by grow", "keep demo"], "promise demo kept", "promise demo open"),
        (["promise demo by grow", "break demo"], "promise demo broken", "promise demo open"),
        (["evidence counting +2"], "evidence counting >= 2", "evidence counting >= 3"),
        (["trust ife +1"], "trust ife >= 1", "trust ife >= 2"),
        (["runway -1"], "runway < 100000", "runway >= 100000"),
        ([], "chose first/go", "chose first/stay"),
        ([], "visited first", "visited second"),
        ([], "rounds = 1", "rounds = 2"),
    ],
)
def test_what_an_effect_does_a_condition_sees(
    effects: list[str], holds: str, holds_not: str
) -> None:
    pack = story(
        scene("first", choice("go", *effects), choice("stay")),
        scene("second", when=[holds_not]),
        scene("third", when=[holds]),
        scene("fourth"),
    )
    assert play(pack, "go")[-1].run.scene == "third"


def test_rounds_are_counted_in_the_phase_and_in_the_run() -> None:
    rounds = [{"half-days": 0}, {"half-days": 0}]
    pack = story(scene("last", phase="renew"), rounds={"build": rounds})
    marks = play(pack, "go")[-1].run.marks
    assert [mark.round for mark in marks] == [1, 2, 3, 4, 5, 6, 7]
    assert [mark.phase for mark in marks].count("build") == 2


def test_an_effect_can_depend_and_has_an_else() -> None:
    pack = story(
        scene("first", choice("go", "trust ife +2 if flag x else -1"), choice("stay", "flag x")),
        scene("second", choice("go", "trust ife +2 if flag x else -1"), choice("stay")),
    )
    assert play(pack, "go", "go")[-1].run.numbers["trust ife"] == -2
    assert play(pack, "stay", "go")[-1].run.numbers["trust ife"] == 2


def test_a_choice_comes_due_later_and_says_which_choice_it_was() -> None:
    late = {"after": 1, "phase": "build", "effects": ["flow +2"], "then": "Back it comes."}
    pack = story(
        scene("early", choice("go", later=[late]), choice("stay")), scene("wait", phase="build")
    )
    outcomes = play(pack, "go", "go")
    (due,) = happened(outcomes, CameDue)
    assert isinstance(due, CameDue)
    assert due.choice == "early/go"
    assert outcomes[-1].run.marks[2].phase == "build"
    assert due.entries[0].cause.kind == "later"
    assert not happened(outcomes[:2], CameDue)


def test_a_drawn_branch_carries_its_odds() -> None:
    branches = [
        {"weight": 2, "effects": ["flow +2"], "then": "Well."},
        {"weight": 1, "effects": ["flow -2"], "then": "Ill."},
        {"weight": 8, "when": ["flag never"], "effects": ["flow +9"], "then": "Never."},
    ]
    pack = story(scene("toss", choice("go", branch=branches), choice("stay")))
    seen = set()
    for seed in range(30):
        decided = happened(play(pack, "go", seed=seed), Decided)[0]
        assert isinstance(decided, Decided)
        cause = decided.entries[0].cause
        seen.add((decided.branch, cause.kind, cause.odds, cause.of))
    assert seen == {(0, "draw", 2, 3), (1, "draw", 1, 3)}


def test_a_branch_alone_in_its_conditions_is_no_matter_of_luck() -> None:
    branches = [
        {"when": ["world world-a"], "effects": ["flow +2"], "then": "Well."},
        {"when": ["not world world-a"], "effects": ["flow -2"], "then": "Ill."},
    ]
    pack = story(scene("find-out", choice("go", branch=branches), choice("stay")))
    for seed in range(12):
        decided = happened(play(pack, "go", seed=seed), Decided)[0]
        assert decided.entries[0].cause.kind == "choice"


def test_two_weeks_cost_the_burn_and_earn_a_fortnight_of_revenue() -> None:
    pack = story(scene("only"), start={"runway": 190_000, "burn": 20_000, "revenue": 2_600})
    run = play(pack)[0].run
    after = play(pack, "go")[1].run
    assert run.numbers["runway"] == 190_000
    assert after.numbers["runway"] == 190_000 - 6 * 20_000 + 6 * 1_200


@pytest.mark.parametrize(
    ("runway", "phase"), [(20_000, "discover"), (39_999, "discover"), (40_000, "define")]
)
def test_an_account_that_cannot_pay_another_fortnight_is_filled_once(
    runway: int, phase: str
) -> None:
    pack = story(scene("only"), start={"runway": runway, "burn": 20_000})
    outcome = play(pack, "go")[-1]
    loans = [entry for entry in outcome.entries if entry.cause.kind == "bailout"]
    assert [(e.key, e.after - e.before, e.cause.ref) for e in loans] == [
        ("runway", 50_000, phase),
        ("trust ife", -1, phase),
    ]
    assert outcome.run.numbers["runway"] == runway - 6 * 20_000 + 50_000


def test_in_the_last_two_phases_nobody_fills_the_account() -> None:
    pack = story(scene("only"), start={"runway": 95_000, "burn": 19_000})
    outcome = play(pack, "go")[-1]
    assert not outcome.run.bailed_out
    assert outcome.run.numbers["runway"] == 95_000 - 6 * 19_000


def test_a_promise_kept_gains_less_than_a_promise_broken_costs() -> None:
    pack = story(
        scene("give", choice("go", "promise demo by define"), choice("stay")),
        scene(
            "settle",
            choice("keep", "keep demo"),
            choice("break", "break demo"),
            choice("wait"),
            phase="define",
        ),
    )
    kept = play(pack, "go", "keep")[-1].run
    broken = play(pack, "go", "break")[-1].run
    overdue = play(pack, "go", "wait")
    assert kept.numbers["trust ife"] == 1
    assert broken.numbers["trust ife"] == overdue[-1].run.numbers["trust ife"] == -2
    for settled in (play(pack, "go", "break"), overdue):
        last = happened(settled, PromiseMoved)[-1]
        assert [(entry.key, entry.by) for entry in last.entries] == [
            ("trust ife", -2),
            ("business", -3),
        ]
    moved = happened(overdue, PromiseMoved)[-1]
    assert isinstance(moved, PromiseMoved)
    assert (moved.what, moved.overdue) == ("broken", True)
    assert play(pack, "stay", "keep")[-1].run.promises == {}


def test_renegotiating_in_time_costs_less_than_breaking() -> None:
    pack = story(
        scene("give", choice("go", "promise demo by define"), choice("stay")),
        scene("ask", choice("move", "renegotiate demo to launch"), choice("wait"), phase="define"),
        scene("late", choice("keep", "keep demo"), choice("wait"), phase="launch"),
    )
    moved = play(pack, "go", "move")[-1].run
    assert moved.numbers["trust ife"] == -1
    assert moved.promises["demo"].due == "launch"
    assert play(pack, "go", "move", "keep")[-1].run.promises["demo"].state == "kept"
    assert play(pack, "go", "move", "wait")[-1].run.promises["demo"].state == "broken"


def test_a_prediction_is_settled_when_its_time_comes() -> None:
    bet = scene(
        "bet",
        choice("up", holds=["morale >= 55"], right="Yes.", wrong="No."),
        choice("down", holds=["morale < 50"], right="Yes.", wrong="No."),
        predict={"after": 1},
    )
    pack = story(bet, scene("work", choice("go", "morale +6"), choice("stay"), phase="define"))
    outcomes = play(pack, Predict("up"), "go")
    (settled,) = happened(outcomes, PredictionSettled)
    assert isinstance(settled, PredictionSettled)
    assert settled.right
    assert outcomes[1].run.bets
    assert play(pack, Predict("down"), "go")[-1].run.predictions == {"bet": False}


def test_a_collapsed_metric_brings_its_crisis_in_the_next_turn_of_its_hat() -> None:
    pack = story(
        scene("blow", choice("go", "morale -45"), choice("stay")),
        scene("walk-out", crisis="morale", hat="po", phase="define"),
        scene("after", phase="define"),
    )
    outcomes = play(pack, "go", "go")
    (looming,) = happened(outcomes, CrisisLooms)
    assert isinstance(looming, CrisisLooms)
    assert outcomes[-1].run.scene == looming.scene == "walk-out"
    later = play(pack, "go", "go", "go")
    faced = happened(later, CrisisFaced)
    assert [(entry.key, entry.by) for entry in faced[0].entries] == [("morale", 12)]
    assert len(happened(later, CrisisLooms)) == 1, "a crisis comes once, also if it stays"


def test_metrics_stay_within_their_range_and_what_does_not_move_is_no_entry() -> None:
    pack = story(scene("push", choice("go", "morale +80", "morale +5"), choice("stay")))
    decided = happened(play(pack, "go"), Decided)[0]
    assert [(entry.before, entry.after) for entry in decided.entries] == [(50, 100)]


def test_a_pick_gives_effects_to_what_is_picked_and_to_what_is_left_out() -> None:
    tell = scene(
        "tell",
        choice("one", "clarity +2", cost=2),
        choice(
            "two",
            "clarity +4",
            cost=2,
            **{"left-out": {"effects": ["clarity -1"], "then": "Gone."}},
        ),
        pick={"budget": 3, "unit": "lines", "least": 1},
    )
    pack = story(tell)
    assert play(pack, Pick(("one",)))[-1].run.chosen["tell"] == ("one",)
    assert happened(play(pack, Pick(("one",))), Decided)[1].entries[0].by == -1
    with pytest.raises(IllegalDecision, match="takes 4 lines, and there are 3"):
        play(pack, Pick(("one", "two")))
    with pytest.raises(IllegalDecision, match="at least 1"):
        play(pack, Pick(()))
    with pytest.raises(IllegalDecision, match="more than once"):
        play(pack, Pick(("one", "one")))


def test_a_rank_gives_effects_to_the_first_and_remembers_the_whole_order() -> None:
    order = scene("order", *(choice(x, f"flag did-{x}") for x in "abc"), rank={"keep": 2})
    asks = scene("asks", when=["rank order/c = 1", "rank order/b > 2", "not chose order/b"])
    pack = story(order, asks)
    ranked = play(pack, Rank(("c", "a", "b")))[-1].run
    assert ranked.flags == ("did-a", "did-c")
    assert ranked.chosen["order"] == ("c", "a", "b")
    assert ranked.scene == "asks"
    with pytest.raises(IllegalDecision, match="no place in the order"):
        play(pack, Rank(("c", "a")))


def test_a_letter_is_kept_in_the_player_s_own_words_on_one_line() -> None:
    note = scene("note", choice("seal"), write={"letter": "first"})
    again = scene("again", memory=[{"when": ["visited note"], "text": "You wrote: {letter first}"}])
    pack = story(note, again)
    run = play(pack, Write("  Ask Ife\n\x1b]52;c;AAAA\x07 first. "))[-1].run
    assert "\x1b" not in run.letters["first"]
    assert run.letters["first"].startswith("Ask Ife")
    ask = observe(pack, run).ask
    assert ask is not None
    assert f"You wrote: {run.letters['first']}" in ask.text
    with pytest.raises(IllegalDecision, match="at least a word"):
        play(pack, Write(" \n "))


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (Choose("gone"), "does not offer `gone`"),
        (Pick(("go",)), "asks for `choose`"),
        (Rank(("go",)), "asks for `choose`"),
        (Write("go"), "asks for `choose`"),
        (Predict("go"), "asks for `choose`"),
    ],
)
def test_an_illegal_decision_is_refused_in_words(decision: object, says: str) -> None:
    with pytest.raises(IllegalDecision, match=says):
        play(story(scene("only")), decision)  # type: ignore[arg-type]


def test_a_run_that_is_over_takes_no_decision() -> None:
    pack = story(scene("only"))
    with pytest.raises(IllegalDecision, match="reached its ending"):
        play(pack, "go", "go")


def test_a_promise_given_by_default_is_told_after_what_gave_it() -> None:
    gives = invitation(missed={"then": "Marek promised.", "effects": ["promise demo by launch"]})
    pack = story(
        scene("a", invitation=invitation()), scene("b", hat="po", invitation=gives), scene("c")
    )
    (done,) = play(pack, Pick(("a",)), "go", "go")[-1:]
    kinds = [type(e) for e in done.events if isinstance(e, HappenedWithout | PromiseMoved)]
    assert kinds[:2] == [HappenedWithout, PromiseMoved]
