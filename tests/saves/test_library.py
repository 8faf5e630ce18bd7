"""Runs have readable names, are listed fast, and go to the trash rather than away."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from saves import Library, UnknownRun, home
from saves.names import closest, is_run_id, slug
from tests.saves.runs import (
    PLAYER,
    RUN_ID,
    SEED,
    begin_run,
    play_on,
    saved_bytes,
    small_pack,
    steps,
)
from tests.saves.sealing import reseal

LATER = "2026-11-24T20:00:00+01:00"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library."""
    return Library(tmp_path)


# ── names ───────────────────────────────────────────────────────────────────────────────────


def test_a_taken_name_gets_a_number_and_is_never_written_over(library: Library) -> None:
    names = []
    for _ in range(3):
        with begin_run(library) as journal:
            names.append(journal.run_id)
    assert names == [RUN_ID, f"{RUN_ID}-2", f"{RUN_ID}-3"]
    assert len(library.list()) == 3


def test_a_file_that_happens_to_have_the_name_is_left_alone(library: Library) -> None:
    library.runs.mkdir(parents=True)
    path = library.runs / f"{RUN_ID}.jsonl"
    path.write_text("My shopping list.")
    with begin_run(library) as journal:
        assert journal.run_id == f"{RUN_ID}-2"
    assert path.read_text() == "My shopping list."


@pytest.mark.parametrize(
    ("player", "run_id"),
    [
        ("Ada Lovelace", "tiny-ada-lovelace-2026-11-23"),
        ("Zoë  d'Arc", "tiny-zoe-d-arc-2026-11-23"),
        ("../../etc/passwd", "tiny-etc-passwd-2026-11-23"),
        ("李娜", "tiny-player-2026-11-23"),
        ("", "tiny-player-2026-11-23"),
        ("a" * 200, f"tiny-{'a' * 24}-2026-11-23"),
    ],
)
def test_a_run_is_named_after_pack_player_and_day(
    library: Library, player: str, run_id: str
) -> None:
    with begin_run(library, player) as journal:
        assert journal.run_id == run_id
        assert journal.header.player == player


def test_the_day_in_a_name_is_the_players_own(library: Library) -> None:
    with begin_run(library, when="2026-11-24T00:30:00+02:00") as journal:
        assert journal.run_id == "tiny-ada-2026-11-24"
        assert journal.header.begun == "2026-11-23T22:30:00.000Z"


def test_slugs_hold_nothing_but_letters_digits_and_single_hyphens() -> None:
    assert slug("-- Ife & Tomás, 2 kitchens! --") == "ife-tomas-2-kitchens"


@pytest.mark.parametrize(
    "words", ["", "..", ".hidden", "a/b", "a\\b", "c:", "a\x00b", "a\x1b[2J", "a" * 300]
)
def test_what_could_name_another_file_is_no_run(library: Library, words: str) -> None:
    assert not is_run_id(words)
    begin_run(library).close()
    with pytest.raises(UnknownRun):
        library.open(words)


def test_an_unknown_run_is_answered_with_the_closest_name(library: Library) -> None:
    with pytest.raises(UnknownRun, match="nothing has been saved yet"):
        library.open("ada")
    for player in ("Ada", "Ife"):
        begin_run(library, player).close()
    for attempt in (library.open, library.recover, library.delete):
        with pytest.raises(UnknownRun, match=f"did you mean `{RUN_ID}`"):
            attempt("tiny-adda-2026-11-23")
    assert closest("xyz", [RUN_ID]) == ""


# ── the list ────────────────────────────────────────────────────────────────────────────────


def test_an_empty_library_has_no_runs_and_makes_no_folder(tmp_path: Path) -> None:
    library = Library(tmp_path / "home")
    assert library.list() == ()
    assert library.latest_unfinished() is None
    assert not library.home.exists()


def test_a_summary_says_who_plays_what_and_how_far(library: Library) -> None:
    with begin_run(library) as journal:
        play_on(journal, 3)
        journal.append(*steps()[3], when=LATER)
    (summary,) = library.list()
    assert (summary.run_id, summary.pack_id, summary.pack_title) == (RUN_ID, "tiny", "Tiny")
    assert (summary.player, summary.seed, summary.decisions) == (PLAYER, SEED, 4)
    assert (summary.begun, summary.last_played) == (
        "2026-11-23T19:16:00.000Z",
        "2026-11-24T19:00:00.000Z",
    )
    assert (summary.phase, summary.over, summary.ending) == ("discover", False, "")
    assert (summary.edition, summary.state) == ("full", journal.run.state)
    assert summary.problem == ""


def test_a_finished_run_is_summed_up_with_its_ending(library: Library) -> None:
    with begin_run(library) as journal:
        play_on(journal, len(steps()))
    (summary,) = library.list()
    assert (summary.phase, summary.over, summary.ending) == ("renew", True, "over")
    assert summary.decisions == len(steps())


def test_at_every_decision_the_summary_says_what_opening_the_run_says(library: Library) -> None:
    with begin_run(library) as journal:
        for count in range(len(steps()) + 1):
            play_on(journal, count)
            (summary,) = library.list()
            assert summary.decisions == count
            assert summary.phase == journal.run.entered[-1]
            assert summary.ending == journal.run.ending


def test_a_torn_line_does_not_count_in_the_summary(library: Library) -> None:
    with begin_run(library) as journal:
        play_on(journal, 3)
    journal.path.write_bytes(saved_bytes(3)[:-1])
    assert library.list()[0].decisions == 2
    journal.path.write_bytes(saved_bytes(0) + b"x" * 500_000)
    assert library.list()[0].decisions == 0


def test_the_run_that_was_played_last_comes_first_and_the_unreadable_last(library: Library) -> None:
    for player, when in (
        ("Ada", LATER),
        ("Ife", "2026-11-20T12:00Z"),
        ("Tomas", "2026-11-22T12:00Z"),
    ):
        begin_run(library, player, when).close()
    (library.runs / "broken.jsonl").write_text("What is this?\n")
    with library.open("tiny-ife-2026-11-20") as journal:
        journal.append(*steps()[0], when="2026-12-01T09:00:00Z")
    assert [summary.player for summary in library.list()] == ["Ife", "Ada", "Tomas", ""]
    assert "no journal of this game" in library.list()[-1].problem


def test_the_latest_unfinished_run_is_neither_over_nor_broken(library: Library) -> None:
    with begin_run(library, "Ada", LATER) as journal:
        play_on(journal, len(steps()))
    begin_run(library, "Ife").close()
    (library.runs / "broken.jsonl").write_text("What is this?\n")
    summary = library.latest_unfinished()
    assert summary is not None
    assert summary.player == "Ife"


def test_a_damaged_last_line_is_a_problem_in_the_list_and_no_traceback(library: Library) -> None:
    with begin_run(library) as journal:
        play_on(journal, 3)
    data = saved_bytes(3)
    journal.path.write_bytes(data[:-40] + b"\xff\n")
    assert "open it to see what is wrong" in library.list()[0].problem


def test_lists_hold_nothing_that_a_terminal_would_obey(library: Library) -> None:
    with begin_run(library) as journal:
        data = journal.path.read_bytes()
    journal.path.write_bytes(reseal(data.replace(b'"player":"Ada"', b'"player":"A\\u001b[2J"')))
    assert library.list()[0].player == "A\N{REPLACEMENT CHARACTER}[2J"


class Counting(io.FileIO):
    """A file that counts what is read of it, as the system does."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(-1 if size is None else size) or b""
        Counting.taken += len(data)
        return data


def test_a_list_reads_the_beginning_and_the_end_of_a_run_however_long_it_is(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with begin_run(library) as journal:
        play_on(journal, len(steps()))
    first, *played = journal.path.read_bytes().splitlines(keepends=True)

    def read_to_list(times: int) -> int:
        journal.path.write_bytes(first + b"".join(played) * times)
        Counting.taken = 0
        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", lambda path, *_, **__: Counting(path))
            (listed,) = library.list()
        assert (listed.decisions, listed.over) == (len(steps()), True)
        return Counting.taken

    long, longer = read_to_list(20), read_to_list(80)
    assert longer == long < journal.path.stat().st_size / 20


# ── the trash, and the home ─────────────────────────────────────────────────────────────────


def test_a_deleted_run_lies_in_the_trash_whole(library: Library) -> None:
    for expected in (f"{RUN_ID}.jsonl", f"{RUN_ID}.jsonl-2"):
        with begin_run(library) as journal:
            play_on(journal, 3)
        target = library.delete(RUN_ID)
        assert target == library.home / "trash" / expected
        assert target.read_bytes() == saved_bytes(3)
        assert library.list() == ()


def test_the_home_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWOHATS_HOME", "/somewhere/else")
    assert home() == Path("/somewhere/else")


def test_without_a_word_the_home_is_the_systems_own_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TWOHATS_HOME", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert home().name == "twohats"
    assert list(tmp_path.iterdir()) == []


def test_a_begun_run_is_of_the_pack_that_was_given(library: Library) -> None:
    with begin_run(library) as journal:
        assert journal.fits(small_pack()).kinship == "same"
