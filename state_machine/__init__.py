"""The rules of the game, pure: a run and a decision in, a new run and what happened out.

Knows no clock, no files and no terminal. The public face is below; a reader finds each rule
where its name says: the lifecycle in `lifecycle`, chance in `chance`, the diary in `diary`,
turns in `turns`, the end of a round in `consequences`, what a player may know in `view`.
"""

from state_machine.advance import advance, begin
from state_machine.decisions import (
    Choose,
    Decision,
    IllegalDecision,
    Pick,
    Predict,
    Rank,
    Write,
)
from state_machine.events import Outcome
from state_machine.lifecycle import Walker
from state_machine.run import Run, fingerprint
from state_machine.view import View, finish, observe, tell

__all__ = [
    "Choose",
    "Decision",
    "IllegalDecision",
    "Outcome",
    "Pick",
    "Predict",
    "Rank",
    "Run",
    "View",
    "Walker",
    "Write",
    "advance",
    "begin",
    "fingerprint",
    "finish",
    "observe",
    "tell",
]
