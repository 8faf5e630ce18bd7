"""What the commands do, a module for each way of doing it.

Each command returns an exit status, or raises `Refused` when it was called in a way that
cannot work, or `Trouble` when something that it looked at is wrong.
"""

from __future__ import annotations

from typing import Final

DEFAULT_PACK: Final = "larder"
DEFAULT_NAME: Final = "Sam"
"""What a player who gives no name is called."""

DEFAULT_PERSONA: Final = "people-pleaser"
LONGEST_NAME: Final = 24


class Refused(Exception):
    """A command that was called in a way that cannot work; the text says what would."""


def player_name(text: str | None) -> str:
    """A name as it may stand in the story; a name of nothing becomes the default one."""
    from scenes.sanitise import clean_line  # noqa: PLC0415  # the title does not need it

    return clean_line(text or "", LONGEST_NAME) or DEFAULT_NAME
