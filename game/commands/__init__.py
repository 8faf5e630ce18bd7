"""What the commands do, a module for each way of doing it.

Each command returns an exit status, or raises `Refused` when it was called in a way that
cannot work, or `Trouble` when something that it looked at is wrong.
"""

from __future__ import annotations

from typing import Final

DEFAULT_PACK: Final = "larder"
DEFAULT_PERSONA: Final = "people-pleaser"


class Refused(Exception):
    """A command that was called in a way that cannot work; the text says what would."""
