"""The tuning numbers of the rules, read once from `rules.toml`, where each has its reason."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import tomli

from scenes.vocabulary import Metric, PhaseId


class Drift(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """A metric that moves each round by 1/`divisor` of its distance to the mean of others."""

    metric: Metric
    towards: tuple[Metric, ...]
    divisor: int
    since: PhaseId = msgspec.field(name="from")


class ScoreWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much each part counts in the score of a run; they add up to 100."""

    stakeholders: int
    team: int
    promises: int
    predictions: int


class Rules(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """All tuning numbers. Their units and reasons stand beside them in `rules.toml`."""

    crisis_at: int
    least_half_days: int
    send_backs: int
    promise_kept_trust: int
    promise_renegotiated_trust: int
    promise_broken_trust: int
    revenue_share: tuple[int, int]
    drift: tuple[Drift, ...]
    score: ScoreWeights


@cache
def default_rules() -> Rules:
    """The rules that come with the game."""
    text = Path(__file__).with_name("rules.toml").read_text("utf-8")
    return msgspec.convert(tomli.loads(text), Rules)
