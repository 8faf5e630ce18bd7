"""Runs compared, in pages: where they part, how it went, why, and all that was different."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from game import words
from game.blocks import Block, Lines, Notice, Page
from game.reports.gaps import appendix, courses, far_apart, outcomes, reasons
from game.reports.ways import answered_apart, beginnings, only_some, parted
from state_machine.comparison import Comparison, Facet

_LUCK: Final[frozenset[Facet]] = frozenset({"seed", "world", "edition", "story"})
"""What decides which luck is met; worlds are only told of runs that are over."""


def title(comparison: Comparison) -> str:
    """What a comparison is called."""
    return f"{comparison.company}: {words.plural(len(comparison.names), 'run')} compared"


def compare_pages(comparison: Comparison) -> list[Page]:
    """A comparison, a page for each question; the first one is the answer in short."""
    shown: list[tuple[str, tuple[Block, ...]]] = [
        ("Where they part", tuple(_in_short(comparison))),
        ("How it went", tuple(courses(comparison))),
        ("Why they stand apart", tuple(reasons(comparison))),
        ("What they decided otherwise", tuple(answered_apart(comparison))),
        ("What only some were asked", tuple(only_some(comparison))),
        ("What came of it", (outcomes(comparison),)),
        ("The other numbers", tuple(appendix(comparison))),
    ]
    return [Page("aside", name, blocks) for name, blocks in shown if blocks]


def as_data(comparison: Comparison) -> dict[str, Any]:
    """A comparison as plain data."""
    data: dict[str, Any] = msgspec.to_builtins(comparison)
    data["timelines"] = {
        metric: dict(zip(comparison.names, lines, strict=True))
        for metric, lines in comparison.timelines
    }
    data["phases"] = dict(comparison.phases)
    data["pair"] = [comparison.names[at] for at in comparison.pair]
    for row, crossroad in zip(data["crossroads"], comparison.crossroads, strict=True):
        row["differs"] = crossroad.differs
    return data


def _in_short(comparison: Comparison) -> Iterator[Block]:
    yield from parted(comparison)
    unlike = beginnings(comparison)
    if unlike:
        yield Lines("They did not begin alike", unlike)
        if not {each.facet for each in comparison.unlike} & _LUCK:
            yield Notice(
                "They were played under the same seed all the same, and so with the same luck."
            )
    elif comparison.partings:
        yield Notice(
            "They began alike, under the same seed, so they met the same luck: what is different "
            "comes from what was decided."
        )
    apart = far_apart(comparison)
    if apart and comparison.partings:
        one, other = (comparison.names[at] for at in comparison.pair)
        yield Lines(f"What made most of the difference between {one} and {other}", apart)
