"""A sheet: something to read over the game, and the way back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from game.tui.render import EMPTY, Line, hanging, spaced, stacked, wrapped
from game.tui.widgets.key_bar import KeyBar

_MEASURE = 84
_FRAME = 8
"""Columns that the frame, its padding and a scrollbar take."""

_AROUND = 5
"""Rows that the frame and the keys take."""


class Sheet(ModalScreen[None]):
    """A title and lines to scroll through. Subclasses write the lines."""

    CSS_PATH = "sheet.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space", "dismiss", "Back", id="sheet.back", tooltip="Back"),
        Binding("down,j", "scroll(1)", "Down", False, id="sheet.down"),
        Binding("up,k", "scroll(-1)", "Up", False, id="sheet.up"),
        Binding("pagedown,ctrl+d", "page(1)", "Page down", False, id="sheet.page-down"),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", False, id="sheet.page-up"),
    ]

    def __init__(self, title: str) -> None:
        """A sheet with a title."""
        super().__init__()
        self._title = title
        self._text = Static(markup=False)
        self._written_at: Size | None = None
        self._scroll = VerticalScroll(self._text, can_focus=False)

    def compose(self) -> ComposeResult:
        """The frame around the lines."""
        with Vertical(id="sheet") as frame:
            frame.border_title = Content(f" {self._title} ")
            yield self._scroll
            yield KeyBar("↑ ↓ scroll")

    def lines(self, width: int) -> list[Line]:
        """What the sheet says, at this width."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Write the lines."""
        self._write()

    def on_resize(self) -> None:
        """Write the lines again at the new width, once the new layout stands."""
        if self.app.size != self._written_at:
            self.call_after_refresh(self._write)

    def action_scroll(self, by: int) -> None:
        """Scroll by a line."""
        self._scroll.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        self._scroll.scroll_relative(y=by * max(1, self._scroll.size.height - 1), animate=False)

    def _write(self) -> None:
        self._written_at = self.app.size
        width = min(_MEASURE, self.app.size.width) - _FRAME
        self._scroll.styles.max_height = self.app.size.height - _AROUND
        self._text.update(stacked(self.lines(width)))


def titled(title: str, width: int) -> list[Line]:
    """A small title inside a sheet."""
    return wrapped(spaced(title).stylize("bold $hat"), width)


def entry(name: str, text: str, width: int, column: int) -> list[Line]:
    """A name and, beside it, what there is to say about it."""
    head = spaced(name).stylize("bold")
    if head.cell_length > column - 2:
        return [*wrapped(head, width), *hanging(Content(" " * column), spaced(text), width)]
    return hanging(head.pad_right(column - head.cell_length), spaced(text), width)


def nothing(text: str, width: int) -> list[Line]:
    """What a sheet says that has nothing to show."""
    return [EMPTY, *wrapped(spaced(text).stylize("$quiet"), width)]
