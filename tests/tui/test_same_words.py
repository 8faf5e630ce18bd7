"""The same decisions give the same words and the same state on the screen and in plain text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from textual.pilot import Pilot

from game.blocks import Bar, Board, Change, Page
from game.plain.play import PlainGame
from game.plain.transcript import transcript
from game.session import Session
from game.storage import DiskShelf
from game.tui.app import TwoHatsApp
from scenes import Pack
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
    begin,
    fingerprint,
)
from state_machine.bots import PERSONAS
from state_machine.view import Ask
from tests.answers import letters_of, typed
from tests.tui.screens import play_screen, told

TALL = (98, 150)
"""Room for any page as a whole, without the sidebar's words among the story's."""

SEED = 7


def sentences(page: Page) -> Iterator[str]:
    """Everything that a page says."""
    if page.kind != "consequence":
        yield page.title
    for block in page.blocks:
        yield from _strings(block)
    for option in page.ask.options if page.ask else ():
        yield option.say
        yield option.default


def _strings(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield from part.split("\n\n")
    elif isinstance(part, tuple):
        for each in part:
            yield from _strings(each)
    elif isinstance(part, Bar):
        yield part.label
    elif isinstance(part, Board):  # one day of it is shown at a time
        yield from (part.days[-1].title, part.days[-1].status)
    elif isinstance(part, Change):
        yield from (part.label, part.by, part.span, part.why)
    elif is_dataclass(part):
        for field in fields(part):
            if field.name not in ("hat", "tone"):
                yield from _strings(getattr(part, field.name))


def flat(text: str) -> str:
    """A text however it is wrapped, and without marks of emphasis and of quotation."""
    return " ".join(text.replace("*", "").replace("▌", "").split())


def keys(ask: Ask, decision: Decision) -> list[str]:
    """What a player presses to decide so."""
    if isinstance(decision, Write):
        return [*decision.text, "enter"]
    names = [option.id for option in ask.options]
    pressed: list[str] = []
    match decision:
        case Pick():
            for name in decision.choices:
                pressed += [*pointing(names.index(name)), "space"]
            pressed += [] if decision.choices else ["1", "enter"]
        case Rank():
            for place, name in enumerate(decision.order):
                at = names.index(name)
                pressed += [*pointing(at), *["K"] * (at - place)]
                names.insert(place, names.pop(at))
        case Sort():
            letters = letters_of(ask)
            for name, bucket in decision.buckets.items():
                pressed += [*pointing(names.index(name)), letters[bucket]]
        case Allocate():
            for name, points in decision.points.items():
                pressed += [*pointing(names.index(name)), *["right"] * points]
        case Compose():
            for name in decision.slots.values():
                pressed += [*pointing(names.index(name)), "space"]
        case Choose() | Predict():
            pressed += pointing(names.index(decision.choice))
    return [*pressed, "enter"]


def pointing(index: int) -> list[str]:
    """What a player presses to point at an option, though only nine of them have a number."""
    return [str(min(index, 8) + 1), *["down"] * (index - 8)]


async def play_on_screen(
    pilot: Pilot[None], session: Session
) -> tuple[list[Page], list[tuple[Ask, Decision]]]:
    """Play a run to its end, checking that each page says on the screen all that it holds."""
    app = pilot.app
    assert isinstance(app, TwoHatsApp)
    read: list[Page] = []
    decided: list[tuple[Ask, Decision]] = []
    while True:
        page = play_screen(app).page
        assert page is not None
        on_screen = flat(told(app))
        for sentence in sentences(page):
            assert flat(sentence) in on_screen
        read.append(page)
        if page.ask is not None:
            decision = PERSONAS["random"](session.view, SEED)
            decided.append((page.ask, decision))
            await pilot.press(*keys(page.ask, decision))
        elif session.over and page.title == "What you take with you":
            return read, decided
        else:
            await pilot.press("enter")


@pytest.mark.asyncio
async def test_a_run_on_the_screen_in_plain_text_and_in_a_transcript_says_the_same(
    larder: Pack,
) -> None:
    shelf = DiskShelf()
    on_screen = shelf.begin("larder", SEED, "Sam")
    app = TwoHatsApp(shelf, on_screen)
    async with app.run_test(size=TALL) as pilot:
        pages, decisions = await play_on_screen(pilot, on_screen)
    shelf.close()

    out = io.StringIO()
    answers = "".join(f"{typed(ask, decision)}\n" for ask, decision in decisions)
    in_text = Session(larder, [(None, begin(larder, SEED, "Sam"))])
    PlainGame(in_text, io.StringIO(answers), out).play(in_text.first_pages())

    printed = Session(larder, [(None, begin(larder, SEED, "Sam"))])
    lines = "\n".join(transcript(printed, PERSONAS["random"], SEED))

    for text in (flat(out.getvalue()), flat(lines)):
        at = 0
        for page in pages:
            for sentence in map(flat, sentences(page)):
                assert sentence in text[at:], sentence
            at = text.index(flat(page.title), at) if page.kind != "consequence" else at
    assert fingerprint(on_screen.run) == fingerprint(in_text.run) == fingerprint(printed.run)
