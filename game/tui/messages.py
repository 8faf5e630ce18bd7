"""What flows up: the messages by which widgets and screens say what the player did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from scenes.vocabulary import Edition
    from state_machine.decisions.records import Decision


@dataclass
class Decided(Message):
    """The player has made a decision; nothing has come of it yet."""

    decision: Decision


class Changed(Message):
    """What a decision widget would decide, or what it has to say about it, has changed."""


class LookedAtPromises(Message):
    """The player wants to see the promises in full."""


class RunEnded(Message):
    """The player has read the last page of a run that is over, and goes on to its debrief."""


class RunLeft(Message):
    """The player leaves the run for the title screen."""


class DebriefLeft(Message):
    """The player leaves a debrief for wherever it was opened."""


@dataclass
class BranchWanted(Message):
    """The player wants to go on with a saved run from a decision that is to be made anew.

    `number` is that of the decision, from 1; one more than there are goes on from the end.
    """

    run_id: str
    number: int


@dataclass
class PictureWanted(Message):
    """The player wants to keep the screen as it is now, as SVG; `name` is fit for a file."""

    name: str
    svg: str


@dataclass
class RunChosen(Message):
    """The player wants to go on with a saved run; `recover` if it is damaged."""

    run_id: str
    recover: bool = False


@dataclass
class ReplayWanted(Message):
    """The player wants to see a saved run again, from one of its decisions on."""

    run_id: str
    number: int = 0


@dataclass
class DebriefWanted(Message):
    """The player wants to know what decided how a run went."""

    run_id: str


@dataclass
class ComparisonWanted(Message):
    """The player wants to see runs side by side."""

    run_ids: tuple[str, ...]


@dataclass
class SuccessionWanted(Message):
    """The player wants to take over a run, under a name of their own."""

    run_id: str
    player: str


@dataclass
class RunBegun(Message):
    """The player wants to begin a run. Without a seed one is drawn."""

    pack_id: str
    seed: int | None
    player: str
    edition: Edition = "full"
