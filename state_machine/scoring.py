"""The score of a run: two hats that weigh the same, what was promised, and what was foreseen.

Somebody who took the run over answers for what was open then, whoever began it: promises,
predictions and crossed calls. What had been settled by then does not count. The product and the
numbers of both hats count as they stand; nobody else is there to count them for.
"""

from __future__ import annotations

from scenes.schema import Pack
from scenes.vocabulary import METRICS, STAKEHOLDER_SIDE, TEAM_SIDE, Metric
from state_machine.rules import Rules, default_rules
from state_machine.run import Run, Value, opinion
from state_machine.succession import is_own_prediction, is_own_promise


class Score(Value, frozen=True, kw_only=True):
    """A run's score: each part from 0 to 100 and their weighted `total`, also 0 to 100.

    `product` is what users think of it, `charter` how far calls were made by those whose they
    were. A part is None where there was nothing to judge; its weight then goes to the others.
    """

    product: int | None
    stakeholders: int
    team: int
    promises: int | None
    predictions: int | None
    charter: int | None
    promises_given: int
    promises_kept: int
    predictions_made: int
    predictions_right: int
    total: int


def score(run: Run, rules: Rules | None = None) -> Score:
    """Score a run as it stands; an open promise counts as neither kept nor broken."""
    weights = (rules or default_rules()).score
    own = (name for name in run.promises if is_own_promise(run, name))
    states = [run.promises[name].state for name in own]
    settled = len(states) - states.count("open")
    foreseen = [right for name, right in run.predictions.items() if is_own_prediction(run, name)]
    right = sum(foreseen)
    stakeholders = _mean([run.numbers[metric] for metric in STAKEHOLDER_SIDE])
    team = _mean([run.numbers[metric] for metric in TEAM_SIDE])
    product, charter = opinion(run.numbers), _charter(run)
    promises = _share(states.count("kept"), settled)
    predictions = _share(right, len(foreseen))
    parts = (
        (product, weights.product),
        (stakeholders, weights.stakeholders),
        (team, weights.team),
        (promises, weights.promises),
        (predictions, weights.predictions),
        (charter, weights.charter),
    )
    judged = [(part, weight) for part, weight in parts if part is not None]
    return Score(
        product=product,
        stakeholders=stakeholders,
        team=team,
        promises=promises,
        predictions=predictions,
        charter=charter,
        promises_given=len(states),
        promises_kept=states.count("kept"),
        predictions_made=len(foreseen),
        predictions_right=right,
        total=sum(part * weight for part, weight in judged) // sum(weight for _, weight in judged),
    )


def _charter(run: Run) -> int | None:
    """A quarter less for each call that was crossed and never set right; None without a charter."""
    if "charter" not in run.artifacts:
        return None
    return max(0, 100 - 25 * sum(crossing.open for crossing in run.crossings))


def timeline(pack: Pack, run: Run, metric: Metric) -> tuple[int, ...]:
    """How a metric stood at the start and at the end of each round.

    In a run that was taken over the start is the end of the round before.
    """
    at = METRICS.index(metric)
    since = run.succession.rounds if run.succession else 1
    before = [mark.metrics[at] for mark in run.marks if mark.round < since]
    start = before[-1] if before else pack.start.metrics[metric]
    return (start, *(mark.metrics[at] for mark in run.marks if mark.round >= since))


def _mean(values: list[int]) -> int:
    return sum(values) // len(values)


def _share(part: int, whole: int) -> int | None:
    return 100 * part // whole if whole else None
