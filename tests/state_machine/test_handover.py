"""Handover to other people: few facts for few readers, and the line that was missing."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scenes.schema import Pack
from state_machine import Outcome, Sort, narrate
from state_machine.events import CameDue, PhaseOpened
from state_machine.rules import default_rules
from state_machine.run import UNTOLD
from state_machine.telling import Passage
from tests.stories import any_run, choice, play, scene, story

READERS = {
    "bucket": [
        {"id": "tomas", "title": "Tell Tomas", "reader": "tomas", "most": 1},
        {"id": "ife", "title": "Tell Ife", "reader": "ife", "most": 1},
        {"id": "nobody", "title": "Tell nobody"},
    ]
}
GLOVES = "They wear gloves"


def company(**fields: Any) -> Pack:
    """Two facts: one that Tomas needs, and one that was said in confidence."""
    return story(
        scene(
            "handover",
            {
                "id": "gloves",
                "say": GLOVES,
                "into": {"tomas": {"effects": ["flow +1"], "then": "He writes it down."}},
                "untold": [
                    {"reader": "tomas", "after": 0, "effects": ["customers -2"], "then": "Small."}
                    | fields
                ],
            },
            {
                "id": "gossip",
                "say": "She is looking for another job",
                "into": {
                    "ife": {
                        "later": [{"after": 0, "effects": ["trust ife -2"], "then": "She heard."}]
                    }
                },
            },
            sort=READERS,
            then="You go home.",
        ),
        scene("after"),
        scene("last", choice("go"), choice("stay"), phase="renew"),
    )


def told(gloves: str, gossip: str, **fields: Any) -> list[Outcome]:
    """A run in which the two facts go to these readers, up to the last phase."""
    return play(company(**fields), Sort({"gloves": gloves, "gossip": gossip}), "go")


def passages(outcomes: list[Outcome], kind: str) -> list[Passage]:
    """What is told of a kind."""
    pack = company()
    return [p for outcome in outcomes for p in narrate(pack, outcome) if p.kind == kind]


def test_whoever_is_told_knows_and_nothing_is_missing() -> None:
    outcomes = told("tomas", "nobody")
    assert not passages(outcomes, "untold")
    assert ("flow", 1) in [(entry.key, entry.by) for entry in outcomes[1].entries]


def test_what_was_not_told_comes_due_and_quotes_the_missing_line() -> None:
    (missing,) = passages(told("nobody", "nobody"), "untold")
    assert (missing.title, missing.quote, missing.text) == ("Tomas", GLOVES, "Small.")
    assert [(movement.key, movement.by) for movement in missing.movements] == [("customers", -2)]


def test_telling_somebody_else_does_not_help_whoever_needed_it() -> None:
    assert [p.quote for p in passages(told("ife", "nobody"), "untold")] == [GLOVES]


def test_a_confidence_that_was_told_on_comes_back() -> None:
    assert not passages(told("tomas", "nobody"), "came-due")
    (back,) = passages(told("tomas", "ife"), "came-due")
    assert (back.text, back.quote) == ("She heard.", "She is looking for another job")


def test_a_bucket_may_be_called_untold() -> None:
    pack = story(
        scene(
            "handover",
            {
                "id": "gloves",
                "say": GLOVES,
                "into": {"untold": {"later": [{"after": 0, "then": "Hm."}]}},
            },
            {"id": "gossip", "say": "She is looking for another job"},
            sort={"bucket": [READERS["bucket"][0], {"id": "untold", "title": "Tell nobody"}]},
            then="You go home.",
        ),
        scene("last", phase="renew"),
    )
    outcome = play(pack, Sort({"gloves": "untold", "gossip": "tomas"}))[-1]
    assert [p.text for p in narrate(pack, outcome) if p.kind == "came-due"] == ["Hm."]


def test_what_is_missing_can_wait_for_a_later_phase() -> None:
    def came_in(**fields: Any) -> str:
        """The phase in which it came due."""
        phase = ""
        for outcome in told("nobody", "nobody", **fields):
            for event in outcome.events:
                if isinstance(event, PhaseOpened):
                    phase = event.phase
                elif isinstance(event, CameDue) and event.source == UNTOLD:
                    return phase
        raise AssertionError("it never came due")

    assert came_in() == "discover"
    assert came_in(phase="define") == "define"


@given(st.integers(0, 50), st.lists(st.integers(0, 100), min_size=3, max_size=6))
def test_in_any_run_the_line_is_quoted_exactly_when_it_was_not_told(
    seed: int, lots: list[int]
) -> None:
    outcomes = any_run(company(), seed, lots)
    placed = outcomes[-1].run.placed["handover/gloves"]
    assert len(passages(outcomes, "untold")) == (placed != "tomas")


def test_of_many_missing_lines_only_a_few_are_missed_and_luck_says_which() -> None:
    facts = [
        {
            "id": f"fact-{number}",
            "say": f"Fact {number}",
            "untold": [{"reader": "tomas", "after": 0, "then": f"Gap {number}."}],
        }
        for number in range(5)
    ]
    pack = story(
        scene("handover", *facts, sort=READERS, then="You go home."),
        scene("last", phase="renew"),
    )
    nobody = Sort({str(fact["id"]): "nobody" for fact in facts})
    missed = set[str]()
    for seed in range(30):
        outcome = play(pack, nobody, seed=seed)[-1]
        quoted = [p.quote for p in narrate(pack, outcome) if p.kind == "untold"]
        assert len(quoted) == default_rules().missed_lines
        missed |= set(quoted)
    assert missed == {f"Fact {number}" for number in range(5)}
