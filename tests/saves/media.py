"""A disk that knows all that it could hold if the power went now, over all its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, product
from pathlib import Path

from saves.files import Disk
from tests.saves.disks import kept_by_medium

Kept = Mapping[Path, bytes]
"""What is found after a power cut: the bytes of each file."""


@dataclass(eq=False)
class _File:
    live: bytes = b""
    synced: bytes = b""


@dataclass(eq=False)
class _Change:
    """A name that comes, goes or both at once, and is not yet sure to have."""

    folders: set[Path]
    gone: Path | None = None
    named: tuple[Path, _File] | None = None
    made: Path | None = None


@dataclass(eq=False)
class Medium(Disk):
    """A disk whose power may go after any step; `on_change` is called after each.

    Of what is not synced, a file keeps any sectors, and of the names that came or went since
    their folder was synced, any are as before. A file moves from a folder into another at once,
    as it does where the system keeps a journal of its names.
    """

    home: Path
    on_change: Callable[[Medium], None]
    _names: dict[Path, _File] = field(default_factory=dict)
    _folders: set[Path] = field(default_factory=set)
    _now: dict[Path, _File] = field(default_factory=dict)
    _open: dict[int, _File] = field(default_factory=dict)
    _changes: list[_Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        """What is in the home already has long been synced."""
        for path in self.home.rglob("*"):
            if path.is_dir():
                self._folders.add(path)
            else:
                data = path.read_bytes()
                self._names[path] = _File(data, data)
        self._folders |= {self.home, *self.home.parents}
        self._now = dict(self._names)

    def after_power_cut(self) -> Iterator[Kept]:
        """Every home that may be found after a power cut now."""
        for count in range(len(self._changes) + 1):
            for chosen in combinations(self._changes, count):
                yield from self._with(chosen)

    def _with(self, changes: tuple[_Change, ...]) -> Iterator[Kept]:
        names, folders = dict(self._names), set(self._folders)
        for change in changes:
            _take(change, names, folders)
        found = {path: file for path, file in names.items() if path.parent in folders}
        files = list(dict.fromkeys(found.values()))
        for kept in product(*(_held(file.live, file.synced) for file in files)):
            held = dict(zip(files, kept, strict=True))
            yield {path: held[file] for path, file in found.items()}

    def make_folder(self, folder: Path) -> None:
        super().make_folder(folder)
        self._changed(_Change({folder.parent}, made=folder))

    def create(self, path: Path) -> int:
        handle = super().create(path)
        self._now[path] = self._open[handle] = _File()
        self._changed(_Change({path.parent}, named=(path, self._now[path])))
        return handle

    def open(self, path: Path) -> int:
        handle = super().open(path)
        self._open[handle] = self._now[path]
        return handle

    def write(self, file: int, data: bytes) -> int:
        written = super().write(file, data)
        self._open[file].live += data[:written]
        self.on_change(self)
        return written

    def truncate(self, file: int, length: int) -> None:
        super().truncate(file, length)
        self._open[file].live = self._open[file].live[:length]
        self.on_change(self)

    def sync(self, file: int) -> None:
        super().sync(file)
        self._open[file].synced = self._open[file].live
        self.on_change(self)

    def sync_folder(self, folder: Path) -> None:
        super().sync_folder(folder)
        for change in self._changes:
            if folder in change.folders:
                _take(change, self._names, self._folders)
        self._changes = [each for each in self._changes if folder not in each.folders]
        self.on_change(self)

    def move(self, source: Path, target: Path) -> None:
        super().move(source, target)
        self._now[target] = self._now.pop(source)
        named = target, self._now[target]
        self._changed(_Change({source.parent, target.parent}, gone=source, named=named))

    def remove(self, path: Path) -> None:
        super().remove(path)
        del self._now[path]
        self._changed(_Change({path.parent}, gone=path))

    def _changed(self, change: _Change) -> None:
        self._changes.append(change)
        self.on_change(self)


@lru_cache(maxsize=8)
def _held(live: bytes, synced: bytes) -> tuple[bytes, ...]:
    """What may be left of a file, each once."""
    return tuple(dict.fromkeys(kept_by_medium(live, synced)))


def _take(change: _Change, names: dict[Path, _File], folders: set[Path]) -> None:
    if change.gone is not None:
        names.pop(change.gone, None)
    if change.named is not None:
        path, file = change.named
        names[path] = file
    if change.made is not None:
        folders.add(change.made)
