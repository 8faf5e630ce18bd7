"""The thin layer through which every byte of a save is written, so that tests can inject faults.

`Disk` has one method for each thing that the system can refuse; all of them raise `OSError`.
The functions below put them together. Nothing else in this package writes, except that the
lock files, which hold nothing, are made by `filelock`.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from saves.errors import SaveError, explained

MAX_FILE: Final = 64 * 1024 * 1024
"""No journal is larger than this many bytes; a larger file is not read at all."""

_BINARY: Final[int] = getattr(os, "O_BINARY", 0)


class Disk:
    """The system's own files. A test puts a disk in its place that fails where it wants."""

    def make_folder(self, folder: Path) -> None:
        """Make one folder; its parent is there."""
        folder.mkdir(exist_ok=True)

    def create(self, path: Path) -> int:
        """A new file to append to. Raises `FileExistsError` if the name is taken, always."""
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | _BINARY
        return os.open(path, flags, 0o644)

    def open(self, path: Path) -> int:
        """A file that exists, to append to."""
        return os.open(path, os.O_WRONLY | os.O_APPEND | _BINARY)

    def write(self, file: int, data: bytes) -> int:
        """Append; returns how many bytes went in, which can be fewer."""
        return os.write(file, data)

    def sync(self, file: int) -> None:
        """Wait until the file's bytes are on the medium, as far as the system can promise it."""
        if sys.platform == "darwin":
            import fcntl  # noqa: PLC0415  # not on every system

            with suppress(OSError):
                fcntl.fcntl(file, fcntl.F_FULLFSYNC)
                return
        os.fsync(file)

    def sync_folder(self, folder: Path) -> None:
        """The same for the names in a folder, on systems where folders can be opened."""
        if sys.platform == "win32":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def truncate(self, file: int, length: int) -> None:
        """Cut the file back to a length."""
        os.ftruncate(file, length)

    def close(self, file: int) -> None:
        """Give the file back."""
        os.close(file)

    def move(self, source: Path, target: Path) -> None:
        """Give a file another name at once; whatever had that name gives way."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Take a file away: one made a moment ago, a copy, or what is in the trash."""
        path.unlink()


def make_folders(disk: Disk, folder: Path) -> None:
    """Make a folder with all that is missing above it, so that a power cut leaves it there."""
    missing = []
    at = folder
    while not at.is_dir():
        missing.append(at)
        at = at.parent
    for each in reversed(missing):
        disk.make_folder(each)
        disk.sync_folder(each.parent)


def write_all(disk: Disk, file: int, data: bytes) -> None:
    """Append all of `data` in one write, or in more where the system takes it in parts."""
    rest = memoryview(data)
    while rest:
        rest = rest[disk.write(file, bytes(rest)) :]


def write_new(disk: Disk, path: Path, data: bytes) -> None:
    """A new file that is on the medium when this returns; if it cannot be, there is none.

    Raises `OSError`, of which `FileExistsError` means that the name is taken.
    """
    file = disk.create(path)
    try:
        try:
            write_all(disk, file, data)
            disk.sync(file)
        finally:
            disk.close(file)
        disk.sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            disk.remove(path)
        raise


def read_journal_file(path: Path) -> bytes:
    """All bytes of a file that may be a journal. Raises `SaveError`; reads at most `MAX_FILE`."""
    what = "The save cannot be read"
    data = read_ordinary(path, what, MAX_FILE, "Move it elsewhere, or delete the run.")
    if data is None:
        raise explained(what, FileNotFoundError(errno.ENOENT, ""), path)
    return data


def read_ordinary(
    path: Path, what: str, most: int, remedy: str = "Move it elsewhere."
) -> bytes | None:
    """All bytes of an ordinary file of at most `most` bytes; None if there is no file.

    Raises `SaveError`, which begins with `what` could not be done and, where the file is too
    large, ends with the `remedy`.
    """
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            raise SaveError(f"{what}: it is not an ordinary file ({path}).")
        if info.st_size > most:
            raise SaveError(
                f"{what}: it has {info.st_size // 2**20} MiB, and none of its kind has more than "
                f"{most // 2**20} ({path}). {remedy}"
            )
        with path.open("rb") as file:
            return file.read(most)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise explained(what, error, path) from error
