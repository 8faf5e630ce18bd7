"""Worlds, segments, items, threads and endings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from scenes.checks.common import (
    declared,
    known_keys,
    known_name,
    known_names,
    problem,
    the_first_that_holds,
)
from scenes.joined import Joined, Placed, Problem
from scenes.schema import Item
from scenes.vocabulary import PHASES, WORKED_ON, ItemKind

FEWEST_WORLDS: Final = 3
FEWEST_CUES: Final = 4
THREAD_SPAN: Final = 2
"""A thread comes back at least so many phases later."""


def worlds_and_segments(joined: Joined) -> Iterator[Problem]:
    """There are worlds enough with cues enough, and customers."""
    worlds = declared(joined, "world")
    if len(worlds) < FEWEST_WORLDS:
        message = f"{len(worlds)} hidden worlds; a pack has at least {FEWEST_WORLDS}"
        yield Problem("worlds.toml", (), "worlds", message)
    cues = Counter(world for _, scene in joined.records("scene") for world in set(scene.cues))
    if all(placed.record for placed in joined.tables["scene"]):
        for placed, world in joined.records("world"):
            if cues[world.id] < FEWEST_CUES:
                message = (
                    f"{cues[world.id]} scenes have a cue of this world; {FEWEST_CUES} are the least"
                )
                yield problem(placed, ("id",), "cues", message)
    for placed, segment in joined.records("segment"):
        yield from known_keys(placed, ("pays",), "world", segment.pays, worlds)
    if not joined.tables["segment"]:
        yield Problem("items.toml", (), "missing-table", "there is no [[segment]] of customers")


_COMES_FROM: Final[dict[ItemKind, tuple[ItemKind, ...]]] = {
    "opportunity": (),
    "requirement": ("opportunity",),
    "story": ("requirement",),
    "enabler": ("requirement", "opportunity"),
    "bug": ("story", "requirement", "enabler"),
    "debt": ("story", "requirement", "enabler"),
}


def all_items(joined: Joined) -> Iterator[Problem]:
    """Items come from what they can come from, and have what their kind has."""
    known = {item.id: item for _, item in joined.records("item")}
    segments, worlds = declared(joined, "segment"), declared(joined, "world")
    names = declared(joined, "item")
    for placed, item in joined.records("item"):
        wanted = _COMES_FROM[item.kind]
        yield from known_name(placed, ("of",), "item", item.of, names)
        if item.of in known and known[item.of].kind not in wanted:
            kinds = " or ".join(wanted) or "nothing"
            message = f"the {known[item.of].kind} `{item.of}`; a {item.kind} is of {kinds}"
            yield problem(placed, ("of",), "kind", message)
        elif item.of is None and item.kind in ("requirement", "bug", "debt"):
            yield problem(placed, (), "missing-key", f"`of` is missing; a {item.kind} needs one")
        yield from known_names(placed, ("needs",), "item", item.needs, names)
        yield from _item_fields(placed, item)
        yield from known_keys(placed, ("kano",), "segment", item.kano, segments)
        yield from known_keys(placed, ("value",), "world", item.value, worlds)
        for world, values in item.value.items():
            yield from known_keys(placed, ("value", world), "segment", values, segments)
        sums = [sum(item.value.get(world, {}).values()) for world in worlds]
        if item.kind == "story" and sums and min(sums) > 0:
            message = "this is good in every world, so nobody has to find out which it is"
            yield problem(placed, ("value",), "always-good", message)
    yield from _needs_in_a_circle(joined, known)


def _item_fields(placed: Placed, item: Item) -> Iterator[Problem]:
    worked_on = item.kind in WORKED_ON
    if worked_on and item.effort is None:
        yield problem(placed, (), "missing-key", "`effort` is missing")
    for key, value in (("effort", item.effort), ("estimate", item.estimate), ("value", item.value)):
        if value and not worked_on:
            message = f"`{key}` belongs to the stories of a {item.kind}"
            yield problem(placed, (key,), "kind", message)
    if item.estimate and item.effort:
        low, high = item.estimate
        if not low <= item.effort <= high:
            message = f"the estimate {low} to {high} does not hold the effort {item.effort}"
            yield problem(placed, ("estimate",), "estimate", message)
    if item.drag and item.kind != "debt":
        yield problem(placed, ("drag",), "kind", "only a debt has a drag")


def _needs_in_a_circle(joined: Joined, known: dict[str, Item]) -> Iterator[Problem]:
    """No item waits, by way of others, for itself."""
    for placed, item in joined.records("item"):
        seen: set[str] = set()
        waiting = list(item.needs)
        while waiting:
            name = waiting.pop()
            if name == item.id:
                yield problem(placed, ("needs",), "circle", f"`{item.id}` waits for itself")
                break
            if name not in seen and name in known:
                seen.add(name)
                waiting += known[name].needs


def threads(joined: Joined) -> Iterator[Problem]:
    """A thread comes back late enough to be remembered."""
    phase_of = {scene.id: PHASES.index(scene.phase) for _, scene in joined.records("scene")}
    for placed, thread in joined.records("thread"):
        opened = [phase_of[name] for name in thread.opens if name in phase_of]
        for number, name in enumerate(thread.returns):
            if opened and name in phase_of and phase_of[name] < min(opened) + THREAD_SPAN:
                message = f"`{name}` comes less than {THREAD_SPAN} phases after the thread opens"
                yield problem(placed, ("returns", number), "thread", message)


def endings(joined: Joined) -> Iterator[Problem]:
    """There is an ending for every run."""
    if not joined.tables["ending"]:
        yield Problem("endings.toml", (), "missing-table", "there is no ending")
    found = list(joined.records("ending"))
    yield from the_first_that_holds(found, "an ending", "endings", "every run has one")
