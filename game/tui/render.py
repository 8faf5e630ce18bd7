"""From blocks to `Content`: how each kind of block looks, wrapped to a width.

Texts of packs and players become `Content` as they are and are never read as markup. Lines are
wrapped here, because lists and tables hang under their first word; so the height of what is
shown is known before it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

from textual.content import Content

from game import words
from game.blocks import (
    Bar,
    Bars,
    Block,
    Board,
    BoardRow,
    Change,
    Changes,
    Entries,
    Entry,
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
    Tone,
)
from game.prose import paragraphs, spans
from game.tui.hats import change_of_hat

Line = Content
"""A line that is already wrapped."""

EMPTY: Final = Content("")
TONES: Final[dict[Tone, str]] = {"good": "$gain", "bad": "$loss", "neutral": "$quiet"}
SPARKS: Final = "▁▂▃▄▅▆▇█"

_BAR: Final = 20
_INDENT: Final = Content("  ")
_MOST_LABEL: Final = 22
_LEAST_WHY: Final = 26
_NAMES: Final = 16
_PIPS: Final = 10
"""Columns that the level of a competency takes behind its name."""
_GAP: Final = 2
_WIDE_BOARD: Final = 70
_NOTES: Final = 5
"""So many of the latest happenings stand under a board while its days pass."""


def board_of(shown: Page) -> Board | None:
    """The board on a page, if there is one."""
    return next((block for block in shown.blocks if isinstance(block, Board)), None)


def passing(shown: Page, day: int, width: int) -> Content:
    """A page with a board while its days pass: the board on one of them, and nothing after it."""
    board = board_of(shown)
    assert board is not None
    return stacked([*_title(shown, width), EMPTY, *board_lines(board, day, width)])


def page(shown: Page, width: int, *, tight: bool = False) -> Content:
    """A whole page: its title, then its blocks, with space between them where it helps.

    Where room is short it is set `tight`, as in a novel: paragraphs follow each other, indented.
    """
    lines = [*_title(shown, width), *([] if tight else [EMPTY])]
    if shown.kind == "handover" and not tight:
        lines += [*change_of_hat(), EMPTY]
    return stacked([*lines, *blocks(shown.blocks, width, tight=tight)])


def blocks(shown: Iterable[Block], width: int, *, tight: bool = False) -> list[Line]:
    """Blocks, one under the other."""
    lines: list[Line] = []
    before: Block | None = None
    for block in shown:
        if before is not None and not _close(before, block, tight=tight):
            lines.append(EMPTY)
        lines += block_lines(block, width, tight=tight)
        before = block
    return lines


def block_lines(block: Block, width: int, *, tight: bool = False) -> list[Line]:
    """One block, as lines."""
    match block:
        case Heading():
            return _heading(block, width)
        case Prose():
            return prose(block.text, width, tight=tight)
        case Quote():
            return _quote(block, width)
        case Notice():
            return wrapped(spaced(block.text).stylize("$quiet"), width)
        case Changes():
            return _changes(block, width)
        case Bars():
            return _bars(block, width)
        case Lines():
            return _list(block, width)
        case Entries():
            return _entries(block, width)
        case Levels():
            return _levels(block, width)
        case Board():
            return board_lines(block, len(block.days) - 1, width)
        case Plot():
            from game.tui.plot import plot_lines  # noqa: PLC0415  # only reports have plots

            return plot_lines(block, width)
        case Table():
            from game.tui.table import table_lines  # noqa: PLC0415  # and tables

            return table_lines(block, width)


def prose(text: str, width: int, *, tight: bool = False) -> list[Line]:
    """Paragraphs, apart or (if `tight`) indented; `*asterisks*` become italics."""
    lines: list[Line] = []
    for paragraph in paragraphs(text):
        indent = _INDENT if tight and lines else EMPTY
        if lines and not tight:
            lines.append(EMPTY)
        lines += wrapped(indent + emphasised(paragraph), width)
    return lines


def emphasised(text: str) -> Content:
    """A text in one line, with what stands between asterisks in italics."""
    parts = ((part, "italic") if marked else Content(part) for part, marked in spans(text))
    return Content.assemble(*parts)


def spaced(text: str) -> Content:
    """A text in one line, whatever line breaks it has."""
    return Content(_one_line(text))


def wrapped(text: Content, width: int) -> list[Line]:
    """A text broken into lines of at most this width."""
    return text.wrap(max(1, width))


def hanging(head: Content, body: Content, width: int) -> list[Line]:
    """A head, and a body beside it whose further lines hang under its first."""
    indent = head.cell_length
    first, *rest = wrapped(body, width - indent) or [EMPTY]
    return [head + first, *(line.pad_left(indent) for line in rest)]


def apart(left: Content, right: Content, width: int) -> Line:
    """Two texts at the two ends of a line, if there is room between them; else the left."""
    gap = width - left.cell_length - right.cell_length
    return left + Content(" " * gap) + right if gap > 1 and right else left


def stacked(lines: Iterable[Line]) -> Content:
    """Lines, one under the other."""
    return Content("\n").join(lines)


def meter(value: int, cells: int, style: str = "$hat") -> Content:
    """A bar for a number from 0 to 100."""
    full = (value * cells + 50) // 100
    return Content.assemble(("━" * full, style), ("─" * (cells - full), "$panel"))


def sparkline(history: Sequence[int]) -> str:
    """Numbers from 0 to 100 as a row of small bars."""
    return "".join(SPARKS[min(7, max(0, value) * 8 // 101)] for value in history)


def moved(before: int | None, now: int) -> Content:
    """`▲3` or `▼3` for a number that moved, else nothing."""
    if before is None or before == now:
        return EMPTY
    up = now > before
    return Content.styled(f"{'▲' if up else '▼'}{abs(now - before)}", "$gain" if up else "$loss")


def change_lines(row: Change, width: int, label: int, by: int, span: int) -> list[Line]:
    """A row of what moved: glyph, label, by how much, from where to where, and why."""
    glyph = "▼" if row.by.startswith("-") else "▲"
    colour = TONES[row.tone]
    head = Content.assemble(
        (f"{glyph} ", colour),
        Content(row.label.ljust(label)),
        "  ",
        (row.by.rjust(by), f"bold {colour}"),
        "  ",
        (row.span.ljust(span), "$quiet"),
        "  ",
    )
    why = spaced(row.why).stylize("$quiet")
    if width - head.cell_length >= _LEAST_WHY:
        return hanging(head, why, width)
    return [head.rstrip(), *hanging(Content("    "), why, width)]


def board_lines(board: Board, at: int, width: int) -> list[Line]:
    """The board on one of its days, a line for each card, and what was told of it up to then."""
    day = board.days[at]
    cell = 8 if width >= _WIDE_BOARD else 6
    title = width - cell * len(board.columns)
    heads = "".join(column[: cell - 1].ljust(cell) for column in board.columns)
    lines = [
        apart(Content.styled(day.title, "bold $hat"), Content.styled(day.status, "$quiet"), width),
        Content.styled(" " * title + heads, "$quiet"),
    ]
    for row in day.rows:
        lines.append(_board_row(row, title, cell, len(board.columns)))
    told = [note for note in board.notes if note.day in {d.title for d in board.days[: at + 1]}]
    for note in told if at == len(board.days) - 1 else told[-_NOTES:]:
        lines += hanging(
            Content.styled(f"{note.day.split()[1]:>2}  ", "$hat"),
            Content.styled(note.text, "$quiet"),
            width,
        )
    return lines


def _board_row(row: BoardRow, title: int, cell: int, columns: int) -> Line:
    done = row.column == columns - 1
    name = Content(row.title).truncate(title - 2, ellipsis=True, pad=True)
    style = "$loss" if row.stuck else "$gain" if done else "bold $hat"
    mark = Content.styled(row.state[: cell - 1].ljust(cell), style)
    track = Content.styled(("─" * (cell - 1) + " ") * row.column, "$panel")
    return name + Content("  ") + track + mark


# ── the kinds of block ──────────────────────────────────────────────────────────────────


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _close(before: Block, after: Block, *, tight: bool) -> bool:
    """Whether two blocks stand together without a blank line."""
    if isinstance(before, Heading) or (tight and isinstance(after, Notice)):
        return True
    return isinstance(before, Notice) and isinstance(after, Notice)


def _title(shown: Page, width: int) -> list[Line]:
    title = spaced(shown.title).stylize("bold $hat")
    who = Content("")
    if shown.ask is not None:
        beside = (f"with {shown.ask.who}" if shown.ask.who else "", words.explained(shown.ask))
        who = Content.styled(" · ".join(part for part in beside if part), "$quiet")
    line = apart(title, who, width)
    if line.cell_length <= width and (not who or line is not title):
        return [line]
    return [*wrapped(title, width), *([who] if who else [])]


def _heading(block: Heading, width: int) -> list[Line]:
    glyph = f"{words.HAT_GLYPHS[block.hat]} " if block.hat else ""
    note = Content.styled(f"  {block.note}", "$quiet") if block.note else EMPTY
    return wrapped(Content.styled(glyph + _one_line(block.text), "bold") + note, width)


def _quote(block: Quote, width: int) -> list[Line]:
    said = _one_line(block.text)
    body = wrapped(Content.styled(f"“{said}”", "italic"), width - 2)
    if block.source:
        body += wrapped(Content.styled(block.source, "$quiet"), width - 2)
    return [Content.styled("▌ ", "$hat") + line for line in body]


def _changes(block: Changes, width: int) -> list[Line]:
    lines = list(change_table(block.rows, width))
    if block.more:
        more = f"and {words.plural(block.more, 'change')} more, in the ledger (w)"
        lines.append(Content.styled(f"  {more}", "$quiet"))
    return lines


def change_table(rows: Sequence[Change], width: int) -> Iterator[Line]:
    """Rows of what moved, their columns aligned."""
    label = min(_MOST_LABEL, max((len(row.label) for row in rows), default=0))
    by = max((len(row.by) for row in rows), default=0)
    span = max((len(row.span) for row in rows), default=0)
    for row in rows:
        yield from change_lines(row, width, label, by, span)


def _bars(block: Bars, width: int) -> list[Line]:
    lines = [Content.styled(block.title, "$quiet")] if block.title else []
    label = max((len(row.label) for row in block.rows), default=0)
    cells = max(8, min(_BAR, width - label - 24))
    return lines + [_bar(row, label, cells) for row in block.rows]


def _bar(row: Bar, label: int, cells: int) -> Line:
    parts = [Content(row.label.ljust(label)), Content("  "), meter(row.value, cells)]
    parts.append(Content.styled(f" {row.value:>3}", "bold"))
    if len(row.history) > 1:
        parts.append(Content.styled(f"  {sparkline(row.history)}", "$quiet"))
    if row.before is not None and row.before != row.value:
        parts += [Content("  "), moved(row.before, row.value)]
        parts.append(Content.styled(f" from {row.before}", "$quiet"))
    return Content.assemble(*parts)


def _levels(block: Levels, width: int) -> list[Line]:
    """The columns side by side if all of their rows fit; else one under the other."""
    lines = wrapped(Content.styled(block.title, "$quiet"), width)
    apiece = (width - _GAP * (len(block.columns) - 1)) // max(1, len(block.columns))
    names = max((len(row.name) for column in block.columns for row in column.rows), default=0)
    beside = names + _PIPS <= apiece
    columns = [_level_column(column, names) for column in block.columns]
    if not beside:
        return lines + [line for column in columns for line in column]
    for cells in zip_longest(*columns, fillvalue=EMPTY):
        padded = [cell.pad_right(apiece + _GAP - cell.cell_length) for cell in cells]
        lines.append(Content.assemble(*padded).rstrip())
    return lines


def _level_column(column: LevelColumn, names: int) -> list[Line]:
    glyph = f"{words.HAT_GLYPHS[column.hat]} " if column.hat else ""
    return [
        Content.styled(glyph + column.title, f"bold ${column.hat}-hat" if column.hat else "bold"),
        *(_level(row, names) for row in column.rows),
    ]


def _level(row: Level, names: int) -> Line:
    """A name, its pips with those that are new in another colour, and how often it was done."""
    old = min(row.level, row.level if row.before is None else row.before)
    return Content.assemble(
        row.name.ljust(names + 1),
        ("■" * old, "$hat"),
        ("■" * (row.level - old), "$gain"),
        ("□" * (Level.MOST - row.level), "$quiet"),
        (f"{'×' + str(row.practised):>4}", "$quiet"),
    )


def _list(block: Lines, width: int) -> list[Line]:
    lines = wrapped(Content.styled(_one_line(block.title), "bold"), width)
    for row in block.rows:
        lines += hanging(Content.styled("· ", "$hat"), spaced(row), width)
    return lines


def _entries(block: Entries, width: int) -> list[Line]:
    title = [Content.styled(block.title, "bold $hat")] if block.title else []
    lines = [line for head in title for line in wrapped(head, width)]
    for number, row in enumerate(block.rows):
        if row.note and number:
            lines.append(EMPTY)
        lines += _person(row, width) if row.note else _meaning(row, width)
    return lines


def _person(row: Entry, width: int) -> list[Line]:
    """A name with its note at the other end, and the text below."""
    name, note = spaced(row.name).stylize("bold"), Content.styled(row.note, "$hat")
    text = wrapped(spaced(row.text).stylize("$quiet"), width - 2)
    head = [apart(name, note, width)]
    if name.cell_length + note.cell_length + 2 > width:
        head = [*wrapped(name, width), *wrapped(note, width)]
    return [*head, *(_INDENT + line for line in text)]


def _meaning(row: Entry, width: int) -> list[Line]:
    """A name, and the text beside it."""
    name = spaced(row.name).stylize("bold")
    head = EMPTY if name.cell_length > _NAMES - 2 else name
    beside = hanging(head.pad_right(_NAMES - head.cell_length), spaced(row.text), width)
    return beside if head else [*wrapped(name, width), *beside]
