"""`rank`: put all options in order; the first few count."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from game.tui.render import Line
from game.tui.widgets.menu import Menu, option_words, priced
from state_machine.decisions.records import Decision, Rank


class RankMenu(Menu):
    """An order: space picks an option up, the arrows carry it, enter decides."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space,x", "select", "Pick up", id="menu.hold", tooltip="Pick it up or put it down"
        ),
        Binding("J,shift+down", "carry(1)", "Move it down", show=False, id="menu.later"),
        Binding("K,shift+up", "carry(-1)", "Move it up", show=False, id="menu.sooner"),
    ]

    _HINT = "↑ ↓ to point, space to pick up and carry, then enter"

    def begin(self) -> None:
        """The order of the scene, nothing picked up."""
        self._order = list(range(len(self.ask.options)))
        self._held = False

    def put(self, decision: Decision) -> None:
        """The order that was decided."""
        assert isinstance(decision, Rank)
        places = {option.id: place for place, option in enumerate(self.ask.options)}
        self._order = [places[choice] for choice in decision.order]

    def decided(self, decision: Decision) -> frozenset[int]:
        """The first few, which count."""
        return frozenset(range(self.ask.keep))

    @property
    def button(self) -> str:
        """What confirming does."""
        return "settle"

    def row(self, index: int, width: int, *, airy: bool) -> list[Line]:
        """The place, and the option's words and price."""
        option, counts = self.ask.options[self._order[index]], index < self.ask.keep
        held = self._held and index == self.highlighted
        head = Content.styled(
            f"{'↕' if held else ' '}{index + 1:>2}. ", "bold $hat" if counts else "$quiet"
        )
        say = option_words(option)
        return priced(head, say if counts else say.stylize("$quiet"), option, self.ask, width)

    def below(self, index: int, width: int) -> list[Line]:
        """The line under the last place that counts."""
        if index == self.ask.keep - 1 and self.ask.keep < len(self.ask.options):
            return [Content.styled("── what stands below waits ".ljust(width, "─"), "$quiet")]
        return []

    def standing(self) -> Content:
        """What is being done."""
        if self._held:
            return Content("picked up: ↑ ↓ carry it, space puts it down")
        return Content.assemble("the first ", (str(self.ask.keep), "bold"), " count")

    def decision(self) -> Decision | None:
        """The order as it stands."""
        return Rank(tuple(self.ask.options[index].id for index in self._order))

    def settle(self) -> None:
        """Put down what is held, or confirm the order."""
        if self._held:
            self.action_select()
        else:
            super().settle()

    def action_select(self) -> None:
        """Pick up the option that is pointed at, or put it down."""
        index = self.pointed()
        if index is None:
            return
        self._held = not self._held
        self._draw(index)
        self.say("")

    def action_carry(self, by: int) -> None:
        """Move the option that is pointed at one place."""
        at = self.highlighted
        if at is None or not 0 <= at + by < len(self._order):
            return
        order = self._order
        order[at], order[at + by] = order[at + by], order[at]
        self.highlighted = at + by

    def action_cursor_down(self) -> None:
        """Point at the next option, or carry what is held there."""
        if self._held:
            self.action_carry(1)
        else:
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """Point at the option before, or carry what is held there."""
        if self._held:
            self.action_carry(-1)
        else:
            super().action_cursor_up()
