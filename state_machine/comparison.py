"""Runs of one pack side by side: where they part, what they decided, what came of it, and why.

Nothing is computed again: all of it is read from the steps as they were recorded, each run with
the pack and the rules that it was played on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Final, Literal

from scenes.vocabulary import METRICS, Metric, PhaseId
from state_machine.alignment import Crossroad, Entrant, Parting, crossroads, partings
from state_machine.differences import Gap, gaps
from state_machine.events import GateHeld
from state_machine.rules import default_rules
from state_machine.run import Value, users
from state_machine.scoring import Score, score
from state_machine.texts import shown_metrics

LEAST: Final = 2
MOST: Final = 8
"""So many runs can be compared."""

Facet = Literal["seed", "world", "edition", "past", "predecessor", "story", "rules"]
"""What can be different before anybody has decided anything."""


class DifferentPacks(ValueError):
    """Runs of different companies, between which there is nothing to compare."""


class Unlike(Value, frozen=True, kw_only=True):
    """Something in which the beginnings differ, and how it was in each run, in a few words.

    For `rules` there are no words. Runs of the same `kinds` had the same, which words may not
    show: two jobs at one company can have left different things.
    """

    facet: Facet
    values: tuple[str, ...]
    kinds: tuple[int, ...]


class GateResult(Value, frozen=True, kw_only=True):
    """How a gate closed on a run."""

    phase: PhaseId
    title: str
    result: Literal["passes", "sent-back", "rescued", "ends"]


class Standing(Value, frozen=True, kw_only=True):
    """How a run stands at its last step: the ending and the score, or how far it has come.

    `ending` and `world` are titles, empty while the run is not over. `decisions` counts all of
    them, also how diaries were filled. `rounds` are the phases of all rounds so far.
    """

    name: str
    player: str
    state: str
    decisions: int
    ending: str
    world: str
    score: Score
    gates: tuple[GateResult, ...]
    runway: int
    revenue: int
    users: int
    metrics: tuple[int, ...]
    rounds: tuple[PhaseId, ...]

    @property
    def over(self) -> bool:
        """Whether the run has reached its ending."""
        return bool(self.ending)


class Comparison(Value, frozen=True, kw_only=True):
    """Runs side by side; wherever there is something for each run, it stands in their order.

    `partings` are the moments at which runs that had decided alike so far part, the first one
    first. `pair` are the two that stand furthest apart in the end, of those that parted and are
    over if there are such. `gaps` are the numbers in which the pair differs,
    the metrics before all others, the widest first.
    """

    company: str
    phases: tuple[tuple[PhaseId, str], ...]
    """The phases and their titles."""
    standings: tuple[Standing, ...]
    unlike: tuple[Unlike, ...]
    partings: tuple[Parting, ...]
    crossroads: tuple[Crossroad, ...]
    timelines: tuple[tuple[Metric, tuple[tuple[int, ...], ...]], ...]
    """For each metric that any of them has seen, its course in each run."""
    pair: tuple[int, int]
    gaps: tuple[Gap, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What the runs are called."""
        return tuple(standing.name for standing in self.standings)


def compare(entrants: Sequence[Entrant]) -> Comparison:
    """Put runs side by side; they need not be over.

    Raises `DifferentPacks` if they are of different companies, and `ValueError` if they are too
    few or too many, if two have the same name, or if one has not even a beginning.
    """
    _refuse(entrants)
    standings = tuple(map(_standing, entrants))
    parted = tuple(partings(entrants))
    pair = _furthest_apart(standings, parted)
    shown = {m for each in entrants for m in shown_metrics(each.pack, each.last.entered)}
    pack = entrants[0].pack
    return Comparison(
        company=pack.info.title,
        phases=tuple((phase.id, phase.title) for phase in pack.phases.values()),
        standings=standings,
        unlike=tuple(_unlike(entrants)),
        partings=parted,
        crossroads=crossroads(entrants),
        timelines=tuple(
            (metric, tuple(_course(each, metric) for each in entrants))
            for metric in METRICS
            if metric in shown
        ),
        pair=pair,
        gaps=gaps(entrants[pair[0]], entrants[pair[1]], shown),
    )


def _refuse(entrants: Sequence[Entrant]) -> None:
    if not LEAST <= len(entrants) <= MOST:
        raise ValueError(f"from {LEAST} to {MOST} runs can be compared, and not {len(entrants)}")
    names = [each.name for each in entrants]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise ValueError(f"`{twice}` cannot be compared with itself")
    if not all(each.steps for each in entrants):
        raise ValueError("a run needs at least its beginning to be compared")
    one = entrants[0]
    other = next((each for each in entrants if each.last.pack != one.last.pack), None)
    if other:
        raise DifferentPacks(
            f"`{one.name}` is a run of “{one.pack.info.title}” and `{other.name}` one of "
            f"“{other.pack.info.title}”; only runs of the same company can be compared"
        )


# ── the beginnings and the ends ─────────────────────────────────────────────────────────


def _unlike(entrants: Sequence[Entrant]) -> Iterator[Unlike]:
    """In what the runs differ before their first decision.

    A hidden world is told only where all of them are over: else the one would tell the other's.
    """
    firsts = [each.first for each in entrants]
    pasts = [run.past for run in firsts]
    rules = [each.rules or default_rules() for each in entrants]
    packs = [each.pack for each in entrants]
    worlds = [
        each.pack.worlds[each.first.world].title if each.last.over else "" for each in entrants
    ]
    told: tuple[tuple[Facet, Sequence[object], Sequence[str]], ...] = (
        ("seed", [run.seed for run in firsts], [str(run.seed) for run in firsts]),
        ("world", worlds if all(worlds) else [], worlds),
        ("edition", [run.edition for run in firsts], [run.edition for run in firsts]),
        ("past", pasts, [past.company if past else "" for past in pasts]),
        ("predecessor", [run.predecessor for run in firsts], [run.predecessor for run in firsts]),
        ("story", [pack.rules_hash for pack in packs], [pack.info.version for pack in packs]),
        ("rules", rules, [str(rules.index(each) + 1) for each in rules]),
    )
    for facet, kept, words in told:
        if any(each != kept[0] for each in kept):
            kinds = tuple(kept.index(each) for each in kept)
            yield Unlike(facet=facet, values=tuple(words), kinds=kinds)


def _course(entrant: Entrant, metric: Metric) -> tuple[int, ...]:
    """How a metric stood at the start and at the end of each round, also of a predecessor's.

    So runs stand beside each other round by round, whoever began them.
    """
    at = METRICS.index(metric)
    marks = (mark.metrics[at] for mark in entrant.last.marks)
    return (entrant.pack.start.metrics[metric], *marks)


def _standing(entrant: Entrant) -> Standing:
    run, pack = entrant.last, entrant.pack
    ending, world = pack.endings.get(run.ending), pack.worlds.get(run.world)
    return Standing(
        name=entrant.name,
        player=run.player,
        state=run.state,
        decisions=len(entrant.steps) - 1,
        ending=ending.title if ending else run.ending,
        world=world.title if world and run.over else "",
        score=score(run, entrant.rules),
        gates=tuple(
            GateResult(
                phase=event.phase, title=pack.phases[event.phase].gate.title, result=event.result
            )
            for _, outcome in entrant.steps
            for event in outcome.events
            if isinstance(event, GateHeld)
        ),
        runway=run.numbers["runway"],
        revenue=run.numbers["revenue"],
        users=users(run.numbers),
        metrics=tuple(run.numbers[metric] for metric in METRICS),
        rounds=tuple(mark.phase for mark in run.marks),
    )


def _furthest_apart(standings: Sequence[Standing], partings: Sequence[Parting]) -> tuple[int, int]:
    """The two whose scores lie furthest apart, or else their metrics.

    Two that went the same way are only taken if all did, and after that one that is not over
    only if there is no other.
    """
    parted = {
        pair
        for parting in partings
        for one, other in combinations(parting.branches, 2)
        for pair in (*product(one.runs, other.runs), *product(other.runs, one.runs))
    }

    def apart(pair: tuple[int, int]) -> tuple[bool, bool, int, int]:
        one, other = standings[pair[0]], standings[pair[1]]
        metrics = zip(one.metrics, other.metrics, strict=True)
        scores = abs(one.score.total - other.score.total)
        both_over = one.over and other.over
        return pair in parted, both_over, scores, sum(abs(a - b) for a, b in metrics)

    return max(combinations(range(len(standings)), 2), key=apart)
