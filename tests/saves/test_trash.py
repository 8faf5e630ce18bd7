"""Deleted runs lie in the trash, whole, until they are taken out again or thrown away for good."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from saves import Library, SaveError, UnknownRun
from tests.saves.disks import FailingDisk
from tests.saves.runs import RUN_ID, WHEN, begin_run, play_on, saved_bytes, steps

LATER = "2026-11-24T20:00:00+01:00"


@pytest.fixture
def disk() -> FailingDisk:
    """A disk that is well so far."""
    return FailingDisk()


@pytest.fixture
def library(tmp_path: Path, disk: FailingDisk) -> Library:
    """An empty library on that disk."""
    return Library(tmp_path, disk)


def delete_run(library: Library, count: int = 3, player: str = "Ada") -> None:
    """Begin a run, play so many decisions and delete it."""
    with begin_run(library, player) as journal:
        play_on(journal, count)
    library.delete(journal.run_id)


def test_the_trash_lists_what_was_deleted_as_it_was(library: Library) -> None:
    assert library.trash.list() == ()
    delete_run(library)
    (deleted,) = library.trash.list()
    assert (deleted.run_id, deleted.name) == (RUN_ID, f"{RUN_ID}.jsonl")
    assert (deleted.summary.player, deleted.summary.decisions) == ("Ada", 3)


def test_the_trash_lists_those_played_last_first_and_counts_same_names(library: Library) -> None:
    delete_run(library)
    delete_run(library, 2)
    with begin_run(library, "Ife") as journal:
        journal.append(*steps()[0], when=LATER)
    library.delete(journal.run_id)
    names = [each.name for each in library.trash.list()]
    assert names[0] == "tiny-ife-2026-11-23.jsonl"
    assert set(names[1:]) == {f"{RUN_ID}.jsonl", f"{RUN_ID}.jsonl-2"}
    assert {each.run_id for each in library.trash.list()} == {RUN_ID, "tiny-ife-2026-11-23"}


def test_a_restored_run_is_what_it_was_and_can_be_played(library: Library) -> None:
    delete_run(library)
    assert library.restore(RUN_ID) == RUN_ID
    assert library.trash.list() == ()
    with library.open(RUN_ID) as journal:
        assert journal.path.read_bytes() == saved_bytes(3)
        play_on(journal, 4)


def test_a_restored_run_whose_id_is_taken_gets_a_number(library: Library) -> None:
    delete_run(library)
    begin_run(library).close()
    assert library.restore(RUN_ID) == f"{RUN_ID}-2"
    assert (library.runs / f"{RUN_ID}-2.jsonl").read_bytes() == saved_bytes(3)
    assert (library.runs / f"{RUN_ID}.jsonl").read_bytes() == saved_bytes(0)


def test_each_of_several_with_one_id_can_be_restored_by_its_file(library: Library) -> None:
    delete_run(library, 2)
    delete_run(library, 3)
    assert library.restore(f"{RUN_ID}.jsonl") == RUN_ID
    assert library.restore(f"{RUN_ID}.jsonl-2") == f"{RUN_ID}-2"
    found = [(library.runs / f"{name}.jsonl").read_bytes() for name in (RUN_ID, f"{RUN_ID}-2")]
    assert found == [saved_bytes(2), saved_bytes(3)]


def test_a_run_that_is_open_elsewhere_keeps_its_id_from_a_restored_one(library: Library) -> None:
    delete_run(library)
    with begin_run(library):
        assert library.restore(RUN_ID) == f"{RUN_ID}-2"


def test_what_is_not_in_the_trash_is_answered_with_the_closest(library: Library) -> None:
    with pytest.raises(UnknownRun, match=r"no `tiny` in the trash\."):
        library.restore("tiny")
    delete_run(library)
    with pytest.raises(UnknownRun, match=f"did you mean `{RUN_ID}"):
        library.restore("tiny-adda-2026-11-23")
    for name in ("../runs/x", "", "\x1b[2J"):
        with pytest.raises(UnknownRun) as found:
            library.restore(name)
        assert str(found.value).isprintable()


def test_an_emptied_trash_is_empty_and_the_runs_stay(library: Library) -> None:
    assert library.trash.empty() == 0
    delete_run(library)
    delete_run(library)
    begin_run(library).close()
    assert library.trash.empty() == 2
    assert library.trash.list() == ()
    assert [each.run_id for each in library.list()] == [RUN_ID]
    with pytest.raises(UnknownRun):
        library.restore(RUN_ID)


def test_what_is_no_run_is_listed_as_what_it_is_or_left_alone(library: Library) -> None:
    delete_run(library)
    (library.trash.folder / "letter.txt").write_text("Dear Ada")
    (library.trash.folder / f"{RUN_ID}.jsonl").write_bytes(b"What is this?\n")
    (deleted,) = library.trash.list()
    assert "no journal of this game" in deleted.summary.problem
    library.trash.empty()
    assert [path.name for path in library.trash.folder.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("step", range(2))
def test_a_run_whose_restoring_fails_is_here_or_there_and_can_be_restored_again(
    library: Library, disk: FailingDisk, step: int
) -> None:
    delete_run(library)
    disk.break_down(step, error=errno.EIO)
    with pytest.raises(SaveError, match=r"`.*` is not restored: the disk reported a fault"):
        library.restore(RUN_ID)
    disk.fail_at = None
    found = [path.read_bytes() for path in library.home.rglob("*.jsonl*")]
    assert found == [saved_bytes(3)]
    if library.trash.list():
        library.restore(RUN_ID)
    assert library.open(RUN_ID, for_writing=False).path.read_bytes() == saved_bytes(3)


def test_a_trash_that_cannot_be_emptied_says_so_and_can_be_again(
    library: Library, disk: FailingDisk
) -> None:
    for _ in range(3):
        delete_run(library)
    disk.break_down(1, error=errno.EACCES)
    with pytest.raises(SaveError, match="could not be emptied: permission is missing"):
        library.trash.empty()
    disk.fail_at = None
    assert library.trash.empty() == 2


def test_a_file_in_place_of_the_trash_is_said_to_be_there(library: Library) -> None:
    library.trash.folder.parent.mkdir(exist_ok=True)
    library.trash.folder.write_text("I was here first.")
    with pytest.raises(SaveError, match="The trash cannot be looked into: a file stands"):
        library.trash.list()
    with begin_run(library, when=WHEN) as journal:
        run_id = journal.run_id
    with pytest.raises(SaveError, match="a file stands"):
        library.delete(run_id)
    assert [each.run_id for each in library.list()] == [run_id]
