"""The title in plain text: go on with the last run, begin a new one, or leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from game.session import Session
from game.shelf import RunCard, Shelf
from game.words import plural


def choose_session(
    shelf: Shelf, begin: Callable[[], Session], source: TextIO, out: TextIO
) -> Session | None:
    """The session that the player wants; None to leave. Without a run to go on with, a new one."""
    latest = shelf.latest()
    if latest is None:
        return begin()
    out.write(f"TWO HATS\n\n 1. Continue: {described(latest)}\n 2. New run\n 3. Quit\n")
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


def described(run: RunCard) -> str:
    """A run in one line: `Larder as Ada, in Build after 12 decisions, 3 minutes ago`."""
    if run.problem:
        return run.problem
    where = "over" if run.over else f"in {run.phase}"
    decided = plural(run.decisions, "decision")
    return f"{run.title} as {run.player}, {where} after {decided}, {run.played}"
