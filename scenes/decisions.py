"""What a scene asks for: its choices, what follows from them, and the kinds of decision.

A scene is a plain choice of one unless it has one of the tables `Pick` to `Predict`.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from scenes.records import Count, Effects, Ids, Record, Rounds, When
from scenes.vocabulary import Id, Line, PhaseId, Words


class Later(Record, frozen=True, kw_only=True):
    """What a choice brings about `after` so many rounds; the game then quotes the choice.

    With a `phase` it waits, if need be, until that phase has come.
    """

    after: Rounds
    phase: PhaseId | None = None
    when: When = ()
    any: When = ()
    effects: Effects = ()
    then: Words


class Branch(Record, frozen=True, kw_only=True):
    """One of the ways a choice can turn out.

    The branches whose conditions hold are in the draw, each with its `weight`; if only one
    holds, it simply happens.
    """

    when: When = ()
    any: When = ()
    weight: Annotated[int, msgspec.Meta(ge=1, le=8)] = 1
    effects: Effects = ()
    then: Words


class Follows(Record, frozen=True, kw_only=True):
    """What follows from one way of deciding about a choice: left out, or put into a bucket."""

    effects: Effects = ()
    then: Words | None = None
    later: tuple[Later, ...] = ()


class Untold(Later, frozen=True, kw_only=True):
    """What comes due because a reader was not told a fact; the game then quotes the fact."""

    reader: Id


class Reached(Record, frozen=True, kw_only=True):
    """What follows when a choice of an `allocate` scene gets at least so many points."""

    points: Annotated[int, msgspec.Meta(ge=1, le=40)]
    effects: Effects = ()
    then: Words | None = None


class Choice(Record, frozen=True, kw_only=True):
    """One thing that the player can do in a scene, said as an action.

    `effects` and `then` are what follows; `branch` adds ways it can turn out; `later` comes due
    in a later round. The other fields serve one kind of scene each: `cost` in `pick` (what it
    takes from the budget), `left_out` in `pick` and `rank`, `into` in `sort` (what follows from
    each bucket) and `untold` (what follows where a reader was not told), `reached` in
    `allocate` (of those that are reached, the highest counts), `slot` in `compose`, `holds`,
    `right` and `wrong` in `predict` (when the prediction is true, and what is said when it
    comes true or does not).
    """

    id: Id
    say: Line
    when: When = ()
    any: When = ()
    then: Words | None = None
    effects: Effects = ()
    branch: tuple[Branch, ...] = ()
    later: tuple[Later, ...] = ()
    cares: Ids = ()
    """Who will care, beside those whom the effects name."""
    item: Id | None = None
    """The item that this choice is about: an opportunity, or a requirement to put into scope."""
    segment: Id | None = None
    """The customer segment that this choice names, on a vision card."""
    call: Id | None = None
    """The call of the charter that this choice makes."""
    declares: bool = False
    """Whether it says aloud that the call is somebody else's."""
    fits: Ids = ()
    """On a vision card, the choices for other slots that this one goes with."""
    cost: Annotated[int, msgspec.Meta(ge=1, le=20)] = 1
    left_out: Follows | None = None
    into: dict[Id, Follows] = msgspec.field(default_factory=dict)
    untold: tuple[Untold, ...] = ()
    reached: tuple[Reached, ...] = ()
    slot: Id | None = None
    holds: When = ()
    right: Words | None = None
    wrong: Words | None = None


class Pick(Record, frozen=True, kw_only=True):
    """The scene asks to pick any number of choices whose costs fit the budget."""

    budget: Annotated[int, msgspec.Meta(ge=1, le=60)] | None = None
    """Without one, the sprint plan's: what the team expects to be able to do."""
    unit: Line
    """What the budget is counted in, such as `half-days` or `lines on one page`."""
    least: Count = 0
    """How many must be picked."""


class Rank(Record, frozen=True, kw_only=True):
    """The scene asks to put all choices in order; the first `keep` get their effects."""

    keep: Annotated[int, msgspec.Meta(ge=1, le=20)]


class Bucket(Record, frozen=True, kw_only=True):
    """A place to sort choices into; it holds at `most` so many, if it says so."""

    id: Id
    title: Line
    most: Annotated[int, msgspec.Meta(ge=1, le=20)] | None = None
    by: PhaseId | None = None
    """On a roadmap: what stands here is promised before this phase's gate."""
    reader: Id | None = None
    """In a handover: the person who is told what stands here."""
    does: Literal["refine", "split"] | None = None
    """Among user stories: what is done with the cards that stand here."""


class Sort(Record, frozen=True, kw_only=True):
    """The scene asks to put every choice into one of the buckets."""

    bucket: Annotated[tuple[Bucket, ...], msgspec.Meta(min_length=2, max_length=5)]
    to: Id | None = None
    """On a roadmap: to whom its dates are promised."""


class Allocate(Record, frozen=True, kw_only=True):
    """The scene asks to share out all `points`, at `most` so many to one choice."""

    points: Annotated[int, msgspec.Meta(ge=2, le=40)]
    unit: Line
    """What the points stand for, such as `mornings`."""
    most: Annotated[int, msgspec.Meta(ge=1, le=40)] | None = None


class Slot(Record, frozen=True, kw_only=True):
    """A gap in a sentence or on a card that one of its choices fills."""

    id: Id
    title: Line


class Compose(Record, frozen=True, kw_only=True):
    """The scene asks to fill each slot with one of the choices made for it."""

    slot: Annotated[tuple[Slot, ...], msgspec.Meta(min_length=2, max_length=6)]


class Write(Record, frozen=True, kw_only=True):
    """The scene asks for one sentence, kept under the id of a letter; it has a single choice."""

    letter: Id


class Predict(Record, frozen=True, kw_only=True):
    """The scene asks for a bet on what will be true `after` so many rounds."""

    after: Rounds
