"""Saved runs: a whole one verified, and one of a thousand found and opened."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.figures import milliseconds, ratio
from saves import Library, SaveError
from saves.exchange import export_run, import_run
from saves.verify import verify
from scenes import find_pack, load_pack
from state_machine import advance, begin
from state_machine.bots import PERSONAS, decisions

ROUNDS: Final = 9
RUNS: Final = 1000
SEED: Final = 7
WHEN: Final = "2026-11-23T20:16:00+01:00"

Times = dict[str, list[float]]


def measure() -> None:
    """Print what verifying, listing and opening take against the least that they could."""
    with TemporaryDirectory() as home:
        library = Library(Path(home))
        run_id = _save(library)
        _print(f"One whole run of larder, {_size(library, run_id)}", _verifying(library, run_id))
        _copy(library, run_id)
        _print(f"One of {RUNS} such runs", _finding(library, run_id))


def _save(library: Library) -> str:
    pack = load_pack(find_pack("larder"))
    with library.begin(pack, SEED, "Sam", when=WHEN) as journal:
        for decision, outcome in decisions(pack, SEED, PERSONAS["sensible"], "Sam"):
            if decision is not None:
                journal.append(decision, outcome, when=WHEN)
        return journal.run_id


def _size(library: Library, run_id: str) -> str:
    journal = library.open(run_id, for_writing=False)
    return f"{len(journal.recorded)} decisions, {journal.length // 1024} KiB"


def _copy(library: Library, run_id: str) -> None:
    data = library.runs.joinpath(f"{run_id}.jsonl").read_bytes()
    for number in range(2, RUNS + 1):
        library.runs.joinpath(f"{run_id}-{number}.jsonl").write_bytes(data)


def _verifying(library: Library, run_id: str) -> Times:
    folder = find_pack("larder")
    pack = load_pack(folder)

    def whole() -> None:
        journal = library.open(run_id, for_writing=False)
        assert verify(journal.header, tuple(journal.lines), library.ground(journal)) is None

    journal = library.open(run_id, for_writing=False)
    made = [recorded.decision for recorded in journal.recorded]
    ground = library.ground(journal)

    def play() -> None:
        outcome = begin(pack, SEED, "Sam")
        for decision in made:
            outcome = advance(pack, outcome.run, decision)

    return _side_by_side(
        {
            "verify it, with its pack": whole,
            "load the pack from its folder": lambda: load_pack(folder),
            "read the pack that is kept": lambda: library.ground(journal),
            "read its journal": lambda: library.open(run_id, for_writing=False),
            "compute and compare": lambda: verify(journal.header, tuple(journal.lines), ground),
            "play it": play,
        }
    )


def _finding(library: Library, run_id: str) -> Times:
    shared = export_run(library, run_id)

    def stat() -> None:
        with os.scandir(library.runs) as entries:
            for entry in entries:
                entry.stat()

    def ends() -> None:
        """What the list needs at the least: a block from each end of every file."""
        with os.scandir(library.runs) as entries:
            for entry in entries:
                with open(entry.path, "rb", buffering=0) as file:
                    file.read(4096)
                    file.seek(-32 * 1024, os.SEEK_END)
                    file.read(32 * 1024)

    def refused() -> None:
        with suppress(SaveError):
            import_run(library, shared)

    return _side_by_side(
        {
            "list them": library.list,
            "read the folder and stat": stat,
            "read both ends of each": ends,
            "open one to read": lambda: library.open(run_id, for_writing=False),
            "open one to play": lambda: library.open(run_id).close(),
            "refuse one that is here": refused,
        }
    )


def _side_by_side(acts: dict[str, Callable[[], object]]) -> Times:
    times: Times = {name: [] for name in acts}
    for round_ in range(ROUNDS + 1):
        for name, act in acts.items():
            begun = time.perf_counter()
            act()
            if round_:
                times[name].append(time.perf_counter() - begun)
    return times


def _print(title: str, times: Times) -> None:
    """Each time, and how many of it the first one takes."""
    print(title)
    first = next(iter(times))
    for name, taken in times.items():
        against = "" if name == first else f"   the first takes {ratio(times[first], taken)}"
        print(f"  {name:<30} {milliseconds(taken):>9}{against}")
