"""The debrief of a run: what the player thinks mattered, then what there is to see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Input, OptionList, ProgressBar, Static
from textual.widgets.option_list import Option
from textual.worker import Worker, WorkerState, get_current_worker

from game import words
from game.blocks import Page
from game.reports.debrief import (
    COMPUTING,
    COMPUTING_WHY,
    LONGEST,
    MONDAY,
    MONDAY_KEYS,
    NAMING,
    TITLE,
    debrief_pages,
    decisions_made,
)
from game.reports.notes import Keep, Notes, keep_nothing
from game.shelf import Trouble
from game.tui.messages import DebriefLeft
from game.tui.render import apart, blocks, stacked, wrapped
from game.tui.widgets.key_bar import KeyBar
from game.tui.widgets.pointing import PointingList
from game.tui.widgets.scroll import Scroll
from scenes.sanitise import clean_line
from scenes.schema import Pack
from state_machine.counterfactual import Examination, examine
from state_machine.debrief import facts
from state_machine.events import Step
from state_machine.rules import Rules

if TYPE_CHECKING:
    from saves.records import About

_MEASURE: Final = 88
_FRAME: Final = 5
"""Columns that the padding and a scrollbar take."""

_NUMBERS: Final = 4
_GLANCED: Final = 160
_POINTER: Final = 2
"""Columns that the sign before the decision pointed at takes."""


class _Stopped(Exception):
    """The player does not want to wait for the re-runs."""


class DebriefScreen(Screen[None]):
    """First the player names a decision; then come the re-runs, the pages, and Monday."""

    CSS_PATH = "debrief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right,l,enter,space",
            "on",
            "Next",
            key_display="→",
            id="debrief.next",
            tooltip="More of the page, then the next one",
        ),
        Binding("left,h", "back", "Back", key_display="←", id="debrief.back", tooltip="Back"),
        Binding("s", "skip", "Skip", id="debrief.skip", tooltip="Name none, or do not wait"),
        Binding("down,j", "scroll(1)", "Down", False, id="debrief.down"),
        Binding("up,k", "scroll(-1)", "Up", False, id="debrief.up"),
        Binding("pagedown,ctrl+d", "page(1)", "Page down", False, id="debrief.page-down"),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", False, id="debrief.page-up"),
        Binding("escape", "leave", "Leave", id="debrief.leave", tooltip="Leave it, or do not wait"),
    ]

    def __init__(
        self,
        pack: Pack,
        steps: Sequence[Step],
        keep: Keep = keep_nothing,
        rules: Rules | None = None,
        notes: Notes | None = None,
        *,
        run_id: str = "",
    ) -> None:
        """The debrief of the run that these steps are.

        `keep` is handed what the player says; `notes` are what they have said before: who has
        named a decision is not asked again. `run_id` is the name by which the run is found again;
        empty if what is said is kept nowhere.
        """
        super().__init__()
        self._pack = pack
        self._steps = steps
        self._keep = keep
        self._rules = rules
        self._notes = notes or Notes()
        self._run_id = run_id
        self._facts = facts(pack, steps, rules)
        self._pages: list[Page] = []
        self._at = 0
        self._written_at: Size | None = None
        self._head = Static(markup=False, id="head")
        self._scroll = Scroll(can_focus=True)
        self._decisions = PointingList(markup=False)
        self._bar = ProgressBar(show_eta=False)
        self._asked = Static(markup=False, id="asked")
        self._prompt = Static(f"{MONDAY} {MONDAY_KEYS}", markup=False, id="prompt")
        self._monday = Input(max_length=LONGEST, select_on_focus=False)

    def compose(self) -> ComposeResult:
        """A head, whatever is shown under it, and the keys."""
        with Vertical(id="body"):
            yield self._head
            yield self._asked
            yield self._decisions
            yield self._bar
            yield self._scroll
            yield self._prompt
            yield self._monday
        yield KeyBar("what you say is kept")

    def on_mount(self) -> None:
        """Ask first; nothing is shown before the player has had their say."""
        for widget in (self._bar, self._scroll, self._prompt, self._monday):
            widget.display = False
        if self._notes.pivotal is None and self._facts.made:
            self._ask()
        else:
            self._compute()

    @property
    def page(self) -> Page | None:
        """The page that is shown, once there are any."""
        return self._pages[self._at] if self._pages else None

    # ── naming ──────────────────────────────────────────────────────────────────────────

    @property
    def _is_naming(self) -> bool:
        return self._decisions.display

    def _ask(self) -> None:
        self._show_head(TITLE)
        self._write_question(NAMING)
        self._list_decisions()
        self._decisions.focus()

    def _list_decisions(self) -> None:
        at = self._decisions.highlighted  # none at first: who pages on by enter has named nothing
        width = self._width - _POINTER
        self._decisions.clear_options()
        self._decisions.add_options(
            Option(
                apart(
                    Content.assemble(
                        (f"{number:>{_NUMBERS - 1}} ", "$quiet"), (title, "bold"), "  ", said
                    ).truncate(width - len(phase) - 2, ellipsis=True),
                    Content.styled(phase, "$quiet"),
                    width,
                )
            )
            for number, phase, title, said in decisions_made(self._facts)
        )
        self._decisions.highlighted = at

    @on(OptionList.OptionSelected)
    def _named(self, event: OptionList.OptionSelected) -> None:
        """Ask whether it is that one: what is named is kept for good."""
        from game.tui.screens.trouble import NameIt  # noqa: PLC0415

        event.stop()
        number, _, title, said = decisions_made(self._facts)[event.option_index]

        def answered(wanted: bool | None) -> None:
            if wanted and self._kept("pivotal", str(number)):
                self._notes = Notes(number, self._notes.monday)
                self._compute()

        self.app.push_screen(NameIt(number, title, words.glance(said, _GLANCED)), answered)

    # ── waiting ─────────────────────────────────────────────────────────────────────────

    @property
    def _is_waiting(self) -> bool:
        return self._bar.display

    def _compute(self) -> None:
        self._decisions.display = False
        self._bar.display = True
        self._say_why()
        self._scroll.display = False
        self.set_focus(None)
        self.refresh_bindings()
        self.run_worker(self._examine, thread=True, exclusive=True, exit_on_error=False)

    def _say_why(self) -> None:
        self._show_head(TITLE)
        self._write_question(f"{COMPUTING}. {COMPUTING_WHY}")

    def _examine(self) -> Examination | None:
        """Examine the run, in a thread; None if the player will not wait."""
        worker = get_current_worker()

        def progress(done: int, of: int) -> None:
            if worker.is_cancelled:
                raise _Stopped
            self.app.call_from_thread(self._bar.update, total=of, progress=done)

        try:
            return examine(self._pack, self._steps, self._rules, progress)
        except _Stopped:
            return None

    @on(Worker.StateChanged)
    def _examined(self, event: Worker.StateChanged) -> None:
        event.stop()
        if event.state is WorkerState.ERROR and event.worker.error:
            raise event.worker.error
        if event.state in (WorkerState.SUCCESS, WorkerState.CANCELLED) and self._is_waiting:
            found = event.worker.result if event.state is WorkerState.SUCCESS else None
            self._open(found if isinstance(found, Examination) else None)

    # ── reading ─────────────────────────────────────────────────────────────────────────

    def _open(self, examination: Examination | None) -> None:
        """Show the first page."""
        self._pages = debrief_pages(self._pack, self._facts, examination, self._notes)
        self._bar.display = False
        self._scroll.display = True
        self._monday.value = self._notes.monday
        self._turn_to(0)

    def _turn_to(self, at: int) -> None:
        self._at = at
        last = at == len(self._pages) - 1
        self._asked.display = False
        self._monday.display = self._prompt.display = last
        self._write()
        self._scroll.scroll_home(animate=False)
        (self._monday if last else self._scroll).focus()
        self.refresh_bindings()

    def _write(self) -> None:
        page = self.page
        if page is None:
            return
        self._show_head(page.title, f"{self._at + 1} of {len(self._pages)}")
        self._scroll.write(stacked(blocks(page.blocks, self._width)))

    @property
    def _width(self) -> int:
        return min(_MEASURE, self.app.size.width) - _FRAME

    def _show_head(self, title: str, where: str = "") -> None:
        self._written_at = self.app.size
        self._head.update(
            apart(
                Content.styled(title, "bold $hat"),
                Content.styled(where or self._pack.info.company, "$quiet"),
                self._width,
            )
        )

    def _write_question(self, text: str) -> None:
        self._asked.display = True
        self._asked.update(stacked(wrapped(Content.styled(text, "$quiet"), self._width)))

    def on_resize(self) -> None:
        """Write everything again at the new width, once the new layout stands."""
        if self.app.size != self._written_at:
            self.call_after_refresh(self._write_again)

    def _write_again(self) -> None:
        if self._is_naming:
            self._ask()
        elif self._is_waiting:
            self._say_why()
        else:
            self._write()

    # ── keys ────────────────────────────────────────────────────────────────────────────

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Pages can be turned once there are any; only a question or a wait can be skipped."""
        if action == "skip":
            return self._is_naming or self._is_waiting
        if action == "back":
            return bool(self._pages) and self._at > 0
        if action == "on":
            return bool(self._pages) and self._at < len(self._pages) - 1
        return True

    def action_on(self) -> None:
        """Show more of the page, or else the next one."""
        if self._scroll.scroll_y < self._scroll.max_scroll_y:
            self._scroll.scroll_page_down(animate=False)
        elif self._at < len(self._pages) - 1:
            self._turn_to(self._at + 1)

    def action_back(self) -> None:
        """Show the page before."""
        if self._at > 0:
            self._turn_to(self._at - 1)

    def action_scroll(self, by: int) -> None:
        """Scroll by a line; on the last page up from the line that is written on, a page back."""
        if by < 0 and self._monday.has_focus and self._scroll.scroll_y <= 0:
            self.action_back()
        else:
            self._scroll.by_lines(by)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        self._scroll.by_pages(by)

    def action_skip(self) -> None:
        """Name no decision, or do not wait for the re-runs."""
        if self._is_naming:
            self._compute()
        else:
            self.workers.cancel_node(self)

    def action_leave(self) -> None:
        """Do not wait, or else back to where the debrief was opened."""
        if self._is_waiting:
            self.action_skip()
        else:
            self._leave()

    def _leave(self) -> None:
        self.post_message(DebriefLeft())

    # ── Monday ──────────────────────────────────────────────────────────────────────────

    @on(Input.Submitted)
    def _said(self, event: Input.Submitted) -> None:
        """Keep the sentence, if there is one, say how to share the debrief, and go."""
        from game.tui.screens.trouble import Kept  # noqa: PLC0415

        event.stop()
        sentence = clean_line(event.value, LONGEST)
        if not sentence or sentence == self._notes.monday:
            self._leave()
        elif self._kept("monday", sentence):
            if self._run_id:
                self.app.push_screen(Kept(self._run_id), lambda _: self._leave())
            else:
                self._leave()

    def _kept(self, about: About, text: str) -> bool:
        """Keep what the player said; if that cannot be saved, say so and let them try again."""
        try:
            self._keep(about, text)
        except (Trouble, OSError) as trouble:
            self.notify(str(trouble), title="Not kept", severity="warning")
            return False
        return True
