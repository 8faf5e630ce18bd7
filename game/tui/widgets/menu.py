"""A list of options to decide between: what all decision lists share.

The keys, the mouse and the scrolling are Textual's `OptionList`. Nothing is pointed at when a
list is offered, so that a key pressed once too often while reading decides nothing.
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option as Entry

from game import words
from game.decided import marked
from game.tui.messages import Changed, Decided
from game.tui.render import EMPTY, Line, hanging, spaced, stacked, wrapped
from game.tui.widgets.pointing import POINTER
from state_machine.decisions.records import Decision
from state_machine.view import Ask, Option

DECIDED = "✓ "
MARGIN = len(POINTER)
_GAP = 3


class Menu(OptionList):
    """The options of an `Ask`, one of which is pointed at. Subclasses say how they are drawn."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "settle", "Decide", False, id="menu.settle", tooltip="Decide so"),
        Binding("down,j", "cursor_down", "Next option", show=False, id="menu.down"),
        Binding("up,k", "cursor_up", "Option before", show=False, id="menu.up"),
        *(
            Binding(str(n), f"jump({n})", "The option of that number", False, id=f"menu.{n}")
            for n in range(1, 10)
        ),
        Binding("0", "jump(10)", "The tenth option", False, id="menu.0"),
    ]

    _HINT: ClassVar[str] = "↑ ↓ or a number, then enter"

    def __init__(self) -> None:
        """An empty list; `offer` fills it."""
        super().__init__(markup=False)
        self._ask: Ask | None = None
        self._width = 40
        self._airy = False
        self._word = ""
        self._decided: frozenset[int] = frozenset()

    # ── what the screen asks of every answer ────────────────────────────────────────────

    def offer(self, ask: Ask) -> None:
        """Show what is asked, with nothing pointed at."""
        self._ask = ask
        self._word = ""
        self._decided = frozenset()
        self.disabled = False
        self.begin()
        self.set_options(Entry(EMPTY) for _ in ask.options)
        self.highlighted = None
        self.scroll_home(animate=False)

    def show(self, decision: Decision | None) -> None:
        """Show what was decided about what is asked, if anything was; nothing can be changed."""
        if decision is not None:
            self.put(decision)
            self._decided = self.decided(decision)
        self.disabled = True
        self.redraw()

    def lines(self, width: int, *, airy: bool) -> int:
        """How many lines the options take at this width."""
        options = range(len(self.ask.options))
        return sum(len(self._option_lines(index, width, airy=airy)) for index in options)

    def outer(self, width: int) -> int:
        """How wide the widget is for lines of this width."""
        return width + 4

    def legend(self, width: int) -> list[Line]:
        """What stays in sight over the options; it takes as many lines however things stand."""
        return []

    def fit(self, width: int, *, airy: bool) -> None:
        """Draw the options at this width."""
        self._width, self._airy = width, airy
        self.redraw()

    @property
    def status(self) -> Content:
        """A word about the decision, or how to make it."""
        if self._word:
            return Content.styled(self._word, "$warning")
        return self.standing() if self.highlighted is not None else Content(self._HINT)

    @property
    def button(self) -> str:
        """What confirming does."""
        return "decide"

    def settle(self) -> None:
        """Confirm; without anything pointed at, say how it is done."""
        if self.pointed() is None:
            return
        decision = self.decision()
        if decision is not None:
            self.post_message(Decided(decision))

    def hidden(self) -> tuple[int, int]:
        """How many options are out of sight, wholly or in part: above what is seen, and below."""
        if self._ask is None:
            return 0, 0
        top, above, below, at = self.scroll_offset.y, 0, 0, 0
        for index in range(len(self.ask.options)):
            lines = self._option_lines(index, self._width, airy=self._airy)
            text = [number for number, line in enumerate(lines) if line.plain.strip()]
            above += at + text[0] < top
            below += at + text[-1] >= top + self.size.height
            at += len(lines)
        return above, below

    def hush(self) -> None:
        """Take back what was said last, and whatever hangs on the player's having seen it."""
        if self._word:
            self.say("")

    # ── what a kind of decision fills in ────────────────────────────────────────────────

    def begin(self) -> None:
        """Forget what was decided in the last list."""

    def put(self, decision: Decision) -> None:
        """Let the list stand as it did when this was decided."""

    def decided(self, decision: Decision) -> frozenset[int]:
        """The options that a decision takes, by their places in the list."""
        taken = marked(decision)
        return frozenset(n for n, option in enumerate(self.ask.options) if option.id in taken)

    def row(self, index: int, width: int, *, airy: bool) -> list[Line]:
        """An option as lines; `airy` if there is room for more of them."""
        raise NotImplementedError

    def above(self, index: int, width: int) -> list[Line]:
        """What stands over an option and is no part of it."""
        return []

    def below(self, index: int, width: int) -> list[Line]:
        """What stands under an option and is no part of it."""
        return []

    def ends_group(self, index: int) -> bool:
        """Whether there is space after an option, where there is room for it."""
        return True

    def standing(self) -> Content:
        """How the decision stands, once something is pointed at."""
        return EMPTY

    def decision(self) -> Decision | None:
        """The decision as it stands, or None after saying what it lacks."""
        raise NotImplementedError

    # ── shared ──────────────────────────────────────────────────────────────────────────

    @property
    def ask(self) -> Ask:
        """What is asked."""
        assert self._ask is not None
        return self._ask

    def pointed(self) -> int | None:
        """The option that is pointed at, or None after saying how to point at one."""
        if self.highlighted is None:
            self.say(f"Point at one first: {self._HINT}.")
        return self.highlighted

    def say(self, word: str) -> None:
        """Say something about the decision, in place of how it stands."""
        self._word = word
        self.post_message(Changed())

    def redraw(self) -> None:
        """Draw all options again."""
        for index in range(self.option_count):
            self._draw(index)

    def watch_highlighted(self, old: int | None, new: int | None) -> None:  # type: ignore[override]
        """Move the pointer with the highlight."""
        for index in (old, new):
            if index is not None and index < self.option_count:
                self._draw(index)
        super().watch_highlighted(new)
        self._word = ""
        self.post_message(Changed())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say that other options are out of sight now."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(Changed())

    def on_resize(self) -> None:
        """Say that more or fewer options are in sight now."""
        self.post_message(Changed())

    def action_settle(self) -> None:
        """Confirm by key."""
        self.settle()

    def action_jump(self, number: int) -> None:
        """Point at the option of this number."""
        if number <= self.option_count:
            self.highlighted = number - 1

    def _draw(self, index: int) -> None:
        pointed = index == self.highlighted
        lines = self._option_lines(index, self._width, airy=self._airy, pointed=pointed)
        self.replace_option_prompt_at_index(index, stacked(lines))

    def _option_lines(
        self, index: int, width: int, *, airy: bool, pointed: bool = False
    ) -> list[Line]:
        """An option with all that stands around it."""
        inner = width - MARGIN
        decided = index in self._decided
        sign = DECIDED if decided else POINTER if pointed else " " * MARGIN
        row = [
            Content(" " * MARGIN if number else sign) + line
            for number, line in enumerate(self.row(index, inner, airy=airy))
        ]
        if decided:
            row = [line.stylize("bold") for line in row]
        if pointed or decided:
            row = [
                line.pad_right(max(0, width - line.cell_length))
                .stylize_before("on $cursor")
                .stylize("$hat", 0, MARGIN)
                for line in row
            ]
        space = [EMPTY] if airy else []
        above = [Content(" " * MARGIN) + line for line in self.above(index, inner)]
        below = [Content(" " * MARGIN) + line for line in self.below(index, inner)]
        after = space if index < len(self.ask.options) - 1 and self.ends_group(index) else []
        return [*above, *row, *(space if below else []), *below, *after]


def number_of(index: int) -> str:
    """The number by which an option can be jumped to, or space."""
    return f"{(index + 1) % 10} " if index < 10 else "  "  # there are ten digits


def priced(  # a line of a menu has so many parts
    head: Content, say: Content, option: Option, ask: Ask, width: int, *, below: bool = False
) -> list[Line]:
    """An option's words after its head, with its price behind them if it fits, or below."""
    lines = hanging(head, say, width)
    price = Content.styled(words.price(option, ask), "$quiet")
    if not price:
        return lines
    gap = width - lines[-1].cell_length - price.cell_length
    if gap >= _GAP and not below and "·" not in price.plain:
        return [*lines[:-1], lines[-1] + Content(" " * gap) + price]
    indent = head.cell_length
    return lines + [line.pad_left(indent) for line in wrapped(price, width - indent)]


def option_words(option: Option) -> Content:
    """What an option says."""
    return spaced(option.say)
