"""What happened: the typed events of an outcome, and the ledger entries that they carry.

Events name scenes, choices and rules by id; the words come from the pack when somebody wants
to read them. Every change of every number is an entry of exactly one event.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from scenes.language import Comparison
from scenes.vocabulary import Hat, PhaseId
from state_machine.decisions.records import Decision
from state_machine.run import Card, Move, Run, Sprinted, Value

CauseKind = Literal["choice", "draw", "later", "missed", "promise", "rule", "gate", "bailout"]


class Cause(Value, frozen=True):
    """Why a number changed.

    `ref` names the choice (`scene/choice`) for `choice`, `draw` and `later`, the scene for
    `missed`, the promise, rule or phase for the others. A `draw` also has its odds: `odds`
    of `of`.
    """

    kind: CauseKind
    ref: str
    odds: int = 0
    of: int = 0


class Entry(Value, frozen=True):
    """One line of the ledger: the number under `key` went from `before` to `after`."""

    key: str
    before: int
    after: int
    cause: Cause

    @property
    def by(self) -> int:
        """The signed change."""
        return self.after - self.before


class Event(Value, frozen=True, tag_field="event", kw_only=True):
    """Something that happened, with the entries of the ledger that it caused."""

    entries: tuple[Entry, ...] = ()


class TakenOver(Event, frozen=True, tag="taken-over"):
    """Somebody became the successor of whoever had played the run so far."""


class PhaseOpened(Event, frozen=True, tag="phase-opened"):
    """A phase began; `again` after a gate sent the product back to it."""

    phase: PhaseId
    again: bool = False


class RoundOpened(Event, frozen=True, tag="round-opened"):
    """A round began, counted within its phase, with this many half-days."""

    phase: PhaseId
    round: int
    half_days: int
    again: bool = False


class DiarySettled(Event, frozen=True, tag="diary-settled"):
    """The invitations were answered."""

    accepted: tuple[str, ...]
    declined: tuple[str, ...]


class Answered(Event, frozen=True, tag="answered"):
    """A scene was decided that has something to say whatever was decided."""

    scene: str


class Decided(Event, frozen=True, tag="decided"):
    """A choice was made and had its consequence.

    Where a scene decides about several choices at once there is one such event for each;
    `left_out` tells those that were not picked or not among the first, `bucket` where a choice
    was sorted to and `points` how many it was given. `branch` is the index of the branch that
    came.
    """

    scene: str
    choice: str
    left_out: bool = False
    branch: int | None = None
    bucket: str = ""
    points: int = 0


class Crossed(Event, frozen=True, tag="crossed"):
    """A choice made a call that the charter gives to somebody else; `declared` if it said so."""

    call: str
    by: str
    owner: str
    declared: bool = False


class Wrote(Event, frozen=True, tag="wrote"):
    """A letter was written."""

    scene: str
    letter: str


class HandedOver(Event, frozen=True, tag="handed-over"):
    """One hat came off and the other went on."""

    taken_off: Hat
    put_on: Hat


class HappenedWithout(Event, frozen=True, tag="happened-without"):
    """A declined invitation took its course; `attended` is where the player was instead."""

    scene: str
    attended: tuple[str, ...]


class CameDue(Event, frozen=True, tag="came-due"):
    """What an earlier choice brought about; `source` is that of the `Pending` it was."""

    choice: str
    index: int
    source: str = ""


class PredictionSettled(Event, frozen=True, tag="prediction-settled"):
    """A prediction came true, or did not."""

    scene: str
    choice: str
    right: bool


class PromiseMoved(Event, frozen=True, tag="promise-moved"):
    """A promise was given, kept, renegotiated or broken."""

    promise: str
    what: Literal["given", "kept", "renegotiated", "broken"]
    overdue: bool = False


class SprintStarted(Event, frozen=True, tag="sprint-started"):
    """A sprint began with these cards; `goal` is the item that it is for, empty if none."""

    number: int
    goal: str
    cards: tuple[str, ...]
    told: bool = False


class DayPassed(Event, frozen=True, tag="day-passed"):
    """A day of a played sprint: what happened to cards, and where they all stood at its end."""

    sprint: int
    day: int
    moves: tuple[Move, ...] = ()
    cards: tuple[Card, ...] = ()


class SprintEnded(Event, frozen=True, tag="sprint-ended"):
    """A sprint ended: its items that are done and those that are not.

    `misread` are those of them that were built as nobody meant them, `arose` the bugs and debts
    that it left; `told` if it was not drawn day by day.
    """

    result: Sprinted
    goal: str = ""
    done: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    misread: tuple[str, ...] = ()
    arose: tuple[str, ...] = ()
    told: bool = False


class FortnightPassed(Event, frozen=True, tag="fortnight-passed"):
    """Two weeks' money was spent and earned, and slow numbers moved."""


class BailedOut(Event, frozen=True, tag="bailed-out"):
    """The account could not pay another fortnight, and somebody filled it on harsher terms."""


class CrisisLooms(Event, frozen=True, tag="crisis-looms"):
    """A metric collapsed; its scene comes in the next turn of its hat."""

    scene: str


class CrisisFaced(Event, frozen=True, tag="crisis-faced"):
    """A crisis was met, one way or another, and what had collapsed recovers a little."""


class Reviewed(Event, frozen=True, tag="reviewed"):
    """A phase was looked back on; the metrics when it began and now, in the vocabulary's order."""

    phase: PhaseId
    before: tuple[int, ...]
    after: tuple[int, ...]


class Wanted(Value, frozen=True, kw_only=True):
    """What a gate wants of a number: its key, the comparison and the number, and if it is there."""

    key: str
    op: Comparison
    number: int
    there: bool


class GateHeld(Event, frozen=True, tag="gate-held"):
    """A gate passed, sent the product back, rescued it or ended the run.

    `missing` is what it wanted of numbers and did not find.
    """

    phase: PhaseId
    result: Literal["passes", "sent-back", "rescued", "ends"]
    to: PhaseId | None = None
    missing: tuple[Wanted, ...] = ()


class Ended(Event, frozen=True, tag="ended"):
    """The run reached an ending."""

    ending: str


AnyEvent = (
    TakenOver
    | PhaseOpened
    | RoundOpened
    | DiarySettled
    | Answered
    | Decided
    | Crossed
    | Wrote
    | HandedOver
    | HappenedWithout
    | CameDue
    | PredictionSettled
    | PromiseMoved
    | SprintStarted
    | DayPassed
    | SprintEnded
    | FortnightPassed
    | BailedOut
    | CrisisLooms
    | CrisisFaced
    | Reviewed
    | GateHeld
    | Ended
)


class Outcome(msgspec.Struct, frozen=True):
    """What `advance` returns: the run as it now is, and what happened on the way there."""

    run: Run
    events: tuple[AnyEvent, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The ledger of this outcome, in the order in which it came about."""
        return tuple(entry for event in self.events for entry in event.entries)


Step = tuple[Decision | None, Outcome]
"""A decision and what came of it; the first step of a run is its beginning, without one."""
