"""Scenes: each asks for one thing that can be decided, and says what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Final

from scenes.checks.common import Texts, declared, known_keys, known_name, once, problem, unknown
from scenes.decisions import Choice, Compose, Sort
from scenes.diagnostics import KeyPath
from scenes.joined import Joined, Placed, Problem
from scenes.language import Effect
from scenes.schema import Scene
from scenes.vocabulary import KINDS, ArtifactId, DecisionKind

FEWEST_CHOICES: Final = 2
LARGEST_NUDGE: Final = 2

_MADE_IN: Final[dict[ArtifactId, tuple[DecisionKind, ...]]] = {
    "vision-card": ("compose",),
    "requirement-document": ("pick",),
    "roadmap": ("sort",),
    "product-backlog": ("rank",),
    "user-stories": ("pick", "sort"),
    "sprint-plan": ("pick",),
    "charter": ("sort",),
}
"""The kinds of decision that make or amend each artifact."""


def all_scenes(joined: Joined, texts: Texts) -> Iterator[Problem]:
    """Every scene asks for one thing, and what it settles was begun."""
    given = {
        value.args[0]
        for _, _, value in texts
        if isinstance(value, Effect) and value.verb == "promise"
    }
    worlds = declared(joined, "world")
    crises: dict[str, str] = {}
    for placed, scene in joined.records("scene"):
        yield from _kind(placed, scene)
        for number, choice in enumerate(scene.choice):
            yield from _choice(placed, ("choice", number), scene, choice, worlds)
        if scene.crisis:
            other = crises.setdefault(scene.crisis, scene.id)
            if other != scene.id:
                message = f"the crisis of {scene.crisis} is `{other}` already"
                yield problem(placed, ("crisis",), "duplicate", message)
    yield from _nudges(texts)
    for placed, path, value in texts:
        if isinstance(value, Effect) and value.verb in ("keep", "break", "renegotiate"):
            name = value.args[0]
            if name not in given and name in declared(joined, "promise"):
                message = f"nothing gives the promise `{name}`"
                yield Problem(placed.file, path, "never-given", message)


def _nudges(texts: Texts) -> Iterator[Problem]:
    """What scenes do to a metric is small; what is large comes from causes and the rules."""
    for placed, path, value in texts:
        if isinstance(value, Effect) and value.verb == "metric" and path[:1] == ("scene",):
            most = max(abs(value.by), abs(value.otherwise))
            if most > LARGEST_NUDGE:
                message = (
                    f"`{value.text}` moves a metric by {most}; a scene moves one by "
                    f"{LARGEST_NUDGE} at most, and writes causes (trust, items, promises, debt, "
                    "time) for the rest"
                )
                yield Problem(placed.file, path, "nudge", message)


def _kind(placed: Placed, scene: Scene) -> Iterator[Problem]:
    """A scene asks for one kind of decision, and can be decided."""
    kinds = [name for name in KINDS if getattr(scene, name, None)]
    if len(kinds) > 1:
        message = f"a scene asks for one thing, and this has {' and '.join(kinds)}"
        yield problem(placed, (kinds[1],), "kind", message)
    if scene.artifact and scene.kind not in _MADE_IN[scene.artifact]:
        wanted = " or ".join(_MADE_IN[scene.artifact])
        message = f"a {wanted} makes the {scene.artifact}, and this scene asks to {scene.kind}"
        yield problem(placed, ("artifact",), "kind", message)
    always = [choice for choice in scene.choice if not choice.when and not choice.any]
    if scene.offers:
        yield from _offering(placed, scene)
        return
    if scene.pick and scene.pick.budget is None:
        yield problem(placed, ("pick",), "missing-key", "`budget` is missing")
    if scene.kind == "write":
        if len(scene.choice) != 1:
            message = f"a `write` scene has one choice, and this has {len(scene.choice)}"
            yield problem(placed, ("choice",), "kind", message)
    elif len(always) < FEWEST_CHOICES:
        message = f"at least {FEWEST_CHOICES} choices must be without conditions"
        yield problem(placed, ("choice",), "empty-menu", message)
    if scene.rank and scene.rank.keep >= len(always):
        message = (
            f"`keep` is {scene.rank.keep} of {len(always)} choices; something must be left out"
        )
        yield problem(placed, ("rank", "keep"), "kind", message)
    if scene.pick and scene.pick.budget is not None:
        costs = sorted(choice.cost for choice in always)
        if sum(costs) <= scene.pick.budget:
            yield problem(placed, ("pick", "budget"), "kind", "the budget fits everything")
        if sum(costs[: scene.pick.least]) > scene.pick.budget:
            message = f"the budget does not fit {scene.pick.least} choices"
            yield problem(placed, ("pick", "least"), "kind", message)
    yield from _places(placed, scene)


def _offering(placed: Placed, scene: Scene) -> Iterator[Problem]:
    """A scene that lays out items has no choices, and asks what can be asked of items."""
    if scene.choice:
        message = "a scene with `offers` has no choices of its own"
        yield problem(placed, ("choice",), "kind", message)
    if scene.kind not in ("pick", "rank", "sort"):
        message = f"items can be picked, ranked and sorted, and this scene asks to {scene.kind}"
        yield problem(placed, ("offers",), "kind", message)
    if not scene.then:
        yield problem(placed, (), "missing-key", "`then` is missing: what is said afterwards")
    if scene.pick and scene.pick.budget is None and scene.artifact != "sprint-plan":
        yield problem(placed, ("pick",), "missing-key", "`budget` is missing")


def _places(placed: Placed, scene: Scene) -> Iterator[Problem]:
    """What a scene shares out, sorts into or fills can take what there is."""
    always = [choice for choice in scene.choice if not choice.when and not choice.any]
    if scene.allocate:
        most = scene.allocate.most
        if most is not None and most * len(always) < scene.allocate.points:
            message = "the choices cannot take all the points"
            yield problem(placed, ("allocate", "most"), "kind", message)
    if scene.sort:
        yield from _buckets(placed, scene, scene.sort)
    if scene.compose:
        yield from _slots(placed, scene, scene.compose, always)


def _buckets(placed: Placed, scene: Scene, sort: Sort) -> Iterator[Problem]:
    names = [bucket.id for bucket in sort.bucket]
    yield from once(placed, ("sort", "bucket"), "bucket", names)
    limits = [bucket.most for bucket in sort.bucket if bucket.most is not None]
    if len(limits) == len(names) and sum(limits) < len(scene.choice):
        message = "the buckets do not hold all choices"
        yield problem(placed, ("sort", "bucket"), "kind", message)
    readers = {bucket.reader for bucket in sort.bucket if bucket.reader}
    for number, choice in enumerate(scene.choice):
        path: KeyPath = ("choice", number, "into")
        yield from known_keys(placed, path, "bucket", choice.into, set(names))
        for at, untold in enumerate(choice.untold):
            path = ("choice", number, "untold", at, "reader")
            yield from known_name(placed, path, "reader", untold.reader, readers)


def _slots(
    placed: Placed, scene: Scene, compose: Compose, always: list[Choice]
) -> Iterator[Problem]:
    names = [slot.id for slot in compose.slot]
    yield from once(placed, ("compose", "slot"), "slot", names)
    for number, choice in enumerate(scene.choice):
        if choice.slot not in names:
            given = unknown("slot", choice.slot, set(names)) if choice.slot else ""
            message = given or "`slot` is missing"
            yield problem(placed, ("choice", number), "unknown-slot", message)
    for name in names:
        if sum(choice.slot == name for choice in always) < FEWEST_CHOICES:
            message = f"the slot `{name}` needs {FEWEST_CHOICES} choices without conditions"
            yield problem(placed, ("compose", "slot"), "empty-menu", message)


_ONLY_IN: Final[dict[str, tuple[str, ...]]] = {
    "left_out": ("pick", "rank", "allocate"),
    "into": ("sort",),
    "untold": ("sort",),
    "reached": ("allocate",),
    "slot": ("compose",),
    "holds": ("predict",),
    "right": ("predict",),
    "wrong": ("predict",),
}


def _choice(
    placed: Placed, path: KeyPath, scene: Scene, choice: Choice, worlds: Set[str]
) -> Iterator[Problem]:
    for field, kinds in _ONLY_IN.items():
        key = field.replace("_", "-")
        if getattr(choice, field) and scene.kind not in kinds:
            message = (
                f"`{key}` belongs to {' and '.join(kinds)}, and this scene asks to {scene.kind}"
            )
            yield problem(placed, (*path, key), "kind", message)
        elif kinds == ("predict",) and scene.kind == "predict" and not getattr(choice, field):
            yield problem(placed, path, "missing-key", f"`{key}` is missing")
    if choice.cost != 1 and scene.kind != "pick":
        message = f"`cost` belongs to pick, and this scene asks to {scene.kind}"
        yield problem(placed, (*path, "cost"), "kind", message)
    if scene.kind == "sort" and (choice.effects or choice.then or choice.branch or choice.later):
        message = "what follows from sorting stands in `into`, a table for each bucket"
        yield problem(placed, path, "kind", message)
    certain = any(not branch.when and not branch.any for branch in choice.branch)
    if not (
        choice.then
        or scene.then
        or certain
        or _covers(choice, worlds)
        or scene.kind in ("predict", "write")
    ):
        message = (
            "nothing is said when this is chosen: give it a `then`, or a branch without `when`"
        )
        yield problem(placed, path, "missing-key", message)


def _covers(choice: Choice, worlds: Set[str]) -> bool:
    """Whether some branch must hold: there is one for each world, or one for yes and one for no."""
    single = [
        branch.when[0] for branch in choice.branch if len(branch.when) == 1 and not branch.any
    ]
    plain = {condition.text for condition in single if not condition.negated}
    if {f"world {world}" for world in worlds} <= plain:
        return True
    return any(c.negated and c.text.removeprefix("not ").strip() in plain for c in single)
