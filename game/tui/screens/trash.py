"""The trash: have a deleted run back, or take them all off the disk for good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from game import words
from game.shelf import RunCard, Shelf, Trouble
from game.tui.widgets.key_bar import KeyBar


class TrashList(OptionList):
    """The deleted runs, those played last first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Restore", id="trash.restore", tooltip="Have it back"),
        Binding("down,j", "cursor_down", "Next", False, id="trash.down"),
        Binding("up,k", "cursor_up", "Before", False, id="trash.up"),
    ]


class TrashScreen(Screen[None]):
    """All deleted runs of a shelf."""

    CSS_PATH = "saved.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "empty", "Empty it", id="trash.empty", tooltip="Off the disk, for good"),
        Binding("escape", "back", "Back", id="trash.back", tooltip="Back to the saved runs"),
    ]

    def __init__(self, shelf: Shelf) -> None:
        """The trash of this shelf."""
        super().__init__()
        self._shelf = shelf
        self._cards: Sequence[RunCard] = ()
        self._list = TrashList(markup=False)
        self._word = Static(markup=False, id="word")

    def compose(self) -> ComposeResult:
        """The list."""
        yield Static(Content("The trash"), classes="title")
        yield self._list
        yield self._word
        yield KeyBar()

    def on_mount(self) -> None:
        """Look what there is."""
        self._look()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Have a run back."""
        name = self._cards[event.option_index].id
        try:
            run_id = self._shelf.restore(name)
        except Trouble as trouble:
            self._word.update(Content(str(trouble)))
            return
        self._look(f"{run_id} is among the saved runs again.")

    def action_empty(self) -> None:
        """Ask, then take all of them off the disk."""
        from game.tui.screens.trouble import EmptyTrash  # noqa: PLC0415

        def answered(wanted: bool | None) -> None:
            if wanted:
                try:
                    self._look(f"{words.plural(self._shelf.empty_trash(), 'run')} gone for good.")
                except Trouble as trouble:
                    self._word.update(Content(str(trouble)))

        if self._cards:
            self.app.push_screen(EmptyTrash(words.plural(len(self._cards), "run")), answered)

    def action_back(self) -> None:
        """Back to the saved runs."""
        self.app.pop_screen()

    def _look(self, done: str = "") -> None:
        said = done
        try:
            self._cards = self._shelf.trash()
        except Trouble as trouble:
            self._cards, said = (), str(trouble)
        self._word.update(Content(said or ("" if self._cards else "The trash is empty.")))
        self._list.set_options(Option(_row(card), id=card.id) for card in self._cards)
        self._list.highlighted = 0 if self._cards else None


def _row(card: RunCard) -> Content:
    return Content.assemble(
        (card.id.partition(".")[0], "bold"), (f"\n  {words.saved_run(card)}", "$quiet")
    )
