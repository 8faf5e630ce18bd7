"""Bots: players that see only the `View`, as a person would, and play by a fixed habit."""

from state_machine.bots.personas import PERSONAS, Persona
from state_machine.bots.play import decisions

__all__ = ["PERSONAS", "Persona", "decisions"]
