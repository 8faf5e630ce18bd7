"""A saved run to do things with."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.storage import DiskShelf
from saves import Library
from state_machine.bots import PERSONAS
from tests.packs import write_small_pack


@pytest.fixture
def pack_folder(tmp_path: Path) -> Path:
    """The folder of the small company."""
    return write_small_pack(tmp_path / "small")


@pytest.fixture
def run(home: Path, pack_folder: Path) -> str:
    """The id of a saved run of six decisions, the fourth of which was made twice."""
    shelf = DiskShelf(Library(home))
    session = shelf.begin(str(pack_folder), 7, "Ada")
    for number in range(6):
        session.decide(PERSONAS["random"](session.view, 7))
        if number == 3:
            session.undo()
            session.decide(PERSONAS["people-pleaser"](session.view, 7))
    shelf.close()
    (card,) = shelf.runs()
    return card.id
