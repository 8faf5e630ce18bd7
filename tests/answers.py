"""Decisions as a player of the plain text types them."""

from __future__ import annotations

from game.decided import marked
from game.plain.answers import LETTERS
from state_machine import Allocate, Decision, Sort, Write
from state_machine.view import Ask


def typed(ask: Ask, decision: Decision) -> str:
    """What a player types to decide so."""
    numbers = {option.id: str(number) for number, option in enumerate(ask.options, start=1)}
    match decision:
        case Write():
            return decision.text
        case Sort():
            letters = letters_of(ask)
            return " ".join(f"{numbers[o]}{letters[b]}" for o, b in decision.buckets.items())
        case Allocate():
            return " ".join(f"{numbers[option]}={n}" for option, n in decision.points.items())
    return " ".join(numbers[option] for option in marked(decision))


def letters_of(ask: Ask) -> dict[str, str]:
    """The letter of each bucket."""
    return dict(zip((place.id for place in ask.places), LETTERS, strict=False))
