"""Whatever a pack names is declared somewhere, and its placeholders can be filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Final

from scenes.checks.common import Texts, declared, known_name, known_names, unknown
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
        yield from known_names(placed, ("about",), "item", evidence.about, items)
    for placed, scene in joined.records("scene"):
        here = {choice.id for choice in scene.choice}
        for number, choice in enumerate(scene.choice):
            path = ("choice", number)
            yield from known_name(placed, (*path, "item"), "item", choice.item, items)
            yield from known_name(placed, (*path, "segment"), "segment", choice.segment, segments)
            yield from known_name(placed, (*path, "call"), "call", choice.call, known_calls)
            yield from known_names(placed, (*path, "fits"), "choice", choice.fits, here)


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
        yield from known_name(placed, ("to",), "person", promise.to, people)
    for placed, scene in joined.records("scene"):
        yield from known_name(placed, ("who",), "person", scene.who, people)
        for key, (kind, known) in lists.items():
            yield from known_names(placed, (key,), kind, getattr(scene, key), known)
        for number, bucket in enumerate(scene.sort.bucket if scene.sort else ()):
            path: KeyPath = ("sort", "bucket", number, "reader")
            yield from known_name(placed, path, "person", bucket.reader, people)
        for number, choice in enumerate(scene.choice):
            path = ("choice", number, "cares")
            yield from known_names(placed, path, "person", choice.cares, people)
    for placed, thread in joined.records("thread"):
        for key in ("opens", "returns"):
            yield from known_names(placed, (key,), "scene", getattr(thread, key), scenes)


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


_PLAIN: Final = ("name", "title", "predecessor", "goal", "where")
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
