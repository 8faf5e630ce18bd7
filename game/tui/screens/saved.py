"""The saved runs: go on with one, recover one, put one into the trash."""

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
from game.tui.messages import RunChosen
from game.tui.widgets.key_bar import KeyBar


class RunList(OptionList):
    """The runs, the latest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "select", "Go on", id="saved.resume", tooltip="Go on with it"),
        Binding("down,j", "cursor_down", "Next", False, id="saved.down"),
        Binding("up,k", "cursor_up", "Before", False, id="saved.up"),
    ]


class SavedScreen(Screen[None]):
    """All runs on the shelf."""

    CSS_PATH = "saved.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,delete", "delete", "Delete", id="saved.delete", tooltip="Into the trash"),
        Binding("escape", "back", "Back", id="saved.back", tooltip="Back to the title"),
    ]

    def __init__(self, shelf: Shelf) -> None:
        """The runs of this shelf."""
        super().__init__()
        self._shelf = shelf
        self._cards: Sequence[RunCard] = ()
        self._list = RunList(markup=False)
        self._word = Static(markup=False, id="word")

    def compose(self) -> ComposeResult:
        """The list."""
        yield Static(Content("Saved runs"), classes="title")
        yield self._list
        yield self._word
        yield KeyBar()

    def on_mount(self) -> None:
        """Look what there is."""
        self._look()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go on with a run, or recover it if it is damaged."""
        card = self._cards[event.option_index]
        self.post_message(RunChosen(card.id, recover=bool(card.problem)))

    def action_delete(self) -> None:
        """Ask, then put the run into the trash."""
        at = self._list.highlighted
        if at is None:
            return
        card = self._cards[at]
        from game.tui.screens.trouble import Delete  # noqa: PLC0415

        def answered(wanted: bool | None) -> None:
            if wanted:
                self._delete(card)

        self.app.push_screen(Delete(f"{card.title} as {card.player}, {card.phase},"), answered)

    def action_back(self) -> None:
        """Back to the title."""
        self.app.pop_screen()

    def _delete(self, card: RunCard) -> None:
        try:
            self._shelf.delete(card.id)
        except Trouble as trouble:
            self._word.update(Content(str(trouble)))
            return
        self._look()
        self._word.update(Content("It is in the trash."))

    def _look(self) -> None:
        at = self._list.highlighted or 0
        try:
            self._cards = self._shelf.runs()
        except Trouble as trouble:
            self._cards = ()
            self._word.update(Content(str(trouble)))
        self._list.set_options(Option(_row(card), id=card.id) for card in self._cards)
        self._list.highlighted = min(at, len(self._cards) - 1) if self._cards else None
        if not self._cards:
            self._word.update(
                Content("No run is saved yet. Every run is, from its first decision.")
            )


def _row(card: RunCard) -> Content:
    state = "over" if card.over else card.phase
    decisions = "1 decision" if card.decisions == 1 else f"{card.decisions} decisions"
    row = Content.assemble(
        (card.title, "bold"),
        f" as {card.player}{words.edition(card)}",
        (f"  {state}, {decisions}\n", "$hat"),
        (f"  played {card.played} · seed {card.seed}", "$quiet"),
    )
    if card.problem:
        row += Content.assemble(
            ("\n  ! damaged: ", "bold $warning"),
            (card.problem, "$warning"),
            (" Enter recovers what can be.", "$quiet"),
        )
    return row
