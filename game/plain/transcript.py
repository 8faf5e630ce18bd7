"""One whole run printed as it would be read, with the choices that were made marked."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from game import words
from game.plain import draw
from game.session import Session
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
from state_machine.bots import Persona
from state_machine.view import Ask


def transcript(session: Session, persona: Persona, seed: int) -> Iterator[str]:
    """Play a session to its end with a persona, telling every line of it on the way."""
    for page in session.first_pages():
        yield from draw.page_lines(page)
        yield ""
    while not session.over:
        page = session.ask_page()
        assert page.ask is not None
        decision = persona(session.view, seed)
        yield from draw.page_lines(page)
        yield ""
        if isinstance(decision, Write):
            yield from draw.wrapped(f" * “{decision.text}”")
        elif isinstance(decision, Rank):
            yield from draw.option_lines(*_in_order(page.ask, decision))
        else:
            yield from draw.option_lines(page.ask, marked(decision), notes(page.ask, decision))
        yield ""
        for told in session.decide(decision):
            yield from draw.page_lines(told)
            yield ""


def marked(decision: Decision) -> tuple[str, ...]:
    """The ids of the options that a decision takes."""
    match decision:
        case Choose() | Predict():
            return (decision.choice,)
        case Pick():
            return decision.choices
        case Rank():
            return decision.order
        case Compose():
            return tuple(decision.slots.values())
        case Sort():
            return tuple(decision.buckets)
        case Allocate():
            return tuple(choice for choice, points in decision.points.items() if points)
        case Write():
            return ()


def notes(ask: Ask, decision: Decision) -> dict[str, str]:
    """What a decision says of each option, where it says more than yes or no."""
    match decision:
        case Sort():
            titles = {place.id: place.title for place in ask.places}
            return {choice: titles[bucket] for choice, bucket in decision.buckets.items()}
        case Allocate():
            return {c: words.so_many(n, ask.unit) for c, n in decision.points.items() if n}
    return {}


def _in_order(ask: Ask, decision: Rank) -> tuple[Ask, tuple[str, ...]]:
    """The options in the order that was decided, and those of them that count."""
    by_id = {option.id: option for option in ask.options}
    ordered = tuple(by_id[name] for name in decision.order)
    return msgspec.structs.replace(ask, options=ordered), decision.order[: ask.keep]
