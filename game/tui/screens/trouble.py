"""Trouble: what went wrong, and what can be done about it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from game import words
from game.tui.widgets.key_bar import KeyBar


class Question(ModalScreen[bool]):
    """A few words in a frame, and a yes or no."""

    CSS_PATH = "trouble.tcss"
    AUTO_FOCUS = ""

    def __init__(self, title: str, text: str, more: str = "") -> None:
        """`more` stands under the text, quieter."""
        super().__init__()
        self._title, self._words, self._more = title, text, more

    def compose(self) -> ComposeResult:
        """The frame."""
        with Vertical(id="question") as frame:
            frame.border_title = Content(f" {self._title} ")
            yield Static(Content(self._words), markup=False)
            if self._more:
                yield Static(Content(self._more), markup=False, classes="more")
            yield KeyBar()

    def action_answer(self, answer: bool) -> None:
        """Go back with the answer."""
        self.dismiss(answer)


class NotSaved(Question):
    """A decision could not be saved: try again, or go back to it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,t", "answer(True)", "Try again", id="trouble.again", tooltip="Try again"),
        Binding(
            "escape", "answer(False)", "Back to the decision", id="trouble.back", tooltip="Back"
        ),
    ]

    def __init__(self, trouble: str) -> None:
        """What went wrong, in a sentence."""
        super().__init__(
            "Your decision is not saved",
            trouble,
            "Nothing has been lost: the decision is still open, and all before it is safe.",
        )


class Said(Question):
    """Something went wrong that there is nothing to decide about."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space", "answer(False)", "Back", id="trouble.seen", tooltip="Back"),
    ]

    def __init__(self, trouble: str) -> None:
        """What went wrong, in a sentence."""
        super().__init__("That did not work", trouble)


class TakeBack(Question):
    """The last decision is about to be taken back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "Take it back", id="undo.yes", tooltip="Take it back"),
        Binding("escape,n", "answer(False)", "Leave it", id="undo.no", tooltip="Leave it"),
    ]

    def __init__(self) -> None:
        """One step, and no more."""
        super().__init__(
            "Take back",
            "Take your last decision back?",
            "The same luck will meet whatever you decide instead. The run keeps both, and says at "
            "its end that you did.",
        )


class EmptyTrash(Question):
    """All deleted runs are about to go for good."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "For good", id="empty.yes", tooltip="Off the disk"),
        Binding("escape,n,enter", "answer(False)", "Keep them", id="empty.no", tooltip="Keep them"),
    ]

    def __init__(self, runs: str) -> None:
        """How many."""
        super().__init__("Empty the trash", f"Take {runs} off the disk for good?")


class Delete(Question):
    """A run is about to go into the trash."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "Into the trash", id="delete.yes", tooltip="Delete"),
        Binding("escape,n", "answer(False)", "Keep it", id="delete.no", tooltip="Keep it"),
    ]

    def __init__(self, run: str) -> None:
        """Which run."""
        super().__init__("Delete a saved run", f"Put {run} into the trash?")


class BranchHere(Question):
    """A run of its own is about to begin from a decision of a replay."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "Branch", id="branch.yes", tooltip="Play on from here"),
        Binding("escape,n", "answer(False)", "Go on watching", id="branch.no", tooltip="Back"),
    ]

    def __init__(self, number: int, *, made: bool) -> None:
        """Before which decision, and whether the run has made it."""
        anew = f"Decision {number} is decided anew, and all" if made else "All"
        super().__init__(
            "Branch here",
            f"Play on from decision {number}, in a run of its own?",
            f"{anew} before it stays. The new run is there to be studied and is no job; "
            "the one that you are looking at stays as it is.",
        )


class NameIt(Question):
    """A decision is about to be named as the one that mattered most."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "That one", id="name.yes", tooltip="Name it"),
        Binding("escape,n", "answer(False)", "Another", id="name.no", tooltip="Name another"),
    ]

    def __init__(self, number: int, title: str, said: str) -> None:
        """Which decision, in which scene, and what was decided."""
        super().__init__(
            "The one that mattered most",
            f"{number}, {title}: is it that one?",
            f"{said}\n\nIt is kept with the run and not asked again.",
        )


class Kept(Question):
    """The debrief is over and the player's sentence kept; nothing is to be decided."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space", "answer(True)", "Done", id="kept.seen", tooltip="Go on"),
    ]

    def __init__(self, run_id: str) -> None:
        """Which run it is kept with."""
        super().__init__(
            "Until Monday",
            "Your sentence is kept with the run. "
            f"Under {words.SAVED_RUNS}, d shows all of this again.",
            "To give it to somebody, in a shell:\n\n"
            f"twohats debrief {run_id} --format html\n\n"
            "That prints a page for a browser; `> debrief.html` after it makes a file of that.",
        )
