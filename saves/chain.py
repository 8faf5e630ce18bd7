"""A journal as bytes: lines of JSON, each with a digest over the one before it and itself.

Pure: bytes in, records out, and the other way round. A line is `{..., "digest":"<32 hex>"}`;
its digest is blake2b (16 bytes) over the digest of the line before, as hex text (nothing for
the header), followed by the line without its `,"digest":"..."`. So every bit of every whole
line is covered, and no line can be left out, put in or moved without being noticed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final

import msgspec

from saves.beginning import MAX_LINE, UNREADABLE, check_beginning, newer
from saves.errors import DamagedJournal, SaveError
from saves.records import Header, Recorded

_DIGEST_BYTES: Final = 16
_ENDING: Final = re.compile(rb',"digest":"([0-9a-f]{32})"\}\Z')
_ENDING_LENGTH: Final = len(',"digest":""}') + 2 * _DIGEST_BYTES
_encoder: Final = msgspec.json.Encoder(order="deterministic")


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


class _Wrong(Exception):
    """A line that is not as it was written; the message continues `decision 3 ...`."""


def line_of(record: Header | Recorded, previous: str) -> tuple[bytes, str]:
    """The line of a record, with its newline, and its digest; `previous` is the digest before.

    Raises `SaveError` if the record cannot be written as JSON or is longer than `MAX_LINE`.
    """
    try:
        content = _encoder.encode(record)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise SaveError(f"This cannot be written into a save: {error}.") from error
    digest = _digest(content, previous)
    line = b'%b,"digest":"%b"}\n' % (content[:-1], digest.encode())
    if len(line) > MAX_LINE:
        raise SaveError(f"This cannot be saved: its {len(line)} bytes are over {MAX_LINE}.")
    return line, digest


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
            content, digest_here = _open_line(line, digest)
            recorded.append(_read_decision(run_id, content, number))
        except _Wrong as wrong:
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
        content, digest = _open_line(line or b"", "")
    except _Wrong as wrong:
        raise DamagedJournal(run_id, f"its first line {wrong}", None) from wrong
    try:
        return msgspec.json.decode(content, type=Header), digest
    except msgspec.ValidationError as error:
        raise newer(run_id, f"its header is not as this one writes it ({error})") from error


def _read_decision(run_id: str, content: bytes, number: int) -> Recorded:
    """The decision on a line whose digest is right. Raises `_Wrong` or `NewerJournal`."""
    try:
        recorded = msgspec.json.decode(content, type=Recorded)
    except msgspec.ValidationError as error:
        raise newer(run_id, _not_understood(content, number, error)) from error
    if recorded.number != number:
        raise _Wrong(f"says that it is number {recorded.number}")
    return recorded


def _not_understood(content: bytes, number: int, error: Exception) -> str:
    try:
        kind = msgspec.json.decode(content, type=_Kind).kind
    except UNREADABLE:
        kind = "decision"
    if kind != "decision":
        return f"line {number + 1} is of the kind `{kind[:40]}`, which this one does not know"
    return f"decision {number} is not as this one writes it ({error})"


def _open_line(line: bytes, previous: str) -> tuple[bytes, str]:
    """The content of a line and its digest. Raises `_Wrong` if anything about it is wrong."""
    if len(line) >= MAX_LINE:
        raise _Wrong(f"is longer than {MAX_LINE} bytes")
    ending = _ENDING.search(line[-_ENDING_LENGTH:])
    if ending is None:
        raise _Wrong("does not end with a digest, so it was changed after it was saved")
    content, digest = line[:-_ENDING_LENGTH] + b"}", ending[1].decode()
    if _digest(content, previous) != digest:
        raise _Wrong("does not fit its digest, so it or its place was changed after it was saved")
    try:
        json.loads(content.decode(), object_pairs_hook=_without_twins, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise _Wrong(f"is not JSON as this game writes it ({error})") from error
    return content, digest


def _digest(content: bytes, previous: str) -> str:
    return blake2b(previous.encode() + content, digest_size=_DIGEST_BYTES).hexdigest()


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not a number")
