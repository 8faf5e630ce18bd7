"""Bots: players that see only the `View`, as a person would, and play by a fixed habit."""

from state_machine.bots.personas import HABITS, PERSONAS, Habit, Persona
from state_machine.bots.play import decisions

__all__ = ["HABITS", "PERSONAS", "Habit", "Persona", "decisions"]
