"""The rules of the game, pure: a run and a decision in, a new run and what happened out.

Knows no clock, no files and no terminal. The public face is below; a reader finds each rule
where its name says: the lifecycle in `lifecycle`, chance in `chance`, the diary in `diary`,
turns in `turns`, the end of a round in `consequences`, what a player may know in `view`, what
happened in words in `telling`.

The face is imported name by name, when a name is asked for: whoever only lists saved runs
does not wait for the rules.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
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
    from state_machine.engine import advance, begin, succeed
    from state_machine.events import Outcome
    from state_machine.lifecycle import Walker
    from state_machine.run import Run, fingerprint
    from state_machine.telling import finish, narrate
    from state_machine.view import View, observe

__all__ = [
    "Allocate",
    "Choose",
    "Compose",
    "Decision",
    "IllegalDecision",
    "Outcome",
    "Pick",
    "Predict",
    "Rank",
    "Run",
    "Sort",
    "View",
    "Walker",
    "Write",
    "advance",
    "begin",
    "fingerprint",
    "finish",
    "narrate",
    "observe",
    "succeed",
]

_HOMES: Final = {
    "Outcome": "events",
    "Run": "run",
    "View": "view",
    "Walker": "lifecycle",
    "advance": "engine",
    "begin": "engine",
    "finish": "telling",
    "fingerprint": "run",
    "narrate": "telling",
    "observe": "view",
    "succeed": "engine",
}


def __getattr__(name: str) -> object:
    """A name of the public face, from the module that it lives in; decisions are the default."""
    if name not in __all__:
        raise AttributeError(f"module `state_machine` has no attribute `{name}`")
    return getattr(import_module(f"state_machine.{_HOMES.get(name, 'decisions')}"), name)
