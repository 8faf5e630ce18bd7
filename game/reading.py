"""How much there is to read: the words of a page, as far as somebody who plays reads them.

Prose, quotes, notices and what can be decided count. Lists, bars, boards and the rows of numbers
that moved are looked at, not read.
"""

from __future__ import annotations

from game.blocks import Block, Entries, Heading, Notice, Page, Prose, Quote


def words_on(page: Page) -> int:
    """How many words of a page are read."""
    asked = 0
    if page.ask:
        asked = _count(page.title, page.instruction)
        asked += sum(_count(option.say, option.default) for option in page.ask.options)
    return asked + sum(_words_in(block) for block in page.blocks)


def _words_in(block: Block) -> int:
    match block:
        case Prose(text) | Notice(text):
            return _count(text)
        case Quote(text, source):
            return _count(text, source)
        case Heading(text, note):
            return _count(text, note)
        case Entries(rows, title):
            return _count(title) + sum(_count(row.name, row.note, row.text) for row in rows)
    return 0


def _count(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)
