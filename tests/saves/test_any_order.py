"""Whatever is done with saved runs in whatever order, nothing that was acknowledged is lost."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from saves import Journal, Library, SaveError
from saves.exchange import export_run, import_run
from saves.packstore import Ground
from saves.records import AnyLine
from saves.verify import verify
from state_machine import advance
from state_machine.rules import default_rules
from state_machine.view import observe
from tests.saves.runs import SEED, small_pack
from tests.saves.torture import times
from tests.stories import any_decision

which = st.integers(0, 5)
MOST_RUNS = 6


@dataclass
class Known:
    """What was acknowledged of a run: its first line and what stands behind it."""

    begun: str
    lines: list[AnyLine] = field(default_factory=list)


class SavedRuns(RuleBasedStateMachine):
    """Somebody who plays, looks back, loses power, and keeps a list of what was acknowledged."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(mkdtemp())
        self.library = Library(self.home)
        self.runs: dict[str, Known] = {}
        self.trash: dict[str, Known] = {}
        self.given_away: list[tuple[bytes, Known]] = []
        self.ids: set[str] = set()
        self.now = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def teardown(self) -> None:
        shutil.rmtree(self.home)

    def when(self) -> datetime:
        """Later than before."""
        self.now += timedelta(minutes=1)
        return self.now

    def run_id(self, number: int) -> str:
        """One of the runs."""
        return sorted(self.runs)[number % len(self.runs)]

    def know(self, journal: Journal) -> None:
        """Remember a run that is new; its id is nobody else's."""
        assert journal.run_id not in self.runs
        self.runs[journal.run_id] = Known(journal.header.begun, list(journal.lines))

    @initialize()
    def begin_the_first(self) -> None:
        self.begin()

    @precondition(lambda self: len(self.runs) < MOST_RUNS)
    @rule()
    def begin(self) -> None:
        with self.library.begin(small_pack(), SEED, "Ada", when=self.when()) as journal:
            self.know(journal)

    @precondition(lambda self: self.runs)
    @rule(number=which, lots=st.lists(st.integers(0, 9), min_size=1, max_size=4))
    def play(self, number: int, lots: list[int]) -> None:
        run_id = self.run_id(number)
        with self.library.open(run_id) as journal:
            for lot in lots:
                if not journal.run.over:
                    view = observe(small_pack(), journal.run)
                    decision = any_decision(view, [lot, 1, 2])
                    outcome = advance(small_pack(), journal.run, decision)
                    line = journal.append(decision, outcome, when=self.when())
                    self.runs[run_id].lines.append(line)

    @precondition(lambda self: self.runs)
    @rule(number=which)
    def undo(self, number: int) -> None:
        run_id = self.run_id(number)
        with self.library.open(run_id) as journal:
            if journal.can_undo:
                self.runs[run_id].lines.append(journal.undo(when=self.when()))

    @precondition(lambda self: self.runs)
    @rule(number=which, text=st.text(max_size=9))
    def note(self, number: int, text: str) -> None:
        run_id = self.run_id(number)
        with self.library.open(run_id) as journal:
            noted = journal.note("monday", text, when=self.when())
            self.runs[run_id].lines.append(noted)

    @precondition(lambda self: self.runs)
    @rule(number=which, share=st.floats(0, 1, exclude_max=True))
    def crash_while_saving(self, number: int, share: float) -> None:
        """The line that was being saved is torn: nobody acknowledged it."""
        run_id = self.run_id(number)
        with self.library.open(run_id) as journal:
            before = journal.length
            journal.note("pivotal", "1", when=self.when())
            after = journal.length
        with journal.path.open("r+b") as file:
            file.truncate(before + int((after - before) * share))

    @precondition(lambda self: self.runs)
    @rule(number=which, share=st.floats(0, 1))
    def lose_the_end(self, number: int, share: float) -> None:
        """A file is cut anywhere behind its first line: what is whole before that stays."""
        run_id = self.run_id(number)
        path = self.library.runs / f"{run_id}.jsonl"
        data = path.read_bytes()
        first = data.index(b"\n") + 1
        cut = first + int((len(data) - first) * share)
        path.write_bytes(data[:cut])
        whole = data[:cut].count(b"\n") - 1
        del self.runs[run_id].lines[whole:]

    @precondition(lambda self: self.runs and len(self.runs) < MOST_RUNS)
    @rule(number=which, at=which)
    def branch(self, number: int, at: int) -> None:
        parent = self.library.open(self.run_id(number), for_writing=False)
        with (
            suppress(SaveError),  # there are not so many decisions, or the run is over there
            self.library.branch(parent, at, when=self.when()) as journal,
        ):
            self.know(journal)
            assert list(journal.steps) == list(parent.steps[: at + 1])

    @precondition(lambda self: self.runs)
    @rule(number=which)
    def delete(self, number: int) -> None:
        run_id = self.run_id(number)
        name = self.library.delete(run_id).name
        assert name not in self.trash
        self.trash[name] = self.runs.pop(run_id)

    @precondition(lambda self: self.trash and len(self.runs) < MOST_RUNS)
    @rule(number=which)
    def restore(self, number: int) -> None:
        name = sorted(self.trash)[number % len(self.trash)]
        run_id = self.library.restore(name)
        assert run_id not in self.runs
        self.runs[run_id] = self.trash.pop(name)

    @rule()
    def empty_the_trash(self) -> None:
        assert self.library.trash.empty() == len(self.trash)
        self.trash.clear()

    @precondition(lambda self: self.runs)
    @rule(number=which)
    def give_away(self, number: int) -> None:
        run_id = self.run_id(number)
        known = self.runs[run_id]
        self.given_away.append(
            (export_run(self.library, run_id), Known(known.begun, list(known.lines)))
        )

    @precondition(lambda self: self.given_away and len(self.runs) < MOST_RUNS)
    @rule(number=which)
    def take_in(self, number: int) -> None:
        data, known = self.given_away[number % len(self.given_away)]
        here = [each.begun for each in self.runs.values()]
        try:
            run_id = import_run(self.library, data)
        except SaveError as error:
            assert "This run is here already" in str(error)
            assert known.begun in here
        else:
            assert run_id not in self.runs
            self.runs[run_id] = Known(known.begun, list(known.lines))

    @invariant()
    def what_was_acknowledged_is_there_and_verifies(self) -> None:
        summaries = {each.run_id: each for each in self.library.list()}
        assert set(summaries) == set(self.runs)
        for run_id, known in self.runs.items():
            journal = self.library.open(run_id, for_writing=False)
            assert list(journal.lines) == known.lines
            assert journal.header.begun == known.begun
            ground = Ground(small_pack(), default_rules())
            assert verify(journal.header, tuple(journal.lines), ground) is None
            assert summaries[run_id].problem == ""
            assert summaries[run_id].decisions == len(journal.recorded)
            assert summaries[run_id].undos == journal.undos

    @invariant()
    def what_was_deleted_lies_in_the_trash(self) -> None:
        there = {each.name: each.summary for each in self.library.trash.list()}
        assert set(there) == set(self.trash)
        for name, known in self.trash.items():
            last = known.lines[-1] if known.lines else None
            assert there[name].undos == (last.undos if last else 0)


TestSavedRuns = SavedRuns.TestCase
TestSavedRuns.settings = settings(
    max_examples=times(12, 400), stateful_step_count=times(20, 50), deadline=None
)
