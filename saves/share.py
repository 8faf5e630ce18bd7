"""One file that holds a run with what it was played on, to be given to somebody else.

Plain lines of JSON: the first says what the file is, the second is the pack (if it was kept),
and the others are the journal as it stands. There is nothing in it to unpack or to run, and no
path: files of a pack are texts under names, and are never written as files.
"""

from __future__ import annotations

from typing import Final

import msgspec

from saves.beginning import MAX_LINE, UNREADABLE
from saves.errors import SaveError
from saves.files import MAX_FILE
from saves.packstore import MAX_KEPT
from saves.sealing import Wrong, check_json

SHARED: Final = "two-hats-run"
FORMAT: Final = 1
READABLE_BY: Final = 1
MAX_SHARED: Final = MAX_FILE + MAX_KEPT + MAX_LINE
"""No file that holds a run has more bytes than this; a larger one is not read."""

NO_RUN: Final = "This file holds no run of Two Hats"


class _Mark(msgspec.Struct, frozen=True, kw_only=True):
    """The first line."""

    kind: str
    format: int
    readable_by: int
    run: str
    kept: bool


def shared(run_id: str, journal: bytes, kept: bytes) -> bytes:
    """The file for a run: the bytes of its journal, and the line of its pack (empty: none)."""
    mark = _Mark(kind=SHARED, format=FORMAT, readable_by=READABLE_BY, run=run_id, kept=bool(kept))
    return b"".join((msgspec.json.encode(mark), b"\n", kept, journal))


def opened_share(data: bytes) -> tuple[str, bytes, bytes]:
    """The id that a run had, its journal, and the line of its pack (empty: none).

    Looks no further than that. Raises `SaveError` if the file is none of these.
    """
    first, _, _ = data[:MAX_LINE].partition(b"\n")
    try:
        mark = msgspec.json.decode(first, type=_Mark)
        check_json(first)
    except (*UNREADABLE, Wrong) as error:
        raise SaveError(f"{NO_RUN}: its first line does not say so.") from error
    if mark.kind != SHARED:
        raise SaveError(f"{NO_RUN}: its first line does not say so.")
    if mark.readable_by > FORMAT:
        raise SaveError(
            f"This file was made by a newer version of the game: its format is {mark.format}, and "
            f"this one reads up to {FORMAT}."
        )
    at = len(first) + 1
    if not mark.kept:
        return mark.run, data[at:], b""
    end = data.find(b"\n", at, at + MAX_KEPT + 1)
    if end < 0:
        raise SaveError(f"{NO_RUN}: the pack in it does not end, or is too large.")
    return mark.run, data[end + 1 :], data[at : end + 1]
