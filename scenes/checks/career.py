"""The player's career: its scenes, its titles, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Set

from scenes.checks.common import (
    declared,
    known_name,
    known_names,
    once,
    problem,
    the_first_that_holds,
)
from scenes.checks.decisions import FEWEST_CHOICES
from scenes.checks.references import calls
from scenes.checks.rounds import named_in_rounds
from scenes.diagnostics import KeyPath
from scenes.joined import Joined, Placed, Problem
from scenes.schema import Career, Scene
from scenes.vocabulary import HERITABLE, PHASES


def careers(joined: Joined) -> Iterator[Problem]:
    """Whatever a career names is there, and its scenes can come where it puts them."""
    for placed in joined.singles["career"]:
        if placed.record:
            yield from _career(joined, placed, placed.record)
    known = calls(joined)
    for placed, title in joined.records("title"):
        yield from known_names(placed, ("calls",), "call", title.calls, known)
        if known and len(set(title.calls)) < FEWEST_CHOICES:
            message = "a title gives at least two calls of the charter, or there is nothing to sort"
            yield problem(placed, ("calls",), "empty-menu", message)
    yield from _reputations(joined)


def _career(joined: Joined, placed: Placed, career: Career) -> Iterator[Problem]:
    yield from known_name(placed, ("boss",), "person", career.boss, declared(joined, "person"))
    yield from known_name(placed, ("title",), "title", career.title, declared(joined, "title"))
    scenes = {scene.id: scene for _, scene in joined.records("scene")}
    named: list[tuple[KeyPath, str | None, str]] = [
        (("interview",), career.interview, PHASES[0]),
        (("offers",), career.offers, PHASES[-1]),
        (("succession",), career.succession, HERITABLE[0]),
        *((("reviews", phase), scene, phase) for phase, scene in career.reviews.items()),
    ]
    yield from once(placed, (), "scene", list(career.scenes))
    known, in_rounds = declared(joined, "scene"), named_in_rounds(joined)
    for path, name, phase in named:
        yield from known_name(placed, path, "scene", name, known)
        if name in scenes:
            why = _misplaced(scenes[name], phase, in_rounds)
            if why:
                yield problem(placed, path, "misplaced", why)


def _misplaced(scene: Scene, phase: str, in_rounds: Set[str]) -> str:
    if scene.phase != phase:
        return f"the scene `{scene.id}` is of the phase `{scene.phase}`, and comes in `{phase}`"
    if scene.invitation or scene.day or scene.crisis or scene.id in in_rounds:
        return f"the scene `{scene.id}` comes in another way already"
    return ""


def _reputations(joined: Joined) -> Iterator[Problem]:
    found = list(joined.records("reputation"))
    for placed, reputation in found:
        for key in ("when", "any"):
            for at, condition in enumerate(getattr(reputation, key)):
                if condition.verb == "reputation":
                    message = "a reputation cannot ask for a reputation, which it is to decide"
                    yield problem(placed, (key, at), "circle", message)
    yield from the_first_that_holds(found, "a reputation", "reputations", "everybody has one")
