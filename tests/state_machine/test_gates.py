"""Gates pass, send back, rescue or end; only the last two phases can end a run."""

from __future__ import annotations

from state_machine import Outcome, Pick, narrate
from state_machine.desk import lay_out
from state_machine.events import Ended, GateHeld, HandedOver
from tests.stories import Table, choice, invitation, play, scene, story

NEEDS = {"needs": ["flag ready"]}
READY = choice("prepare", "flag ready")


def results(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    return [
        (event.phase, event.result)
        for outcome in outcomes
        for event in outcome.events
        if isinstance(event, GateHeld)
    ]


def test_a_gate_passes_when_all_that_it_needs_is_there() -> None:
    pack = story(scene("work", READY, choice("idle")), gates={"discover": NEEDS})
    assert results(play(pack, "prepare"))[0] == ("discover", "passes")
    assert results(play(pack, "idle"))[0] == ("discover", "rescued")


def test_a_gate_sends_back_once_and_then_rescues() -> None:
    back = {"to": "discover", "text": "Again.", "effects": ["runway -500"]}
    pack = story(
        scene("work", READY, choice("idle")),
        scene("more-work", READY, choice("idle")),
        rounds={"discover": [{"half-days": 1, "pm": ["work"]}]},
        again={"discover": [{"half-days": 1, "pm": ["more-work"]}]},
        gates={"discover": NEEDS | {"send-back": back}},
    )
    assert results(play(pack, "idle")) == [("discover", "sent-back")]
    assert results(play(pack, "idle", "prepare"))[1] == ("discover", "passes")
    assert results(play(pack, "idle", "idle"))[1] == ("discover", "rescued")
    assert play(pack, "idle")[-1].run.scene == "more-work"


def test_a_product_sent_back_to_an_earlier_phase_comes_through_the_gates_between_again() -> None:
    back = {"to": "discover", "text": "Back."}
    pack = story(
        scene("first"),
        scene("second", READY, choice("idle"), phase="define"),
        scene("look-again", READY, choice("idle")),
        rounds={"discover": [{"half-days": 1, "pm": ["first"]}]},
        again={"discover": [{"half-days": 1, "pm": ["look-again"]}]},
        gates={"define": NEEDS | {"send-back": back}},
    )
    outcomes = play(pack, "go", "idle", "prepare")
    assert results(outcomes)[:4] == [
        ("discover", "passes"),
        ("define", "sent-back"),
        ("discover", "passes"),
        ("define", "passes"),
    ]


def test_no_run_is_sent_back_more_than_twice() -> None:
    back = {"send-back": {"to": "discover", "text": "Back."}}
    loop = dict.fromkeys(("discover", "define", "build"), NEEDS | back)
    pack = story(again={"discover": [{"half-days": 1}]}, gates=loop)
    assert [result for _, result in results(play(pack))].count("sent-back") == 2


def test_only_the_last_two_phases_can_end_a_run() -> None:
    never = {"when": ["runway >= 0"], "text": "Over."}
    gates = {phase: {"end": never} for phase in ("discover", "build", "launch", "grow")}
    pack = story(scene("only"), gates=gates)
    assert results(play(pack, "go"))[-1] == ("grow", "ends")


def test_the_last_gate_always_ends_and_the_first_fitting_ending_is_the_one() -> None:
    pack = story(
        scene("only"),
        endings=[
            {"id": "never", "title": "Never", "when": ["flag never"], "because": "b", "text": "t"},
            {"id": "went", "title": "Went", "when": ["chose only/go"], "because": "b", "text": "t"},
        ],
    )
    went = play(pack, "go")[-1]
    assert results([went])[-1] == ("renew", "ends")
    assert went.events[-1] == Ended(ending="went")
    assert play(pack, "stay")[-1].run.ending == "over"


def test_a_run_without_a_single_decision_still_reaches_its_ending() -> None:
    (begun,) = play(story())
    assert begun.run.over
    assert [mark.phase for mark in begun.run.marks] == [
        "discover", "define", "build", "launch", "grow", "renew",
    ]  # fmt: skip


def test_nothing_picked_is_a_plan_too() -> None:
    pack = story(scene("a", invitation=invitation()), scene("b", hat="po", invitation=invitation()))
    assert play(pack, Pick(()))[-1].run.missed == ("a", "b")


def test_the_express_edition_plays_its_own_rounds_and_is_never_sent_back() -> None:
    back = {"to": "discover", "text": "Again."}
    pack = story(
        scene("long", choice("idle"), READY),
        scene("short", choice("idle"), READY),
        scene("again", choice("idle"), READY),
        rounds={"discover": [{"half-days": 1, "pm": ["long"]}]},
        express={"discover": [{"half-days": 1, "pm": ["short"]}]},
        again={"discover": [{"half-days": 1, "pm": ["again"]}]},
        gates={"discover": NEEDS | {"send-back": back}},
    )
    full, express = play(pack, "idle"), play(pack, "idle", edition="express")
    assert (full[0].run.scene, express[0].run.scene) == ("long", "short")
    assert results(full)[0] == ("discover", "sent-back")
    assert results(express)[0] == ("discover", "rescued")


def test_a_phase_without_express_rounds_plays_those_it_has() -> None:
    pack = story(
        scene("only"),
        scene("short", phase="define"),
        rounds={"define": [{"half-days": 1}], "discover": [{"half-days": 1, "pm": ["only"]}]},
        express={"define": [{"half-days": 1, "pm": ["short"]}]},
    )
    assert play(pack, edition="express")[0].run.scene == "only"


def test_a_story_without_an_express_edition_is_played_in_full() -> None:
    assert play(story(scene("only")), edition="express")[0].run.edition == "full"


def test_a_gate_that_does_not_pass_says_which_numbers_were_missing() -> None:
    needs = {"needs": ["quality >= 46", "customers >= 60", "evidence counting >= 1"]}
    pack = story(scene("work"), gates={"discover": needs})
    (held,) = [e for o in play(pack, "go") for e in o.events if isinstance(e, GateHeld)][:1]
    assert [each.key for each in held.missing] == ["customers", "evidence counting"]
    (told,) = [p for p in narrate(pack, play(pack, "go")[-1]) if p.kind == "gate-rescued"][:1]
    assert [about for _, about in told.missing] == ["", "Counting"]


def test_the_desk_says_beforehand_what_the_gate_wants() -> None:
    pack = story(scene("work"), gates={"discover": {"needs": ["quality >= 60", "flag ready"]}})
    desk = lay_out(pack, play(pack)[0].run)
    assert [(each.key, each.number, each.there) for each, _ in desk.wanted] == [
        ("quality", 60, False)
    ]


def test_no_hat_is_put_on_where_there_is_nothing_to_do_in_it() -> None:
    def changes(*scenes: Table) -> int:
        outcomes = play(story(*scenes), "go")
        return sum(isinstance(e, HandedOver) for e in outcomes[-1].events)

    assert changes(scene("ask"), scene("build", hat="po")) == 1
    assert changes(scene("ask")) == 0
