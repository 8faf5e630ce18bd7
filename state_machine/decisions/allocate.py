"""`allocate`: all the points there are, shared out over the choices."""

from __future__ import annotations

from scenes.decisions import Choice, Reached
from scenes.schema import Scene
from state_machine.decisions.menu import Settled, menu, named
from state_machine.decisions.records import Allocate, IllegalDecision
from state_machine.draft import Draft


def settle(draft: Draft, scene: Scene, decision: Allocate) -> list[Settled]:
    """All open choices in the scene's order, each with its points; those with any are taken.

    Raises `IllegalDecision` unless all points are given, none twice and none beyond the most.
    """
    assert scene.allocate is not None
    there, unit, most = scene.allocate.points, scene.allocate.unit, scene.allocate.most
    on_menu = menu(draft, scene)
    for choice, points in decision.points.items():
        say = named(scene, on_menu, choice).say
        if points < 0:
            raise IllegalDecision(f"“{say}” cannot get less than nothing")
        if most is not None and points > most:
            raise IllegalDecision(f"“{say}” can get {most} {unit} at most, and this gives {points}")
    given = sum(decision.points.values())
    if given != there:
        raise IllegalDecision(f"that gives {given} of {there} {unit}; all of them are to be given")
    shares = ((choice, decision.points.get(name, 0)) for name, choice in on_menu.items())
    return [Settled(choice, points > 0, points=points) for choice, points in shares]


def highest_reached(choice: Choice, points: int) -> Reached | None:
    """What follows from so many points: of all that are reached, what asks for the most."""
    reached = [each for each in choice.reached if each.points <= points]
    return max(reached, key=lambda each: each.points, default=None)
