"""What can be wrong with a pack whose records are all well formed.

Each function here and in `checks` looks at one thing and yields a `Problem` for each mistake;
`check` runs them all, so that an author sees everything at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scenes.checks.career import careers
from scenes.checks.common import all_texts, problem
from scenes.checks.decisions import all_scenes
from scenes.checks.references import (
    choice_references,
    named_references,
    placeholders,
    spoken_references,
)
from scenes.checks.rounds import all_phases, gates, rounds_and_diaries, ways_in
from scenes.checks.world import all_items, endings, threads, worlds_and_segments
from scenes.joined import OPTIONAL, SINGLE, TABLES, Joined, Placed, Problem
from scenes.vocabulary import METRICS


def check(joined: Joined) -> Iterator[Problem]:
    """Everything that is wrong with the records together."""
    texts = tuple(all_texts(joined))
    yield from _singles(joined)
    yield from _duplicates(joined)
    yield from spoken_references(joined, texts)
    yield from named_references(joined)
    yield from choice_references(joined)
    yield from placeholders(joined, texts)
    yield from all_phases(joined)
    yield from rounds_and_diaries(joined)
    yield from gates(joined)
    yield from all_scenes(joined, texts)
    yield from ways_in(joined)
    yield from worlds_and_segments(joined)
    yield from all_items(joined)
    yield from threads(joined)
    yield from endings(joined)
    yield from careers(joined)


def _singles(joined: Joined) -> Iterator[Problem]:
    for name in SINGLE:
        found = joined.singles[name]
        if not found and name not in OPTIONAL:
            yield Problem("pack.toml", (), "missing-table", f"the table [{name}] is missing")
        for extra in found[1:]:
            yield problem(extra, (), "duplicate", f"a second [{name}]; there can be one")
    for placed in joined.singles["start"]:
        if placed.record:
            for metric in METRICS:
                if metric not in placed.record.metrics:
                    yield problem(placed, ("metrics",), "missing-key", f"`{metric}` is missing")


def _duplicates(joined: Joined) -> Iterator[Problem]:
    for table in TABLES:
        seen: dict[str, Placed] = {}
        for placed in joined.tables[table]:
            first = seen.setdefault(placed.id, placed)
            if first is not placed and placed.id:
                message = (
                    f"a second {table} with the id `{placed.id}`; the first is in {first.file}"
                )
                yield problem(placed, ("id",), "duplicate", message)
    for placed, scene in joined.records("scene"):
        counts = Counter(choice.id for choice in scene.choice)
        for number, choice in enumerate(scene.choice):
            if counts[choice.id] > 1:
                message = f"the choice `{choice.id}` stands here more than once"
                yield problem(placed, ("choice", number, "id"), "duplicate", message)
