"""What a player would see and do: reading the screen as text, and playing on."""

from __future__ import annotations

import html
import re

from textual.pilot import Pilot

from game.session import Session
from game.tui.app import TwoHatsApp
from game.tui.screens.play import PlayScreen
from scenes.schema import Pack
from state_machine import begin
from tests.tui.shelves import MemoryShelf

NARROW = (80, 24)

_CELL = (12.2, 24.4)
"""How wide and high a character is in a screenshot."""

_TEXT = re.compile(r'<text class="[^"]*-r\d+" x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>')


def seen(app: TwoHatsApp) -> str:
    """The screen as text, line by line."""
    rows = [""] * app.size.height
    svg = app.export_screenshot(simplify=True)
    for x, y, text in _TEXT.findall(svg):
        column, row = round(float(x) / _CELL[0]), int(float(y) / _CELL[1])
        rows[row] = rows[row].ljust(column) + html.unescape(text).replace("\xa0", " ")
    return "\n".join(rows)


def told(app: TwoHatsApp) -> str:
    """The screen as text in one line, however it is wrapped."""
    return " ".join(seen(app).split())


def in_run(pack: Pack, *, seed: int = 7) -> tuple[TwoHatsApp, Session]:
    """An app that opens in a fresh run of a pack, and the run."""
    session = Session(pack, [(None, begin(pack, seed, "Sam"))])
    return TwoHatsApp(MemoryShelf(pack), session), session


def play_screen(app: TwoHatsApp) -> PlayScreen:
    """The play screen, which must be the one that is shown."""
    assert isinstance(app.screen, PlayScreen)
    return app.screen


async def read_on(pilot: Pilot[None]) -> None:
    """Read until something is asked or the run is over and read."""
    app = pilot.app
    assert isinstance(app, TwoHatsApp)
    for _ in range(40):
        if not isinstance(app.screen, PlayScreen) or app.screen.ask is not None:
            return
        await pilot.press("enter")
    raise AssertionError("the pages never end")


def chosen(session: Session, scene: str) -> tuple[str, ...]:
    """What was chosen in a scene."""
    return session.run.chosen[scene]
