"""What a page is made of: typed blocks of words, which every front end draws in its own way.

Text in blocks is plain. `*asterisks*` mark emphasis and a blank line ends a paragraph; other
line breaks have no meaning. Nothing in a block is ever executed as markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from scenes.vocabulary import Hat
from state_machine.view import Ask

PageKind = Literal[
    "notice",
    "setting",
    "phase",
    "turn",
    "diary",
    "consequence",
    "handover",
    "sprint",
    "fortnight",
    "review",
    "gate",
    "ending",
    "aside",
]
Tone = Literal["good", "bad", "neutral"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside a page; `hat` tells whose it is, `note` stands beside it, quieter."""

    text: str
    note: str = ""
    hat: Hat | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """The story's own words, one or more paragraphs."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that somebody said or chose earlier, and where they come from."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """The game speaking: one line, dry."""

    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A number that moved, in words: `customers`, `+3`, `50 to 53`, and why.

    `tone` says whether the move is welcome; the front ends show it by a glyph and a colour.
    """

    label: str
    by: str
    span: str
    why: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Changes:
    """What moved, at most a few rows, and how many more there are in the ledger."""

    rows: tuple[Change, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """A number from 0 to 100, and where it stood before, if that is to be seen."""

    label: str
    value: int
    before: int | None = None
    history: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bars:
    """Several numbers from 0 to 100, to compare by eye."""

    rows: tuple[Bar, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """A list of short lines under a title."""

    title: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that is explained: its name, a word that stands beside it, and the text."""

    name: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """Several things explained, one after the other, under a title."""

    rows: tuple[Entry, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A competency: its level of `MOST` from 0, how often it was practised, and the level before.

    `before` is only there where it is to be seen how far it has come.
    """

    name: str
    level: int
    practised: int
    before: int | None = None

    MOST: ClassVar[int] = 5


@dataclass(frozen=True, slots=True)
class LevelColumn:
    """The competencies of a role."""

    title: str
    rows: tuple[Level, ...]
    hat: Hat | None = None


@dataclass(frozen=True, slots=True)
class Levels:
    """Competencies, a column for each role; side by side where there is room."""

    title: str
    columns: tuple[LevelColumn, ...]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A card on the board: the column that it stands in, from 0, and a word about it."""

    title: str
    column: int
    state: str
    stuck: bool = False


@dataclass(frozen=True, slots=True)
class BoardDay:
    """The board at the end of a day; `status` counts its cards."""

    title: str
    status: str
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class BoardNote:
    """Something that happened on the board, on the day with this title."""

    day: str
    text: str


@dataclass(frozen=True, slots=True)
class Board:
    """Days of a sprint, to be drawn one after the other, and what is worth telling of them."""

    columns: tuple[str, ...]
    days: tuple[BoardDay, ...]
    notes: tuple[BoardNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """A line of a plot: its name, and its points from 0 to 100, one a round."""

    label: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Several lines in one plot, all beginning at the same point; some may end earlier.

    `marks` are names under the points, from the first on; an empty one stands for a point that
    belongs to the name before it.
    """

    series: tuple[Series, ...]
    title: str = ""
    marks: tuple[str, ...] = ()

    MOST: ClassVar[int] = 8
    """So many lines can be told apart."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words under the names of their columns; the first cell of a row is its name."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""


Block = (
    Heading
    | Prose
    | Quote
    | Notice
    | Changes
    | Bars
    | Lines
    | Entries
    | Levels
    | Board
    | Plot
    | Table
)


@dataclass(frozen=True, slots=True)
class Page:
    """One screenful: what is told, and the decision that is waited for, if there is one.

    A page without `ask` waits only to be read. `instruction` is how to decide, in a sentence.
    `numbers` are those that have moved up to the end of this page, with where they stand then;
    `promises` says that it tells of a promise given, kept, moved or broken.
    """

    kind: PageKind
    title: str
    blocks: tuple[Block, ...]
    hat: Hat | None = None
    ask: Ask | None = None
    instruction: str = ""
    numbers: tuple[tuple[str, int], ...] = ()
    promises: bool = False
