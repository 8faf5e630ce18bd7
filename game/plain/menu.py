"""The title in plain text: go on with the last run, begin a new one, look back, or leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from game import words
from game.career import career_page
from game.plain import draw
from game.session import Session
from game.shelf import Shelf, Trouble


def choose_session(
    shelf: Shelf, begin: Callable[[], Session], source: TextIO, out: TextIO
) -> Session | None:
    """The session that the player wants; None to leave. Who has never played begins at once."""
    latest = shelf.latest()
    career, is_newcomer = _career(shelf)
    if latest is None and is_newcomer:
        return begin()
    entries = {words.NEW_RUN: "new", words.CAREER: "career", words.QUIT: "quit"}
    if latest is not None:
        entries = {f"{words.CONTINUE}: {words.saved_run(latest)}": "continue"} | entries
    menu = "".join(f" {number}. {entry}\n" for number, entry in enumerate(entries, start=1))
    actions = dict(zip(map(str, range(1, len(entries) + 1)), entries.values(), strict=True))
    out.write(f"TWO HATS\n\n{menu}")
    while True:
        out.write(f"\nYour choice (1 to {len(entries)}): ")
        out.flush()
        answer = source.readline().strip().lower() or "quit"
        match actions.get(answer, answer):
            case "continue" if latest is not None:
                return shelf.resume(latest.id)
            case "new":
                return begin()
            case "career":
                out.write(f"\n{career}\n\n{menu}")
                continue
            case "quit" | "q":
                return None
        out.write(f"Type a number from 1 to {len(entries)}.\n")


def _career(shelf: Shelf) -> tuple[str, bool]:
    """The career as it is read, or why it cannot be; and whether it has not begun yet."""
    try:
        profile = shelf.profile()
    except Trouble as trouble:
        return "\n".join(draw.wrapped(str(trouble))), False
    return "\n".join(draw.page_lines(career_page(profile))), not profile.jobs
