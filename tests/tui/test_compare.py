"""A comparison on the screen."""

from __future__ import annotations

import pytest

from game.blocks import Lines, Page, Plot, Prose, Series
from game.tui.app import TwoHatsApp
from game.tui.screens.compare import CompareScreen
from tests.stories import scene, story
from tests.tui.screens import NARROW, seen
from tests.tui.shelves import MemoryShelf

MARKUP = "[bold]x[/bold] [@click=app.quit]y[/]"
PAGES = (
    Page("aside", "Where they part", (Prose("They part."), Prose(MARKUP))),
    Page("aside", "How it went", (Plot((Series("ada", (50, 60)), Series("bo", (50, 40)))),)),
    Page("aside", "Long", (Lines("Rows", tuple(f"row {at}" for at in range(60))),)),
)


@pytest.mark.asyncio
async def test_the_pages_of_a_comparison_are_turned_scrolled_and_left() -> None:
    app = TwoHatsApp(MemoryShelf(story(scene("first"))))
    async with app.run_test(size=NARROW) as pilot:
        await app.push_screen(CompareScreen("Tiny: 2 runs compared", PAGES))
        await pilot.pause()
        assert "Where they part" in seen(app)
        assert "1 of 3 · Tiny: 2 runs compared" in seen(app)
        assert MARKUP in seen(app)
        await pilot.press("left")
        assert "1 of 3" in seen(app)
        await pilot.press("right")
        assert "● ada 60   ◆ bo 40   ✚ together" in seen(app)
        await pilot.press("3")
        assert "row 0" in seen(app)
        await pilot.press("end")
        assert "row 59" in seen(app)
        await pilot.press("h", "l")
        assert "row 0" in seen(app)
        await pilot.press("escape")
        assert not isinstance(app.screen, CompareScreen)


def test_a_comparison_of_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="nothing to show"):
        CompareScreen("Tiny", ())
