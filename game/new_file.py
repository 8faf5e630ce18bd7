"""Writing what a player asked for into a file of their own, which never takes another's place."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from game.shelf import Trouble
from saves import files
from saves.keeping import numbered


class AlreadyThere(Trouble):
    """There is something in the place where a file was to be written."""


def must_be_free(path: Path) -> None:
    """Raise `AlreadyThere` if a file could only take another one's place."""
    if path.exists() or path.is_symlink():
        raise AlreadyThere(_taken(path))


def write_new(path: Path, data: bytes) -> None:
    """Write a new file, whole or not at all.

    Raises `AlreadyThere` if there is one of that name, and `Trouble` if it cannot be written.
    """
    try:
        files.write_new(files.Disk(), path, data)
    except FileExistsError as error:
        raise AlreadyThere(_taken(path)) from error
    except OSError as error:
        raise Trouble(f"“{path}” could not be written: {error.strerror or error}") from error


def write_free(folder: Path, name: str, suffix: str, data: bytes) -> Path:
    """Write a new file of this name, or of the next that is free: `name-2`, `name-3`."""
    for each in numbered(name):
        path = folder / f"{each}{suffix}"
        with suppress(AlreadyThere):
            write_new(path, data)
            return path
    raise AssertionError("there is always a next number")


def _taken(path: Path) -> str:
    return f"“{path}” is there already, and nothing is written over it"
