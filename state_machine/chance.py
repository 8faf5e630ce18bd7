"""Chance: every draw is a function of the run's seed and a key, and of nothing else.

There is no generator whose state moves on, so a draw for one scene never shifts the luck of
another: two runs with the same seed that differ in one decision still meet the same luck
wherever they meet the same question. The numbers come from BLAKE2b and whole-number
arithmetic only, so they are the same on every machine and Python version;
`tests/state_machine/test_chance.py` freezes some of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

Key = str | int

_WORD: Final = 1 << 64
_SEPARATOR: Final = "\x1f"


def word(seed: int, *key: Key) -> int:
    """A number from 0 to 2**64 - 1, evenly distributed over seeds and keys."""
    text = _SEPARATOR.join((str(seed), *map(str, key)))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def below(limit: int, seed: int, *key: Key) -> int:
    """A number from 0 to `limit - 1`, without bias. Raises `ValueError` for a limit below 1.

    Words beyond the largest multiple of the limit are drawn again under a longer key.
    """
    if limit < 1:
        raise ValueError(f"cannot draw below {limit}")
    fair = _WORD - _WORD % limit
    drawn = word(seed, *key)
    again = 0
    while drawn >= fair:
        again += 1
        drawn = word(seed, *key, "again", again)
    return drawn % limit


def weighted(weights: Sequence[int], seed: int, *key: Key) -> int:
    """An index into `weights`, each as likely as its share of their sum."""
    point = below(sum(weights), seed, *key)
    for index, weight in enumerate(weights):
        if point < weight:
            return index
        point -= weight
    raise AssertionError("a point below the sum lies within some weight")


def finishing_time(weight: int, seed: int, *key: Key) -> int:
    """When a runner of this weight finishes a race; the lowest wins.

    It is the least of `weight` draws of the runner's own, which makes each runner's chance of
    winning its share of all weights. No runner's time depends on who else runs, so a scene
    that becomes eligible, or stops being so, never reorders the others.
    """
    return min(word(seed, *key, lane) for lane in range(weight))
