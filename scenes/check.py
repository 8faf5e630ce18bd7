"""What can be wrong with a pack whose records are all well formed.

Each function here looks at one thing and yields a `Problem` for each mistake; `check` runs them
all, so that an author sees everything at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from functools import cache
from pathlib import Path
from typing import Any, Final

import tomli

from scenes.diagnostics import KeyPath
from scenes.joined import SINGLE, TABLES, Joined, Placed, Problem, Table
from scenes.language import Effect, Spoken, closest, references
from scenes.schema import (
    Choice,
    Compose,
    Ending,
    Item,
    Phase,
    Record,
    Round,
    Scene,
    Sort,
)
from scenes.vocabulary import (
    DRAWN,
    HATS,
    KINDS,
    LAST_PHASES,
    METRICS,
    PHASES,
    WORKED_ON,
    Hat,
    ItemKind,
)

FEWEST_WORLDS: Final = 3
FEWEST_CUES: Final = 4
FEWEST_CHOICES: Final = 2
LARGEST_NUDGE: Final = 2
THREAD_SPAN: Final = 2
"""A thread comes back at least so many phases later."""

_ID: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
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
}
"""The tables in which the language's references are declared."""


def check(joined: Joined) -> Iterator[Problem]:
    """Everything that is wrong with the records together."""
    texts = tuple(_all(joined))
    yield from _singles(joined)
    yield from _duplicates(joined)
    yield from _spoken_references(joined, texts)
    yield from _named_references(joined)
    yield from _choice_references(joined)
    yield from _placeholders(joined, texts)
    yield from _phases(joined)
    yield from _rounds(joined)
    yield from _gates(joined)
    yield from _scenes(joined, texts)
    yield from _ways_in(joined)
    yield from _worlds(joined)
    yield from _items(joined)
    yield from _threads(joined)
    yield from _endings(joined)


# ── walking ─────────────────────────────────────────────────────────────────────────────


def _walk(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    """All texts, conditions and effects inside a record, with the way to each."""
    if isinstance(value, Spoken | str):
        yield path, value
    elif isinstance(value, Record):
        names = zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True)
        for field, key in names:
            yield from _walk(getattr(value, field), (*path, key))
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _walk(each, (*path, number))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _walk(each, (*path, key))


Texts = tuple[tuple[Placed, KeyPath, Any], ...]
"""All texts, conditions and effects of a pack, with the record and the way to each."""


def _all(joined: Joined) -> Iterator[tuple[Placed, KeyPath, Any]]:
    """All texts, conditions and effects of the pack."""
    groups = [*joined.singles.values(), *joined.tables.values()]
    for placed in (each for group in groups for each in group):
        found = _walk(placed.record, placed.path) if placed.record else placed.spoken
        for path, value in found:
            yield placed, path, value


def _problem(placed: Placed, path: KeyPath, code: str, message: str) -> Problem:
    return Problem(placed.file, (*placed.path, *path), code, message)


# ── what there must be ──────────────────────────────────────────────────────────────────


def _singles(joined: Joined) -> Iterator[Problem]:
    for name in SINGLE:
        found = joined.singles[name]
        if not found:
            yield Problem("pack.toml", (), "missing-table", f"the table [{name}] is missing")
        for extra in found[1:]:
            yield _problem(extra, (), "duplicate", f"a second [{name}]; there can be one")
    for placed in joined.singles["start"]:
        if placed.record:
            for metric in METRICS:
                if metric not in placed.record.metrics:
                    yield _problem(placed, ("metrics",), "missing-key", f"`{metric}` is missing")


def _duplicates(joined: Joined) -> Iterator[Problem]:
    for table in TABLES:
        seen: dict[str, Placed] = {}
        for placed in joined.tables[table]:
            first = seen.setdefault(placed.id, placed)
            if first is not placed and placed.id:
                message = (
                    f"a second {table} with the id `{placed.id}`; the first is in {first.file}"
                )
                yield _problem(placed, ("id",), "duplicate", message)
    for placed, scene in joined.records("scene"):
        counts = Counter(choice.id for choice in scene.choice)
        for number, choice in enumerate(scene.choice):
            if counts[choice.id] > 1:
                message = f"the choice `{choice.id}` stands here more than once"
                yield _problem(placed, ("choice", number, "id"), "duplicate", message)


# ── references ──────────────────────────────────────────────────────────────────────────


class _Anything(frozenset[str]):
    """The ids of a table of which one cannot be read: any name might be it."""

    def __contains__(self, name: object) -> bool:
        return True


def _ids(joined: Joined, table: Table) -> Set[str]:
    """The ids that a table declares, as far as they can be known."""
    if any(p.record is None and not _ID.fullmatch(p.id) for p in joined.tables[table]):
        return _Anything()
    return joined.ids(table)


def _unknown(kind: str, name: str, known: Set[str]) -> str:
    return f"unknown {kind} `{name}`{closest(name, known)}"


def _spoken_references(joined: Joined, texts: Texts) -> Iterator[Problem]:
    """Whatever conditions and effects name is declared, and flags that are read are set."""
    known: dict[str, Set[str]] = {k: _ids(joined, table) for k, table in _TABLE_OF.items()}
    broken = {placed.id for placed in joined.tables["scene"] if placed.record is None}
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
                message = _unknown(kind, name, known[kind]) + why
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
        message = _unknown("bucket", value.args[1], {bucket.id for bucket in scene.sort.bucket})
        yield Problem(placed.file, path, "unknown-bucket", message)


def _choice_references(joined: Joined) -> Iterator[Problem]:
    """Items, segments and other choices that choices name, and items that evidence is about."""
    items, segments = _ids(joined, "item"), _ids(joined, "segment")
    calls = {
        choice.id
        for _, scene in joined.records("scene")
        if scene.artifact == "charter"
        for choice in scene.choice
    }
    for placed, evidence in joined.records("evidence"):
        for number, name in enumerate(evidence.about):
            if name not in items:
                message = _unknown("item", name, items)
                yield _problem(placed, ("about", number), "unknown-item", message)
    for placed, scene in joined.records("scene"):
        here = {choice.id for choice in scene.choice}
        for number, choice in enumerate(scene.choice):
            path = ("choice", number)
            if choice.item and choice.item not in items:
                message = _unknown("item", choice.item, items)
                yield _problem(placed, (*path, "item"), "unknown-item", message)
            if choice.segment and choice.segment not in segments:
                message = _unknown("segment", choice.segment, segments)
                yield _problem(placed, (*path, "segment"), "unknown-segment", message)
            if choice.call and choice.call not in calls:
                message = _unknown("call", choice.call, calls)
                yield _problem(placed, (*path, "call"), "unknown-call", message)
            for at, name in enumerate(choice.fits):
                if name not in here:
                    message = _unknown("choice", name, here)
                    yield _problem(placed, (*path, "fits", at), "unknown-choice", message)


def _named_references(joined: Joined) -> Iterator[Problem]:
    """Whatever records name outside of conditions and effects is declared."""
    people, scenes, terms = _ids(joined, "person"), _ids(joined, "scene"), _ids(joined, "term")
    lists = {
        "terms": ("term", terms),
        "concepts": ("concept", concepts()),
        "cues": ("world", _ids(joined, "world")),
    }
    for placed, promise in joined.records("promise"):
        if promise.to not in people:
            yield _problem(
                placed, ("to",), "unknown-person", _unknown("person", promise.to, people)
            )
    for placed, scene in joined.records("scene"):
        if scene.who and scene.who not in people:
            yield _problem(
                placed, ("who",), "unknown-person", _unknown("person", scene.who, people)
            )
        for key, (kind, known) in lists.items():
            for number, name in enumerate(getattr(scene, key)):
                if name not in known:
                    yield _problem(
                        placed, (key, number), f"unknown-{kind}", _unknown(kind, name, known)
                    )
        for number, choice in enumerate(scene.choice):
            for at, who in enumerate(choice.cares):
                if who not in people:
                    path = ("choice", number, "cares", at)
                    yield _problem(placed, path, "unknown-person", _unknown("person", who, people))
    for placed, thread in joined.records("thread"):
        for key in ("opens", "returns"):
            for number, name in enumerate(getattr(thread, key)):
                if name not in scenes:
                    yield _problem(
                        placed, (key, number), "unknown-scene", _unknown("scene", name, scenes)
                    )


@cache
def concepts() -> frozenset[str]:
    """The ids of what the game teaches, from `scenes/concepts.toml`."""
    text = Path(__file__).with_name("concepts.toml").read_text("utf-8")
    return frozenset(concept["id"] for concept in tomli.loads(text)["concept"])


def _placeholders(joined: Joined, texts: Texts) -> Iterator[Problem]:
    letters = {scene.write.letter for _, scene in joined.records("scene") if scene.write}
    promises = _ids(joined, "promise")
    for placed, path, value in texts:
        if isinstance(value, Spoken) or ("{" not in value and "}" not in value):
            continue
        if "{" in _PLACE.sub("", value) or "}" in _PLACE.sub("", value):
            yield Problem(placed.file, path, "placeholder", "a brace without its other half")
        for found in _PLACE.findall(value):
            problem = _placeholder(found, path, letters, promises)
            if problem:
                yield Problem(placed.file, path, "placeholder", problem)


def _placeholder(found: str, path: KeyPath, letters: Set[str], promises: Set[str]) -> str:
    """What is wrong with a placeholder; empty if nothing is."""
    name, _, argument = found.partition(" ")
    match name:
        case "name" if not argument:
            return ""
        case "where" if not argument:
            return "" if path[-2:] == ("missed", "then") else "`{where}` belongs in `missed.then`"
        case "letter":
            return "" if argument in letters else _unknown("letter", argument, letters)
        case "promise":
            return "" if argument in promises else _unknown("promise", argument, promises)
    guess = closest(name, ("name", "where", "letter", "promise"))
    return f"unknown placeholder `{{{found}}}`{guess}"


# ── phases, rounds and gates ────────────────────────────────────────────────────────────


def _phases(joined: Joined) -> Iterator[Problem]:
    found = _ids(joined, "phase")
    for phase in PHASES:
        if phase not in found:
            yield Problem("phases.toml", (), "missing-table", f"the phase `{phase}` is missing")


def _rounds(joined: Joined) -> Iterator[Problem]:
    scenes = {scene.id: scene for _, scene in joined.records("scene")}
    known = _ids(joined, "scene")
    for placed, phase in joined.records("phase"):
        for key in ("round", "again"):
            for number, a_round in enumerate(getattr(phase, key)):
                path = (key, number)
                yield from _listed(placed, path, (phase, a_round), scenes, known)
                yield from _clash(placed, path, a_round, scenes)


def _listed(
    placed: Placed,
    path: KeyPath,
    where: tuple[Phase, Round],
    scenes: dict[str, Scene],
    known: Set[str],
) -> Iterator[Problem]:
    """The scenes that a round lists exist and belong there."""
    phase, a_round = where
    lists: list[tuple[str, tuple[str, ...]]] = [
        ("diary", a_round.diary),
        ("pm", a_round.pm),
        ("po", a_round.po),
        ("handover", (a_round.handover,) if a_round.handover else ()),
        ("during", a_round.during),
        ("close", a_round.close),
    ]
    for key, names in lists:
        for number, name in enumerate(names):
            at = (*path, key) if key == "handover" else (*path, key, number)
            if name == DRAWN:
                continue
            if name not in known:
                yield _problem(placed, at, "unknown-scene", _unknown("scene", name, known))
            elif name in scenes:
                problem = _misplaced(scenes[name], phase, key)
                if problem:
                    yield _problem(placed, at, "misplaced", problem)


def _misplaced(scene: Scene, phase: Phase, key: str) -> str:
    """Why a scene cannot stand in this list of a round; empty if it can."""
    if scene.phase != phase.id:
        return f"the scene `{scene.id}` is of the phase `{scene.phase}`"
    hat = {"handover": "pm", "during": "po", "close": "po"}.get(key, key)
    if hat in HATS and scene.hat != hat:
        return f"the scene `{scene.id}` is the {scene.hat}'s"
    if (key == "during") != (scene.day is not None):
        why = "needs a `day`" if key == "during" else "belongs in `during`"
        return f"the scene `{scene.id}` {why}"
    if key == "diary" and scene.invitation is None:
        return f"the scene `{scene.id}` has no invitation"
    if key != "diary" and scene.invitation is not None:
        return f"the scene `{scene.id}` comes by invitation; it belongs in `diary`"
    return ""


def _clash(
    placed: Placed, path: KeyPath, a_round: Round, scenes: dict[str, Scene]
) -> Iterator[Problem]:
    """A diary asks for more than there is, and from both hats."""
    if not a_round.diary:
        return
    cost, hats, drawn = 0, set[Hat](), DRAWN in a_round.diary
    for name in a_round.diary:
        scene = scenes.get(name)
        if scene is None or scene.invitation is None:
            cost += 1
            drawn = True
            continue
        cost += scene.invitation.half_days
        hats.add(scene.hat)
        if scene.invitation.half_days > a_round.half_days:
            message = f"`{name}` takes more half-days than the round has"
            yield _problem(placed, (*path, "diary"), "no-clash", message)
    if cost <= a_round.half_days:
        message = (
            f"the diary asks for {cost} of {a_round.half_days} half-days; nothing has to be missed"
        )
        yield _problem(placed, (*path, "diary"), "no-clash", message)
    if len(hats) < len(HATS) and not drawn:
        yield _problem(placed, (*path, "diary"), "no-clash", "all invitations are of one hat")


def _gates(joined: Joined) -> Iterator[Problem]:
    phases = {phase.id: phase for _, phase in joined.records("phase")}
    for placed, phase in joined.records("phase"):
        gate, back = phase.gate, phase.gate.send_back
        if gate.rescue is None and phase.id != PHASES[-1]:
            message = "a gate that may fail needs a `rescue`"
            yield _problem(placed, ("gate",), "missing-key", message)
        if gate.end is not None and phase.id not in LAST_PHASES:
            message = f"only {' and '.join(LAST_PHASES)} can end a run"
            yield _problem(placed, ("gate", "end"), "misplaced", message)
        if back is None:
            continue
        if PHASES.index(back.to) > PHASES.index(phase.id):
            message = f"`{back.to}` comes after `{phase.id}`"
            yield _problem(placed, ("gate", "send-back", "to"), "misplaced", message)
        elif back.to in phases and not phases[back.to].again:
            message = f"the phase `{back.to}` has no [[phase.again]] to go back to"
            yield _problem(placed, ("gate", "send-back", "to"), "misplaced", message)


# ── scenes ──────────────────────────────────────────────────────────────────────────────


def _scenes(joined: Joined, texts: Texts) -> Iterator[Problem]:
    given = {
        value.args[0]
        for _, _, value in texts
        if isinstance(value, Effect) and value.verb == "promise"
    }
    worlds = _ids(joined, "world")
    crises: dict[str, str] = {}
    for placed, scene in joined.records("scene"):
        yield from _kind(placed, scene)
        for number, choice in enumerate(scene.choice):
            yield from _choice(placed, ("choice", number), scene, choice, worlds)
        if scene.crisis:
            other = crises.setdefault(scene.crisis, scene.id)
            if other != scene.id:
                message = f"the crisis of {scene.crisis} is `{other}` already"
                yield _problem(placed, ("crisis",), "duplicate", message)
    yield from _nudges(texts)
    for placed, path, value in texts:
        if isinstance(value, Effect) and value.verb in ("keep", "break", "renegotiate"):
            name = value.args[0]
            if name not in given and name in _ids(joined, "promise"):
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
        yield _problem(placed, (kinds[1],), "kind", message)
    always = [choice for choice in scene.choice if not choice.when and not choice.any]
    if scene.offers:
        yield from _offering(placed, scene)
        return
    if scene.pick and scene.pick.budget is None:
        yield _problem(placed, ("pick",), "missing-key", "`budget` is missing")
    if scene.kind == "write":
        if len(scene.choice) != 1:
            message = f"a `write` scene has one choice, and this has {len(scene.choice)}"
            yield _problem(placed, ("choice",), "kind", message)
    elif len(always) < FEWEST_CHOICES:
        message = f"at least {FEWEST_CHOICES} choices must be without conditions"
        yield _problem(placed, ("choice",), "empty-menu", message)
    if scene.rank and scene.rank.keep >= len(always):
        message = (
            f"`keep` is {scene.rank.keep} of {len(always)} choices; something must be left out"
        )
        yield _problem(placed, ("rank", "keep"), "kind", message)
    if scene.pick and scene.pick.budget is not None and not scene.offers:
        costs = sorted(choice.cost for choice in always)
        if sum(costs) <= scene.pick.budget:
            yield _problem(placed, ("pick", "budget"), "kind", "the budget fits everything")
        if sum(costs[: scene.pick.least]) > scene.pick.budget:
            message = f"the budget does not fit {scene.pick.least} choices"
            yield _problem(placed, ("pick", "least"), "kind", message)
    yield from _places(placed, scene)


def _offering(placed: Placed, scene: Scene) -> Iterator[Problem]:
    """A scene that lays out items has no choices, and asks what can be asked of items."""
    if scene.choice:
        message = "a scene with `offers` has no choices of its own"
        yield _problem(placed, ("choice",), "kind", message)
    if scene.kind not in ("pick", "rank", "sort"):
        message = f"items can be picked, ranked and sorted, and this scene asks to {scene.kind}"
        yield _problem(placed, ("offers",), "kind", message)
    if not scene.then:
        yield _problem(placed, (), "missing-key", "`then` is missing: what is said afterwards")
    if scene.pick and scene.pick.budget is None and scene.artifact != "sprint-plan":
        yield _problem(placed, ("pick",), "missing-key", "`budget` is missing")


def _places(placed: Placed, scene: Scene) -> Iterator[Problem]:
    """What a scene shares out, sorts into or fills can take what there is."""
    always = [choice for choice in scene.choice if not choice.when and not choice.any]
    if scene.allocate:
        most = scene.allocate.most
        if most is not None and most * len(always) < scene.allocate.points:
            message = "the choices cannot take all the points"
            yield _problem(placed, ("allocate", "most"), "kind", message)
    if scene.sort:
        yield from _buckets(placed, scene, scene.sort)
    if scene.compose:
        yield from _slots(placed, scene, scene.compose, always)


def _buckets(placed: Placed, scene: Scene, sort: Sort) -> Iterator[Problem]:
    names = [bucket.id for bucket in sort.bucket]
    yield from _once(placed, ("sort", "bucket"), "bucket", names)
    limits = [bucket.most for bucket in sort.bucket if bucket.most is not None]
    if len(limits) == len(names) and sum(limits) < len(scene.choice):
        message = "the buckets do not hold all choices"
        yield _problem(placed, ("sort", "bucket"), "kind", message)
    for number, choice in enumerate(scene.choice):
        for name in choice.into:
            if name not in names:
                message = _unknown("bucket", name, set(names))
                yield _problem(placed, ("choice", number, "into", name), "unknown-bucket", message)


def _slots(
    placed: Placed, scene: Scene, compose: Compose, always: list[Choice]
) -> Iterator[Problem]:
    names = [slot.id for slot in compose.slot]
    yield from _once(placed, ("compose", "slot"), "slot", names)
    for number, choice in enumerate(scene.choice):
        if choice.slot not in names:
            unknown = _unknown("slot", choice.slot, set(names)) if choice.slot else ""
            message = unknown or "`slot` is missing"
            yield _problem(placed, ("choice", number), "unknown-slot", message)
    for name in names:
        if sum(choice.slot == name for choice in always) < FEWEST_CHOICES:
            message = f"the slot `{name}` needs {FEWEST_CHOICES} choices without conditions"
            yield _problem(placed, ("compose", "slot"), "empty-menu", message)


def _once(placed: Placed, path: KeyPath, what: str, names: list[str]) -> Iterator[Problem]:
    for name, count in Counter(names).items():
        if count > 1:
            yield _problem(placed, path, "duplicate", f"a second {what} `{name}`")


_ONLY_IN: Final[dict[str, tuple[str, ...]]] = {
    "left_out": ("pick", "rank", "allocate"),
    "into": ("sort",),
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
            yield _problem(placed, (*path, key), "kind", message)
        elif kinds == ("predict",) and scene.kind == "predict" and not getattr(choice, field):
            yield _problem(placed, path, "missing-key", f"`{key}` is missing")
    if choice.cost != 1 and scene.kind != "pick":
        message = f"`cost` belongs to pick, and this scene asks to {scene.kind}"
        yield _problem(placed, (*path, "cost"), "kind", message)
    if scene.kind == "sort" and (choice.effects or choice.then or choice.branch or choice.later):
        message = "what follows from sorting stands in `into`, a table for each bucket"
        yield _problem(placed, path, "kind", message)
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
        yield _problem(placed, path, "missing-key", message)


def _covers(choice: Choice, worlds: Set[str]) -> bool:
    """Whether some branch must hold: there is one for each world, or one for yes and one for no."""
    single = [
        branch.when[0] for branch in choice.branch if len(branch.when) == 1 and not branch.any
    ]
    plain = {condition.text for condition in single if not condition.negated}
    if {f"world {world}" for world in worlds} <= plain:
        return True
    return any(c.negated and c.text.removeprefix("not ").strip() in plain for c in single)


def _ways_in(joined: Joined) -> Iterator[Problem]:
    """Every scene can come somehow."""
    rounds = [
        (phase, a_round)
        for _, phase in joined.records("phase")
        for a_round in (*phase.round, *phase.again)
    ]
    named = {name for _, a_round in rounds for name in a_round.named}
    lists = ("diary", *HATS, "during")
    drawn = {(p.id, key) for p, r in rounds for key in lists if DRAWN in getattr(r, key)}
    if any(placed.record is None for placed in joined.tables["phase"]):
        return
    for placed, scene in joined.records("scene"):
        way = "diary" if scene.invitation else "during" if scene.day else scene.hat
        if scene.id not in named and scene.crisis is None and (scene.phase, way) not in drawn:
            message = f"no round of `{scene.phase}` names this scene or draws from its deck"
            yield _problem(placed, ("id",), "unreachable", message)


# ── worlds, threads, endings ────────────────────────────────────────────────────────────


def _worlds(joined: Joined) -> Iterator[Problem]:
    worlds = _ids(joined, "world")
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
                yield _problem(placed, ("id",), "cues", message)
    for placed, segment in joined.records("segment"):
        yield from _keys(placed, "pays", segment.pays, "world", worlds)
    if not joined.tables["segment"]:
        yield Problem("items.toml", (), "missing-table", "there is no [[segment]] of customers")


def _items(joined: Joined) -> Iterator[Problem]:
    """Items come from what they can come from, and have what their kind has."""
    known = {item.id: item for _, item in joined.records("item")}
    segments, worlds = _ids(joined, "segment"), _ids(joined, "world")
    names = _ids(joined, "item")
    for placed, item in joined.records("item"):
        wanted = _COMES_FROM[item.kind]
        if item.of is not None and item.of not in names:
            yield _problem(placed, ("of",), "unknown-item", _unknown("item", item.of, names))
        elif item.of is not None and item.of in known and known[item.of].kind not in wanted:
            kinds = " or ".join(wanted) or "nothing"
            message = f"the {known[item.of].kind} `{item.of}`; a {item.kind} is of {kinds}"
            yield _problem(placed, ("of",), "kind", message)
        elif item.of is None and item.kind in ("requirement", "bug", "debt"):
            yield _problem(placed, (), "missing-key", f"`of` is missing; a {item.kind} needs one")
        for number, name in enumerate(item.needs):
            if name not in names:
                yield _problem(
                    placed, ("needs", number), "unknown-item", _unknown("item", name, names)
                )
        yield from _item_fields(placed, item)
        yield from _keys(placed, "kano", item.kano, "segment", segments)
        yield from _keys(placed, "value", item.value, "world", worlds)
        for world, values in item.value.items():
            yield from _keys(placed, "value", values, "segment", segments, world)
        sums = [sum(item.value.get(world, {}).values()) for world in worlds]
        if item.kind == "story" and sums and min(sums) > 0:
            message = "this is good in every world, so nobody has to find out which it is"
            yield _problem(placed, ("value",), "always-good", message)
    yield from _needs_in_a_circle(joined, known)


_COMES_FROM: Final[dict[ItemKind, tuple[ItemKind, ...]]] = {
    "opportunity": (),
    "requirement": ("opportunity",),
    "story": ("requirement",),
    "enabler": ("requirement", "opportunity"),
    "bug": ("story", "requirement", "enabler"),
    "debt": ("story", "requirement", "enabler"),
}


def _item_fields(placed: Placed, item: Item) -> Iterator[Problem]:
    worked_on = item.kind in WORKED_ON
    if worked_on and item.effort is None:
        yield _problem(placed, (), "missing-key", "`effort` is missing")
    for key, value in (("effort", item.effort), ("estimate", item.estimate), ("value", item.value)):
        if value and not worked_on:
            message = f"`{key}` belongs to the stories of a {item.kind}"
            yield _problem(placed, (key,), "kind", message)
    if item.estimate and item.effort:
        low, high = item.estimate
        if not low <= item.effort <= high:
            message = f"the estimate {low} to {high} does not hold the effort {item.effort}"
            yield _problem(placed, ("estimate",), "estimate", message)
    if item.drag and item.kind != "debt":
        yield _problem(placed, ("drag",), "kind", "only a debt has a drag")


def _keys(
    placed: Placed, key: str, table: Iterable[str], kind: str, known: Set[str], *inner: str
) -> Iterator[Problem]:
    """The keys of a table name things that are declared."""
    for name in sorted(set(table) - known):
        message = _unknown(kind, name, known)
        yield _problem(placed, (key, *inner, name), f"unknown-{kind}", message)


def _needs_in_a_circle(joined: Joined, known: dict[str, Item]) -> Iterator[Problem]:
    """No item waits, by way of others, for itself."""
    for placed, item in joined.records("item"):
        seen: set[str] = set()
        waiting = list(item.needs)
        while waiting:
            name = waiting.pop()
            if name == item.id:
                yield _problem(placed, ("needs",), "circle", f"`{item.id}` waits for itself")
                break
            if name not in seen and name in known:
                seen.add(name)
                waiting += known[name].needs


def _threads(joined: Joined) -> Iterator[Problem]:
    phase_of = {scene.id: PHASES.index(scene.phase) for _, scene in joined.records("scene")}
    for placed, thread in joined.records("thread"):
        opened = [phase_of[name] for name in thread.opens if name in phase_of]
        for number, name in enumerate(thread.returns):
            if opened and name in phase_of and phase_of[name] < min(opened) + THREAD_SPAN:
                message = f"`{name}` comes less than {THREAD_SPAN} phases after the thread opens"
                yield _problem(placed, ("returns", number), "thread", message)


def _endings(joined: Joined) -> Iterator[Problem]:
    endings: list[tuple[Placed, Ending]] = list(joined.records("ending"))
    if not joined.tables["ending"]:
        yield Problem("endings.toml", (), "missing-table", "there is no ending")
    for number, (placed, ending) in enumerate(endings):
        last = number == len(endings) - 1
        conditional = bool(ending.when or ending.any)
        if last and conditional:
            message = "the last ending must be without conditions, so that every run has one"
            yield _problem(placed, (), "endings", message)
        if not last and not conditional:
            message = "an ending without conditions hides all that come after it"
            yield _problem(placed, (), "endings", message)
