"""The game line by line, a whole run as a transcript, the list of runs, and the career."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import Literal

import msgspec

from game import cv, words
from game.career import career_page
from game.commands import DEFAULT_PACK, Refused, edition_of
from game.commands.forms import json_text
from game.family import family
from game.plain import draw
from game.plain.menu import choose_session
from game.plain.play import PlainGame
from game.plain.transcript import transcript
from game.session import Session
from game.shelf import DEFAULT_NAME, Trouble, player_name
from game.storage import DiskShelf, drawn_seed, read_pack
from scenes.language import closest
from state_machine import begin
from state_machine.bots import PERSONAS


def title() -> int:
    """Continue the latest run, or begin a new one."""
    with closing(DiskShelf()) as shelf:

        def new_run() -> Session:
            return shelf.begin(DEFAULT_PACK, None, _asked_name())

        session = choose_session(shelf, new_run, sys.stdin, sys.stdout)
        return 0 if session is None else _play(session)


def play(pack: str, seed: int | None, name: str | None, *, express: bool) -> int:
    """A new run, straight away."""
    with closing(DiskShelf()) as shelf:
        edition = edition_of(shelf.pack(pack), express=express)
        player = player_name(name) if name else _asked_name()
        return _play(shelf.begin(pack, seed, player, edition))


def resume(run: str) -> int:
    """Go on with a saved run."""
    with closing(DiskShelf()) as shelf:
        return _play(shelf.resume(run))


def inherit(run: str, name: str | None, at: int) -> int:
    """Take over a saved run as its player's successor."""
    with closing(DiskShelf()) as shelf:
        player = player_name(name) if name else _asked_name()
        return _play(shelf.inherit(run, player, at))


def demo(pack: str, seed: int | None, persona: str, *, express: bool) -> int:
    """Print one whole run, played by a persona; nothing is saved."""
    decide = PERSONAS.get(persona)
    if decide is None:
        known = ", ".join(PERSONAS)
        raise Refused(f"there is no persona `{persona}`{closest(persona, PERSONAS)} ({known})")
    drawn = drawn_seed() if seed is None else seed
    loaded = read_pack(pack)
    edition = edition_of(loaded, express=express)
    session = Session(loaded, [(None, begin(loaded, drawn, DEFAULT_NAME, edition=edition))])
    short = f", {words.EXPRESS}" if express else ""
    print(f"{loaded.info.title}{short}, seed {drawn}, played by the persona `{persona}`\n")
    for line in transcript(session, decide, drawn):
        print(line)
    return 0


def runs(*, as_json: bool) -> int:
    """List the saved runs."""
    cards = DiskShelf().runs()
    if as_json:
        print(json_text(msgspec.to_builtins(cards)))
        return 0
    for card, depth in family(cards):
        indent = "    " * depth
        decisions = words.plural(card.decisions, "decision")
        print(f"{indent}{card.id}, {decisions}\n{indent}    {words.saved_run(card)}")
    if not cards:
        print("There are no saved runs yet. `twohats play` begins one.")
    return 0


def career(form: Literal["text", "json", "markdown"]) -> int:
    """Print the career: to be read, for scripts, or as a curriculum vitae."""
    profile = DiskShelf().profile()
    if form == "json":
        print(json_text(cv.as_data(profile)))
        return 0
    if form == "markdown" and not profile.jobs:
        raise Trouble("there is no job yet to write down. `twohats play` begins one.")
    lines = cv.markdown(profile) if form == "markdown" else draw.page_lines(career_page(profile))
    for line in lines:
        print(line)
    return 0


def _play(session: Session) -> int:
    ended = PlainGame(session, sys.stdin, sys.stdout).play(session.first_pages())
    if ended and _wants_debrief():
        from game.plain.debrief import PlainDebrief  # noqa: PLC0415  # after an ending alone

        debrief = PlainDebrief(sys.stdin, sys.stdout, session.note)
        debrief.run(session.pack, session.steps, session.rules)
    return 0


def _wants_debrief() -> bool:
    """Whether the player wants to look back on a run that is over."""
    print(f"\n{words.LOOK_BACK} (enter for yes, n for no): ", end="", flush=True)
    answer = sys.stdin.readline()
    return bool(answer) and not answer.strip().lower().startswith(("n", "q"))


def _asked_name() -> str:
    print(f"What are you called in the story? (enter for {DEFAULT_NAME}): ", end="", flush=True)
    return player_name(sys.stdin.readline())
