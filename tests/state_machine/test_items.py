"""Items: what is true of them, what is known, and what becomes of them."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.schema import Item, Pack
from state_machine import Pick, Rank, Run, Sort, observe
from state_machine.desk import lay_out
from state_machine.draft import Draft
from state_machine.items import known_effort, known_value, thin_part, worth
from state_machine.market import deserved
from state_machine.rules import default_rules
from state_machine.team import forecast
from tests.stories import Table, choice, play, scene, story

WORLDS = ("world-a", "world-b", "world-c")
TEAM = {"tomas": {"design": 5, "build": 12, "test": 5}}


def card(name: str, value: tuple[int, int, int] = (3, 0, -3), **fields: Any) -> Table:
    """A story of `keep`, worth so much to hotels in each world."""
    return {
        "id": name,
        "title": name.capitalize(),
        "kind": "story",
        "of": "keep",
        "effort": 4,
        "estimate": [1, 6],
        "kano": {"hotels": "performance"},
        "value": {world: {"hotels": v} for world, v in zip(WORLDS, value, strict=True)},
    } | fields


ITEMS: tuple[Table, ...] = (
    {"id": "changed", "title": "It said something else", "kind": "opportunity"},
    {"id": "keep", "title": "Keep it", "kind": "requirement", "of": "changed"},
    card("log"),
    card("page", needs=["log"]),
    card("must", (6, 0, 0), kano={"hotels": "must-be"}),
    {"id": "store", "title": "Store", "kind": "enabler", "effort": 2, "estimate": [1, 3]},
    card("late", needs=["store"], of="other"),
    {"id": "other", "title": "Other", "kind": "requirement", "of": "changed"},
    {"id": "bug-log", "title": "Bug", "kind": "bug", "of": "log", "effort": 1,
     "value": {world: {"hotels": -4} for world in WORLDS}},
    {"id": "debt-log", "title": "Debt", "kind": "debt", "of": "log", "effort": 2, "drag": 5},
)  # fmt: skip


def company(*scenes: Table, **fields: Any) -> Pack:
    """A company with these items and somebody to build them."""
    return story(*scenes, items=ITEMS, skills=TEAM, **fields)


def after(*effects: str) -> tuple[Pack, Draft]:
    """The run once a choice had these effects, as the rules see it."""
    pack = company(scene("do", choice("go", *effects), choice("stay")), scene("next"))
    return pack, Draft(pack, play(pack, "go")[-1].run, default_rules())


def test_a_requirement_brings_its_stories_and_what_they_need() -> None:
    _, draft = after("add other")
    assert draft.backlog == ["store", "late"]


def test_a_requirement_is_shipped_once_all_its_stories_are() -> None:
    _, some = after("add keep", "ship log", "ship page")
    _, most = after("add keep", "ship log", "ship page", "drop must")
    assert some.items["keep"] == "backlog"
    assert most.items["keep"] == "shipped"
    assert most.backlog == []


def test_refining_gives_criteria_and_shows_the_effort() -> None:
    pack, draft = after("add keep", "refine log")
    low, high = known_effort(pack, draft, pack.items["log"])
    assert "log" in draft.ready
    assert low <= 4 <= high
    assert high - low <= 2
    assert known_effort(pack, draft, pack.items["page"]) == (1, 6)


def test_research_shows_the_worth_and_nothing_else_does() -> None:
    pack, draft = after("narrow value log")
    assert known_value(pack, draft, pack.items["page"]) == (-4, 4)
    true = worth(pack, pack.items["log"], draft.world)
    assert known_value(pack, draft, pack.items["log"]) == (true - 1, true + 1)


@given(st.sampled_from(WORLDS), st.sampled_from(WORLDS), st.integers(1, 6))
def test_a_view_tells_nothing_of_what_is_hidden(one: str, other: str, effort: int) -> None:
    """Another world and another effort, and whoever has researched nothing sees the same."""
    pack = company(
        scene("do", choice("go", "add keep"), choice("stay")),
        scene("order", rank={"keep": 1}, choice=[], offers="backlog", then="Done."),
    )
    run = play(pack, "go")[-1].run
    hidden = msgspec.structs.replace(pack.items["log"], effort=effort)
    elsewhere = msgspec.structs.replace(pack, items={**pack.items, "log": hidden})

    def seen(where: Pack, world: str) -> tuple[object, object]:
        there = msgspec.structs.replace(run, world=world)
        return observe(where, there), lay_out(where, there)

    assert seen(pack, one) == seen(elsewhere, other)


def test_evidence_shows_one_item_more_with_each_piece() -> None:
    pack = company(scene("ask", choice("go", "evidence counting +1"), choice("stay")))
    about = msgspec.structs.replace(pack.evidence["counting"], about=("keep", "store"))
    pack = msgspec.structs.replace(pack, evidence={"counting": about})
    run = play(pack, "go")[-1].run
    assert {"value keep", "value log"} <= set(run.narrowed)
    assert "value store" not in run.narrowed


# ── artifacts ───────────────────────────────────────────────────────────────────────────


def offering(name: str, artifact: str, offers: str, **kind: Any) -> Table:
    """A scene that makes an artifact of what is laid out."""
    return scene(name, hat="po", artifact=artifact, offers=offers, then="Kept.", choice=[], **kind)


def planned(*decisions: Any, **fields: Any) -> Run:
    """A round in which the PO puts three cards in order and plans a sprint with them."""
    rounds = {
        "discover": [
            {"half-days": 0, "pm": ["do"], "po": ["order", "plan"], "sprint": "played",
             "close": ["look"]}
        ]
    }  # fmt: skip
    pack = company(
        scene("do", choice("go", "add keep", **fields), choice("stay")),
        offering("order", "product-backlog", "backlog", rank={"keep": 1}),
        offering("plan", "sprint-plan", "backlog", pick={"unit": "half-days", "least": 1}),
        scene("look", hat="po"),
        rounds=rounds,
    )
    return play(pack, "go", *decisions)[-1].run


def test_the_backlog_has_the_order_that_it_was_given() -> None:
    run = planned(Rank(("must", "log", "page")))
    assert run.backlog == ("must", "log", "page")
    assert run.artifacts["product-backlog"].items == ("must", "log", "page")


def test_the_first_card_of_a_plan_is_the_sprints_goal() -> None:
    run = planned(Rank(("must", "log", "page")), Pick(("log", "must")))
    assert run.sprint is not None
    assert (run.sprint.goal, run.sprint.day) == ("log", 10)
    assert run.scene == "look", "the end of the sprint comes after its days"
    assert run.sprints[0].planned == 2


def test_what_is_done_is_shipped_and_what_is_not_goes_on() -> None:
    run = planned(Rank(("must", "log", "page")), Pick(("log", "must", "page")))
    assert run.sprint is not None
    for made in run.sprint.cards:
        shipped = run.items.get(made.item) == "shipped"
        assert shipped == (made.column == "done")
        assert shipped != (made.item in run.backlog)
    assert {card.item for card in run.carried} == {
        card.item for card in run.sprint.cards if card.column not in ("todo", "done")
    }


def test_a_date_on_the_roadmap_is_a_promise_that_shipping_keeps() -> None:
    buckets = [
        {"id": "now", "title": "Now", "by": "discover"},
        {"id": "later", "title": "Later"},
    ]
    rounds = {"discover": [{"half-days": 0, "pm": ["do", "roadmap", "ship"], "po": []}]}
    pack = company(
        scene("do", choice("go", "add keep", "add other"), choice("stay")),
        scene("roadmap", artifact="roadmap", offers="requirements", choice=[], then="Hung.",
              sort={"bucket": buckets, "to": "ife"}),
        scene("ship", choice("all", "ship keep"), choice("none")),
        scene("end", phase="define"),
        rounds=rounds,
    )  # fmt: skip
    dates = Sort({"keep": "now", "other": "later"})
    kept = play(pack, "go", dates, "all")[-1].run
    broken = play(pack, "go", dates, "none")[-1].run
    assert kept.promises["roadmap-keep"].state == "kept"
    assert broken.promises["roadmap-keep"].state == "broken"
    assert "roadmap-other" not in kept.promises
    assert kept.numbers["trust ife"] > broken.numbers["trust ife"]


def test_a_team_that_finished_little_expects_less() -> None:
    run = planned(Rank(("must", "log", "page")), Pick(("log",)))
    pack = company(scene("next"))
    before = Draft(pack, msgspec.structs.replace(run, sprints=()), default_rules())
    after_it = Draft(pack, run, default_rules())
    assert forecast(after_it) <= forecast(before)


# ── the market ──────────────────────────────────────────────────────────────────────────


def opinion(*effects: str, world: str = "world-a", rounds: int = 1) -> int:
    """What hotels would think of a product with these effects, in a world."""
    pack, draft = after(*effects)
    run = msgspec.structs.replace(draft.freeze(), world=world, rounds=rounds)
    return deserved(Draft(pack, run, default_rules()), pack.segments["hotels"])


def test_an_unmet_must_be_keeps_everything_else_from_counting() -> None:
    most = default_rules().market.most_unmet
    assert opinion("ship log", "ship page") <= most
    assert opinion("ship log", "ship page", "ship must") > most


def test_the_same_product_is_worth_something_else_in_another_world() -> None:
    helped, hurt = (opinion("ship log", world=world) for world in ("world-b", "world-c"))
    assert hurt < helped


def test_an_open_bug_hurts_and_a_mended_one_does_not() -> None:
    shipped = ("ship log", "ship must")
    assert opinion(*shipped, "add bug-log") < opinion(*shipped)
    assert opinion(*shipped, "add bug-log", "ship bug-log") == opinion(*shipped)


@pytest.mark.parametrize("kano", ["attractive", "performance"])
def test_only_delight_fades(kano: str) -> None:
    items = [each for each in ITEMS if each["id"] not in ("log", "must")]
    pack = story(
        scene("do", choice("go", "ship log"), choice("stay")),
        scene("next"),
        items=[*items, card("log", kano={"hotels": kano})],
    )
    run = play(pack, "go")[-1].run
    at_first, later = (
        deserved(
            Draft(pack, msgspec.structs.replace(run, world="world-a", rounds=rounds),
                  default_rules()),
            pack.segments["hotels"],
        )
        for rounds in (1, 9)
    )  # fmt: skip
    assert (later < at_first) == (kano == "attractive")


def refinement() -> Pack:
    """Two stories on the pile, to be talked through, cut, or left as they stand."""
    card = {"kind": "story", "of": "fast-count", "effort": 10, "estimate": [6, 14]}
    value = {"world-a": {"hotels": 5}, "world-b": {"hotels": 5}, "world-c": {"hotels": -5}}
    return story(
        scene(
            "tuesday",
            artifact="user-stories",
            offers="unready",
            choice=[],
            sort={
                "bucket": [
                    {"id": "through", "title": "Talk through", "does": "refine"},
                    {"id": "cut", "title": "Cut in two", "does": "split"},
                    {"id": "stands", "title": "As it stands"},
                ]
            },
            then="An hour passes.",
        ),
        scene("plan", phase="build"),
        scene("prepare", choice("go", "add one", "add two"), choice("stay")),
        rounds={"discover": [{"half-days": 1, "pm": ["prepare", "tuesday"]}]},
        items=[
            {"id": "scanning", "title": "Scanning", "kind": "opportunity"},
            {"id": "fast-count", "title": "Fast", "kind": "requirement", "of": "scanning"},
            card | {"id": "one", "title": "One", "value": value},
            card | {"id": "two", "title": "Two", "value": value},
        ],
    )


def sorted_on_tuesday(one: str, two: str) -> Run:
    """The run after the two cards went into these buckets."""
    return play(refinement(), "go", Sort({"one": one, "two": two}))[-1].run


def test_what_is_talked_through_is_ready_and_what_stands_is_not() -> None:
    run = sorted_on_tuesday("through", "stands")
    assert (run.ready, run.split) == (("one",), ())


def test_a_story_that_is_cut_leaves_a_thin_half_that_is_ready_and_worth_most_of_it() -> None:
    run = sorted_on_tuesday("cut", "through")
    assert (run.ready, run.split) == (("one", "two"), ("one",))
    rules = default_rules()
    draft = Draft(refinement(), run, rules)
    whole, thin = draft.item("two"), draft.item("one")
    assert (whole.effort, thin.effort) == (10, 6)
    assert thin.value["world-a"]["hotels"] * 100 == 5 * rules.split_worth
    assert thin.value["world-c"]["hotels"] == -thin.value["world-a"]["hotels"]
    assert rules.split_effort < rules.split_worth, "or nobody would cut anything"


@given(st.integers(1, 60), st.integers(-9, 9))
def test_a_thin_half_is_never_more_work_nor_of_the_other_sign(effort: int, worth: int) -> None:
    item = Item(id="x", title="X", kind="story", effort=effort, value={"w": {"s": worth}})
    thin = thin_part(item, default_rules())
    assert thin.effort is not None
    assert 1 <= thin.effort <= effort
    assert 0 <= thin.value["w"]["s"] * (1 if worth > 0 else -1) <= abs(worth)
