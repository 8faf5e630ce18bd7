"""Whatever is being done to a home, a power cut leaves it as it was before or as it is after."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from saves import Library
from tests.saves.acts import ACTS, Act, agrees, counted, standing
from tests.saves.media import Kept, Medium
from tests.saves.torture import times

STATES = times(3, 100_000)
"""So many of the homes that may be left after a step are looked at."""


def found_after(kept: Kept, home: Path, there: Path) -> Path:
    """The home that a power cut left, put elsewhere to be looked at."""
    for path, data in kept.items():
        target = there / path.relative_to(home)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return there


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name.replace(" ", "-"))
def test_whenever_the_power_goes_what_was_done_is_there_or_not_and_nothing_else_is_lost(
    act: Act, tmp_path: Path
) -> None:
    act.prepare(Library(tmp_path / "a-home"))
    after_all = Library(tmp_path / "another")
    act.prepare(after_all)
    before = standing(after_all.home)
    act.do(after_all)
    after = standing(after_all.home)
    lots = random.Random(act.name)
    acknowledged, cuts = False, 0

    def check(medium: Medium) -> None:
        nonlocal cuts
        homes = list(medium.after_power_cut())
        for kept in homes if len(homes) <= STATES else lots.sample(homes, STATES):
            with TemporaryDirectory() as there:
                home = found_after(kept, medium.home, Path(there))
                found = standing(home)
                assert agrees(found, before, after, acknowledged=acknowledged)
                if found == before:
                    act.do(Library(home))
                    assert counted(standing(home)) == counted(after)
            cuts += 1

    medium = Medium(tmp_path / "a-home", check)
    act.do(Library(medium.home, medium))
    acknowledged = True
    check(medium)
    assert cuts > 2
