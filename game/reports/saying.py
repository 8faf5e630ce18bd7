"""How one hat says what the other did: observations, and the words that they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from game import words
from scenes.vocabulary import METRICS, STAKEHOLDER_SIDE, TEAM_SIDE, Hat, Metric
from state_machine.chance import below
from state_machine.deeds import Due, Facts, Moment, Moved, Overstep


@dataclass(frozen=True, slots=True)
class Said:
    """Something that one hat says of the other, and the particulars of the run that it names.

    `about` is what it is of, so that nothing is told twice. Of two, the one with more `weight`,
    about 1 to 10, says more of this run; it gains some where it comes `after` one of these.
    """

    name: str
    about: str
    weight: int
    text: str
    named: tuple[str, ...]
    after: tuple[str, ...] = ()


Observe = Callable[[Facts], Iterator[Said]]
"""An observation: all that it has to say of a run, which may be nothing."""

_NUMBERS: Final = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_POINTS: Final[dict[Metric, str]] = {
    "customers": "with customers",
    "sponsor": "with the sponsor",
    "business": "with the business side",
    "market": "in the market",
    "morale": "of morale",
    "clarity": "of clarity",
    "flow": "of flow",
    "quality": "of quality",
}
_LONGEST: Final = 90
"""So many letters of something said are repeated in a review."""

SIDES: Final[dict[Hat, tuple[Metric, ...]]] = {"pm": STAKEHOLDER_SIDE, "po": TEAM_SIDE}
"""Whose side of the desk a metric lies on."""


def number(count: int) -> str:
    """A count as it is written in a sentence: `no`, `seven`, `13`."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def how_many(count: int) -> str:
    """A count that stands alone: `none`, `seven`, `13`."""
    return number(count) if count else "none"


def numbered(count: int, noun: str) -> str:
    """`one card`, `seven cards`."""
    return f"{number(count)} {noun}" if count == 1 else f"{number(count)} {noun}s"


def fortnights(count: int) -> str:
    """How long something has gone on: `less than a fortnight`, `seven fortnights`."""
    return numbered(count, "fortnight") if count else "less than a fortnight"


def quoted(text: str) -> str:
    """Somebody's words inside a sentence: without its full stop, and not all of a long speech."""
    short = text if len(text) <= _LONGEST else words.glance(text, _words_within(text))
    return f"“{short.rstrip('.')}”"


def _words_within(text: str) -> int:
    return max(4, len(text[:_LONGEST].split()) - 1)


def first_name(name: str) -> str:
    """What somebody is called across a desk."""
    return name.split(maxsplit=1)[0]


def later(earlier: Moment, moment: Moment) -> str:
    """How long after it something was: `a fortnight later`, `three fortnights later`."""
    apart = moment.round - earlier.round
    if apart < 1:
        return "before the fortnight was out"
    return "a fortnight later" if apart == 1 else f"{number(apart)} fortnights later"


def said_by(moved: Iterable[Moved], hat: Hat) -> list[Moved]:
    """What goes back to something that a hat said, beside its promises."""
    silent = ("promise", "left-out")
    return [
        m for m in moved if m.hat == hat and m.movement.quote and m.movement.cause not in silent
    ]


def losses(moved: Iterable[Moved], keys: Iterable[str] | None = None) -> list[Moved]:
    """What went the wrong way, the worst first, among these numbers or all that can be said."""
    return _told(moved, keys, lambda by: by < 0)


def gains(moved: Iterable[Moved], keys: Iterable[str] | None = None) -> list[Moved]:
    """What went the right way, the best first."""
    return _told(moved, keys, lambda by: by > 0)


def _told(
    moved: Iterable[Moved], keys: Iterable[str] | None, way: Callable[[int], bool]
) -> list[Moved]:
    wanted = None if keys is None else set(keys)
    found = [
        each
        for each in moved
        if (each.key in wanted if wanted is not None else _can_be_said(each.key)) and way(each.by)
    ]
    return sorted(found, key=lambda each: (-words.weight(each.movement), each.key))


def _can_be_said(key: str) -> bool:
    return key in METRICS or key.startswith("trust ") or key in ("revenue", "runway")


def price(moved: Iterable[Moved], most: int = 2) -> str:
    """What it came to, at most two things: `a point of flow and two of quality`."""
    told: list[str] = []
    for each in list(moved)[:most]:
        after_points = any("point" in amount for amount in told)
        told.append(_amount(each, "" if after_points else "point"))
    return words.listed(told)


def _amount(moved: Moved, unit: str) -> str:
    size, key = abs(moved.by), moved.key
    if key.startswith("trust "):
        return f"some of {first_name(moved.movement.subject)}'s trust"
    if key == "runway":
        return words.euros(size)
    if key == "revenue":
        return f"{words.euros(size)} a month"
    where = next(said for metric, said in _POINTS.items() if metric == key)
    if not unit:
        return f"{number(size)} {where}"
    return f"{'a point' if size == 1 else numbered(size, unit)} {where}"


def weigh(moved: Iterable[Moved]) -> int:
    """How much movements come to together."""
    return sum(words.weight(each.movement) for each in moved)


def one_of(facts: Facts, name: str, *ways: str) -> str:
    """One of several ways of saying something, by the run's seed: reviews are read side by side."""
    return ways[below(len(ways), facts.seed, "saying", name)]


# ── what both hats can say of each other ────────────────────────────────────────────────


def undeclared(facts: Facts, by: Hat, owners: Iterable[str]) -> list[Overstep]:
    """Calls that a hat made without a word though they were somebody else's."""
    wanted = set(owners)
    return [o for o in facts.oversteps if o.hat == by and o.owner in wanted and not o.declared]


def came_back(facts: Facts, by: Hat, side: Hat) -> list[tuple[Due, Moment, list[Moved]]]:
    """What a hat's earlier decisions cost a side of the desk, when they were chosen, and what."""
    found = [
        (due, due.chosen, losses(due.moved, SIDES[side]))
        for due in facts.dues
        if due.hat == by and not due.sorted and due.chosen is not None
    ]
    return [(due, chosen, lost) for due, chosen, lost in found if lost]


def misread(facts: Facts) -> list[tuple[str, str]]:
    """Cards that were built as nobody meant them, each with the line that was not on it."""
    return [card for sprint in facts.sprints for card in sprint.misread]


def in_scene(crossing: Overstep) -> str:
    """Where a call was made, unless that is called like the call itself: ` in “Medals”`."""
    return "" if crossing.title == crossing.call else f", in “{crossing.title}”"


def unheard(facts: Facts, keys: Iterable[str] | None = None) -> list[tuple[Due, list[Moved]]]:
    """Lines that the PM did not pass on, and what it cost that somebody did not know them."""
    found = [
        (due, losses(due.moved, keys))
        for due in facts.dues
        if due.hat == "pm" and due.untold and due.chosen is not None
    ]
    return [(due, lost) for due, lost in found if lost]


def where_instead(instead: tuple[tuple[Hat, str], ...], hat: Hat) -> str:
    """Where a hat had the player be; empty if it had them nowhere."""
    return next((where for whose, where in instead if whose == hat), "")
