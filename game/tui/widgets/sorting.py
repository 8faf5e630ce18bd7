"""`sort`: every option into one of the buckets, some of which hold only so many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content

from game.plain.answers import LETTERS
from game.tui.render import EMPTY, Line, hanging, spaced
from game.tui.widgets.menu import Menu, number_of, option_words, priced
from state_machine.decisions.records import Decision, Sort

_NOWHERE: Final = -1
_UNSORTED: Final = "where?"
_WIDEST: Final = 12
"""So much of a bucket's title stands before an option; the whole of it is in the legend."""

_MOST_BUCKETS: Final = 5
_BETWEEN: Final = Content("   ")


class SortMenu(Menu):
    """Buckets to fill: the arrows move an option from one to the next, a letter puts it in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", "shift(1)", "Sort", id="menu.next", tooltip="Move it one bucket on"),
        Binding(
            "left,h",
            "shift(-1)",
            "Back",
            False,
            id="menu.before",
            tooltip="Move it one bucket back",
        ),
        *(
            Binding(
                letter,
                f"into({place})",
                f"Bucket {letter}",
                False,
                id=f"menu.{letter}",
                tooltip="Put it into the bucket of that letter",
            )
            for place, letter in enumerate(LETTERS[:_MOST_BUCKETS])
        ),
        Binding(
            "space,x",
            "select",
            "Next bucket",
            False,
            id="menu.cycle",
            tooltip="The next bucket; after the last one, none",
        ),
        Binding(
            "backspace,delete", "out", "Take out", False, id="menu.out", tooltip="Take it out again"
        ),
    ]

    _HINT = "↑ ↓ or a number, ← → or a letter to sort, then enter"

    def begin(self) -> None:
        """Nothing is sorted."""
        self._held_in: dict[int, int] = {}
        self._titles = _short([place.title for place in self.ask.places])

    def put(self, decision: Decision) -> None:
        """Everything in the bucket that it was put into."""
        assert isinstance(decision, Sort)
        buckets = [place.id for place in self.ask.places]
        self._held_in = {
            index: buckets.index(decision.buckets[option.id])
            for index, option in enumerate(self.ask.options)
            if option.id in decision.buckets
        }

    def decided(self, decision: Decision) -> frozenset[int]:
        """None is marked: each has its bucket before it."""
        return frozenset()

    @property
    def button(self) -> str:
        """What confirming does."""
        return "settle"

    def legend(self, width: int) -> list[Line]:
        """The buckets with their letters, how many are in each and how many it holds."""
        return _flowing((self._bucket(place) for place in range(len(self.ask.places))), width)

    def row(self, index: int, width: int, *, airy: bool) -> list[Line]:
        """The option's bucket, words and price."""
        option, place = self.ask.options[index], self._held_in.get(index, _NOWHERE)
        room = max(len(_UNSORTED), *(len(title) + 2 for title in self._titles))
        inside = f"{LETTERS[place]} {self._titles[place]}" if place != _NOWHERE else _UNSORTED
        left, right = "‹›" if index == self.highlighted else "[]"
        head = Content.assemble(
            (number_of(index), "$quiet"),
            (f"{left}{inside.ljust(room)}{right} ", "$quiet" if place == _NOWHERE else "bold $hat"),
        )
        return priced(head, option_words(option), option, self.ask, width)

    def standing(self) -> Content:
        """How many are sorted."""
        count = f"{len(self._held_in)} of {len(self.ask.options)}"
        how = "" if self._held_in else ": → or a letter sorts it"
        return Content.assemble((count, "bold"), " sorted", (how, "$quiet"))

    def decision(self) -> Decision | None:
        """Each option's bucket, once all have one."""
        options, places = self.ask.options, self.ask.places
        missing = len(options) - len(self._held_in)
        if missing:
            are = "1 is" if missing == 1 else f"{missing} are"
            self.say(f"{are} not sorted yet; look for “{_UNSORTED}”.")
            return None
        return Sort({options[i].id: places[p].id for i, p in sorted(self._held_in.items())})

    def action_select(self) -> None:
        """Move the option that is pointed at to the next bucket, from the last to none."""
        index = self.pointed()
        if index is not None:
            now = self._held_in.get(index, _NOWHERE)
            self._move(index, [*range(now + 1, len(self.ask.places)), _NOWHERE, *range(now)])

    def action_shift(self, by: int) -> None:
        """Move the option that is pointed at one bucket on or back, over those that are full."""
        index = self.pointed()
        if index is not None:
            now = self._held_in.get(index, _NOWHERE)
            end = len(self.ask.places) if by > 0 else _NOWHERE - 1
            self._move(index, range(now + by, end, by))

    def action_into(self, place: int) -> None:
        """Put the option that is pointed at straight into a bucket."""
        index, last = self.pointed(), len(self.ask.places) - 1
        if index is None:
            return
        if place > last:
            self.say(f"The letters here are {LETTERS[0]} to {LETTERS[last]}.")
        else:
            self._move(index, [place])

    def action_out(self) -> None:
        """Take the option that is pointed at out of its bucket."""
        index = self.pointed()
        if index is not None:
            self._move(index, [_NOWHERE])

    def _move(self, index: int, places: Sequence[int]) -> None:
        """Put an option into the first of these buckets that has room for it."""
        to = next((place for place in places if self._has_room(place, index)), None)
        if to is not None:
            self._held_in.pop(index, None)
            if to != _NOWHERE:
                self._held_in[index] = to
            self._draw(index)
        refused = places[0] if places and to != places[0] else None
        self.say("" if refused is None else self._refusal(refused, to))

    def _refusal(self, full: int, to: int | None) -> str:
        """Why an option is not in a bucket, and where it went instead."""
        said = f"“{self._titles[full]}” is full: it holds {self.ask.places[full].most}"
        if to is None:
            return f"{said}. Move one out first."
        return f"{said}, so this is in {f'“{self._titles[to]}”' if to != _NOWHERE else 'none'}."

    def _count(self, place: int) -> int:
        return sum(held == place for held in self._held_in.values())

    def _has_room(self, place: int, index: int) -> bool:
        if place == _NOWHERE or self._held_in.get(index) == place:
            return True
        most = self.ask.places[place].most
        return most is None or self._count(place) < most

    def _bucket(self, place: int) -> Content:
        """A bucket in the legend. Its width stays the same, so that nothing below moves."""
        bucket = self.ask.places[place]
        limit = f" of {bucket.most}" if bucket.most is not None else ""
        fill, widest = f" ({self._count(place)}{limit})", f" ({len(self.ask.options)}{limit})"
        return Content.assemble(
            (f"{LETTERS[place]} ", "bold $hat"),
            spaced(bucket.title),
            (fill.ljust(len(widest)), "$quiet"),
        )


def _short(titles: Sequence[str]) -> list[str]:
    """Titles short enough to stand before each option: up to the first stop, if that will do."""
    heads = [re.split(r"[:;,(–—]", title)[0].strip() for title in titles]
    if len(set(heads)) < len(titles) or not all(heads):
        heads = [" ".join(title.split()) for title in titles]
    return [head if len(head) <= _WIDEST else f"{head[: _WIDEST - 1].rstrip()}…" for head in heads]


def _flowing(parts: Iterable[Content], width: int) -> list[Line]:
    """Parts side by side, as many on a line as fit."""
    lines: list[Line] = []
    for part in parts:
        if lines and lines[-1].cell_length + len(_BETWEEN) + part.cell_length <= width:
            lines[-1] = lines[-1] + _BETWEEN + part
        else:
            lines += hanging(EMPTY, part, width)
    return lines
