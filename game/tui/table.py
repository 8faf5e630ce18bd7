"""A table in characters: columns as wide as they need and the window allows, cells wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from textual.content import Content

from game.blocks import Table
from game.tui.render import EMPTY, Line, hanging, spaced, wrapped

_GAP: Final = 2
_PARTS: Final = re.compile(r"[^-\s]*(?:[-\s]+|$)")
_LEAST: Final = 9
"""Where a column would be narrower than this, rows stand one under the other instead."""

_LONG: Final = 16
"""A word of more letters than this may be broken."""


def table_lines(table: Table, width: int) -> list[Line]:
    """A table in so many columns, its title above it."""
    title = wrapped(spaced(table.title).stylize("bold"), width) if table.title else []
    widths = _widths(table, width)
    return [*title, *(_rows(table, widths) if widths else _stacked(table, width))]


def _widths(table: Table, width: int) -> list[int]:
    """How wide each column is; none if they do not fit beside each other."""
    natural = [
        max(1, *(spaced(row[at]).cell_length for row in (table.columns, *table.rows)))
        for at in range(len(table.columns))
    ]
    room = width - _GAP * (len(natural) - 1)
    least = [
        min(each, max(_LEAST, *(_longest(row[at]) for row in table.rows), 0))
        for at, each in enumerate(natural)
    ]
    if sum(least) > room:
        return []
    widths = list(natural)
    while sum(widths) > room:
        widest = max(range(len(widths)), key=lambda at: (widths[at] > least[at], widths[at]))
        widths[widest] -= 1
    return widths


def _longest(cell: str) -> int:
    """How long the longest word of a cell is, if it is one that should not be broken."""
    return max((len(word) for word in cell.split() if len(word) <= _LONG), default=0)


def _rows(table: Table, widths: Sequence[int]) -> Iterator[Line]:
    heads = [
        _at_hyphens(name, width).stylize("$quiet")
        for name, width in zip(table.columns, widths, strict=True)
    ]
    yield from _row(heads, widths)
    yield Content.styled("─" * (sum(widths) + _GAP * (len(widths) - 1)), "$panel")
    tall = False
    for number, cells in enumerate(table.rows):
        first, *others = (spaced(cell) for cell in cells)
        lines = list(_row([first.stylize("bold"), *others], widths))
        if number and (tall or len(lines) > 1):
            yield EMPTY
        tall = len(lines) > 1
        yield from lines


def _at_hyphens(name: str, width: int) -> Content:
    """A name whose lines end behind its hyphens, where it has to be broken."""
    lines = [""]
    for part in _PARTS.findall(spaced(name).plain):
        if lines[-1] and len(lines[-1] + part.rstrip()) > width:
            lines.append("")
        lines[-1] += part
    return Content("\n".join(line.rstrip() for line in lines))


def _row(cells: Sequence[Content], widths: Sequence[int]) -> Iterator[Line]:
    columns = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for parts in zip_longest(*columns, fillvalue=EMPTY):
        padded = (
            part.pad_right(width + _GAP - part.cell_length)
            for part, width in zip(parts, widths, strict=True)
        )
        yield Content.assemble(*padded).rstrip()


def _stacked(table: Table, width: int) -> Iterator[Line]:
    """Each row for itself: its name, and below it the other cells with their columns' names."""
    for number, cells in enumerate(table.rows):
        if number:
            yield EMPTY
        yield from wrapped(spaced(cells[0]).stylize("bold"), width)
        for name, cell in zip(table.columns[1:], cells[1:], strict=True):
            yield from hanging(
                Content.styled(f"  {' '.join(name.split())}  ", "$quiet"), spaced(cell), width
            )
