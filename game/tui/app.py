"""The app: opens the screens and hands them what they show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events, on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from game import words
from game.shelf import Shelf, Trouble
from game.tui.messages import (
    BranchWanted,
    ComparisonWanted,
    DebriefLeft,
    DebriefWanted,
    PictureWanted,
    ReplayWanted,
    RunBegun,
    RunChosen,
    RunEnded,
    RunLeft,
    SuccessionWanted,
)
from game.tui.themes import NEUTRAL, THEMES

if TYPE_CHECKING:
    from game.saved import SavedRun
    from game.session import Session
    from saves.records import About

SMALLEST: Final = (60, 18)
"""Columns and rows below which the game waits for a larger window."""

_HERE: Final = Path(__file__).parent
_TITLE: Final = "title"
"""The mode that has the title at its base, if the app was started in a run."""

_GOODBYE: Final = "Saved up to your last decision. `twohats` brings you back to it."


class TwoHatsApp(App[None]):
    """The game in a terminal. Starts with the title, or straight in a run."""

    TITLE = "Two Hats"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "question_mark,f1",
            "help",
            "Help",
            id="app.help",
            tooltip="Keys, words and numbers explained",
        ),
        Binding(
            "q,ctrl+q",
            "quit",
            "Quit",
            id="app.quit",
            tooltip="Leave; all is saved",
        ),
    ]

    def __init__(self, shelf: Shelf, start: Session | None = None, first: str = "") -> None:
        """The app over a shelf of runs. Begins in the run `start`, or else with the title.

        `first` is the stylesheet of another first screen, if a subclass has one.
        """
        # The first screen's stylesheet is read with the app's: one pass to the first frame.
        first = first or ("stage.tcss" if start else "title.tcss")
        super().__init__(css_path=[_HERE / "app.tcss", _HERE / "screens" / first])
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = NEUTRAL
        self._shelf = shelf
        self._start = start
        self._has_played = False
        self._waits_for_room = False
        self.add_mode(_TITLE, self._title_screen)

    @property
    def shelf(self) -> Shelf:
        """Where the runs and the packs are."""
        return self._shelf

    def get_default_screen(self) -> Screen[Any]:
        """The run that the app was started with, or else the title."""
        return self._play_screen(self._start) if self._start else self._title_screen()

    def _title_screen(self) -> Screen[Any]:
        from game.tui.screens.title import TitleScreen  # noqa: PLC0415

        return TitleScreen(self._shelf)

    def _play_screen(self, session: Session) -> Screen[Any]:
        from game.tui.screens.play import PlayScreen  # noqa: PLC0415

        self._has_played = True
        return PlayScreen(session)

    # ── going from screen to screen ─────────────────────────────────────────────────────

    @on(RunChosen)
    def _go_on_with(self, message: RunChosen) -> None:
        shelf = self._shelf
        way = shelf.recover if message.recover else shelf.resume
        self._play(lambda: way(message.run_id))

    @on(RunBegun)
    def _begin(self, message: RunBegun) -> None:
        run = (message.pack_id, message.seed, message.player, message.edition)
        self._play(lambda: self._shelf.begin(*run))

    @on(ReplayWanted)
    def _replay(self, message: ReplayWanted) -> None:
        from game.tui.screens.replay import ReplayScreen  # noqa: PLC0415

        if saved := self._studied(message.run_id):
            recording = saved.recording
            start = recording.of_decision(message.number) if message.number else 0
            self.push_screen(ReplayScreen(recording, message.run_id, start))

    @on(DebriefWanted)
    def _debrief_saved(self, message: DebriefWanted) -> None:
        from game.reports.notes import keep_nothing  # noqa: PLC0415
        from game.tui.screens.debrief import DebriefScreen  # noqa: PLC0415

        def keep(about: About, text: str) -> None:
            self._shelf.note(message.run_id, about, text)

        if saved := self._studied(message.run_id):
            theirs = saved.header.is_imported
            noted, found_as = (keep_nothing, "") if theirs else (keep, message.run_id)
            self.push_screen(
                DebriefScreen(
                    saved.pack, saved.steps, noted, saved.rules, saved.notes, run_id=found_as
                )
            )

    @on(ComparisonWanted)
    def _compare(self, message: ComparisonWanted) -> None:
        from game.reports.compare import compare_pages, title  # noqa: PLC0415
        from game.tui.screens.compare import CompareScreen  # noqa: PLC0415
        from state_machine.comparison import compare  # noqa: PLC0415

        try:
            comparison = compare([self._shelf.study(run).entrant for run in message.run_ids])
        except (Trouble, ValueError) as trouble:
            self.say(f"{words.capitalised(str(trouble)).rstrip('.')}.")
        else:
            self.push_screen(CompareScreen(title(comparison), compare_pages(comparison)))

    @on(RunEnded)
    def _debrief(self) -> None:
        from game.tui.screens.debrief import DebriefScreen  # noqa: PLC0415
        from game.tui.screens.play import PlayScreen  # noqa: PLC0415

        if isinstance(self.screen, PlayScreen):
            session = self.screen.session
            self.theme = NEUTRAL
            self.push_screen(
                DebriefScreen(
                    session.pack,
                    session.steps,
                    session.note,
                    session.rules,
                    run_id=session.run_id,
                )
            )

    @on(BranchWanted)
    def _branch(self, message: BranchWanted) -> None:
        self._play(lambda: self._shelf.branch(message.run_id, message.number - 1))

    @on(SuccessionWanted)
    def _inherit(self, message: SuccessionWanted) -> None:
        self._play(lambda: self._shelf.inherit(message.run_id, message.player))

    @on(RunLeft)
    def _leave(self) -> None:
        self.theme = NEUTRAL
        if self._start is None or self.current_mode == _TITLE:
            self._back_to_base()
        else:
            self.switch_mode(_TITLE)

    @on(DebriefLeft)
    def _leave_debrief(self) -> None:
        """Back to where it was opened; after a run that has just been played, to the title."""
        from game.tui.screens.play import PlayScreen  # noqa: PLC0415

        if isinstance(self.screen_stack[-2], PlayScreen):
            self._leave()
        else:
            self.pop_screen()

    @on(PictureWanted)
    def _keep_picture(self, message: PictureWanted) -> None:
        try:
            where = self._shelf.keep_picture(message.name, message.svg)
        except Trouble as trouble:
            self.say(str(trouble))
        else:
            self.notify(where, title="The picture is kept", markup=False)

    def _studied(self, run_id: str) -> SavedRun | None:
        """A saved run to be looked at; if it cannot be, say so."""
        try:
            return self._shelf.study(run_id)
        except Trouble as trouble:
            self.say(str(trouble))
            return None

    def _play(self, open_session: Callable[[], Session]) -> None:
        """Play what `open_session` brings, right over the title; or say what is wrong."""
        try:
            session = open_session()
        except Trouble as trouble:
            self.say(str(trouble))
            return
        self._back_to_base()
        self.push_screen(self._play_screen(session))

    def _back_to_base(self) -> None:
        """Back to the screen under all others, which is the title whenever this is called."""
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def say(self, trouble: str) -> None:
        """Tell the player what went wrong."""
        from game.tui.screens.trouble import Said  # noqa: PLC0415

        self.push_screen(Said(trouble))

    # ── the size of the window ──────────────────────────────────────────────────────────

    def on_resize(self, event: events.Resize) -> None:
        """Wait, above whatever is open, while the window is too small."""
        width, height = event.size
        small = width < SMALLEST[0] or height < SMALLEST[1]
        if small and not self._waits_for_room:
            from game.tui.screens.too_small import TooSmall  # noqa: PLC0415

            self.push_screen(TooSmall(SMALLEST))
        elif self._waits_for_room and not small:
            self.pop_screen()
        self._waits_for_room = small

    # ── actions ─────────────────────────────────────────────────────────────────────────

    def action_help(self) -> None:
        """Explain the keys, and the words of the scene."""
        from game.tui.screens.help import HelpSheet  # noqa: PLC0415

        if not isinstance(self.screen, HelpSheet):
            self.push_screen(HelpSheet(self))

    async def action_quit(self) -> None:
        """Leave. Every decision has been saved when it was made."""
        self.exit(message=_GOODBYE if self._has_played else None)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The command palette: every key that works here, by name."""
        seen: set[str] = set()
        for node, binding, enabled, tooltip in screen.active_bindings.values():
            if not enabled or binding.id is None or not tooltip or binding.action in seen:
                continue
            seen.add(binding.action)

            def run(action: str = binding.action, node: Any = node) -> None:
                self.call_later(self.run_action, action, node)

            yield SystemCommand(binding.description, tooltip, run)
