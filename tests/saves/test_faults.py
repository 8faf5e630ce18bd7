"""A full or faulty disk at any step of anything: it is said, and nothing else changes."""

from __future__ import annotations

import errno
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from saves import Library, SaveError
from tests.saves.acts import ACTS, Act, agrees, begin, counted, standing
from tests.saves.disks import FailingDisk, SlowDisk
from tests.saves.torture import times

CASES = times(6, 100_000)
"""So many of the ways in which something can fail are tried of each act."""


def _ways(steps: list[str]) -> Iterator[tuple[int, int, int, float]]:
    """Each step with each error, once or from then on, after none, half or all of a write."""
    for at, step in enumerate(steps):
        for error in (errno.ENOSPC, errno.EIO):
            for failures in (1, 2, 99):
                for share in (0.0, 0.5, 1.0) if step == "write" else (0.0,):
                    yield at, error, failures, share


def put_back(fresh: Path, home: Path) -> None:
    """Make a home as it was when it was prepared, which may be that there is none."""
    shutil.rmtree(home, ignore_errors=True)
    if fresh.exists():
        shutil.copytree(fresh, home)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name.replace(" ", "-"))
def test_what_fails_at_any_step_is_said_and_can_be_done_again(act: Act, tmp_path: Path) -> None:
    fresh, well = tmp_path / "fresh", FailingDisk()
    act.prepare(Library(fresh))
    before = standing(fresh)
    put_back(fresh, tmp_path / "well")
    act.do(Library(tmp_path / "well", well))
    after = standing(tmp_path / "well")
    ways = list(_ways(well.done))
    chosen = ways if len(ways) <= CASES else random.Random(act.name).sample(ways, CASES)
    for at, error, failures, share in chosen:
        home, disk = tmp_path / "home", FailingDisk()
        put_back(fresh, home)
        disk.break_down(at, error=error, failures=failures, share=share)
        try:
            act.do(Library(home, disk))
            said = ""
        except SaveError as trouble:
            said = str(trouble)
        found = standing(home)
        assert agrees(found, before, after, acknowledged=not said), (at, error, failures, share)
        assert not said or "the disk" in said
        if found == before:
            act.do(Library(home))
            assert counted(standing(home)) == counted(after), (at, error, failures, share)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name.replace(" ", "-"))
def test_a_system_that_takes_all_in_parts_gets_all_of_it(act: Act, tmp_path: Path) -> None:
    for home, library in (
        ("at-once", Library(tmp_path / "at-once")),
        ("in-parts", Library(tmp_path / "in-parts", SlowDisk())),
    ):
        act.prepare(Library(tmp_path / home))
        act.do(library)
    assert standing(tmp_path / "in-parts") == standing(tmp_path / "at-once")


@pytest.mark.parametrize("left", [b"", b'{"kind":"two-hats-pack"', bytes(100)])
def test_what_an_interruption_left_of_a_pack_gives_way_to_all_of_it(
    left: bytes, tmp_path: Path
) -> None:
    library = Library(tmp_path)
    begin(library)
    (kept,) = library.home.glob("packs/*.json")
    whole = kept.read_bytes()
    kept.write_bytes(left)
    begin(library)
    assert kept.read_bytes() == whole
    assert [each.name for each in library.home.glob("packs/*")] == [kept.name]
