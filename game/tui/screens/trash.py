"""The trash: have a deleted run back, or take them all off the disk for good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from game import words
from game.shelf import RunCard, Shelf, Trouble
from game.tui.screens.runs import RunsScreen
from game.tui.widgets.pointing import PointingList


class TrashList(PointingList):
    """The deleted runs, those played last first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Restore", id="trash.restore", tooltip="Have it back"),
        Binding("down,j", "cursor_down", "Next", False, id="trash.down"),
        Binding("up,k", "cursor_up", "Before", False, id="trash.up"),
    ]


class TrashScreen(RunsScreen):
    """All deleted runs of a shelf."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "empty", "Empty it", id="trash.empty", tooltip="Off the disk, for good"),
        Binding("escape", "back", "Back", id="trash.back", tooltip="Back to the saved runs"),
    ]

    def __init__(self, shelf: Shelf) -> None:
        """The trash of this shelf."""
        super().__init__(shelf, "The trash", TrashList(markup=False))
        self._cards: Sequence[RunCard] = ()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Have a run back."""
        name = self._cards[event.option_index].id
        self._do(lambda: f"{self._shelf.restore(name)} is among the saved runs again.")

    def action_empty(self) -> None:
        """Ask, then take all of them off the disk."""
        from game.tui.screens.trouble import EmptyTrash  # noqa: PLC0415

        def empty() -> str:
            return f"{words.plural(self._shelf.empty_trash(), 'run')} gone for good."

        def answered(wanted: bool | None) -> None:
            if wanted:
                self._do(empty)

        if self._cards:
            self.app.push_screen(EmptyTrash(words.plural(len(self._cards), "run")), answered)

    def _look(self) -> None:
        try:
            self._cards = self._shelf.trash()
            self._say("" if self._cards else "The trash is empty.")
        except Trouble as trouble:
            self._cards = ()
            self._say(str(trouble))
        self._list.set_options(Option(_row(card), id=card.id) for card in self._cards)
        self._list.highlighted = 0 if self._cards else None


def _row(card: RunCard) -> Content:
    return Content.assemble(
        (card.id.partition(".")[0], "bold"), (f"\n  {words.saved_run(card)}", "$quiet")
    )
