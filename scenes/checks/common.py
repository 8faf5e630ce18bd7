"""What the checks of a pack share: walking its records, and naming what is wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from typing import Any, Final

from scenes.diagnostics import KeyPath
from scenes.joined import Joined, Placed, Problem, Table
from scenes.language import Spoken, closest
from scenes.records import Record

_ID: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


Texts = tuple[tuple[Placed, KeyPath, Any], ...]
"""All texts, conditions and effects of a pack, with the record and the way to each."""


def walk(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    """All texts, conditions and effects inside a record, with the way to each."""
    if isinstance(value, Spoken | str):
        yield path, value
    elif isinstance(value, Record):
        names = zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True)
        for field, key in names:
            yield from walk(getattr(value, field), (*path, key))
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from walk(each, (*path, number))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from walk(each, (*path, key))


def all_texts(joined: Joined) -> Iterator[tuple[Placed, KeyPath, Any]]:
    """All texts, conditions and effects of the pack."""
    groups = [*joined.singles.values(), *joined.tables.values()]
    for placed in (each for group in groups for each in group):
        found = walk(placed.record, placed.path) if placed.record else placed.spoken
        for path, value in found:
            yield placed, path, value


def problem(placed: Placed, path: KeyPath, code: str, message: str) -> Problem:
    """A mistake in a record, at a place inside it."""
    return Problem(placed.file, (*placed.path, *path), code, message)


class Anything(frozenset[str]):
    """The ids of a table of which one cannot be read: any name might be it."""

    def __contains__(self, name: object) -> bool:
        return True


def declared(joined: Joined, table: Table) -> Set[str]:
    """The ids that a table declares, as far as they can be known."""
    if any(p.record is None and not _ID.fullmatch(p.id) for p in joined.tables[table]):
        return Anything()
    return joined.ids(table)


def unknown(kind: str, name: str, known: Set[str]) -> str:
    """What to say of a name that is not declared, with what may be meant."""
    return f"unknown {kind} `{name}`{closest(name, known)}"


def known_name(
    placed: Placed, path: KeyPath, kind: str, name: str | None, known: Set[str]
) -> Iterator[Problem]:
    """The name at a place is declared; None names nothing."""
    if name is not None and name not in known:
        yield problem(placed, path, f"unknown-{kind}", unknown(kind, name, known))


def known_names(
    placed: Placed, path: KeyPath, kind: str, names: Iterable[str], known: Set[str]
) -> Iterator[Problem]:
    """The names of the list at a place are declared."""
    for number, name in enumerate(names):
        yield from known_name(placed, (*path, number), kind, name, known)


def known_keys(
    placed: Placed, path: KeyPath, kind: str, table: Iterable[str], known: Set[str]
) -> Iterator[Problem]:
    """The keys of the table at a place are declared."""
    for name in sorted(table):
        yield from known_name(placed, (*path, name), kind, name, known)


def once(placed: Placed, path: KeyPath, what: str, names: list[str]) -> Iterator[Problem]:
    """No name stands twice among these."""
    for name, count in Counter(names).items():
        if count > 1:
            yield problem(placed, path, "duplicate", f"a second {what} `{name}`")


def the_first_that_holds(
    found: list[tuple[Placed, Any]], a_thing: str, table: str, why: str
) -> Iterator[Problem]:
    """Of records of which the first that holds counts, the last holds always, and only the last."""
    for number, (placed, record) in enumerate(found):
        last, conditional = number == len(found) - 1, bool(record.when or record.any)
        if last and conditional:
            message = f"the last {table[:-1]} must be without conditions, so that {why}"
            yield problem(placed, (), table, message)
        if not last and not conditional:
            message = f"{a_thing} without conditions hides all that come after it"
            yield problem(placed, (), table, message)
