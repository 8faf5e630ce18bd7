"""The seam between what is told and what is decided: one line that says how things stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.content import Content
from textual.style import Style

from game import words
from game.tui.render import EMPTY
from game.tui.widgets.plate import Plate

_LEAST_RULE: Final = 2


@dataclass(frozen=True, slots=True)
class Hints:
    """What is out of sight on both sides of the seam."""

    story: bool = False
    """Whether there is more of the story below."""

    above: int = 0
    """So many options stand above those that are seen."""

    below: int = 0
    """So many stand below them."""

    def say(self, *, short: bool) -> Content:
        """Say it, with the key and the noun or without; nothing if all is in sight."""
        story = ("more ▾" if short else "more ▾ pgdn") if self.story else ""
        sides = ((self.above, "▴"), (self.below, "▾"))
        marks = [f"{sign} {count}" for count, sign in sides if count]
        if marks and not short:
            last = self.below or self.above
            marks[-1] = f"{marks[-1][0]} {words.plural(last, 'option')}"
        said = " · ".join(part for part in (story, " ".join(marks)) if part)
        return Content.styled(f" {said} ", "bold $hat") if said else EMPTY


class Seam(Plate):
    """A rule with the state of the decision, a hint that there is more, and what enter does."""

    def show(self, status: Content, button: str, width: int, hints: Hints) -> None:
        """Draw the line; the hints give way first, and then what enter does."""
        right = EMPTY
        if button:
            press = Style.from_meta({"@click": "screen.confirm"})
            right = Content.assemble((" enter", "bold $hat"), (f" {button}", "")).stylize(press)
        hint = hints.say(short=False)
        left = status + " " if status else EMPTY
        room = width - right.cell_length
        if left.cell_length + hint.cell_length + _LEAST_RULE > room:
            hint = hints.say(short=True)
        if left.cell_length + hint.cell_length + _LEAST_RULE > room:
            right, room = EMPTY, width
        rule = max(0, room - left.cell_length - hint.cell_length)
        before = rule // 2 if hint and not left else max(0, rule - _LEAST_RULE)
        after = rule - before
        self.draw(
            Content.assemble(left, ("─" * before, "$panel"), hint, ("─" * after, "$panel"), right)
        )
