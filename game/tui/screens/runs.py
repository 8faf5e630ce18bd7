"""What the screens have in common on which something is done with saved runs: a list, a word."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from game.shelf import Shelf, Trouble
from game.tui.widgets.key_bar import KeyBar


class RunsScreen(Screen[None]):
    """Runs of a shelf in a list under a title, and a word about them."""

    CSS_PATH = "runs.tcss"

    def __init__(self, shelf: Shelf, title: str, runs: OptionList) -> None:
        """Runs of this shelf, in this list."""
        super().__init__()
        self._shelf = shelf
        self._title = title
        self._list = runs
        self._word = Static(markup=False, id="word")

    def compose(self) -> ComposeResult:
        """The list."""
        yield Static(Content(self._title), classes="title")
        yield self._list
        yield self._word
        yield KeyBar()

    def on_mount(self) -> None:
        """Look what there is."""
        self._look()

    def action_back(self) -> None:
        """Back to where this was opened."""
        self.app.pop_screen()

    def _look(self) -> None:
        """Look what there is, list it, and say a word about it."""
        raise NotImplementedError

    def _do(self, act: Callable[[], str]) -> None:
        """Do something with runs and look again; say what `act` returns, or why it was not done."""
        try:
            done = act()
        except Trouble as trouble:
            self._say(str(trouble))
            return
        self._look()
        self._say(done)

    def _say(self, text: str) -> None:
        self._word.update(Content(text))
