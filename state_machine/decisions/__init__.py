"""What a player can decide: a record for each kind of decision, and a module that judges it.

Each module here has one function, `settle`, which checks a decision against what is asked and
yields the choices that get their effects and those that do not.
"""

from state_machine.decisions.records import (
    Allocate,
    Choose,
    Compose,
    Decision,
    IllegalDecision,
    Pick,
    Predict,
    Rank,
    Sort,
    Write,
)

__all__ = [
    "Allocate",
    "Choose",
    "Compose",
    "Decision",
    "IllegalDecision",
    "Pick",
    "Predict",
    "Rank",
    "Sort",
    "Write",
]
