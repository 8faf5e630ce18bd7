"""What a plot is wherever it is drawn: the marks of its lines, its scale, and what can be said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from game.blocks import Plot

GLYPHS: Final = "●◆▲■○◇△□"
"""A mark for each line, so that nobody has to tell them apart by colour."""

TOGETHER: Final = "✚"
"""Where the points of several lines lie on each other."""

_STEP: Final = 10
_LEAST: Final = 30


def bounds(plot: Plot) -> tuple[int, int]:
    """The least and the greatest number that a plot has room for, whole tens from 0 to 100.

    They lie at least thirty apart, or what hardly moved would look like a mountain.
    """
    values = [value for series in plot.series for value in series.values] or [0]
    low = max(0, min(values) // _STEP * _STEP)
    high = min(100, -(-max(values) // _STEP) * _STEP)
    while high - low < _LEAST:
        low, high = max(0, low - _STEP), min(100, high + _STEP)
    return low, high


def length(plot: Plot) -> int:
    """How many points the longest line has."""
    return max((len(series.values) for series in plot.series), default=0)


def names(plot: Plot) -> tuple[str, ...]:
    """The name under each point, empty where there is none."""
    return tuple(plot.marks[at] if at < len(plot.marks) else "" for at in range(length(plot)))


def told(plot: Plot) -> Iterator[tuple[str, str, str]]:
    """For each line: its name, where it led, and its points one by one, in words."""
    for series in plot.series:
        name, values = series.label, series.values
        if len(values) < 2:
            yield name, str(values[0]) if values else "no points", ""
            continue
        course = f"from {values[0]} to {values[-1]}, at least {min(values)}, at most {max(values)}"
        points = zip(names(plot), values, strict=False)
        yield name, course, ", ".join(f"{under} {value}".strip() for under, value in points)
