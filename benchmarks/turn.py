"""From a key to the settled screen: whole runs, and then their screens with nothing below them.

The first is the game with its rules and its saves; the second repeats what the first showed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.figures import milliseconds, p99
from game.blocks import Page
from game.plain.answers import LETTERS
from game.session import Session
from game.storage import DiskShelf
from game.tui.app import TwoHatsApp
from game.tui.screens.play import PlayScreen
from saves import Library
from state_machine import Decision, View
from state_machine.view import Ask

SEEDS: Final = (7, 8, 9)


def _keys(ask: Ask) -> Iterable[str]:
    """What somebody presses who always takes what comes first."""
    match ask.kind:
        case "choose" | "predict" | "rank":
            return ("1", "enter")
        case "diary":
            return ("1", "space", "enter")
        case "pick":
            return ("1", "space", "2", "space", "enter")
        case "write":
            return ("a", "enter")
        case "sort":
            last = LETTERS[len(ask.places) - 1]  # the last bucket holds them all
            return ("home", *(last, "down") * len(ask.options), "enter")
        case "allocate":
            return ("1", *("+",) * ask.budget, "2", *("+",) * ask.budget, "enter")
        case "compose":
            return ("1", *("space",) * len(ask.places), "enter")


class Listening(Session):
    """A session that keeps what it said, so that it can be said again."""

    def __init__(self, session: Session) -> None:
        """Take over from a session that has not begun to be played."""
        super().__init__(session.pack, session.steps, session._record)
        self.views = [self.view]
        self.firsts = self.first_pages()
        self.asks = [self.ask_page()]
        self.told: list[list[Page]] = []

    def decide(self, decision: Decision) -> list[Page]:
        """Decide, and keep what came of it."""
        self.told.append(super().decide(decision))
        self.views.append(self.view)
        if not self.over:
            self.asks.append(self.ask_page())
        return self.told[-1]


class Canned(Listening):
    """What a listening session heard, said again without a rule asked or a byte saved."""

    def __init__(self, heard: Listening) -> None:
        """Repeat what was heard."""
        self._heard = heard
        self._at = 0
        self.pack = heard.pack

    @property
    def view(self) -> View:
        """The view as it was then."""
        return self._heard.views[self._at]

    @property
    def over(self) -> bool:
        """Whether all has been repeated."""
        return self._at == len(self._heard.told)

    @property
    def view_before(self) -> View:
        """The view as it was before that."""
        return self._heard.views[max(0, self._at - 1)]

    def first_pages(self) -> list[Page]:
        """The first pages as they were."""
        return self._heard.firsts

    def ask_page(self) -> Page:
        """The decision as it was asked."""
        return self._heard.asks[self._at]

    def decide(self, decision: Decision) -> list[Page]:
        """The next pages, whatever is decided."""
        self._at += 1
        return self._heard.told[self._at - 1]


def measure() -> None:
    """Print the time from key to settled screen, with all below the app and with nothing."""
    with TemporaryDirectory() as home:
        played, canned = asyncio.run(_measure(Path(home)))
    print("From a key to the settled screen, whole runs at 80x24, every decision saved")
    for name, times in (("the game", played), ("its screens alone", canned)):
        slow = p99(times) / median(times)
        print(f"  {name:<18} {milliseconds(times):>9}   p99 is {slow:.2f}x the median")
    print(f"  the game takes {median(played) / median(canned):.2f}x")


async def _measure(home: Path) -> tuple[list[float], list[float]]:
    played: list[float] = []
    canned: list[float] = []
    for seed in SEEDS:
        shelf = DiskShelf(Library(home))
        heard = Listening(shelf.begin("larder", seed, "Sam"))
        played += await _play(heard, shelf)
        canned += await _play(Canned(heard), shelf)
        shelf.close()
    return played, canned


async def _play(session: Session, shelf: DiskShelf) -> list[float]:
    """Play a session to its end with keys; the time that each took."""
    times: list[float] = []
    app = TwoHatsApp(shelf, session)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, PlayScreen)
        while not session.over:
            for key in _keys(screen.ask) if screen.ask else ("enter",):
                begun = time.perf_counter()
                await pilot.press(key)
                times.append(time.perf_counter() - begun)
    return times
