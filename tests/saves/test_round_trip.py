"""What is saved is what is read."""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path

import pytest

from saves import Library, SaveError
from state_machine import begin
from tests.saves.disks import SlowDisk
from tests.saves.runs import PLAYER, RUN_ID, SEED, WHEN, begin_run, play_on, small_pack, steps


def test_a_run_is_read_as_it_was_saved(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with begin_run(library) as journal:
        play_on(journal, len(steps()))
        written = journal.outcomes
    with library.open(RUN_ID) as journal:
        assert journal.outcomes == written
        assert journal.outcomes == (begin(small_pack(), SEED, PLAYER), *(o for _, o in steps()))
        assert [recorded.decision for recorded in journal.recorded] == [d for d, _ in steps()]
        assert journal.run == steps()[-1][1].run
        assert journal.run.over
        assert journal.notice == ""


def test_a_run_can_be_left_after_any_decision_and_gone_on_with(tmp_path: Path) -> None:
    library = Library(tmp_path)
    begin_run(library).close()
    for count in range(1, len(steps()) + 1):
        with library.open(RUN_ID) as journal:
            play_on(journal, count)
    with library.open(RUN_ID) as journal:
        assert journal.run == steps()[-1][1].run


def test_a_run_that_was_only_begun_can_be_gone_on_with(tmp_path: Path) -> None:
    begin_run(Library(tmp_path)).close()
    with Library(tmp_path).open(RUN_ID) as journal:
        assert journal.recorded == ()
        assert journal.run == begin(small_pack(), SEED, PLAYER).run


def test_the_header_says_what_was_played_and_when(tmp_path: Path) -> None:
    with begin_run(Library(tmp_path)) as journal:
        header = journal.header
    assert (header.run, header.pack_id, header.pack_title) == (RUN_ID, "tiny", "Tiny")
    assert (header.rules_hash, header.text_hash) == ("rules-1", "text-1")
    assert (header.pack_version, header.game, header.player) == ("1", "0.1.0", PLAYER)
    assert header.begun == "2026-11-23T19:16:00.000Z"


def test_a_stranger_can_check_a_journal_by_the_description_in_the_docs(tmp_path: Path) -> None:
    with begin_run(Library(tmp_path)) as journal:
        play_on(journal, 3)
    previous = ""
    for number, line in enumerate(journal.path.read_text("utf-8").splitlines()):
        content, _, _ = line.rpartition(',"digest":"')
        digest = blake2b((previous + content + "}").encode(), digest_size=16).hexdigest()
        read = json.loads(line)
        assert read["digest"] == digest
        assert read.get("number", 0) == number
        previous = digest


def test_a_system_that_takes_a_line_in_parts_gets_all_of_it(tmp_path: Path) -> None:
    with begin_run(Library(tmp_path, SlowDisk())) as journal:
        play_on(journal, 3)
    with Library(tmp_path).open(RUN_ID) as journal:
        assert len(journal.recorded) == 3


def test_a_journal_opened_to_be_read_takes_no_decision(tmp_path: Path) -> None:
    library = Library(tmp_path)
    begin_run(library).close()
    journal = library.open(RUN_ID, for_writing=False)
    with pytest.raises(SaveError, match="open only to be read"):
        play_on(journal, 1)


def test_a_journal_that_was_closed_takes_no_decision(tmp_path: Path) -> None:
    journal = begin_run(Library(tmp_path))
    journal.close()
    journal.close()
    with pytest.raises(SaveError, match="not saved"):
        play_on(journal, 1)


def test_a_moment_without_a_time_zone_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        begin_run(Library(tmp_path), when="2026-11-23T20:16:00")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_as_json_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with pytest.raises(SaveError, match="cannot be written into a save"):
        library.begin(small_pack(), SEED, "Ada \ud800", when=WHEN)
    assert library.list() == ()
