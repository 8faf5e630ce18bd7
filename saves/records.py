"""The lines of a journal as records: the header, and one for each decision."""

from __future__ import annotations

from saves.beginning import JOURNAL
from state_machine.decisions.records import Decision
from state_machine.events import AnyEvent, Outcome
from state_machine.run import Run, Value


class Header(
    Value, frozen=True, kw_only=True, tag_field="kind", tag=JOURNAL, forbid_unknown_fields=True
):
    """The first line of a journal: which run of which pack this is, and how it began.

    `format` and `readable_by` are versions of the format: the one written, and the oldest
    whose readers can read it. `begun` is a moment in UTC. `state` and `events` are the
    outcome of `begin`.
    """

    format: int
    readable_by: int
    run: str
    """The id under which the run was begun."""
    pack_id: str
    pack_title: str
    pack_version: str
    pack_folder: str = ""
    """Where the pack lies, if it does not come with the game."""
    rules_hash: str
    text_hash: str
    game: str
    """The version of the game that began the run."""
    seed: int
    player: str
    begun: str
    state: Run
    events: tuple[AnyEvent, ...]

    @property
    def outcome(self) -> Outcome:
        """The beginning, as `begin` returned it."""
        return Outcome(self.state, self.events)


class Recorded(
    Value, frozen=True, kw_only=True, tag_field="kind", tag="decision", forbid_unknown_fields=True
):
    """A decision in the journal: its number from 1, the state after it, and what happened."""

    number: int
    decision: Decision
    state: Run
    events: tuple[AnyEvent, ...]
    when: str
    """When it was saved, in UTC."""

    @property
    def outcome(self) -> Outcome:
        """The outcome, as `advance` returned it."""
        return Outcome(self.state, self.events)
