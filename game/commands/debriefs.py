"""The debrief of a saved run, as text, Markdown, HTML or data."""

from __future__ import annotations

import sys
from typing import Final, TextIO

from game import words
from game.commands import Form
from game.commands.forms import report
from game.reports.debrief import TITLE, as_data, debrief_pages
from game.storage import DiskShelf
from state_machine.counterfactual import Progress, examine
from state_machine.debrief import facts

_BAR: Final = 30


def debrief(run: str, form: Form) -> int:
    """Print the debrief of a saved run, finished or not."""
    saved = DiskShelf().study(run)
    for notice in saved.notices:
        print(notice, file=sys.stderr)
    gathered = facts(saved.pack, saved.steps, saved.rules)
    examination = examine(saved.pack, saved.steps, saved.rules, _progress_on(sys.stderr))
    pages = debrief_pages(saved.pack, gathered, examination, saved.notes)
    title = f"{TITLE}: {saved.pack.info.company}, {gathered.player}"
    note = f"{saved.id}, {words.plural(len(gathered.made), 'decision')}"

    def data() -> object:
        return as_data(gathered, examination, saved.notes)

    print(report(form, title, pages, data, note))
    return 0


def _progress_on(stream: TextIO) -> Progress | None:
    """A line that says how far it is, on a terminal; none elsewhere."""
    if not stream.isatty():
        return None

    def tell(done: int, of: int) -> None:
        filled = _BAR * done // of
        bar = "#" * filled + "." * (_BAR - filled)
        end = "\r" + " " * (_BAR + 30) + "\r" if done >= of else ""
        stream.write(f"\rPlaying it again: {bar} {100 * done // of:3} %{end}")
        stream.flush()

    return tell
