"""A session's record that is a journal on the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from game.clock import Clock
from game.session import Record
from game.told import told

if TYPE_CHECKING:
    from saves import Journal
    from saves.records import About
    from state_machine import Decision, Outcome


class JournalRecord(Record):
    """Saves what is done in a session; raises `Trouble` where that cannot be."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        afterwards: Callable[[], Sequence[str]],
    ) -> None:
        """Save into a journal. What has to be done `afterwards` may have something to say."""
        self._journal = journal
        self._clock = clock
        self._afterwards = afterwards

    @property
    def run_id(self) -> str:
        """The saved run's name."""
        return self._journal.run_id

    @property
    def can_undo(self) -> bool:
        """Whether the journal can take a decision back."""
        return self._journal.can_undo

    @property
    def undos(self) -> int:
        """How many decisions were taken back."""
        return self._journal.undos

    def decided(self, decision: Decision, outcome: Outcome) -> Sequence[str]:
        """Save a decision; then it is on the disk."""
        with told():
            self._journal.append(decision, outcome, when=self._clock())
        return self._afterwards()

    def undone(self) -> None:
        """Save that the last decision was taken back."""
        with told():
            self._journal.undo(when=self._clock())

    def noted(self, about: About, text: str) -> None:
        """Save a note."""
        with told():
            self._journal.note(about, text, when=self._clock())
