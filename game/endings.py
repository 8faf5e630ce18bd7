"""How a run ended: the story's last words, the score, and the whole run once more."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from game import words
from game.blocks import Bar, Bars, Block, Heading, Lines, Notice, Page, Prose, Quote
from scenes.schema import Pack
from state_machine import Run, finish
from state_machine.telling import Finish


def ending_pages(pack: Pack, run: Run) -> list[Page]:
    """How it ended: the story's last words and the truth, then the score, then the whole run."""
    end = finish(pack, run)
    truth: tuple[Block, ...] = (
        Prose(end.text),
        Quote(end.because, "why it ended this way"),
        Heading("What was true all along", end.world),
        Prose(end.truth),
    )
    looking_back: list[Block] = [*_timeline(end.played)]
    if end.missed:
        looking_back.append(Lines("Went on without you", end.missed))
    if end.letters:
        said = tuple(f"“{letter}”" for letter in end.letters)
        looking_back.append(Lines("What you wrote to yourself", said))
    return [
        Page("ending", end.title, truth),
        Page("ending", f"The score: {end.score.total} of 100", tuple(_score(end))),
        Page("ending", "Your run", tuple(looking_back)),
    ]


def _score(end: Finish) -> Iterator[Block]:
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
    yield Notice(
        f"{words.plural(score.promises_given, 'promise')} given, {score.promises_kept} kept. "
        f"{words.plural(score.predictions_made, 'prediction')} made, "
        f"{score.predictions_right} right."
    )
    yield Bars(
        tuple(Bar(metric, line[-1], line[0], line) for metric, line in end.metrics),
        "From the start, round by round",
    )


def _timeline(played: tuple[tuple[str, str, str], ...]) -> Iterator[Block]:
    for phase, scenes in groupby(played, key=lambda entry: entry[0]):
        yield Lines(phase, tuple(f"{scene}: {said}" for _, scene, said in scenes))
