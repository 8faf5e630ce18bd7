"""Texts that are scrolled through are laid out as wide as they are shown."""

from __future__ import annotations

import pytest
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from game.blocks import Page, Prose
from game.reports.notes import Notes
from game.tui.app import TwoHatsApp
from game.tui.screens.compare import CompareScreen
from game.tui.screens.debrief import DebriefScreen
from game.tui.screens.sheet import Sheet
from game.tui.widgets.scroll import Scroll
from state_machine.bots import PERSONAS, decisions
from tests.tui.company import small_company
from tests.tui.screens import NARROW
from tests.tui.shelves import MemoryShelf

pytestmark = pytest.mark.asyncio

LONG = Page("aside", "A page", (Prose(" ".join(f"word{number}" for number in range(3000))),))


def scrolled() -> list[Screen[None]]:
    """Every kind of screen with a text to scroll through."""
    pack = small_company()
    played = list(decisions(pack, 7, PERSONAS["sensible"]))
    debrief = DebriefScreen(pack, played, notes=Notes(1))
    return [Sheet(LONG), CompareScreen("Two runs", [LONG]), debrief]


@pytest.mark.parametrize("which", range(3))
@pytest.mark.parametrize("size", [NARROW, (140, 18)])
async def test_no_line_is_longer_than_its_place_beside_the_scrollbar(
    which: int, size: tuple[int, int]
) -> None:
    app = TwoHatsApp(MemoryShelf(small_company()))
    async with app.run_test(size=size) as pilot:
        screen = scrolled()[which]
        await app.push_screen(screen)
        await app.workers.wait_for_complete()
        await pilot.pause()
        scroll = screen.query_one(Scroll)
        text = scroll.query_one(Static)
        spare = []
        for _ in range(12):
            if scroll.show_vertical_scrollbar:
                assert isinstance(text.content, Content)
                longest = max(line.cell_length for line in text.content.split("\n"))
                spare.append(text.size.width - longest)
            await pilot.press("right")
            await pilot.pause()
        assert 0 <= min(spare) <= 8
