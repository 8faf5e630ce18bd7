"""The table of contents of a recorded run: to find a moment in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList

from game import words
from game.recording import Mark
from game.tui.render import spaced
from game.tui.widgets.key_bar import KeyBar
from game.tui.widgets.pointing import PointingList

_MEASURE: Final = 84
_FRAME: Final = 10
"""Columns that the frame, its padding, the pointer and a scrollbar take."""

_TITLES: Final = 24


class ContentsSheet(ModalScreen[Mark | None]):
    """Phases, decisions and what gave way. Typing narrows the list; enter goes there."""

    CSS_PATH: ClassVar[list[str]] = ["sheet.tcss", "contents.tcss"]  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Go there", id="contents.choose", priority=True),
        Binding("down", "point(1)", "Point", key_display="↑ ↓", priority=True, id="contents.down"),
        Binding("up", "point(-1)", "", False, priority=True, id="contents.up"),
        Binding("pagedown", "point(10)", "", False, priority=True, id="contents.page-down"),
        Binding("pageup", "point(-10)", "", False, priority=True, id="contents.page-up"),
        Binding("escape", "dismiss", "Back", key_display="esc", id="contents.back"),
    ]

    def __init__(self, marks: Sequence[Mark], at: int) -> None:
        """Point at the last of these marks that is not after the moment `at`."""
        super().__init__()
        self._marks = marks
        self._shown = list(marks)
        self._at = at
        self._filter = Input(placeholder="type to find")
        self._list = PointingList(markup=False)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """The line to type on, over the list."""
        with Vertical(id="sheet") as frame:
            frame.border_title = Content(" Go to ")
            yield self._filter
            yield self._list
            yield KeyBar()

    def on_mount(self) -> None:
        """List everything."""
        self._fill()
        self._filter.focus()

    def on_resize(self) -> None:
        """List it again at the new width."""
        self._fill()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        event.stop()
        wanted = event.value.casefold().split()
        self._shown = [
            mark for mark in self._marks if all(word in _searched(mark) for word in wanted)
        ]
        self._fill()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click goes there."""
        event.stop()
        self.dismiss(self._shown[event.option_index])

    def action_choose(self) -> None:
        """Go to what is pointed at."""
        if self._list.highlighted is not None:
            self.dismiss(self._shown[self._list.highlighted])

    def action_point(self, by: int) -> None:
        """Point at another line."""
        if self._shown:
            at = (self._list.highlighted or 0) + by
            self._list.highlighted = max(0, min(len(self._shown) - 1, at))

    def _fill(self) -> None:
        width = min(_MEASURE, self.app.size.width) - _FRAME
        self._list.set_options(_line(mark, width) for mark in self._shown)
        before = [n for n, mark in enumerate(self._shown) if mark.at <= self._at]
        self._list.highlighted = (before[-1] if before else 0) if self._shown else None


def _searched(mark: Mark) -> str:
    """What of a mark is searched: the kind too, so that `collapse` finds all of them."""
    back = words.TAKEN_BACK if mark.taken_back else ""
    return f"{mark.kind} {mark.number or ''} {mark.title} {mark.text} {back}".casefold()


def _line(mark: Mark, width: int) -> Content:
    """A line of the list: phases stand out, decisions have their number and what was chosen."""
    match mark.kind:
        case "phase":
            head = Content.styled(mark.title, "bold $hat")
        case "collapse":
            head = Content.styled(f"     ▼ {mark.title}", "bold $loss")
        case "decision":
            glyph = words.HAT_GLYPHS[mark.hat] if mark.hat else "◇"
            colour = f"${mark.hat}-hat" if mark.hat else "$quiet"
            title = Content(mark.title).truncate(_TITLES, ellipsis=True, pad=True)
            head = Content.assemble((f"{mark.number:>4} ", "$quiet"), (f"{glyph} ", colour), title)
    if mark.taken_back:
        head += Content.styled(f"  {words.TAKEN_BACK}", "bold $warning")
    room = width - head.cell_length - 2
    said = spaced(mark.text).truncate(max(0, room), ellipsis=True)
    return Content.assemble(head, "  ", said.stylize("$quiet"))
