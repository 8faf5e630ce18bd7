"""A game that is killed, or whose power goes, has every decision that it acknowledged."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from saves import Library, SaveError
from saves.chain import read_journal
from tests.saves.children import Child, Say
from tests.saves.disks import PowerDisk
from tests.saves.runs import RUN_ID, begin_run, play_on, steps
from tests.saves.torture import times

KILLS = times(100, 1_000)


def test_killed_at_any_moment_a_run_has_every_decision_that_was_acknowledged(
    tmp_path: Path,
) -> None:
    library, lots = Library(tmp_path), random.Random(7)
    begin_run(library).close()
    run_id, saved, in_the_middle = RUN_ID, 0, 0

    def work(say: Say) -> None:
        with library.open(run_id) as journal:
            for count in range(saved + 1, len(steps()) + 1):
                say("saving")
                play_on(journal, count)
                say("saved")

    for _ in range(KILLS):
        child = Child(work)
        child.hear()
        time.sleep(lots.random() * 0.004)
        said = child.kill()
        acknowledged = saved + said.count("saved")
        with library.open(run_id, for_writing=False) as journal:
            played = [outcome for _, outcome in steps()[: len(journal.recorded)]]
            assert [recorded.outcome for recorded in journal.recorded] == played
            assert len(journal.recorded) in (acknowledged, acknowledged + 1)
        in_the_middle += "saving" not in said or said[-1] == "saving"
        with library.open(run_id) as journal:
            saved = len(journal.recorded)
        if saved == len(steps()):
            with begin_run(library) as journal:
                run_id, saved = journal.run_id, 0
    assert in_the_middle > KILLS // 10


def test_killed_while_runs_are_begun_every_one_that_was_acknowledged_is_there(
    tmp_path: Path,
) -> None:
    library, lots = Library(tmp_path), random.Random(7)
    acknowledged: set[str] = set()

    def work(say: Say) -> None:
        say("ready")
        while True:
            with begin_run(library) as journal:
                say(journal.run_id)

    for _ in range(times(25, 1_000)):
        child = Child(work)
        child.hear()
        time.sleep(lots.random() * 0.004)
        acknowledged.update(child.kill())
    for summary in library.list():
        assert bool(summary.problem) <= (summary.run_id not in acknowledged)
    for run_id in acknowledged:
        with library.open(run_id) as journal:
            play_on(journal, 1)


def test_whenever_the_power_goes_a_run_has_every_decision_that_was_acknowledged(
    tmp_path: Path,
) -> None:
    acknowledged = -1
    cuts = 0

    def check(disk: PowerDisk) -> None:
        nonlocal cuts
        path = library.runs / f"{RUN_ID}.jsonl"
        if acknowledged < 0:
            return
        assert disk.is_named(path)
        for data in disk.after_power_cut(path):
            reading = read_journal(RUN_ID, data)
            played = [outcome for _, outcome in steps()[: len(reading.recorded)]]
            assert [recorded.outcome for recorded in reading.recorded] == played
            assert len(reading.recorded) in (acknowledged, acknowledged + 1)
            cuts += 1

    disk = PowerDisk(check)
    library = Library(tmp_path, disk)
    begin_run(library).close()
    for acknowledged in range(len(steps())):
        if acknowledged % 3 == 0:
            with (library.runs / f"{RUN_ID}.jsonl").open("ab") as torn:
                torn.write(b'{"kind":"decision","numb')
        with library.open(RUN_ID) as journal:
            check(disk)
            play_on(journal, acknowledged + 1)
    acknowledged = len(steps())
    check(disk)
    assert cuts > 10 * len(steps())


def test_the_folders_of_a_new_home_survive_a_power_cut_too(tmp_path: Path) -> None:
    disk = PowerDisk(lambda _disk: None)
    library = Library(tmp_path / "some" / "new" / "home", disk)
    with begin_run(library) as journal:
        assert disk.is_named(journal.path)


def test_what_a_power_cut_left_of_a_beginning_is_explained_and_in_nobodys_way(
    tmp_path: Path,
) -> None:
    library = Library(tmp_path)
    with begin_run(library) as journal:
        whole = journal.path.read_bytes()
    for left in (b"", whole[:1], whole[:-1], bytes(len(whole))):
        journal.path.write_bytes(left)
        with pytest.raises(SaveError, match="damaged"):
            library.open(RUN_ID)
        with begin_run(library) as another:
            assert another.run_id != RUN_ID
