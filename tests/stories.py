"""Stories of a few lines, made in memory, to state one fact about the rules each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from scenes.language import parse_spoken
from scenes.records import Record
from scenes.schema import (
    Career,
    Ending,
    Evidence,
    Item,
    Pack,
    PackInfo,
    Person,
    Phase,
    Promise,
    Reputation,
    Rescue,
    Scene,
    Segment,
    Start,
    Title,
    World,
)
from scenes.vocabulary import METRICS, PHASES
from state_machine import (
    Allocate,
    Choose,
    Compose,
    Decision,
    Outcome,
    Pick,
    Predict,
    Rank,
    Sort,
    Write,
    advance,
    begin,
)
from state_machine.events import Step
from state_machine.view import View, observe

Table = dict[str, Any]

SCANNER: Table = {"id": "scanner", "title": "Scanner", "kind": "story", "effort": 4}
SEGMENT: Table = {"id": "hotels", "title": "Hotels", "reach": 20, "price": 50, "pays": {}}


def scene(name: str, *choices: Table, **fields: Any) -> Table:
    """A scene of Discover for the PM, unless `fields` say otherwise."""
    return {
        "id": name,
        "phase": "discover",
        "hat": "pm",
        "title": name.replace("-", " ").capitalize(),
        "text": "It is Tuesday.",
        "choice": list(choices) or [choice("go"), choice("stay")],
    } | fields


def choice(name: str, *effects: str, **fields: Any) -> Table:
    """A choice with these effects."""
    words = {"id": name, "say": name.capitalize(), "then": f"You {name}."}
    return words | {"effects": list(effects)} | fields


def invitation(**fields: Any) -> Table:
    """The `invitation` of a scene."""
    return {
        "says": "Come.",
        "where": "in the fridge",
        "default": "It goes on.",
        "missed": {"then": "You were {where}."},
    } | fields


def story(
    *scenes: Table,
    rounds: dict[str, list[Table]] | None = None,
    gates: dict[str, Table] | None = None,
    again: dict[str, list[Table]] | None = None,
    endings: Iterable[Table] = (),
    start: Table | None = None,
    promises: Iterable[Table] = (),
    items: Iterable[Table] = (),
    segments: Iterable[Table] = (),
    skills: dict[str, dict[str, int]] | None = None,
    express: dict[str, list[Table]] | None = None,
    career: Table | None = None,
    titles: Iterable[Table] = (),
    reputations: Iterable[Table] = (),
    references: dict[str, str] | None = None,
) -> Pack:
    """A pack with these scenes. Each phase has one round, all at once if `rounds` says nothing.

    Without `rounds`, every scene without an invitation is the spine of its phase and hat, and
    every scene with one stands in its phase's diary. A scene with a `career` comes by that.
    """
    phases = [
        {
            "id": phase,
            "title": phase.capitalize(),
            "opening": f"It is {phase}.",
            "shows": list(METRICS) if phase == "discover" else [],
            "review": "So far.",
            "round": (rounds or {}).get(phase) or [_whole_round(scenes, phase)],
            "again": (again or {}).get(phase, []),
            "express": (express or {}).get(phase, []),
            "gate": {
                "title": f"After {phase}",
                "passes": "On.",
                "rescue": {"text": "Terms.", "effects": []},
            }
            | (gates or {}).get(phase, {}),
        }
        for phase in PHASES
    ]
    people: list[Table] = [
        {
            "id": "ife",
            "name": "Ife Adeyemi",
            "role": "storekeeper",
            "want": "w",
            "fear": "f",
            "tell": "t",
            "side": "pm",
        },
        {
            "id": "tomas",
            "name": "Tomas",
            "role": "developer",
            "want": "w",
            "fear": "f",
            "tell": "t",
            "side": "po",
        },
    ]
    for person in people:
        person["skills"] = (skills or {}).get(person["id"], {})
        if person["id"] in (references or {}):
            person["reference"] = (references or {})[person["id"]]
    worlds = [{"id": f"world-{x}", "title": x, "truth": f"It was {x}."} for x in "abc"]
    last = {"id": "over", "title": "Over", "because": "It was time.", "text": "The end."}
    return Pack(
        info=_read(
            {
                "id": "tiny",
                "title": "Tiny",
                "version": "1",
                "format": 1,
                "blurb": "b",
                "authors": ["a"],
                "company": "Tiny & Co",
                "setting": "You are {name}.",
            },
            PackInfo,
        ),
        start=_read(
            {"metrics": dict.fromkeys(METRICS, 50), "runway": 100_000, "burn": 1_000}
            | (start or {}),
            Start,
        ),
        career=_read(career, Career) if career else None,
        titles=_by_id(titles, Title),
        reputations=_by_id(reputations, Reputation),
        bailout=_read({"text": "A loan.", "effects": ["runway +50000", "trust ife -1"]}, Rescue),
        persons=_by_id(people, Person),
        worlds=_by_id(worlds, World),
        evidence=_by_id([{"id": "counting", "title": "Counting"}], Evidence),
        segments=_by_id(segments or [SEGMENT], Segment),
        items=_by_id(items or [SCANNER], Item),
        promises=_by_id(
            promises
            or [
                {
                    "id": "demo",
                    "to": "ife",
                    "words": "I will show you",
                    "broken": "You did not.",
                    "effects": ["business -3"],
                }
            ],
            Promise,
        ),
        phases=_by_id(phases, Phase),  # type: ignore[arg-type]  # ids of phases are PhaseIds
        scenes=_by_id(({key: s[key] for key in s if key != "career"} for s in scenes), Scene),
        threads={},
        terms={},
        endings=_by_id([*endings, last], Ending),
        rules_hash="",
        text_hash="",
    )


def steps_of(pack: Pack, *made: Decision | str, seed: int = 7, **fields: Any) -> list[Step]:
    """A run under these decisions; a bare word chooses. The beginning comes first."""
    steps: list[Step] = [(None, begin(pack, seed, **fields))]
    for each in made:
        decision = Choose(each) if isinstance(each, str) else each
        steps.append((decision, advance(pack, steps[-1][1].run, decision)))
    return steps


def play(pack: Pack, *made: Decision | str, seed: int = 7, **fields: Any) -> list[Outcome]:
    """What came of each of these decisions, as in `steps_of`."""
    return [outcome for _, outcome in steps_of(pack, *made, seed=seed, **fields)]


def any_decision(view: View, lots: Iterable[int]) -> Decision:
    """A legal decision for what the view asks, chosen by numbers from anywhere."""
    ask = view.ask
    assert ask is not None
    source = iter(lots)
    order = sorted(ask.options, key=lambda option: (next(source, 0), option.id))
    match ask.kind:
        case "choose":
            return Choose(order[0].id)
        case "predict":
            return Predict(order[0].id)
        case "rank":
            return Rank(tuple(option.id for option in order))
        case "write":
            return Write("Mind the stairs.")
        case "sort":
            free = {place.id: place.most or len(order) for place in ask.places}
            sorted_into: dict[str, str] = {}
            for number, option in enumerate(order):
                roomy = [p for p, most in free.items() if most > 0]
                place = roomy[(number + next(source, 0)) % len(roomy)]
                sorted_into[option.id] = place
                free[place] -= 1
            return Sort(sorted_into)
        case "allocate":
            points = dict.fromkeys((option.id for option in order), 0)
            most = ask.most if ask.most is not None else ask.budget
            for number in range(ask.budget):
                roomy = [name for name, given in points.items() if given < most]
                points[roomy[(number * next(source, 0)) % len(roomy)]] += 1
            return Allocate(points)
        case "compose":
            return Compose({option.slot: option.id for option in order})
        case "pick" | "diary":
            picked, left = [], ask.budget
            for option in order:
                if option.cost <= left:
                    picked.append(option.id)
                    left -= option.cost
            return Pick(tuple(picked))


def any_run(pack: Pack, seed: int, lots: list[int]) -> list[Outcome]:
    """A whole run whose decisions are chosen by the numbers."""
    outcomes = [begin(pack, seed)]
    while not outcomes[-1].run.over:
        run = outcomes[-1].run
        turned = [(lot * 31 + run.decisions * 17 + run.rounds) % 101 for lot in lots]
        outcomes.append(advance(pack, run, any_decision(observe(pack, run), turned)))
    return outcomes


def _whole_round(scenes: Iterable[Table], phase: str) -> Table:
    here = [s for s in scenes if s["phase"] == phase and not {"crisis", "career"} & set(s)]
    return {
        "half-days": 1,
        "diary": [s["id"] for s in here if "invitation" in s],
        "pm": [s["id"] for s in here if s["hat"] == "pm" and "invitation" not in s],
        "po": [s["id"] for s in here if s["hat"] == "po" and "invitation" not in s],
    }


def _by_id(tables: Iterable[Table], kind: type[Any]) -> dict[str, Any]:
    return {table["id"]: _read(table, kind) for table in tables}


def _read(table: Table, kind: type[Record]) -> Any:
    return msgspec.convert(table, kind, dec_hook=parse_spoken)
