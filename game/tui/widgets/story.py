"""The story: one page at a time, in one `Static` that scrolls when it is too long."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from game.blocks import Page
from game.tui import render
from game.tui.messages import Changed


class Story(VerticalScroll, can_focus=True):
    """The page that is shown. Has the focus while there is nothing to decide."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", "Scroll down", show=False, id="story.down"),
        Binding("up,k", "scroll_up", "Scroll up", show=False, id="story.up"),
    ]

    def __init__(self) -> None:
        """Empty; `show` fills it."""
        super().__init__()
        self._text = Static(markup=False)
        self._page: Page | None = None
        self._drawn: Content = Content("")
        self._width = 0

    def compose(self) -> ComposeResult:
        """The text."""
        yield self._text

    def show(self, page: Page, width: int) -> None:
        """Show a page from its top, or the same page at another width from where it was."""
        new = page is not self._page
        if new or width != self._width:
            self._page, self._width = page, width
            self._drawn = render.page(page, width)
            self._text.update(self._drawn)
        if new:
            self.scroll_home(animate=False)

    @property
    def text(self) -> Content:
        """The page as it is drawn."""
        return self._drawn

    @property
    def lines(self) -> int:
        """How many lines the page has at its width."""
        return self._drawn.plain.count("\n") + 1

    @property
    def more(self) -> bool:
        """Whether there is more of the page below."""
        return self.scroll_offset.y < self.max_scroll_y

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say that more or less of the page is still below."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(Changed())

    def watch_virtual_size(self) -> None:
        """Say that the page now needs more or less room."""
        self.post_message(Changed())
