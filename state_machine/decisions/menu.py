"""Which choices a scene offers now, and the check that a decision names only those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Final

import msgspec

from scenes.decisions import Choice, Pick
from scenes.language import closest
from scenes.schema import Item, Scene
from state_machine.artifacts import offered
from state_machine.career import kept_by_boss
from state_machine.decisions.records import IllegalDecision
from state_machine.draft import Draft
from state_machine.team import cost, forecast

_DEAREST: Final = 20
"""A choice costs at most so much of a budget."""


class Settled(msgspec.Struct, frozen=True):
    """A choice, and how it was decided about.

    `taken` is whether it was chosen, picked, put among the first or given any points; `bucket`
    is where it was sorted to, `points` what it was given.
    """

    choice: Choice
    taken: bool = True
    bucket: str = ""
    points: int = 0


def open_choices(draft: Draft, scene: Scene) -> tuple[Choice, ...]:
    """The choices whose conditions hold now, in the scene's order, or the items laid out.

    A charter is about the calls that the player's title gives.
    """
    if scene.offers:
        return tuple(item_choice(draft, scene, item) for item in offered(draft, scene))
    kept = kept_by_boss(draft) if scene.artifact == "charter" else ()
    return tuple(c for c in scene.choice if c.id not in kept and draft.all_hold(c.when, c.any))


def item_choice(draft: Draft, scene: Scene, item: Item) -> Choice:
    """An item as a choice; into a sprint it costs what the team expects it to take."""
    takes = 1
    if scene.artifact == "sprint-plan":
        takes = min(_DEAREST, cost(draft, item))
    return Choice(id=item.id, say=item.title, item=item.id, cost=takes)


def budget_of(draft: Draft, pick: Pick) -> int:
    """What a pick may spend: what the scene says or, in a sprint plan, what the team forecasts."""
    return pick.budget if pick.budget is not None else forecast(draft)


def menu(draft: Draft, scene: Scene) -> dict[str, Choice]:
    """The open choices by their ids, in the scene's order."""
    return {choice.id: choice for choice in open_choices(draft, scene)}


def named(scene: Scene, on_menu: Mapping[str, Choice], choice: str) -> Choice:
    """The choice on the menu with this id. Raises `IllegalDecision` if there is none."""
    if choice not in on_menu:
        raise IllegalDecision(
            f"“{scene.title}” does not offer `{choice}` now{closest(choice, on_menu)}"
        )
    return on_menu[choice]


def refuse_unknown(word: str, what: str, there: Collection[str]) -> None:
    """Raise `IllegalDecision` if a word is none of those there are."""
    if word not in there:
        raise IllegalDecision(f"there is no {what} `{word}`{closest(word, there)}")


def refuse_repeats(choices: Iterable[str]) -> None:
    """Raise `IllegalDecision` if a choice stands in the decision twice."""
    repeated = [choice for choice, count in Counter(choices).items() if count > 1]
    if repeated:
        raise IllegalDecision(f"`{repeated[0]}` stands in the decision more than once")
