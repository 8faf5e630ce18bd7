"""What happened, in words: the passages of an outcome, and how a run ended."""

from __future__ import annotations

from typing import Any

import msgspec

from scenes.schema import Pack
from state_machine import Compose, Outcome, Pick, finish, narrate, observe
from state_machine.events import SprintEnded
from state_machine.telling import Passage, setting
from tests.stories import Table, choice, invitation, play, scene, story


def passages(pack: Pack, outcome: Outcome, kind: str) -> list[Passage]:
    return [passage for passage in narrate(pack, outcome) if passage.kind == kind]


def test_what_was_missed_is_told_with_where_you_were() -> None:
    pack = story(
        scene("a", invitation=invitation(where="in the fridge with Ife")),
        scene(
            "b", hat="po", invitation=invitation(missed={"then": "You were {where} when it broke."})
        ),
    )
    outcome = play(pack, Pick(("a",)), "go")[-1]
    (missed,) = passages(pack, outcome, "happened-without")
    assert missed.text == "You were in the fridge with Ife when it broke."


def test_movements_say_what_they_go_back_to() -> None:
    pack = story(scene("only", choice("go", "morale +2", "trust ife -1"), choice("stay")))
    outcome = play(pack, "go")[-1]
    (decided,) = passages(pack, outcome, "decided")
    morale, trust = decided.movements
    assert (morale.by, morale.title, morale.quote) == (2, "Only", "Go")
    assert (trust.subject, trust.before, trust.after) == ("Ife Adeyemi", 0, -1)


def test_a_review_knows_nothing_of_the_metrics_that_the_next_phase_brings_in() -> None:
    """One decision ends Discover and opens Define, where business comes in."""
    pack = story(
        scene("last", choice("go", "business +3"), choice("stay")), scene("next", phase="define")
    )
    brought = {"discover": ("customers", "morale"), "define": ("business",)}
    phases = {
        name: msgspec.structs.replace(phase, shows=brought.get(name, ()))
        for name, phase in pack.phases.items()
    }
    pack = msgspec.structs.replace(pack, phases=phases)
    outcome = play(pack, "go")[-1]
    assert outcome.run.entered == ("discover", "define")
    (decided,) = passages(pack, outcome, "decided")
    (review,) = passages(pack, outcome, "reviewed")
    assert [(m.key, m.shown) for m in decided.movements] == [("business", False)]
    assert [metric for metric, _, _ in review.readings] == ["customers", "morale"]


def test_the_end_reveals_the_world_and_counts_what_was_promised() -> None:
    pack = story(scene("give", choice("go", "morale +4", "promise demo by build"), choice("stay")))
    run = play(pack, "go")[-1].run
    end = finish(pack, run)
    assert end.truth == pack.worlds[run.world].truth
    assert (end.score.promises_given, end.score.promises_kept) == (1, 0)
    assert end.played == (("Discover", "Give", "Go"),)
    assert dict(end.metrics)["morale"] == (50, *[54] * 6)


def test_a_card_that_was_built_as_it_stood_quotes_the_line_that_was_not_on_it() -> None:
    """Whoever builds a card that nobody refined builds what it says."""
    card = {"id": "scanner", "title": "Scan", "kind": "story", "effort": 2, "criterion": "Gloves."}

    def quoted(*effects: str) -> set[tuple[str, str]]:
        pack = story(
            scene("prepare", choice("go", "add scanner", *effects), choice("stay")),
            scene("end", phase="renew"),
            rounds={"discover": [{"half-days": 1, "pm": ["prepare"], "sprint": "told"}]},
            items=[card],
            skills={"tomas": {"build": 10, "test": 10, "design": 10}},
        )
        found = set[tuple[str, str]]()
        for seed in range(40):
            outcome = play(pack, "go", seed=seed)[-1]
            (told,) = [p.sprint for p in narrate(pack, outcome) if p.sprint]
            (ended,) = [e for e in outcome.events if isinstance(e, SprintEnded)]
            assert bool(told.misread) <= bool(ended.misread)
            found |= set(told.misread)
        return found

    assert quoted() == {("Scan", "Gloves.")}
    assert quoted("refine scanner") == set(), "with criteria there is no line that was missing"


def test_what_a_changed_pack_has_no_more_is_told_as_what_was_chosen() -> None:
    """A run that is taken up tells once more what happened last, and its ledger all there was."""

    def company(**fields: Any) -> Pack:
        return story(
            scene("first", choice("go", **fields), choice("stay")), scene("last", phase="renew")
        )

    before = company(
        branch=[{"then": "It rains.", "effects": ["morale +1"]}],
        later=[{"after": 0, "then": "It still rains."}],
    )
    outcome = play(before, "go")[-1]
    told = [(p.text, p.quote) for p in narrate(before, outcome) if p.quote == "Go"]
    assert told == [("You go.\n\nIt rains.", "Go"), ("It still rains.", "Go")]
    told = [(p.text, p.quote) for p in narrate(company(), outcome) if p.quote == "Go"]
    assert told == [("You go.", "Go"), ("", "Go")]


# ── placeholders ────────────────────────────────────────────────────────────────────────


def on_a_card(*slots: str) -> Table:
    """The fields of a scene that fills these slots of the vision card."""
    return {
        "compose": {"slot": [{"id": slot, "title": slot} for slot in slots]},
        "artifact": "vision-card",
    }


def test_what_is_not_on_the_card_is_quoted_as_nothing() -> None:
    pack = story(
        scene(
            "card", choice("us", slot="who"), choice("habit", slot="why"), **on_a_card("who", "why")
        ),
        scene("read", text="Who: {card who}. What: {card what}."),
        scene(
            "more",
            choice("scanner", slot="what"),
            choice("soon", slot="when"),
            **on_a_card("what", "when"),
        ),
    )
    read = observe(pack, play(pack, Compose({"who": "us", "why": "habit"}))[-1].run).ask
    assert read
    assert read.text == "Who: Us. What: ."


def test_a_run_begins_with_its_setting_as_this_player_reads_it() -> None:
    pack = story(
        scene("first"),
        career={"boss": "ife", "title": "both"},
        titles=[{"id": "both", "name": "slash", "calls": []}],
    )
    told = msgspec.structs.replace(pack.info, setting="You are {name}, {title}.")
    pack = msgspec.structs.replace(pack, info=told)
    assert setting(pack, play(pack)[0].run) == "You are Sam, slash."
