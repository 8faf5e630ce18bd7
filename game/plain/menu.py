"""The title in plain text: go on with the last run, begin a new one, look back, or leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TextIO

from game import words
from game.career import career_page
from game.plain import draw
from game.session import Session
from game.shelf import RunCard, Shelf, Trouble


def choose_session(
    shelf: Shelf, begin: Callable[[], Session], source: TextIO, out: TextIO
) -> Session | None:
    """The session that the player wants; None to leave. Who has never played begins at once."""
    latest = shelf.latest()
    career, is_newcomer = _career(shelf)
    if latest is None and is_newcomer:
        return begin()
    entries = {
        words.NEW_RUN: "new",
        words.SAVED_RUNS: "saved",
        words.CAREER: "career",
        words.QUIT: "quit",
    }
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
            case "saved":
                if session := _saved_run(shelf, source, out):
                    return session
                out.write(f"\n{menu}")
                continue
            case "career":
                out.write(f"\n{career}\n\n{menu}")
                continue
            case "quit" | "q":
                return None
        out.write(f"Type a number from 1 to {len(entries)}.\n")


def _saved_run(shelf: Shelf, source: TextIO, out: TextIO) -> Session | None:
    """The saved run that the player goes on with; None if it is none of them."""
    try:
        cards = shelf.runs()
    except Trouble as trouble:
        out.writelines(f"{line}\n" for line in draw.wrapped(str(trouble)))
        return None
    lines = [line for n, card in enumerate(cards, start=1) for line in _row(n, card)]
    out.writelines(f"{line}\n" for line in ("", words.SAVED_RUNS, *lines))
    if not cards:
        out.write("There are none yet.\n")
        return None
    out.write(f"\n{words.STUDIED_BY}\n")
    out.write(f"\nGo on with which (1 to {len(cards)}, or enter for none)? ")
    out.flush()
    answer = source.readline().strip()
    chosen = int(answer[:6]) if answer.isdecimal() else 0
    if not 1 <= chosen <= len(cards):
        return None
    card = cards[chosen - 1]
    try:
        return shelf.recover(card.id) if card.problem else shelf.resume(card.id)
    except Trouble as trouble:
        out.writelines(f"{line}\n" for line in draw.wrapped(str(trouble)))
        return None


def _row(number: int, card: RunCard) -> Iterator[str]:
    yield from draw.wrapped(f"{number}. {card.id}: {words.saved_run(card)}")


def _career(shelf: Shelf) -> tuple[str, bool]:
    """The career as it is read, or why it cannot be; and whether it has not begun yet."""
    try:
        profile = shelf.profile()
    except Trouble as trouble:
        return "\n".join(draw.wrapped(str(trouble))), False
    return "\n".join(draw.page_lines(career_page(profile))), not profile.jobs
