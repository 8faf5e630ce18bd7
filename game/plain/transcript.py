"""One whole run printed as it would be read, with the choices that were made marked."""

from __future__ import annotations

from collections.abc import Iterator

from game.blocks import Page
from game.decided import in_order, marked, notes
from game.plain import draw
from game.session import Session
from state_machine import Decision, Rank, Write
from state_machine.bots import Persona


def transcript(session: Session, persona: Persona, seed: int) -> Iterator[str]:
    """Play a session to its end with a persona, telling every line of it on the way."""
    for page in session.first_pages():
        yield from told(page)
    while not session.over:
        page = session.ask_page()
        decision = persona(session.view, seed)
        yield from told(page, decision)
        for each in session.decide(decision):
            yield from told(each)


def told(page: Page, decision: Decision | None = None) -> Iterator[str]:
    """A page as it was read; where it asks, its options with what was decided marked."""
    yield from draw.page_lines(page)
    yield ""
    ask = page.ask
    if ask is None:
        return
    if isinstance(decision, Write):
        yield from draw.wrapped(f" * “{decision.text}”")
    elif isinstance(decision, Rank):
        yield from draw.option_lines(*in_order(ask, decision))
    elif decision is None:
        yield from draw.option_lines(ask)
    else:
        yield from draw.option_lines(ask, marked(decision), notes(ask, decision))
    yield ""
