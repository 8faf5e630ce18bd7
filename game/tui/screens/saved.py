"""The saved runs: go on with one, study some, give one away, put one into the trash."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from game import words
from game.family import family
from game.shelf import RunCard, Shelf, Trouble
from game.tui.messages import (
    ComparisonWanted,
    DebriefWanted,
    ReplayWanted,
    RunChosen,
    SuccessionWanted,
)
from game.tui.screens.runs import RunsScreen
from game.tui.widgets.pointing import PointingList

_HINT: Final = "i inherit it · e export · m import · x delete · t trash"
_NOTHING: Final = "No run is saved yet. Every run is, from its first decision. m imports one."
_DEEPEST: Final = 6
"""A run stands at most so many steps to the right, however many generations it has."""


class RunList(PointingList):
    """The runs, those that come from another one under it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Go on", id="saved.resume", tooltip="Go on with it"),
        Binding("down,j", "cursor_down", "Next", False, id="saved.down"),
        Binding("up,k", "cursor_up", "Before", False, id="saved.up"),
    ]


class SavedScreen(RunsScreen):
    """All runs on the shelf."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "replay", "Replay", id="saved.replay", tooltip="See it again, step by step"),
        Binding("d", "debrief", "Debrief", id="saved.debrief", tooltip="What decided how it went"),
        Binding("space", "mark", "Mark", id="saved.mark", tooltip="Mark it, to be compared"),
        Binding(
            "c", "compare", "Compare", id="saved.compare", tooltip="Compare those that are marked"
        ),
        Binding(
            "i", "inherit", "Inherit", False, id="saved.inherit", tooltip="Become its successor"
        ),
        Binding("e", "export", "Export", False, id="saved.export", tooltip="Into a file"),
        Binding("m", "import", "Import", False, id="saved.import", tooltip="From a file"),
        Binding("x,delete", "delete", "Delete", False, id="saved.delete", tooltip="Into the trash"),
        Binding("t", "trash", "Trash", False, id="saved.trash", tooltip="The deleted runs"),
        Binding("escape", "back", "Back", id="saved.back", tooltip="Back to the title"),
    ]

    def __init__(self, shelf: Shelf) -> None:
        """The runs of this shelf."""
        super().__init__(shelf, "Saved runs", RunList(markup=False))
        self._cards: list[tuple[RunCard, int]] = []
        self._marked: list[str] = []

    def on_screen_resume(self) -> None:
        """Look again, after something else was done with runs."""
        self._look()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go on with a run, or recover it if it is damaged."""
        card, _ = self._cards[event.option_index]
        self.post_message(RunChosen(card.id, recover=bool(card.problem)))

    # ── studying ────────────────────────────────────────────────────────────────────────

    def action_replay(self) -> None:
        """See a run again."""
        if card := self._card:
            self.post_message(ReplayWanted(card.id))

    def action_debrief(self) -> None:
        """See what decided how a run went."""
        if card := self._card:
            self.post_message(DebriefWanted(card.id))

    def action_mark(self) -> None:
        """Mark a run to be compared, or not."""
        if card := self._card:
            if card.id in self._marked:
                self._marked.remove(card.id)
            else:
                self._marked.append(card.id)
            self._draw()

    def action_compare(self) -> None:
        """Compare what is marked; nothing marked, a run with the one that it comes from."""
        chosen = list(self._marked)
        if not chosen and (card := self._card) and card.origin:
            parents = [each.id for each, _ in self._cards if each.id == card.origin.run]
            chosen = [*parents, card.id]
        if len(chosen) < 2:
            self._say("Mark two runs or more with space, then c compares them.")
            return
        self.post_message(ComparisonWanted(tuple(chosen)))

    def action_inherit(self) -> None:
        """Become the successor of whoever played a run."""
        from game.tui.screens.asking import AskName  # noqa: PLC0415

        card = self._card
        if card is None:
            return

        def answered(name: str | None) -> None:
            if name is not None:
                self.post_message(SuccessionWanted(card.id, name))

        self.app.push_screen(AskName(card.player), answered)

    # ── giving away and taking in ───────────────────────────────────────────────────────

    def action_export(self) -> None:
        """Write a run into a file."""
        from game.tui.screens.asking import AskPath, path_of  # noqa: PLC0415

        card = self._card
        if card is None:
            return

        def export(target: Path) -> str:
            self._shelf.export(card.id, target)
            return f"{card.id} is in {target}."

        def answered(path: str | None) -> None:
            if path:
                self._do(lambda: export(path_of(path)))

        suggested = str(Path.cwd() / f"{card.id}{words.SHARED}")
        self.app.push_screen(AskPath("Export", "Into which new file?", suggested), answered)

    def action_import(self) -> None:
        """Take in a run from a file."""
        from game.tui.screens.asking import AskPath, path_of  # noqa: PLC0415

        def take_in(source: Path) -> str:
            self._shelf.import_file(source)
            return "It is here, to be studied."

        def answered(path: str | None) -> None:
            if path:
                self._do(lambda: take_in(path_of(path)))

        self.app.push_screen(AskPath("Import", "From which file?"), answered)

    # ── throwing away ───────────────────────────────────────────────────────────────────

    def action_delete(self) -> None:
        """Ask, then put the run into the trash."""
        from game.tui.screens.trouble import Delete  # noqa: PLC0415

        card = self._card
        if card is None:
            return

        def delete() -> str:
            self._shelf.delete(card.id)
            return "It is in the trash; t looks there."

        def answered(wanted: bool | None) -> None:
            if wanted:
                self._do(delete)

        self.app.push_screen(Delete(f"{card.title} as {card.player}, {card.phase},"), answered)

    def action_trash(self) -> None:
        """Look into the trash."""
        from game.tui.screens.trash import TrashScreen  # noqa: PLC0415

        self.app.push_screen(TrashScreen(self._shelf))

    # ── looking ─────────────────────────────────────────────────────────────────────────

    @property
    def _card(self) -> RunCard | None:
        """The run that is pointed at."""
        at = self._list.highlighted
        return self._cards[at][0] if at is not None else None

    def _look(self) -> None:
        try:
            self._cards = list(family(self._shelf.runs()))
            self._say(_HINT if self._cards else _NOTHING)
        except Trouble as trouble:
            self._cards = []
            self._say(str(trouble))
        here = {card.id for card, _ in self._cards}
        self._marked = [each for each in self._marked if each in here]
        self._draw()

    def _draw(self) -> None:
        at = self._list.highlighted or 0
        rows = (
            Option(_row(card, depth, marked=card.id in self._marked), id=card.id)
            for card, depth in self._cards
        )
        self._list.set_options(rows)
        self._list.highlighted = min(at, len(self._cards) - 1) if self._cards else None


def _row(card: RunCard, depth: int, *, marked: bool = False) -> Content:
    state = words.ended(card) if card.over else card.phase
    branch = "  " * (min(depth, _DEEPEST) - 1) + "└ " if depth else ""
    indent = " " * len(branch)
    row = Content.assemble(
        (branch, "$quiet"),
        ("● " if marked else "", "bold $hat"),
        (card.title, "bold"),
        f" as {card.player}{words.edition(card)}",
        (f"  {state}, {words.plural(card.decisions, 'decision')}\n", "$hat"),
        (f"{indent}  played {card.played} · seed {card.seed}", "$quiet"),
        *((f" · {each}", "$quiet") for each in words.provenance(card, beneath=depth > 0)),
    )
    if card.problem:
        row += Content.assemble(
            ("\n  ! damaged: ", "bold $warning"),
            (card.problem, "$warning"),
            (" Enter recovers what can be.", "$quiet"),
        )
    return row
