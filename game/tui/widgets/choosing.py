"""`choose` and `predict`: point at one option and decide."""

from __future__ import annotations

from textual.content import Content

from game.tui.render import Line
from game.tui.widgets.menu import Menu, number_of, option_words, priced
from state_machine.decisions.records import Choose, Decision, Predict


class ChooseMenu(Menu):
    """One of several: enter or a click decides."""

    def row(self, index: int, width: int, *, airy: bool) -> list[Line]:
        """The option's number and words, and its price."""
        option = self.ask.options[index]
        head = Content.styled(number_of(index), "$quiet")
        return priced(head, option_words(option), option, self.ask, width, below=airy)

    def decision(self) -> Decision | None:
        """The option that is pointed at."""
        assert self.highlighted is not None
        choice = self.ask.options[self.highlighted].id
        return Predict(choice) if self.ask.kind == "predict" else Choose(choice)

    def action_select(self) -> None:
        """A click decides."""
        self.settle()
