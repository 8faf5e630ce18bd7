"""One line to be typed: a file's path, or a name."""

from __future__ import annotations

from os.path import expanduser
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from game.shelf import DEFAULT_NAME, LONGEST_NAME, player_name
from game.tui.widgets.key_bar import KeyBar


class AskLine(ModalScreen[str | None]):
    """A question in a frame, and a line for the answer; None if there is none."""

    CSS_PATH = "trouble.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Take it", id="ask.take", tooltip="Go on with this"),
        Binding("escape", "leave", "Back", id="ask.leave", tooltip="Back, and nothing is done"),
    ]

    def __init__(self, title: str, question: str, line: Input) -> None:
        """Ask under a title, with a line that may have something in it."""
        super().__init__()
        self._title, self._question, self._line = title, question, line

    def compose(self) -> ComposeResult:
        """The frame."""
        with Vertical(id="question") as frame:
            frame.border_title = Content(f" {self._title} ")
            yield Static(Content(self._question), markup=False)
            yield self._line
            yield KeyBar()

    def on_input_submitted(self) -> None:
        """Enter in the line."""
        self.action_take()

    def action_take(self) -> None:
        """Go back with what stands in the line."""
        self.dismiss(self._line.value.strip())

    def action_leave(self) -> None:
        """Go back with nothing."""
        self.dismiss(None)


class AskPath(AskLine):
    """Which file."""

    def __init__(self, title: str, question: str, suggested: str = "") -> None:
        """What it is for, and a path that would do."""
        super().__init__(title, question, Input(suggested, select_on_focus=False))


def path_of(typed: str) -> Path:
    """The path that was typed; a `~` that means nothing here stays as it is."""
    return Path(expanduser(typed))


class AskName(AskLine):
    """What the successor of somebody is called."""

    def __init__(self, predecessor: str) -> None:
        """Whose desk it is."""
        super().__init__(
            "Inherit",
            f"You take over from {predecessor}. What are you called?",
            Input(max_length=LONGEST_NAME, placeholder=DEFAULT_NAME),
        )

    def action_take(self) -> None:
        """Go back with a name that can stand in the story."""
        self.dismiss(player_name(self._line.value))
