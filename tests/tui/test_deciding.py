"""Each kind of decision, made as a player makes it."""

from __future__ import annotations

import pytest

from game.tui.widgets.choosing import ChooseMenu
from game.tui.widgets.picking import PickMenu
from scenes.schema import Pack
from tests.stories import Table, choice, invitation, scene, story
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


async def test_taking_nothing_asks_once_more() -> None:
    app, session = in_run(asking(pick={"budget": 3, "unit": "lines"}))
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("down", "enter")
        assert not session.run.chosen
        assert "You take nothing" in seen(app)
        await pilot.press("enter")
        assert chosen(session, "first") == ()


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
