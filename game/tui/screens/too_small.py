"""A window that is too small: the game waits, unharmed, until there is room again."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static


class TooSmall(Screen[None]):
    """Says how much room the game needs."""

    CSS_PATH = "too_small.tcss"

    def __init__(self, smallest: tuple[int, int]) -> None:
        """`smallest` is in columns and rows."""
        super().__init__()
        self._smallest = smallest
        self._text = Static(markup=False)

    def compose(self) -> ComposeResult:
        """The words."""
        yield self._text

    def on_resize(self) -> None:
        """Say how far it still is."""
        columns, rows = self._smallest
        width, height = self.app.size
        self._text.update(
            Content.assemble(
                ("No room for two hats.", "bold $hat"),
                f"\n{width} x {height}, please make it {columns} x {rows}. Nothing is lost.",
            )
        )
