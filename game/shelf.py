"""What a front end needs from outside: where packs come from and where runs are kept.

Front ends never open a file. Whoever starts one hands it a `Shelf`; whatever goes wrong there,
or when a decision is saved, comes as `Trouble` with a sentence that the player can read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from game.saved import SavedRun
    from game.session import Session
    from saves import Profile
    from saves.origins import Origin
    from saves.records import About
    from scenes.vocabulary import Edition

DEFAULT_NAME: Final = "Sam"
"""What a player who gives no name is called."""

LONGEST_NAME: Final = 24
"""In characters."""


def player_name(text: str) -> str:
    """A name as it may stand in the story; a name of nothing becomes the default one."""
    from scenes.sanitise import clean_line  # noqa: PLC0415  # not before a run begins

    return clean_line(text, LONGEST_NAME) or DEFAULT_NAME


class Trouble(Exception):
    """Something went wrong that the player should know, said in plain sentences."""

    def __init__(self, message: str) -> None:
        """Take the message without what a terminal would obey, wherever its parts are from."""
        from scenes.sanitise import clean  # noqa: PLC0415  # seldom needed

        super().__init__(clean(message))


@dataclass(frozen=True, slots=True)
class RunCard:
    """A saved run as it stands in a list."""

    id: str
    title: str
    """The company's title, such as `Larder`."""
    player: str
    seed: int
    phase: str
    """The title of the phase that the run is in, or `the interview` and the like."""
    decisions: int
    played: str
    """When it was last played, in words: `yesterday`, `3 minutes ago`."""
    edition: Edition = "full"
    over: bool = False
    ending: str = ""
    """Which ending it came to, by the pack's id for it, as words."""
    undos: int = 0
    """How many decisions were taken back."""
    study: bool = False
    """Whether it is there to be studied: a branch, or somebody else's."""
    origin: Origin | None = None
    """The run that it comes from, if it was not begun from nothing."""
    begun: str = ""
    problem: str = ""
    """What is wrong with it, in a sentence, if it is damaged; then it can be recovered."""


@dataclass(frozen=True, slots=True)
class PackCard:
    """A company that can be played."""

    id: str
    title: str
    blurb: str
    company: str
    length: str
    """How long a run takes, in words: `about an hour`."""
    express: str = ""
    """The same of the express edition; empty where there is none."""


class Shelf(Protocol):
    """The packs that can be played and the runs that have been. All of it may raise `Trouble`."""

    def latest(self) -> RunCard | None:
        """The run that was played last and is not over, if there is one."""

    def runs(self) -> Sequence[RunCard]:
        """All saved runs, the latest first."""

    def packs(self) -> Sequence[PackCard]:
        """The companies that can be played, in the order in which they are offered."""

    def profile(self) -> Profile:
        """All jobs that were held so far."""
        ...

    def begin(
        self, pack_id: str, seed: int | None, player: str, edition: Edition = "full"
    ) -> Session:
        """Begin a run, after the last job, and save its beginning. Without a seed one is drawn."""
        ...

    def resume(self, run_id: str) -> Session:
        """Go on with a saved run."""
        ...

    def recover(self, run_id: str) -> Session:
        """Go on with a damaged run from its last good decision; the damaged copy is kept."""
        ...

    def study(self, run_id: str) -> SavedRun:
        """A saved run opened to be looked at, with what it was played on."""
        ...

    def note(self, run_id: str, about: About, text: str) -> None:
        """Save what the player notes of a run that is not open."""

    def branch(self, run_id: str, at: int) -> Session:
        """Begin a run that is another one up to a decision, and play it on from there."""
        ...

    def inherit(self, run_id: str, player: str, at: int = 0) -> Session:
        """Take over a saved run, at Launch or later, as its player's successor."""
        ...

    def export(self, run_id: str, target: Path) -> None:
        """Write a run with what it was played on into a new file."""

    def import_file(self, source: Path) -> RunCard:
        """Take in a run from a file."""
        ...

    def delete(self, run_id: str) -> None:
        """Put a run into the trash."""

    def trash(self) -> Sequence[RunCard]:
        """The deleted runs; their ids are the names of their files."""

    def restore(self, name: str) -> str:
        """Take a run out of the trash; returns its id."""
        ...

    def empty_trash(self) -> int:
        """Take all deleted runs off the disk for good; returns how many there were."""
        ...

    def keep_picture(self, name: str, svg: str) -> str:
        """Keep a picture under this name, or the next that is free; returns where it is."""
        ...
