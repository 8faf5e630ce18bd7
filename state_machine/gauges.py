"""Metrics follow what there is: each round, a part of the way towards the gauges they watch.

A gauge reads one cause, 0 to 100: how much its people trust, what users think, how long cards
wait, what an artifact is worth. Which metric watches which gauges, with which weight and from
which phase on, stands in `rules.toml`, and so does the scale of each gauge. Choices therefore
write causes, and this is where they become the eight numbers on the windowsill, with a ledger
entry for each gauge that moved one.
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
    phase, part = PHASES.index(draft.phase), draft.rules.gauges.part
    for metric, watched in draft.rules.watches.items():
        now = draft.numbers[metric]
        since = [watch for watch in watched if phase >= PHASES.index(watch.since)]
        whole = sum(watch.weight for watch in since) * part
        for watch in since:
            reading = _GAUGES[watch.gauge](draft, metric)
            if reading is not None:
                pull = watch.weight * (reading - now)
                step = (abs(pull) + whole // 2) // whole * (1 if pull > 0 else -1)
                draft.change(metric, step, Cause("rule", watch.gauge))


def heading(draft: Draft, metric: Metric) -> int:
    """Where a metric would come to, 0 to 100, if all that it watches stayed as it is now."""
    phase, now = PHASES.index(draft.phase), draft.numbers[metric]
    watched = draft.rules.watches.get(metric, ())
    since = [watch for watch in watched if phase >= PHASES.index(watch.since)]
    if not since:
        return now
    readings = ((watch.weight, _GAUGES[watch.gauge](draft, metric)) for watch in since)
    pull = sum(weight * (now if reading is None else reading) for weight, reading in readings)
    return pull // sum(watch.weight for watch in since)


# ── people ──────────────────────────────────────────────────────────────────────────────


def _voices(draft: Draft, metric: Metric) -> int | None:
    """How far the people who speak for a metric trust."""
    trusts = [
        draft.numbers.get(f"trust {person.id}", 0)
        for person in draft.pack.persons.values()
        if person.voice == metric
    ]
    if not trusts:
        return None
    return max(0, min(100, 50 + draft.rules.gauges.trust * sum(trusts) // len(trusts)))


def _promises(draft: Draft, _metric: Metric) -> int | None:
    settled = [given.state for given in draft.promises.values() if given.state != "open"]
    return 100 * settled.count("kept") // len(settled) if settled else None


# ── money and users ─────────────────────────────────────────────────────────────────────


def _money(draft: Draft, _metric: Metric) -> int | None:
    """How long the money lasts, up to what is enough for a good night."""
    share, of = draft.rules.revenue_share
    fortnight = draft.pack.start.burn - draft.numbers["revenue"] * share // of
    if fortnight <= 0:
        return 100
    enough = fortnight * draft.rules.gauges.fortnights
    return max(0, min(100, 100 * draft.numbers["runway"] // enough))


def _income(draft: Draft, _metric: Metric) -> int | None:
    """How much of its cost the product earns, of what anybody hopes for in its first year."""
    (share, of), burn = draft.rules.revenue_share, draft.pack.start.burn
    earned = draft.numbers["revenue"] * share // of
    return min(100, 100 * draft.rules.gauges.income * earned // burn) if burn else None


def _satisfaction(draft: Draft, _metric: Metric) -> int | None:
    """What users think of the product, once it can be had."""
    return opinion(draft.numbers) if market.is_open(draft) else None


def _standing(draft: Draft, _metric: Metric) -> int | None:
    """How many there are of those who could be: what strangers see of a product."""
    if not market.is_open(draft):
        return None
    reach = sum(segment.reach for segment in draft.pack.segments.values())
    rules = draft.rules.gauges
    everybody = reach * rules.standing_rounds
    return min(100, rules.standing + 100 * users(draft.numbers) // everybody) if reach else None


def _known(draft: Draft, _metric: Metric) -> int | None:
    """How much is known of the questions that matter."""
    rules = draft.rules.gauges
    return min(100, rules.known + rules.known_piece * artifacts.pieces_of_evidence(draft))


# ── artifacts ───────────────────────────────────────────────────────────────────────────


def _paper(artifact: ArtifactId) -> Gauge:
    """A gauge of how good an artifact is; that it is there at all counts for a part."""

    def gauge(draft: Draft, _metric: Metric) -> int | None:
        quality, there = artifacts.quality_of(draft, artifact), draft.rules.gauges.paper
        return there + (100 - there) * quality // 100 if quality is not None else None

    return gauge


def _order(draft: Draft, _metric: Metric) -> int | None:
    return artifacts.order_of(draft) if len(draft.backlog) > 1 else None


def _ready(draft: Draft, _metric: Metric) -> int | None:
    return artifacts.readiness(draft) if draft.backlog else None


# ── work ────────────────────────────────────────────────────────────────────────────────


def _finishing(draft: Draft, _metric: Metric) -> int | None:
    """How much of what was planned for the last sprint got done, and whether its goal was met."""
    if not draft.sprints:
        return None
    last, rules = draft.sprints[-1], draft.rules.gauges
    share = rules.nothing_planned
    if last.planned:
        share = 100 * min(last.done, last.planned) // last.planned
    return ((100 - rules.goal) * share + 100 * rules.goal * last.goal_met) // 100


def _lead_time(draft: Draft, _metric: Metric) -> int | None:
    """How long cards took, from the quickest that there could be (100) to the whole sprint (0)."""
    if not draft.sprints or not draft.sprints[-1].lead_time:
        return None
    spared = DAYS * 10 - draft.sprints[-1].lead_time
    return max(0, min(100, 10 * spared // (DAYS - draft.rules.gauges.quickest)))


def _soundness(draft: Draft, _metric: Metric) -> int | None:
    """What the test let through, and the bugs that are known and open."""
    if not draft.sprints:
        return None
    rules, escaped = draft.rules.gauges, draft.sprints[-1].escaped
    bugs = len(items.open_of(draft, "bug"))
    return max(0, rules.sound - rules.sound_escaped * escaped - rules.sound_bug * bugs)


def _debt(draft: Draft, _metric: Metric) -> int | None:
    if not draft.sprints:
        return None
    rules = draft.rules.gauges
    return max(0, rules.debt_free - rules.debt_point * draft.numbers.get("debt", 0))


def _undisturbed(draft: Draft, _metric: Metric) -> int | None:
    """How far a sprint was left alone: cards put in late, and time taken from it."""
    if not draft.sprints:
        return None
    rules, late = draft.rules.gauges, draft.sprints[-1].late
    taken = draft.rules.sprint.focus - team.focus(draft)
    return max(0, rules.undisturbed - rules.undisturbed_late * late - taken)


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
