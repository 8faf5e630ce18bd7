"""A torn end is dropped and said; any other damage is found, explained, and recovered from."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saves import DamagedJournal, Library, NewerJournal, SaveError
from saves.beginning import MAX_LINE
from saves.chain import Reading, read_journal
from saves.files import MAX_FILE
from state_machine import Outcome
from tests.saves.runs import RUN_ID, WHEN, begin_run, play_on, saved_bytes, steps
from tests.saves.sealing import reseal

SHORT = 3
"""So many decisions has a short save."""


def put(library: Library, data: bytes, run_id: str = RUN_ID) -> Path:
    """Lay a file among the runs."""
    library.runs.mkdir(exist_ok=True)
    path = library.runs / f"{run_id}.jsonl"
    path.write_bytes(data)
    return path


def read(data: bytes) -> Reading | None:
    """What a journal gives away; None if it is explained why it gives nothing."""
    try:
        return read_journal(RUN_ID, data)
    except SaveError:
        return None


def is_beginning_of_the_run(reading: Reading) -> bool:
    """Whether all that was read is just as it was played."""
    played = [outcome for _, outcome in steps()[: len(reading.recorded)]]
    return [recorded.outcome for recorded in reading.recorded] == played


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library."""
    return Library(tmp_path)


# ── torn ────────────────────────────────────────────────────────────────────────────────────


def test_cut_at_any_byte_a_save_goes_on_from_its_last_whole_decision_or_is_explained() -> None:
    whole = saved_bytes(SHORT)
    ends = [at + 1 for at, byte in enumerate(whole) if byte == ord("\n")]
    for length in range(len(whole)):
        reading = read(whole[:length])
        decisions = sum(end <= length for end in ends) - 1
        assert (reading is None) == (decisions < 0)
        if reading is not None:
            assert len(reading.recorded) == decisions
            assert reading.damage == ""
            assert reading.torn == length - reading.length
            assert is_beginning_of_the_run(reading)


def test_a_torn_decision_is_dropped_with_a_notice_and_the_run_goes_on(library: Library) -> None:
    path = put(library, saved_bytes(SHORT)[:-20])
    with library.open(RUN_ID) as journal:
        assert "not been saved whole" in journal.notice
        assert f"after decision {SHORT - 1}" in journal.notice
        play_on(journal, 10)
    assert path.read_bytes() == saved_bytes(10)


def test_reading_leaves_torn_bytes_alone(library: Library) -> None:
    torn = saved_bytes(SHORT)[:-20]
    path = put(library, torn)
    assert library.open(RUN_ID, for_writing=False).notice
    assert path.read_bytes() == torn


# ── damaged ─────────────────────────────────────────────────────────────────────────────────


def test_a_flipped_bit_in_any_byte_is_noticed() -> None:
    whole, lots = saved_bytes(SHORT), random.Random(7)
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1 << lots.randrange(8)
        reading = read(bytes(changed))
        assert reading is None or reading.damage or reading.torn
        assert reading is None or is_beginning_of_the_run(reading)


spots = st.integers(0, len(saved_bytes(SHORT)) - 1)
edits: st.SearchStrategy[Callable[[bytes], bytes]] = st.one_of(
    st.builds(lambda at, new: lambda d: d[:at] + new + d[at:], spots, st.binary(max_size=40)),
    st.builds(
        lambda at, new: lambda d: d[:at] + new + d[at + len(new) :], spots, st.binary(max_size=9)
    ),
    st.builds(lambda at, end: lambda d: d[:at] + d[end:], spots, spots),
    st.builds(
        lambda at, bit: lambda d: d[:at] + bytes([d[at] ^ 1 << bit]) + d[at + 1 :],
        spots,
        st.integers(0, 7),
    ),
    st.builds(
        lambda a, b: lambda d: _swapped(d, a, b), st.integers(0, SHORT), st.integers(0, SHORT)
    ),
)


def _swapped(data: bytes, one: int, other: int) -> bytes:
    lines = data.splitlines(keepends=True)
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


@given(edits)
@settings(max_examples=400, deadline=None)
def test_whatever_is_done_to_a_save_nothing_that_was_not_played_is_ever_read(
    edit: Callable[[bytes], bytes],
) -> None:
    whole = saved_bytes(SHORT)
    changed = edit(whole)
    reading = read(changed)
    if reading is not None:
        assert is_beginning_of_the_run(reading)
        unnoticed = not reading.damage and not reading.torn
        assert not unnoticed or whole.startswith(changed)


def test_a_damaged_decision_is_named_and_the_good_part_offered(library: Library) -> None:
    lines = saved_bytes(8).splitlines(keepends=True)
    put(library, b"".join([*lines[:5], lines[5].replace(b'"number":5', b'"number":6'), *lines[6:]]))
    with pytest.raises(
        DamagedJournal, match=r"decision 5 \(line 6 of its file\) does not fit"
    ) as found:
        library.open(RUN_ID)
    assert found.value.good == 4
    assert "The first 4 decisions are whole" in str(found.value)


def test_a_decision_taken_out_of_the_middle_is_noticed(library: Library) -> None:
    lines = saved_bytes(8).splitlines(keepends=True)
    put(library, b"".join([*lines[:5], *lines[6:]]))
    with pytest.raises(DamagedJournal, match=r"decision 5 .* its place was changed"):
        library.open(RUN_ID)


def test_recovering_keeps_the_good_part_and_the_damaged_file(library: Library) -> None:
    damaged = saved_bytes(8).replace(b'"number":5', b'"number":6')
    path = put(library, damaged)
    with library.recover(RUN_ID) as journal:
        assert len(journal.recorded) == 4
        assert "are kept: 4" in journal.notice
        play_on(journal, 8)
    assert path.read_bytes() == saved_bytes(8)
    assert path.with_name(f"{path.name}.damaged").read_bytes() == damaged
    assert [summary.run_id for summary in library.list()] == [RUN_ID]


def test_recovering_again_keeps_both_damaged_files(library: Library) -> None:
    for number in (b"5", b"2"):
        damaged = saved_bytes(8).replace(b'"number":' + number, b'"number":7')
        put(library, damaged)
        library.recover(RUN_ID).close()
    kept = sorted(path.name for path in library.runs.iterdir() if "damaged" in path.name)
    assert kept == [f"{RUN_ID}.jsonl.damaged", f"{RUN_ID}.jsonl.damaged-2"]


def test_recovering_a_run_that_is_well_just_opens_it(library: Library) -> None:
    path = put(library, saved_bytes(SHORT))
    with library.recover(RUN_ID) as journal:
        assert len(journal.recorded) == SHORT
    assert path.read_bytes() == saved_bytes(SHORT)
    assert list(library.runs.iterdir()) == [path]


def test_a_run_whose_first_line_is_damaged_is_left_as_it_is(library: Library) -> None:
    damaged = saved_bytes(SHORT).replace(b'"player":"Ada"', b'"player":"Bob"')
    path = put(library, damaged)
    for attempt in (library.open, library.recover):
        with pytest.raises(DamagedJournal, match="first line does not fit") as found:
            attempt(RUN_ID)
        assert found.value.good is None
    assert list(library.runs.iterdir()) == [path]
    assert path.read_bytes() == damaged


# ── not a journal, or one made to do harm ───────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\n", "no journal"),
        (b"Dear diary,\nnothing happened.\n", "no journal"),
        (b"Dear diary", "no journal"),
        (b"\x7fELF\x00\xff\xfe\n", "no journal"),
        (b"[1, 2]\n", "no journal"),
        (b'{"kind":"shopping","format":1,"readable_by":1}\n', "no journal"),
        (b"[" * 500_000 + b"\n", "no journal"),
        (b'{"kind":"two-hats-journal","fo', "beginning was never saved whole"),
        (bytes(4096), "no journal"),
        (b"a" * (MAX_LINE * 2) + b"\n", "no journal"),
    ],
)
def test_a_file_that_is_no_journal_is_said_to_be_none(
    library: Library, data: bytes, words: str
) -> None:
    put(library, data)
    with pytest.raises(DamagedJournal, match=words):
        library.open(RUN_ID)
    assert words in library.list()[0].problem


def test_a_huge_file_is_not_even_read(library: Library) -> None:
    path = put(library, saved_bytes(SHORT))
    os.truncate(path, 1024**3)
    for attempt in (library.open, library.recover):
        with pytest.raises(SaveError, match="1024 MiB"):
            attempt(RUN_ID)
    assert library.list()[0].problem


def test_a_line_that_is_too_long_is_damage_behind_the_good_part(library: Library) -> None:
    put(library, saved_bytes(SHORT) + b"x" * (MAX_FILE // 8) + b"\n")
    with pytest.raises(DamagedJournal, match=f"decision {SHORT + 1} .* longer than") as found:
        library.open(RUN_ID)
    assert found.value.good == SHORT


@pytest.mark.parametrize("what", ["folder", "pipe"])
def test_what_is_not_an_ordinary_file_is_not_opened(library: Library, what: str) -> None:
    library.runs.mkdir()
    path = library.runs / f"{RUN_ID}.jsonl"
    (os.mkfifo if what == "pipe" else os.mkdir)(path)
    with pytest.raises(SaveError, match="not an ordinary file"):
        library.open(RUN_ID)
    assert library.list()[0].problem


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'"number":2', b'"number":NaN', "NaN"),
        (b'"number":2', b'"number":-Infinity', "Infinity"),
        (b'"number":2', b'"number":2,"number":2', "twice"),
        (
            b'"number":2',
            b'"number":2,"x":' + b"[" * 400_000 + b"]" * 400_000,
            "not JSON|RecursionError",
        ),
        (b'"number":2', b'"number":"\xff"', "not JSON"),
        (b'"number":2', b'"number":3', "number 3"),
        (b'"number":2', b'"number":' + b"9" * 5000, "not JSON"),
        (b'"number":2', b"", "not JSON"),
    ],
)
def test_a_forged_line_with_a_right_digest_is_still_explained(
    library: Library, old: bytes, new: bytes, words: str
) -> None:
    put(library, reseal(saved_bytes(SHORT).replace(old, new, 1)))
    with pytest.raises(DamagedJournal, match=f"decision 2 .*({words})") as found:
        library.open(RUN_ID)
    assert found.value.good == 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'"readable_by":2', b'"readable_by":3', "format is 2"),
        (b'"format":2,"readable_by":2', b'"format":4,"readable_by":3', "format is 4"),
        (b'"game":', b'"mood":"high","game":', "mood"),
        (b'"kind":"decision"', b'"kind":"wager"', "kind `wager`"),
        (b'"decision":{"kind":"pick"', b'"decision":{"kind":"haggle"', "haggle"),
        (b'"event":"decided"', b'"event":"sneezed"', "sneezed"),
        (b'"number":2', b'"number":2,"mood":"high"', "mood"),
    ],
)
def test_a_journal_of_a_newer_game_is_refused_in_words_and_left_alone(
    library: Library, old: bytes, new: bytes, words: str
) -> None:
    data = reseal(saved_bytes(SHORT).replace(old, new, 1))
    assert data != saved_bytes(SHORT)
    path = put(library, data)
    for attempt in (library.open, library.recover):
        with pytest.raises(NewerJournal, match=f"newer version of the game.*{words}"):
            attempt(RUN_ID)
    assert path.read_bytes() == data


def test_what_a_terminal_would_obey_never_stands_in_an_error(library: Library) -> None:
    put(
        library, reseal(saved_bytes(SHORT).replace(b'"kind":"decision"', b'"kind":"\\u001b[2J"', 1))
    )
    with pytest.raises(DamagedJournal, match="what a terminal would obey") as found:
        library.open(RUN_ID)
    assert str(found.value).isprintable()


def test_too_long_a_decision_is_not_written(library: Library) -> None:
    decision, outcome = steps()[0]
    run = msgspec.structs.replace(outcome.run, letters={"to-po": "x" * MAX_LINE})
    with begin_run(library) as journal:
        with pytest.raises(SaveError, match="cannot be saved"):
            journal.append(decision, Outcome(run, ()), when=WHEN)
        play_on(journal, SHORT)
    assert journal.path.read_bytes() == saved_bytes(SHORT)
