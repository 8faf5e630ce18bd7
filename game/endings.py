"""How a run ended: the story's last words, the score, the run once more, and what is left of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from game import words
from game.blocks import Bar, Bars, Block, Heading, Lines, Notice, Page, Prose, Quote
from game.career import left_behind, levels
from scenes.schema import Pack
from state_machine import Run, finish
from state_machine.career import competencies, competencies_from
from state_machine.rules import Rules
from state_machine.telling import Finish

_MOST: Final = 12
_LEAST: Final = 4
"""So many words of a decision are repeated at the end of a run."""

_LINE: Final = 70
"""So many characters go into a line of a list in a narrow window."""


def ending_pages(pack: Pack, run: Run, rules: Rules | None = None, undos: int = 0) -> list[Page]:
    """The story's last words and the truth, the score, the whole run, and what it leaves.

    `undos` is how many decisions were taken back.
    """
    end = finish(pack, run, rules)
    truth: tuple[Block, ...] = (
        Prose(end.text),
        Quote(end.because, "why it ended this way"),
        Heading("What was true all along", end.world),
        Prose(end.truth),
    )
    looking_back: list[Block] = []
    if end.predecessor:
        looking_back.append(Notice(f"What came before was {end.predecessor}'s."))
    looking_back += _timeline(end.played)
    if end.missed:
        looking_back.append(Lines("Went on without you", end.missed))
    if end.letters:
        said = tuple(f"“{letter}”" for letter in end.letters)
        looking_back.append(Lines("What you wrote to yourself", said))
    if end.found:
        found = tuple(f"“{letter}”" for letter in end.found)
        looking_back.append(Lines(f"What {end.predecessor} had written", found))
    return [
        Page("ending", end.title, truth),
        Page("ending", f"The score: {end.score.total} of 100", tuple(_score(end, undos))),
        Page("ending", "Your run", tuple(looking_back)),
        *_taken_along(pack, run, end),
    ]


def _score(end: Finish, undos: int) -> Iterator[Block]:
    score = end.score
    parts = (
        ("product", score.product),
        ("stakeholders", score.stakeholders),
        ("team", score.team),
        ("promises", score.promises),
        ("predictions", score.predictions),
        ("charter", score.charter),
    )
    yield Bars(tuple(Bar(label, value) for label, value in parts if value is not None))
    given = "given or inherited" if end.predecessor else "given"
    yield Notice(
        f"{words.plural(score.promises_given, 'promise')} {given}, {score.promises_kept} kept. "
        f"{words.plural(score.predictions_made, 'prediction')} made, "
        f"{score.predictions_right} right."
    )
    if undos:
        yield Notice(words.taken_back(undos))
    yield Bars(
        tuple(Bar(metric, line[-1], line[0], line) for metric, line in end.metrics),
        "Since you took over, round by round"
        if end.predecessor
        else "From the start, round by round",
    )


def _taken_along(pack: Pack, run: Run, end: Finish) -> Iterator[Page]:
    """What the job leaves for the next one; no page if that is nothing."""
    blocks: list[Block] = []
    if end.past.title:
        blocks.append(Heading(words.capitalised(end.past.title), end.past.company))
    if pack.career or end.past.reference or end.past.promise:
        blocks += left_behind(end.past, run.player)
    before = {
        s.competency: s.level for s in competencies_from(run.past.practice if run.past else {})
    }
    grown = [s for s in competencies(pack, run) if s.level > before[s.competency]]
    if grown:
        blocks.append(levels("What you have got better at", grown, before))
    if blocks:
        yield Page("ending", "What you take with you", tuple(blocks))


def _timeline(played: tuple[tuple[str, str, str], ...]) -> Iterator[Block]:
    for phase, scenes in groupby(played, key=lambda entry: entry[0]):
        yield Lines(phase, tuple(_in_a_line(scene, said) for _, scene, said in scenes))


def _in_a_line(scene: str, said: str) -> str:
    """A scene and what was decided in it, in as many words as go into a line."""
    rows = (f"{scene}: {words.glance(said, most)}" for most in range(_MOST, _LEAST, -1))
    return next(
        (row for row in rows if len(row) <= _LINE), f"{scene}: {words.glance(said, _LEAST)}"
    )
