"""The decisions themselves, as they are handed to `advance` and written into a journal."""

from __future__ import annotations

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


class Write(Kind, frozen=True, tag="write"):
    """Write one sentence."""

    text: str


class Predict(Kind, frozen=True, tag="predict"):
    """Bet on one choice of the scene being true when the time comes."""

    choice: str


Decision = Choose | Pick | Rank | Write | Predict
