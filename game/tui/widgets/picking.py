"""`pick` and the diary: take what fits the budget, leave the rest."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content

from game import words
from game.tui.render import Line, hanging, spaced
from game.tui.widgets.menu import Menu, number_of, option_words, priced
from state_machine.decisions.records import Decision, Pick

_NOTHING: Final = "You take nothing. If you mean it, enter once more."


class PickMenu(Menu):
    """Several under a budget: space or a click takes and puts back, enter decides."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,x", "select", "Take", id="menu.take", tooltip="Take it or put it back"),
    ]

    _HINT = "↑ ↓ or a number, space to take, then enter"

    def begin(self) -> None:
        """Nothing is taken."""
        self._taken: list[int] = []

    def put(self, decision: Decision) -> None:
        """Take what was taken."""
        assert isinstance(decision, Pick)
        places = {option.id: place for place, option in enumerate(self.ask.options)}
        self._taken = [places[choice] for choice in decision.choices]

    @property
    def button(self) -> str:
        """What confirming does."""
        return "settle"

    @property
    def spent(self) -> int:
        """How much of the budget is taken."""
        return sum(self.ask.options[index].cost for index in self._taken)

    def row(self, index: int, width: int, *, airy: bool) -> list[Line]:
        """The option's box, whose it is, its words, its price and what happens without it."""
        option, taken = self.ask.options[index], index in self._taken
        head = Content.assemble(
            (number_of(index), "$quiet"),
            (self._box(index), "bold $hat" if taken else "$quiet"),
        )
        if option.hat:
            glyph, short = words.HAT_GLYPHS[option.hat], words.HAT_SHORT[option.hat]
            head += Content.styled(f"{glyph} {short}  ", f"bold ${option.hat}-hat")
        say = option_words(option)
        say = say.stylize("bold") if taken else say
        if not option.default:
            return priced(head, say, option, self.ask, width)
        below = f"{words.price(option, self.ask)}. {words.LEFT_TO_HAPPEN}: {option.default}"
        quiet = spaced(below).stylize("$quiet")
        return [*hanging(head, say, width), *hanging(Content(" " * head.cell_length), quiet, width)]

    def _box(self, index: int) -> str:
        """Whether an option is taken, and whether it is what the others are for."""
        if index not in self._taken:
            return "[ ] "
        return "[★] " if self.ask.goal and index == self._taken[0] else "[x] "

    def standing(self) -> Content:
        """How much of the budget is taken."""
        ask = self.ask
        taken = Content.assemble((f"{self.spent} of {ask.budget}", "bold"), f" {ask.unit} taken")
        left = len(ask.options) - len(self._taken)
        if ask.kind == "diary" and self._taken:
            return taken + Content.styled(f", {left} will happen without you", "$quiet")
        return taken

    def decision(self) -> Decision | None:
        """What is taken, in the order of taking; asks again before taking nothing.

        The question holds as long as it stands there to be read.
        """
        ask = self.ask
        if len(self._taken) < ask.least:
            self.say(f"Take at least {ask.least}; so far it is {len(self._taken)}.")
            return None
        if not self._taken and self._word != _NOTHING:
            self.say(_NOTHING)
            return None
        return Pick(tuple(ask.options[index].id for index in self._taken))

    def on_key(self, event: events.Key) -> None:
        """Ask anew before taking nothing, after any key but that which means it."""
        if self._word == _NOTHING and event.key != "enter":
            self.hush()

    def action_select(self) -> None:
        """Take the option that is pointed at, or put it back."""
        index = self.pointed()
        if index is None:
            return
        cost, free = self.ask.options[index].cost, self.ask.budget - self.spent
        if index in self._taken:
            self._taken.remove(index)
        elif cost > free:
            has = f"only {free}" if free else "nothing"
            self.say(f"That takes {cost}, and you have {has} left. Put something back first.")
            return
        else:
            self._taken.append(index)
        self.redraw()
        self.say("")
