"""Numbers that moved, as rows: which matter most, by how much, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from game import words
from game.blocks import Block, Change, Changes, Tone
from state_machine.telling import Movement

MOST_CHANGES: Final = 3
"""So many movements are shown after a decision; the ledger has them all."""


def change_blocks(movements: list[Movement], *, just_chosen: bool = False) -> Iterator[Block]:
    """The few numbers that moved most, and how many more did.

    A number that moved in several steps is one row; the ledger has them all.
    """
    steps: dict[str, list[Movement]] = {}
    for movement in movements:
        if movement.shown:
            steps.setdefault(movement.key, []).append(movement)
    whole = [_together(each) for each in steps.values()]
    moved = [(movement, more) for movement, more in whole if movement.by]
    if not moved:
        return
    ranked = sorted(range(len(moved)), key=lambda at: (-words.weight(moved[at][0]), at))
    first = [moved[at] for at in sorted(ranked[:MOST_CHANGES])]
    rows = tuple(change_of(movement, more, just_chosen=just_chosen) for movement, more in first)
    yield Changes(rows, len(moved) - len(first))


def _together(steps: list[Movement]) -> tuple[Movement, int]:
    """The steps of one number as a single movement, and how many causes it leaves out.

    The cause that it names is that of the greatest step which went the way of the whole.
    """
    before, after = steps[0].before, steps[-1].after
    greatest = max(steps, key=lambda step: step.by if after > before else -step.by)
    whole = msgspec.structs.replace(greatest, before=before, after=after)
    return whole, len({words.why(step) for step in steps} - {words.why(greatest)})


def change_of(movement: Movement, more: int = 0, *, just_chosen: bool = False) -> Change:
    """A movement in words, with so many `more` causes than the one that is named.

    What was `just_chosen` stands above it, and is not quoted again.
    """
    tone: Tone = "good" if movement.by > 0 else "bad"
    if movement.key == "runway" and movement.cause == "rule":
        tone = "neutral"
    return Change(
        words.label(movement),
        words.change(movement),
        words.span(movement),
        words.why(movement, just_chosen=just_chosen)
        + (f", and {words.plural(more, 'more cause')}" if more else ""),
        tone,
    )
