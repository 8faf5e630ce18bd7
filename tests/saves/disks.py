"""Disks that fail: at a chosen step, or by losing what was not yet on the medium."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from saves.files import Disk

SECTOR: Final = 512
"""A medium takes so many bytes as a whole or not at all."""


def kept_by_medium(live: bytes, synced: bytes) -> Iterator[bytes]:
    """What may be left of a file when the power goes: of what is not synced, any sectors."""
    yield live
    yield synced
    if live == synced or not live.startswith(synced):
        return
    start, lost = len(synced), bytes(len(live) - len(synced))
    yield synced + lost
    cuts = [start, *range(start - start % SECTOR + SECTOR, len(live), SECTOR), len(live)]
    for begin, end in pairwise(cuts):
        yield live[:end]
        yield live[:begin] + bytes(end - begin) + live[end:]
        yield synced + lost[: begin - start] + live[begin:end] + lost[end - start :]


class FailingDisk(Disk):
    """A disk that is well until told to fail: from the step `fail_at` on, for `failures` steps.

    `done` names the steps taken so far. A failing write first puts `share` of its bytes in
    the file, as a disk does that fills up; a failing sync leaves them unsynced.
    """

    def __init__(self) -> None:
        self.done: list[str] = []
        self.fail_at: int | None = None
        self.failures = 1
        self.error = errno.ENOSPC
        self.share = 0.0

    def break_down(
        self, at: int = 0, *, error: int = errno.ENOSPC, failures: int = 1, share: float = 0.0
    ) -> None:
        """Fail so many steps from now."""
        self.fail_at = len(self.done) + at
        self.error, self.failures, self.share = error, failures, share

    def _step(self, name: str, instead: Callable[[], object] | None = None) -> None:
        at = len(self.done)
        self.done.append(name)
        if self.fail_at is not None and self.fail_at <= at < self.fail_at + self.failures:
            if instead is not None:
                instead()
            raise OSError(self.error, os.strerror(self.error))

    def make_folder(self, folder: Path) -> None:
        self._step("make_folder")
        super().make_folder(folder)

    def create(self, path: Path) -> int:
        self._step("create")
        return super().create(path)

    def open(self, path: Path) -> int:
        self._step("open")
        return super().open(path)

    def write(self, file: int, data: bytes) -> int:
        self._step("write", lambda: os.write(file, data[: int(len(data) * self.share)]))
        return super().write(file, data)

    def sync(self, file: int) -> None:
        self._step("sync")
        super().sync(file)

    def sync_folder(self, folder: Path) -> None:
        self._step("sync_folder")
        super().sync_folder(folder)

    def truncate(self, file: int, length: int) -> None:
        self._step("truncate")
        super().truncate(file, length)

    def move(self, source: Path, target: Path) -> None:
        self._step("move")
        super().move(source, target)

    def remove(self, path: Path) -> None:
        self._step("remove")
        super().remove(path)


class SlowDisk(Disk):
    """A disk that takes a few bytes a write, as systems may."""

    def write(self, file: int, data: bytes) -> int:
        return super().write(file, data[:100])


class PowerDisk(Disk):
    """A disk that remembers what would be left if the power went now.

    `on_change` is called after every step. Folders keep the names that were synced; files keep
    the bytes that were synced, and of those that were not, any sectors. A file that was replaced
    may be the one before until its folder is synced.
    """

    def __init__(self, on_change: Callable[[PowerDisk], None]) -> None:
        self._on_change = on_change
        self._paths: dict[int, Path] = {}
        self._synced: dict[Path, bytes] = {}
        self._unnamed: set[Path] = set()
        self._replaced: dict[Path, list[bytes]] = {}

    def move(self, source: Path, target: Path) -> None:
        replaced = list(self.after_power_cut(target)) if target.exists() else []
        super().move(source, target)
        self._synced[target] = self._synced.pop(source, b"")
        self._unnamed.discard(source)
        self._replaced[target] = replaced
        self._on_change(self)

    def is_named(self, path: Path) -> bool:
        """Whether the path would be found after a power cut."""
        return not self._unnamed & {path, *path.parents}

    def after_power_cut(self, path: Path) -> Iterator[bytes]:
        """What a file may hold after a power cut."""
        yield from self._replaced.get(path, [])
        yield from kept_by_medium(path.read_bytes(), self._synced.get(path, b""))

    def make_folder(self, folder: Path) -> None:
        super().make_folder(folder)
        self._unnamed.add(folder)
        self._on_change(self)

    def create(self, path: Path) -> int:
        file = super().create(path)
        self._paths[file] = path
        self._synced[path] = b""
        self._unnamed.add(path)
        self._on_change(self)
        return file

    def open(self, path: Path) -> int:
        file = super().open(path)
        self._paths[file] = path
        self._synced.setdefault(path, path.read_bytes())
        return file

    def write(self, file: int, data: bytes) -> int:
        written = super().write(file, data)
        self._on_change(self)
        return written

    def truncate(self, file: int, length: int) -> None:
        super().truncate(file, length)
        self._on_change(self)

    def sync(self, file: int) -> None:
        super().sync(file)
        self._synced[self._paths[file]] = self._paths[file].read_bytes()
        self._on_change(self)

    def sync_folder(self, folder: Path) -> None:
        super().sync_folder(folder)
        self._unnamed = {path for path in self._unnamed if path.parent != folder}
        self._replaced = {
            path: old for path, old in self._replaced.items() if path.parent != folder
        }
        self._on_change(self)
