"""Each kind of decision, made as a player makes it."""

from __future__ import annotations

import pytest

from game.session import Session
from game.tui.app import TwoHatsApp
from game.tui.widgets.allocating import AllocateMenu
from game.tui.widgets.choosing import ChooseMenu
from game.tui.widgets.composing import ComposeMenu
from game.tui.widgets.picking import PickMenu
from game.tui.widgets.sorting import SortMenu
from scenes.schema import Pack
from state_machine import Pick
from tests.stories import Table, choice, invitation, scene, story
from tests.tui.company import KITCHEN
from tests.tui.screens import NARROW, chosen, in_run, play_screen, read_on, seen

pytestmark = pytest.mark.asyncio


def asking(**fields: object) -> Pack:
    """A story whose first decision is this scene."""
    choices = [choice(name, cost=cost) for name, cost in (("one", 1), ("two", 2), ("three", 3))]
    first: Table = scene("first", *choices, **fields)
    return story(first, scene("next"))


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        (["down", "enter"], "one"),
        (["j", "j", "k", "j", "enter"], "two"),
        (["3", "enter"], "three"),
        (["2", "1", "enter"], "one"),
    ],
)
async def test_one_option_is_chosen_with_arrows_letters_or_its_number(
    keys: list[str], wanted: str
) -> None:
    app, session = in_run(asking())
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press(*keys)
        assert chosen(session, "first") == (wanted,)


async def test_a_click_on_an_option_chooses_it() -> None:
    app, session = in_run(asking())
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.click(ChooseMenu, offset=(10, 2))
        assert chosen(session, "first") == ("two",)


async def test_a_key_pressed_once_too_often_while_reading_decides_nothing() -> None:
    app, session = in_run(asking())
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("enter", "enter", "space")
        assert not session.run.chosen
        assert "Point at one first" in seen(app)


async def test_what_is_picked_fits_the_budget_and_can_be_put_back() -> None:
    app, session = in_run(asking(pick={"budget": 3, "unit": "lines"}))
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("2", "space")
        assert "2 of 3 lines taken" in seen(app)
        await pilot.press("3", "x")
        assert "takes 3, and you have only 1 left" in seen(app)
        await pilot.press("2", "space", "3", "space", "enter")
        assert chosen(session, "first") == ("three",)


async def test_options_out_of_sight_are_counted_on_the_seam_however_far_the_story_is_read() -> None:
    many = [choice(f"way{number}", cost=1) for number in range(1, 13)]
    told = " ".join(f"word{number}" for number in range(300))
    app, _ = in_run(
        story(scene("first", *many, text=told, pick={"budget": 9, "unit": "days"}), scene("next"))
    )
    async with app.run_test(size=(80, 18)) as pilot:
        await read_on(pilot)
        await pilot.pause()
        screen = play_screen(app)
        assert screen.ask is not None
        for key, hint in (("home", "▾ 4 options"), ("end", "▴ 4 options")):
            await pilot.press(key, *["pagedown"] * 20)
            await pilot.pause()
            assert hint in seen(app)
            assert "more ▾" not in seen(app)


async def test_what_is_picked_keeps_the_order_in_which_it_was_taken() -> None:
    app, _ = in_run(asking(pick={"budget": 6, "unit": "lines"}))
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("3", "space", "1", "space", "2", "space", "1", "space", "space")
        menu = app.focused
        assert isinstance(menu, PickMenu)
        assert menu.decision() == Pick(("three", "two", "one"))


async def test_taking_nothing_asks_once_more() -> None:
    app, session = in_run(asking(pick={"budget": 3, "unit": "lines"}))
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("down", "enter")
        assert not session.run.chosen
        assert "You take nothing" in seen(app)
        await pilot.press("enter")
        assert chosen(session, "first") == ()


@pytest.mark.parametrize("elsewhere", [["o", "escape"], ["w", "escape"], ["up"], ["pagedown"]])
async def test_who_looked_elsewhere_is_asked_anew_before_taking_nothing(
    elsewhere: list[str],
) -> None:
    app, session = in_run(asking(pick={"budget": 3, "unit": "lines"}))
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("down", "enter", *elsewhere)
        await pilot.pause()
        assert "You take nothing" not in seen(app)
        await pilot.press("enter")
        assert not session.run.chosen
        assert "You take nothing" in seen(app)


async def test_too_few_are_not_taken_for_a_decision() -> None:
    app, session = in_run(asking(pick={"budget": 3, "unit": "lines", "least": 2}))
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("1", "space", "enter")
        assert not session.run.chosen
        assert "at least 2" in seen(app)


async def test_clicks_pick_and_a_click_settles() -> None:
    app, session = in_run(asking(pick={"budget": 3, "unit": "lines"}))
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.click(PickMenu, offset=(10, 0))
        await pilot.click(PickMenu, offset=(10, 2))
        settle = seen(app).splitlines()
        row = next(number for number, line in enumerate(settle) if "enter settle" in line)
        await pilot.click(offset=(settle[row].index("enter settle"), row))
        assert chosen(session, "first") == ("one", "two")


@pytest.mark.parametrize(
    "keys",
    [
        ["3", "K", "K", "enter"],
        ["3", "shift+up", "shift+up", "enter"],
        ["3", "space", "up", "up", "space", "enter"],
        ["1", "space", "j", "j", "enter", "1", "J", "enter"],
    ],
)
async def test_options_are_carried_into_an_order(keys: list[str]) -> None:
    app, session = in_run(asking(rank={"keep": 1}))
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press(*keys)
        order = chosen(session, "first")
        assert order in (("three", "one", "two"), ("three", "two", "one"))


async def test_a_sentence_is_written_and_kept_word_for_word() -> None:
    app, session = in_run(
        story(scene("first", choice("keep"), write={"letter": "note"}), scene("next"))
    )
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("enter")
        assert "at least a word" in seen(app)
        await pilot.press(*"why? jq", "enter")
        assert session.run.letters == {"note": "why? jq"}


async def test_a_prediction_is_a_bet_on_one_option() -> None:
    bets = [
        choice(name, holds=["customers >= 1"], right="Yes.", wrong="No.") for name in ("a", "b")
    ]
    app, session = in_run(story(scene("first", *bets, predict={"after": 1}), scene("next")))
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("b", "2", "enter")
        assert chosen(session, "first") == ("b",)


async def test_the_diary_tells_what_happens_without_you() -> None:
    fridge = scene("fridge", invitation=invitation(says="Ife, fridge", default="Marek goes."))
    board = scene("board", hat="po", invitation=invitation(says="Tomas", default="It waits."))
    app, session = in_run(story(fridge, board))
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        text = seen(app)
        assert "◆ PM  Ife, fridge" in text
        assert "● PO  Tomas" in text
        assert "If you don't: Marek goes." in text
        await pilot.press("1", "space", "2", "space")
        assert "nothing left" in seen(app)
        await pilot.press("enter")
        assert session.run.accepted == ("fridge",)
        assert play_screen(app).ask is not None


# ── sorting ─────────────────────────────────────────────────────────────────────────────


def sorting(count: int = 3, text: str = "It is Tuesday.") -> tuple[TwoHatsApp, Session]:
    """So many cards for Now, which holds one, Next, which holds two, and Later."""
    buckets = [
        {"id": "now", "title": "Now: by the launch", "most": 1},
        {"id": "next", "title": "Next", "most": 2},
        {"id": "later", "title": "Later"},
    ]
    cards = [{"id": f"card-{n}", "say": f"Card {n}", "into": {}} for n in range(1, count + 1)]
    first = scene("first", *cards, sort={"bucket": buckets}, then="It hangs.", text=text)
    return in_run(story(first, scene("next")))


def where(session: Session) -> list[str]:
    """The buckets of the three cards."""
    return [session.run.placed[f"first/card-{n}"] for n in (1, 2, 3)]


@pytest.mark.parametrize(
    "keys",
    [
        ["1", "a", "2", "b", "3", "c"],
        ["down", "right", "down", "right", "j", "c", "left", "right"],
        ["1", "l", "2", "l", "l", "h", "3", "c"],
        ["1", "space", "2", "space", "3", "space", "x"],
        ["1", "c", "2", "b", "3", "a", "backspace", "c", "1", "a"],
        ["3", "a", "left", "c", "1", "a", "2", "c", "left"],
    ],
)
async def test_options_are_sorted_with_arrows_letters_or_space(keys: list[str]) -> None:
    app, session = sorting()
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press(*keys, "enter")
        assert where(session) == ["now", "next", "later"]


async def test_nothing_is_sorted_at_first_and_all_has_to_be() -> None:
    app, session = sorting()
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("a")
        assert "Point at one first" in seen(app)
        await pilot.press("1")
        assert "0 of 3 sorted" in seen(app)
        assert seen(app).count("where?") == 3
        await pilot.press("a", "enter")
        assert "2 are not sorted yet" in seen(app)
        await pilot.press("2", "c", "enter")
        assert "1 is not sorted yet" in seen(app)
        assert not session.run.chosen


async def test_what_each_bucket_holds_is_seen_and_no_more_goes_in() -> None:
    app, session = sorting()
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        assert "a Now: by the launch (0 of 1)   b Next (0 of 2)   c Later (0)" in seen(app)
        await pilot.press("1", "a")
        assert "a Now: by the launch (1 of 1)" in seen(app)
        await pilot.press("2", "a")
        assert "“Now” is full: it holds 1. Move one out first." in seen(app)
        assert "‹where? ›" in seen(app)
        await pilot.press("right")
        assert "“Now” is full: it holds 1, so this is in “Next”." in seen(app)
        await pilot.press("left")
        assert "so this is in none" in seen(app)
        await pilot.press("e")
        assert "The letters here are a to c" in seen(app)
        assert not session.run.chosen


async def test_clicks_sort() -> None:
    app, session = sorting()
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        for row, clicks in ((0, 1), (2, 1), (4, 2)):
            for _ in range(clicks):
                await pilot.click(SortMenu, offset=(20, row))
        await pilot.press("enter")
        assert where(session) == ["now", "next", "later"]


# ── sharing out ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "keys",
    [
        ["1", "right", "right", "3", "right"],
        ["down", "l", "l", "l", "h", "up", "3", "l"],
        ["1", "+", "+", "+", "-", "3", "="],
        ["1", "space", "space", "3", "x"],
        ["3", "right", "right", "left", "2", "left", "1", "right", "right"],
    ],
)
async def test_points_are_given_and_taken_back(keys: list[str]) -> None:
    app, session = in_run(asking(allocate={"points": 3, "unit": "mornings"}))
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press(*keys, "enter")
        assert chosen(session, "first") == ("one", "three")
        assert session.run.points["first/one"] == 2


async def test_what_was_given_and_what_is_left_is_said() -> None:
    app, session = in_run(asking(allocate={"points": 4, "unit": "mornings", "most": 3}))
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("1")
        assert "4 of 4 mornings left to give" in seen(app)
        await pilot.press("right")
        assert "‹●··› 1 morning " in seen(app)
        await pilot.press("right", "right")
        assert "‹●●●› 3 mornings  One" in seen(app)
        await pilot.press("enter")
        assert "All 4 are to be given: 1 morning is left." in seen(app)
        await pilot.press("2")
        assert "[···] none" in seen(app)
        await pilot.press("right")
        assert "all 4 mornings given" in seen(app)
        assert not session.run.chosen


async def test_nobody_gets_more_than_there_is_or_than_one_may_get() -> None:
    app, session = in_run(asking(allocate={"points": 3, "unit": "mornings", "most": 2}))
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("1", "right", "right", "right")
        assert "That has 2 mornings, and one can get no more." in seen(app)
        await pilot.press("2", "right", "right")
        assert "All 3 mornings are given. Take one back first." in seen(app)
        await pilot.press("enter")
        assert (session.run.points["first/one"], session.run.points["first/two"]) == (2, 1)


async def test_many_points_are_drawn_as_a_bar() -> None:
    app, _ = in_run(asking(allocate={"points": 40, "unit": "hours"}))
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("1", *["right"] * 20)
        assert "‹━━━━━─────› 20 hours" in seen(app)


async def test_a_click_gives_one_and_takes_all_back_at_the_limit() -> None:
    app, session = in_run(asking(allocate={"points": 3, "unit": "mornings", "most": 2}))
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        for row in (0, 0, 0, 2, 2, 4):
            await pilot.click(AllocateMenu, offset=(20, row))
        await pilot.press("enter")
        assert chosen(session, "first") == ("two", "three")


# ── filling gaps ────────────────────────────────────────────────────────────────────────


def composing() -> tuple[TwoHatsApp, Session]:
    """Three gaps with two options each, the options in another order than the gaps."""
    options = [choice(f"{slot}-{n}", slot=slot) for n in (1, 2) for slot in ("for", "who", "not")]
    slots = [{"id": name, "title": f"{name.capitalize()} whom"} for name in ("for", "who", "not")]
    return in_run(story(scene("first", *options, compose={"slot": slots}), scene("next")))


@pytest.mark.parametrize(
    "keys",
    [
        ["2", "space", "space", "down", "space"],
        ["6", "x", "2", "x", "3", "x"],
        ["1", "space", "space", "6", "space", "2", "space"],
    ],
)
async def test_each_gap_is_filled_with_one_option(keys: list[str]) -> None:
    app, session = composing()
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press(*keys, "enter")
        assert chosen(session, "first") == ("for-2", "who-1", "not-2")


async def test_an_empty_gap_is_seen_and_named() -> None:
    app, session = composing()
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("3", "enter")
        assert "“For whom” is still empty, and 2 more" in seen(app)
        await pilot.press("space")
        assert "1 of 3 filled" in seen(app)
        assert "3 (•) Who-1" in seen(app)
        assert "▸ 5 ( ) Not-1" in seen(app)
        assert "Who whom …" not in seen(app)
        await pilot.press("space", "enter")
        assert "“For whom” is still empty:" in seen(app)
        assert "▸ 1 ( ) For-1" in seen(app)
        assert not session.run.chosen


async def test_clicks_fill_gaps() -> None:
    app, session = composing()
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        for say in ("For-2", "Who-1", "Not-1", "Not-2"):
            rows = seen(app).splitlines()
            row = next(number for number, line in enumerate(rows) if say in line)
            await pilot.click(offset=(rows[row].index(say), row))
        assert isinstance(app.focused, ComposeMenu)
        await pilot.press("enter")
        assert chosen(session, "first") == ("for-2", "who-1", "not-2")


async def test_ten_options_under_a_long_story_are_all_in_sight() -> None:
    app, session = sorting(10, KITCHEN)
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        for number in range(1, 11):
            assert f"Card {number}" in seen(app)
        await pilot.press("9", "down", "c")
        assert "▸ 0 ‹c Later›" in seen(app)
        assert "(1)" in seen(app)
        assert not session.run.chosen
