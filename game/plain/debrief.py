"""The debrief line by line: the same questions in the same order as in the full screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TextIO

from game import words
from game.plain import draw
from game.reports.debrief import (
    COMPUTING,
    COMPUTING_WHY,
    LONGEST,
    MONDAY,
    NAMING,
    debrief_pages,
    decisions_made,
)
from game.reports.notes import Keep, Notes
from game.shelf import Trouble
from scenes.sanitise import clean_line
from scenes.schema import Pack
from state_machine.counterfactual import examine
from state_machine.debrief import facts
from state_machine.deeds import Facts
from state_machine.events import Step
from state_machine.rules import Rules

if TYPE_CHECKING:
    from saves.records import About

_GLANCED: Final = 8


class PlainDebrief:
    """The debrief of a run over two text streams; it ends when the input does, or by `quit`."""

    def __init__(self, source: TextIO, out: TextIO, keep: Keep) -> None:
        """Read answers from `source`, write to `out`, and hand what the player says to `keep`."""
        self._source = source
        self._out = out
        self._keep = keep

    def run(
        self,
        pack: Pack,
        steps: Sequence[Step],
        rules: Rules | None = None,
        notes: Notes | None = None,
    ) -> None:
        """Ask which decision mattered, tell all that there is to tell, and ask for Monday."""
        said, found = notes or Notes(), facts(pack, steps, rules)
        try:
            if said.pivotal is None and found.made:
                said = Notes(self._name_one(found), said.monday)
            self._say("", f"{COMPUTING} …", *draw.wrapped(COMPUTING_WHY))
            examination = examine(pack, steps, rules)
            pages = debrief_pages(pack, found, examination, said)
            for number, page in enumerate(pages, start=1):
                self._say("", *draw.page_lines(page))
                if number < len(pages):
                    more = f"page {number} of {len(pages)}, enter for the next one, quit to stop"
                    self._ask(more)
            self._say("")
            sentence = clean_line(self._ask(f"{MONDAY} (enter for nothing)"), LONGEST)
            if sentence:
                self._kept("monday", sentence)
        except EOFError:
            return

    def _name_one(self, found: Facts) -> int | None:
        """The number of the decision that the player names; None if they name none."""
        self._say("", *draw.wrapped(NAMING), "")
        numbers = [number for number, *_ in decisions_made(found)]
        for number, phase, title, said in decisions_made(found):
            line = f"{number}. {phase}, {title}: {words.glance(said, _GLANCED)}"
            self._say(*draw.wrapped(line))
        while True:
            answer = self._ask(f"Its number, 1 to {numbers[-1]} (enter for none)")
            if not answer:
                return None
            if answer.isascii() and answer.isdecimal() and int(answer[:6]) in numbers:
                self._kept("pivotal", answer)
                return int(answer)
            self._say(f"Type a number from 1 to {numbers[-1]}, or nothing.")

    def _kept(self, about: About, text: str) -> None:
        try:
            self._keep(about, text)
        except (Trouble, OSError) as trouble:
            self._say(*draw.wrapped(str(trouble)))
        else:
            self._say("Kept.")

    def _ask(self, question: str) -> str:
        """An answer; raises `EOFError` where there is none, or the player wants to stop."""
        self._out.write(f"\n{question}: ")
        self._out.flush()
        line = self._source.readline()
        if not line or line.strip().lower() in ("quit", "q"):
            raise EOFError
        return line.strip()

    def _say(self, *lines: str) -> None:
        self._out.writelines(f"{line}\n" for line in lines)
        self._out.flush()
