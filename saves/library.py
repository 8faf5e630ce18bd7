"""The library: all runs under one home, and the profile of whoever played them."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from saves.beginning import FORMAT, READABLE_BY
from saves.chain import Reading, lines_of, read_journal
from saves.errors import DamagedJournal, RunInUse, SaveError, UnknownRun, explained
from saves.files import Disk, make_folders, read_journal_file
from saves.forks import branched, inherited, migrated_on
from saves.journal import Journal
from saves.keeping import numbered, set_aside, write_whole
from saves.listing import RUNS, journal_path, latest_unfinished, list_runs, run_ids
from saves.lock import Holding, lock_run
from saves.moments import moment_of, utc
from saves.names import closest, run_stem
from saves.records import AnyLine, Header
from saves.summaries import Summary
from saves.trash import Trash

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from saves.packstore import Ground
    from saves.profile import Profile
    from scenes.schema import Pack
    from scenes.vocabulary import Edition
    from state_machine.events import Outcome
    from state_machine.rules import Rules
    from state_machine.run import Past, Run


class Library:
    """The runs in the folder `runs/` of a home, each in a file with its id as name.

    `locks/` has a lock file for each run that was ever open, `trash/` the deleted runs, and
    `profile.json` the jobs that finished runs were. Nothing is written, and no folder is made,
    before a run is begun. Every method raises `SaveError` with a sentence for the player where
    it cannot do what it says.
    """

    def __init__(self, home: Path, disk: Disk | None = None) -> None:
        """Use a home, which need not be there yet; a `disk` of their own is for tests."""
        self.home = home
        self.runs = home / RUNS
        self._locks = home / "locks"
        self._disk = disk or Disk()
        self.trash = Trash(home, self._disk)

    def begin(
        self,
        pack: Pack,
        seed: int,
        player: str,
        *,
        when: datetime | str,
        game: str = "",
        folder: str = "",
        edition: Edition = "full",
        past: Past | None = None,
    ) -> Journal:
        """Begin a run and save its beginning; the journal is open to be played.

        Its id is readable and new, with the day that `when` (with its time zone) has there.
        `game` is the version of the game; `folder` is where the pack lies, if it does not come
        with the game. `past` is the job that the player had before.
        """
        from state_machine.engine import begin  # noqa: PLC0415  # listing runs needs no rules

        outcome = begin(pack, seed, player, edition=edition, past=past)
        header = Header(
            format=FORMAT,
            readable_by=READABLE_BY,
            run="",
            pack_id=pack.info.id,
            pack_title=pack.info.title,
            pack_version=pack.info.version,
            pack_folder=folder,
            rules_hash=pack.rules_hash,
            text_hash=pack.text_hash,
            game=game,
            seed=seed,
            player=player,
            begun=utc(when),
            state=outcome.run,
            events=outcome.events,
        )
        return self._new(self._grounded(header, pack), (), when)

    # ── runs that come from another ─────────────────────────────────────────────────────

    def ground(self, journal: Journal) -> Ground:
        """The pack and the rules that a run was played on. Raises `MissingPack`."""
        from saves.packstore import ground  # noqa: PLC0415  # listing runs needs no pack

        return ground(self.home, journal.header.kept)

    def branch(self, journal: Journal, at: int, *, when: datetime | str, game: str = "") -> Journal:
        """Begin a new run that is another one up to its decision `at` (0: its beginning).

        It knows its parent, and is open to be played.
        """
        header, lines = branched(journal, at)
        header = msgspec.structs.replace(header, begun=utc(when), game=game)
        return self._new(header, lines, when)

    def migrate(
        self, journal: Journal, run: Run, pack: Pack, *, when: datetime | str, game: str = ""
    ) -> Journal:
        """Begin a new run that goes on from the end of another by newer rules, as `run`."""
        header = migrated_on(journal, run, pack)
        header = msgspec.structs.replace(header, begun=utc(when), game=game)
        return self._new(self._grounded(header, pack), (), when)

    def inherit(
        self, journal: Journal, at: int, outcome: Outcome, *, when: datetime | str, game: str = ""
    ) -> Journal:
        """Begin the run of whoever takes over another one after its decision `at`.

        `outcome` is that of `succeed`. The new run is played on what the other one was.
        """
        header = inherited(journal, at, outcome)
        header = msgspec.structs.replace(header, begun=utc(when), game=game)
        return self._new(header, (), when)

    def take_in(self, header: Header, lines: tuple[AnyLine, ...], *, when: datetime | str) -> str:
        """Put a whole run from elsewhere among these, as it is; returns its id here."""
        with self._new(header, lines, when) as journal:
            return journal.run_id

    def keep(self, line: bytes, digest: str) -> None:
        """Keep what a run was played on, as one line with its digest."""
        from saves.packstore import keep  # noqa: PLC0415

        keep(self.home, self._locks, line, digest, self._disk)

    def write_new(self, path: Path, data: bytes) -> None:
        """Write a file that is to leave the library. Raises `OSError`; then there is none."""
        write_whole(self._disk, path, data)

    # ── looking, opening, throwing away ─────────────────────────────────────────────────

    def list(self) -> tuple[Summary, ...]:
        """All runs, the last played first; those that cannot be read stand at the end."""
        return list_runs(self.runs)

    def latest_unfinished(self) -> Summary | None:
        """The last played run that has not reached its ending; None if there is none."""
        return latest_unfinished(self.runs)

    def open(self, run_id: str, *, for_writing: bool = True) -> Journal:
        """Open a run, to play it or only to read it.

        Raises `UnknownRun`, `RunInUse`, `DamagedJournal` (then `recover` may help),
        `NewerJournal`, or `SaveError` for whatever the system refuses. To read, nothing is
        locked or written, so it is possible while another process plays the run.
        """
        path = self._known(run_id)
        if not for_writing:
            return Journal(path, _undamaged(run_id, self._read(run_id)), self._disk)
        with Holding(self._lock(run_id)) as held:
            reading = _undamaged(run_id, self._read(run_id))
            return self._to_be_played(path, reading, held)

    def recover(self, run_id: str) -> Journal:
        """Make a journal of the good part of a damaged one, and open it to be played.

        The damaged file is kept beside it, with `.damaged` at the end of its name. A run that
        is not damaged is simply opened. Raises `DamagedJournal` if there is no good part.
        """
        path = self._known(run_id)
        with Holding(self._lock(run_id)) as held:
            data = read_journal_file(path)
            reading = read_journal(run_id, data)
            notice = ""
            if reading.damage:
                try:
                    aside = set_aside(self._disk, path, data, reading.length)
                except OSError as error:
                    raise explained(f"The run `{run_id}` is not recovered", error, path) from error
                reading = _undamaged(run_id, self._read(run_id))
                notice = (
                    f"Decisions that were whole and are kept: {reading.decisions}. "
                    f"The damaged file is beside the run, as {aside}."
                )
            return self._to_be_played(path, reading, held, notice)

    def delete(self, run_id: str) -> Path:
        """Move a run into the trash; returns where it lies now. Raises `RunInUse` if it is open."""
        path = self._known(run_id)
        self._make_folder(self.trash.folder)
        with Holding(self._lock(run_id)):
            return self.trash.put(path)

    def restore(self, name: str) -> str:
        """Take a run out of the trash, by its file or its id; returns the id that it has now."""
        deleted = self.trash.find(name)
        self._make_folder(self.runs)
        for run_id in numbered(deleted.run_id):
            with suppress(RunInUse), Holding(self._lock(run_id)):
                if not self._path(run_id).exists():
                    self.trash.take_out(deleted, self._path(run_id))
                    return run_id
        raise AssertionError("there is always another id")

    def profile(self) -> Profile:
        """All jobs so far. Raises `DamagedProfile` or `NewerProfile`."""
        from saves.profile import read_profile  # noqa: PLC0415  # opening a run needs none

        return read_profile(self.home)

    def record_job(self, pack: Pack, journal: Journal, rules: Rules | None = None) -> str:
        """Put the job that a finished run was into the profile, if it does not stand there yet.

        Returns a sentence for the player if a damaged profile was set aside, else nothing.
        Raises `NewerProfile`.
        """
        from saves.profile import job_of, record_job  # noqa: PLC0415

        return record_job(self.home, self._locks, job_of(pack, journal, rules), self._disk)

    # ── one step each ───────────────────────────────────────────────────────────────────

    def _grounded(self, header: Header, pack: Pack) -> Header:
        """The header of a run on a pack, which is kept if it was read from files."""
        if not pack.files:
            return msgspec.structs.replace(header, kept="")
        from saves.packstore import as_kept  # noqa: PLC0415

        line, digest = as_kept(pack)
        self.keep(line, digest)
        return msgspec.structs.replace(header, kept=digest)

    def _new(self, header: Header, lines: tuple[AnyLine, ...], when: datetime | str) -> Journal:
        """A new journal under an id that is readable and new, with the day that `when` has."""
        self._make_folder(self.runs)
        self._make_folder(self._locks)
        for run_id in numbered(run_stem(header.pack_id, header.player, moment_of(when).date())):
            named = msgspec.structs.replace(header, run=run_id)
            if journal := self._create(run_id, named, lines):
                return journal
        raise AssertionError("there is always another id")

    def _create(self, run_id: str, header: Header, lines: tuple[AnyLine, ...]) -> Journal | None:
        """A new journal with this header and these lines; None if the id is taken."""
        path = self._path(run_id)
        written, digest = lines_of(header, lines)
        try:
            lock = self._lock(run_id)
        except RunInUse:
            return None
        with Holding(lock) as held:
            try:
                write_whole(self._disk, path, written)
            except FileExistsError:
                return None
            except OSError as error:
                raise explained("The run could not be begun", error, path) from error
            reading = Reading(header=header, lines=lines, length=len(written), digest=digest)
            try:
                return self._to_be_played(path, reading, held)
            except SaveError:
                with suppress(OSError):
                    self._disk.remove(path)
                raise

    def _to_be_played(
        self, path: Path, reading: Reading, held: Holding, notice: str = ""
    ) -> Journal:
        """The journal, open to be written, without what is torn; the lock is now its own."""
        try:
            file = self._disk.open(path)
            try:
                if reading.torn:
                    self._disk.truncate(file, reading.length)
                    self._disk.sync(file)
            except BaseException:
                with suppress(OSError):
                    self._disk.close(file)
                raise
        except OSError as error:
            what = f"The run `{path.stem}` cannot be opened to play"
            raise explained(what, error, path) from error
        return Journal(path, reading, self._disk, file=file, lock=held.keep(), notice=notice)

    def _read(self, run_id: str) -> Reading:
        return read_journal(run_id, read_journal_file(self._path(run_id)))

    def _lock(self, run_id: str) -> BaseFileLock:
        self._make_folder(self._locks)
        return lock_run(self._locks, run_id)

    def _make_folder(self, folder: Path) -> None:
        try:
            make_folders(self._disk, folder)
        except OSError as error:
            raise explained("The saves have no place to be", error, folder) from error

    def _path(self, run_id: str) -> Path:
        return journal_path(self.runs, run_id)

    def _known(self, run_id: str) -> Path:
        """The path of a run that is there. Raises `UnknownRun` with the closest id."""
        known = run_ids(self.runs)
        if run_id in known:
            return self._path(run_id)
        if not known:
            raise UnknownRun(f"There is no run `{run_id}`; nothing has been saved yet.")
        raise UnknownRun(f"There is no run `{run_id}`{closest(run_id, known) or '.'}")


def _undamaged(run_id: str, reading: Reading) -> Reading:
    if reading.damage:
        raise DamagedJournal(run_id, reading.damage, reading.decisions)
    return reading
