"""What was decided, as it stands beside the options that there were."""

from __future__ import annotations

import msgspec

from game import words
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
from state_machine.view import Ask


def marked(decision: Decision) -> tuple[str, ...]:
    """The ids of the options that a decision takes."""
    match decision:
        case Choose() | Predict():
            return (decision.choice,)
        case Pick():
            return decision.choices
        case Rank():
            return decision.order
        case Compose():
            return tuple(decision.slots.values())
        case Sort():
            return tuple(decision.buckets)
        case Allocate():
            return tuple(choice for choice, points in decision.points.items() if points)
        case Write():
            return ()


def notes(ask: Ask, decision: Decision) -> dict[str, str]:
    """What a decision says of each option, where it says more than yes or no."""
    match decision:
        case Sort():
            titles = {place.id: place.title for place in ask.places}
            return {choice: titles[bucket] for choice, bucket in decision.buckets.items()}
        case Allocate():
            return {c: words.so_many(n, ask.unit) for c, n in decision.points.items() if n}
    return {}


def in_order(ask: Ask, decision: Rank) -> tuple[Ask, tuple[str, ...]]:
    """The options in the order that was decided, and those of them that count."""
    by_id = {option.id: option for option in ask.options}
    ordered = tuple(by_id[name] for name in decision.order)
    return msgspec.structs.replace(ask, options=ordered), decision.order[: ask.keep]
