"""What the commands do, a module for each way of doing it.

Each command returns an exit status, or raises `Refused` when it was called in a way that
cannot work, or `Trouble` when something that it looked at is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from scenes.schema import Pack
    from scenes.vocabulary import Edition

Form = Literal["text", "md", "html", "json"]
"""How a report is printed."""


class Face(Protocol):
    """A way of playing: line by line, or in the full screen. Each returns an exit status."""

    def title(self) -> int:
        """Continue, or begin a new run."""
        ...

    def play(self, pack: str, seed: int | None, name: str | None, *, express: bool) -> int:
        """A new run, straight away."""
        ...

    def resume(self, run: str) -> int:
        """Go on with a saved run."""
        ...

    def inherit(self, run: str, name: str | None, at: int) -> int:
        """Take over a saved run as its player's successor."""
        ...


DEFAULT_PACK: Final = "larder"
DEFAULT_PERSONA: Final = "people-pleaser"


class Refused(Exception):
    """A command that was called in a way that cannot work; the text says what would."""


def edition_of(pack: Pack, *, express: bool) -> Edition:
    """The edition that is wanted of a pack. Raises `Refused` if it has none such."""
    if express and not pack.has_express:
        raise Refused(f"“{pack.info.title}” has no express edition; leave `--express` out")
    return "express" if express else "full"
