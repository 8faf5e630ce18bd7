"""The title in plain text: go on with the last run, begin a new one, or leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from game import words
from game.session import Session
from game.shelf import Shelf


def choose_session(
    shelf: Shelf, begin: Callable[[], Session], source: TextIO, out: TextIO
) -> Session | None:
    """The session that the player wants; None to leave. Without a run to go on with, a new one."""
    latest = shelf.latest()
    if latest is None:
        return begin()
    out.write(
        f"TWO HATS\n\n 1. {words.CONTINUE}: {words.saved_run(latest)}\n"
        f" 2. {words.NEW_RUN}\n 3. {words.QUIT}\n"
    )
    while True:
        out.write("\nYour choice (1 to 3): ")
        out.flush()
        match source.readline().strip().lower() or "quit":
            case "1":
                return shelf.resume(latest.id)
            case "2":
                return begin()
            case "3" | "quit" | "q":
                return None
        out.write("Type 1, 2 or 3.\n")
