"""The people whom the player has met."""

from __future__ import annotations

from textual.content import Content

from game import words
from game.tui.render import EMPTY, Line, apart, spaced, wrapped
from game.tui.screens.sheet import Sheet, nothing
from state_machine.view import Met


class PeopleSheet(Sheet):
    """Each person: who they are, and how they stand to the player."""

    def __init__(self, people: tuple[Met, ...]) -> None:
        """These people."""
        super().__init__("People you have met")
        self._people = people

    def lines(self, width: int) -> list[Line]:
        """One person after the other."""
        if not self._people:
            return nothing("You have met nobody yet.", width)
        lines: list[Line] = []
        for person in self._people:
            name = spaced(person.name).stylize("bold")
            stance = Content.styled(words.stance(person), "$hat")
            lines.append(apart(name, stance, width))
            for text in (person.role, person.tell):
                quiet = spaced(text).stylize("$quiet")
                lines += [Content("  ") + line for line in wrapped(quiet, width - 2)]
            lines.append(EMPTY)
        return lines[:-1]
