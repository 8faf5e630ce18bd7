"""`choose` and `predict`: one choice of those that are open."""

from __future__ import annotations

from scenes.schema import Scene
from state_machine.decisions.menu import Settled, menu, named
from state_machine.decisions.records import Choose, Predict
from state_machine.draft import Draft


def settle(draft: Draft, scene: Scene, decision: Choose | Predict) -> list[Settled]:
    """The one choice taken; the others are simply not. Raises `IllegalDecision`."""
    return [Settled(named(scene, menu(draft, scene), decision.choice))]
