"""`allocate`: share out all the points there are."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content

from game import words
from game.tui.render import Line
from game.tui.widgets.menu import Menu, number_of, option_words, priced
from state_machine.decisions.records import Allocate, Decision

_MOST_PIPS: Final = 10
"""Up to so many points to one option are drawn one by one."""


class AllocateMenu(Menu):
    """Points to share out: right gives one to the option that is pointed at, left takes one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,plus,equals_sign", "give", "Give", id="menu.give", tooltip="Give one"),
        Binding(
            "left,h,minus", "take", "Take back", False, id="menu.back", tooltip="Take one back"
        ),
        Binding(
            "space,x",
            "select",
            "Give, or none",
            False,
            id="menu.more",
            tooltip="Give one; where no more can be given, take all back",
        ),
    ]

    _HINT = "↑ ↓ or a number, → gives and ← takes one, then enter"

    def begin(self) -> None:
        """Nothing is given."""
        self._given = [0] * len(self.ask.options)

    def put(self, decision: Decision) -> None:
        """What was given to each."""
        assert isinstance(decision, Allocate)
        self._given = [decision.points.get(option.id, 0) for option in self.ask.options]

    @property
    def button(self) -> str:
        """What confirming does."""
        return "settle"

    @property
    def left(self) -> int:
        """How much is still to be given."""
        return self.ask.budget - sum(self._given)

    @property
    def limit(self) -> int:
        """How much one option can get."""
        ask = self.ask
        return ask.budget if ask.most is None else min(ask.most, ask.budget)

    def row(self, index: int, width: int, *, airy: bool) -> list[Line]:
        """What the option has got, drawn and in words, and the option's words and price."""
        option, given = self.ask.options[index], self._given[index]
        left, right = "‹›" if index == self.highlighted else "[]"
        room = max(len(self._amount(each)) for each in (0, 1, self.limit))
        style = "bold $hat" if given else "$quiet"
        head = Content.assemble(
            (number_of(index), "$quiet"),
            (left, style),
            *self._pips(given),
            (f"{right} {self._amount(given).ljust(room)}  ", style),
        )
        return priced(head, option_words(option), option, self.ask, width)

    def standing(self) -> Content:
        """How much is left to give."""
        ask, left = self.ask, self.left
        if not left:
            return Content.assemble("all ", (str(ask.budget), "bold"), f" {ask.unit} given")
        how = ": → gives one" if left == ask.budget else ""
        words = f" of {ask.budget} {ask.unit} left to give"
        return Content.assemble((str(left), "bold"), words, (how, "$quiet"))

    def decision(self) -> Decision | None:
        """What each option gets, once all is given."""
        ask, left = self.ask, self.left
        if left:
            are = "is" if left == 1 else "are"
            self.say(f"All {ask.budget} are to be given: {self._amount(left)} {are} left.")
            return None
        options = zip(ask.options, self._given, strict=True)
        return Allocate({option.id: given for option, given in options if given})

    def action_give(self) -> None:
        """Give one to the option that is pointed at."""
        index = self.pointed()
        if index is None:
            return
        if self._given[index] >= self.limit < self.ask.budget:
            self.say(f"That has {self._amount(self.limit)}, and one can get no more.")
        elif not self.left:
            self.say(f"All {self.ask.budget} {self.ask.unit} are given. Take one back first.")
        else:
            self._give(index, self._given[index] + 1)

    def action_take(self) -> None:
        """Take one back from the option that is pointed at."""
        index = self.pointed()
        if index is not None:
            self._give(index, max(0, self._given[index] - 1))

    def action_select(self) -> None:
        """Give one to the option that is pointed at; if it can get no more, take all back."""
        index = self.pointed()
        if index is None:
            return
        if self._given[index] and (self._given[index] >= self.limit or not self.left):
            self._give(index, 0)
        else:
            self.action_give()

    def _give(self, index: int, points: int) -> None:
        self._given[index] = points
        self._draw(index)
        self.say("")

    def _pips(self, given: int) -> tuple[tuple[str, str], tuple[str, str]]:
        """A point for each that is given and a smaller one for each that could be."""
        if self.limit <= _MOST_PIPS:
            return ("●" * given, "$hat"), ("·" * (self.limit - given), "$quiet")
        full = -(-given * _MOST_PIPS // self.limit)
        return ("━" * full, "$hat"), ("─" * (_MOST_PIPS - full), "$panel")

    def _amount(self, points: int) -> str:
        """`3 mornings`, `1 morning`, `none`."""
        if not points:
            return "none"
        return words.so_many(points, self.ask.unit)
