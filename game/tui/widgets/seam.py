"""The seam between what is told and what is decided: one line that says how things stand."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style

from game.tui.render import EMPTY
from game.tui.widgets.plate import Plate


class Seam(Plate):
    """A rule with the state of the decision, a hint that there is more, and what enter does."""

    def show(self, status: Content, button: str, width: int, *, more: str = "") -> None:
        """Draw the line; `more` says how to see what does not fit."""
        right = EMPTY
        if button:
            press = Style.from_meta({"@click": "screen.confirm"})
            right = Content.assemble((" enter", "bold $hat"), (f" {button}", "")).stylize(press)
        hint = Content.styled(f" {more} ", "bold $hat") if more else EMPTY
        left = status + " " if status else EMPTY
        room = width - right.cell_length
        if left.cell_length + hint.cell_length + 2 > room:
            hint = hint[:7] if hint else EMPTY
        if left.cell_length + hint.cell_length + 2 > room:
            right, room = EMPTY, width
        rule = max(0, room - left.cell_length - hint.cell_length)
        before = rule // 2 if hint and not left else max(0, rule - 2)
        after = rule - before
        self.draw(
            Content.assemble(left, ("─" * before, "$panel"), hint, ("─" * after, "$panel"), right)
        )
