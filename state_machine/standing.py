"""How a run stands at a moment that is not its end: what counterfactuals compare.

The score at the end looks at what has come about; half-way through, much of what a decision
did has only been set in motion, because metrics follow their causes slowly. So the standing
counts each metric twice: where it is, and where the rules are pulling it now. The same holds
for the product: what its users think, and what they would think if they knew it well.

What it does not see: what is still to come due, promises that are still open, and money and
users as far as no gauge reads them.
"""

from __future__ import annotations

from typing import Final

from scenes.schema import Pack
from scenes.vocabulary import STAKEHOLDER_SIDE, TEAM_SIDE, Metric, PhaseId
from state_machine import gauges, market
from state_machine.draft import Draft
from state_machine.rules import Rules, default_rules
from state_machine.run import Run, opinion
from state_machine.states import state

SCALE: Final = 10
"""A standing is in tenths, so that small differences are not rounded away."""


def standing(pack: Pack, run: Run, rules: Rules | None = None, *, at: PhaseId | None = None) -> int:
    """How a run stands, 0 to 1000, weighed like the score; bets do not count.

    `at` reads it as in that phase, so that of two runs at one gate the one that passed is
    measured like the one that was sent back.
    """
    draft = Draft(pack, run, rules or default_rules())
    if at is not None:
        draft.state = state(at, "gate")
    weights = draft.rules.score
    parts = (
        (_product(draft), weights.product),
        (_side(draft, STAKEHOLDER_SIDE), weights.stakeholders),
        (_side(draft, TEAM_SIDE), weights.team),
        (_promises(draft), weights.promises),
        (_charter(draft), weights.charter),
    )
    return sum(part * weight for part, weight in parts) // sum(weight for _, weight in parts)


def _side(draft: Draft, metrics: tuple[Metric, ...]) -> int:
    """The metrics of one side, half as they are and half as they are being pulled."""
    both = sum(draft.numbers[metric] + gauges.heading(draft, metric) for metric in metrics)
    return SCALE * both // (2 * len(metrics))


def _product(draft: Draft) -> int:
    """What users think, half as they do and half as it deserves; without users, the latter."""
    segments = draft.pack.segments.values()
    reach = sum(segment.reach for segment in segments)
    if not reach:
        return SCALE * draft.rules.market.at_first
    heard = sum(segment.reach * market.deserved(draft, segment) for segment in segments)
    deserved = SCALE * heard // reach
    now = opinion(draft.numbers)
    return deserved if now is None else (SCALE * now + deserved) // 2


def _promises(draft: Draft) -> int:
    """The share kept, as if one had been kept and one broken before: the first is not all."""
    states = [given.state for given in draft.promises.values()]
    kept, broken = states.count("kept"), states.count("broken")
    return 100 * SCALE * (kept + 1) // (kept + broken + 2)


def _charter(draft: Draft) -> int:
    """A quarter less for each call that was crossed and never set right."""
    return SCALE * max(0, 100 - 25 * sum(crossing.open for crossing in draft.crossings))
