"""The story: one page at a time, in one `Static` that scrolls when it is too long."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from game.blocks import Page
from game.tui import render
from game.tui.messages import Changed

A_DAY: Final = 0.45
"""So many seconds a day of a sprint takes on the board."""


class Story(VerticalScroll, can_focus=True):
    """The page that is shown. Has the focus while there is nothing to decide."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", "Scroll down", show=False, id="story.down"),
        Binding("up,k", "scroll_up", "Scroll up", show=False, id="story.up"),
    ]

    def __init__(self) -> None:
        """Empty; `show` fills it."""
        super().__init__()
        self._text = Static(markup=False)
        self._page: Page | None = None
        self._drawn: Content = Content("")
        self._size_set_for = (0, 0)
        self._day: int | None = None
        self.a_day: float | None = A_DAY
        """So many seconds a day of a sprint takes; None if somebody else lets them pass."""

        self._clock: Timer | None = None

    def compose(self) -> ComposeResult:
        """The text."""
        yield self._text

    def show(self, page: Page, width: int, room: int) -> None:
        """Show a page from its top, or the same page in another size from where it was.

        Where it would need more than `room` lines, it is set tight, if that helps: a page that
        asks is shorter to scroll then, one that is only read must fit.
        """
        new = page is not self._page
        if not new and (width, room) == self._size_set_for:
            return
        if new:
            self._begin_days(page)
        self._page, self._size_set_for = page, (width, room)
        self._drawn = render.page(page, width)
        if self.lines > room:
            tight = render.page(page, width, tight=True)
            if page.ask is not None or _count(tight) <= room:
                self._drawn = tight
        self._text.update(
            self._drawn if self._day is None else render.passing(page, self._day, width)
        )
        if new:
            self.scroll_home(animate=False)

    # ── days that pass ──────────────────────────────────────────────────────────────────

    @property
    def passing(self) -> bool:
        """Whether days of a sprint are still passing on the page."""
        return self._day is not None

    @property
    def days_left(self) -> int:
        """How many days of a sprint are still to pass."""
        board = render.board_of(self._page) if self._page and self.passing else None
        return len(board.days) - 1 - (self._day or 0) if board else 0

    def skip(self) -> None:
        """Let the days that are left pass at once."""
        self._day = None
        if self._clock is not None:
            self._clock.stop()
            self._clock = None
        self._text.update(self._drawn)
        self.post_message(Changed())

    def _begin_days(self, page: Page) -> None:
        """Let the days of a page's board pass, one after the other, if the player likes motion."""
        if self._clock is not None:
            self._clock.stop()
        board = render.board_of(page)
        moving = board is not None and len(board.days) > 1 and self.app.animation_level != "none"
        self._day = 0 if moving else None
        by_itself = moving and self.a_day is not None
        self._clock = self.set_interval(self.a_day or A_DAY, self.next_day) if by_itself else None

    def next_day(self) -> None:
        """Let one of the days pass that are left."""
        page = self._page
        board = render.board_of(page) if page else None
        if page is None or board is None or self._day is None:
            return
        self._day += 1
        if self._day >= len(board.days) - 1:
            self.skip()
        else:
            self._text.update(render.passing(page, self._day, self._size_set_for[0]))

    def outer(self, width: int) -> int:
        """How wide the widget is for a text of this width; the margin has the scrollbar."""
        return width + 4

    @property
    def text(self) -> Content:
        """The page as it is drawn."""
        return self._drawn

    @property
    def lines(self) -> int:
        """How many lines the page has at its width."""
        return _count(self._drawn)

    @property
    def more(self) -> bool:
        """Whether there is more of the page below."""
        return self.scroll_offset.y < self.max_scroll_y

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say that more or less of the page is still below."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(Changed())

    def watch_virtual_size(self) -> None:
        """Say that the page now needs more or less room."""
        self.post_message(Changed())


def _count(text: Content) -> int:
    return text.plain.count("\n") + 1
