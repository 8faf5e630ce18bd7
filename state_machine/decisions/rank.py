"""`rank`: all open choices in order; the first few count."""

from __future__ import annotations

from scenes.schema import Scene
from state_machine.decisions.menu import Settled, named, open_choices, refuse_repeats
from state_machine.decisions.records import IllegalDecision, Rank
from state_machine.draft import Draft


def settle(draft: Draft, scene: Scene, decision: Rank) -> list[Settled]:
    """All open choices in the order given; the first `keep` are taken. Raises `IllegalDecision`."""
    assert scene.rank is not None
    refuse_repeats(decision.order)
    ranked = [named(draft, scene, choice) for choice in decision.order]
    missing = [c.id for c in open_choices(draft, scene) if c.id not in decision.order]
    if missing:
        raise IllegalDecision(f"`{missing[0]}` has no place in the order yet")
    return [Settled(choice, place < scene.rank.keep) for place, choice in enumerate(ranked)]
