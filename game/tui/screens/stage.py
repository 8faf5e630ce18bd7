"""The stage: one page with the head, the side and the foot of a run around it.

What is played and what is replayed look the same; a screen that draws here says which page is
shown, how the run stands on it, and what its keys do.
"""

from __future__ import annotations

from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from game.blocks import Page
from game.tui.messages import Changed
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
from game.tui.widgets.seam import Hints, Seam
from game.tui.widgets.sidebar import Sidebar
from game.tui.widgets.sorting import SortMenu
from game.tui.widgets.story import Story
from game.tui.widgets.writing import WriteLine
from state_machine.view import Ask, AskKind

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


class StageScreen(Screen[None]):
    """Draws a page of a run, and all that stands around it, at any size."""

    CSS_PATH = "stage.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012  # as in Screen

    def __init__(self, aside: str) -> None:
        """`aside` stands at the end of the line of keys, where there is room."""
        super().__init__()
        self._page: Page | None = None
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
        self._keys = KeyBar(aside)
        self._answers: dict[type[AnyAnswer], AnyAnswer] = {}

    def compose(self) -> ComposeResult:
        """Head, side and foot around the story; answers are added when one is first needed."""
        yield self._masthead
        yield self._keys
        yield self._glove
        yield self._sidebar
        yield self._story
        yield self._prompt
        yield self._seam
        yield self._legend

    # ── what a screen says ──────────────────────────────────────────────────────────────

    def _standing(self, page: Page) -> Standing:
        """What the head and the sidebar show beside a page."""
        raise NotImplementedError

    def _seam_words(self, answer: AnyAnswer | None) -> tuple[Content, str]:
        """What stands on the seam: how things stand, and what enter does."""
        raise NotImplementedError

    # ── the page ────────────────────────────────────────────────────────────────────────

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._page

    @property
    def ask(self) -> Ask | None:
        """The decision that the page shown waits for."""
        return self._page.ask if self._page else None

    def _show(self, page: Page) -> None:
        self._page = page
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

    def _draw(self) -> None:
        """Show the page and all around it at the present size."""
        page, width = self._page, self.app.size.width
        if page is None:
            return
        self._drawn_at = self.app.size
        standing = self._standing(page)
        now = standing.now
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
        status, button = self._seam_words(answer)
        above, below = answer.hidden() if answer else (0, 0)
        hints = Hints(self._story.more, above, below)
        self._seam.show(status, button, self._measure, hints)

    @on(Changed)
    def _changed(self, message: Changed) -> None:
        message.stop()
        self._show_legend(self._measure)
        self._draw_seam()

    def on_resize(self, _event: events.Resize) -> None:
        """Draw everything again at a new size, once the new layout stands."""
        if self.app.size != self._drawn_at:
            self.call_after_refresh(self._draw)

    def on_screen_suspend(self) -> None:
        """What was asked in passing is no longer asked once the player has looked elsewhere."""
        if answer := self._answer:
            answer.hush()

    def action_story(self, pages: int) -> None:
        """Scroll the story, whatever has the focus."""
        if answer := self._answer:
            answer.hush()
        if pages > 0:
            self._story.scroll_page_down(animate=False)
        else:
            self._story.scroll_page_up(animate=False)

    def _look_up(self, page: Page) -> None:
        from game.tui.screens.sheet import Sheet  # noqa: PLC0415

        self.app.push_screen(Sheet(page))
