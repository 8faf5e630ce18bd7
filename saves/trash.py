"""The trash: deleted runs, whole, until somebody empties it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from saves.errors import UnknownRun, explained
from saves.files import Disk
from saves.keeping import move_to
from saves.listing import SUFFIX
from saves.names import closest, is_run_id
from saves.summaries import Summary, summarise

TRASH: Final = "trash"
"""The folder of the trash in a home."""


class Trashed(msgspec.Struct, frozen=True):
    """A deleted run: the name of its file in the trash, and what it was."""

    name: str
    summary: Summary

    @property
    def run_id(self) -> str:
        """The id that it had."""
        return self.name.partition(SUFFIX)[0]


class Trash:
    """The deleted runs of a home. All methods raise `SaveError` where the system refuses."""

    def __init__(self, home: Path, disk: Disk) -> None:
        """Use the folder in a home, which need not be there yet."""
        self.folder = home / TRASH
        self._disk = disk

    def list(self) -> tuple[Trashed, ...]:
        """All of them, those played last first."""
        try:
            names = [path.name for path in self.folder.iterdir() if is_run_id(path.name)]
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise explained("The trash cannot be looked into", error, self.folder) from error
        found = (Trashed(n, summarise(self.folder / n)) for n in names if SUFFIX in n)
        return tuple(
            sorted(found, key=lambda each: (each.summary.last_played, each.name), reverse=True)
        )

    def put(self, path: Path) -> Path:
        """Move the journal of a run into the trash; returns where it lies now."""
        try:
            return move_to(self._disk, path, self.folder, path.name)
        except OSError as error:
            raise explained(f"The run `{path.stem}` is not deleted", error, path) from error

    def find(self, name: str) -> Trashed:
        """A deleted run by the name of its file, or by the id that it had.

        Raises `UnknownRun` with the closest that there is.
        """
        there = self.list()
        known = {each.run_id: each for each in reversed(there)} | {e.name: e for e in there}
        if name in known:
            return known[name]
        raise UnknownRun(f"There is no `{name}` in the trash{closest(name, known) or '.'}")

    def take_out(self, trashed: Trashed, target: Path) -> None:
        """Move a deleted run to a path where nothing is."""
        path = self.folder / trashed.name
        try:
            self._disk.move(path, target)
            self._disk.sync_folder(target.parent)
        except OSError as error:
            raise explained(f"`{trashed.name}` is not restored", error, path) from error

    def empty(self) -> int:
        """Take all deleted runs off the disk for good; returns how many there were."""
        found = self.list()
        path = self.folder
        try:
            for each in found:
                path = self.folder / each.name
                self._disk.remove(path)
            if found:
                self._disk.sync_folder(self.folder)
        except OSError as error:
            raise explained("The trash could not be emptied", error, path) from error
        return len(found)
