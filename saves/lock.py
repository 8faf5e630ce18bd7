"""One process at a time has a run open to play it; the system lets go when the process dies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from saves.errors import RunInUse, explained

if TYPE_CHECKING:
    from filelock import BaseFileLock


def lock_run(folder: Path, run_id: str) -> BaseFileLock:
    """Take the lock of a run, whose file is in `folder`; give it back with `release()`.

    Raises `RunInUse` at once if somebody has it, and `SaveError` if it cannot be taken at all.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  # slow to import, and not for lists

    path = folder / f"{run_id}.lock"
    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise RunInUse(
            f"The run `{run_id}` is open in another window. Close it there, then try again."
        ) from error
    except OSError as error:
        raise explained(f"The run `{run_id}` cannot be opened to play", error, path) from error
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
