"""Apps without an engine, to measure the game against.

`bare` is the least that Textual can show. `title` has the title screen's widgets with fixed
words in them and imports nothing of the game.
"""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import OptionList, Static


class Bare(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        """The line, which is also what the measurement waits for."""
        yield Static("New run")


class Title(App[None]):
    """The title's widgets: a wordmark, a line, a menu and a line of keys."""

    CSS = """
    Screen { align: center middle; }
    #wordmark, #tagline { width: 68; text-align: center; }
    OptionList { width: 52; height: auto; border: none; }
    #keys { dock: bottom; height: 1; }
    """

    def compose(self) -> ComposeResult:
        """The same widgets in the same order as the title screen."""
        yield Static("\n".join(["TWO HATS " * 7] * 8), id="wordmark", markup=False)
        yield Static("A product career in your terminal.", id="tagline", markup=False)
        yield OptionList("New run", "Saved runs", "Help", "Quit", markup=False)
        yield Static("n New run   s Saved runs   ? Help   q Quit", id="keys", markup=False)


if __name__ == "__main__":
    {"bare": Bare, "title": Title}[sys.argv[1]]().run()
