"""What a player types, read into a decision."""

from __future__ import annotations

import re

from state_machine import Choose, Decision, Pick, Predict, Rank, Write
from state_machine.view import Ask


class Unreadable(ValueError):
    """An answer that fits no decision; the message says what would."""


def read_answer(ask: Ask, answer: str) -> Decision:
    """The decision that an answer means. Raises `Unreadable` if it means none."""
    match ask.kind:
        case "write":
            return Write(answer)
        case "choose":
            return Choose(_one(ask, answer))
        case "predict":
            return Predict(_one(ask, answer))
        case "rank":
            return Rank(_all(ask, answer))
        case "pick" | "diary":
            return Pick(_some(ask, answer))


def prompt(ask: Ask) -> str:
    """What to type, in a few words."""
    count = len(ask.options)
    match ask.kind:
        case "write":
            return "Your sentence"
        case "choose" | "predict":
            return f"Your choice (1 to {count})"
        case "rank":
            return f"The order, best first (such as {' '.join(map(str, range(1, count + 1)))})"
        case "pick" | "diary":
            return "Which (numbers with spaces, or enter for none)"


def _one(ask: Ask, answer: str) -> str:
    numbers = _numbers(ask, answer)
    if len(numbers) != 1:
        raise Unreadable(f"Type one number from 1 to {len(ask.options)}.")
    return ask.options[numbers[0] - 1].id


def _some(ask: Ask, answer: str) -> tuple[str, ...]:
    return tuple(ask.options[number - 1].id for number in _numbers(ask, answer))


def _all(ask: Ask, answer: str) -> tuple[str, ...]:
    numbers = _numbers(ask, answer)
    if sorted(numbers) != list(range(1, len(ask.options) + 1)):
        raise Unreadable(f"Type all the numbers from 1 to {len(ask.options)}, each once.")
    return _some(ask, answer)


def _numbers(ask: Ask, answer: str) -> list[int]:
    words = re.findall(r"[^\s,;]+", answer)
    numbers = [int(word) for word in words if re.fullmatch(r"[0-9]{1,4}", word)]
    if len(numbers) != len(words) or not all(1 <= n <= len(ask.options) for n in numbers):
        raise Unreadable(f"Use numbers from 1 to {len(ask.options)}; ? lists what else works.")
    return numbers
