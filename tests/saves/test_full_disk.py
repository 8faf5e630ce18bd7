"""A disk that is full, broken or read-only: it is said, and nothing acknowledged is lost."""

from __future__ import annotations

import errno
import resource
from contextlib import suppress
from pathlib import Path

import pytest

from saves import Library, SaveError
from tests.saves.children import Child, Say
from tests.saves.disks import FailingDisk
from tests.saves.runs import RUN_ID, begin_run, play_on, saved_bytes

SHARES = (0.0, 0.5, 1.0)
"""How much of a line a failing write leaves in the file."""


@pytest.fixture
def disk() -> FailingDisk:
    """A disk that is well so far."""
    return FailingDisk()


@pytest.fixture
def library(tmp_path: Path, disk: FailingDisk) -> Library:
    """An empty library on that disk."""
    return Library(tmp_path, disk)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize("failures", [1, 2, 3, 4, 9])
def test_a_decision_that_cannot_be_saved_is_not_there_and_can_be_made_again(
    library: Library, disk: FailingDisk, at: int, failures: int, share: float
) -> None:
    with begin_run(library) as journal:
        play_on(journal, 2)
        before = journal.run, journal.recorded
        disk.break_down(at, failures=failures, share=share)
        with pytest.raises(SaveError, match=r"not saved: the disk is full \(.*\)\. Make some room"):
            play_on(journal, 3)
        assert (journal.run, journal.recorded) == before
        disk.fail_at = None
        play_on(journal, 4)
        assert journal.path.read_bytes() == saved_bytes(4)


@pytest.mark.parametrize("failures", range(1, 12))
@pytest.mark.parametrize("share", SHARES)
def test_however_often_saving_fails_the_next_try_begins_behind_the_good_part(
    library: Library, disk: FailingDisk, failures: int, share: float
) -> None:
    with begin_run(library) as journal:
        play_on(journal, 2)
        disk.break_down(error=errno.EIO, failures=failures, share=share)
        refused = 0
        while len(journal.recorded) < 3:
            try:
                play_on(journal, 3)
            except SaveError:
                refused += 1
        assert 1 <= refused <= failures
        assert journal.path.read_bytes() == saved_bytes(3)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("at", [0, 1])
def test_after_a_failure_that_cannot_be_undone_the_run_still_opens(
    library: Library, disk: FailingDisk, at: int, share: float
) -> None:
    with begin_run(library) as journal:
        play_on(journal, 2)
        disk.break_down(at, error=errno.EIO, failures=99, share=share)
        with pytest.raises(SaveError, match="the disk reported a fault"):
            play_on(journal, 3)
    disk.fail_at = None
    with library.open(RUN_ID) as journal:
        assert len(journal.recorded) in (2, 3)
        play_on(journal, 5)
        assert journal.path.read_bytes() == saved_bytes(5)


def test_after_a_failed_sync_the_good_part_is_read_again_before_anything_is_added(
    library: Library, disk: FailingDisk
) -> None:
    with begin_run(library) as journal:
        play_on(journal, 2)
        disk.break_down(1, error=errno.EIO)
        with pytest.raises(SaveError):
            play_on(journal, 3)
        good = journal.path.read_bytes()
        journal.path.write_bytes(good.replace(b'"number":1', b'"number":8'))
        with pytest.raises(SaveError, match="something else has changed"):
            play_on(journal, 3)
        journal.path.write_bytes(good)
        play_on(journal, 3)
        assert journal.path.read_bytes() == saved_bytes(3)


def test_an_interrupted_save_is_cleared_away_before_the_next(tmp_path: Path) -> None:
    class Interrupted(FailingDisk):
        def sync(self, file: int) -> None:
            if self.fail_at is not None:
                self.fail_at = None
                raise KeyboardInterrupt
            super().sync(file)

    disk = Interrupted()
    with begin_run(Library(tmp_path, disk)) as journal:
        play_on(journal, 2)
        disk.fail_at = 10_000
        with pytest.raises(KeyboardInterrupt):
            play_on(journal, 3)
        assert len(journal.recorded) == 2
        play_on(journal, 4)
        assert journal.path.read_bytes() == saved_bytes(4)


def test_a_run_that_cannot_be_begun_leaves_nothing_behind(tmp_path: Path) -> None:
    well = FailingDisk()
    begin_run(Library(tmp_path / "well", well)).close()
    for at, step in enumerate(well.done):
        disk = FailingDisk()
        library = Library(tmp_path / f"{at}-{step}", disk)
        disk.break_down(at, share=0.5)
        with pytest.raises(SaveError, match="the disk is full"):
            begin_run(library)
        assert library.list() == ()
        begin_run(library).close()
        assert [summary.run_id for summary in library.list()] == [RUN_ID]


def test_what_a_broken_disk_keeps_of_a_beginning_is_listed_as_what_it_is(tmp_path: Path) -> None:
    well = FailingDisk()
    begin_run(Library(tmp_path / "well", well)).close()
    for at, step in enumerate(well.done):
        disk = FailingDisk()
        library = Library(tmp_path / f"{at}-{step}", disk)
        disk.break_down(at, error=errno.EIO, failures=99, share=0.5)
        with pytest.raises(SaveError, match="the disk reported a fault"):
            begin_run(library)
        disk.fail_at = None
        for summary in library.list():
            whole = summary.problem == ""
            assert (
                whole
                or "nothing of it was ever saved" in summary.problem
                or "whole" in summary.problem
            )
        begin_run(library).close()


def test_a_lock_that_cannot_be_taken_is_said(library: Library) -> None:
    begin_run(library).close()
    lock = library.home / "locks" / f"{RUN_ID}.lock"
    lock.unlink()
    lock.mkdir()
    with pytest.raises(SaveError, match="cannot be opened to play"):
        library.open(RUN_ID)
    assert library.open(RUN_ID, for_writing=False).recorded == ()


@pytest.mark.parametrize("error", [errno.EROFS, errno.EACCES])
def test_a_home_that_can_only_be_read_is_said_to_be(
    library: Library, disk: FailingDisk, error: int
) -> None:
    disk.break_down(error=error, failures=99)
    with pytest.raises(SaveError, match=r"(only be read|permission is missing) .*TWOHATS_HOME"):
        begin_run(library)


def test_a_file_in_place_of_the_home_is_said_to_be_there(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("I was here first.")
    library = Library(home)
    with pytest.raises(SaveError, match="a file stands where a folder should be"):
        begin_run(library)
    with pytest.raises(SaveError, match="cannot be listed: a file stands"):
        library.list()
    with pytest.raises(SaveError, match="a file stands"):
        library.open(RUN_ID)


@pytest.mark.parametrize("step", range(14))
def test_a_recovery_that_fails_at_any_step_loses_nothing_and_can_be_done_again(
    library: Library, disk: FailingDisk, step: int
) -> None:
    damaged = saved_bytes(8).replace(b'"number":5', b'"number":6')
    library.runs.mkdir(parents=True)
    path = library.runs / f"{RUN_ID}.jsonl"
    path.write_bytes(damaged)
    disk.break_down(step, share=0.5)
    try:
        library.recover(RUN_ID).close()
    except SaveError:
        kept = {each.read_bytes() for each in library.runs.iterdir()}
        assert damaged in kept
        disk.fail_at = None
        library.recover(RUN_ID).close()
    disk.fail_at = None
    with library.open(RUN_ID) as journal:
        assert len(journal.recorded) == 4
    assert path.with_name(f"{path.name}.damaged").read_bytes() == damaged


@pytest.mark.parametrize("step", range(8))
def test_a_deletion_that_fails_at_any_step_loses_nothing(
    library: Library, disk: FailingDisk, step: int
) -> None:
    with begin_run(library) as journal:
        play_on(journal, 3)
    disk.break_down(step, error=errno.EIO)
    with suppress(SaveError):
        library.delete(RUN_ID)
    found = [p.read_bytes() for p in library.home.rglob("*.jsonl*") if p.stat().st_size]
    assert found == [saved_bytes(3)]


def test_where_files_may_really_not_grow_the_run_goes_on_once_they_may(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with begin_run(library) as journal:
        play_on(journal, 2)
    room = len(saved_bytes(5)) + 100

    def work(say: Say) -> None:
        journal = library.open(RUN_ID)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        try:
            play_on(journal, 9)
        except SaveError as error:
            say(str(error))
        say(str(len(journal.recorded)))
        say(str(journal.path.stat().st_size))
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        play_on(journal, 9)

    sentence, count, size = Child(work).finish()
    assert sentence.startswith("Your decision is not saved: the file is not allowed to grow")
    assert (int(count), int(size)) == (5, len(saved_bytes(5)))
    assert journal.path.read_bytes() == saved_bytes(9)


def test_a_file_changed_by_something_else_takes_no_more_decisions(library: Library) -> None:
    with begin_run(library) as journal:
        play_on(journal, 2)
        with journal.path.open("ab") as other:
            other.write(b"Hello.\n")
        with pytest.raises(SaveError, match="something else has changed"):
            play_on(journal, 3)
        assert journal.path.read_bytes() == saved_bytes(2) + b"Hello.\n"


@pytest.mark.parametrize("fate", ["moved", "replaced"])
def test_no_decision_is_acknowledged_into_a_file_that_nobody_would_find(
    library: Library, fate: str
) -> None:
    with begin_run(library) as journal:
        play_on(journal, 2)
        elsewhere = journal.path.rename(journal.path.with_suffix(".elsewhere"))
        if fate == "replaced":
            journal.path.write_bytes(elsewhere.read_bytes())
        with pytest.raises(SaveError, match=r"not saved: (it is not there|something else)"):
            play_on(journal, 3)
        elsewhere.replace(journal.path)
        play_on(journal, 3)
        assert journal.path.read_bytes() == saved_bytes(3)
