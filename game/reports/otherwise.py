"""In words: what would have been another about a decision that was not made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from game import words
from scenes.schema import Pack, Scene
from state_machine import (
    Allocate,
    Choose,
    Compose,
    Decision,
    Pick,
    Predict,
    Rank,
    Sort,
    Write,
)

_NAMED: Final = 2
"""So many things that were picked are named."""


def otherwise(pack: Pack, scene: str, made: Decision, other: Decision) -> str:
    """What an alternative would have done otherwise; `scene` is empty for the diary.

    Of a decision about several things only those are named that differ.
    """
    match made, other:
        case Pick(), Pick() if not scene:
            titles = {name: pack.scenes[name].title for name in (*made.choices, *other.choices)}
            return _instead(titles, made.choices, other.choices)
        case Pick(), Pick():
            return _instead(_says(pack, scene, other, made), made.choices, other.choices)
        case _, Choose() | Predict():
            return _say(pack, scene, other.choice)
        case Rank(), Rank():
            return _order(pack, scene, made, other)
        case Sort(), Sort():
            record = pack.scenes[scene]
            return "; ".join(
                f"“{_say(pack, scene, name)}” under “{_bucket(record, bucket)}”"
                for name, bucket in other.buckets.items()
                if made.buckets.get(name) != bucket
            )
        case Compose(), Compose():
            return "; ".join(
                _say(pack, scene, name)
                for slot, name in other.slots.items()
                if made.slots.get(slot) != name
            )
        case Allocate(), Allocate():
            return "; ".join(
                f"{_say(pack, scene, name)}: {other.points.get(name, 0)}"
                for name in dict.fromkeys((*made.points, *other.points))
                if made.points.get(name, 0) != other.points.get(name, 0)
            )
        case _, Write():
            return f"“{other.text}”"
    return ""


def _instead(says: dict[str, str], made: Iterable[str], other: Iterable[str]) -> str:
    """What would have been picked in place of what."""
    before, after = list(made), list(other)
    more = [says[name] for name in after if name not in before]
    less = [says[name] for name in before if name not in after]
    if not more and not less:
        return f"“{says[after[0]]}” first"
    if not less:
        return f"{_quoted(more)} as well"
    if not more:
        return f"without {_quoted(less)}"
    return f"{_quoted(more)} in place of {_quoted(less)}"


def _order(pack: Pack, scene: str, made: Rank, other: Rank) -> str:
    moved = [now for before, now in zip(made.order, other.order, strict=True) if before != now]
    if not moved:
        return ""
    place = other.order.index(moved[0]) + 1
    return f"“{_say(pack, scene, moved[0])}” in place {place}"


def _quoted(names: list[str]) -> str:
    """Their names in one order, however they were picked; of many the first alone."""
    named = [f"“{name}”" for name in sorted(names)]
    if len(named) > _NAMED:
        return f"{named[0]} and {len(named) - 1} more"
    return words.listed(named)


def _says(pack: Pack, scene: str, *decisions: Pick) -> dict[str, str]:
    return {name: _say(pack, scene, name) for each in decisions for name in each.choices}


def _say(pack: Pack, scene: str, choice: str) -> str:
    return pack.choice(f"{scene}/{choice}").say


def _bucket(scene: Scene, name: str) -> str:
    buckets = scene.sort.bucket if scene.sort else ()
    return next((bucket.title for bucket in buckets if bucket.id == name), name)
