"""Pages of blocks as one HTML file that needs nothing else: no script, no font, no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import count
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
    LevelColumn,
    Levels,
    Lines,
    Notice,
    Page,
    Plot,
    Prose,
    Quote,
    Table,
)
from game.prose import paragraphs, spans
from game.reports.svg import plot_svg, sparkline

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser may do for the file: nothing but read its own styles."""

_MANY: Final = 3
"""So many pages need no contents."""

_SHORT: Final = 8
"""A table of so many rows stays on one page."""

_TONES: Final = {"good": "gain", "bad": "loss", "neutral": "quiet"}


def document(title: str, pages: Sequence[Page], note: str = "") -> str:
    """Pages one after the other under a title; `note` stands below the title."""
    return "\n".join(_document(title, pages, note)) + "\n"


def _document(title: str, pages: Sequence[Page], note: str) -> Iterator[str]:
    style = files("game.reports").joinpath("report.css").read_text("utf-8")
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{escape(title)}</title>"
    yield f"<style>\n{style}</style>"
    yield "</head>"
    yield "<body>"
    yield "<header>"
    yield f"<h1>{escape(title)}</h1>"
    if note:
        yield f'<p class="note">{escape(note)}</p>'
    yield "</header>"
    if len(pages) > _MANY:
        yield '<nav aria-label="Contents"><ol>'
        for number, page in enumerate(pages, start=1):
            yield f'<li><a href="#page-{number}">{escape(page.title)}</a></li>'
        yield "</ol></nav>"
    yield "<main>"
    ids = count(1)
    for number, page in enumerate(pages, start=1):
        yield from _page(page, number, ids)
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _page(page: Page, number: int, ids: Iterator[int]) -> Iterator[str]:
    """A page as a section. What it asks is not drawn."""
    hat = ""
    if page.hat:
        glyph = words.HAT_GLYPHS[page.hat]
        name = words.HAT_NAMES[page.hat]
        hat = f' <small><span aria-hidden="true">{glyph} </span>{name}</small>'
    kind = f' class="{page.hat}"' if page.hat else ""
    yield f'<section id="page-{number}"{kind} aria-labelledby="title-{number}">'
    yield f'<h2 id="title-{number}">{escape(page.title)}{hat}</h2>'
    for block in page.blocks:
        yield from _block(block, ids)
    yield "</section>"


def _block(block: Block, ids: Iterator[int]) -> Iterator[str]:
    match block:
        case Heading():
            yield from _heading(block)
        case Prose():
            yield from (f"<p>{_emphasised(paragraph)}</p>" for paragraph in paragraphs(block.text))
        case Quote():
            yield from _quote(block)
        case Notice():
            yield f'<p class="notice">{escape(block.text)}</p>'
        case Changes():
            yield from _changes(block)
        case Bars():
            yield from _bars(block)
        case Lines():
            yield from _titled(block.title)
            yield from _list(block.rows)
        case Entries():
            yield from _entries(block)
        case Levels():
            yield from _levels(block)
        case Board():
            yield from _board(block)
        case Plot():
            yield from plot_svg(block, f"plot-{next(ids)}")
        case Table():
            heads = [escape(column) for column in block.columns]
            yield from _table(
                block.title, heads, ([escape(cell) for cell in r] for r in block.rows)
            )


def _heading(block: Heading) -> Iterator[str]:
    glyph = ""
    if block.hat:
        mark = words.HAT_GLYPHS[block.hat]
        glyph = f'<span class="{block.hat}-mark" aria-hidden="true">{mark} </span>'
    note = f" <small>{escape(block.note)}</small>" if block.note else ""
    yield f"<h3>{glyph}{escape(block.text)}{note}</h3>"


def _emphasised(text: str) -> str:
    parts = (f"<em>{escape(part)}</em>" if marked else escape(part) for part, marked in spans(text))
    return "".join(parts)


def _quote(block: Quote) -> Iterator[str]:
    yield "<figure>"
    yield f"<blockquote><p>“{escape(block.text)}”</p></blockquote>"
    if block.source:
        yield f"<figcaption>{escape(block.source)}</figcaption>"
    yield "</figure>"


def _changes(block: Changes) -> Iterator[str]:
    heads = ("number", "change", "from, to", "why")
    yield from _table("", heads, map(_change, block.rows), kind="changes")
    if block.more:
        yield f'<p class="notice">and {words.plural(block.more, "more change")}</p>'


def _change(row: Change) -> list[str]:
    glyph = "▼" if row.by.startswith("-") else "▲"
    by = (
        f'<span class="{_TONES[row.tone]}"><span aria-hidden="true">{glyph} </span>'
        f"{escape(row.by)}</span>"
    )
    return [escape(row.label), by, escape(row.span), escape(row.why)]


def _bars(block: Bars) -> Iterator[str]:
    before = any(row.before is not None for row in block.rows)
    course = any(row.history for row in block.rows)
    heads = ["number", "now", *(["before"] if before else []), *(["course"] if course else [])]
    rows = (_bar(row, before=before, course=course) for row in block.rows)
    yield from _table(block.title, heads, rows, kind="bars")


def _bar(row: Bar, *, before: bool, course: bool) -> list[str]:
    size = max(0, min(100, row.value))
    now = f'{row.value} <span class="bar" aria-hidden="true"><i style="width:{size}%"></i></span>'
    cells = [escape(row.label), now]
    if before:
        cells.append("" if row.before is None else str(row.before))
    if course:
        cells.append(sparkline(row.history) if row.history else "")
    return cells


def _list(rows: Iterable[str]) -> Iterator[str]:
    yield "<ul>"
    yield from (f"<li>{escape(row)}</li>" for row in rows)
    yield "</ul>"


def _entries(block: Entries) -> Iterator[str]:
    yield from _titled(block.title)
    yield "<dl>"
    for row in block.rows:
        note = f" <small>{escape(row.note)}</small>" if row.note else ""
        yield f"<div><dt>{escape(row.name)}{note}</dt><dd>{escape(row.text)}</dd></div>"
    yield "</dl>"


def _levels(block: Levels) -> Iterator[str]:
    yield from _titled(block.title)
    yield '<div class="beside">'
    for column in block.columns:
        yield from _level_column(column)
    yield "</div>"


def _level_column(column: LevelColumn) -> Iterator[str]:
    glyph = f"{words.HAT_GLYPHS[column.hat]} " if column.hat else ""
    rows = ([escape(row.name), _level(row), words.practised(row.practised)] for row in column.rows)
    yield from _table(f"{glyph}{column.title}", ("competency", "level", "practice"), rows)


def _level(row: Level) -> str:
    pips = "■" * row.level + "□" * (Level.MOST - row.level)
    was = f", was {row.before}" if row.before is not None else ""
    said = f"{row.level} of {Level.MOST}{was}"
    return f'<span class="pips" aria-hidden="true">{pips}</span> {said}'


def _board(block: Board) -> Iterator[str]:
    """What happened, and where each card stands on the last of the days."""
    if block.notes:
        yield from _list(f"{note.day}: {note.text}" for note in block.notes)
    if block.days:
        last = block.days[-1]
        rows = (
            [escape(row.title), escape(block.columns[row.column]), escape(row.state)]
            for row in last.rows
        )
        yield from _table(f"{last.title}, {last.status}", ("card", "column", "state"), rows)


def _titled(title: str) -> Iterator[str]:
    if title:
        yield f"<h3>{escape(title)}</h3>"


def _table(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str = ""
) -> Iterator[str]:
    """A table of cells that are HTML already; the first of a row is its name."""
    shown = list(rows)
    opened = f'<table class="{kind}">' if kind else "<table>"
    around = "table short" if len(shown) <= _SHORT else "table"
    yield f'<div class="{around}">{opened}'
    if title:
        yield f"<caption>{escape(title)}</caption>"
    yield "<thead><tr>"
    yield "".join(f'<th scope="col">{head}</th>' for head in heads)
    yield "</tr></thead>"
    yield "<tbody>"
    for first, *others in shown:
        cells = "".join(f"<td>{cell}</td>" for cell in others)
        yield f'<tr><th scope="row">{first}</th>{cells}</tr>'
    yield "</tbody></table></div>"
