"""A whole replay as an asciinema cast, version 2: a film of a terminal that is only text.

Its clock is that of the film: nothing waits for it while it is made.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Final

from game import words
from game.pace import seconds
from game.recording import Mark, Recording
from game.tui.offstage import Offstage, Size, drawn
from game.tui.widgets.story import A_DAY

SIZE: Final[Size] = (100, 32)
SPEED: Final = 4
LONGEST: Final = 8.0
"""So many seconds a page stays at most."""

_BEGIN: Final = "\x1b[?1049h\x1b[?25l\x1b[2J"
"""The screen that a terminal has besides its lines, no cursor, nothing on it."""

_END: Final = "\x1b[?25h\x1b[?1049l"

Event = tuple[float, str, str]
"""When, in seconds; `o` for what is written or `m` for a mark to jump to; and the text."""


def cast(
    recording: Recording, size: Size = SIZE, speed: int = SPEED, run_id: str = "replay"
) -> str:
    """The cast as it stands in a file: a header, then an event a line."""
    events = asyncio.run(_events(recording, size, speed, run_id))
    header = {
        "version": 2,
        "width": size[0],
        "height": size[1],
        "title": f"{recording.pack.info.title}: {run_id}",
        "idle_time_limit": LONGEST,
        "env": {"TERM": "xterm-256color"},
    }
    lines = (json.dumps(line, ensure_ascii=False) for line in (header, *events))
    return "".join(f"{line}\n" for line in lines)


async def _events(recording: Recording, size: Size, speed: int, run_id: str) -> list[Event]:
    marks: dict[int, list[Mark]] = {}
    for mark in recording.contents:
        marks.setdefault(mark.at, []).append(mark)
    async with drawn(recording, run_id, 0, size, moving=True) as app:
        first = _BEGIN + app.paper.take()
        events: list[Event] = [(0.0, "o", first)]
        now = 0.0
        async for now, shown in _film(app, speed):
            at = app.replay.moment.at
            events += ((now, "m", _named(mark)) for mark in marks.pop(at, ()))
            if shown:
                events.append((now, "o", shown))
        events.append((now, "o", _END))
    return [(round(when, 3), kind, text) for when, kind, text in events]


async def _film(app: Offstage, speed: int) -> AsyncIterator[tuple[float, str]]:
    """What is written, and when, until there is nothing more; last of all how long it was."""
    replay, now = app.replay, 0.0
    yield now, ""
    while True:
        while replay.passing:
            now += A_DAY / speed
            replay.next_day()
            yield now, await _written(app)
        assert replay.page is not None
        now += min(LONGEST, seconds(replay.page, speed))
        if not replay.forward():
            yield now, ""
            return
        yield now, await _written(app)


async def _written(app: Offstage) -> str:
    await app.settle()
    return app.paper.take()


def _named(mark: Mark) -> str:
    """A mark of the film, as players list it: `12 The pile`."""
    back = f", {words.TAKEN_BACK}" if mark.taken_back else ""
    return f"{mark.number or ''} {mark.title}{back}".strip()
