"""How long a page stays when a run is replayed by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from game.blocks import (
    Block,
    Board,
    Changes,
    Entries,
    Heading,
    Lines,
    Notice,
    Page,
    Prose,
    Quote,
)

SPEEDS: Final = (1, 2, 4, 8, 16)
"""How many times as fast as somebody reads a run can be replayed."""

_A_GLANCE: Final = 2.0
_WORDS_A_SECOND: Final = 4
_LONGEST: Final = 40.0


def seconds(page: Page, speed: int) -> float:
    """How many seconds a page stays: a glance, and the time to read what it says."""
    read = _count(_texts(page.blocks)) + (
        _count(option.say for option in page.ask.options) if page.ask else 0
    )
    return min(_LONGEST, _A_GLANCE + read / _WORDS_A_SECOND) / speed


def _count(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    """What there is to read in blocks; numbers and bars are seen at a glance."""
    for block in blocks:
        match block:
            case Heading() | Prose() | Quote() | Notice():
                yield block.text
            case Changes():
                yield from (row.why for row in block.rows)
            case Lines():
                yield from block.rows
            case Entries():
                yield from (row.text for row in block.rows)
            case Board():
                yield from (note.text for note in block.notes)
