"""The promises that are open, in full."""

from __future__ import annotations

from textual.content import Content

from game import words
from game.tui.render import EMPTY, Line, hanging, spaced, wrapped
from game.tui.screens.sheet import Sheet, nothing
from state_machine.view import Owed


class PromisesSheet(Sheet):
    """Each open promise: the exact words, to whom, due when, made where."""

    def __init__(self, promises: tuple[Owed, ...]) -> None:
        """These promises."""
        super().__init__("On the glove")
        self._promises = promises

    def lines(self, width: int) -> list[Line]:
        """One promise after the other."""
        if not self._promises:
            return nothing("You have promised nobody anything. It will not last.", width)
        lines: list[Line] = []
        for promise in self._promises:
            said = spaced(f"“{promise.words}”").stylize("italic")
            lines += hanging(Content.styled("· ", "$hat"), said, width)
            owed = f"to {promise.to}, before {promise.due} is over"
            lines += [Content("  ") + line for line in wrapped(Content(owed), width - 2)]
            made = spaced(words.given(promise)).stylize("$quiet")
            lines += [*(Content("  ") + line for line in wrapped(made, width - 2)), EMPTY]
        return lines[:-1]
