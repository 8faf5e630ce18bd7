"""Personas: one habit each, as a function from what is asked to a decision.

A persona sees the `View` and may draw lots through `chance`; it knows nothing else. The lots
are keyed like all chance, so the same persona on the same seed plays the same run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from scenes.vocabulary import Hat
from state_machine.chance import word
from state_machine.decisions import (
    Allocate,
    Choose,
    Compose,
    Decision,
    Pick,
    Predict,
    Rank,
    Sort,
    Write,
)
from state_machine.view import Ask, Option, View

Persona = Callable[[View, int], Decision]
"""Decides what a view asks, with a seed for its lots."""

Lots = Callable[[Option], int]
"""Draws an option's lot."""

Habit = Callable[[Ask, Lots], Decision]
"""Decides what is asked; a persona is a habit whose lots are keyed by how far the run is."""

Taste = Callable[[Ask, Option, int], tuple[int, ...]]
"""How much an option is liked: the lowest comes first; the number is the option's lot."""


def _by_lot(_ask: Ask, _option: Option, lot: int) -> tuple[int, ...]:
    return (lot,)


def _pleasing(_ask: Ask, option: Option, lot: int) -> tuple[int, ...]:
    return (-len(option.cares), lot)


def _thrifty(_ask: Ask, option: Option, lot: int) -> tuple[int, ...]:
    return (option.euros, option.half_days, lot)


def _sensible(_ask: Ask, option: Option, lot: int) -> tuple[int, ...]:
    """What is known to be worth most for its effort; what is broken or owed before what is new.

    What has to wait for something else comes last. Beside items, one hat's invitation is as
    good as the other's.
    """
    item = option.item
    if item is None:
        return (0, lot)
    value, effort = sum(item.value), max(1, sum(item.effort))
    value = {"bug": 2 - value, "debt": 6, "enabler": 6}.get(item.kind, value)
    return (len(item.waits_for), -100 * value // effort, not item.ready, lot)


def _hat_first(hat: Hat) -> Taste:
    def taste(_ask: Ask, option: Option, lot: int) -> tuple[int, ...]:
        return (option.hat != hat if option.hat else 0, lot)

    return taste


def sensible_but(shuns: Callable[[Ask, Option], bool]) -> Persona:
    """Somebody sensible about items who takes what is shunned only if there is nothing else.

    Of what can be picked, no more of it than must be; what is sorted goes into the last bucket.
    """

    def taste(ask: Ask, option: Option, lot: int) -> tuple[int, ...]:
        return (shuns(ask, option), *_sensible(ask, option, lot))

    persona = _persona(_habit(taste, "I always do it like this."))

    def decide(view: View, seed: int) -> Decision:
        decision, ask = persona(view, seed), view.ask
        if ask and isinstance(decision, Sort) and all(shuns(ask, each) for each in ask.options):
            return Sort({option.id: ask.places[-1].id for option in ask.options})
        if ask is None or ask.kind != "pick" or not isinstance(decision, Pick):
            return decision
        shunned = {option.id for option in ask.options if shuns(ask, option)}
        liked = [name for name in decision.choices if name not in shunned]
        missing = max(0, ask.least - len(liked))
        more = [name for name in decision.choices if name in shunned][:missing]
        return Pick((*liked, *more))

    return decide


def _habit(taste: Taste, sentence: str) -> Habit:
    def decide(ask: Ask, lots: Lots) -> Decision:
        liked = sorted(ask.options, key=lambda o: (*taste(ask, o, lots(o)), o.id))
        return _decide(ask, liked, sentence)

    return decide


def _persona(habit: Habit) -> Persona:
    def decide(view: View, seed: int) -> Decision:
        if view.ask is None:
            raise ValueError("nothing is asked in this view")
        return habit(
            view.ask,
            lambda option: word(seed, "persona", view.rounds, view.decisions, option.id),
        )

    return decide


def _decide(ask: Ask, liked: list[Option], sentence: str) -> Decision:
    """The decision that follows from liking the options in this order."""
    match ask.kind:
        case "choose":
            return Choose(liked[0].id)
        case "predict":
            return Predict(liked[0].id)
        case "write":
            return Write(sentence)
        case "rank":
            return Rank(tuple(option.id for option in liked))
        case "sort":
            return Sort(_sorted(ask, [option.id for option in liked]))
        case "allocate":
            return Allocate(_shared_out(ask, [option.id for option in liked]))
        case "compose":
            best = {option.slot: option.id for option in reversed(liked)}
            return Compose({place.id: best[place.id] for place in ask.places})
        case "diary" | "pick":
            picked, left = [], ask.budget
            for option in liked:
                if option.cost <= left:
                    picked.append(option.id)
                    left -= option.cost
            return Pick(tuple(picked))


def _sorted(ask: Ask, liked: list[str]) -> dict[str, str]:
    """Options dealt over the buckets in turn, best first, as far as each holds them."""
    free = {place.id: place.most if place.most is not None else len(liked) for place in ask.places}
    dealt: dict[str, str] = {}
    share = -(-len(liked) // len(ask.places))
    for option in liked:
        filled = {place.id: sum(b == place.id for b in dealt.values()) for place in ask.places}
        roomy = [p.id for p in ask.places if filled[p.id] < min(free[p.id], share)]
        anywhere = [p.id for p in ask.places if filled[p.id] < free[p.id]]
        dealt[option] = (roomy or anywhere)[0]
    return dealt


def _shared_out(ask: Ask, liked: list[str]) -> dict[str, int]:
    """Points given by halves: as many as may be to the best, then to the next."""
    left, most = ask.budget, ask.most if ask.most is not None else ask.budget
    given: dict[str, int] = {}
    for number, option in enumerate(liked):
        last = number == len(liked) - 1
        given[option] = min(most, left if last else -(-left // 2))
        left -= given[option]
    for option in liked:
        more = min(most - given[option], left)
        given[option] += more
        left -= more
    return {option: points for option, points in given.items() if points}


HABITS: Final[Mapping[str, Habit]] = {
    "random": _habit(_by_lot, "Whatever I decided, I had a reason at the time."),
    "people-pleaser": _habit(_pleasing, "Please be nice to everybody I said yes to."),
    "penny-pincher": _habit(_thrifty, "We can afford this if nothing else happens."),
    "sensible": _habit(_sensible, "First what is true, then what is promised, then the rest."),
    "pm-only": _habit(_hat_first("pm"), "The customers are right and I was with them."),
    "po-only": _habit(_hat_first("po"), "Ask the team before you ask for anything."),
}

PERSONAS: Final[Mapping[str, Persona]] = {name: _persona(habit) for name, habit in HABITS.items()}
