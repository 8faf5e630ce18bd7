"""From the rules that a run was played by to newer ones, in steps that can be read one by one.

What the run holds of things that its story has no more is left behind, and what the story has
gained is there as at the beginning. Nothing is guessed: what a run cannot do without, such as
the scene that waits or the world that it plays in, no step replaces, and `fit` names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

import msgspec

from saves.fit import can_be_sorted, choice_in, missing
from scenes.schema import Pack
from scenes.vocabulary import DRAWN
from state_machine.engine import numbers_at_first
from state_machine.rules import Rules, default_rules
from state_machine.run import Card, Run, Succession
from state_machine.texts import laters

Step = Callable[[Run, Pack], Run]
_Value = TypeVar("_Value")

_OF_PACK: Final = ("trust", "evidence", "users", "price", "satisfaction")
"""Kinds of numbers of which the pack says whose there are."""


def migrated(run: Run, pack: Pack, rules: Rules | None = None) -> tuple[Run, tuple[str, ...]]:
    """The run as it goes on by a changed pack, and what was left behind on the way, in words.

    The run that is returned may still miss something; `fit.missing` says what.
    """
    before = set(missing(run, pack))
    run = gained_numbers(run, pack, rules or default_rules())
    for step in STEPS:
        run = step(run, pack)
    return run, tuple(sorted(before - set(missing(run, pack))))


def gained_numbers(run: Run, pack: Pack, rules: Rules) -> Run:
    """Numbers that the story has gained stand as at the beginning."""
    return msgspec.structs.replace(run, numbers=numbers_at_first(pack, rules) | dict(run.numbers))


def lost_numbers(run: Run, pack: Pack) -> Run:
    """Numbers of persons, questions and segments that are gone go with them."""
    there = numbers_at_first(pack, default_rules())
    numbers = {
        key: number
        for key, number in run.numbers.items()
        if key in there or key.partition(" ")[0] not in _OF_PACK
    }
    return msgspec.structs.replace(run, numbers=numbers)


def lost_scenes(run: Run, pack: Pack) -> Run:
    """Scenes that are gone are neither still to come nor remembered."""
    here = {DRAWN, *pack.scenes}
    invited = {name for name, scene in pack.scenes.items() if scene.invitation}
    return msgspec.structs.replace(
        run,
        agenda=_those(run.agenda, here),
        crises=_those(run.crises, here),
        diary=_those(run.diary, invited),
        accepted=_those(run.accepted, invited),
        declined=_those(run.declined, invited),
        attended=_those(run.attended, invited),
        missed=_those(run.missed, invited),
        played=tuple(each for each in run.played if each.scene in here),
        predictions=_of(run.predictions, here),
        succession=run.succession and _since(run.succession, run, pack),
        sprint=run.sprint
        and msgspec.structs.replace(run.sprint, asked=_those(run.sprint.asked, here)),
    )


def _since(succession: Succession, run: Run, pack: Pack) -> Succession:
    """What there was when a run was taken over, without scenes that are gone."""
    invited = {name for name, scene in pack.scenes.items() if scene.invitation}
    return msgspec.structs.replace(
        succession,
        diary=_those(succession.diary, invited),
        played=sum(each.scene in pack.scenes for each in run.played[: succession.played]),
        missed=len(_those(run.missed[: succession.missed], invited)),
    )


def lost_choices(run: Run, pack: Pack) -> Run:
    """Choices that are gone were never made, and nothing of them comes due."""
    chosen = {
        scene: tuple(each for each in taken if choice_in(f"{scene}/{each}", pack))
        for scene, taken in run.chosen.items()
        if scene in pack.scenes
    }
    return msgspec.structs.replace(
        run,
        chosen=chosen,
        placed={ref: bucket for ref, bucket in run.placed.items() if choice_in(ref, pack)},
        points={ref: points for ref, points in run.points.items() if choice_in(ref, pack)},
        pending=tuple(
            each
            for each in run.pending
            if (choice := choice_in(each.choice, pack))
            and 0 <= each.index < len(laters(choice, each.source))
        ),
        crossings=tuple(each for each in run.crossings if choice_in(each.by, pack)),
        bets=tuple(each for each in run.bets if choice_in(f"{each.scene}/{each.choice}", pack)),
    )


def lost_promises(run: Run, pack: Pack) -> Run:
    """Promises that are gone, or were given to somebody who is, or in a moment that is."""
    moments = {*pack.scenes, *pack.phases}
    promises = {
        name: given
        for name, given in run.promises.items()
        if (
            given.to in pack.persons and given.item in pack.items
            if given.item
            else name in pack.promises
        )
        and (choice_in(given.by, pack) if "/" in given.by else given.by in moments)
    }
    return msgspec.structs.replace(run, promises=promises)


def lost_items(run: Run, pack: Pack) -> Run:
    """Items that are gone are on no list and no board."""
    here = set(pack.items)
    sprint = run.sprint and msgspec.structs.replace(
        run.sprint,
        cards=_cards(run.sprint.cards, here),
        goal=run.sprint.goal if run.sprint.goal in here else "",
    )
    artifacts = {
        name: msgspec.structs.replace(
            each,
            items=_those(each.items, here),
            slots={slot: ref for slot, ref in each.slots.items() if choice_in(ref, pack)},
            buckets={
                ref: bucket
                for ref, bucket in each.buckets.items()
                if can_be_sorted(ref, each.scene, pack)
            },
        )
        for name, each in run.artifacts.items()
        if each.scene in pack.scenes
    }
    return msgspec.structs.replace(
        run,
        items=_of(run.items, here),
        narrowed=tuple(each for each in run.narrowed if each.partition(" ")[2] in here),
        backlog=_those(run.backlog, here),
        ready=_those(run.ready, here),
        shipped=_of(run.shipped, here),
        split=_those(run.split, here),
        misbuilt=_those(run.misbuilt, here),
        carried=_cards(run.carried, here),
        artifacts=artifacts,
        sprint=sprint,
    )


STEPS: Final[tuple[Step, ...]] = (
    lost_numbers,
    lost_scenes,
    lost_choices,
    lost_promises,
    lost_items,
)
"""In this order, as choices are known by their scenes."""


def _those(names: Iterable[str], here: set[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in here)


def _of(values: Mapping[str, _Value], here: set[str]) -> dict[str, _Value]:
    return {name: value for name, value in values.items() if name in here}


def _cards(cards: Iterable[Card], here: set[str]) -> tuple[Card, ...]:
    return tuple(card for card in cards if card.item in here)
