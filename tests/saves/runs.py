"""A small story, and runs of it to save."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from saves import Journal, Library
from scenes.schema import Pack
from scenes.vocabulary import HATS, PHASES
from state_machine import Decision, Outcome
from state_machine.bots import PERSONAS, decisions
from tests.stories import choice, invitation, scene, story

SEED: Final = 7
PLAYER: Final = "Ada"
WHEN: Final = "2026-11-23T20:16:00+01:00"
RUN_ID: Final = "tiny-ada-2026-11-23"

Step = tuple[Decision, Outcome]
"""A decision, and the outcome that it has where it stands in its run."""


@cache
def small_pack() -> Pack:
    """A story with a decision of each kind, a promise, and two scenes a phase besides."""
    turns = [
        scene(f"{phase}-{hat}", choice("go", "customers +3"), choice("stay"), phase=phase, hat=hat)
        for phase in PHASES
        for hat in HATS
    ]
    scenes = [
        scene("ask-ife", choice("promise", "promise demo by launch"), choice("listen")),
        scene("sort", choice("one"), choice("two"), rank={"keep": 1}),
        scene("letter", choice("send"), write={"letter": "to-po"}),
        scene("bet", choice("yes", holds=["customers >= 50"]), choice("no"), predict={"after": 1}),
        scene("fridge", invitation=invitation()),
        scene("lunch", invitation=invitation()),
        *turns,
    ]
    return msgspec.structs.replace(story(*scenes), rules_hash="rules-1", text_hash="text-1")


@cache
def steps() -> tuple[Step, ...]:
    """All decisions of one run, from the first to the ending."""
    played = decisions(small_pack(), SEED, PERSONAS["random"], PLAYER)
    return tuple((decision, outcome) for decision, outcome in played if decision is not None)


def begin_run(library: Library, player: str = PLAYER, when: str = WHEN) -> Journal:
    """The beginning of that run, saved."""
    return library.begin(small_pack(), SEED, player, when=when, game="0.1.0")


def play_on(journal: Journal, until: int) -> None:
    """Save the next decisions of that run, until there are so many."""
    for decision, outcome in steps()[len(journal.recorded) : until]:
        journal.append(decision, outcome, when=WHEN)


@cache
def saved_bytes(count: int) -> bytes:
    """A journal of that run with so many decisions, as bytes."""
    with TemporaryDirectory() as home, begin_run(Library(Path(home))) as journal:
        play_on(journal, count)
        return journal.path.read_bytes()


def finish_run(library: Library, player: str = PLAYER, when: str = WHEN) -> Journal:
    """That run from its beginning to its ending, saved and closed."""
    with begin_run(library, player, when) as journal:
        for decision, outcome in steps():
            journal.append(decision, outcome, when=when)
    return journal
