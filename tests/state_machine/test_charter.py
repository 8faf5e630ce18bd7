"""The working charter: whose call a thing is, and what making somebody else's costs."""

from __future__ import annotations

from typing import Any

from scenes.schema import Pack
from state_machine import Outcome, Sort, narrate, observe
from state_machine.desk import lay_out
from state_machine.events import Crossed
from tests.stories import choice, play, scene, story

BOXES = {"bucket": [{"id": "pm", "title": "the PM's"}, {"id": "team", "title": "the team's"}]}


def company(**fields: Any) -> Pack:
    """A charter over two calls, a choice of the PM's that makes one, and a chance to mend it."""
    return story(
        scene(
            "charter",
            {"id": "how", "say": "How it is built"},
            {"id": "price", "say": "What it costs"},
            sort=BOXES,
            artifact="charter",
            then="It hangs.",
        ),
        scene("decide", choice("use-a-queue", call="how", **fields), choice("ask")),
        scene(
            "afterwards",
            choice("mend", "mend"),
            choice("redraw", "change-charter"),
            choice("shrug"),
            when=["crossed"],
        ),
        scene("again", choice("use-two", call="how"), choice("ask")),
        scene("end"),
    )


def decided(owner: str, *more: str, **fields: Any) -> list[Outcome]:
    """The charter gives the how to `owner`, the PM decides it, and then more happens."""
    return play(company(**fields), Sort({"how": owner, "price": "pm"}), "use-a-queue", *more)


def crossings(outcomes: list[Outcome]) -> list[Crossed]:
    """What crossed the charter."""
    return [e for outcome in outcomes for e in outcome.events if isinstance(e, Crossed)]


def test_a_call_of_ones_own_crosses_nothing() -> None:
    assert crossings(decided("pm")) == []


def test_a_call_of_the_teams_costs_clarity_and_morale() -> None:
    (crossed,) = crossings(decided("team"))
    assert (crossed.call, crossed.owner, crossed.declared) == ("how", "team", False)
    assert [(entry.key, entry.by < 0) for entry in crossed.entries] == [
        ("clarity", True),
        ("morale", True),
    ]


def test_saying_so_costs_nothing_and_leaves_nothing_to_mend() -> None:
    outcomes = decided("team", declares=True)
    assert [(crossed.declared, crossed.entries) for crossed in crossings(outcomes)] == [(True, ())]
    assert outcomes[-1].run.scene == "again", "there is nothing to mend afterwards"


def test_what_was_crossed_can_be_mended_and_gives_half_back() -> None:
    outcomes = decided("team", "mend")
    lost = sum(e.by for e in crossings(outcomes)[0].entries if e.key == "clarity")
    back = sum(e.by for e in outcomes[-1].entries if e.cause.ref == "mended")
    assert back == -lost // 2
    assert not any(crossing.open for crossing in outcomes[-1].run.crossings)


def test_a_charter_that_is_changed_is_crossed_no_more() -> None:
    assert len(crossings(decided("team", "redraw", "use-two"))) == 1
    assert len(crossings(decided("team", "mend", "use-two"))) == 2


def test_without_a_charter_nobody_knows_whose_call_it_was() -> None:
    pack = story(scene("decide", choice("go", call="how"), choice("stay")), scene("end"))
    assert crossings(play(pack, "go")) == []


# ── a charter that another scene adds to ────────────────────────────────────────────────


def grown() -> Pack:
    """A charter over one call, and later a scene that adds another to it."""
    return story(
        scene("charter", {"id": "how", "say": "How"}, sort=BOXES, artifact="charter", then="T."),
        scene("early", choice("name-it", call="price"), choice("ask")),
        scene("more", {"id": "price", "say": "Price"}, sort=BOXES, artifact="charter", then="T."),
        scene("late", choice("use-a-queue", call="how"), choice("ask")),
        scene("end"),
        career={"boss": "ife", "title": "junior"},
        titles=[{"id": "junior", "name": "junior", "calls": ["how"]}],
        skills={"tomas": {"build": 10}},
    )


def test_a_call_of_the_boss_s_is_named_before_a_charter_sorts_it() -> None:
    outcome = play(grown(), Sort({"how": "pm"}), "name-it")[-1]
    (told,) = (passage for passage in narrate(grown(), outcome) if passage.kind == "crossed")
    assert (told.title, told.quote) == ("Ife's", "Price")


def test_a_call_keeps_its_name_when_another_scene_adds_to_the_charter() -> None:
    outcome = play(grown(), Sort({"how": "team"}), "ask", Sort({}), "use-a-queue")[-1]
    (told,) = (passage for passage in narrate(grown(), outcome) if passage.kind == "crossed")
    assert (told.title, told.quote) == ("the team's", "How")
    (paper,) = lay_out(grown(), outcome.run).papers
    assert paper.lines == (("the team's", "How"),)


def test_a_choice_says_whose_call_it_is_if_it_is_somebody_elses() -> None:
    """Before a choice, what is known of it is said: the charter is."""

    def calls(owner: str) -> dict[str, str]:
        pack = company()
        run = play(pack, Sort({"how": owner, "price": "pm"}))[-1].run
        ask = observe(pack, run).ask
        assert ask is not None
        return {option.id: option.call for option in ask.options}

    assert calls("team") == {"use-a-queue": "the team's", "ask": ""}
    assert calls("pm") == {"use-a-queue": "", "ask": ""}
