"""The debrief on a screen: the player has their say first, and last."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from game.reports.notes import Notes
from game.session import Session
from game.shelf import Trouble
from game.tui.app import TwoHatsApp
from game.tui.screens.debrief import DebriefScreen
from game.tui.screens.title import TitleScreen
from saves.records import About
from state_machine import begin
from state_machine.bots import PERSONAS, decisions
from tests.tui.company import small_company
from tests.tui.screens import NARROW, seen, told
from tests.tui.shelves import MemoryRecord, MemoryShelf

pytestmark = pytest.mark.asyncio


class Refusing(MemoryRecord):
    """Has no room for notes."""

    def noted(self, about: About, text: str) -> None:
        """Refuse."""
        raise Trouble("the disk is full.")


def ended(record: MemoryRecord) -> tuple[TwoHatsApp, Session]:
    """An app that opens at the end of a run, and the run."""
    pack = small_company()
    steps = list(decisions(pack, 7, PERSONAS["sensible"]))
    session = Session(pack, steps, record)
    return TwoHatsApp(MemoryShelf(pack), session), session


async def look_back(pilot: Pilot[None]) -> DebriefScreen:
    """Read to the end of the run, and look back on it."""
    for _ in range(40):
        if isinstance(pilot.app.screen, DebriefScreen):
            return pilot.app.screen
        await pilot.press("enter")
    raise AssertionError("there is no debrief")


async def wait(pilot: Pilot[None], screen: DebriefScreen) -> None:
    """Wait for the re-runs."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    assert screen.page is not None


async def test_the_player_names_a_decision_sees_the_pages_and_writes_down_monday() -> None:
    record = MemoryRecord()
    app, session = ended(record)
    async with app.run_test(size=NARROW) as pilot:
        screen = await look_back(pilot)
        assert "which of your decisions do you think mattered most?" in told(app)
        await pilot.press("enter")
        assert screen.page is None, "who pages on by enter has named nothing"
        await pilot.press("down", "enter")
        assert "is it that one?" in told(app)
        await pilot.press("escape")
        assert not record.notes, "what was pointed at by mistake is not named"
        await pilot.press("down", "enter", "enter")
        await wait(pilot, screen)
        titles: list[str] = []
        for _ in range(60):
            assert screen.page is not None
            titles.append(screen.page.title)
            if screen.page.title == "Three questions":
                break
            await pilot.press("right")
        assert list(dict.fromkeys(titles))[:3] == [
            "How it went",
            "What mattered",
            "Judgement and luck",
        ]
        assert "Two reviews, one person" in titles
        await pilot.press("up")
        assert screen.page is not None
        assert screen.page.title == "Two reviews, one person"
        for _ in range(9):
            if screen.query_one(Input).display:
                break
            await pilot.press("right")
        await pilot.press(*"Ask", "space", *"Ife", "enter")
        assert "twohats debrief tiny-sam --format html" in told(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TitleScreen)
    named = str([step for step in session.steps if step[0]].index(session.steps[2]) + 1)
    assert record.notes == {"pivotal": named, "monday": "Ask Ife"}


@pytest.mark.parametrize("size", [NARROW, (140, 45)])
async def test_who_does_not_want_to_name_one_or_to_wait_still_gets_the_pages(
    size: tuple[int, int],
) -> None:
    record = MemoryRecord()
    app, _ = ended(record)
    async with app.run_test(size=size) as pilot:
        screen = await look_back(pilot)
        await pilot.press("s", "s")
        await wait(pilot, screen)
        assert "How it went" in seen(app)
        await pilot.press("escape")
        assert isinstance(app.screen, TitleScreen)
    assert record.notes == {}


async def test_a_debrief_opened_from_the_saved_runs_leads_back_to_them_and_their_marks() -> None:
    pack = small_company()
    shelf = MemoryShelf(pack)
    for name in ("Ada", "Bo"):
        shelf.begin(pack.info.id, 7, name)
    app = TwoHatsApp(shelf)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("s", "space")
        saved = app.screen
        screen = DebriefScreen(pack, [(None, begin(pack, 7, "Sam"))], notes=Notes(1))
        await app.push_screen(screen)
        await wait(pilot, screen)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is saved
        assert "● " in seen(app)


async def test_what_cannot_be_kept_is_said_and_can_be_said_again() -> None:
    app, _ = ended(Refusing())
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        screen = await look_back(pilot)
        await pilot.press("down", "enter", "y")
        await pilot.pause()
        assert "the disk is full" in told(app)
        assert screen.page is None
        assert "which of your decisions" in told(app)


async def test_who_has_named_a_decision_before_is_not_asked_again() -> None:
    pack = small_company()
    steps = [(None, begin(pack, 7, "Sam"))]
    app = TwoHatsApp(MemoryShelf(pack))
    async with app.run_test(size=NARROW) as pilot:
        screen = DebriefScreen(pack, steps, notes=Notes(1))
        await app.push_screen(screen)
        await wait(pilot, screen)
        assert "How it went" in told(app)
