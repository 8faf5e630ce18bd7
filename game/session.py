"""A run being played: the one way by which every front end plays, looks back and saves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from game import pages, words
from game.blocks import Change, Page
from scenes.schema import Pack
from state_machine import Decision, Outcome, Run, View, Walker, advance, observe
from state_machine.desk import Desk, lay_out
from state_machine.events import Step
from state_machine.rules import Rules
from state_machine.view import Ask

if TYPE_CHECKING:
    from saves.records import About


class Record:
    """Makes durable what is done in a session, or raises; only then is it acknowledged.

    This one keeps nothing and takes nothing back: it is for runs such as a transcript's.
    """

    @property
    def run_id(self) -> str:
        """By which name the run is found again; empty where it is kept nowhere."""
        return ""

    @property
    def can_undo(self) -> bool:
        """Whether the last decision can be taken back."""
        return False

    @property
    def undos(self) -> int:
        """How many decisions were taken back."""
        return 0

    def decided(self, decision: Decision, outcome: Outcome) -> Sequence[str]:
        """Keep a decision with its outcome.

        Returns sentences that the player should read after what happened; mostly there are none.
        """
        return ()

    def undone(self) -> None:
        """Keep that the last decision was taken back."""

    def noted(self, about: About, text: str) -> None:
        """Keep what the player noted of the run."""


class Session:
    """A run with its past: what has been decided so far, what is asked now."""

    def __init__(
        self,
        pack: Pack,
        steps: Sequence[Step],
        record: Record | None = None,
        notices: Sequence[str] = (),
        rules: Rules | None = None,
    ) -> None:
        """Go on with a run after these steps. Raises `ValueError` without even its beginning.

        `notices` are sentences that the player should read before playing; `rules` are those
        that the run is played by, if they are not the game's.
        """
        if not steps:
            raise ValueError("a session needs the outcome that began its run")
        self.pack = pack
        self.rules = rules
        self._steps = list(steps)
        self._record = record or Record()
        self._notices = tuple(notices)
        self._walker = Walker()

    @property
    def run_id(self) -> str:
        """By which name the run is found again; empty where it is kept nowhere."""
        return self._record.run_id

    @property
    def run(self) -> Run:
        """The run as it stands."""
        return self._last.run

    @property
    def steps(self) -> Sequence[Step]:
        """Each decision with its outcome; the beginning comes first, without one."""
        return tuple(self._steps)

    @property
    def over(self) -> bool:
        """Whether the run has reached its ending."""
        return self.run.over

    @property
    def view(self) -> View:
        """What the player may know now."""
        return observe(self.pack, self.run, rules=self.rules)

    @property
    def view_before(self) -> View:
        """What the player knew before the last decision; at the beginning, what they know now."""
        _, outcome = self._steps[max(0, len(self._steps) - 2)]
        return observe(self.pack, outcome.run, rules=self.rules)

    @property
    def desk(self) -> Desk:
        """What lies on the desk now."""
        return lay_out(self.pack, self.run, self.rules)

    @property
    def ask(self) -> Ask | None:
        """The decision that is waited for; None when the run is over."""
        return self.view.ask

    def first_pages(self) -> list[Page]:
        """What is read before the first decision: the opening, or what happened last."""
        opening = [self._setting_page()] if len(self._steps) == 1 else []
        last = self._pages_of(self._last)
        return [*pages.notice_pages(self._notices), *opening, *last]

    def ask_page(self) -> Page:
        """The page of the decision that is waited for. Raises `ValueError` if there is none."""
        return pages.ask_page(self.view)

    def decide(self, decision: Decision) -> list[Page]:
        """Decide, save, and return the pages that tell what happened.

        Raises `IllegalDecision`, or whatever the record raises when it cannot save; in both
        cases the session stays as it was.
        """
        outcome = advance(self.pack, self.run, decision, self.rules, self._walker)
        notices = self._record.decided(decision, outcome)
        self._steps.append((decision, outcome))
        return [*self._pages_of(outcome), *pages.notice_pages(notices, "Before you go")]

    @property
    def can_undo(self) -> bool:
        """Whether the last decision can be taken back."""
        return self._record.can_undo and len(self._steps) > 1 and not self.over

    @property
    def undos(self) -> int:
        """How many decisions were taken back."""
        return self._record.undos

    def undo(self) -> list[Page]:
        """Take the last decision back, save that, and return the page that says so.

        Raises `ValueError` if there is nothing to take back, or whatever the record raises when
        it cannot save; in both cases the session stays as it was.
        """
        if not self.can_undo:
            raise ValueError("there is no decision that can be taken back")
        self._record.undone()
        self._steps.pop()
        return pages.notice_pages([words.UNDONE], "Taken back")

    def note(self, about: About, text: str) -> None:
        """Save what the player notes of the run. Raises whatever the record raises."""
        self._record.noted(about, text)

    def ledger(self) -> list[Change]:
        """Every change of every number so far, the latest first."""
        rows = [
            row
            for _, outcome in self._steps
            for row in pages.ledger_rows(self.pack, outcome, self.rules)
        ]
        return rows[::-1]

    @property
    def _last(self) -> Outcome:
        """What happened last."""
        return self._steps[-1][1]

    def _setting_page(self) -> Page:
        return pages.setting_page(self.pack, self.run, self.rules)

    def _pages_of(self, outcome: Outcome) -> list[Page]:
        return pages.outcome_pages(self.pack, outcome, self.rules, undos=self.undos)
