"""Whatever a pack names is declared somewhere, and its placeholders can be filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Final

from scenes.checks.common import Texts, declared, problem, unknown
from scenes.concepts import teaching
from scenes.diagnostics import KeyPath
from scenes.joined import Joined, Placed, Problem, Table
from scenes.language import Effect, Spoken, closest, references
from scenes.schema import Scene
from scenes.vocabulary import MEMORABLE

_PLACE: Final = re.compile(r"\{([^{}]*)\}")


_TABLE_OF: Final[dict[str, Table]] = {
    "person": "person",
    "evidence": "evidence",
    "promise": "promise",
    "segment": "segment",
    "item": "item",
    "world": "world",
    "scene": "scene",
    "invitation": "scene",
    "title": "title",
    "reputation": "reputation",
}
"""The tables in which the language's references are declared."""


def spoken_references(joined: Joined, texts: Texts) -> Iterator[Problem]:
    """Whatever conditions and effects name is declared, and flags that are read are set."""
    known: dict[str, Set[str]] = {k: declared(joined, table) for k, table in _TABLE_OF.items()}
    broken = {placed.id for placed in joined.tables["scene"] if placed.record is None}
    known["competency"] = {competency.id for competency in teaching().competency}
    known["choice"] = {
        f"{scene.id}/{choice.id}" for _, scene in joined.records("scene") for choice in scene.choice
    }
    known["flag"] = {
        value.args[0] for _, _, value in texts if isinstance(value, Effect) and value.verb == "flag"
    }
    invited = {s.id for _, s in joined.records("scene") if s.invitation} | broken
    scenes_by_id = {scene.id: scene for _, scene in joined.records("scene")}
    for placed, path, value in texts:
        if not isinstance(value, Spoken):
            continue
        for kind, name in references(value):
            if kind == "choice" and name.partition("/")[0] in broken:
                continue
            if name not in known[kind] and not (kind == "flag" and broken):
                why = "; no effect notes it" if kind == "flag" else ""
                message = unknown(kind, name, known[kind]) + why
                yield Problem(placed.file, path, f"unknown-{kind}", message)
            elif kind == "choice" and value.verb in ("placed", "points"):
                yield from _way_of_deciding(placed, path, value, scenes_by_id)
            elif kind == "invitation" and name not in invited:
                message = f"the scene `{name}` has no invitation to accept or miss"
                yield Problem(placed.file, path, "unknown-invitation", message)


def _way_of_deciding(
    placed: Placed, path: KeyPath, value: Spoken, scenes: dict[str, Scene]
) -> Iterator[Problem]:
    """`placed` asks about a `sort` and one of its buckets, `points` about an `allocate`."""
    scene = scenes[value.args[0].partition("/")[0]]
    wanted = "sort" if value.verb == "placed" else "allocate"
    if scene.kind != wanted:
        message = f"`{value.verb}` asks about a {wanted}, and `{scene.id}` asks to {scene.kind}"
        yield Problem(placed.file, path, "kind", message)
    elif scene.sort and value.args[1] not in {bucket.id for bucket in scene.sort.bucket}:
        message = unknown("bucket", value.args[1], {bucket.id for bucket in scene.sort.bucket})
        yield Problem(placed.file, path, "unknown-bucket", message)


def calls(joined: Joined) -> frozenset[str]:
    """The calls that charters sort."""
    return frozenset(
        choice.id
        for _, scene in joined.records("scene")
        if scene.artifact == "charter"
        for choice in scene.choice
    )


def choice_references(joined: Joined) -> Iterator[Problem]:
    """Items, segments and other choices that choices name, and items that evidence is about."""
    items, segments = declared(joined, "item"), declared(joined, "segment")
    known_calls = calls(joined)
    for placed, evidence in joined.records("evidence"):
        for number, name in enumerate(evidence.about):
            if name not in items:
                message = unknown("item", name, items)
                yield problem(placed, ("about", number), "unknown-item", message)
    for placed, scene in joined.records("scene"):
        here = {choice.id for choice in scene.choice}
        for number, choice in enumerate(scene.choice):
            path = ("choice", number)
            if choice.item and choice.item not in items:
                message = unknown("item", choice.item, items)
                yield problem(placed, (*path, "item"), "unknown-item", message)
            if choice.segment and choice.segment not in segments:
                message = unknown("segment", choice.segment, segments)
                yield problem(placed, (*path, "segment"), "unknown-segment", message)
            if choice.call and choice.call not in known_calls:
                message = unknown("call", choice.call, known_calls)
                yield problem(placed, (*path, "call"), "unknown-call", message)
            for at, name in enumerate(choice.fits):
                if name not in here:
                    message = unknown("choice", name, here)
                    yield problem(placed, (*path, "fits", at), "unknown-choice", message)


def named_references(joined: Joined) -> Iterator[Problem]:
    """Whatever records name outside of conditions and effects is declared."""
    people, scenes, terms = (
        declared(joined, "person"),
        declared(joined, "scene"),
        declared(joined, "term"),
    )
    lists = {
        "terms": ("term", terms),
        "concepts": ("concept", {concept.id for concept in teaching().concept}),
        "cues": ("world", declared(joined, "world")),
    }
    for placed, promise in joined.records("promise"):
        if promise.to not in people:
            yield problem(placed, ("to",), "unknown-person", unknown("person", promise.to, people))
    for placed, scene in joined.records("scene"):
        if scene.who and scene.who not in people:
            yield problem(placed, ("who",), "unknown-person", unknown("person", scene.who, people))
        for key, (kind, known) in lists.items():
            for number, name in enumerate(getattr(scene, key)):
                if name not in known:
                    yield problem(
                        placed, (key, number), f"unknown-{kind}", unknown(kind, name, known)
                    )
        for number, bucket in enumerate(scene.sort.bucket if scene.sort else ()):
            if bucket.reader and bucket.reader not in people:
                message = unknown("person", bucket.reader, people)
                at_reader = ("sort", "bucket", number, "reader")
                yield problem(placed, at_reader, "unknown-person", message)
        for number, choice in enumerate(scene.choice):
            for at, who in enumerate(choice.cares):
                if who not in people:
                    path = ("choice", number, "cares", at)
                    yield problem(placed, path, "unknown-person", unknown("person", who, people))
    for placed, thread in joined.records("thread"):
        for key in ("opens", "returns"):
            for number, name in enumerate(getattr(thread, key)):
                if name not in scenes:
                    yield problem(
                        placed, (key, number), "unknown-scene", unknown("scene", name, scenes)
                    )


def placeholders(joined: Joined, texts: Texts) -> Iterator[Problem]:
    """Every placeholder in a text can be filled."""
    named: dict[str, Set[str]] = {
        "letter": {scene.write.letter for _, scene in joined.records("scene") if scene.write},
        "promise": declared(joined, "promise"),
        "chose": declared(joined, "scene"),
        "card": _slots_of_cards(joined),
        "past": frozenset(MEMORABLE),
    }
    for placed, path, value in texts:
        if isinstance(value, Spoken) or ("{" not in value and "}" not in value):
            continue
        if "{" in _PLACE.sub("", value) or "}" in _PLACE.sub("", value):
            yield Problem(placed.file, path, "placeholder", "a brace without its other half")
        for found in _PLACE.findall(value):
            wrong = _placeholder(found, path, named)
            if wrong:
                yield Problem(placed.file, path, "placeholder", wrong)


def _slots_of_cards(joined: Joined) -> Set[str]:
    """The slots of vision cards."""
    return {
        slot.id
        for _, scene in joined.records("scene")
        if scene.artifact == "vision-card" and scene.compose
        for slot in scene.compose.slot
    }


_PLAIN: Final = ("name", "title", "goal", "where")
"""The placeholders that stand alone; the others name something."""


def _placeholder(found: str, path: KeyPath, named: dict[str, Set[str]]) -> str:
    """What is wrong with a placeholder; empty if nothing is."""
    name, _, argument = found.partition(" ")
    if name == "where" and path[-2:] != ("missed", "then"):
        return "`{where}` belongs in `missed.then`"
    if name in named:
        return "" if argument in named[name] else unknown(name, argument, named[name])
    if name in _PLAIN and not argument:
        return ""
    guess = closest(name, (*_PLAIN, *named))
    return f"unknown placeholder `{{{found}}}`{guess}"
