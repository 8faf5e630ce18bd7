"""The score of a run: two hats that weigh the same, what was promised, and what was foreseen."""

from __future__ import annotations

from scenes.schema import Pack
from scenes.vocabulary import METRICS, STAKEHOLDER_SIDE, TEAM_SIDE, Metric
from state_machine.rules import Rules, default_rules
from state_machine.run import Run, Value


class Score(Value, frozen=True, kw_only=True):
    """A run's score: each part from 0 to 100 and their weighted `total`, also 0 to 100.

    `promises` and `predictions` are None where there were none to judge; their weight then
    goes to the two sides.
    """

    stakeholders: int
    team: int
    promises: int | None
    predictions: int | None
    promises_given: int
    promises_kept: int
    predictions_made: int
    predictions_right: int
    total: int


def score(run: Run, rules: Rules | None = None) -> Score:
    """Score a run as it stands; an open promise counts as neither kept nor broken."""
    weights = (rules or default_rules()).score
    states = [given.state for given in run.promises.values()]
    settled = len(states) - states.count("open")
    right = sum(run.predictions.values())
    parts = [
        (_mean([run.numbers[metric] for metric in STAKEHOLDER_SIDE]), weights.stakeholders),
        (_mean([run.numbers[metric] for metric in TEAM_SIDE]), weights.team),
        (_share(states.count("kept"), settled), weights.promises),
        (_share(right, len(run.predictions)), weights.predictions),
    ]
    judged = [(part, weight) for part, weight in parts if part is not None]
    total = sum(part * weight for part, weight in judged) // sum(weight for _, weight in judged)
    return Score(
        stakeholders=parts[0][0] or 0,
        team=parts[1][0] or 0,
        promises=parts[2][0],
        predictions=parts[3][0],
        promises_given=len(states),
        promises_kept=states.count("kept"),
        predictions_made=len(run.predictions),
        predictions_right=right,
        total=total,
    )


def timeline(pack: Pack, run: Run, metric: Metric) -> tuple[int, ...]:
    """How a metric stood at the start and at the end of each round."""
    at = METRICS.index(metric)
    return (pack.start.metrics[metric], *(mark.metrics[at] for mark in run.marks))


def _mean(values: list[int]) -> int:
    return sum(values) // len(values)


def _share(part: int, whole: int) -> int | None:
    return 100 * part // whole if whole else None
