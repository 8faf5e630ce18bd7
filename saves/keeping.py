"""Moving and replacing files without losing any: the damaged beside, the deleted into the trash."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from saves.files import Disk, write_new


def set_aside(disk: Disk, path: Path, data: bytes, good: int) -> Path:
    """Keep the damaged `data` of a journal under another name, and leave its `good` first bytes.

    Returns where the damaged file is kept. At every moment the journal is there, damaged or
    good, and never half of either. Raises `OSError`; then the same may be tried again.
    """
    aside = new_file(disk, path.parent, f"{path.name}.damaged", data)
    replace(disk, path, data[:good], "recovering")
    return aside


def replace(disk: Disk, path: Path, data: bytes, suffix: str) -> None:
    """Put new bytes in the place of a file, or where there is none yet, at once.

    They are first written beside it, with this suffix. Raises `OSError`; then the file is as it
    was, or has all that is new, and the same may be tried again.
    """
    fresh = path.with_name(f"{path.name}.{suffix}")
    with suppress(FileNotFoundError):
        disk.remove(fresh)
    write_new(disk, fresh, data)
    disk.move(fresh, path)
    disk.sync_folder(path.parent)


def write_whole(disk: Disk, path: Path, data: bytes) -> None:
    """A new file that has all of `data` or nothing, whatever happens meanwhile.

    Of a file of several lines, half could be taken for a whole one. Raises as `write_new`.
    """
    file = disk.create(path)
    try:
        disk.close(file)
        replace(disk, path, data, "writing")
    except BaseException:
        for each in (path.with_name(f"{path.name}.writing"), path):
            with suppress(OSError):
                disk.remove(each)
        raise


def move_to(disk: Disk, path: Path, folder: Path, name: str) -> Path:
    """Move a file into a folder, under this name or one like it; returns where it lies now.

    Nothing that lies there gives way. Raises `OSError` if it did not move.
    """
    target = new_file(disk, folder, name)
    try:
        disk.move(path, target)
    except OSError:
        with suppress(OSError):
            disk.remove(target)
        raise
    for each in (folder, path.parent):
        with suppress(OSError):
            disk.sync_folder(each)
    return target


def new_file(disk: Disk, folder: Path, name: str, data: bytes = b"") -> Path:
    """A new file of this name, or with `-2` and so on behind it if that is taken."""
    for each in numbered(name):
        with suppress(FileExistsError):
            write_new(disk, folder / each, data)
            return folder / each
    raise AssertionError("there is always another name")


def numbered(name: str) -> Iterator[str]:
    """The name itself, then with `-2`, `-3` and so on behind it, without end."""
    yield name
    yield from (f"{name}-{number}" for number in itertools.count(2))
