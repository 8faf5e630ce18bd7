"""Thousands of files that somebody changed: each is explained, or is what was played.

Some changes are blind, others are forgeries with right digests. What is read of a journal, or
taken in from a file, is what was played up to there, or its verification says where it is not.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from saves import Library, SaveError
from saves.chain import Reading, read_journal
from saves.exchange import import_run
from saves.packstore import Ground, read_kept
from saves.records import Noted, Recorded
from saves.share import opened_share
from saves.summaries import summarise
from saves.verify import verify
from tests.saves.acts import RUN, begin, given_away
from tests.saves.sealing import reseal
from tests.saves.torture import times

COUNT: Final = 5
FILES: Final = times(150, 5_000)
"""So many journals are changed, and as many files that were given away."""

Lots = random.Random
Edit = Callable[[bytes, Lots], bytes]


@cache
def journal() -> bytes:
    """The journal of that run."""
    return opened_share(given_away(COUNT))[1]


@cache
def reading() -> Reading:
    """What stands in it."""
    return read_journal(RUN, journal())


@cache
def ground() -> Ground:
    """What it was played on."""
    return read_kept(opened_share(given_away(COUNT))[2])[0]


# ── edits ───────────────────────────────────────────────────────────────────────────────────


def flip(data: bytes, lots: Lots) -> bytes:
    """One bit."""
    at = lots.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << lots.randrange(8)]) + data[at + 1 :]


def cut(data: bytes, lots: Lots) -> bytes:
    """The end is gone."""
    return data[: lots.randrange(len(data))]


def tear_out(data: bytes, lots: Lots) -> bytes:
    """Something in the middle is gone."""
    one, other = sorted(lots.randrange(len(data)) for _ in range(2))
    return data[:one] + data[other:]


def insert(data: bytes, lots: Lots) -> bytes:
    """Bytes from anywhere are put in."""
    at = lots.randrange(len(data))
    new = lots.choice([lots.randbytes(9), b"\n", b'"', b"{}", b"\x00", data[at : at + 300]])
    return data[:at] + new + data[at:]


def swap_lines(data: bytes, lots: Lots) -> bytes:
    """Two lines change places."""
    lines = data.splitlines(keepends=True)
    one, other = (lots.randrange(len(lines)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def double_line(data: bytes, lots: Lots) -> bytes:
    """A line stands there twice, somewhere."""
    lines = data.splitlines(keepends=True)
    lines.insert(lots.randrange(len(lines) + 1), lots.choice(lines))
    return b"".join(lines)


def drop_line(data: bytes, lots: Lots) -> bytes:
    """A line is gone."""
    lines = data.splitlines(keepends=True)
    del lines[lots.randrange(len(lines))]
    return b"".join(lines)


BLIND: Final[list[Edit]] = [flip, cut, tear_out, insert, swap_lines, double_line, drop_line]


def _spots(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in plain data."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, each in inside:
        found.append((*at, key))
        if isinstance(each, dict | list):
            found += _spots(each, (*at, key))
    return found


def forge(line: bytes, lots: Lots) -> bytes:
    """Something in a line is another value, gone, there twice or of another kind."""
    content = json.loads(line)
    digest = content.pop("digest", "")
    *way, last = lots.choice(_spots(content))
    there = content
    for key in way:
        there = there[key]
    value = there[last]
    others: list[Any] = [
        0,
        -1,
        1,
        10**6,
        10**30,
        1.5,
        None,
        True,
        "",
        "x",
        "nowhere/go",
        [],
        {},
        "\x1b[2J",
    ]
    act = lots.random()
    if act < 0.2:
        del there[last]
    elif act < 0.5 and isinstance(value, int):
        there[last] = value + lots.choice([-7, -1, 1, 7])
    elif act < 0.6 and isinstance(there, dict):
        there[f"{last}x"] = value
    else:
        there[last] = lots.choice(others)
    return json.dumps(content | {"digest": digest}, separators=(",", ":")).encode() + b"\n"


def forged(data: bytes, lots: Lots) -> bytes:
    """A line of a journal is forged, and all digests are right."""
    lines = data.splitlines(keepends=True)
    at = lots.randrange(len(lines))
    lines[at] = forge(lines[at], lots)
    return reseal(b"".join(lines))


def reordered(data: bytes, lots: Lots) -> bytes:
    """Lines were moved, doubled or dropped, and all digests are right."""
    return reseal(lots.choice([swap_lines, double_line, drop_line])(data, lots))


JOURNALS: Final[list[Edit]] = [*BLIND, forged, forged, forged, reordered]


def forged_share(data: bytes, lots: Lots) -> bytes:
    """The journal or the pack in a file is forged, and all digests are right."""
    _, inside, kept = opened_share(data)
    first = data.partition(b"\n")[0] + b"\n"
    if lots.random() < 0.3:
        changed = reseal(forge(kept, lots))
        inside = reseal(inside.replace(kept[-35:-3], changed[-35:-3]))
        return first + changed + inside
    return first + kept + lots.choice([forged, reordered])(inside, lots)


SHARES: Final[list[Edit]] = [*BLIND, forged_share, forged_share, forged_share]


# ── what is read of them ────────────────────────────────────────────────────────────────────


def is_explained(found: Reading, on: Ground) -> bool:
    """Whether all that is read came about just so, or it is known at which decision not.

    Moments, notes and decisions that lead to the same are whatever somebody wrote there.
    """
    came_about, as_played = _came_about(found), _came_about(reading())
    begun = found.header.outcome == reading().header.outcome
    if begun and came_about == as_played[: len(came_about)]:
        return True
    return verify(found.header, found.lines, on) is not None


def _came_about(found: Reading) -> list[object]:
    """What decisions led to and where undos led back to; notes change nothing."""
    lines = (line for line in found.lines if not isinstance(line, Noted))
    return [line.outcome if isinstance(line, Recorded) else line.state for line in lines]


@pytest.mark.parametrize("seed", range(4))
def test_a_journal_that_somebody_changed_is_explained_or_is_what_was_played(
    tmp_path: Path, seed: int
) -> None:
    lots = random.Random(seed)
    path = tmp_path / f"{RUN}.jsonl"
    for _ in range(-(-FILES // 4)):
        data = lots.choice(JOURNALS)(journal(), lots)
        path.write_bytes(data)
        problem = summarise(path).problem
        assert problem.isprintable()
        try:
            found = read_journal(RUN, data)
        except SaveError as error:
            assert str(error).isprintable()
            continue
        assert found.damage.isprintable()
        assert is_explained(found, ground())


@pytest.mark.parametrize("seed", range(4))
def test_a_file_that_somebody_changed_is_refused_whole_or_is_what_was_played(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("saves.exchange.read_kept", cache(read_kept))
    lots = random.Random(seed)
    library = Library(tmp_path)
    begin(library, 1, "Ife")
    for _ in range(-(-FILES // 4)):
        data = lots.choice(SHARES)(given_away(COUNT), lots)
        before = sorted(library.home.rglob("*"))
        try:
            run_id = import_run(library, data)
        except SaveError as error:
            assert str(error).isprintable()
            assert sorted(library.home.rglob("*")) == before
            continue
        taken_in = library.open(run_id, for_writing=False)
        found = read_journal(run_id, taken_in.path.read_bytes())
        on = library.ground(taken_in) if taken_in.header.kept else ground()
        assert is_explained(found, on)
        taken_in.path.unlink()
