"""The game in the full screen."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import Final

from game.commands import Refused, edition_of
from game.shelf import player_name
from game.storage import DiskShelf
from game.tui.app import TwoHatsApp

_NO_TERMINAL: Final = (
    "this is no terminal, so there is no screen to draw on. `twohats --plain` plays line by "
    "line, and `twohats demo` prints a whole run."
)


def title() -> int:
    """The title screen."""
    need_terminal()
    with closing(DiskShelf()) as shelf:
        TwoHatsApp(shelf).run()
    return 0


def play(pack: str, seed: int | None, name: str | None, *, express: bool) -> int:
    """A new run, straight away."""
    need_terminal()
    with closing(DiskShelf()) as shelf:
        edition = edition_of(shelf.pack(pack), express=express)
        TwoHatsApp(shelf, shelf.begin(pack, seed, player_name(name or ""), edition)).run()
    return 0


def resume(run: str) -> int:
    """Go on with a saved run."""
    need_terminal()
    with closing(DiskShelf()) as shelf:
        TwoHatsApp(shelf, shelf.resume(run)).run()
    return 0


def inherit(run: str, name: str | None, at: int) -> int:
    """Take over a saved run as its player's successor."""
    need_terminal()
    with closing(DiskShelf()) as shelf:
        TwoHatsApp(shelf, shelf.inherit(run, player_name(name or ""), at)).run()
    return 0


def need_terminal() -> None:
    """Raise `Refused` where no screen can be drawn."""
    # Textual draws on standard error, so that one has to be a terminal too.
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise Refused(_NO_TERMINAL)
