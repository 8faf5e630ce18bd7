"""The last decision can be taken back, and the run says so for good; a note changes nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from saves import DamagedJournal, Library
from saves.chain import lines_of, read_journal
from saves.errors import SaveError
from saves.journal import LONGEST_NOTE
from saves.records import Noted, Recorded, Undone
from state_machine import advance
from state_machine.view import observe
from tests.saves.lines import Lines, journal_of_all_kinds, played
from tests.saves.runs import RUN_ID, WHEN, begin_run, finish_run, play_on, small_pack, steps
from tests.saves.torture import times
from tests.stories import any_decision


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library."""
    return Library(tmp_path)


def states() -> list[object]:
    """How the run of `steps` stands at its beginning and after each decision."""
    with_beginning = [played(small_pack())[0].state]
    return [*with_beginning, *(outcome.run for _, outcome in steps())]


# ── taking back ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_run_whose_last_decision_is_taken_back_stands_as_before_it(
    library: Library, count: int
) -> None:
    with begin_run(library) as journal:
        play_on(journal, count)
        journal.undo(when=WHEN)
        assert journal.run == states()[count - 1]
    with library.open(RUN_ID) as journal:
        assert journal.run == states()[count - 1]
        assert len(journal.recorded) == len(journal.steps) - 1 == count - 1
        assert journal.notice == ""


def test_no_second_step_can_be_taken_back_before_something_was_decided(library: Library) -> None:
    with begin_run(library) as journal:
        play_on(journal, 3)
        journal.undo(when=WHEN)
        assert not journal.can_undo
        before = journal.path.read_bytes()
        with pytest.raises(ValueError, match="only the last decision"):
            journal.undo(when=WHEN)
        assert journal.path.read_bytes() == before
        play_on(journal, 3)
        assert journal.can_undo


def test_neither_the_beginning_nor_the_ending_can_be_taken_back(library: Library) -> None:
    with begin_run(library) as journal:
        assert not journal.can_undo
    with library.open(finish_run(library, "Ife").run_id) as journal:
        assert not journal.can_undo
        with pytest.raises(ValueError, match="that goes on"):
            journal.undo(when=WHEN)


def test_a_run_says_how_often_decisions_were_taken_back(library: Library) -> None:
    with begin_run(library) as journal:
        for count in (2, 4):
            play_on(journal, count)
            journal.undo(when=WHEN)
            summary = library.list()[0]
            assert (summary.undos, summary.decisions) == (journal.undos, count - 1)
        play_on(journal, 6)
        assert journal.undos == library.list()[0].undos == 2
        assert library.list()[0].decisions == 6


def test_what_was_taken_back_stays_in_the_journal_and_a_replay_can_see_it(
    library: Library,
) -> None:
    with begin_run(library) as journal:
        play_on(journal, 2)
        journal.undo(when=WHEN)
        play_on(journal, 3)
    lines = library.open(RUN_ID, for_writing=False).lines
    assert [type(line) for line in lines] == [Recorded, Recorded, Undone, Recorded, Recorded]
    assert [line.number for line in lines] == [1, 2, 2, 2, 3]
    taken_back = lines[1]
    assert isinstance(taken_back, Recorded)
    assert (taken_back.decision, taken_back.outcome) == steps()[1]


def test_after_an_undo_the_run_can_go_another_way(library: Library) -> None:
    with begin_run(library) as journal:
        play_on(journal, 4)
        journal.undo(when=WHEN)
        view = observe(small_pack(), journal.run)
        decision = any_decision(view, [2, 1])
        assert decision != steps()[3][0]
        outcome = advance(small_pack(), journal.run, decision)
        journal.append(decision, outcome, when=WHEN)
    with library.open(RUN_ID) as journal:
        assert journal.run == outcome.run != states()[4]
        assert [each.number for each in journal.recorded] == [1, 2, 3, 4]


# ── noting ──────────────────────────────────────────────────────────────────────────────────


def test_a_note_changes_nothing_and_the_last_one_counts(library: Library) -> None:
    finish_run(library)
    with library.open(RUN_ID) as journal:
        run = journal.run
        journal.note("monday", "Ask Ife first.", when=WHEN)
        journal.note("pivotal", "4", when=WHEN)
        journal.note("monday", "Ask Tomas first.", when=WHEN)
        assert journal.run == run
    journal = library.open(RUN_ID, for_writing=False)
    assert (journal.noted("monday"), journal.noted("pivotal")) == ("Ask Tomas first.", "4")
    assert (journal.run, len(journal.recorded)) == (run, len(steps()))
    assert library.list()[0].over


def test_a_note_is_one_clean_line_of_some_length(library: Library) -> None:
    with begin_run(library) as journal:
        assert journal.noted("monday") == ""
        journal.note("monday", "Ask\x1b]52;c;aGk=\x07\n Ife  first.", when=WHEN)
        assert journal.noted("monday") == "Ask]52;c;aGk= Ife first."
        journal.note("monday", "x" * 10_000, when=WHEN)
        assert journal.noted("monday") == "x" * LONGEST_NOTE


# ── damage ──────────────────────────────────────────────────────────────────────────────────


def is_as_written(data: bytes) -> bool:
    """Whether all that is read is a beginning of what was written; and said, if it is less."""
    whole = read_journal(RUN_ID, journal_of_all_kinds())
    try:
        reading = read_journal(RUN_ID, data)
    except SaveError:
        return True
    less = len(reading.lines) < len(whole.lines)
    said = bool(reading.damage or reading.torn or journal_of_all_kinds().startswith(data))
    return reading.lines == whole.lines[: len(reading.lines)] and (not less or said)


def test_a_journal_with_undos_and_notes_cut_at_any_byte_goes_on_from_its_last_whole_line() -> None:
    whole = journal_of_all_kinds()
    ends = [at + 1 for at, byte in enumerate(whole) if byte == ord("\n")]
    lengths = range(ends[0], len(whole))
    for length in random.Random(7).sample(lengths, times(600, len(lengths))):
        reading = read_journal(RUN_ID, whole[:length])
        assert reading.damage == ""
        assert len(reading.lines) == sum(end <= length for end in ends) - 1
        assert is_as_written(whole[:length])


def test_a_flipped_bit_in_any_byte_of_undos_and_notes_is_noticed() -> None:
    whole, lots = journal_of_all_kinds(), random.Random(7)
    places = range(whole.index(b"\n"), len(whole))
    for at in lots.sample(places, times(600, len(places))):
        changed = bytearray(whole)
        changed[at] ^= 1 << lots.randrange(8)
        assert is_as_written(bytes(changed))


def first(kind: type[Recorded | Undone | Noted]) -> int:
    """Where the first line of a kind stands."""
    lines = read_journal(RUN_ID, journal_of_all_kinds()).lines
    return next(at for at, line in enumerate(lines) if isinstance(line, kind))


def with_fields(
    kind: type[Recorded | Undone | Noted], **fields: object
) -> Callable[[Lines], Lines]:
    """The first line of a kind, with other fields."""

    def change(lines: Lines) -> Lines:
        at = first(kind)
        return (*lines[:at], msgspec.structs.replace(lines[at], **fields), *lines[at + 1 :])

    return change


FORGED: dict[str, tuple[Callable[[Lines], Lines], str]] = {
    "an undo twice": (
        lambda ls: (*ls[: first(Undone) + 1], *ls[first(Undone) :]),
        "takes back what is no decision",
    ),
    "an undo of the beginning": (
        lambda ls: ls[first(Undone) : first(Undone) + 1],
        "takes back what is no decision",
    ),
    "an undo of a note": (lambda ls: (*ls, ls[first(Undone)]), "takes back what is no decision"),
    "an undo that counts too many": (with_fields(Undone, undos=3), "says that 3 decisions were"),
    "an undo that counts none": (with_fields(Undone, undos=0), "says that 0 decisions were"),
    "an undo of another decision": (with_fields(Undone, number=1), "says that it is number 1"),
    "a decision that counts an undo": (with_fields(Recorded, undos=1), "says that 1 decisions"),
    "a note that counts too few": (with_fields(Noted, undos=1), "says that 1 decisions were"),
    "a note of another decision": (with_fields(Noted, number=9), "says that it is number 9"),
    "an undo that changes nothing": (
        lambda ls: with_fields(Undone, state=ls[first(Undone) - 1].state)(ls),
        "changes the run without a decision",
    ),
    "a note that changes the run": (
        lambda ls: with_fields(Noted, state=ls[0].state)(ls),
        "changes the run without a decision",
    ),
}


@pytest.mark.parametrize(("forge", "words"), FORGED.values(), ids=list(FORGED))
def test_forged_undos_and_notes_with_right_digests_are_explained(
    library: Library, forge: Callable[[Lines], Lines], words: str
) -> None:
    reading = read_journal(RUN_ID, journal_of_all_kinds())
    library.runs.mkdir()
    path = library.runs / f"{RUN_ID}.jsonl"
    path.write_bytes(lines_of(reading.header, forge(reading.lines))[0])
    with pytest.raises(DamagedJournal, match=words):
        library.open(RUN_ID)


def test_a_forged_undo_of_an_ending_is_explained() -> None:
    header, lines = played(small_pack())
    last, before = lines[-1], lines[-2]
    forged = Undone(number=last.number, state=before.state, when=WHEN, undos=1)
    reading = read_journal(RUN_ID, lines_of(header, (*lines, forged))[0])
    assert "takes back an ending" in reading.damage
