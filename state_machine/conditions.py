"""What each condition of the pack's language asks of a run: a function for every verb."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from scenes.language import Condition
from scenes.vocabulary import ARTIFACTS
from state_machine import artifacts, career, items, succession
from state_machine.run import users
from state_machine.sprint import is_behind
from state_machine.team import finished

if TYPE_CHECKING:
    from state_machine.draft import Draft

Answer = Callable[["Draft", Condition], bool]

_COMPARE: Final[dict[str, Callable[[int, int], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">=": operator.ge,
    ">": operator.gt,
}


def answer(draft: Draft, condition: Condition) -> bool:
    """Whether what a condition says is so, leaving aside a `not` before it."""
    return _ANSWERS[condition.verb](draft, condition)


def _compared(condition: Condition, number: int) -> bool:
    return _COMPARE[condition.op](number, condition.number)


def _number(draft: Draft, asked: Condition) -> bool:
    return _compared(asked, draft.numbers.get(asked.key, 0))


def _resource(draft: Draft, asked: Condition) -> bool:
    return _compared(asked, users(draft.numbers)) if asked.key == "users" else _number(draft, asked)


def _promise(draft: Draft, asked: Condition) -> bool:
    given = draft.promises.get(asked.args[0])
    return given is not None and given.state == asked.args[1]


def _chose(draft: Draft, asked: Condition) -> bool:
    scene, _, choice = asked.args[0].partition("/")
    return choice in _taken(draft, scene)


def _taken(draft: Draft, scene: str) -> tuple[str, ...]:
    """The choices that got their effects: of a ranked scene, only the first."""
    taken = draft.chosen.get(scene, ())
    rank = draft.pack.scenes[scene].rank if taken else None
    return taken[: rank.keep] if rank else taken


def _rank(draft: Draft, asked: Condition) -> bool:
    scene, _, choice = asked.args[0].partition("/")
    order = draft.chosen.get(scene, ())
    return choice in order and _compared(asked, order.index(choice) + 1)


def _artifact(draft: Draft, asked: Condition) -> bool:
    name = next(artifact for artifact in ARTIFACTS if artifact == asked.args[0])
    return _compared(asked, artifacts.quality_of(draft, name) or 0)


def _scheduled(draft: Draft, asked: Condition) -> bool:
    roadmap = draft.artifacts.get("roadmap")
    return roadmap is not None and roadmap.buckets.get(asked.args[0]) == asked.args[1]


def _reputation(draft: Draft, asked: Condition) -> bool:
    said = career.reputation(draft)
    return said is not None and said.id == asked.args[0]


def _remembered(draft: Draft, asked: Condition) -> bool:
    past = draft.past
    if past is None:
        return False
    match asked.args[0]:
        case "here":
            return past.company == draft.pack.info.company
        case "elsewhere":
            return past.company != draft.pack.info.company
        case "promise":
            return bool(past.promise)
    return bool(past.reference)


def _column(draft: Draft, asked: Condition) -> bool:
    cards = draft.sprint.cards if draft.sprint else ()
    return _compared(asked, sum(card.column == asked.args[0] for card in cards))


def _blocked(draft: Draft, _asked: Condition) -> bool:
    return draft.sprint is not None and any(card.blocked for card in draft.sprint.cards)


_ANSWERS: Final[dict[str, Answer]] = {
    "metric": _number,
    "resource": _resource,
    "trust": _number,
    "evidence": _number,
    "satisfaction": _number,
    "debt": _number,
    "flag": lambda draft, asked: asked.args[0] in draft.flags,
    "promise": _promise,
    "promised": lambda draft, asked: asked.args[0] in draft.promises,
    "item": lambda draft, asked: draft.items.get(asked.args[0], "idea") == asked.args[1],
    "narrowed": lambda draft, asked: " ".join(asked.args) in draft.narrowed,
    "ready": lambda draft, asked: asked.args[0] in draft.ready,
    "misbuilt": lambda draft, asked: asked.args[0] in draft.misbuilt,
    "bugs": lambda draft, asked: _compared(asked, len(items.open_of(draft, "bug"))),
    "crossed": lambda draft, _asked: any(crossing.open for crossing in draft.crossings),
    "made": lambda draft, asked: asked.args[0] in draft.artifacts,
    "artifact": _artifact,
    "aimed-at": lambda draft, asked: artifacts.target(draft) == asked.args[0],
    "scheduled": _scheduled,
    "blocked": _blocked,
    "behind": lambda draft, _asked: draft.sprint is not None and is_behind(draft.sprint),
    "goal-met": lambda draft, _asked: bool(draft.sprints) and draft.sprints[-1].goal_met,
    "visited": lambda draft, asked: asked.args[0] in draft.chosen,
    "chose": _chose,
    "rank": _rank,
    "placed": lambda draft, asked: draft.placed.get(asked.args[0]) == asked.args[1],
    "points": lambda draft, asked: _compared(asked, draft.points.get(asked.args[0], 0)),
    "attended": lambda draft, asked: asked.args[0] in draft.attended,
    "missed": lambda draft, asked: asked.args[0] in draft.missed,
    "right": lambda draft, asked: draft.predictions.get(asked.args[0]) is True,
    "wrong": lambda draft, asked: draft.predictions.get(asked.args[0]) is False,
    "title": lambda draft, asked: draft.title == asked.args[0],
    "competency": lambda draft, asked: _compared(asked, career.level_of(draft, asked.args[0])),
    "reputation": _reputation,
    "experienced": lambda draft, _asked: draft.past is not None,
    "remembered": _remembered,
    "inherited": lambda draft, _asked: draft.succession is not None,
    "handed-down": lambda draft, asked: succession.was_handed_down(draft, asked.args[0]),
    "column": _column,
    "finished": lambda draft, asked: _compared(asked, finished(draft)),
    "world": lambda draft, asked: draft.world == asked.args[0],
    "rounds": lambda draft, asked: _compared(asked, draft.rounds),
    "sent-back": lambda draft, asked: asked.args[0] in draft.sent_back,
    "rescued": lambda draft, asked: asked.args[0] in draft.rescued,
}
