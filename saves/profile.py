"""The profile: all jobs that were held under one home, which outlive the runs that they were.

One file, `profile.json`, holds it: a single line, sealed like the first line of a journal. It
is only ever replaced whole. Texts are cleaned when they are read, so that nothing of a file
from elsewhere reaches a terminal or the next run as it stands there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import msgspec

from saves.beginning import UNREADABLE
from saves.errors import DamagedProfile, NewerProfile, SaveError, explained
from saves.files import Disk, make_folders, read_ordinary
from saves.keeping import move_to, replace
from saves.lock import Holding, lock_profile
from saves.moments import utc
from saves.sealing import Wrong, opened, sealed
from scenes.sanitise import clean_line
from scenes.vocabulary import Edition
from state_machine.career import practice
from state_machine.run import Past, Value
from state_machine.succession import own_scenes
from state_machine.telling import finish

if TYPE_CHECKING:
    from saves.journal import Journal
    from scenes.schema import Pack
    from state_machine.rules import Rules

PROFILE: Final = "profile.json"
"""The file of the profile in a home."""

FORMAT: Final = 1
"""The version of the profile's format that this game writes."""

READABLE_BY: Final = 1
"""The oldest version of the format whose readers can read what this game writes."""

MAX_PROFILE: Final = 4 * 1024 * 1024
"""No profile has more bytes than this: a larger file is not read, and none is written."""

_KIND: Final = "two-hats-profile"
_LINE: Final = 200
_LETTER: Final = 4000
"""How many characters a line and a reference can have, as in packs."""

Times = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class Job(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A finished run, as it stands in the profile.

    `run` and `begun` are those of its journal's header, and name it for good. `endings` counts
    those that its company had. `practice` is that of this job alone, and `past` what the job
    left, without any.
    """

    run: str
    begun: str
    ended: str
    """Like `begun`, a moment in UTC, such as `2026-11-23T20:16:00.000Z`."""
    pack: str
    player: str
    ending: str
    ending_title: str
    endings: Times
    score: Annotated[int, msgspec.Meta(ge=0, le=100)]
    promises_given: Times
    promises_kept: Times
    past: Past
    edition: Edition = "full"
    practice: Mapping[str, Times] = {}


class Profile(Value, frozen=True, kw_only=True):
    """All jobs, the one that ended last at the end."""

    jobs: tuple[Job, ...] = ()

    @property
    def practice(self) -> dict[str, int]:
        """How often each competency was practised, in all jobs."""
        counts: Counter[str] = Counter()
        for job in self.jobs:
            counts.update(job.practice)
        return dict(counts)

    @property
    def past(self) -> Past | None:
        """What the last job leaves for the next one, with the practice of all; None if none."""
        if not self.jobs:
            return None
        return msgspec.structs.replace(self.jobs[-1].past, practice=self.practice)

    def holds(self, job: Job) -> bool:
        """Whether this job stands here."""
        return any((each.run, each.begun) == (job.run, job.begun) for each in self.jobs)

    def with_job(self, job: Job) -> Profile:
        """The profile with one job more."""
        return Profile(jobs=tuple(sorted((*self.jobs, job), key=lambda each: each.ended)))


class _Mark(msgspec.Struct, frozen=True):
    """What the file of any version has."""

    kind: str
    format: int
    readable_by: int


class _File(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag=_KIND):
    """The file of this version, without its digest."""

    format: int
    readable_by: int
    jobs: tuple[Job, ...]


def job_of(pack: Pack, journal: Journal, rules: Rules | None = None) -> Job:
    """The job that a finished run was. Raises `SaveError` if its journal says no moment of it."""
    run, header = journal.run, journal.header
    end = finish(pack, run, rules)
    job = Job(
        run=header.run,
        begun=header.begun,
        ended=journal.recorded[-1].when if journal.recorded else header.begun,
        pack=header.pack_id,
        player=header.player,
        ending=end.ending,
        ending_title=end.title,
        endings=len(pack.endings),
        score=end.score.total,
        promises_given=end.score.promises_given,
        promises_kept=end.score.promises_kept,
        past=end.past,
        edition=run.edition,
        practice={name: times for name, times in practice(pack, own_scenes(run)).items() if times},
    )
    try:
        return _cleaned(job)
    except ValueError as error:
        raise SaveError(
            f"Your career is not saved: the run says that it was at no moment ({error})."
        ) from error


def read_profile(home: Path) -> Profile:
    """The profile in a home; an empty one if there is none yet.

    Nothing is written or locked. Raises `DamagedProfile`, `NewerProfile`, or `SaveError` for
    whatever the system refuses.
    """
    path = home / PROFILE
    try:
        return _read(path)
    except _Damage as damage:
        raise DamagedProfile(
            f"Your career cannot be read: its file {damage} ({path}). The next job that you "
            "finish begins a new one, and the damaged file is kept beside it."
        ) from damage


def record_job(home: Path, locks: Path, job: Job, disk: Disk) -> str:
    """Put a job into the profile, if it does not stand there; then it is on the disk.

    Returns a sentence for the player if a damaged profile had to be set aside, else nothing.
    Raises `NewerProfile` or `SaveError`; then the profile is as it was.
    """
    path = home / PROFILE
    notice = ""
    try:
        make_folders(disk, locks)
        with Holding(lock_profile(locks)):
            try:
                profile = _read(path, to_write=True)
            except _Damage as damage:
                aside = move_to(disk, path, home, f"{PROFILE}.damaged")
                profile = Profile()
                notice = (
                    f"Your career could not be read, because its file {damage}. It is kept as "
                    f"{aside}, and a new one is begun. A finished run that you open gets its "
                    "place in it back."
                )
            if not profile.holds(job):
                replace(disk, path, _line(profile.with_job(job)), "new")
    except OSError as error:
        raise explained("Your career is not saved", error, path) from error
    return notice


class _Damage(Exception):
    """The file is no profile of any version; the message continues `its file ...`."""


def _line(profile: Profile) -> bytes:
    record = _File(format=FORMAT, readable_by=READABLE_BY, jobs=profile.jobs)
    return sealed(record, "", MAX_PROFILE)[0]


def _read(path: Path, *, to_write: bool = False) -> Profile:
    """The profile in a file. Raises `_Damage`, `NewerProfile` or `SaveError`.

    One that is `to_write` must be of this very format, as nothing of another must get lost.
    """
    data = read_ordinary(path, "Your career cannot be read", MAX_PROFILE)
    if data is None:
        return Profile()
    try:
        mark = msgspec.json.decode(data, type=_Mark)
    except UNREADABLE as error:
        raise _Damage("is no profile of this game, or was changed") from error
    if mark.kind != _KIND:
        raise _Damage("is no profile of this game")
    if mark.readable_by > FORMAT or (to_write and mark.format > FORMAT):
        raise _newer(path, f"its format is {mark.format}, and this one writes {FORMAT}")
    try:
        content, _ = opened(data.removesuffix(b"\n"), "", MAX_PROFILE)
    except Wrong as wrong:
        raise _Damage(f"{wrong}") from wrong
    try:
        jobs = msgspec.json.decode(content, type=_File).jobs
    except msgspec.ValidationError as error:
        raise _newer(path, f"it is not as this one writes it ({error})") from error
    try:
        return Profile(jobs=tuple(map(_cleaned, jobs)))
    except ValueError as error:
        raise _Damage(f"says of a job that it was at no moment ({error})") from error


def _newer(path: Path, why: str) -> NewerProfile:
    return NewerProfile(
        f"Your career was saved by a newer version of the game: {why} ({path}). "
        "It is left as it is; look at it with that version."
    )


def _cleaned(job: Job) -> Job:
    """A job whose texts a terminal can show and a run can carry.

    Raises `ValueError` if its moments are none.
    """
    names = ("run", "pack", "player", "ending", "ending_title")
    lines = {name: clean_line(getattr(job, name), _LINE) for name in names}
    return msgspec.structs.replace(
        job,
        **lines,
        begun=utc(job.begun),
        ended=utc(job.ended),
        past=_cleaned_past(job.past),
        practice={clean_line(name, _LINE): times for name, times in job.practice.items()},
    )


def _cleaned_past(past: Past) -> Past:
    names = ("company", "title", "offer", "reputation", "referee", "promise")
    lines = {name: clean_line(getattr(past, name), _LINE) for name in names}
    letters = {n: clean_line(getattr(past, n), _LETTER) for n in ("reference", "gossip")}
    return msgspec.structs.replace(past, **lines, **letters, practice={})
