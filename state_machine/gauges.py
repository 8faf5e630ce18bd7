"""Metrics follow what there is: each round, a part of the way towards the gauges they watch.

A gauge reads one cause, 0 to 100: how much its people trust, what users think, how long cards
wait, what an artifact is worth. Which metric watches which gauges, with which weight and from
which phase on, stands in `rules.toml`. Choices therefore write causes, and this is where they
become the eight numbers on the windowsill, with a ledger entry for each gauge that moved one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from scenes.vocabulary import PHASES, ArtifactId, Metric
from state_machine import artifacts, items, market, team
from state_machine.events import Cause
from state_machine.run import DAYS, opinion, users

if TYPE_CHECKING:
    from state_machine.draft import Draft

Gauge = Callable[["Draft", Metric], int | None]
"""Reads a cause, 0 to 100, for the metric that watches it; None while there is nothing to read."""


def move(draft: Draft) -> None:
    """Move every metric a part of the way towards the gauges that it watches.

    A gauge that has nothing to read yet holds the metric where it is, with its own weight.
    """
    for metric, watched in draft.rules.watches.items():
        phase, now = PHASES.index(draft.phase), draft.numbers[metric]
        since = [watch for watch in watched if phase >= PHASES.index(watch.since)]
        whole = sum(watch.weight for watch in since) * draft.rules.gauges_divisor
        for watch in since:
            reading = _GAUGES[watch.gauge](draft, metric)
            if reading is not None:
                pull = watch.weight * (reading - now)
                step = (abs(pull) + whole // 2) // whole * (1 if pull > 0 else -1)
                draft.change(metric, step, Cause("rule", watch.gauge))


# ── people ──────────────────────────────────────────────────────────────────────────────


def _voices(draft: Draft, metric: Metric) -> int | None:
    """How far the people who speak for a metric trust."""
    trusts = [
        draft.numbers.get(f"trust {person.id}", 0)
        for person in draft.pack.persons.values()
        if person.voice == metric
    ]
    return max(0, min(100, 50 + 18 * sum(trusts) // len(trusts))) if trusts else None


def _promises(draft: Draft, _metric: Metric) -> int | None:
    settled = [given.state for given in draft.promises.values() if given.state != "open"]
    return 100 * settled.count("kept") // len(settled) if settled else None


# ── money and users ─────────────────────────────────────────────────────────────────────


def _money(draft: Draft, _metric: Metric) -> int | None:
    """How long the money lasts: sixteen weeks are enough for a good night."""
    share, of = draft.rules.revenue_share
    fortnight = draft.pack.start.burn - draft.numbers["revenue"] * share // of
    if fortnight <= 0:
        return 100
    return max(0, min(100, 100 * draft.numbers["runway"] // (fortnight * 8)))


def _income(draft: Draft, _metric: Metric) -> int | None:
    """How much of its cost the product earns; a third of it is more than most ever do."""
    share, of = draft.rules.revenue_share
    earned = draft.numbers["revenue"] * share // of
    return min(100, 300 * earned // draft.pack.start.burn) if draft.pack.start.burn else None


def _satisfaction(draft: Draft, _metric: Metric) -> int | None:
    """What users think of the product, once it can be had."""
    return opinion(draft.numbers) if market.is_open(draft) else None


def _standing(draft: Draft, _metric: Metric) -> int | None:
    """How many there are of those who could be: what strangers see of a product."""
    if not market.is_open(draft):
        return None
    reach = sum(segment.reach for segment in draft.pack.segments.values())
    return min(100, 30 + 100 * users(draft.numbers) // (2 * reach)) if reach else None


def _known(draft: Draft, _metric: Metric) -> int | None:
    """How much is known of the questions that matter; five pieces of evidence are plenty."""
    return min(100, 30 + 14 * artifacts.pieces_of_evidence(draft))


# ── artifacts ───────────────────────────────────────────────────────────────────────────


def _paper(artifact: ArtifactId) -> Gauge:
    """A gauge of how good an artifact is; that it is there at all counts for a quarter."""

    def gauge(draft: Draft, _metric: Metric) -> int | None:
        quality = artifacts.quality_of(draft, artifact)
        return 25 + 75 * quality // 100 if quality is not None else None

    return gauge


def _order(draft: Draft, _metric: Metric) -> int | None:
    return artifacts.order_of(draft) if len(draft.backlog) > 1 else None


def _ready(draft: Draft, _metric: Metric) -> int | None:
    return artifacts.readiness(draft) if draft.backlog else None


# ── work ────────────────────────────────────────────────────────────────────────────────


def _finishing(draft: Draft, _metric: Metric) -> int | None:
    """How much of what was planned for the last sprint got done, the goal counting half."""
    if not draft.sprints:
        return None
    last = draft.sprints[-1]
    share = 100 * min(last.done, last.planned) // last.planned if last.planned else 50
    return (share + 100 * last.goal_met) // 2


def _lead_time(draft: Draft, _metric: Metric) -> int | None:
    """How long cards took, from two days (100) to the whole sprint (0)."""
    if not draft.sprints or not draft.sprints[-1].lead_time:
        return None
    return max(0, min(100, 100 * (DAYS * 10 - draft.sprints[-1].lead_time) // (DAYS * 10 - 20)))


def _soundness(draft: Draft, _metric: Metric) -> int | None:
    """What the test let through, and the bugs that are known and open."""
    if not draft.sprints:
        return None
    bugs = len(items.open_of(draft, "bug"))
    return max(0, 75 - 15 * draft.sprints[-1].escaped - 12 * bugs)


def _debt(draft: Draft, _metric: Metric) -> int | None:
    return max(0, 70 - 4 * draft.numbers.get("debt", 0)) if draft.sprints else None


def _undisturbed(draft: Draft, _metric: Metric) -> int | None:
    """How far a sprint was left alone: cards put in late, and time taken from it."""
    if not draft.sprints:
        return None
    last = draft.sprints[-1]
    return max(0, 75 - 25 * last.late - (draft.rules.sprint.focus - team.focus(draft)))


_GAUGES: Final[dict[str, Gauge]] = {
    "voices": _voices,
    "promises": _promises,
    "money": _money,
    "income": _income,
    "satisfaction": _satisfaction,
    "standing": _standing,
    "known": _known,
    "vision-card": _paper("vision-card"),
    "requirement-document": _paper("requirement-document"),
    "roadmap": _paper("roadmap"),
    "order": _order,
    "ready": _ready,
    "finishing": _finishing,
    "lead-time": _lead_time,
    "soundness": _soundness,
    "debt": _debt,
    "undisturbed": _undisturbed,
}
