"""The lines of a journal as records: the header, and one for each thing that was done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from saves.beginning import JOURNAL
from saves.origins import Origin, is_imported
from state_machine.decisions.records import Decision
from state_machine.events import AnyEvent, Outcome, Step
from state_machine.run import Run, Value

About = Literal["pivotal", "monday"]
"""What a player can note of a run: the decision that mattered (its number), and one sentence."""


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
    kept: str = ""
    """The digest under which the pack and the rules of this run are kept; empty if they are not."""
    game: str
    """The version of the game that began the run."""
    seed: int
    player: str
    begun: str
    origins: tuple[Origin, ...] = ()
    """Where the run came from, the last step last."""
    study: bool = False
    """Whether it is there to be studied, as a branch or somebody else's, and so is no job."""
    state: Run
    events: tuple[AnyEvent, ...]

    @property
    def is_imported(self) -> bool:
        """Whether the run is somebody else's, from a file, and stays as it is."""
        return bool(self.origins) and is_imported(self.origins[-1])

    @property
    def outcome(self) -> Outcome:
        """The beginning, as `begin` returned it."""
        return Outcome(self.state, self.events)


class Line(Value, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True):
    """What all lines but the first share: the state after them, so that the last one is enough.

    `number` is that of the last decision that counts; of an undo, that of the one taken back.
    `undos` counts how often the run took a decision back so far, `when` is in UTC.
    """

    number: int
    state: Run
    when: str
    undos: int = 0


class Recorded(Line, frozen=True, kw_only=True, tag="decision"):
    """A decision: its number from 1, the state after it, and what happened."""

    decision: Decision
    events: tuple[AnyEvent, ...]

    @property
    def outcome(self) -> Outcome:
        """The outcome, as `advance` returned it."""
        return Outcome(self.state, self.events)


class Undone(Line, frozen=True, kw_only=True, tag="undo"):
    """The decision of this number was taken back; the state is that before it."""


class Noted(Line, frozen=True, kw_only=True, tag="note"):
    """Something that the player noted of the run, which changes nothing in it."""

    about: About
    text: str


AnyLine = Recorded | Undone | Noted


def that_count(lines: Iterable[AnyLine]) -> list[Recorded]:
    """The decisions that were not taken back, in order."""
    counting: list[Recorded] = []
    for line in lines:
        if isinstance(line, Recorded):
            counting.append(line)
        elif isinstance(line, Undone):
            counting.pop()
    return counting


def steps_of(header: Header, lines: Iterable[AnyLine]) -> tuple[Step, ...]:
    """Each decision that counts with its outcome; the beginning comes first, without one."""
    recorded = ((each.decision, each.outcome) for each in that_count(lines))
    return ((None, header.outcome), *recorded)
