"""A plot in characters: lines of braille dots, a mark at each point, and a legend.

Drawn here and not by a library: plotext 6.1 takes half a second to import, and comes with
compiled code for a few machines only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from textual.content import Content

from game.blocks import Plot
from game.plots import GLYPHS, TOGETHER, bounds, length, names
from game.tui.render import spaced, wrapped

COLOURS: Final = (
    "#f0ab3c",
    "#45c4b6",
    "#c796f0",
    "#93cf7f",
    "#f08673",
    "#86b4f2",
    "#e9e2d0",
    "#ee8fc0",
)
"""A colour for each line, as the marks of `GLYPHS`; the first two are those of the hats."""

_SHARED: Final = "$foreground"
_TOGETHER: Final = (TOGETHER, f"bold {_SHARED}")
_FEW: Final = 3
_LOW, _HIGH = 11, 15
"""Rows of a plot with few lines and with many; odd, so that one row lies in the middle."""

_AXIS: Final = 5
"""Columns that the numbers at the left take."""

_APART: Final = 9
"""So many columns lie between two points at most."""

_NAME_ROWS: Final = 2
_DOTS: Final = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bits of a braille character, by column and row of its dots."""

_BRAILLE: Final = 0x2800

_Cell = tuple[int, int]
"""Column and row on the canvas."""


def plot_lines(plot: Plot, width: int) -> list[Content]:
    """A plot in so many columns, its title above and its legend below."""
    canvas = _Canvas(plot, width)
    return [
        *(wrapped(spaced(plot.title).stylize("bold"), width) if plot.title else []),
        *(canvas.lines() if length(plot) else []),
        *_legend(plot, width, together=canvas.together),
    ]


class _Canvas:
    """The dots and marks of a plot, cell by cell."""

    def __init__(self, plot: Plot, width: int) -> None:
        self._plot = plot
        self._low, self._high = bounds(plot)
        self._points = length(plot)
        self._columns = max(2, min(width - _AXIS - 1, _APART * (self._points - 1) + 1))
        self._rows = _LOW if len(plot.series) <= _FEW else _HIGH
        self._dots: dict[_Cell, int] = defaultdict(int)
        self._lines: dict[_Cell, set[int]] = defaultdict(set)
        self._marks: dict[_Cell, set[int]] = defaultdict(set)
        for number, series in enumerate(plot.series):
            points = [self._point(at, value) for at, value in enumerate(series.values)]
            for x, y in points:
                self._marks[x // 2, y // 4].add(number)
            for x, y in (dot for start, end in pairwise(points) for dot in _between(start, end)):
                self._dots[x // 2, y // 4] |= _DOTS[x % 2][y % 4]
                self._lines[x // 2, y // 4].add(number)

    @property
    def together(self) -> bool:
        """Whether points of several lines lie on each other."""
        return any(len(each) > 1 for each in self._marks.values())

    def lines(self) -> Iterator[Content]:
        """The canvas, its numbers at the left and its names below."""
        beside = {0: self._high, self._rows // 2: (self._low + self._high) // 2}
        beside[self._rows - 1] = self._low
        for row in range(self._rows):
            number = str(beside.get(row, ""))
            yield Content.assemble(
                (f"{number:>{_AXIS - 2}} ", "$quiet"),
                ("┤" if number else "│", "$panel"),
                *(self._cell((column, row)) for column in range(self._columns)),
            ).rstrip()
        named = {self._column(at) for at, name in enumerate(names(self._plot)) if name}
        axis = "".join("┬" if column in named else "─" for column in range(self._columns))
        yield Content.styled(" " * (_AXIS - 1) + "└" + axis, "$panel")
        for row_of_names in self._names():
            yield Content.styled(" " * _AXIS + row_of_names, "$quiet")

    def _cell(self, cell: _Cell) -> tuple[str, str]:
        marks, lines = self._marks.get(cell), self._lines.get(cell)
        if marks:
            one = min(marks)
            return (GLYPHS[one], f"bold {COLOURS[one]}") if len(marks) == 1 else _TOGETHER
        if lines:
            colour = COLOURS[min(lines)] if len(lines) == 1 else _SHARED
            return chr(_BRAILLE + self._dots[cell]), colour
        return " ", ""

    def _names(self) -> Iterator[str]:
        """The names under the points, in two rows where one has no room; the rest is left out."""
        rows = [""] * _NAME_ROWS
        for at, name in enumerate(names(self._plot)):
            column = max(0, min(self._column(at), self._columns + 1 - len(name)))
            for number, row in enumerate(rows):
                if name and (not row or len(row) < column):
                    rows[number] = row.ljust(column) + name
                    break
        yield from (row for row in rows if row)

    def _point(self, at: int, value: int) -> _Cell:
        """Where a point lies, in dots."""
        tall = self._rows * 4 - 1
        inside = max(self._low, min(self._high, value))
        y = (self._high - inside) * tall // (self._high - self._low)
        return self._column(at) * 2, y

    def _column(self, at: int) -> int:
        return at * (self._columns - 1) // max(1, self._points - 1)


def _between(start: _Cell, end: _Cell) -> Iterator[_Cell]:
    """The dots of a straight line."""
    (x, y), (to_x, to_y) = start, end
    steps = max(abs(to_x - x), abs(to_y - y), 1)
    for step in range(steps + 1):
        yield x + (to_x - x) * step // steps, y + (to_y - y) * step // steps


def _legend(plot: Plot, width: int, *, together: bool) -> Iterator[Content]:
    """What each mark stands for, with the last number, as many in a row as there is room for."""
    entries = [
        Content.assemble(
            (f"{GLYPHS[number]} ", f"bold {COLOURS[number]}"),
            spaced(series.label),
            (f" {series.values[-1]}" if series.values else "", "bold"),
        )
        for number, series in enumerate(plot.series)
    ]
    if together:
        entries.append(Content.assemble(_TOGETHER, (" together", "$quiet")))
    row = Content("")
    for entry in entries:
        if row and row.cell_length + entry.cell_length + 3 > width:
            yield from wrapped(row, width)
            row = Content("")
        row = row + Content("   ") + entry if row else entry
    yield from wrapped(row, width) if row else ()
