"""What the player says of a run themselves, and who keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from saves.records import About


@dataclass(frozen=True, slots=True)
class Notes:
    """The number of the decision that they think mattered, and their sentence for Monday."""

    pivotal: int | None = None
    monday: str = ""


class Keep(Protocol):
    """Keeps a note; raises `Trouble` or `OSError` if it cannot. A decision is its number."""

    def __call__(self, about: About, text: str, /) -> None:
        """Keep it."""


def keep_nothing(_about: About, _text: str) -> None:
    """For runs that are only looked at."""
