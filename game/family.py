"""Runs with those that come from them: the list of saved runs as a forest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from game.shelf import RunCard
from saves.origins import is_imported


def family(cards: Sequence[RunCard]) -> Iterator[tuple[RunCard, int]]:
    """Each run with how deep it stands: under the run that it comes from, if that is here too.

    Runs that come from none here keep their order, and so do those under one.
    """
    here = {(card.id, card.begun): card for card in cards}
    children: dict[str, list[RunCard]] = defaultdict(list)
    roots: list[RunCard] = []
    for card in cards:
        came = card.origin
        parent = None if came is None or is_imported(came) else here.get((came.run, came.begun))
        if parent is None or parent is card:
            roots.append(card)
        else:
            children[parent.id].append(card)
    met: set[str] = set()
    waiting = [(card, 0) for card in (*reversed(cards), *reversed(roots))]
    while waiting:  # a circle, which only a forger can make, has no root: hence all the cards
        card, depth = waiting.pop()
        if card.id not in met:
            met.add(card.id)
            yield card, depth
            waiting += ((child, depth + 1) for child in reversed(children[card.id]))
