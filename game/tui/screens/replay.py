"""The screen on which a recorded run is looked at, step by step or by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from game import asides, words
from game.blocks import Page
from game.pace import SPEEDS, seconds
from game.recording import Mark, MarkKind, Moment, Recording
from game.tui.messages import BranchWanted, LookedAtPromises, PictureWanted
from game.tui.screens.stage import AnyAnswer, StageScreen
from game.tui.widgets.masthead import Standing
from game.tui.widgets.story import A_DAY
from state_machine.view import Ask

_PLAYING: Final = "▶"
_PAUSED: Final = "‖"


class ReplayScreen(StageScreen):
    """A recorded run, a moment at a time. Nothing can be changed here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right,enter,l",
            "forward",
            "Step",
            key_display="← →",
            id="replay.forward",
            tooltip="On, page by page",
            priority=True,
        ),
        Binding(
            "left,h", "back", "Back", False, id="replay.back", tooltip="Back a page", priority=True
        ),
        Binding(
            "space",
            "play",
            "Play",
            id="replay.play",
            tooltip="Let it play by itself, or hold it",
            priority=True,
        ),
        Binding("plus,equals_sign", "speed(1)", "Faster", False, id="replay.faster"),
        Binding("minus", "speed(-1)", "Slower", False, id="replay.slower"),
        Binding(
            "right_square_bracket",
            "near(1,'decision')",
            "Decision",
            key_display="[ ]",
            id="replay.next-decision",
            tooltip="The next decision",
        ),
        Binding(
            "left_square_bracket",
            "near(-1,'decision')",
            "Decision before",
            False,
            id="replay.last-decision",
            tooltip="The decision before",
        ),
        Binding(
            "right_curly_bracket,n",
            "near(1,'phase')",
            "Next phase",
            False,
            id="replay.next-phase",
            tooltip="The next phase",
        ),
        Binding(
            "left_curly_bracket,N",
            "near(-1,'phase')",
            "Phase before",
            False,
            id="replay.last-phase",
            tooltip="The phase before",
        ),
        Binding(
            "c",
            "near(1,'collapse')",
            "Next collapse",
            False,
            id="replay.collapse",
            tooltip="The next number that gives way",
        ),
        Binding(
            "home",
            "jump(0)",
            "First page",
            False,
            id="replay.first",
            tooltip="First",
            priority=True,
        ),
        Binding(
            "end", "jump(-1)", "Last page", False, id="replay.last", tooltip="Last", priority=True
        ),
        Binding("g", "contents", "Go to", id="replay.contents", tooltip="A list of all there is"),
        Binding(
            "w,f2",
            "ledger",
            "Why?",
            False,
            id="replay.ledger",
            tooltip="Every change so far, and why",
        ),
        Binding(
            "p,f3",
            "promises",
            "Promises",
            False,
            id="replay.promises",
            tooltip="What was promised then",
        ),
        Binding("d,f5", "desk", "Desk", False, id="replay.desk", tooltip="The desk as it was"),
        Binding("o,f4", "people", "People", False, id="replay.people", tooltip="Whom you had met"),
        Binding(
            "b",
            "branch",
            "Branch",
            id="replay.branch",
            tooltip="Play on from this decision, in a run of its own",
        ),
        Binding(
            "s",
            "picture",
            "Picture",
            False,
            id="replay.picture",
            tooltip="Keep this screen as a picture",
        ),
        Binding(
            "pagedown,ctrl+d",
            "story(1)",
            "Story down",
            False,
            id="replay.story-down",
            tooltip="More of the story",
            priority=True,
        ),
        Binding(
            "pageup,ctrl+u", "story(-1)", "Story up", False, id="replay.story-up", priority=True
        ),
        Binding("escape", "leave", "Back", False, id="replay.leave", tooltip="Leave the replay"),
    ]

    def __init__(self, recording: Recording, run_id: str, start: int = 0) -> None:
        """Look at a run from the moment `start` on; `run_id` is the saved run’s."""
        super().__init__(f"replay of {run_id}")
        self._recording = recording
        self._run_id = run_id
        self._moment = recording.moment(start)
        self._partly = False
        self._read_before = False
        self._speed = SPEEDS[0]
        self._clock: Timer | None = None

    def on_mount(self) -> None:
        """Show the first moment."""
        self.go(self._moment.at)

    # ── what the rest of the app may ask ────────────────────────────────────────────────

    @property
    def recording(self) -> Recording:
        """The run that is looked at."""
        return self._recording

    @property
    def moment(self) -> Moment:
        """The moment that is shown."""
        return self._moment

    @property
    def playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._clock is not None

    # ── going on and back ───────────────────────────────────────────────────────────────

    def forward(self) -> bool:
        """Show more of the page, or the next one; False if there is nothing more."""
        if self._story.passing:
            self._story.skip()
        elif not self._read_before and _scrolled(self._story):
            pass
        elif self._partly:
            self.go(self._moment.at, whole=True)
        elif self._answer is not None and _scrolled(self._answer):
            pass
        elif self._moment.at < len(self._recording) - 1:
            self.go(self._moment.at + 1)
        else:
            return False
        return True

    def go(self, at: int, *, whole: bool = False) -> None:
        """Show a moment. What leaves no room for its options is read by itself first.

        Shown `whole` it is with them at once. Raises `IndexError` if there is no such moment.
        """
        self._moment = self._recording.moment(at)
        self._partly = False
        page = self._moment.page
        self._show(page)
        crowded = page.ask is not None and self._cramped
        self._read_before = crowded and whole
        if crowded and not whole:
            self._partly = True
            self._show(replace(page, ask=None, instruction=""))
        self._wind()

    def _wind(self) -> None:
        """Let the clock run anew for what is shown, if it runs."""
        if self._clock is not None:
            self._clock.stop()
            self._clock = self.set_timer(self._stay, self._tick)

    @property
    def _stay(self) -> float:
        """How many seconds what is shown stays, if all goes by itself."""
        page = self._page or self._moment.page
        return seconds(page, self._speed) + self._story.days_left * A_DAY / self._speed

    def _tick(self) -> None:
        if self._story.passing or not self.forward():
            self._hold()
        else:
            self._wind()

    def _hold(self) -> None:
        if self._clock is not None:
            self._clock.stop()
            self._clock = None
        self._story.a_day = A_DAY
        self._draw_seam()

    # ── drawing ─────────────────────────────────────────────────────────────────────────

    def _standing(self, page: Page) -> Standing:
        moment = self._moment
        band = words.band(page.kind)
        return Standing(moment.place, moment.now, moment.before, page.hat, *band)

    def _show_answer(self, ask: Ask | None) -> None:
        super()._show_answer(ask)
        answer = self._answer
        if answer is not None:
            answer.show(self._moment.decision)
        self._story.focus()

    def _seam_words(self, answer: AnyAnswer | None) -> tuple[Content, str]:
        last = self._moment.at == len(self._recording) - 1 and not self._partly
        sign = _PLAYING if self.playing else _PAUSED
        pace = Content.styled(f"{sign} {self._speed}×", "bold $hat")
        button = "" if last and not self._story.passing else "next"
        return Content(" · ").join([*self._where(), pace]), button

    def _where(self) -> list[Content]:
        """Which decision it is, whether it stayed, and what gave way."""
        moment, recording = self._moment, self._recording
        which = words.decision_number(moment.number, recording.decisions)
        if moment.number > recording.decisions:
            which = f"decision {moment.number}, still open"
        parts = [Content(which)]
        if moment.taken_back:
            parts.append(Content.styled(words.TAKEN_BACK.upper(), "bold $warning"))
        parts += (
            Content.styled(f"{metric} gives way", "bold $loss") for metric in moment.collapsed
        )
        return parts

    # ── keys ────────────────────────────────────────────────────────────────────────────

    def action_confirm(self) -> None:
        """Do what enter does, by a click."""
        self.forward()

    def action_forward(self) -> None:
        """On, page by page."""
        self.forward()

    def action_back(self) -> None:
        """Back a page."""
        self.go(max(0, self._moment.at - 1), whole=True)

    def action_play(self) -> None:
        """Let it go on by itself, or hold it."""
        if self.playing:
            self._hold()
            return
        if self._moment.at == len(self._recording) - 1:
            self.go(0)
        self._clock = self.set_timer(self._stay, self._tick)
        self._draw_seam()

    def action_speed(self, by: int) -> None:
        """Faster or slower."""
        at = SPEEDS.index(self._speed) + by
        self._speed = SPEEDS[max(0, min(len(SPEEDS) - 1, at))]
        self._story.a_day = A_DAY / self._speed
        self._wind()
        self._draw_seam()

    def action_near(self, by: int, kind: MarkKind) -> None:
        """The next decision, phase or collapse, or the one before."""
        self.go(self._recording.near(self._moment.at, by, kind))

    def action_jump(self, at: int) -> None:
        """To a moment; from the end if it is negative."""
        self.go(at if at >= 0 else len(self._recording) + at)

    def action_contents(self) -> None:
        """Choose from all phases, decisions and collapses."""
        from game.tui.screens.contents import ContentsSheet  # noqa: PLC0415

        def chosen(mark: Mark | None) -> None:
            if mark is not None:
                self.go(mark.at)

        self.app.push_screen(ContentsSheet(self._recording.contents, self._moment.at), chosen)

    def action_ledger(self) -> None:
        """Show every change up to here and its cause."""
        from game.tui.screens.ledger import LedgerSheet  # noqa: PLC0415

        self.app.push_screen(LedgerSheet(self._recording.ledger(self._moment.at)))

    @on(LookedAtPromises)
    def action_promises(self) -> None:
        """Show what was promised then."""
        self._look_up(asides.promises_page(self._moment.now))

    def action_desk(self) -> None:
        """Show the desk as it was."""
        self._look_up(asides.desk_page(self._recording.desk(self._moment.at)))

    def action_people(self) -> None:
        """Show the people met so far."""
        self._look_up(asides.people_page(self._moment.now))

    def action_branch(self) -> None:
        """Ask, then ask for a run of its own from the decision that is shown or told of."""
        from game.tui.screens.trouble import BranchHere  # noqa: PLC0415

        if self._moment.taken_back:
            self.notify("This was taken back. A run can go on only from what stayed.")
            return
        number = max(1, self._moment.number)

        def answered(wanted: bool | None) -> None:
            if wanted:
                self.post_message(BranchWanted(self._run_id, number))

        self._hold()
        self.app.push_screen(BranchHere(number, made=number <= self._recording.decisions), answered)

    def action_picture(self) -> None:
        """Ask for the screen to be kept."""
        from game.tui.pictures import set_in_our_font  # noqa: PLC0415

        name = f"{self._run_id}-{self._moment.at + 1}"
        shot = self.app.export_screenshot(title=self._run_id, simplify=True)
        self.post_message(PictureWanted(name, set_in_our_font(shot)))

    def action_story(self, pages: int) -> None:
        """Scroll the story or, where it has no more, the options."""
        answer = self._answer
        if pages > 0 and not self._story.more and answer is not None:
            _scrolled(answer)
            return
        if pages < 0 and answer is not None:
            answer.scroll_home(animate=False, force=True)
        super().action_story(pages)

    def action_leave(self) -> None:
        """Back to where the replay was opened; leave the game if that was nowhere."""
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()
        else:
            self.app.exit()


def _scrolled(widget: Widget) -> bool:
    """Scroll down by a page, also what takes no keys; whether there was more to see."""
    before = widget.scroll_offset
    widget.scroll_page_down(animate=False, force=True)
    return widget.scroll_offset != before
