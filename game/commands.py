"""What the commands do. Each returns an exit status, or raises `Refused` or `Trouble`.

`Trouble` means that something which was looked at is wrong, `Refused` that the command was
called wrongly.
"""

from __future__ import annotations

import json
import secrets
import sys
from contextlib import closing
from dataclasses import asdict
from typing import Final

from game.plain.menu import choose_session, described
from game.plain.play import PlainGame
from game.plain.transcript import transcript
from game.session import Session
from game.storage import DRAWN_SEEDS, DiskShelf
from scenes.language import closest
from scenes.sanitise import clean_line
from state_machine import begin
from state_machine.bots import PERSONAS

DEFAULT_PACK: Final = "larder"
DEFAULT_NAME: Final = "Sam"
"""What a player who gives no name is called."""

DEFAULT_PERSONA: Final = "people-pleaser"
LONGEST_NAME: Final = 24

_NO_TERMINAL: Final = (
    "this is no terminal, so there is no screen to draw on. `twohats --plain` plays line by "
    "line, and `twohats demo` prints a whole run."
)


class Refused(Exception):
    """A command that was called in a way that cannot work; the text says what would."""


def title(*, plain: bool) -> int:
    """The title: continue, or begin a new run."""
    if not plain:
        _need_terminal()
    with closing(DiskShelf()) as shelf:
        if not plain:
            return _full_screen(shelf, None)

        def new_run() -> Session:
            return shelf.begin(DEFAULT_PACK, None, _asked_name())

        session = choose_session(shelf, new_run, sys.stdin, sys.stdout)
        return 0 if session is None else _line_by_line(session)


def play(pack: str, seed: int | None, name: str | None, *, plain: bool) -> int:
    """Begin a run of a pack."""
    if not plain:
        _need_terminal()
    with closing(DiskShelf()) as shelf:
        session = shelf.begin(pack, seed, _name(name) if name or not plain else _asked_name())
        return _line_by_line(session) if plain else _full_screen(shelf, session)


def demo(pack: str, seed: int | None, persona: str) -> int:
    """Print one whole run, played by a persona; nothing is saved."""
    decide = PERSONAS.get(persona)
    if decide is None:
        known = ", ".join(PERSONAS)
        raise Refused(f"there is no persona `{persona}`{closest(persona, PERSONAS)} ({known})")
    drawn = secrets.randbelow(DRAWN_SEEDS) if seed is None else seed
    loaded = DiskShelf().pack(pack)
    session = Session(loaded, [begin(loaded, drawn, DEFAULT_NAME)])
    print(f"{loaded.info.title}, seed {drawn}, played by the persona `{persona}`\n")
    for line in transcript(session, decide, drawn):
        print(line)
    return 0


def runs(*, as_json: bool) -> int:
    """List the saved runs."""
    cards = DiskShelf().runs()
    if as_json:
        print(json.dumps([asdict(card) for card in cards], indent=2, ensure_ascii=False))
        return 0
    for card in cards:
        print(f"{card.id}\n    {described(card)}")
    if not cards:
        print("There are no saved runs yet. `twohats play` begins one.")
    return 0


def _full_screen(shelf: DiskShelf, session: Session | None) -> int:
    from game.tui.app import TwoHatsApp  # noqa: PLC0415  # only this command draws a screen

    TwoHatsApp(shelf, session).run()
    return 0


def _line_by_line(session: Session) -> int:
    PlainGame(session, sys.stdin, sys.stdout).play(session.first_pages())
    return 0


def _need_terminal() -> None:
    # Textual draws on standard error, so that one has to be a terminal too.
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise Refused(_NO_TERMINAL)


def _asked_name() -> str:
    print(f"What are you called in the story? (enter for {DEFAULT_NAME}): ", end="", flush=True)
    return _name(sys.stdin.readline())


def _name(text: str | None) -> str:
    return clean_line(text or "", LONGEST_NAME) or DEFAULT_NAME
