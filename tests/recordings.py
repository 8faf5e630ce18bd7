"""Recorded runs, made in memory."""

from __future__ import annotations

from collections.abc import Iterable

from game.recording import RecordedStep
from state_machine.events import Step


def recorded(steps: Iterable[Step]) -> tuple[RecordedStep, ...]:
    """Steps of which none was taken back, the beginning first."""
    return tuple(RecordedStep(n, decision, outcome) for n, (decision, outcome) in enumerate(steps))
