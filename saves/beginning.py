"""How a journal begins: the version of its format, and a first line that says so.

Apart from the rest, because whoever only lists runs needs no more than this.
"""

from __future__ import annotations

from typing import Final

import msgspec

from saves.errors import DamagedJournal, NewerJournal

FORMAT: Final = 2
"""The version of the format that this game writes."""

READABLE_BY: Final = 2
"""The oldest version of the format whose readers can read what this game writes."""

JOURNAL: Final = "two-hats-journal"
"""The kind of a header, and so the first word of every journal."""

MAX_LINE: Final = 1024 * 1024
"""No line of a journal has more bytes than this; a longer one is neither written nor read."""

NO_JOURNAL: Final = "its file is no journal of this game"
UNREADABLE: Final = (msgspec.DecodeError, ValueError, RecursionError)
"""What decoding a line may raise."""

_BEGINNING: Final = f'{{"kind":"{JOURNAL}"'.encode()


class _Mark(msgspec.Struct, frozen=True):
    """What any header of any version has."""

    kind: str
    format: int
    readable_by: int


def check_beginning(run_id: str, line: bytes | None, data: bytes) -> None:
    """Know from its first line (None: it has no whole one) that a file is a journal for us.

    Looks at no digest. Raises `DamagedJournal` or `NewerJournal`.
    """
    if line is None:
        if not data:
            raise DamagedJournal(run_id, "its file is empty, so nothing of it was ever saved", None)
        ours = data.startswith(_BEGINNING) or _BEGINNING.startswith(data)
        why = "its beginning was never saved whole" if ours else NO_JOURNAL
        raise DamagedJournal(run_id, why, None)
    try:
        mark = msgspec.json.decode(line, type=_Mark)
    except UNREADABLE as error:
        why = f"{NO_JOURNAL}, or its first line was changed"
        raise DamagedJournal(run_id, why, None) from error
    if mark.kind != JOURNAL:
        raise DamagedJournal(run_id, NO_JOURNAL, None)
    if mark.readable_by > FORMAT:
        raise newer(run_id, f"its format is {mark.format}, and this one reads up to {FORMAT}")


def newer(run_id: str, why: str) -> NewerJournal:
    """The error for a journal that this version of the game does not understand."""
    return NewerJournal(
        f"The run `{run_id}` was saved by a newer version of the game: {why}. "
        "It is left as it is; play it with that version."
    )
