"""A shelf that keeps its runs in memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from game.saved import SavedRun
from game.session import Record, Session
from game.shelf import PackCard, RunCard, Trouble
from game.words import OUTSIDE
from saves import Profile
from saves.records import About
from scenes.schema import Pack
from scenes.vocabulary import Edition
from state_machine import Decision, Outcome, begin


class MemoryRecord(Record):
    """Remembers only what was done last, and what was noted."""

    def __init__(self) -> None:
        """Nothing was done."""
        self._undos = 0
        self._was_decision = False
        self.notes: dict[About, str] = {}

    @property
    def run_id(self) -> str:
        """The one run's."""
        return "tiny-sam"

    @property
    def can_undo(self) -> bool:
        """After a decision."""
        return self._was_decision

    @property
    def undos(self) -> int:
        """As often as that was used."""
        return self._undos

    def decided(self, decision: Decision, outcome: Outcome) -> Sequence[str]:
        """Remember that it was a decision."""
        self._was_decision = True
        return ()

    def undone(self) -> None:
        """Remember that it was none."""
        self._undos += 1
        self._was_decision = False

    def noted(self, about: About, text: str) -> None:
        """Remember it."""
        self.notes[about] = text


class MemoryShelf:
    """One company, and as many runs of it as are begun."""

    def __init__(self, pack: Pack) -> None:
        """A shelf with this pack."""
        self.pack = pack
        self.sessions: dict[str, Session] = {}
        self.deleted: dict[str, Session] = {}
        self.damaged: set[str] = set()
        self.jobs = Profile()
        self.pictures: dict[str, str] = {}

    def latest(self) -> RunCard | None:
        """The last run that is not over."""
        return next((card for card in self.runs() if not card.over and not card.problem), None)

    def runs(self) -> Sequence[RunCard]:
        """All runs, the latest first."""
        return [self._card(name, self.sessions[name]) for name in reversed(self.sessions)]

    def packs(self) -> Sequence[PackCard]:
        """The one company."""
        info = self.pack.info
        express = info.express_length if self.pack.has_express else ""
        return [PackCard(info.id, info.title, info.blurb, info.company, "an hour or so", express)]

    def profile(self) -> Profile:
        """The jobs that it was given."""
        return self.jobs

    def begin(
        self, pack_id: str, seed: int | None, player: str, edition: Edition = "full"
    ) -> Session:
        """A run in memory."""
        assert pack_id == self.pack.info.id
        begun = begin(self.pack, seed or 7, player, edition=edition, past=self.jobs.past)
        session = Session(self.pack, [(None, begun)], MemoryRecord())
        self.sessions[f"run-{len(self.sessions) + 1}"] = session
        return session

    def resume(self, run_id: str) -> Session:
        """The same run."""
        if run_id in self.damaged:
            raise Trouble("This run is damaged.")
        return self.sessions[run_id]

    def recover(self, run_id: str) -> Session:
        """The same run, mended."""
        self.damaged.discard(run_id)
        return self.sessions[run_id]

    def study(self, run_id: str) -> SavedRun:
        """Nothing is recorded here."""
        raise Trouble("Runs in memory cannot be studied.")

    def note(self, run_id: str, about: About, text: str) -> None:
        """Nothing is recorded here."""
        raise Trouble("Runs in memory take no notes.")

    def branch(self, run_id: str, at: int) -> Session:
        """Nothing is recorded here."""
        raise Trouble("Runs in memory cannot branch.")

    def inherit(self, run_id: str, player: str, at: int = 0) -> Session:
        """Nothing is recorded here."""
        raise Trouble("Runs in memory cannot be inherited.")

    def export(self, run_id: str, target: Path) -> None:
        """Nothing is written from here."""
        raise Trouble("Runs in memory go into no file.")

    def import_file(self, source: Path) -> RunCard:
        """Nothing is read here."""
        raise Trouble("Runs in memory come from no file.")

    def delete(self, run_id: str) -> None:
        """Put a run into the trash."""
        self.deleted[run_id] = self.sessions.pop(run_id)

    def trash(self) -> Sequence[RunCard]:
        """The deleted runs."""
        return [self._card(run_id, session) for run_id, session in self.deleted.items()]

    def restore(self, name: str) -> str:
        """Take a run out of the trash."""
        self.sessions[name] = self.deleted.pop(name)
        return name

    def empty_trash(self) -> int:
        """Forget the deleted runs."""
        count = len(self.deleted)
        self.deleted.clear()
        return count

    def keep_picture(self, name: str, svg: str) -> str:
        """Remember it."""
        self.pictures[name] = svg
        return f"{name}.svg"

    def _card(self, run_id: str, session: Session) -> RunCard:
        view = session.view
        return RunCard(
            run_id,
            view.pack,
            view.player,
            session.run.seed,
            OUTSIDE.get(view.state, view.phase_title),
            view.decisions,
            "a minute ago",
            view.edition,
            over=session.over,
            problem="The last page is torn." if run_id in self.damaged else "",
        )
