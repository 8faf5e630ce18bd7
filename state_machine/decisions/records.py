"""The decisions themselves, as they are handed to `advance` and written into a journal."""

from __future__ import annotations

from collections.abc import Mapping

from state_machine.run import Value


class IllegalDecision(ValueError):
    """A decision that the run does not allow now; the message is fit for the player."""


class Kind(Value, frozen=True, tag_field="kind"):
    """What all decisions share: they carry their kind."""


class Choose(Kind, frozen=True, tag="choose"):
    """Take one choice of the scene."""

    choice: str


class Pick(Kind, frozen=True, tag="pick"):
    """Pick some under a budget: choices of a scene, or invitations of the diary by scene id."""

    choices: tuple[str, ...]


class Rank(Kind, frozen=True, tag="rank"):
    """Put all choices of the scene in order, the first first."""

    order: tuple[str, ...]


class Sort(Kind, frozen=True, tag="sort"):
    """Put every choice of the scene into a bucket: the buckets by choice."""

    buckets: Mapping[str, str]


class Allocate(Kind, frozen=True, tag="allocate"):
    """Share out all points: how many each choice gets; one that is not named gets none."""

    points: Mapping[str, int]


class Compose(Kind, frozen=True, tag="compose"):
    """Fill each slot of the scene with one of its choices: the choices by slot."""

    slots: Mapping[str, str]


class Write(Kind, frozen=True, tag="write"):
    """Write one sentence."""

    text: str


class Predict(Kind, frozen=True, tag="predict"):
    """Bet on one choice of the scene being true when the time comes."""

    choice: str


Decision = Choose | Pick | Rank | Sort | Allocate | Compose | Write | Predict
