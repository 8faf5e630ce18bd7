"""`compose`: fill each gap with one of the options made for it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from game.tui.render import Line, spaced, wrapped
from game.tui.widgets.menu import Menu, number_of, option_words, priced
from state_machine.decisions.records import Compose, Decision
from state_machine.view import Place


class ComposeMenu(Menu):
    """Gaps, each with its options: space or a click takes one, enter decides."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,x", "select", "Take", id="menu.fill", tooltip="Take it for its gap"),
    ]

    _HINT = "↑ ↓ or a number, space to take, then enter"

    def begin(self) -> None:
        """All gaps are empty."""
        self._filled: dict[str, int] = {}

    def put(self, decision: Decision) -> None:
        """The gaps as they were filled."""
        assert isinstance(decision, Compose)
        places = {option.id: place for place, option in enumerate(self.ask.options)}
        self._filled = {slot: places[choice] for slot, choice in decision.slots.items()}

    @property
    def button(self) -> str:
        """What confirming does."""
        return "settle"

    def above(self, index: int, width: int) -> list[Line]:
        """The title of the gap over the first of its options, with dots while it is empty."""
        slot = self.ask.options[index].slot
        if index and self.ask.options[index - 1].slot == slot:
            return []
        title = next(place.title for place in self.ask.places if place.id == slot)
        gap = "" if slot in self._filled else " …"
        return wrapped((spaced(title) + gap).stylize("bold $hat"), width)

    def ends_group(self, index: int) -> bool:
        """Space stands between the gaps."""
        options = self.ask.options
        return index + 1 < len(options) and options[index + 1].slot != options[index].slot

    def row(self, index: int, width: int, *, airy: bool) -> list[Line]:
        """The option's mark, words and price."""
        option = self.ask.options[index]
        taken = self._filled.get(option.slot) == index
        head = Content.assemble(
            (number_of(index), "$quiet"),
            ("(•) " if taken else "( ) ", "bold $hat" if taken else "$quiet"),
        )
        say = option_words(option)
        return priced(head, say.stylize("bold") if taken else say, option, self.ask, width)

    def standing(self) -> Content:
        """How many gaps are filled."""
        count = f"{len(self._filled)} of {len(self.ask.places)}"
        how = "" if self._filled else ": space takes one"
        return Content.assemble((count, "bold"), " filled", (how, "$quiet"))

    def decision(self) -> Decision | None:
        """The options in the gaps, once all are filled."""
        empty = self._empty()
        if empty:
            titles = f"“{' '.join(empty[0].title.split())}” is still empty"
            more = f", and {len(empty) - 1} more" if len(empty) > 1 else ""
            self.say(f"{titles}{more}: space takes what you point at.")
            return None
        options = self.ask.options
        return Compose({slot.id: options[self._filled[slot.id]].id for slot in self.ask.places})

    def action_select(self) -> None:
        """Take the option that is pointed at for its gap and point at the next that is empty."""
        index = self.pointed()
        if index is None:
            return
        slot = self.ask.options[index].slot
        self._filled[slot] = index
        self.redraw()
        self._point_after(slot)
        self.say("")

    def _empty(self) -> list[Place]:
        """The gaps that are not filled."""
        return [place for place in self.ask.places if place.id not in self._filled]

    def _point_after(self, slot: str) -> None:
        """Point at the first option of the next empty gap, if there is one."""
        places = [place.id for place in self.ask.places]
        at, slots = places.index(slot), [option.slot for option in self.ask.options]
        for place in places[at:] + places[:at]:
            if place in slots and place not in self._filled:
                self.highlighted = slots.index(place)
                return
