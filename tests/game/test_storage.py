"""The shelf on the disk: runs are begun, left, killed, damaged, and taken up again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import groupby
from pathlib import Path

import pytest

from game import words
from game.blocks import Notice, Page
from game.clock import ago
from game.session import Session
from game.shelf import Trouble
from game.storage import DiskShelf
from saves import Library
from scenes import loader
from state_machine import fingerprint
from state_machine.bots import PERSONAS
from tests.packs import write_small_pack

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of installed packs, with the small company alone in it."""
    packs = tmp_path / "packs"
    write_small_pack(packs / "small")
    monkeypatch.setattr(loader, "PACKS", packs)
    return packs / "small"


@pytest.fixture
def shelf(home: Path, installed: Path) -> Iterator[DiskShelf]:
    assert installed.exists()
    shelf = DiskShelf(Library(home), clock=lambda: NOON)
    yield shelf
    shelf.close()


def play_some(shelf: DiskShelf, decisions: int) -> str:
    """Begin a run and decide a few times; the fingerprint that it then has."""
    session = shelf.begin("small", 7, "Ada")
    for _ in range(decisions):
        session.decide(PERSONAS["random"](session.view, 7))
    shelf.close()
    return fingerprint(session.run)


def told_first(session: Session) -> str:
    """The notice that is read before anything else."""
    (notice,) = session.first_pages()[0].blocks
    assert isinstance(notice, Notice)
    return notice.text


def test_a_run_is_taken_up_exactly_where_it_was_left(shelf: DiskShelf) -> None:
    left = play_some(shelf, 5)
    card = shelf.latest()
    assert card is not None
    assert (card.player, card.seed, card.over) == ("Ada", 7, False)
    session = shelf.resume(card.id)
    assert fingerprint(session.run) == left
    assert session.first_pages()
    assert session.ask is not None


def test_a_session_knows_by_which_name_its_run_is_found_again(shelf: DiskShelf) -> None:
    session = shelf.begin("small", 7, "Ada")
    (card,) = shelf.runs()
    assert session.run_id == card.id
    assert shelf.resume(card.id).run_id == card.id


def test_what_happened_last_is_read_again_on_coming_back(shelf: DiskShelf) -> None:
    session = shelf.begin("small", 7, "Ada")
    assert session.first_pages()[0].kind == "setting"
    told = session.decide(PERSONAS["random"](session.view, 7))
    (card,) = shelf.runs()
    assert shelf.resume(card.id).first_pages() == told


def test_without_a_seed_one_is_drawn(shelf: DiskShelf) -> None:
    assert shelf.begin("small", None, "Ada").run.seed < 100_000


def test_a_run_that_is_over_is_not_offered_to_be_continued(shelf: DiskShelf) -> None:
    play_some(shelf, 0)
    session = shelf.begin("small", 8, "Bo")
    while not session.over:
        session.decide(PERSONAS["random"](session.view, 8))
    latest = shelf.latest()
    assert latest is not None
    assert latest.player == "Ada"
    assert [card.over for card in shelf.runs()].count(True) == 1


def finish(session: Session) -> list[Page]:
    """Play a run to its end; the pages that its last decision brings."""
    told: list[Page] = []
    while not session.over:
        told = session.decide(PERSONAS["random"](session.view, 7))
    return told


def notices(pages: list[Page]) -> str:
    """What the pages say before or after the story."""
    shown = [block for page in pages if page.kind == "notice" for block in page.blocks]
    return " ".join(block.text for block in shown if isinstance(block, Notice))


def test_a_run_that_ends_is_a_job_and_the_next_one_comes_after_it(shelf: DiskShelf) -> None:
    first = shelf.begin("small", 7, "Ada")
    assert first.run.past is None
    assert notices(finish(first)) == ""
    (job,) = shelf.profile().jobs
    assert (job.player, job.ending) == ("Ada", first.run.ending)
    past = shelf.begin("small", 7, "Ada").run.past
    assert past == shelf.profile().past
    assert past is not None
    assert past.company == "Small & Co"


def test_a_finished_run_that_is_opened_gets_its_place_in_the_career_back(
    shelf: DiskShelf, home: Path
) -> None:
    finish(shelf.begin("small", 7, "Ada"))
    (card,) = shelf.runs()
    (home / "profile.json").unlink()
    for _ in range(2):
        assert shelf.resume(card.id).over
        assert len(shelf.profile().jobs) == 1


def test_an_ending_that_cannot_become_a_job_is_an_ending_all_the_same(
    shelf: DiskShelf, home: Path
) -> None:
    session = shelf.begin("small", 7, "Ada")
    (home / "profile.json").mkdir()
    told = finish(session)
    assert session.over
    assert told[-1].kind == "notice"
    assert "The run itself is saved" in notices(told)
    (card,) = shelf.runs()
    assert card.over
    with pytest.raises(Trouble, match="Your career cannot be read"):
        shelf.profile()
    (home / "profile.json").rmdir()
    assert notices(shelf.resume(card.id).first_pages()) == ""
    assert len(shelf.profile().jobs) == 1


def test_a_damaged_profile_is_told_before_the_interview_and_after_the_ending(
    shelf: DiskShelf, home: Path
) -> None:
    home.mkdir()
    (home / "profile.json").write_text("Hello.")
    session = shelf.begin("small", 7, "Ada")
    first = session.first_pages()
    assert [page.kind for page in first[:2]] == ["notice", "setting"]
    assert "nobody has heard of you" in notices(first)
    assert session.run.past is None
    assert "profile.json.damaged" in notices(finish(session))
    assert len(shelf.profile().jobs) == 1


def test_companies_say_how_long_both_editions_take(shelf: DiskShelf, installed: Path) -> None:
    (card,) = shelf.packs()
    assert (card.length, card.express) == ("about an hour", "")
    write_small_pack(installed.with_name("short"), express=True)
    (installed.with_name("short") / "pack.toml").write_text(
        (installed / "pack.toml").read_text("utf-8").replace('id = "small"', 'id = "short"'),
        "utf-8",
    )
    cards = {card.id: card for card in shelf.packs()}
    assert cards["short"].express == "about a quarter of an hour"
    assert cards["small"].express == ""


def test_a_company_with_mistakes_is_offered_and_says_them_when_it_is_begun(
    shelf: DiskShelf, installed: Path
) -> None:
    (installed / "cast.toml").write_text("[[person]]\n", "utf-8")
    assert [card.id for card in shelf.packs()] == ["small"]
    with pytest.raises(Trouble, match=r"cast\.toml"):
        shelf.begin("small", 7, "Ada")


CAREER = """
[career]
boss = "ife"
title = "both"
interview = "the-slash"
offers = "envelopes"

[[title]]
id = "both"
name = "slash"
calls = []

[[reputation]]
id = "quiet"
name = "is quiet"
text = "Quiet."
"""


def with_career(folder: Path) -> None:
    """Give the small company an interview and offers."""
    scenes = "".join(
        f"""
[[scene]]
id = "{name}"
phase = "{phase}"
hat = "pm"
title = "T"
text = "It is Tuesday."
choice = [{{ id = "a", say = "A", then = "A." }}, {{ id = "b", say = "B", then = "B." }}]
"""
        for name, phase in (("the-slash", "discover"), ("envelopes", "renew"))
    )
    (folder / "career.toml").write_text(CAREER + scenes, "utf-8")


def test_a_run_before_its_first_round_and_after_its_last_says_where_it_is(
    shelf: DiskShelf, installed: Path
) -> None:
    with_career(installed)
    session = shelf.begin("small", 7, "Ada")
    places = [shelf.runs()[0].phase]
    while not session.over:
        session.decide(PERSONAS["random"](session.view, 7))
        places.append(shelf.runs()[0].phase)
    assert [place for place, _ in groupby(places)] == [
        "the interview",
        "Discover",
        "Define",
        "Build",
        "Launch",
        "Grow",
        "Renew",
        "the offers",
        "the end",
    ]


def test_a_deleted_run_is_gone_from_the_list(shelf: DiskShelf, home: Path) -> None:
    play_some(shelf, 1)
    (card,) = shelf.runs()
    shelf.delete(card.id)
    assert shelf.runs() == []
    assert list((home / "trash").iterdir())


def test_a_run_cannot_be_played_twice_at_once(shelf: DiskShelf, home: Path) -> None:
    shelf.begin("small", 7, "Ada")
    (card,) = shelf.runs()
    with pytest.raises(Trouble, match=card.id):
        DiskShelf(Library(home)).resume(card.id)


def test_a_damaged_run_says_so_and_its_good_part_can_be_played(
    shelf: DiskShelf, home: Path
) -> None:
    play_some(shelf, 4)
    (card,) = shelf.runs()
    path = home / "runs" / f"{card.id}.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[3] = lines[3].replace(b"small", b"smell", 1)
    path.write_bytes(b"".join(lines))
    with pytest.raises(Trouble, match="damaged"):
        shelf.resume(card.id)
    assert shelf.recover(card.id).run.decisions <= 2


def test_a_run_whose_company_is_not_here_says_which_it_was(
    shelf: DiskShelf, installed: Path
) -> None:
    play_some(shelf, 1)
    (card,) = shelf.runs()
    (installed / "pack.toml").rename(installed / "pack.txt")
    shutil.rmtree(shelf._library.home / "packs")
    with pytest.raises(Trouble, match="small"):
        DiskShelf(Library(shelf._library.home)).resume(card.id)


def rewrite(path: Path, old: str, new: str) -> None:
    """Put something else into a file of a pack."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_by_newer_rules_a_run_goes_on_as_another_and_stays_as_it_was(
    shelf: DiskShelf, installed: Path, home: Path
) -> None:
    play_some(shelf, 2)
    (card,) = shelf.runs()
    before = (home / "runs" / f"{card.id}.jsonl").read_bytes()
    rewrite(installed / "pack.toml", "burn = 9000", "burn = 9100")
    later = DiskShelf(Library(home), clock=lambda: NOON + timedelta(days=1))
    session = later.resume(card.id)
    assert told_first(session).startswith("The story or the rules have changed")
    session.decide(PERSONAS["random"](session.view, 7))
    assert (home / "runs" / f"{card.id}.jsonl").read_bytes() == before
    new, old = later.runs()
    assert (old.id, old.decisions) == (card.id, 2)
    assert new.origin is not None
    assert (new.origin.kind, new.origin.run, new.origin.at) == ("migration", card.id, 2)
    assert later.resume(card.id).run == session.run
    assert len(later.runs()) == 2


def test_rules_that_change_twice_are_followed_twice(
    shelf: DiskShelf, installed: Path, home: Path
) -> None:
    play_some(shelf, 2)
    (card,) = shelf.runs()
    for day, (old, new) in enumerate((("9000", "9100"), ("9100", "9200")), start=1):
        rewrite(installed / "pack.toml", f"burn = {old}", f"burn = {new}")
        later = DiskShelf(Library(home), clock=lambda day=day: NOON + timedelta(days=day))  # type: ignore[misc]
        later.resume(card.id)
        last = later.open_run
        later.close()
    assert len(shelf.runs()) == 3
    again = DiskShelf(Library(home))
    again.resume(card.id)
    assert again.open_run == last


def test_a_run_that_cannot_follow_a_changed_story_goes_on_by_the_one_it_had(
    shelf: DiskShelf, installed: Path
) -> None:
    left = play_some(shelf, 1)
    (card,) = shelf.runs()
    run = shelf.study(card.id).steps[-1][1].run
    for waiting in (run.scene, *run.diary):
        for path in installed.glob("*.toml"):
            text = path.read_text("utf-8")
            path.write_text(text.replace(f'"{waiting}"', f'"{waiting}-two"'), "utf-8")
    later = DiskShelf(Library(shelf._library.home), clock=lambda: NOON)
    resumed = later.resume(card.id)
    assert "cannot follow" in told_first(resumed)
    assert fingerprint(resumed.run) == left
    resumed.decide(PERSONAS["random"](resumed.view, 7))
    assert [(each.id, each.decisions) for each in shelf.runs()] == [(card.id, 2)]


def test_a_mended_typo_is_read_at_once_and_makes_no_other_run(
    shelf: DiskShelf, installed: Path, home: Path
) -> None:
    play_some(shelf, 2)
    (card,) = shelf.runs()
    rewrite(installed / "pack.toml", 'title = "', 'title = "The ')
    resumed = DiskShelf(Library(home)).resume(card.id)
    assert resumed.pack.info.title.startswith("The ")
    assert [each.id for each in shelf.runs()] == [card.id]


def test_the_last_decision_is_taken_back_once_and_the_run_says_so(shelf: DiskShelf) -> None:
    session = shelf.begin("small", 7, "Ada")
    assert not session.can_undo
    before = session.run
    session.decide(PERSONAS["random"](session.view, 7))
    (page,) = session.undo()
    assert page.title == "Taken back"
    assert session.run == before
    assert not session.can_undo
    (card,) = shelf.runs()
    assert (card.decisions, card.undos) == (0, 1)
    assert shelf.resume(card.id).run == before


def test_a_branch_goes_on_by_the_rules_of_its_parent_whatever_they_are_today(
    shelf: DiskShelf, installed: Path, home: Path
) -> None:
    play_some(shelf, 3)
    (card,) = shelf.runs()
    rewrite(installed / "pack.toml", "burn = 9000", "burn = 9100")
    later = DiskShelf(Library(home), clock=lambda: NOON + timedelta(days=1))
    branch = later.branch(card.id, 2)
    (page,) = [page for page in branch.first_pages() if page.kind == "notice"]
    assert words.BY_THOSE_OF_THEN in [b.text for b in page.blocks if isinstance(b, Notice)]
    while not branch.over:
        branch.decide(PERSONAS["random"](branch.view, 7))
    assert later.study(later.open_run).verified() is None
    assert len(later.runs()) == 2


def test_a_branch_is_played_on_from_the_decision_and_is_no_job(shelf: DiskShelf) -> None:
    session = shelf.begin("small", 7, "Ada")
    runs = [session.run]
    while not session.over:
        session.decide(PERSONAS["random"](session.view, 7))
        runs.append(session.run)
    (card,) = shelf.runs()
    assert len(shelf.profile().jobs) == 1
    branch = shelf.branch(card.id, 3)
    assert branch.run == runs[3]
    while not branch.over:
        branch.decide(PERSONAS["people-pleaser"](branch.view, 7))
    assert len(shelf.profile().jobs) == 1
    assert {each.study for each in shelf.runs()} == {True, False}


def test_a_successor_takes_over_at_launch_and_has_a_job_of_their_own(
    shelf: DiskShelf, home: Path
) -> None:
    session = shelf.begin("small", 7, "Ada")
    while not session.over:
        session.decide(PERSONAS["random"](session.view, 7))
    (card,) = shelf.runs()
    before = (home / "runs" / f"{card.id}.jsonl").read_bytes()
    taken = shelf.inherit(card.id, "Zoe")
    assert (taken.view.player, taken.view.predecessor) == ("Zoe", "Ada")
    assert any("Ada's desk" in page.title for page in taken.first_pages())
    while not taken.over:
        taken.decide(PERSONAS["random"](taken.view, 7))
    assert [job.player for job in shelf.profile().jobs] == ["Ada", "Zoe"]
    assert (home / "runs" / f"{card.id}.jsonl").read_bytes() == before
    new = next(each for each in shelf.runs() if each.player == "Zoe")
    study = shelf.study(new.id)
    assert study.verified() is None


def test_before_launch_and_after_the_ending_there_is_no_desk_to_sit_down_at(
    shelf: DiskShelf,
) -> None:
    play_some(shelf, 2)
    (card,) = shelf.runs()
    with pytest.raises(Trouble, match="no desk to sit down at"):
        shelf.inherit(card.id, "Zoe")


def test_a_saved_run_is_studied_by_what_it_was_played_on(shelf: DiskShelf, installed: Path) -> None:
    play_some(shelf, 3)
    (card,) = shelf.runs()
    shutil.rmtree(installed)
    study = shelf.study(card.id)
    assert len(study.steps) == 4
    assert study.pack.info.id == "small"
    assert study.verified() is None


def test_a_run_goes_to_another_home_in_a_file(shelf: DiskShelf, tmp_path: Path) -> None:
    fingerprint_here = play_some(shelf, 3)
    (card,) = shelf.runs()
    shelf.export(card.id, tmp_path / "ada.twohats")
    with pytest.raises(Trouble, match="already"):
        shelf.export(card.id, tmp_path / "ada.twohats")
    there = DiskShelf(Library(tmp_path / "elsewhere"), clock=lambda: NOON)
    taken = there.import_file(tmp_path / "ada.twohats")
    assert (taken.study, taken.decisions) == (True, 3)
    assert fingerprint(there.resume(taken.id).run) == fingerprint_here


def test_what_was_deleted_can_be_had_back_until_the_trash_is_emptied(shelf: DiskShelf) -> None:
    play_some(shelf, 1)
    (card,) = shelf.runs()
    shelf.delete(card.id)
    (deleted,) = shelf.trash()
    assert shelf.restore(deleted.id) == card.id
    shelf.delete(card.id)
    assert shelf.empty_trash() == 1
    assert (shelf.runs(), shelf.trash()) == ([], [])


def test_a_run_of_a_folder_is_taken_up_as_long_as_the_folder_is_there(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_small_pack(tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    shelf = DiskShelf(Library(home))
    begun = shelf.begin("mine", 7, "Ada")
    shelf.close()
    monkeypatch.chdir("/")
    (card,) = shelf.runs()
    assert shelf.resume(card.id).run == begun.run
    shelf.close()
    folder.rename(tmp_path / "moved")
    assert told_first(shelf.resume(card.id)) == words.STORY_GONE
    shelf.close()
    shutil.rmtree(home / "packs")
    with pytest.raises(Trouble, match="was in the folder"):
        DiskShelf(Library(home)).resume(card.id)


def test_an_installed_story_is_not_looked_for_in_folders(
    shelf: DiskShelf, installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play_some(shelf, 1)
    (card,) = shelf.runs()
    installed.rename(tmp_path / "small")
    monkeypatch.chdir(tmp_path)
    assert told_first(shelf.resume(card.id)) == words.STORY_GONE
    shelf.close()
    shutil.rmtree(shelf._library.home / "packs")
    with pytest.raises(Trouble, match="no company"):
        DiskShelf(Library(shelf._library.home)).resume(card.id)


@pytest.mark.parametrize("moment", ["x026-11-23T20:16:00Z", "", "9999-12-31T23:59:59Z"])
def test_a_time_that_is_none_hides_no_other_run(shelf: DiskShelf, home: Path, moment: str) -> None:
    play_some(shelf, 2)
    play_some(shelf, 1)
    (_, card) = shelf.runs()
    path = home / "runs" / f"{card.id}.jsonl"
    path.write_text(path.read_text("utf-8").replace("2026-11-23T12:00:00.000Z", moment), "utf-8")
    tokyo = timezone(timedelta(hours=9))
    there = DiskShelf(Library(home), clock=lambda: NOON.astimezone(tokyo))
    assert len(there.runs()) == 2


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=3), "3 minutes ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(hours=20), "yesterday"),
        (timedelta(days=12), "2026-11-11"),
    ],
)
def test_a_time_is_said_as_people_say_it(passed: timedelta, said: str) -> None:
    assert ago((NOON - passed).isoformat(), NOON) == said


def test_a_killed_game_has_lost_nothing(home: Path, tmp_path: Path) -> None:
    """The game is killed with no warning after three decisions, and continued from its title."""
    pack = str(write_small_pack(tmp_path / "small"))
    game = subprocess.Popen(
        [sys.executable, "-m", "game.cli", "play", pack, "--plain", "--seed", "7", "--name", "Ada"],
        cwd=ROOT,
        env={**os.environ, "TWOHATS_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert game.stdin is not None
    assert game.stdout is not None
    answers = ["1", "1", "1"]  # an invitation, and two choices
    for count, answer in enumerate(answers, start=1):
        game.stdin.write(f"{answer}\n")
        game.stdin.flush()
        deadline = time.monotonic() + 30
        while _decisions(home) < count:
            assert game.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.01)
    game.send_signal(signal.SIGKILL)
    game.wait()
    game.stdin.close()
    game.stdout.close()
    again = subprocess.run(
        [sys.executable, "-m", "game.cli", "--plain"],
        cwd=ROOT,
        env={**os.environ, "TWOHATS_HOME": str(home)},
        input="1\nquit\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "1. Continue: Small as Ada" in again.stdout
    assert _decisions(home) == 3


def _decisions(home: Path) -> int:
    cards = Library(home).list()
    return cards[0].decisions if cards else -1
