"""A text longer than its place, which keys of the screen around it move."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static


class Scroll(VerticalScroll):
    """A text to be scrolled through by lines and by pages."""

    def __init__(self, *, can_focus: bool = False) -> None:
        """Empty; `write` fills it."""
        self._text = Static(markup=False)
        super().__init__(self._text, can_focus=can_focus)

    def write(self, text: Content) -> None:
        """Show this text, as far down as the one before."""
        self._text.update(text)

    def by_lines(self, lines: int) -> None:
        """Scroll down, or up if it is negative."""
        self.scroll_relative(y=lines, animate=False)

    def by_pages(self, pages: int) -> None:
        """Scroll by what can be seen at once, less a line to go on from."""
        self.scroll_relative(y=pages * max(1, self.size.height - 1), animate=False)
