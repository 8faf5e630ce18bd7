"""`compose`: each slot filled with one of the choices made for it."""

from __future__ import annotations

from scenes.schema import Scene
from state_machine.decisions.menu import Settled, menu, named, refuse_unknown
from state_machine.decisions.records import Compose, IllegalDecision
from state_machine.draft import Draft


def settle(draft: Draft, scene: Scene, decision: Compose) -> list[Settled]:
    """The choice in each slot, in the order of the slots. Raises `IllegalDecision` for a gap."""
    assert scene.compose is not None
    slots, on_menu = {slot.id: slot for slot in scene.compose.slot}, menu(draft, scene)
    for name, choice in decision.slots.items():
        refuse_unknown(name, "slot", slots)
        if named(scene, on_menu, choice).slot != name:
            raise IllegalDecision(f"`{choice}` does not belong into “{slots[name].title}”")
    for name, slot in slots.items():
        if name not in decision.slots:
            raise IllegalDecision(f"“{slot.title}” is still empty")
    return [Settled(on_menu[decision.slots[name]]) for name in slots]
