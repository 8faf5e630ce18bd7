"""A sheet: something to read over the game, and the way back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen

from game.blocks import Page
from game.tui.render import blocks, stacked
from game.tui.widgets.key_bar import KeyBar
from game.tui.widgets.scroll import Scroll

_MEASURE = 84
_FRAME = 8
"""Columns that the frame, its padding and a scrollbar take."""

_AROUND = 5
"""Rows that the frame and the keys take."""


class Sheet(ModalScreen[None]):
    """A page to scroll through, in a frame with its title."""

    CSS_PATH = "sheet.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space", "dismiss", "Back", id="sheet.back", tooltip="Back"),
        Binding("down,j", "scroll(1)", "Down", False, id="sheet.down"),
        Binding("up,k", "scroll(-1)", "Up", False, id="sheet.up"),
        Binding("pagedown,ctrl+d", "page(1)", "Page down", False, id="sheet.page-down"),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", False, id="sheet.page-up"),
    ]

    def __init__(self, page: Page) -> None:
        """A sheet with this page on it."""
        super().__init__()
        self._page = page
        self._written_at: Size | None = None
        self._scroll = Scroll()

    def compose(self) -> ComposeResult:
        """The frame around the page."""
        with Vertical(id="sheet") as frame:
            frame.border_title = Content(f" {self._page.title} ")
            yield self._scroll
            yield KeyBar("↑ ↓ scroll")

    def on_mount(self) -> None:
        """Write the page."""
        self._write()

    def on_resize(self) -> None:
        """Write the page again at the new width, once the new layout stands."""
        if self.app.size != self._written_at:
            self.call_after_refresh(self._write)

    def action_scroll(self, by: int) -> None:
        """Scroll by a line."""
        self._scroll.by_lines(by)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        self._scroll.by_pages(by)

    def _write(self) -> None:
        self._written_at = self.app.size
        width = min(_MEASURE, self.app.size.width) - _FRAME
        self._scroll.styles.max_height = self.app.size.height - _AROUND
        self._scroll.write(stacked(blocks(self._page.blocks, width)))
