"""What can go wrong with saves, each said in a sentence that is fit for the player."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Final


class SaveError(Exception):
    """Something about a save; the message says what, where and what to do, in plain words."""

    def __init__(self, message: str) -> None:
        """Take the message, without what a terminal would obey if a file from a stranger has it."""
        super().__init__(printable(message))


class UnknownRun(SaveError):
    """There is no run with this id."""


class RunInUse(SaveError):
    """Another process has this run open."""


class NewerJournal(SaveError):
    """The journal was written by a newer version of the game than this one."""


class MissingPack(SaveError):
    """The pack that a run was played on is not kept, or cannot be read any more."""


class DamagedProfile(SaveError):
    """The profile cannot be read."""


class NewerProfile(SaveError):
    """The profile was written by a newer version of the game than this one."""


class DamagedJournal(SaveError):
    """The journal cannot be read to its end.

    `why` says what is wrong and at which decision. `good` counts the decisions before that,
    all whole; None means that not even the beginning can be read, so nothing can be recovered.
    """

    def __init__(self, run_id: str, why: str, good: int | None) -> None:
        """Put the sentence together."""
        self.run_id = run_id
        self.why = why
        self.good = good
        if good is None:
            offer = "Nothing of it can be played on; it is left as it is, and can be deleted."
        else:
            kept = {0: "The beginning is", 1: "The beginning and the first decision are"}
            offer = (
                f"{kept.get(good, f'The first {good} decisions are')} whole: recover `{run_id}` "
                "to play on from there. The damaged file is then kept beside it."
            )
        super().__init__(f"The run `{run_id}` is damaged: {why}. {offer}")


_TRY_AGAIN: Final = "Try again; if it stays so, copy your saves to another disk."
_ELSEWHERE: Final = "Mend that, or set TWOHATS_HOME to a folder that can be written, and try again."
_MAKE_ROOM: Final = "Make some room, then try again."
_EXPLAINED: Final[dict[int, tuple[str, str]]] = {
    errno.ENOSPC: ("the disk is full", _MAKE_ROOM),
    errno.EDQUOT: ("your share of the disk is used up", _MAKE_ROOM),
    errno.EFBIG: ("the file is not allowed to grow", "Lift that limit, then try again."),
    errno.EIO: ("the disk reported a fault", _TRY_AGAIN),
    errno.EROFS: ("that place can only be read", _ELSEWHERE),
    errno.EACCES: ("permission is missing", _ELSEWHERE),
    errno.EPERM: ("permission is missing", _ELSEWHERE),
    errno.ENOTDIR: ("a file stands where a folder should be", _ELSEWHERE),
    errno.EEXIST: ("a file stands where a folder should be", _ELSEWHERE),
    errno.EISDIR: ("a folder stands where a file should be", _ELSEWHERE),
    errno.ENOENT: ("it is not there", "If it was moved, put it back, then try again."),
    errno.EMFILE: ("too many files are open", "Close some programs, then try again."),
    errno.ENFILE: ("too many files are open", "Close some programs, then try again."),
}


def printable(words: str) -> str:
    """The words with a mark in place of every control character and the like."""
    if words.isprintable():
        return words
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in words
    )


def explained(what: str, error: OSError, path: Path) -> SaveError:
    """The system's error as a sentence: `what` could not be done, why, where, what to do."""
    reason, advice = _EXPLAINED.get(
        error.errno or 0, (error.strerror or type(error).__name__, _TRY_AGAIN)
    )
    return SaveError(f"{what}: {reason} ({path}). {advice}")
