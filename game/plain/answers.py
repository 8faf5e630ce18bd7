"""What a player types, read into a decision."""

from __future__ import annotations

import re
from typing import Final

from state_machine import (
    Allocate,
    Choose,
    Compose,
    Decision,
    Pick,
    Predict,
    Rank,
    Sort,
    Write,
)
from state_machine.view import Ask

LETTERS: Final = "abcdefgh"
"""What the places of a `sort` are called where they are typed."""


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
        case "sort":
            return Sort(_into_places(ask, answer))
        case "allocate":
            return Allocate(_shares(ask, answer))
        case "compose":
            return Compose(_fillings(ask, answer))


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
        case "sort":
            letters = f"{LETTERS[0]} to {LETTERS[len(ask.places) - 1]}"
            return f"Each with its letter, {letters} (such as 1a 2b)"
        case "allocate":
            return f"Each with what it gets, {ask.budget} in all (such as 1=2 3=1)"
        case "compose":
            return f"One number for each of the {len(ask.places)} gaps"


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


def _into_places(ask: Ask, answer: str) -> dict[str, str]:
    """`1a 2b 3a`: the option of that number into the place of that letter."""
    places = {letter: place.id for letter, place in zip(LETTERS, ask.places, strict=False)}
    found: dict[str, str] = {}
    for word in _words(answer):
        match = re.fullmatch(r"([0-9]{1,4})([a-z])", word.lower())
        if match is None or match[2] not in places:
            raise Unreadable(f"Type each number with a letter from {', '.join(places)}, as in 1a.")
        found[_option(ask, match[1])] = places[match[2]]
    return found


def _shares(ask: Ask, answer: str) -> dict[str, int]:
    """`1=2 3=1`: the option of that number gets so many points."""
    found: dict[str, int] = {}
    for word in _words(answer):
        match = re.fullmatch(r"([0-9]{1,4})[=:]([0-9]{1,4})", word)
        if match is None:
            raise Unreadable("Type a number, = and what it gets, as in 1=2.")
        found[_option(ask, match[1])] = int(match[2])
    return found


def _fillings(ask: Ask, answer: str) -> dict[str, str]:
    """`2 5 7`: the options of those numbers, each into the place that it is for."""
    by_id = {option.id: option.slot for option in ask.options}
    found = {by_id[name]: name for name in _some(ask, answer)}
    if len(found) != len(ask.places) or len(_numbers(ask, answer)) != len(ask.places):
        titles = ", ".join(f"“{place.title}”" for place in ask.places)
        raise Unreadable(f"Type one number for each of {titles}.")
    return found


def _option(ask: Ask, number: str) -> str:
    """The id of the option of this number. Raises `Unreadable` if there is none."""
    if not 1 <= int(number) <= len(ask.options):
        raise _no_such_number(ask)
    return ask.options[int(number) - 1].id


def _no_such_number(ask: Ask) -> Unreadable:
    return Unreadable(f"Use numbers from 1 to {len(ask.options)}; ? lists what else works.")


def _words(answer: str) -> list[str]:
    return re.findall(r"[^\s,;]+", answer)


def _numbers(ask: Ask, answer: str) -> list[int]:
    words = _words(answer)
    numbers = [int(word) for word in words if re.fullmatch(r"[0-9]{1,4}", word)]
    if len(numbers) != len(words) or not all(1 <= n <= len(ask.options) for n in numbers):
        raise _no_such_number(ask)
    return numbers
