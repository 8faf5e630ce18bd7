"""Any blocks, made of any text, for what must hold of every page."""

from __future__ import annotations

from hypothesis import strategies as st

from game.blocks import (
    Bar,
    Bars,
    Block,
    Board,
    BoardDay,
    BoardNote,
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
    Series,
    Table,
)
from scenes.sanitise import clean_line
from scenes.vocabulary import HATS

_MARKUP = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<b onclick='x'>",
        "</section>",
        "&lt;",
        "&#60;",
        "*",
        "**bold**",
        "_it_",
        "`code`",
        "[link](https://example.com)",
        "![image](x.png)",
        "https://example.com",
        "www.example.com",
        "| a | b |",
        "---",
        "===",
        "# one",
        "- one",
        "+ one",
        "1. one",
        "2) two",
        "> said",
        "~~gone~~",
        "\\",
        '"',
        "']]>",
        "“Call her”",
    ]
)


def words() -> st.SearchStrategy[str]:
    """A line as it may come from a player or a pack: cleaned, never empty, often with markup."""
    loose = st.lists(_MARKUP | st.text(max_size=8), min_size=1, max_size=4).map(" ".join)
    return loose.map(lambda text: clean_line(text, 60)).map(lambda text: text or "nothing")


def blocks() -> st.SearchStrategy[Block]:
    """A block of any kind."""
    line, maybe = words(), st.just("") | words()
    number, hat = st.integers(0, 100), st.sampled_from([None, *HATS])
    several = st.lists(line, max_size=3).map(tuple)
    bar = st.builds(Bar, line, number, st.none() | number, st.lists(number, max_size=5).map(tuple))
    change = st.builds(Change, line, line, maybe, line, st.sampled_from(["good", "bad", "neutral"]))
    level = st.builds(Level, line, st.integers(0, 5), number, st.none() | st.integers(0, 5))
    column = st.builds(LevelColumn, line, st.lists(level, max_size=3).map(tuple), hat)
    card = st.builds(BoardRow, line, st.integers(0, 2), line, st.booleans())
    day = st.builds(BoardDay, line, line, st.lists(card, max_size=3).map(tuple))
    series = st.builds(Series, line, st.lists(number, max_size=6).map(tuple))
    table = st.integers(1, 4).flatmap(
        lambda wide: st.builds(
            Table,
            st.tuples(*[line] * wide),
            st.lists(st.tuples(*[line] * wide), max_size=3).map(tuple),
            maybe,
        )
    )
    return st.one_of(
        st.builds(Heading, line, maybe, hat),
        st.builds(Prose, st.lists(line, min_size=1, max_size=3).map("\n\n".join)),
        st.builds(Quote, line, maybe),
        st.builds(Notice, line),
        st.builds(Changes, st.lists(change, min_size=1, max_size=3).map(tuple), number),
        st.builds(Bars, st.lists(bar, min_size=1, max_size=3).map(tuple), maybe),
        st.builds(Lines, line, several),
        st.builds(
            Entries, st.lists(st.builds(Entry, line, line, maybe), max_size=3).map(tuple), maybe
        ),
        st.builds(Levels, line, st.lists(column, min_size=1, max_size=2).map(tuple)),
        st.builds(
            Board,
            st.tuples(line, line, line),
            st.lists(day, min_size=1, max_size=2).map(tuple),
            st.lists(st.builds(BoardNote, line, line), max_size=2).map(tuple),
        ),
        st.builds(
            Plot, st.lists(series, max_size=Plot.MOST).map(tuple), maybe, st.just(()) | several
        ),
        table,
    )


def pages() -> st.SearchStrategy[list[Page]]:
    """A few pages of them."""
    page = st.builds(
        Page,
        st.just("aside"),
        words(),
        st.lists(blocks(), max_size=4).map(tuple),
        st.sampled_from([None, *HATS]),
    )
    return st.lists(page, max_size=5)
