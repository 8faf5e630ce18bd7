"""The side of a wide window: the numbers as bars, the money, the promises, the people."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from game import words
from game.tui.render import EMPTY, Line, apart, hanging, meter, moved, spaced, stacked, wrapped
from game.tui.widgets.masthead import Standing
from scenes.vocabulary import STAKEHOLDER_SIDE

_LABEL: Final = 10
_CELLS: Final = 13


class Sidebar(VerticalScroll, can_focus=False):
    """What is otherwise a key away, always in sight."""

    def __init__(self) -> None:
        """Empty; `show` fills it."""
        super().__init__()
        self._text = Static(markup=False)

    def compose(self) -> ComposeResult:
        """The text."""
        yield self._text

    def show(self, standing: Standing, width: int) -> None:
        """Draw it."""
        self._text.update(stacked(_lines(standing, width)))


def _lines(standing: Standing, width: int) -> list[Line]:
    now = standing.now
    lines: list[Line] = []
    if now.rounds:
        lines += [*_metrics(standing), EMPTY, *_money(standing), EMPTY]
    lines += [_title(words.GLOVE), *_promises(standing, width)]
    if now.people:
        lines += [EMPTY, _title(words.people(standing.now))]
        for person in now.people:
            name = spaced(person.name).stylize("bold")
            stance = Content.styled(words.stance(person), "$quiet")
            if name.cell_length + stance.cell_length + 2 <= width:
                lines.append(apart(name, stance, width))
            else:
                lines += [*wrapped(name, width), stance.pad_left(width - stance.cell_length)]
    return lines


def _title(text: str) -> Line:
    return Content.styled(text, "$hat")


def _metrics(standing: Standing) -> list[Line]:
    before = dict(standing.before.metrics)
    sides: dict[bool, list[Line]] = {True: [], False: []}
    for metric, value in standing.now.metrics:
        line = Content.assemble(
            f"{metric:<{_LABEL}}",
            meter(value, _CELLS),
            (f"{value:>4}", "bold"),
            " ",
            moved(before.get(metric), value),
        )
        sides[metric in STAKEHOLDER_SIDE].append(line)
    lines: list[Line] = []
    for is_outside, title in ((True, "Outside"), (False, "The team")):
        if sides[is_outside]:
            lines += [*([EMPTY] if lines else []), _title(title), *sides[is_outside]]
    return lines


def _money(standing: Standing) -> list[Line]:
    now, before = standing.now, standing.before
    lines = [_title("The account"), _row("runway", words.runway(now))]
    if now.revenue:
        lines.append(_row("revenue", f"{words.euros(now.revenue)} a month"))
    if now.users:
        change = moved(before.users, now.users)
        lines.append(_row("users", str(now.users)) + (" " + change if change else EMPTY))
    return lines


def _row(label: str, value: str) -> Line:
    return Content.assemble((f"{label:<{_LABEL}}", ""), (value, "bold"))


def _promises(standing: Standing, width: int) -> list[Line]:
    lines: list[Line] = []
    for promise in standing.now.promises:
        said = Content.styled(f"“{promise.words}”", "italic")
        lines += hanging(Content.styled("· ", "$hat"), said, width)
        owed = Content.styled(words.debt_in_short(promise), "$quiet")
        lines += [Content("  ") + line for line in wrapped(owed, width - 2)]
    return lines or wrapped(
        Content.styled(words.nothing_owed(standing.now.settled), "$quiet"), width
    )
