"""One process at a time plays a run, writes the profile or keeps a pack; if it dies, it lets go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from saves.errors import RunInUse, SaveError, explained

if TYPE_CHECKING:
    from filelock import BaseFileLock

_OF_PROFILE: Final = ".profile.lock"
_OF_PACKS: Final = ".packs.lock"
"""No id of a run begins with a dot, so neither of them is the lock of one."""

_PATIENCE: Final = 10.0
"""In seconds; whoever writes the profile or a pack takes a fraction of one."""


def lock_run(folder: Path, run_id: str) -> BaseFileLock:
    """Take the lock of a run, whose file is in `folder`; give it back with `release()`.

    Raises `RunInUse` at once if somebody has it, and `SaveError` if it cannot be taken at all.
    """
    path, failed = folder / f"{run_id}.lock", f"The run `{run_id}` cannot be opened to play"
    lock = _taken(path, failed, wait=0)
    if lock is None:
        raise RunInUse(
            f"The run `{run_id}` is open in another window. Close it there, then try again."
        )
    return lock


def lock_profile(folder: Path) -> BaseFileLock:
    """Take the lock of the profile, once whoever has it has written; else as `lock_run`."""
    lock = _taken(folder / _OF_PROFILE, "Your career is not saved", wait=_PATIENCE)
    if lock is None:
        raise SaveError(
            "Your career is not saved: another window has been writing it for a while. "
            "Close it there, then try again."
        )
    return lock


def lock_packs(folder: Path) -> BaseFileLock:
    """Take the lock of the packs that are kept, once whoever has it has written."""
    failed = "The run could not be begun"
    lock = _taken(folder / _OF_PACKS, failed, wait=_PATIENCE)
    if lock is None:
        raise SaveError(
            f"{failed}: another window has been writing what it is played on for a while. "
            "Close it there, then try again."
        )
    return lock


def _taken(path: Path, failed: str, *, wait: float) -> BaseFileLock | None:
    """The lock on a file; None if somebody has it for longer than so many seconds.

    Raises `SaveError`, which begins with what has `failed`, if it cannot be taken at all.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  # slow to import, and not for lists

    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        return None
    except OSError as error:
        raise explained(failed, error, path) from error
    return lock


class Holding:
    """A lock that is given back at the end of a `with`, unless somebody keeps it."""

    def __init__(self, lock: BaseFileLock) -> None:
        """Hold a lock that was taken."""
        self._lock: BaseFileLock | None = lock

    def keep(self) -> BaseFileLock:
        """Take the lock over; whoever does gives it back."""
        assert self._lock is not None
        lock, self._lock = self._lock, None
        return lock

    def __enter__(self) -> Holding:
        """Use it in a `with`."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give the lock back, if it was not kept."""
        if self._lock is not None:
            self._lock.release()
