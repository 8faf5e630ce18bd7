"""`rank`: all open choices in order; the first few count."""

from __future__ import annotations

from scenes.schema import Scene
from state_machine.decisions.menu import Settled, menu, named, refuse_repeats
from state_machine.decisions.records import IllegalDecision, Rank
from state_machine.draft import Draft


def settle(draft: Draft, scene: Scene, decision: Rank) -> list[Settled]:
    """All open choices in the order given; the first `keep` are taken. Raises `IllegalDecision`."""
    assert scene.rank is not None
    refuse_repeats(decision.order)
    on_menu = menu(draft, scene)
    ranked = [named(scene, on_menu, choice) for choice in decision.order]
    missing = [name for name in on_menu if name not in decision.order]
    if missing:
        raise IllegalDecision(f"`{missing[0]}` has no place in the order yet")
    return [Settled(choice, place < scene.rank.keep) for place, choice in enumerate(ranked)]
