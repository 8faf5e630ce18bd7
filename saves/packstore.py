"""The packs that runs were played on, with the rules in force, each kept under its digest.

A run is told and verified by what it was played on, also after that was changed or has gone.
What is kept is the text of the pack's files and the resolved numbers of the rules: one line,
sealed like the first of a journal, in a file whose name is its digest.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from saves.beginning import UNREADABLE
from saves.errors import MissingPack, SaveError, explained
from saves.files import Disk, make_folders, read_ordinary
from saves.keeping import replace
from saves.lock import Holding, lock_packs
from saves.sealing import Wrong, opened, sealed
from scenes.diagnostics import PackError
from scenes.loader import load_files
from scenes.schema import Pack
from state_machine.rules import Rules, as_numbers, default_rules, rules_of

PACKS: Final = "packs"
"""The folder of what is kept, in a home."""

FORMAT: Final = 1
READABLE_BY: Final = 1

KEPT: Final = "two-hats-pack"
MAX_KEPT: Final = 8 * 1024 * 1024
"""No pack that is kept has more bytes than this, with its rules, as JSON."""

_WHAT: Final = "What this run was played on cannot be read"


class Kept(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag_field="kind",
    tag=KEPT,
    forbid_unknown_fields=True,
):
    """A pack's files, their texts by name, and the rules that were in force with it."""

    format: int = FORMAT
    readable_by: int = READABLE_BY
    pack_id: str
    pack_title: str
    pack_version: str
    files: Mapping[str, str]
    rules: Mapping[str, Any]


class _Mark(msgspec.Struct, frozen=True):
    """What the line of any version has."""

    format: int = FORMAT
    readable_by: int = READABLE_BY


class Ground(msgspec.Struct, frozen=True):
    """What a run is played on: its pack and the rules in force."""

    pack: Pack
    rules: Rules


def as_kept(pack: Pack, rules: Rules | None = None) -> tuple[bytes, str]:
    """The line that keeps a pack and rules, by default the game's, and its digest."""
    kept = Kept(
        pack_id=pack.info.id,
        pack_title=pack.info.title,
        pack_version=pack.info.version,
        files=pack.files,
        rules=as_numbers(rules or default_rules()),
    )
    return sealed(kept, "", MAX_KEPT)


def read_kept(line: bytes) -> tuple[Ground, str]:
    """What a line (with or without its newline) keeps, and its digest.

    Raises `MissingPack` if it was changed, or cannot be read by this version of the game.
    """
    try:
        content, digest = opened(line.removesuffix(b"\n"), "", MAX_KEPT)
    except Wrong as wrong:
        raise MissingPack(f"{_WHAT}: its pack {wrong}.") from wrong
    try:
        mark = msgspec.json.decode(content, type=_Mark)
        if mark.readable_by > FORMAT:
            raise MissingPack(
                f"{_WHAT}: a newer version of the game kept it; its format is {mark.format}, and "
                f"this one reads up to {FORMAT}."
            )
        kept = msgspec.json.decode(content, type=Kept)
    except UNREADABLE as error:
        raise MissingPack(
            f"{_WHAT}: its pack is not as this version keeps it ({error})."
        ) from error
    try:
        return Ground(load_files(kept.files), rules_of(kept.rules)), digest
    except (PackError, msgspec.ValidationError) as error:
        raise MissingPack(f"{_WHAT}: {error}") from error


def keep(home: Path, locks: Path, line: bytes, digest: str, disk: Disk) -> None:
    """Keep a pack's line in a home; nothing happens if it is there, whole. Raises `SaveError`.

    What an interruption left of it, or something else made of it, gives way to it.
    """
    path = _path(home, digest)
    try:
        if _has(path, line):
            return
        make_folders(disk, path.parent)
        make_folders(disk, locks)
        with Holding(lock_packs(locks)):
            if not _has(path, line):
                replace(disk, path, line, "keeping")
    except OSError as error:
        raise explained("The run could not be begun", error, path) from error


def _has(path: Path, line: bytes) -> bool:
    try:
        return path.stat().st_size == len(line) and path.read_bytes() == line
    except FileNotFoundError:
        return False


def kept_line(home: Path, digest: str) -> bytes:
    """The line of a pack that is kept in a home. Raises `MissingPack` if it is not."""
    if not digest:
        raise MissingPack("What this run was played on was not kept, as it is older than that.")
    path = _path(home, digest)
    try:
        line = read_ordinary(path, _WHAT, MAX_KEPT) if digest.isalnum() else None
    except SaveError as error:
        raise MissingPack(str(error)) from error
    if line is None:
        raise MissingPack(f"{_WHAT}: it is not there any more ({path}).")
    return line


def ground(home: Path, digest: str) -> Ground:
    """The pack and the rules that are kept under a digest. Raises `MissingPack`."""
    found, digest_there = read_kept(kept_line(home, digest))
    if digest_there != digest:
        raise MissingPack(f"{_WHAT}: another pack lies in its place ({_path(home, digest)}).")
    return found


def _path(home: Path, digest: str) -> Path:
    return home / PACKS / f"{digest}.json"
