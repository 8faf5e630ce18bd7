"""A journal as bytes: a header and decisions, each on a line that is sealed to the one before.

Pure: bytes in, records out, and the other way round. Every bit of every whole line is covered
by the digests of `sealing`, and no line can be left out, put in or moved without being noticed.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from saves.beginning import MAX_LINE, UNREADABLE, check_beginning, newer
from saves.errors import DamagedJournal
from saves.records import Header, Recorded
from saves.sealing import Wrong, opened, sealed


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a journal, up to where it is good.

    `length` counts the good bytes and `digest` is that of the last good line. `torn` counts
    the bytes of a last line that was never finished; `damage` says in words what is wrong
    behind the good part, and is empty if nothing is.
    """

    header: Header
    recorded: tuple[Recorded, ...]
    length: int
    digest: str
    torn: int = 0
    damage: str = ""


class _Kind(msgspec.Struct, frozen=True):
    """What any line of any version has."""

    kind: str


def line_of(record: Header | Recorded, previous: str) -> tuple[bytes, str]:
    """The line of a record, with its newline, and its digest; `previous` is the digest before.

    Raises `SaveError` if the record cannot be written as JSON or is longer than `MAX_LINE`.
    """
    return sealed(record, previous, MAX_LINE)


def read_journal(run_id: str, data: bytes) -> Reading:
    """Read a journal as far as it is good; the id is only for the sentences.

    Raises `DamagedJournal` if even its header cannot be used, and `NewerJournal` if a newer
    version of the game wrote it. Any damage behind the header is in the reading.
    """
    lines = _whole_lines(data)
    first = next(lines, None)
    header, digest = _read_header(run_id, first, data)
    length = len(first or b"") + 1
    recorded: list[Recorded] = []
    damage = ""
    for line in lines:
        number = len(recorded) + 1
        try:
            content, digest_here = opened(line, digest, MAX_LINE)
            recorded.append(_read_decision(run_id, content, number))
        except Wrong as wrong:
            damage = f"decision {number} (line {number + 1} of its file) {wrong}"
            break
        digest = digest_here
        length += len(line) + 1
    return Reading(
        header=header,
        recorded=tuple(recorded),
        length=length,
        digest=digest,
        torn=len(data) - data.rfind(b"\n") - 1,
        damage=damage,
    )


def _whole_lines(data: bytes) -> Iterator[bytes]:
    """The lines that have a newline, without it; one that is too long comes cut short."""
    start = 0
    while (end := data.find(b"\n", start)) >= 0:
        yield data[start : min(end, start + MAX_LINE + 1)]
        start = end + 1


def _read_header(run_id: str, line: bytes | None, data: bytes) -> tuple[Header, str]:
    check_beginning(run_id, line, data)
    try:
        content, digest = opened(line or b"", "", MAX_LINE)
    except Wrong as wrong:
        raise DamagedJournal(run_id, f"its first line {wrong}", None) from wrong
    try:
        return msgspec.json.decode(content, type=Header), digest
    except msgspec.ValidationError as error:
        raise newer(run_id, f"its header is not as this one writes it ({error})") from error


def _read_decision(run_id: str, content: bytes, number: int) -> Recorded:
    """The decision on a line whose digest is right. Raises `Wrong` or `NewerJournal`."""
    try:
        recorded = msgspec.json.decode(content, type=Recorded)
    except msgspec.ValidationError as error:
        raise newer(run_id, _not_understood(content, number, error)) from error
    if recorded.number != number:
        raise Wrong(f"says that it is number {recorded.number}")
    return recorded


def _not_understood(content: bytes, number: int, error: Exception) -> str:
    try:
        kind = msgspec.json.decode(content, type=_Kind).kind
    except UNREADABLE:
        kind = "decision"
    if kind != "decision":
        return f"line {number + 1} is of the kind `{kind[:40]}`, which this one does not know"
    return f"decision {number} is not as this one writes it ({error})"
