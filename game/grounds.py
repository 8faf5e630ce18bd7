"""What runs are played on: packs as they are today, and what was kept with a run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from game.shelf import Trouble
from saves import MissingPack

if TYPE_CHECKING:
    from saves import Header, Journal, Library
    from saves.packstore import Ground
    from scenes import Pack


class Grounds:
    """Reads each pack, and what was kept under each digest, once."""

    def __init__(self, library: Callable[[], Library]) -> None:
        """Look for what was kept in a library, which is opened when it is first needed."""
        self._library = library
        self._packs: dict[Path, Pack] = {}
        self._kept: dict[str, Ground] = {}

    def pack(self, folder: Path) -> Pack:
        """The pack in a folder. Raises `PackError`."""
        from scenes.loader import load_pack  # noqa: PLC0415

        if folder not in self._packs:
            self._packs[folder] = load_pack(folder)
        return self._packs[folder]

    def today(self, header: Header) -> Pack:
        """The pack of a saved run as it is now. Raises `PackError`, or `Trouble` if it is gone."""
        return self.pack(_folder_of(header))

    def kept(self, journal: Journal) -> Ground | None:
        """What a run was played on, if it was kept and can be read."""
        digest = journal.header.kept
        if digest not in self._kept:
            try:
                self._kept[digest] = self._library().ground(journal)
            except MissingPack:
                return None
        return self._kept[digest]


def _folder_of(header: Header) -> Path:
    """Where the pack of a saved run lies. Raises `PackError` or `Trouble` if it is not there."""
    from scenes.loader import installed_pack  # noqa: PLC0415

    if not header.pack_folder:
        return installed_pack(header.pack_id)
    folder = Path(header.pack_folder)
    try:
        is_there = folder.is_dir()
    except (OSError, ValueError):
        is_there = False
    if not is_there:
        raise Trouble(
            f"The story of this run, “{header.pack_title}”, was in the folder {folder}, which is "
            "not there any more. Put it back, and the run goes on."
        )
    return folder
