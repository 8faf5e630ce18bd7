"""Runs compared: a page for each question, to be read one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from game.blocks import Page
from game.tui.render import apart, blocks, spaced, stacked
from game.tui.widgets.key_bar import KeyBar
from game.tui.widgets.scroll import Scroll

_MEASURE: Final = 104
_FRAME: Final = 5
"""Columns that the padding and a scrollbar take."""


class CompareScreen(Screen[None]):
    """The pages of a comparison under its title."""

    CSS_PATH = "compare.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,enter", "turn(1)", "Next", key_display="→", id="compare.next"),
        Binding("left,h", "turn(-1)", "Before", key_display="←", id="compare.before"),
        Binding("down,j", "scroll(1)", "Scroll", key_display="↑ ↓", id="compare.down"),
        Binding("up,k", "scroll(-1)", "Scroll up", False, id="compare.up"),
        Binding("pagedown,space,ctrl+d", "leaf(1)", "Page down", False, id="compare.page-down"),
        Binding("pageup,ctrl+u", "leaf(-1)", "Page up", False, id="compare.page-up"),
        Binding("home", "edge(True)", "To the top", False, id="compare.top"),
        Binding("end,G", "edge(False)", "To the end", False, id="compare.end"),
        *(
            Binding(str(number), f"go({number})", f"Page {number}", False, id=f"compare.{number}")
            for number in range(1, 10)
        ),
        Binding("escape", "app.pop_screen", "Back", id="compare.back"),
    ]

    def __init__(self, title: str, pages: Sequence[Page]) -> None:
        """Show these pages, the first one first. Raises `ValueError` if there are none."""
        if not pages:
            raise ValueError("there is nothing to show")
        super().__init__()
        self._name = title
        self._pages = tuple(pages)
        self._at = 0
        self._head = Static(markup=False, id="head")
        self._written_at: Size | None = None
        self._scroll = Scroll()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._pages[self._at]

    def compose(self) -> ComposeResult:
        """The title, the page and the keys."""
        with Vertical(id="comparison"):
            yield self._head
            yield self._scroll
            yield KeyBar()

    def on_mount(self) -> None:
        """Write the first page."""
        self._write()

    def on_resize(self) -> None:
        """Write the page again at the new width, once the new layout stands."""
        if self.app.size != self._written_at:
            self.call_after_refresh(self._write)

    def action_turn(self, by: int) -> None:
        """Go on to the next page or back to the one before."""
        self.action_go(self._at + 1 + by)

    def action_go(self, number: int) -> None:
        """Go to a page by its number, from 1, if there is such a page."""
        if 1 <= number <= len(self._pages) and number - 1 != self._at:
            self._at = number - 1
            self._write()
            self._scroll.scroll_home(animate=False)

    def action_scroll(self, by: int) -> None:
        """Scroll by a line."""
        self._scroll.by_lines(by)

    def action_leaf(self, by: int) -> None:
        """Scroll by what can be seen at once."""
        self._scroll.by_pages(by)

    def action_edge(self, top: bool) -> None:
        """Scroll to the top or to the end."""
        if top:
            self._scroll.scroll_home(animate=False)
        else:
            self._scroll.scroll_end(animate=False)

    def _write(self) -> None:
        self._written_at = self.app.size
        width = min(_MEASURE, self.app.size.width) - _FRAME
        where = f"{self._at + 1} of {len(self._pages)} · {self._name}"
        self._head.update(
            apart(
                spaced(self.page.title).stylize("bold $hat"),
                Content.styled(where, "$quiet"),
                width,
            )
        )
        self._scroll.write(stacked(blocks(self.page.blocks, width)))
