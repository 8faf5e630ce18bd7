"""The player's career: its scenes, its titles, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Set

from scenes.checks.common import declared, once, problem, the_first_that_holds, unknown
from scenes.checks.decisions import FEWEST_CHOICES
from scenes.checks.references import calls
from scenes.checks.rounds import named_in_rounds
from scenes.diagnostics import KeyPath
from scenes.joined import Joined, Placed, Problem
from scenes.schema import Career, Scene
from scenes.vocabulary import PHASES


def careers(joined: Joined) -> Iterator[Problem]:
    """Whatever a career names is there, and its scenes can come where it puts them."""
    for placed in joined.singles["career"]:
        if placed.record:
            yield from _career(joined, placed, placed.record)
    known = calls(joined)
    for placed, title in joined.records("title"):
        for number, name in enumerate(title.calls):
            if name not in known:
                message = unknown("call", name, known)
                yield problem(placed, ("calls", number), "unknown-call", message)
        if known and len(set(title.calls)) < FEWEST_CHOICES:
            message = "a title gives at least two calls of the charter, or there is nothing to sort"
            yield problem(placed, ("calls",), "empty-menu", message)
    yield from _reputations(joined)


def _career(joined: Joined, placed: Placed, career: Career) -> Iterator[Problem]:
    people, titles = declared(joined, "person"), declared(joined, "title")
    if career.boss not in people:
        message = unknown("person", career.boss, people)
        yield problem(placed, ("boss",), "unknown-person", message)
    if career.title not in titles:
        message = unknown("title", career.title, titles)
        yield problem(placed, ("title",), "unknown-title", message)
    scenes = {scene.id: scene for _, scene in joined.records("scene")}
    named: list[tuple[KeyPath, str | None, str]] = [
        (("interview",), career.interview, PHASES[0]),
        (("offers",), career.offers, PHASES[-1]),
        *((("reviews", phase), scene, phase) for phase, scene in career.reviews.items()),
    ]
    yield from once(placed, (), "scene", list(career.scenes))
    known, in_rounds = declared(joined, "scene"), named_in_rounds(joined)
    for path, name, phase in named:
        if name and name not in known:
            yield problem(placed, path, "unknown-scene", unknown("scene", name, known))
        elif name in scenes:
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
