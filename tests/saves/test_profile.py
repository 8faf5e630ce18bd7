"""The profile keeps every job that was finished, whatever becomes of its run, and of the disk."""

from __future__ import annotations

import errno
import random
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from saves import DamagedProfile, Job, Library, NewerProfile, Profile, SaveError
from saves.profile import MAX_PROFILE, PROFILE, record_job
from scenes.concepts import teaching
from scenes.schema import Pack
from state_machine import begin
from state_machine.run import Past
from tests.jobs import a_job
from tests.saves.children import Child, Say
from tests.saves.disks import FailingDisk, PowerDisk
from tests.saves.runs import PLAYER, SEED, WHEN, finish_run, small_pack
from tests.saves.sealing import reseal
from tests.saves.torture import times

LATER = "2026-11-24T20:00:00+01:00"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library."""
    return Library(tmp_path / "home")


def finish_job(library: Library, player: str = PLAYER, when: str = WHEN) -> str:
    """Play a run to its ending and record its job; what the player is told."""
    return library.record_job(small_pack(), finish_run(library, player, when))


def record(library: Library, job: Job) -> str:
    """Put a job into the profile."""
    return record_job(library.home, library.home / "locks", job, FailingDisk())


def runs_in(profile: Profile) -> list[str]:
    """The runs of a profile's jobs, in its order."""
    return [job.run for job in profile.jobs]


def change(library: Library, old: bytes, new: bytes) -> bytes:
    """Change the profile's file in a way that its digest fits; returns what it then holds."""
    path = library.home / PROFILE
    data = reseal(path.read_bytes().replace(old, new, 1))
    assert data != path.read_bytes()
    path.write_bytes(data)
    return data


# ── what is in it ───────────────────────────────────────────────────────────────────────────


def test_without_a_job_the_profile_is_empty_and_nothing_is_written(library: Library) -> None:
    assert library.profile() == Profile()
    assert library.profile().past is None
    assert not library.home.exists()


def test_a_finished_run_is_a_job_on_the_profile(library: Library) -> None:
    assert finish_job(library) == ""
    (job,) = library.profile().jobs
    assert (job.run, job.pack, job.player) == ("tiny-ada-2026-11-23", "tiny", PLAYER)
    assert (job.ending, job.ending_title, job.endings) == ("over", "Over", 1)
    assert (job.begun, job.ended) == ("2026-11-23T19:16:00.000Z",) * 2
    assert job.past.company == "Tiny & Co"
    assert 0 <= job.score <= 100


def test_the_same_job_is_recorded_once(library: Library) -> None:
    journal = finish_run(library)
    for _ in range(3):
        library.record_job(small_pack(), journal)
    assert len(library.profile().jobs) == 1


def test_a_copy_of_a_run_is_no_second_job(library: Library) -> None:
    journal = finish_run(library)
    library.record_job(small_pack(), journal)
    copy = journal.path.with_name("copy.jsonl")
    copy.write_bytes(journal.path.read_bytes())
    with library.open("copy") as copied:
        library.record_job(small_pack(), copied)
    assert len(library.profile().jobs) == 1


def test_a_deleted_run_leaves_its_job(library: Library) -> None:
    finish_job(library)
    library.delete("tiny-ada-2026-11-23")
    assert runs_in(library.profile()) == ["tiny-ada-2026-11-23"]


def test_a_run_that_gets_the_name_of_a_deleted_one_is_another_job(library: Library) -> None:
    finish_job(library)
    library.delete("tiny-ada-2026-11-23")
    finish_job(library, when="2026-11-23T23:00:00+01:00")
    assert runs_in(library.profile()) == ["tiny-ada-2026-11-23"] * 2


def test_the_job_that_ended_last_stands_last_whenever_it_was_recorded(library: Library) -> None:
    late, early = finish_run(library, "Bo", LATER), finish_run(library)
    for journal in (late, early):
        library.record_job(small_pack(), journal)
    assert [job.player for job in library.profile().jobs] == [PLAYER, "Bo"]


def test_practice_adds_up_over_jobs_and_goes_into_the_next_interview(library: Library) -> None:
    record(library, a_job("one", practice={"empathy": 2, "team": 1}))
    record(library, a_job("two", practice={"empathy": 3}, ended="2026-12-01T00:00:00Z"))
    past = library.profile().past
    assert past is not None
    assert past.practice == {"empathy": 5, "team": 1}


def taught() -> Pack:
    """The small story, with something to practise in one of its scenes."""
    pack = small_pack()
    concepts = teaching().competency[0].concepts[:1]
    taught = msgspec.structs.replace(pack.scenes["sort"], concepts=concepts)
    return msgspec.structs.replace(pack, scenes={**pack.scenes, "sort": taught})


def test_a_job_holds_the_practice_that_was_its_own(library: Library) -> None:
    library.record_job(taught(), finish_run(library))
    (job,) = library.profile().jobs
    assert job.practice == {teaching().competency[0].id: 1}


def test_what_a_pack_says_on_several_lines_fits_into_the_next_run(library: Library) -> None:
    left = Past(company="Crates  & Co", reference="Never late.\n\nNever early.", promise="a\tb")
    record(library, a_job(past=left))
    past = library.profile().past
    with library.begin(small_pack(), SEED, PLAYER, when=WHEN, past=past) as journal:
        assert journal.fits(small_pack()).refusal == ""
        assert journal.run == begin(small_pack(), SEED, PLAYER, past=past).run
    assert past is not None
    assert past.reference == "Never late. Never early."


# ── a file that is not as it was written ────────────────────────────────────────────────────


def test_a_flipped_bit_in_any_byte_of_the_profile_is_noticed(library: Library) -> None:
    finish_job(library)
    path, lots = library.home / PROFILE, random.Random(7)
    whole = path.read_bytes()
    for at in range(len(whole) - 1):
        changed = bytearray(whole)
        changed[at] ^= 1 << lots.randrange(8)
        path.write_bytes(changed)
        with pytest.raises(SaveError):
            library.profile()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"Dear diary,",
        b"\x7fELF\x00\xff\xfe",
        b"[1, 2]",
        b"{}",
        b'{"kind":"shopping","format":1,"readable_by":1}',
        b'{"kind":"two-hats-profile","format":1,"readable_by":1,"jobs":[]}',
        b"[" * 500_000,
        bytes(4096),
    ],
)
def test_a_damaged_profile_is_said_and_set_aside_with_the_next_job(
    library: Library, data: bytes
) -> None:
    library.home.mkdir()
    path = library.home / PROFILE
    path.write_bytes(data)
    with pytest.raises(DamagedProfile, match="begins a new one") as found:
        library.profile()
    assert str(found.value).isprintable()
    assert path.read_bytes() == data, "who only looks changes nothing"
    notice = finish_job(library)
    aside = path.with_name(f"{PROFILE}.damaged")
    assert str(aside) in notice
    assert aside.read_bytes() == data
    assert len(library.profile().jobs) == 1


def test_a_second_damaged_profile_leaves_the_first_one_where_it_lies(library: Library) -> None:
    for number in range(3):
        finish_job(library, f"Ada{number}")
        path = library.home / PROFILE
        path.write_bytes(path.read_bytes().replace(b"tiny", b"huge"))
    finish_job(library, "Bo")
    kept = sorted(path.name for path in library.home.glob(f"{PROFILE}.*"))
    assert kept == [f"{PROFILE}.damaged", f"{PROFILE}.damaged-2", f"{PROFILE}.damaged-3"]


def test_opening_finished_runs_brings_back_what_a_damaged_profile_had(library: Library) -> None:
    finish_job(library)
    (library.home / PROFILE).write_bytes(b"Hello.")
    finish_job(library, "Bo", LATER)
    with library.open("tiny-ada-2026-11-23") as journal:
        library.record_job(small_pack(), journal)
    assert [job.player for job in library.profile().jobs] == [PLAYER, "Bo"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b'"readable_by":1', b'"readable_by":2', "format is 1"),
        (b'"format":1,"readable_by":1', b'"format":3,"readable_by":2', "format is 3"),
        (b'"ending":', b'"mood":"high","ending":', "mood"),
        (b'"score":', b'"score":1,"x":', "x"),
        (b'"edition":"express"', b'"edition":"epic"', "epic"),
    ],
)
def test_a_profile_of_a_newer_game_is_refused_in_words_and_left_alone(
    library: Library, old: bytes, new: bytes, words: str
) -> None:
    record(library, a_job(edition="express"))
    data = change(library, old, new)
    for attempt in (library.profile, lambda: finish_job(library)):
        with pytest.raises(NewerProfile, match=f"newer version of the game.*{words}"):
            attempt()
    assert (library.home / PROFILE).read_bytes() == data


def test_a_newer_profile_that_can_be_read_is_read_and_never_written(library: Library) -> None:
    record(library, a_job())
    data = change(library, b'"format":1', b'"format":2')
    assert len(library.profile().jobs) == 1
    with pytest.raises(NewerProfile):
        finish_job(library, "Bo")
    assert (library.home / PROFILE).read_bytes() == data


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"score":50', b'"score":NaN'),
        (b'"score":50', b'"score":50,"score":50'),
        (b'"score":50', b'"score":' + b"9" * 5000),
        (b'"ended":"2026', b'"ended":"x026'),
        (b"2026-11-23T20:16:00.000Z", b"0001-01-01T00:00:00+23:00"),
        (b'"tiny"', b'"\xff"'),
    ],
)
def test_a_forged_profile_with_a_right_digest_is_still_explained(
    library: Library, old: bytes, new: bytes
) -> None:
    record(library, a_job())
    change(library, old, new)
    with pytest.raises((DamagedProfile, NewerProfile)):
        library.profile()


@pytest.mark.parametrize("moment", [b"x026-11-23T19:16:00.000Z", b"9999-12-31T23:59:00-23:00"])
def test_a_forged_run_that_was_at_no_moment_is_no_job_and_says_so(
    library: Library, moment: bytes
) -> None:
    journal = finish_run(library)
    data = journal.path.read_bytes().replace(b"2026-11-23T19:16:00.000Z", moment)
    journal.path.write_bytes(reseal(data))
    with library.open(journal.run_id) as opened, pytest.raises(SaveError, match="at no moment"):
        library.record_job(small_pack(), opened)
    assert library.profile() == Profile()


def test_what_a_terminal_would_obey_never_comes_out_of_a_profile(library: Library) -> None:
    record(library, a_job(practice={"empathy": 1}, past=Past(company="C", reference="R")))
    bad = b"\\u001b]52;c;aGk=\\u0007\\u202e\\n"
    for name in (b"empathy", b"Ada", b"tiny", b"Over", b'"C', b'"R'):
        change(library, name, name + bad)
    (job,) = library.profile().jobs
    assert msgspec.json.encode(job).decode().isprintable()
    assert b"\\" not in msgspec.json.encode(job)


def test_a_huge_profile_is_not_even_read(library: Library) -> None:
    record(library, a_job())
    with (library.home / PROFILE).open("r+b") as file:
        file.truncate(1024**3)
    for attempt in (library.profile, lambda: finish_job(library)):
        with pytest.raises(SaveError, match="1024 MiB"):
            attempt()


def test_a_profile_that_would_become_too_large_is_not_written(library: Library) -> None:
    record(library, a_job("one"))
    much = {f"{number:0200}": 1 for number in range(MAX_PROFILE // 200)}
    with pytest.raises(SaveError, match="cannot be saved"):
        record(library, a_job("two", practice=much))
    assert runs_in(library.profile()) == ["one"]


def test_a_folder_in_place_of_the_profile_is_said_to_be_there(library: Library) -> None:
    (library.home / PROFILE).mkdir(parents=True)
    for attempt in (library.profile, lambda: finish_job(library)):
        with pytest.raises(SaveError, match="not an ordinary file"):
            attempt()


# ── disks and processes ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("damaged", [False, True])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_a_job_that_cannot_be_recorded_at_any_step_loses_none_and_can_be_again(
    tmp_path: Path, error: int, damaged: bool
) -> None:
    def prepared(name: str) -> tuple[Path, FailingDisk]:
        home, disk = tmp_path / name, FailingDisk()
        record_job(home, home / "locks", a_job("one"), disk)
        if damaged:
            (home / PROFILE).write_bytes(b"Hello.")
        return home, disk

    home, disk = prepared("well")
    before = len(disk.done)
    record_job(home, home / "locks", a_job("two"), disk)
    steps = disk.done[before:]
    assert "move" in steps
    for at, step in enumerate(steps):
        home, disk = prepared(f"{at}-{step}")
        disk.break_down(at, error=error, share=0.5)
        try:
            record_job(home, home / "locks", a_job("two"), disk)
        except SaveError as trouble:
            assert "Your career is not saved" in str(trouble)
        disk.fail_at = None
        record_job(home, home / "locks", a_job("two"), disk)
        assert runs_in(Library(home).profile()) == (["two"] if damaged else ["one", "two"])
        assert not list(home.glob("*.new"))
        if damaged:
            assert b"Hello." in {path.read_bytes() for path in home.glob("*.damaged*")}


def test_whenever_the_power_goes_the_profile_has_every_job_that_was_recorded(
    tmp_path: Path,
) -> None:
    recorded = 0
    cuts = 0
    seen = Library(tmp_path / "seen")
    seen.home.mkdir()

    def check(disk: PowerDisk) -> None:
        nonlocal cuts
        path = home / PROFILE
        if not recorded:
            return
        assert disk.is_named(path)
        for data in disk.after_power_cut(path):
            (seen.home / PROFILE).write_bytes(data)
            assert len(seen.profile().jobs) in (recorded, recorded + 1)
            cuts += 1

    disk, home = PowerDisk(check), tmp_path / "home"
    for number in range(5):
        record_job(home, home / "locks", a_job(f"run-{number}"), disk)
        recorded += 1
    check(disk)
    assert cuts > 20


def test_killed_at_any_moment_the_profile_has_every_job_that_was_recorded(
    library: Library,
) -> None:
    lots, recorded = random.Random(7), 0

    def work(say: Say) -> None:
        number = recorded
        while True:
            say("recording")
            record(library, a_job(f"run-{number:04}"))
            say("recorded")
            number += 1

    for _ in range(times(25, 500)):
        child = Child(work)
        child.hear()
        time.sleep(lots.random() * 0.01)
        at_least = recorded + child.kill().count("recorded")
        recorded = len(library.profile().jobs)
        assert recorded in (at_least, at_least + 1)


def test_processes_that_finish_at_once_lose_no_job(library: Library) -> None:
    def finishing(name: str) -> Callable[[Say], None]:
        def work(say: Say) -> None:
            for number in range(8):
                record(library, a_job(f"{name}-{number}"))
                say("recorded")

        return work

    children = [Child(finishing(name)) for name in "abcd"]
    assert sum(len(child.finish()) for child in children) == 32
    assert len(set(runs_in(library.profile()))) == 32


def test_a_run_with_an_odd_name_does_not_keep_the_profile_locked(library: Library) -> None:
    journal = finish_run(library)
    library.home.joinpath("runs", "profile.jsonl").write_bytes(journal.path.read_bytes())
    with library.open("profile"):
        assert library.record_job(small_pack(), journal) == ""


def test_a_lock_of_the_profile_that_cannot_be_taken_is_said(library: Library) -> None:
    library.home.joinpath("locks", ".profile.lock").mkdir(parents=True)
    with pytest.raises(SaveError, match="Your career is not saved"):
        record(library, a_job())
