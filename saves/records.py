"""The lines of a journal as records: the header, and one for each decision."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from state_machine.decisions.records import Decision
from state_machine.events import AnyEvent, Outcome
from state_machine.run import Run, Value

FORMAT: Final = 1
"""The version of the format that this game writes."""

READABLE_BY: Final = 1
"""The oldest version of the format whose readers can read what this game writes."""

JOURNAL: Final = "two-hats-journal"
"""The kind of a header, and so the first word of every journal."""


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


def utc(when: datetime | str) -> str:
    """A moment as journals write it, such as `2026-11-23T20:16:00.000Z`.

    Raises `ValueError` if it has no time zone or is not in ISO 8601.
    """
    moment = moment_of(when).astimezone(UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment_of(when: datetime | str) -> datetime:
    """A moment with its time zone. Raises `ValueError` if it has none or is not in ISO 8601."""
    moment = datetime.fromisoformat(when) if isinstance(when, str) else when
    if moment.tzinfo is None:
        raise ValueError(f"`{when}` does not say its time zone")
    return moment
