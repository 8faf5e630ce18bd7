"""Pages of blocks as Markdown, with tables as GitHub and pandoc read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

from game import words
from game.blocks import (
    Bar,
    Bars,
    Block,
    Board,
    Change,
    Changes,
    Entries,
    Heading,
    Level,
    Levels,
    Lines,
    Notice,
    Page,
    Plot,
    Prose,
    Quote,
    Table,
)
from game.plots import names
from game.prose import paragraphs, spans

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~]|&(?=#?\w+;))")
_BEGINS: Final = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=])")
"""What makes a list or a rule of a line that begins with it."""

_LINK: Final = re.compile(r"(?i)\b(https?|ftp|www|mailto)([:.])")


def escaped(text: str) -> str:
    """A text, on one line and not at its beginning, that Markdown leaves as it is."""
    text = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LINK.sub(r"\1\\\2", text)


def document(title: str, pages: Iterable[Page], note: str = "") -> Iterator[str]:
    """Pages one after the other under a title, line by line; `note` stands below the title."""
    yield f"# {escaped(title)}"
    if note:
        yield ""
        yield f"*{escaped(note)}*"
    for page in pages:
        yield ""
        yield from page_lines(page)


def page_lines(page: Page) -> Iterator[str]:
    """A page: its title and its blocks. What it asks is not drawn."""
    hat = f" ({words.HAT_NAMES[page.hat]})" if page.hat else ""
    yield f"## {escaped(page.title)}{hat}"
    for block in page.blocks:
        yield ""
        yield from block_lines(block)


def block_lines(block: Block) -> Iterator[str]:
    """One block."""
    match block:
        case Heading():
            glyph = f"{words.HAT_GLYPHS[block.hat]} " if block.hat else ""
            note = f" *{escaped(block.note)}*" if block.note else ""
            yield f"### {glyph}{escaped(block.text)}{note}"
        case Prose():
            yield from _apart(_emphasised(paragraph) for paragraph in paragraphs(block.text))
        case Quote():
            yield f"> “{escaped(block.text)}”"
            if block.source:
                yield ">"
                yield f"> *{escaped(block.source)}*"
        case Notice():
            yield f"*{escaped(block.text)}*"
        case Changes():
            yield from (f"- {_change(row)}" for row in block.rows)
            if block.more:
                yield f"- and {words.plural(block.more, 'more change')}"
        case Bars():
            yield from _bars(block)
        case Lines():
            yield from _titled(block.title)
            yield from (f"- {_beginning(escaped(row))}" for row in block.rows)
        case Entries():
            yield from _titled(block.title)
            for entry in block.rows:
                note = f" ({escaped(entry.note)})" if entry.note else ""
                yield f"- **{escaped(entry.name)}**{note}: {escaped(entry.text)}"
        case Levels():
            yield from _levels(block)
        case Board():
            yield from _board(block)
        case Plot():
            yield from _plot(block)
        case Table():
            yield from _titled(block.title)
            yield from _table(block.columns, block.rows)


def _beginning(line: str) -> str:
    """An escaped text that may also stand at the beginning of a line."""
    return _BEGINS.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", line)


def _emphasised(text: str) -> str:
    parts = (f"*{escaped(part)}*" if marked else _spaced(part) for part, marked in spans(text))
    return _beginning("".join(parts))


def _spaced(part: str) -> str:
    """A piece of a line, escaped, with the spaces at its ends."""
    if not part.strip():
        return part
    before, after = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
    return before + escaped(part) + after


def _change(row: Change) -> str:
    span = f" ({escaped(row.span)})" if row.span else ""
    return f"**{escaped(row.label)}** {escaped(row.by)}{span}: {escaped(row.why)}"


def _bars(bars: Bars) -> Iterator[str]:
    yield from _titled(bars.title)
    history = any(row.history for row in bars.rows)
    heads = ("", "now", "before", *(["course"] if history else []))
    yield from _table(heads, [_bar(row, course=history) for row in bars.rows])


def _bar(row: Bar, *, course: bool) -> tuple[str, ...]:
    before = "" if row.before is None else str(row.before)
    along = " → ".join(map(str, row.history))
    return (row.label, str(row.value), before, *([along] if course else []))


def _levels(levels: Levels) -> Iterator[str]:
    yield from _titled(levels.title)
    heads = [cell for column in levels.columns for cell in (column.title, "level")]

    def cells(row: Level | None) -> tuple[str, str]:
        if row is None:
            return "", ""
        was = f", was {row.before}" if row.before is not None else ""
        pips = "●" * row.level + "○" * (Level.MOST - row.level)
        return row.name, f"{pips}{was} ({words.practised(row.practised)})"

    beside = zip_longest(*(column.rows for column in levels.columns))
    yield from _table(heads, [[cell for row in rows for cell in cells(row)] for rows in beside])


def _board(board: Board) -> Iterator[str]:
    """What happened, and where each card stands on the last of the days."""
    yield from (f"- {_beginning(escaped(note.day))}: {escaped(note.text)}" for note in board.notes)
    if not board.days:
        return
    if board.notes:
        yield ""
    last = board.days[-1]
    yield from _titled(f"{last.title}, {last.status}")
    rows = [(row.title, board.columns[row.column], row.state) for row in last.rows]
    yield from _table(("card", "column", ""), rows)


def _plot(plot: Plot) -> Iterator[str]:
    """A row for each line, a column for each point."""
    yield from _titled(plot.title)
    under = names(plot)
    rows = [
        (series.label, *map(str, series.values), *[""] * (len(under) - len(series.values)))
        for series in plot.series
    ]
    yield from _table(("", *under), rows)


def _titled(title: str) -> Iterator[str]:
    if title:
        yield f"**{escaped(title)}**"
        yield ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _cells(heads)
    yield f"|{'---|' * len(heads)}"
    yield from map(_cells, rows)


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(escaped(cell) for cell in cells)} |"


def _apart(paragraphs: Iterable[str]) -> Iterator[str]:
    for number, paragraph in enumerate(paragraphs):
        if number:
            yield ""
        yield paragraph
