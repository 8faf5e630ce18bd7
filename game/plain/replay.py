"""A recorded run, printed: what was read and decided, and why every number moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from game import words
from game.blocks import Change, Changes, Page
from game.plain import draw
from game.plain.transcript import told
from game.recording import Moment, Recording


def replay(recording: Recording, start: int = 0) -> Iterator[str]:
    """Every line of a run from a moment on, with the decisions that were taken back."""
    run = recording.steps[-1].outcome.run
    count = words.plural(recording.decisions, "decision")
    title = recording.pack.info.title
    yield from draw.wrapped(f"{title} as {run.player}, seed {run.seed}, {count}")
    yield ""
    shown: list[Change] = []
    for moment in islice(recording, start, None):
        if moment.page.ask is not None:
            yield from draw.wrapped(f"-- {_heading(recording, moment)} --")
            yield ""
        yield from told(moment.page, moment.decision)
        shown += _moved_on(moment.page)
        if moment.ends:
            rows = recording.why(moment.step)
            yield from _why(rows) if len(rows) > len(shown) else ()
            shown = []
    if not recording.over:
        yield from draw.wrapped("[This is where the run stands.]")


def _heading(recording: Recording, moment: Moment) -> str:
    if moment.decision is None:
        return f"Decision {moment.number}, still open"
    which = words.decision_number(moment.number, recording.decisions, taken_back=moment.taken_back)
    return words.capitalised(which)


def _why(rows: Sequence[Change]) -> Iterator[str]:
    """Every change in a step."""
    yield f"{words.WHY_MOVED}:"
    for row in rows:
        yield from draw.change_lines(row)
    yield ""


def _moved_on(page: Page) -> Iterator[Change]:
    """What a page tells of numbers that moved."""
    for block in page.blocks:
        if isinstance(block, Changes):
            yield from block.rows
