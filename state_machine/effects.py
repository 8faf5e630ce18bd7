"""What each effect of the pack's language does to a run: a function for every verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import msgspec

from scenes.language import Effect
from scenes.vocabulary import PHASES, PhaseId
from state_machine import crossings, items, promises
from state_machine.events import Cause
from state_machine.run import Card

if TYPE_CHECKING:
    from state_machine.draft import Draft

Act = Callable[["Draft", Effect, Cause], None]


def bring_about(draft: Draft, effect: Effect, cause: Cause) -> None:
    """Do what an effect says, whether or not its condition holds."""
    _ACTS[effect.verb](draft, effect, cause)


def _number(draft: Draft, effect: Effect, cause: Cause) -> None:
    draft.change(effect.key, effect.by, cause)


def _evidence(draft: Draft, effect: Effect, cause: Cause) -> None:
    """Evidence is gathered, and with it the worth of what it is about."""
    draft.change(effect.key, effect.by, cause)
    pieces = max(0, draft.numbers.get(effect.key, 0))
    for item in draft.pack.evidence[effect.args[0]].about[:pieces]:
        items.narrow(draft, "value", item)


def _price(draft: Draft, effect: Effect, cause: Cause) -> None:
    key, euros = f"price {effect.args[0]}", int(effect.args[1])
    draft.change(key, euros - draft.numbers.get(key, 0), cause)


def _promise(draft: Draft, effect: Effect, cause: Cause) -> None:
    promises.give(draft, effect.args[0], _phase(effect.args[1]), cause)


def _narrow(draft: Draft, effect: Effect, _cause: Cause) -> None:
    aspect, item = effect.args
    items.narrow(draft, aspect, item)


def _unblock(draft: Draft, _effect: Effect, _cause: Cause) -> None:
    sprint = draft.sprint
    if sprint:
        cards = tuple(msgspec.structs.replace(card, blocked=False) for card in sprint.cards)
        draft.sprint = msgspec.structs.replace(sprint, cards=cards)


def _pull(draft: Draft, effect: Effect, _cause: Cause) -> None:
    name, sprint = effect.args[0], draft.sprint
    items.add(draft, name)
    if sprint and name in draft.backlog and all(card.item != name for card in sprint.cards):
        cards = (*sprint.cards, Card(item=name, late=True))
        draft.sprint = msgspec.structs.replace(sprint, cards=cards)


def _take_out(draft: Draft, effect: Effect, _cause: Cause) -> None:
    sprint = draft.sprint
    if sprint:
        cards = [c for c in sprint.cards if c.item != effect.args[0] or c.column == "done"]
        draft.sprint = msgspec.structs.replace(sprint, cards=tuple(cards))


def _title(draft: Draft, effect: Effect, _cause: Cause) -> None:
    draft.title = effect.args[0]


def _phase(word: str) -> PhaseId:
    return next(known for known in PHASES if known == word)


_ACTS: Final[dict[str, Act]] = {
    "metric": _number,
    "money": _number,
    "users": _number,
    "price": _price,
    "trust": _number,
    "evidence": _evidence,
    "half-days": _number,
    "debt": _number,
    "focus": _number,
    "wip-limit": _number,
    "flag": lambda draft, effect, _: draft.flags.add(effect.args[0]),
    "unflag": lambda draft, effect, _: draft.flags.discard(effect.args[0]),
    "promise": _promise,
    "keep": lambda draft, effect, _: promises.settle(draft, effect.args[0], kept=True),
    "break": lambda draft, effect, _: promises.settle(draft, effect.args[0], kept=False),
    "renegotiate": lambda draft, effect, _: promises.renegotiate(
        draft, effect.args[0], _phase(effect.args[1])
    ),
    "add": lambda draft, effect, _: items.add(draft, effect.args[0]),
    "ship": lambda draft, effect, _: items.ship(draft, effect.args[0]),
    "drop": lambda draft, effect, _: items.drop(draft, effect.args[0]),
    "refine": lambda draft, effect, _: items.refine(draft, effect.args[0]),
    "narrow": _narrow,
    "title": _title,
    "mend": lambda draft, _effect, _cause: crossings.mend(draft),
    "change-charter": lambda draft, _effect, _cause: crossings.change_charter(draft),
    "unblock": _unblock,
    "pull": _pull,
    "take-out": _take_out,
}
