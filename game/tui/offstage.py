"""A replay that is drawn without a terminal, for pictures.

What is drawn depends on nothing in the environment: not on `NO_COLOR`, not on any of Textual's
variables, and not on a terminal, as none is looked at.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path, PurePath
from typing import Any, Final

from rich.console import Console
from textual.app import App
from textual.content import Content
from textual.drivers.headless_driver import HeadlessDriver
from textual.filter import LineFilter
from textual.screen import Screen

from game.recording import Recording
from game.tui.screens.replay import ReplayScreen
from game.tui.screens.stage import AnyAnswer
from game.tui.themes import NEUTRAL, THEMES

Size = tuple[int, int]
"""Columns and rows."""

_HERE: Final = Path(__file__).parent


class Paper(HeadlessDriver):
    """What stands in for a terminal: it keeps what would be written on one."""

    written: str = ""

    @property
    def is_headless(self) -> bool:
        """No, or nothing would be written."""
        return False

    def write(self, data: str) -> None:
        """Keep it."""
        self.written += data

    def take(self) -> str:
        """What was written since this was last asked."""
        written, self.written = self.written, ""
        return written


class Unattended(ReplayScreen):
    """A replay that nobody looks at: its days pass when they are told to, and no key is named."""

    def __init__(self, recording: Recording, run_id: str, at: int) -> None:
        """A run, from this moment on."""
        super().__init__(recording, run_id, at)
        self._story.a_day = None

    @property
    def passing(self) -> bool:
        """Whether days of a sprint are still to pass."""
        return self._story.passing

    def next_day(self) -> None:
        """Let one of them pass."""
        self._story.next_day()

    def _seam_words(self, answer: AnyAnswer | None) -> tuple[Content, str]:
        return Content(" · ").join(self._where()), ""


class Offstage(App[None]):
    """The replay screen and nothing else."""

    CSS = "KeyBar { visibility: hidden; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, recording: Recording, run_id: str, at: int, *, moving: bool) -> None:
        """A run, to be drawn from this moment on; if it is `moving`, the days of a sprint pass."""
        sheets: list[str | PurePath] = [_HERE / "app.tcss", _HERE / "screens" / "stage.tcss"]
        super().__init__(driver_class=Paper, css_path=sheets)
        self.no_color = False
        self.animation_level = "full" if moving else "none"
        self.console = Console(
            color_system="truecolor",
            force_terminal=True,
            no_color=False,
            legacy_windows=False,
            markup=False,
            highlight=False,
            emoji=False,
            safe_box=False,
            _environ={},
        )
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = NEUTRAL
        self.replay = Unattended(recording, run_id, at)

    def get_default_screen(self) -> Screen[Any]:
        """The replay."""
        return self.replay

    def get_line_filters(self) -> list[LineFilter]:
        """None: colours stay as they are."""
        return []

    @property
    def paper(self) -> Paper:
        """Where it is drawn."""
        assert isinstance(self._driver, Paper)
        return self._driver

    async def settle(self) -> None:
        """Wait until what was asked for is drawn."""
        for _ in range(2):  # a layout may ask for another one
            drawn = asyncio.Event()
            self.replay.call_after_refresh(drawn.set)
            await drawn.wait()


@asynccontextmanager
async def drawn(
    recording: Recording, run_id: str, at: int, size: Size, *, moving: bool = False
) -> AsyncIterator[Offstage]:
    """A replay as it runs, drawn in so many columns and rows, from this moment on."""
    app = Offstage(recording, run_id, at, moving=moving)
    async with app.run_test(headless=False, size=size):
        await app.settle()
        yield app
