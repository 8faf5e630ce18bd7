"""The files of a pack put together, each record with the place that it came from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal

import msgspec

from scenes.diagnostics import KeyPath
from scenes.language import Spoken
from scenes.records import Record
from scenes.schema import Part

Table = Literal[
    "person",
    "world",
    "evidence",
    "segment",
    "item",
    "promise",
    "phase",
    "scene",
    "thread",
    "term",
    "ending",
    "title",
    "reputation",
]
TABLES: Final[tuple[Table, ...]] = (
    "person", "world", "evidence", "segment", "item",
    "promise", "phase", "scene", "thread", "term", "ending", "title", "reputation",
)  # fmt: skip
SINGLE: Final = ("pack", "start", "bailout", "career")
OPTIONAL: Final = ("career",)
"""Of those, the tables that a pack can be without."""


class Source(msgspec.Struct):
    """A file of a pack: its name, its text and its values as TOML has them."""

    name: str
    text: str
    values: dict[str, Any]


class Placed(msgspec.Struct, frozen=True):
    """A record and where it stands.

    A record that cannot be read is None, but its id counts, and so does whatever could be read
    of its conditions and effects: they are `spoken`, each with the way to it.
    """

    file: str
    path: KeyPath
    id: str
    record: Any
    spoken: tuple[tuple[KeyPath, Spoken], ...] = ()


class Problem(msgspec.Struct, frozen=True):
    """A mistake at a place that has not been turned into a line yet."""

    file: str
    path: KeyPath
    code: str
    message: str


class Joined(msgspec.Struct):
    """All records of all files, by their table, in the order in which they were read."""

    singles: dict[str, list[Placed]]
    tables: dict[Table, list[Placed]]

    def records(self, table: Table) -> Iterator[tuple[Placed, Any]]:
        """The records of a table that could be read, with their places."""
        return ((placed, placed.record) for placed in self.tables[table] if placed.record)

    def ids(self, table: Table) -> set[str]:
        """The ids of a table, also of records that could not be read."""
        return {placed.id for placed in self.tables[table]}


def empty() -> Joined:
    """Nothing joined yet."""
    return Joined({name: [] for name in SINGLE}, {name: [] for name in TABLES})


def add(joined: Joined, source: Source, part: Part) -> None:
    """Add the records of a file that was read whole."""
    for name in SINGLE:
        record: Record | None = getattr(part, name)
        if record is not None:
            joined.singles[name].append(Placed(source.name, (name,), name, record))
    for table in TABLES:
        for number, each in enumerate(getattr(part, table)):
            joined.tables[table].append(Placed(source.name, (table, number), each.id, each))
