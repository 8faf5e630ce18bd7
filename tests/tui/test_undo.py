"""Taking the last decision back, with keys."""

from __future__ import annotations

from game.session import Session
from game.tui.app import TwoHatsApp
from state_machine import begin
from tests.stories import scene, story
from tests.tui.screens import NARROW, play_screen, read_on, seen, told
from tests.tui.shelves import MemoryRecord, MemoryShelf


async def test_the_last_decision_is_taken_back_after_a_question_and_only_once() -> None:
    pack = story(scene("first"), scene("next"))
    session = Session(pack, [(None, begin(pack, 7, "Sam"))], MemoryRecord())
    app = TwoHatsApp(MemoryShelf(pack), session)
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await read_on(pilot)
        asked = play_screen(app).ask
        await pilot.press("u")
        assert "nothing to take back" in told(app)
        await pilot.press("1", "enter")
        await read_on(pilot)
        assert play_screen(app).ask != asked
        await pilot.press("u")
        assert "Take your last decision back?" in told(app)
        await pilot.press("escape")
        assert play_screen(app).ask != asked
        await pilot.press("u", "y")
        assert "Taken back" in seen(app)
        await read_on(pilot)
        assert play_screen(app).ask == asked
        await pilot.press("u")
        assert session.undos == 1
