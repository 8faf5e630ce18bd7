"""The screen on which a run is played: pages to read, one after the other, and decisions."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar, Final

import msgspec
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from game import asides, words
from game.blocks import Page
from game.session import Session
from game.shelf import Trouble
from game.tui.messages import Changed, Decided, LookedAtPromises, RunLeft
from game.tui.render import spaced, stacked, wrapped
from game.tui.themes import NEUTRAL
from game.tui.widgets.allocating import AllocateMenu
from game.tui.widgets.choosing import ChooseMenu
from game.tui.widgets.composing import ComposeMenu
from game.tui.widgets.glove import Glove
from game.tui.widgets.key_bar import KeyBar
from game.tui.widgets.masthead import Masthead, Standing
from game.tui.widgets.picking import PickMenu
from game.tui.widgets.plate import Plate
from game.tui.widgets.ranking import RankMenu
from game.tui.widgets.seam import Seam
from game.tui.widgets.sidebar import Sidebar
from game.tui.widgets.sorting import SortMenu
from game.tui.widgets.story import Story
from game.tui.widgets.writing import WriteLine
from state_machine import Decision, IllegalDecision
from state_machine.view import Ask, AskKind, View

AnyAnswer = ChooseMenu | PickMenu | RankMenu | SortMenu | AllocateMenu | ComposeMenu | WriteLine
"""The widgets by which the player answers, one for each kind of decision."""

WIDE: Final = 100
"""From so many columns on there is a sidebar."""

_SIDEBAR: Final = 36
_BESIDE: Final = 6
"""Columns of the sidebar that its frame and a scrollbar take."""

_MEASURE: Final = 80
_NARROW_MEASURE: Final = 76
_MARGIN: Final = 2
_LEAST_STORY: Final = 3
_HIDDEN: Final = 2
"""So many rows of a story may be out of sight over its options before it is read by itself."""

_AROUND: Final = 2
"""Rows that the seam and the keys take."""

_ANSWERS: Final[dict[AskKind, type[AnyAnswer]]] = {
    "choose": ChooseMenu,
    "predict": ChooseMenu,
    "pick": PickMenu,
    "diary": PickMenu,
    "rank": RankMenu,
    "sort": SortMenu,
    "allocate": AllocateMenu,
    "compose": ComposeMenu,
    "write": WriteLine,
}
_LAGGING: Final = ("fortnight", "review", "gate")
"""Pages on which and before which the head still shows where the run was."""

_TURNING: Final = (*_LAGGING, "phase", "ending")
"""Pages before which it does; on a phase's or an ending's own it shows where that is."""


class PlayScreen(Screen[None]):
    """One run. Shows a page at a time; the last page of a turn asks for a decision."""

    CSS_PATH = "play.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012  # as in Screen
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
        super().__init__()
        self._session = session
        self._view = session.view
        self._before = session.view_before
        self._place = self._before
        self._queue: deque[Page] = deque(session.first_pages())
        self._page: Page | None = None
        self._read: Page | None = None
        self._cramped = False
        self._drawn_at: Size | None = None
        self._story = Story()
        self._seam = Seam()
        self._prompt = Static(markup=False, id="prompt")
        self._legend = Plate()
        self._legend.id = "legend"
        self._masthead = Masthead()
        self._sidebar = Sidebar()
        self._glove = Glove()
        self._answers: dict[type[AnyAnswer], AnyAnswer] = {}

    def compose(self) -> ComposeResult:
        """Head, side and foot around the story; answers are added when one is first needed."""
        yield self._masthead
        yield KeyBar("all is saved")
        yield self._glove
        yield self._sidebar
        yield self._story
        yield self._prompt
        yield self._seam
        yield self._legend

    def on_mount(self) -> None:
        """Show the first page."""
        self._turn_page()

    # ── what the rest of the app may ask ────────────────────────────────────────────────

    @property
    def session(self) -> Session:
        """The run that is played here."""
        return self._session

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._page

    @property
    def ask(self) -> Ask | None:
        """The decision that the page shown waits for."""
        return self._page.ask if self._page else None

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
            self.post_message(RunLeft())

    def _turn_page(self) -> None:
        """Show the next page. What leaves no room for its options is read by itself first."""
        page = self._queue.popleft() if self._queue else self._session.ask_page()
        self._show(page)
        if page.ask and self._cramped and page != self._read:
            self._read = page
            self._show(replace(page, ask=None, instruction=""))

    def _show(self, page: Page) -> None:
        self._page = page
        if page.ask or page.kind in ("phase", "setting", "ending") or not _lags(page, self._queue):
            self._place = self._view
        self._show_answer(page.ask)
        self._draw()
        self.app.theme = page.hat or NEUTRAL

    def _show_answer(self, ask: Ask | None) -> None:
        wanted = _ANSWERS[ask.kind] if ask else None
        for kind, answer in self._answers.items():
            answer.display = kind is wanted
        if ask is None or wanted is None:
            self._story.focus()
            return
        answer = self._answers.get(wanted) or wanted()
        answer.offer(ask)
        if wanted not in self._answers:
            self._answers[wanted] = answer
            self.mount(answer, after=self._legend)
        answer.focus()

    @property
    def _answer(self) -> AnyAnswer | None:
        """The widget that answers the page shown, if it asks."""
        return self._answers[_ANSWERS[self.ask.kind]] if self.ask else None

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

    # ── drawing ─────────────────────────────────────────────────────────────────────────

    @property
    def _wide(self) -> bool:
        return self.app.size.width >= WIDE

    @property
    def _measure(self) -> int:
        """How wide the story is."""
        width = self.app.size.width
        if self._wide:
            return min(_MEASURE, width - _SIDEBAR - 2 * _MARGIN - 1)
        return min(_NARROW_MEASURE, width - 2 * _MARGIN)

    @property
    def _now(self) -> View:
        """What is known at the end of the page: what comes on later pages does not show yet."""
        page, view = self._page, self._view
        if page is None or not _lags(page, self._queue):
            return view
        told = not any(each.promises for each in self._queue)
        return _so_far(self._before, page, view if told else self._before)

    def _draw(self) -> None:
        """Show the page and all around it at the present size."""
        page, width = self._page, self.app.size.width
        if page is None:
            return
        self._drawn_at = self.app.size
        now = self._now
        standing = Standing(self._place, now, self._before, page.hat, *words.band(page.kind))
        self._masthead.show(standing, width, metrics=not self._wide)
        self._glove.display = not self._wide
        self._glove.show(now.promises, now.settled, width - 2 * _MARGIN)
        if self._wide:
            self._sidebar.show(standing, _SIDEBAR - _BESIDE)
        self._fit()
        self._draw_seam()

    def _fit(self) -> None:
        """Share the height between the story and the options."""
        if self._page is None:
            return
        width, answer = self._measure, self._answer
        head, prompt = self._masthead.rows, self._show_prompt(width)
        legend = self._show_legend(width)
        gaps = 2 + bool(prompt) + bool(legend)
        around = _AROUND + prompt + legend + self._glove.display
        room = self.app.size.height - head - 1 - around
        asked = answer.lines(width, airy=False) if answer else 0
        self._story.show(self._page, width, room - asked)
        told = self._story.lines
        cramped = answer is not None and told + asked > room
        room += cramped
        self._masthead.styles.height = head + (not cramped)
        if answer is not None:
            airy = told + answer.lines(width, airy=True) + gaps <= room
            asked = answer.lines(width, airy=airy)
            answer.fit(width, airy=airy)
            self._legend.styles.margin = (0, 0, int(airy), 0)
        loose = told + asked + gaps <= room
        story = min(told, max(room - asked, _LEAST_STORY))
        self._cramped = told - story > _HIDDEN
        self._prompt.styles.margin = (int(loose), 0, 0, 0)
        self._seam.styles.margin = (1, 0) if loose else 0
        self._seam.styles.width = width + 2 * _MARGIN
        for widget, height in ((self._story, story), (answer, min(asked, room - story))):
            if widget is not None:
                widget.styles.width, widget.styles.height = widget.outer(width), height

    def _show_prompt(self, width: int) -> int:
        """Say how to decide, where it stays in sight; returns how many rows that takes."""
        instruction = self._page.instruction if self._page else ""
        lines = wrapped(spaced(instruction).stylize("$quiet"), width) if instruction else []
        self._prompt.update(stacked(lines))
        self._prompt.display = bool(lines)
        self._prompt.styles.width = width + 2 * _MARGIN
        return len(lines)

    def _show_legend(self, width: int) -> int:
        """Show what the answer keeps in sight over its options; returns how many rows it takes."""
        lines = self._answer.legend(width) if self._answer else []
        self._legend.draw(stacked(lines))
        self._legend.display = bool(lines)
        self._legend.styles.width, self._legend.styles.height = width + 2 * _MARGIN, len(lines)
        return len(lines)

    def _draw_seam(self) -> None:
        answer = self._answer
        status = answer.status if answer else Content("")
        ended = self._session.over and not self._queue
        onward = "to the end" if self._story.passing else "go on"
        button = answer.button if answer else "to the title" if ended else onward
        more = "more ▾ pgdn" if self._story.more else ""
        self._seam.show(status, button, self._measure, more=more)

    @on(Changed)
    def _changed(self, message: Changed) -> None:
        message.stop()
        self._show_legend(self._measure)
        self._draw_seam()

    def on_resize(self, _event: events.Resize) -> None:
        """Draw everything again at a new size, once the new layout stands."""
        if self.app.size != self._drawn_at:
            self.call_after_refresh(self._draw)

    # ── looking things up ───────────────────────────────────────────────────────────────

    def action_story(self, pages: int) -> None:
        """Scroll the story, whatever has the focus."""
        if pages > 0:
            self._story.scroll_page_down(animate=False)
        else:
            self._story.scroll_page_up(animate=False)

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

    def _look_up(self, page: Page) -> None:
        from game.tui.screens.sheet import Sheet  # noqa: PLC0415

        self.app.push_screen(Sheet(page))

    def action_leave(self) -> None:
        """Back to the title."""
        self.post_message(RunLeft())


def _lags(page: Page, queue: Iterable[Page]) -> bool:
    """Whether this page, or one that comes after it, still tells of what is over."""
    return page.kind in _LAGGING or any(each.kind in _TURNING for each in queue)


def _so_far(before: View, page: Page, promised: View) -> View:
    """What was known before a decision, with the numbers as they stand at the end of a page."""
    numbers = dict(page.numbers)
    return msgspec.structs.replace(
        before,
        metrics=tuple((metric, numbers.get(metric, value)) for metric, value in before.metrics),
        runway=numbers.get("runway", before.runway),
        users=numbers.get("users", before.users),
        revenue=numbers.get("revenue", before.revenue),
        promises=promised.promises,
        settled=promised.settled,
    )
