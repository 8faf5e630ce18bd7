"""A shelf that keeps its runs in memory."""

from __future__ import annotations

from collections.abc import Sequence

from game.session import Record, Session, record_nothing
from game.shelf import PackCard, RunCard, Trouble
from game.words import OUTSIDE
from saves import Profile
from scenes.schema import Pack
from scenes.vocabulary import Edition
from state_machine import begin


class MemoryShelf:
    """One company, and as many runs of it as are begun."""

    def __init__(self, pack: Pack, record: Record = record_nothing) -> None:
        """A shelf with this pack; `record` is what saves the decisions."""
        self.pack = pack
        self.record = record
        self.sessions: dict[str, Session] = {}
        self.damaged: set[str] = set()
        self.jobs = Profile()

    def latest(self) -> RunCard | None:
        """The last run that is not over."""
        return next((card for card in self.runs() if not card.over and not card.problem), None)

    def runs(self) -> Sequence[RunCard]:
        """All runs, the latest first."""
        return [self._card(run_id) for run_id in reversed(self.sessions)]

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
        session = Session(self.pack, [begun], self.record)
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

    def delete(self, run_id: str) -> None:
        """Forget a run."""
        del self.sessions[run_id]

    def _card(self, run_id: str) -> RunCard:
        session = self.sessions[run_id]
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
