"""The journal of one run: what is in it has been saved, and what is saved is in it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from saves import fit
from saves.chain import Reading, line_of, read_journal
from saves.errors import SaveError, explained
from saves.files import Disk, read_journal_file, write_all
from saves.moments import utc
from saves.records import About, AnyLine, Header, Noted, Recorded, Undone, steps_of, that_count
from scenes.sanitise import clean_line
from state_machine.decisions.records import Decision, Write
from state_machine.events import Outcome, Step
from state_machine.run import Run

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from saves.packstore import Ground
    from scenes.schema import Pack

_NOT_SAVED: Final = "Your decision is not saved"

LONGEST_NOTE: Final = 400
"""What is noted of a run has at most so many characters."""


class Journal:
    """A run on the disk, open to be read and, with a lock, to be played on.

    The library makes journals; close them, or use them in a `with`. To be used by one thread
    at a time.
    """

    def __init__(
        self,
        path: Path,
        reading: Reading,
        disk: Disk,
        *,
        file: int | None = None,
        lock: BaseFileLock | None = None,
        notice: str = "",
    ) -> None:
        """Go on behind a good reading; without a `file` the journal is only for reading."""
        self.path = path
        self.header: Header = reading.header
        self.notice = notice or _notice(reading)
        """What the player should be told on opening this run; empty if nothing."""
        self._lines = list(reading.lines)
        self._length = reading.length
        self._digest = reading.digest
        self._disk = disk
        self._file = file
        self._lock = lock
        self._unsure = False
        """Whether something may stand behind the good part of the file, or not be as written."""

    @property
    def run_id(self) -> str:
        """The name under which the library knows this run."""
        return self.path.stem

    @property
    def lines(self) -> Sequence[AnyLine]:
        """All that was saved so far, in order: also what was taken back, and what was noted."""
        return tuple(self._lines)

    @property
    def recorded(self) -> Sequence[Recorded]:
        """The decisions that count, in order."""
        return tuple(that_count(self._lines))

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcome of the beginning and of each decision that counts, oldest first."""
        return (self.header.outcome, *(recorded.outcome for recorded in self.recorded))

    @property
    def steps(self) -> tuple[Step, ...]:
        """Each decision that counts with its outcome; the beginning comes first, without one."""
        return steps_of(self.header, self._lines)

    @property
    def run(self) -> Run:
        """The run as it was last saved."""
        return self._lines[-1].state if self._lines else self.header.state

    @property
    def undos(self) -> int:
        """How many decisions were taken back."""
        return self._lines[-1].undos if self._lines else 0

    @property
    def length(self) -> int:
        """The bytes of its file that are good."""
        return self._length

    @property
    def digest(self) -> str:
        """The digest of the last line, which stands for the whole journal."""
        return self._digest

    @property
    def can_undo(self) -> bool:
        """Whether the last decision can be taken back: a step, not two, and no ending."""
        return bool(self._lines) and isinstance(self._lines[-1], Recorded) and not self.run.over

    def noted(self, about: About) -> str:
        """What was last noted about something; empty if nothing was."""
        found = (
            line.text
            for line in reversed(self._lines)
            if isinstance(line, Noted) and line.about == about
        )
        return next(found, "")

    def fits(self, pack: Pack, ground: Ground | None = None) -> fit.Fit:
        """How this run and a pack go together, and whether it can be played on with it.

        `ground` is what it was played on, if that is kept.
        """
        return fit.fit(self.header, self.run, pack, ground)

    def append(self, decision: Decision, outcome: Outcome, *, when: datetime | str) -> Recorded:
        """Save a decision with its outcome; when this returns, it is on the disk.

        Raises `SaveError` if it is not; then the journal is as it was, the decision is not to
        be acknowledged, and the same may be tried again. `when` needs a time zone, or it is a
        `ValueError`.
        """
        if isinstance(decision, Write):  # what the rules keep of it is clean as well
            decision = Write(clean_line(decision.text, len(decision.text)))
        recorded = Recorded(
            number=len(self.recorded) + 1,
            decision=decision,
            state=outcome.run,
            events=outcome.events,
            when=utc(when),
            undos=self.undos,
        )
        self._save(recorded)
        return recorded

    def undo(self, *, when: datetime | str) -> Undone:
        """Take the last decision back, and save that; the decision stays in the journal.

        Raises `SaveError` as `append` does, and `ValueError` if it cannot be taken back.
        """
        if not self.can_undo:
            raise ValueError("only the last decision of a run that goes on can be taken back")
        *before, last = self.recorded
        undone = Undone(
            number=last.number,
            state=before[-1].state if before else self.header.state,
            when=utc(when),
            undos=self.undos + 1,
        )
        self._save(undone)
        return undone

    def note(self, about: About, text: str, *, when: datetime | str) -> Noted:
        """Save what the player noted of the run. Raises `SaveError` as `append` does."""
        noted = Noted(
            number=len(self.recorded),
            state=self.run,
            when=utc(when),
            undos=self.undos,
            about=about,
            text=clean_line(text, LONGEST_NOTE),
        )
        self._save(noted)
        return noted

    def _save(self, record: AnyLine) -> None:
        """Put a line behind the others; when this returns, it is on the disk."""
        if self._file is None:
            raise SaveError(f"{_NOT_SAVED}: the run `{self.run_id}` is open only to be read.")
        line, digest = line_of(record, self._digest)
        try:
            self._make_sure(self._file)
            self._unsure = True
            write_all(self._disk, self._file, line)
            self._disk.sync(self._file)
        except OSError as error:
            self._step_back(self._file)
            raise explained(_NOT_SAVED, error, self.path) from error
        self._unsure = False
        self._lines.append(record)
        self._length += len(line)
        self._digest = digest

    def close(self) -> None:
        """Let go of the file and the lock; once is enough, twice does no harm."""
        file, self._file = self._file, None
        lock, self._lock = self._lock, None
        if file is not None:
            with suppress(OSError):
                self._disk.close(file)
        if lock is not None:
            lock.release()

    def __enter__(self) -> Journal:
        """Use the journal in a `with`."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def _make_sure(self, file: int) -> None:
        """Know that the file ends where the good part does, and after a failure that it is good.

        After a failed write or sync nothing is taken for granted: the good part is read back
        and checked, and what stands behind it is cut off. Raises `OSError` or `SaveError`.
        """
        ours, named = os.fstat(file), self.path.stat()
        same = (ours.st_dev, ours.st_ino) == (named.st_dev, named.st_ino)
        if not same or ours.st_size < self._length:
            raise self._changed()
        if self._unsure:
            reading = read_journal(self.run_id, read_journal_file(self.path)[: self._length])
            if (reading.length, reading.digest) != (self._length, self._digest):
                raise self._changed()
            self._disk.truncate(file, self._length)
            self._disk.sync(file)
            self._unsure = False
        elif ours.st_size > self._length:
            raise self._changed()

    def _step_back(self, file: int) -> None:
        """Bring the file back to its good length, if the disk allows it."""
        with suppress(OSError):
            self._disk.truncate(file, self._length)
            self._disk.sync(file)

    def _changed(self) -> SaveError:
        return SaveError(
            f"{_NOT_SAVED}: something else has changed or replaced the file of this run since it "
            f"was opened ({self.path}). Close the run and open it again to see what is there."
        )


def _notice(reading: Reading) -> str:
    if not reading.torn:
        return ""
    count = reading.decisions
    place = f"decision {count}" if count else "the beginning"
    return (
        "The last decision had not been saved whole, probably because the game was interrupted, "
        f"and is left out. The run goes on after {place}."
    )
