"""The tuning numbers of the rules, read once from `rules.toml`, where each has its reason."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import msgspec
import tomli

from scenes.vocabulary import ItemKind, Kano, Metric, PhaseId, Skill

Divisor = Annotated[int, msgspec.Meta(ge=1)]
"""A number that something is divided by."""


class Watch(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """A gauge that a metric follows, with which weight among its gauges and from which phase."""

    gauge: str
    weight: Divisor = 1
    since: PhaseId = msgspec.field(name="from", default="discover")


class GaugeRules(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The scales of the gauges: what each reads of its cause, 0 to 100."""

    part: Divisor
    trust: int
    fortnights: Divisor
    income: int
    standing: int
    standing_rounds: Divisor
    known: int
    known_piece: int
    paper: int
    goal: int
    nothing_planned: int
    quickest: int
    sound: int
    sound_escaped: int
    sound_bug: int
    debt_free: int
    debt_point: int
    undisturbed: int
    undisturbed_late: int


class ArtifactRules(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What makes an artifact good."""

    evidence: int
    either_way: int
    promised: int
    debt: int
    enabler: int
    roadmap_sprints: int
    nothing_first: int
    ready_ahead: int


class MarketRules(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The numbers of the market; shares are in per cent."""

    since: PhaseId = msgspec.field(name="from")
    at_first: int
    of_quality: int
    most_unmet: int
    each_unmet: int
    misbuilt: Divisor
    kano: dict[Kano, int]
    delight: Divisor
    makes_up_its_mind: int
    aimed: int
    aimed_elsewhere: int
    heard: int
    conversion_from: int
    least_conversion: int
    for_nothing: int
    least_dear: int
    stay_on: int
    stay_on_by_quality: int
    referral_from: int
    referral_share: Divisor
    churn_at: int
    least_churn: int
    most_churn: int


class AttentionRules(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What each half-day under the PM's hat changes, in per cent of the usual."""

    freed: int
    misread: int
    heard: int


class SprintRules(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The numbers of the sprint; chances are in per cent."""

    focus: int
    morale_for_focus: Divisor
    forecast: int
    least_forecast: int
    least_focus: int
    most_focus: int
    wip_limit: int
    least_wip: int
    switching: int
    least_kept: int
    most_in_hand: int
    handed_on: int
    helping: int
    blocked: int
    blocked_by_risk: int
    freed: int
    misread_vague: int
    misread_ready: int
    defect: int
    defect_by_risk: int
    found: int
    rework: int
    most_rework: int
    debt_grows: int
    debt_of_haste: int
    shares: dict[ItemKind, dict[Skill, int]]

    def __post_init__(self) -> None:
        """Raise `ValueError` if a story takes nothing of one of the skills, by which is divided."""
        if min(self.shares["story"].values()) < 1:
            raise ValueError("a story takes some of every skill")


class CareerRules(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The numbers of a career: trust, and how much practice each level takes."""

    crossing_trust: int
    trust_for_reference: int
    levels: tuple[int, int, int, int, int]


class ScoreWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much each part counts in the score of a run; they add up to 100."""

    product: int
    stakeholders: int
    team: int
    promises: int
    predictions: int
    charter: int


class Rules(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """All tuning numbers. Their units and reasons stand beside them in `rules.toml`."""

    crisis_at: int
    crisis_relief: int
    least_half_days: int
    send_backs: int
    missed_lines: int
    split_effort: int
    split_worth: int
    crossing_clarity: int
    crossing_morale: int
    promise_kept_trust: int
    promise_renegotiated_trust: int
    promise_broken_trust: int
    date_broken_trust: int
    revenue_share: tuple[int, Divisor]
    watches: dict[Metric, tuple[Watch, ...]]
    gauges: GaugeRules
    artifacts: ArtifactRules
    market: MarketRules
    attention: AttentionRules
    sprint: SprintRules
    career: CareerRules
    score: ScoreWeights


@cache
def default_rules() -> Rules:
    """The rules that come with the game."""
    text = Path(__file__).with_name("rules.toml").read_text("utf-8")
    return msgspec.convert(tomli.loads(text), Rules)


def as_numbers(rules: Rules) -> dict[str, Any]:
    """The rules as plain data, under the names that they have in `rules.toml`."""
    numbers: dict[str, Any] = msgspec.to_builtins(rules)
    return numbers


def rules_of(numbers: Mapping[str, Any]) -> Rules:
    """The rules that were written down as plain data, perhaps by another version of the game.

    A number that was not there yet is the game's own, and one that no rule reads any more is
    left out. Raises `msgspec.ValidationError` for what is no number of the rules.
    """
    return msgspec.convert(_over(as_numbers(default_rules()), numbers), Rules)


def _over(base: Mapping[str, Any], numbers: Mapping[str, Any]) -> dict[str, Any]:
    """The base with the numbers in it that it has a place for."""
    return {
        key: _over(value, given)
        if isinstance(value, dict) and isinstance(given := numbers.get(key, value), dict)
        else numbers.get(key, value)
        for key, value in base.items()
    }
