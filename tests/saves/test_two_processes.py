"""One process plays a run; a second one gets a sentence, and nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from saves import Library, RunInUse
from tests.saves.children import Child, Say
from tests.saves.runs import RUN_ID, begin_run, play_on, saved_bytes


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library."""
    return Library(tmp_path)


def hold_open(library: Library) -> Child:
    """A process that has the run open, and waits."""

    def work(say: Say) -> None:
        with library.open(RUN_ID):
            say("open")
            while True:
                pass

    child = Child(work)
    assert child.hear() == "open"
    return child


def test_a_second_process_gets_a_sentence_until_the_first_one_dies(library: Library) -> None:
    begin_run(library).close()
    child = hold_open(library)
    try:
        for attempt in (library.open, library.recover, library.delete):
            with pytest.raises(RunInUse, match=f"`{RUN_ID}` is open in another window"):
                attempt(RUN_ID)
        with library.open(RUN_ID, for_writing=False) as journal:
            assert journal.recorded == ()
        assert [summary.run_id for summary in library.list()] == [RUN_ID]
    finally:
        child.kill()
    with library.open(RUN_ID) as journal:
        play_on(journal, 1)


def test_the_same_process_cannot_open_a_run_twice_either(library: Library) -> None:
    with begin_run(library), pytest.raises(RunInUse):
        library.open(RUN_ID)
    library.open(RUN_ID).close()


def test_a_run_opened_in_one_thread_can_be_closed_in_another(library: Library) -> None:
    journal = begin_run(library)
    thread = Thread(target=journal.close)
    thread.start()
    thread.join()
    library.open(RUN_ID).close()


def test_a_run_that_could_not_be_opened_is_not_left_locked(library: Library) -> None:
    with begin_run(library) as journal:
        play_on(journal, 3)
    journal.path.write_bytes(saved_bytes(3).replace(b'"number":2', b'"number":3'))
    for _ in range(2):
        with pytest.raises(Exception, match="damaged"):
            library.open(RUN_ID)
    library.recover(RUN_ID).close()


def test_processes_that_begin_runs_at_once_never_get_the_same(library: Library) -> None:
    def work(say: Say) -> None:
        for _ in range(10):
            with begin_run(library) as journal:
                play_on(journal, 1)
                say(journal.run_id)

    children = [Child(work) for _ in range(4)]
    run_ids = [run_id for child in children for run_id in child.finish()]
    assert len(set(run_ids)) == len(run_ids) == 40
    for run_id in run_ids:
        with library.open(run_id, for_writing=False) as journal:
            assert len(journal.recorded) == 1
            assert journal.header.run == run_id


def test_a_journal_is_read_while_it_grows(library: Library) -> None:
    begin_run(library).close()

    def work(say: Say) -> None:
        with library.open(RUN_ID) as journal:
            play_on(journal, 10)

    child = Child(work)
    seen = 0
    while seen < 10:
        with library.open(RUN_ID, for_writing=False) as journal:
            assert len(journal.recorded) >= seen
            seen = len(journal.recorded)
    child.finish()
