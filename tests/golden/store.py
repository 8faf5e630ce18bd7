"""Where the golden runs lie: a journal each, and the packs that they were played on, compressed.

A run and its pack are stored apart, because most runs share one; put together they are the file
in which a run is given away.
"""

from __future__ import annotations

import json
import lzma
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
RUNS: Final = FOLDER / "runs"
PACKS: Final = FOLDER / "packs"
GROUNDS: Final = FOLDER / "grounds.json"
"""Says for each run which pack it was played on; journals of the first format do not say it."""

SUFFIX: Final = ".jsonl.xz"


@dataclass(frozen=True)
class Golden:
    """A golden run: its journal and the line of its pack, as they stand in a home."""

    name: str
    journal: bytes
    kept: bytes


def names() -> list[str]:
    """The names of all golden runs."""
    return sorted(path.name.removesuffix(SUFFIX) for path in RUNS.glob(f"*{SUFFIX}"))


def read(name: str) -> Golden:
    """A golden run."""
    return Golden(
        name,
        journal=lzma.decompress(_journal(name).read_bytes()),
        kept=lzma.decompress(_pack(_grounds()[name]).read_bytes()),
    )


def write(golden: Golden, digest: str) -> None:
    """Put a golden run in the place of the one of its name; `digest` is that of its pack.

    A pack that no run was played on any more goes.
    """
    for path, data in ((_journal(golden.name), golden.journal), (_pack(digest), golden.kept)):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))
    grounds = _grounds() | {golden.name: digest}
    GROUNDS.write_text(json.dumps(grounds, indent=2, sort_keys=True) + "\n", "utf-8")
    for path in PACKS.iterdir():
        if path not in {_pack(each) for each in grounds.values()}:
            path.unlink()


def _journal(name: str) -> Path:
    return RUNS / f"{name}{SUFFIX}"


def _pack(digest: str) -> Path:
    return PACKS / f"{digest}.json.xz"


def _grounds() -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(GROUNDS.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return found
