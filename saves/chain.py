"""A journal as bytes: a header and what was done, each on a line that is sealed to the one before.

Pure: bytes in, records out, and the other way round. Every bit of every whole line is covered
by the digests of `sealing`, and no line can be left out, put in or moved without being noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from saves.beginning import MAX_LINE, UNREADABLE, check_beginning, newer
from saves.errors import DamagedJournal, SaveError
from saves.records import AnyLine, Header, Recorded, Undone, that_count
from saves.sealing import Wrong, opened, sealed
from scenes.sanitise import shows
from state_machine.run import Run

_decoder: Final[msgspec.json.Decoder[AnyLine]] = msgspec.json.Decoder(AnyLine)
_KINDS: Final = ("decision", "undo", "note")
_ESCAPE: Final = re.compile(r"\\(.)")
_ESCAPED: Final = '"\\n'
"""What stands behind a backslash in a line that this game wrote."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a journal, up to where it is good.

    `length` counts the good bytes and `digest` is that of the last good line. `torn` counts
    the bytes of a last line that was never finished; `damage` says in words what is wrong
    behind the good part, and is empty if nothing is.
    """

    header: Header
    lines: tuple[AnyLine, ...]
    length: int
    digest: str
    torn: int = 0
    damage: str = ""

    @property
    def recorded(self) -> tuple[Recorded, ...]:
        """The decisions that count."""
        return tuple(that_count(self.lines))

    @property
    def decisions(self) -> int:
        """How many decisions count."""
        return len(self.recorded)


class _Sequence:
    """The lines of a journal so far, of which each has to follow from those before."""

    def __init__(self, header: Header) -> None:
        self.lines: list[AnyLine] = []
        self.undos = 0
        self._states: list[Run] = [header.state]

    @property
    def decisions(self) -> int:
        """How many decisions count."""
        return len(self._states) - 1

    def add(self, line: AnyLine) -> None:
        """Put a line behind the others. Raises `Wrong` if it cannot stand there."""
        takes_back = isinstance(line, Undone)
        if takes_back and not (self.lines and isinstance(self.lines[-1], Recorded)):
            raise Wrong("takes back what is no decision")
        if takes_back and self._states[-1].over:
            raise Wrong("takes back an ending")
        number = self.decisions + isinstance(line, Recorded)
        if line.number != number:
            raise Wrong(f"says that it is number {line.number}")
        if line.undos != self.undos + takes_back:
            raise Wrong(f"says that {line.undos} decisions were taken back")
        if takes_back:
            self._states.pop()
            self.undos += 1
        if not isinstance(line, Recorded) and line.state != self._states[-1]:
            raise Wrong("changes the run without a decision")
        if isinstance(line, Recorded):
            self._states.append(line.state)
        self.lines.append(line)


class _Kind(msgspec.Struct, frozen=True):
    """What any line of any version has."""

    kind: str


def line_of(record: Header | AnyLine, previous: str) -> tuple[bytes, str]:
    """The line of a record, with its newline, and its digest; `previous` is the digest before.

    Raises `SaveError` if the record cannot be written as JSON, is longer than `MAX_LINE` or has
    something in it that a terminal would obey.
    """
    line, digest = sealed(record, previous, MAX_LINE)
    try:
        _check_texts(line[:-1])
    except Wrong as wrong:
        raise SaveError(f"This cannot be written into a save: it {wrong}.") from wrong
    return line, digest


def lines_of(header: Header, records: Iterable[AnyLine]) -> tuple[bytes, str]:
    """A whole journal as bytes, and the digest of its last line. Raises as `line_of`."""
    line, digest = line_of(header, "")
    written = [line]
    for record in records:
        line, digest = line_of(record, digest)
        written.append(line)
    return b"".join(written), digest


def read_journal(run_id: str, data: bytes) -> Reading:
    """Read a journal as far as it is good; the id is only for the sentences.

    Raises `DamagedJournal` if even its header cannot be used, and `NewerJournal` if a newer
    version of the game wrote it. Any damage behind the header is in the reading.
    """
    lines = _whole_lines(data)
    first = next(lines, None)
    header, digest = _read_header(run_id, first, data)
    length = len(first or b"") + 1
    good = _Sequence(header)
    damage = ""
    for line in lines:
        place = len(good.lines) + 2
        try:
            content, digest_here = opened(line, digest, MAX_LINE)
            _check_texts(content)
            good.add(_read_line(run_id, content, place))
        except Wrong as wrong:
            damage = f"decision {good.decisions + 1} (line {place} of its file) {wrong}"
            break
        digest = digest_here
        length += len(line) + 1
    return Reading(
        header=header,
        lines=tuple(good.lines),
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


def _check_texts(line: bytes) -> None:
    """Raise `Wrong` if a text in a line is not one that can be shown as it is."""
    text = line.decode()
    if any(escape[1] not in _ESCAPED for escape in _ESCAPE.finditer(text)) or not shows(text):
        raise Wrong("holds what a terminal would obey or a reader not see")


def _read_header(run_id: str, line: bytes | None, data: bytes) -> tuple[Header, str]:
    check_beginning(run_id, line, data)
    try:
        content, digest = opened(line or b"", "", MAX_LINE)
        _check_texts(content)
    except Wrong as wrong:
        raise DamagedJournal(run_id, f"its first line {wrong}", None) from wrong
    try:
        return msgspec.json.decode(content, type=Header), digest
    except msgspec.ValidationError as error:
        raise newer(run_id, f"its header is not as this one writes it ({error})") from error


def _read_line(run_id: str, content: bytes, place: int) -> AnyLine:
    """What stands on a line whose digest is right. Raises `NewerJournal`."""
    try:
        return _decoder.decode(content)
    except msgspec.ValidationError as error:
        raise newer(run_id, _not_understood(content, place, error)) from error


def _not_understood(content: bytes, place: int, error: Exception) -> str:
    try:
        kind = msgspec.json.decode(content, type=_Kind).kind
    except UNREADABLE:
        kind = ""
    if kind not in ("", *_KINDS):
        return f"line {place} is of the kind `{kind[:40]}`, which this one does not know"
    return f"line {place} is not as this one writes it ({error})"
