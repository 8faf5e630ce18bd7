"""Blocks drawn as lines of plain text: no colour, no cursor, no line that says it by shape only."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
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
from game.plain.answers import LETTERS
from game.plots import told
from game.prose import paragraphs
from state_machine import View
from state_machine.view import Ask, Option

WIDTH: Final = 76
_INDENT: Final = "    "


def page_lines(page: Page) -> Iterator[str]:
    """A whole page: its title, whose hat it is, and its blocks. Options are drawn apart.

    A consequence follows its scene, so its title would only say the same once more.
    """
    if page.kind == "consequence":
        blocks = [list(block_lines(block)) for block in page.blocks]
        yield from (line for lines in blocks for line in (*lines, ""))
        return
    hat = words.HAT_NAMES[page.hat] if page.hat else ""
    who = f"with {page.ask.who}" if page.ask and page.ask.who else ""
    beside = ", ".join(part for part in (hat, who) if part)
    title = f"{page.title} ({beside})" if beside else page.title
    yield title
    yield "=" * min(WIDTH, len(title))
    for block in page.blocks:
        yield ""
        yield from block_lines(block)
    if page.instruction:
        yield ""
        yield from block_lines(Notice(page.instruction))


def block_lines(block: Block) -> Iterator[str]:
    """One block."""
    match block:
        case Heading():
            note = f" ({block.note})" if block.note else ""
            yield from _wrap(f"-- {block.text}{note} --")
        case Prose():
            yield from _paragraphs(block.text)
        case Quote():
            source = f"{block.source}: " if block.source else ""
            yield from _wrap(f"> {source}{block.text}", hanging="  ")
        case Notice():
            yield from _wrap(f"[{block.text}]", hanging=" ")
        case Changes():
            for row in block.rows:
                yield from change_lines(row)
            if block.more:
                yield f"  and {words.plural(block.more, 'more change')}, all in the ledger"
        case Bars():
            yield from _bar_lines(block)
        case Lines():
            yield f"{block.title}:"
            for line in block.rows:
                yield from _wrap(f"  - {line}", hanging=_INDENT)
        case Entries():
            yield from _entry_lines(block)
        case Levels():
            yield from _level_lines(block)
        case Board():
            yield from _board_lines(block)
        case Plot():
            yield from _plot_lines(block)
        case Table():
            yield from _table_lines(block)


def change_lines(change: Change) -> Iterator[str]:
    """A number that moved: `  customers +3, 50 to 53. “…”`."""
    span = f" ({change.span})" if change.span else ""
    yield from _wrap(f"  {change.label} {change.by}{span}: {change.why}", hanging=_INDENT)


def option_lines(
    ask: Ask, marked: Iterable[str] = (), notes: Mapping[str, str] = MappingProxyType({})
) -> Iterator[str]:
    """The numbered options of a decision; those `marked` carry a sign, as in a transcript.

    `notes` are what was decided about an option, beyond taking it. The options of a `compose`
    stand under the gaps that they can fill; the buckets of a `sort` are named first.
    """
    chosen = set(marked)
    titles = {place.id: place.title for place in ask.places}
    if ask.kind == "sort":
        yield from _bucket_lines(ask)
    slot = ""
    for number, option in enumerate(ask.options, start=1):
        if option.slot != slot:
            slot = option.slot
            yield from _wrap(f"  {titles[slot]}:", hanging=_INDENT)
        sign = " * " if option.id in chosen else "   "
        hat = f"{words.HAT_SHORT[option.hat]}: " if option.hat else ""
        note = f" ({notes[option.id]})" if option.id in notes else ""
        yield from _wrap(f"{sign}{number}. {hat}{option.say}{note}", hanging="      ")
        yield from _option_notes(option, ask)


def status_line(view: View) -> str:
    """Where the run stands, in one line that can be read aloud."""
    if not view.rounds:
        return f"{words.capitalised(words.where(view))}."
    metrics = ", ".join(f"{metric} {value}" for metric, value in view.metrics)
    where = f"{view.phase_title}, {words.where(view)}"
    return f"{where}. {words.capitalised(words.account(view))}. {metrics}."


def wrapped(text: str) -> Iterator[str]:
    """A line of the game's own, wrapped."""
    yield from _wrap(text)


def _bucket_lines(ask: Ask) -> Iterator[str]:
    for letter, place in zip(LETTERS, ask.places, strict=False):
        holds = f" (holds {place.most})" if place.most is not None else ""
        yield from _wrap(f"  {letter}. {place.title}{holds}", hanging=_INDENT)
    yield ""


def _option_notes(option: Option, ask: Ask) -> Iterator[str]:
    price = words.price(option, ask)
    if price:
        yield from _wrap(f"      {price}", hanging="      ")
    if option.default:
        yield from _wrap(f"      {words.LEFT_TO_HAPPEN}: {option.default}", hanging="      ")


def _entry_lines(entries: Entries) -> Iterator[str]:
    if entries.title:
        yield f"{entries.title}:"
    for row in entries.rows:
        note = f" ({row.note})" if row.note else ""
        yield from _wrap(f"  {row.name}{note}: {row.text}", hanging=_INDENT)


def _level_lines(levels: Levels) -> Iterator[str]:
    yield from _wrap(f"{levels.title}:")
    for column in levels.columns:
        yield f"  {column.title}:"
        for row in column.rows:
            was = f", was {row.before}" if row.before is not None else ""
            yield from _wrap(
                f"  - {row.name}: level {row.level} of {Level.MOST}{was}, "
                f"{words.practised(row.practised)}",
                hanging=_INDENT,
            )


def _board_lines(board: Board) -> Iterator[str]:
    """What happened, and then where each card stands on the last of the days."""
    for note in board.notes:
        yield from _wrap(f"  {note.day}: {note.text}", hanging=_INDENT)
    last = board.days[-1]
    yield f"{last.title}, {last.status}:"
    for row in last.rows:
        column = board.columns[row.column]
        state = f", {row.state}" if row.state.isalpha() else ""
        yield from _wrap(f"  - {row.title}: {column}{state}", hanging=_INDENT)


def _plot_lines(plot: Plot) -> Iterator[str]:
    """Where each line led, and then its points one by one."""
    if plot.title:
        yield from _wrap(f"{plot.title}:")
    for name, course, points in told(plot):
        yield from _wrap(f"  - {name}: {course}.", hanging=_INDENT)
        yield from (f"    {line}" for line in textwrap.wrap(points, WIDTH - len(_INDENT)))


def _table_lines(table: Table) -> Iterator[str]:
    """Each row for itself, every cell with the name of its column."""
    if table.title:
        yield from _wrap(f"{table.title}:")
    for first, *others in table.rows:
        yield from _wrap(f"  - {first}", hanging=_INDENT)
        for name, cell in zip(table.columns[1:], others, strict=True):
            yield from _wrap(f"{_INDENT}{name}: {cell}", hanging=_INDENT + "  ")


def _bar_lines(bars: Bars) -> Iterator[str]:
    if bars.title:
        yield f"{bars.title}:"
    for row in bars.rows:
        yield f"  {_bar_words(row)}"


def _bar_words(bar: Bar) -> str:
    if bar.history:
        return f"{bar.label}: {', '.join(map(str, bar.history))}"
    if bar.before is None or bar.before == bar.value:
        return f"{bar.label} {bar.value}"
    return f"{bar.label} {bar.value}, was {bar.before}"


def _paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(paragraphs(text)):
        if number:
            yield ""
        yield from _wrap(" ".join(paragraph.split()))


def _wrap(text: str, hanging: str = "") -> Iterator[str]:
    yield from textwrap.wrap(text, WIDTH, subsequent_indent=hanging, break_on_hyphens=False) or [""]
