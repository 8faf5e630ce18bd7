"""Putting measured times into words."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median, quantiles


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """The median of the ratios pair by pair, with their range."""
    pairs = sorted(a / b for a, b in zip(ours, theirs, strict=True))
    return f"{median(pairs):.2f}x ({pairs[0]:.2f} to {pairs[-1]:.2f})"


def milliseconds(times: Sequence[float]) -> str:
    """The median in milliseconds."""
    return f"{median(times) * 1000:.1f} ms"


def p99(times: Sequence[float]) -> float:
    """The time that one in a hundred is slower than."""
    return quantiles(times, n=100, method="inclusive")[98]
