"""The screen on which a run is played: pages to read, one after the other, and decisions."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content

from game import asides, words
from game.blocks import Page
from game.session import Session
from game.shelf import Trouble
from game.tui.messages import Decided, LookedAtPromises, RunEnded, RunLeft
from game.tui.screens.stage import AnyAnswer, StageScreen
from game.tui.widgets.masthead import Standing
from game.unfolding import arrives, known
from state_machine import Decision, IllegalDecision


class PlayScreen(StageScreen):
    """One run. Shows a page at a time; the last page of a turn asks for a decision."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space", "go_on", "Go on", False, id="play.go-on", tooltip="Read on, page by page"
        ),
        Binding("w,f2", "ledger", "Why?", id="play.ledger", tooltip="Every change and its cause"),
        Binding(
            "p,f3", "promises", "Promises", id="play.promises", tooltip="What you have promised"
        ),
        Binding("d,f5", "desk", "Desk", id="play.desk", tooltip="Every artifact, and the team"),
        Binding("u", "undo", "Take back", False, id="play.undo", tooltip="Take back one decision"),
        Binding("o,f4", "people", "People", id="play.people", tooltip="Whom you have met"),
        Binding(
            "pagedown,ctrl+d",
            "story(1)",
            "Story down",
            False,
            id="play.story-down",
            tooltip="More of the story",
            priority=True,
        ),
        Binding("pageup,ctrl+u", "story(-1)", "Story up", False, id="play.story-up", priority=True),
        Binding(
            "escape",
            "leave",
            "Title screen",
            False,
            id="play.leave",
            tooltip="Back to the title; the run is saved",
        ),
    ]

    def __init__(self, session: Session) -> None:
        """Play on from where the session stands."""
        super().__init__("all is saved")
        self._session = session
        self._view = session.view
        self._before = session.view_before
        self._place = self._before
        self._queue: deque[Page] = deque(session.first_pages())
        self._read: Page | None = None

    def on_mount(self) -> None:
        """Show the first page."""
        self._turn_page()

    # ── what the rest of the app may ask ────────────────────────────────────────────────

    @property
    def session(self) -> Session:
        """The run that is played here."""
        return self._session

    # ── reading on ──────────────────────────────────────────────────────────────────────

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Reading on is for pages that ask nothing."""
        return self.ask is None if action == "go_on" else True

    def action_confirm(self) -> None:
        """Do what enter does, by a click."""
        answer = self._answer
        if answer is not None:
            answer.settle()
        else:
            self.action_go_on()

    def action_go_on(self) -> None:
        """Show more of the page, or else the next one."""
        if self._story.passing:
            self._story.skip()
        elif self._story.more:
            self._story.scroll_page_down(animate=False)
        elif self._queue or not self._session.over:
            self._turn_page()
        else:
            self.post_message(RunEnded())

    def _turn_page(self) -> None:
        """Show the next page. What leaves no room for its options is read by itself first."""
        page = self._queue.popleft() if self._queue else self._session.ask_page()
        self._show(page)
        if page.ask and self._cramped and page != self._read:
            self._read = page
            self._show(replace(page, ask=None, instruction=""))

    def _show(self, page: Page) -> None:
        if arrives(page, self._queue):
            self._place = self._view
        super()._show(page)

    def _standing(self, page: Page) -> Standing:
        now = known(self._before, self._view, page, self._queue)
        return Standing(self._place, now, self._before, page.hat, *words.band(page.kind))

    def _seam_words(self, answer: AnyAnswer | None) -> tuple[Content, str]:
        if answer is not None:
            return answer.status, answer.button
        if self._session.over and not self._queue:
            return Content(""), "look back"
        return Content(""), "to the end" if self._story.passing else "go on"

    # ── deciding ────────────────────────────────────────────────────────────────────────

    @on(Decided)
    def _decided(self, message: Decided) -> None:
        message.stop()
        self._decide(message.decision)

    def _decide(self, decision: Decision) -> None:
        """Bring about a decision and read what comes of it; if it cannot be saved, say so."""
        try:
            pages = self._session.decide(decision)
        except IllegalDecision as refusal:
            self.notify(str(refusal), title="Not like this", severity="warning")
            return
        except (Trouble, OSError) as trouble:
            self._offer_again(decision, str(trouble))
            return
        self._before, self._view = self._view, self._session.view
        self._queue.extend(pages)
        self._turn_page()

    def action_undo(self) -> None:
        """Take the last decision back, once the player has said that it is meant."""
        from game.tui.screens.trouble import TakeBack  # noqa: PLC0415

        def answered(wanted: bool | None) -> None:
            if wanted:
                self._undo()

        if self._session.can_undo:
            self.app.push_screen(TakeBack(), answered)
        else:
            self.notify(words.NO_UNDO, severity="warning")

    def _undo(self) -> None:
        from game.tui.screens.trouble import Said  # noqa: PLC0415

        try:
            pages = self._session.undo()
        except (Trouble, OSError) as trouble:
            self.app.push_screen(Said(str(trouble)))
            return
        self._before = self._place = self._view = self._session.view
        self._queue = deque(pages)
        self._read = None
        self._turn_page()

    def _offer_again(self, decision: Decision, trouble: str) -> None:
        from game.tui.screens.trouble import NotSaved  # noqa: PLC0415

        def again(wanted: bool | None) -> None:
            if wanted:
                self._decide(decision)

        self.app.push_screen(NotSaved(trouble), again)

    # ── looking things up ───────────────────────────────────────────────────────────────

    def action_ledger(self) -> None:
        """Show every change and its cause."""
        from game.tui.screens.ledger import LedgerSheet  # noqa: PLC0415

        self.app.push_screen(LedgerSheet(self._session.ledger()))

    @on(LookedAtPromises)
    def action_promises(self) -> None:
        """Show the promises in full."""
        self._look_up(asides.promises_page(self._view))

    def action_desk(self) -> None:
        """Show what lies on the desk."""
        self._look_up(asides.desk_page(self._session.desk))

    def action_people(self) -> None:
        """Show the people met."""
        self._look_up(asides.people_page(self._view))

    def action_leave(self) -> None:
        """Back to the title."""
        self.post_message(RunLeft())
