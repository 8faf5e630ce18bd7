"""What else could have been decided: the decisions next to the one that was made.

They are made from the `View`'s question alone, so nothing counts as an alternative that the
player could not have seen. Where there are too many ways, each is one step away from what was
decided: one invitation in place of another, one call in another bucket.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from state_machine.decisions import Allocate, Choose, Compose, Decision, Pick, Rank, Sort
from state_machine.view import Ask

MOST: Final = 6
"""At most so many alternatives to one decision, evenly taken from all that there are."""


def alternatives(ask: Ask, decision: Decision) -> tuple[Decision, ...]:
    """The decisions next to the one that was made, without it, in a fixed order.

    There are none to a sentence or to a bet: neither changes what happens. One that the rules
    refuse may be among them, where a view does not say all that they ask.
    """
    ways: list[Decision] = []
    for way in _ways(ask, decision):
        if way != decision and way not in ways:
            ways.append(way)
    if len(ways) <= MOST:
        return tuple(ways)
    return tuple(ways[len(ways) * number // MOST] for number in range(MOST))


def _ways(ask: Ask, decision: Decision) -> Iterator[Decision]:
    match decision:
        case Choose():
            yield from (Choose(option.id) for option in ask.options)
        case Pick():
            yield from _other_picks(ask, decision)
        case Rank():
            yield from _other_orders(ask, decision)
        case Sort():
            yield from _other_places(ask, decision)
        case Allocate():
            yield from _other_shares(ask, decision)
        case Compose():
            for option in ask.options:
                yield Compose({**decision.slots, option.slot: option.id})


def _other_picks(ask: Ask, decision: Pick) -> Iterator[Pick]:
    """One more where there is room, or one less and what then fits for what was spent.

    Where the first that is picked is what all the others are for, each other could be.
    """
    costs = {option.id: option.cost for option in ask.options}
    picked = decision.choices
    others = [name for name in costs if name not in picked]
    spent = sum(costs.get(name, 0) for name in picked)
    if ask.goal:
        for name in picked[1:]:
            yield Pick((name, *(each for each in picked if each != name)))
    for name in others:
        if spent + costs[name] <= ask.budget:
            yield Pick((*picked, name))
    for out in picked:
        left = spent - costs.get(out, 0)
        fitting = [name for name in others if left + costs[name] <= ask.budget]
        for name in fitting:
            yield Pick(_swapped(picked, out, (name, *_filling(costs, others, name, left, spent))))
        if not fitting and len(picked) > ask.least:
            yield Pick(_swapped(picked, out, ()))


def _filling(
    costs: dict[str, int], others: list[str], first: str, left: int, spent: int
) -> Iterator[str]:
    """What fits beside the `first` of the others, without more being spent than was."""
    left += costs[first]
    for name in others:
        if name != first and left + costs[name] <= spent:
            left += costs[name]
            yield name


def _swapped(picked: tuple[str, ...], out: str, more: tuple[str, ...]) -> tuple[str, ...]:
    """What was picked, with something else where one thing stood."""
    at = picked.index(out)
    return (*picked[:at], *more, *picked[at + 1 :])


def _other_orders(ask: Ask, decision: Rank) -> Iterator[Rank]:
    """The first that was left out in the place of each that counts, or another at the head."""
    order = decision.order
    if 0 < ask.keep < len(order):
        pairs = [(place, ask.keep) for place in range(ask.keep)]
    else:
        pairs = [(0, place) for place in range(1, len(order))]
    for one, other in pairs:
        changed = list(order)
        changed[one], changed[other] = changed[other], changed[one]
        yield Rank(tuple(changed))


def _other_places(ask: Ask, decision: Sort) -> Iterator[Sort]:
    """Each option in each other bucket that has room, or in the place of what is first there."""
    buckets = dict(decision.buckets)
    full = Counter(buckets.values())
    for name, here in buckets.items():
        for place in ask.places:
            if place.id == here:
                continue
            if place.most is None or full[place.id] < place.most:
                yield Sort({**buckets, name: place.id})
            else:
                inside = [other for other, bucket in buckets.items() if bucket == place.id]
                yield Sort({**buckets, name: place.id, inside[0]: here})


def _other_shares(ask: Ask, decision: Allocate) -> Iterator[Allocate]:
    """All that one option got given to another, as far as that one can have more."""
    given = {option.id: decision.points.get(option.id, 0) for option in ask.options}
    most = ask.most if ask.most is not None else ask.budget
    for giver, points in given.items():
        for taker, had in given.items():
            moved = min(points, most - had)
            if giver != taker and moved > 0:
                changed = {**given, giver: points - moved, taker: had + moved}
                yield Allocate({name: number for name, number in changed.items() if number})
