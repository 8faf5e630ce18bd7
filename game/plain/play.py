"""The game played line by line on any pair of text streams."""

from __future__ import annotations

from typing import Final, TextIO

from game import asides, words
from game.blocks import Entries, Entry, Page
from game.plain import draw
from game.plain.answers import Unreadable, prompt, read_answer
from game.session import Session
from game.shelf import Trouble
from state_machine import IllegalDecision

_COMMANDS: Final = Entries(
    (
        Entry("why", "every change of every number so far, the latest first"),
        Entry("promises", "what you have promised, in your words"),
        Entry("desk", "every artifact as it stands, the team, and your customers"),
        Entry("people", "whom you have met, and where you stand with them"),
        Entry("undo", "take your last decision back; one step, and the run remembers it"),
        Entry("again", "the scene once more"),
        Entry("quit", "stop here; every decision is saved"),
    ),
    "Answer with the number of an option. Besides that you can type",
)


_SAVED: Final = "Saved. `twohats` takes up this run where you left it."
_UNSAVED: Final = "Your last decision is not saved; what the disk keeps is the run before it."


class Quit(Exception):
    """The player wants to stop, or the input has ended."""


class PlainGame:
    """A session played over two text streams."""

    def __init__(self, session: Session, source: TextIO, out: TextIO) -> None:
        """Play `session`, reading answers from `source` and writing to `out`."""
        self.session = session
        self._source = source
        self._out = out
        self._has_trouble = False

    def play(self, first: list[Page]) -> bool:
        """Tell the pages that come first, then play; True if an ending was reached."""
        self._tell(first)
        try:
            while not self.session.over:
                self._turn()
        except Quit:
            self._say("", _UNSAVED if self._has_trouble else _SAVED)
            return False
        return True

    def _turn(self) -> None:
        page = self.session.ask_page()
        self._show(page)
        while True:
            answer = self._answer(page)
            if self._is_command(answer, page):
                continue
            try:
                pages = self._pages_after(answer, page)
            except (Unreadable, IllegalDecision) as problem:
                self._say(*draw.wrapped(f"{problem}"))
                continue
            except Trouble as trouble:
                self._has_trouble = True
                self._say(*draw.wrapped(f"{trouble}"))
                continue
            self._has_trouble = False
            self._tell(pages)
            return

    def _pages_after(self, answer: str, page: Page) -> list[Page]:
        """What is told after an answer, which decides, or takes the last decision back."""
        assert page.ask is not None
        if answer.lower() != "undo":
            return self.session.decide(read_answer(page.ask, answer))
        if not self.session.can_undo:
            raise Unreadable(words.NO_UNDO)
        return self.session.undo()

    def _show(self, page: Page) -> None:
        assert page.ask is not None
        self._say("", *draw.page_lines(page), "", draw.status_line(self.session.view), "")
        if page.ask.kind != "write":
            self._say(*draw.option_lines(page.ask))

    def _answer(self, page: Page) -> str:
        assert page.ask is not None
        self._out.write(f"\n{prompt(page.ask)}: ")
        self._out.flush()
        line = self._source.readline()
        if not line:
            raise Quit
        return line.strip()

    def _is_command(self, answer: str, page: Page) -> bool:
        match answer.lower():
            case "quit" | "q" | "exit":
                raise Quit
            case "?" | "help" | "h" | "words":
                self._look_up(asides.help_page(self.session.view, _COMMANDS))
            case "why" | "ledger":
                rows = self.session.ledger()
                self._say(*(line for row in rows for line in draw.change_lines(row)))
                if not rows:
                    self._say(words.NOTHING_MOVED)
            case "promises":
                self._look_up(asides.promises_page(self.session.view))
            case "desk":
                self._look_up(asides.desk_page(self.session.desk))
            case "people":
                self._look_up(asides.people_page(self.session.view))
            case "again":
                self._show(page)
            case _:
                return False
        return True

    def _look_up(self, page: Page) -> None:
        self._say("", *draw.page_lines(page))

    def _tell(self, pages: list[Page]) -> None:
        for page in pages:
            self._say("", *draw.page_lines(page))

    def _say(self, *lines: str) -> None:
        self._out.writelines(f"{line}\n" for line in lines)
        self._out.flush()
