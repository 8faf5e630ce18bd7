"""The title: where a run is begun or gone on with."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from game import words
from game.shelf import RunCard, Shelf, Trouble
from game.tui.hats import wordmark
from game.tui.messages import RunChosen
from game.tui.widgets.key_bar import KeyBar
from game.tui.widgets.pointing import PointingList


class TitleMenu(PointingList):
    """What can be done from the title."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "select", "Choose", id="title.choose", tooltip="Do this"),
        Binding("down,j", "cursor_down", "Next", False, id="title.down"),
        Binding("up,k", "cursor_up", "Before", False, id="title.up"),
    ]


class TitleScreen(Screen[None]):
    """Continue first, if there is something to continue."""

    CSS_PATH = "title.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "continue", "Continue", False, id="title.continue", tooltip="Go on"),
        Binding("n", "new", "New run", id="title.new", tooltip="Begin a run"),
        Binding("s", "saved", words.SAVED_RUNS, id="title.saved", tooltip="All saved runs"),
        Binding("r", "career", words.CAREER, id="title.career", tooltip="All your jobs"),
    ]

    def __init__(self, shelf: Shelf) -> None:
        """The title over this shelf."""
        super().__init__()
        self._shelf = shelf
        self._latest: RunCard | None = None
        self._menu = TitleMenu(markup=False)

    def compose(self) -> ComposeResult:
        """The wordmark and the menu."""
        yield Static(wordmark(), id="wordmark")
        yield Static(Content(words.TAGLINE), id="tagline")
        yield self._menu
        yield KeyBar()

    def on_mount(self) -> None:
        """Look what there is to continue."""
        self.look()

    def on_screen_resume(self) -> None:
        """Look again, after runs may have been deleted."""
        self.look()

    def look(self) -> None:
        """Ask the shelf for the latest run and offer what can be done."""
        try:
            self._latest = self._shelf.latest()
        except Trouble:
            self._latest = None
        at = self._menu.highlighted
        entries: list[Option] = []
        if self._latest is not None:
            entries.append(Option(_continue(self._latest), id="continue"))
        for action, label in (
            ("new", words.NEW_RUN),
            ("saved", words.SAVED_RUNS),
            ("career", words.CAREER),
            ("help", "Help"),
            ("quit", words.QUIT),
        ):
            entries.append(Option(Content(label), id=action))
        self._menu.set_options(entries)
        self._menu.highlighted = at or 0

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        action = event.option.id
        await self.run_action(f"app.{action}" if action in ("help", "quit") else f"{action}")

    def action_continue(self) -> None:
        """Go on with the latest run."""
        if self._latest is not None:
            self.post_message(RunChosen(self._latest.id))

    def action_new(self) -> None:
        """Begin a run."""
        from game.tui.screens.new_run import NewRunScreen  # noqa: PLC0415

        try:
            packs = self._shelf.packs()
        except Trouble as trouble:
            self.notify(str(trouble), severity="warning")
            return
        self.app.push_screen(NewRunScreen(packs))

    def action_saved(self) -> None:
        """Look at the saved runs."""
        from game.tui.screens.saved import SavedScreen  # noqa: PLC0415

        self.app.push_screen(SavedScreen(self._shelf))

    def action_career(self) -> None:
        """Look at what all jobs came to."""
        from game.career import career_page  # noqa: PLC0415
        from game.tui.screens.sheet import Sheet  # noqa: PLC0415
        from game.tui.screens.trouble import Said  # noqa: PLC0415

        try:
            page = career_page(self._shelf.profile())
        except Trouble as trouble:
            self.app.push_screen(Said(str(trouble)))
            return
        self.app.push_screen(Sheet(page))


def _continue(card: RunCard) -> Content:
    return Content.assemble((words.CONTINUE, "bold"), "  ", (words.saved_run(card), "$quiet"))
