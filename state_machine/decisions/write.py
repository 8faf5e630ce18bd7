"""`write`: one sentence in the player's own words."""

from __future__ import annotations

from typing import Final

from scenes.sanitise import clean_line
from scenes.schema import Scene
from state_machine.decisions.menu import Settled
from state_machine.decisions.records import IllegalDecision, Write
from state_machine.draft import Draft

LONGEST: Final = 200
"""A letter has at most so many characters."""


def settle(draft: Draft, scene: Scene, decision: Write) -> list[Settled]:
    """Keep the sentence; the one choice is taken. Raises `IllegalDecision` if it is empty."""
    assert scene.write is not None
    text = clean_line(decision.text, LONGEST)
    if not text:
        raise IllegalDecision("write at least a word")
    draft.letters[scene.write.letter] = text
    return [Settled(scene.choice[0])]
