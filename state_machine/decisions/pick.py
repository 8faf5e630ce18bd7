"""`pick`: any choices whose costs fit a budget."""

from __future__ import annotations

from scenes.schema import Scene
from state_machine.decisions.menu import Settled, budget_of, menu, named, refuse_repeats
from state_machine.decisions.records import IllegalDecision, Pick
from state_machine.draft import Draft


def settle(draft: Draft, scene: Scene, decision: Pick) -> list[Settled]:
    """All open choices in the scene's order, picked or left out. Raises `IllegalDecision`."""
    assert scene.pick is not None
    refuse_repeats(decision.choices)
    on_menu = menu(draft, scene)
    picked = [named(scene, on_menu, choice) for choice in decision.choices]
    budget = budget_of(draft, scene.pick)
    refuse_overspending(sum(choice.cost for choice in picked), budget, scene.pick.unit)
    if len(picked) < scene.pick.least:
        raise IllegalDecision(f"pick at least {scene.pick.least}; this picks {len(picked)}")
    return [Settled(choice, name in decision.choices) for name, choice in on_menu.items()]


def refuse_overspending(cost: int, budget: int, unit: str) -> None:
    """Raise `IllegalDecision` if the cost goes beyond the budget."""
    if cost > budget:
        raise IllegalDecision(f"that takes {cost} {unit}, and there are {budget}")
