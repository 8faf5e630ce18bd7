"""The ledger: every change of every number, with its cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList

from game import words
from game.blocks import Change
from game.tui.render import EMPTY, TONES, Line, apart, hanging, spaced, stacked, wrapped
from game.tui.widgets.key_bar import KeyBar
from game.tui.widgets.scroll import Scroll

_ALL: Final = "everything"
_MEASURE: Final = 96
_LABELS: Final = 22
_FRAME: Final = 10


class LedgerSheet(ModalScreen[None]):
    """All changes, the latest first; the list at the left narrows them to one number."""

    CSS_PATH: ClassVar[list[str]] = ["sheet.tcss", "ledger.tcss"]  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,enter,w", "dismiss", "Back", key_display="esc", id="ledger.back", tooltip="Back"
        ),
        Binding(
            "down,j", "number(1)", "Number", key_display="↑ ↓", id="ledger.down", priority=True
        ),
        Binding("up,k", "number(-1)", "", False, id="ledger.up", priority=True),
        Binding(
            "pagedown,space,ctrl+d",
            "page(1)",
            "Scroll",
            key_display="pgdn",
            id="ledger.page-down",
            priority=True,
        ),
        Binding("pageup,ctrl+u", "page(-1)", "", False, id="ledger.page-up", priority=True),
    ]

    def __init__(self, rows: Sequence[Change]) -> None:
        """These changes, the latest first."""
        super().__init__()
        self._rows = rows
        counts = Counter(row.label for row in rows)
        self._labels = [_ALL, *sorted(counts, key=lambda label: (-counts[label], label))]
        counts[_ALL] = len(rows)
        self._list = OptionList(
            *(
                apart(
                    Content(label).truncate(_LABELS - 6, ellipsis=True),
                    Content.styled(str(counts[label]), "$quiet"),
                    _LABELS - 2,
                )
                for label in self._labels
            ),
            markup=False,
        )
        self._written_for: int | None = None
        self._written_at = 0
        self._scroll = Scroll()

    def compose(self) -> ComposeResult:
        """The numbers at the left, their changes at the right."""
        with Vertical(id="sheet") as frame:
            frame.border_title = Content(" Why: every change and its cause ")
            with Horizontal():
                yield self._list
                yield self._scroll
            yield KeyBar()

    def on_mount(self) -> None:
        """Show everything."""
        self._list.highlighted = 0
        self._write()
        self._list.focus()

    def on_resize(self) -> None:
        """Write the changes again at the new width, once the new layout stands."""
        if self.app.size.width != self._written_at:
            self.call_after_refresh(self._write)

    def on_option_list_option_highlighted(self) -> None:
        """Narrow the changes to the number that is pointed at."""
        if self._list.highlighted != self._written_for:
            self._write()
            self._scroll.scroll_home(animate=False)

    def action_number(self, by: int) -> None:
        """Point at another number."""
        at = self._list.highlighted or 0
        self._list.highlighted = max(0, min(len(self._labels) - 1, at + by))

    def action_page(self, by: int) -> None:
        """Scroll the changes by a page."""
        self._scroll.by_pages(by)

    def _write(self) -> None:
        self._written_for, self._written_at = self._list.highlighted, self.app.size.width
        wanted = self._labels[self._list.highlighted or 0]
        width = min(_MEASURE, self.app.size.width) - _FRAME - _LABELS
        lines: list[Line] = []
        for row in self._rows:
            if wanted in (_ALL, row.label):
                lines += [*_row(row, width), EMPTY]
        if not lines:
            lines = wrapped(Content.styled(words.NOTHING_MOVED, "$quiet"), width)
        self._scroll.write(stacked(lines))


def _row(row: Change, width: int) -> list[Line]:
    glyph = "▼" if row.by.startswith("-") else "▲"
    colour = TONES[row.tone]
    head = Content.assemble(
        (f"{glyph} ", colour), (row.label, "bold"), " ", (row.by, f"bold {colour}")
    )
    why = spaced(row.why).stylize("$quiet")
    span = Content.styled(row.span, "$quiet")
    return [apart(head, span, width), *hanging(Content("  "), why, width)]
