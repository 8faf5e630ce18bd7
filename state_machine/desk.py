"""The desk: every artifact as it stands, and what the numbers behind it say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scenes.schema import Pack
from scenes.vocabulary import ARTIFACTS, ArtifactId, Hat
from state_machine import artifacts, gates, items, market, team
from state_machine.draft import Draft
from state_machine.events import Wanted
from state_machine.rules import Rules, default_rules
from state_machine.run import Artifact, Run, Value
from state_machine.texts import subject_of

MADE_BY: Final[dict[ArtifactId, Hat | None]] = {
    "vision-card": "pm",
    "requirement-document": "pm",
    "roadmap": "pm",
    "product-backlog": "po",
    "user-stories": "po",
    "sprint-plan": "po",
    "charter": None,
}
"""Whose each artifact is; the charter is everybody's."""

_TOP: Final = 8


class Paper(Value, frozen=True, kw_only=True):
    """An artifact on the desk: what it says, line by line, and how good it is, 0 to 100.

    `quality` is None where there is nothing to measure. `lines` are a label and a text each.
    """

    artifact: ArtifactId
    hat: Hat | None
    quality: int | None
    amended: int
    lines: tuple[tuple[str, str], ...]


class SegmentFacts(Value, frozen=True, kw_only=True):
    """What is known of a customer segment: users, what each pays, and what they think, 0 to 100."""

    title: str
    users: int
    price: int
    opinion: int | None


class Desk(Value, frozen=True, kw_only=True):
    """All that lies on the desk.

    `focus` is the team's time for the board and `debt` what debt eats of it, in per cent;
    `forecast` is what it expects to finish in a sprint, in half-days of work.
    """

    papers: tuple[Paper, ...]
    segments: tuple[SegmentFacts, ...]
    focus: int
    debt: int
    forecast: int
    wip_limit: int
    bugs: tuple[str, ...]
    gate: str
    """The title of the gate at the end of this phase."""
    wanted: tuple[tuple[Wanted, str], ...]
    """What that gate wants, and what each is about."""
    sprints: tuple[tuple[int, int, int], ...]
    """For each sprint so far: cards planned, cards done, and the mean lead time in tenths."""


def lay_out(pack: Pack, run: Run, rules: Rules | None = None) -> Desk:
    """What may be known of the desk now; beside the view, all that a player can look up."""
    draft = Draft(pack, run, rules or default_rules())
    launched = market.is_open(draft)
    return Desk(
        papers=tuple(
            _paper(draft, name, draft.artifacts[name])
            for name in ARTIFACTS
            if name in draft.artifacts
        ),
        segments=tuple(
            SegmentFacts(
                title=segment.title,
                users=draft.numbers.get(f"users {name}", 0),
                price=draft.numbers.get(f"price {name}", segment.price),
                opinion=draft.numbers.get(f"satisfaction {name}", 0) if launched else None,
            )
            for name, segment in draft.pack.segments.items()
        ),
        focus=team.focus(draft),
        debt=draft.numbers.get("debt", 0),
        forecast=team.forecast(draft),
        wip_limit=team.wip_limit(draft),
        bugs=tuple(item.title for item in items.open_of(draft, "bug")),
        gate=draft.phase_record.gate.title,
        wanted=tuple((each, subject_of(pack, each.key)) for each in gates.wanted(draft)),
        sprints=tuple((done.planned, done.done, done.lead_time) for done in draft.sprints),
    )


def _paper(draft: Draft, name: ArtifactId, made: Artifact) -> Paper:
    return Paper(
        artifact=name,
        hat=MADE_BY[name],
        quality=artifacts.quality_of(draft, name),
        amended=made.amended,
        lines=tuple(_lines(draft, name, made)),
    )


def _lines(draft: Draft, name: ArtifactId, made: Artifact) -> Iterator[tuple[str, str]]:
    scene = draft.pack.scenes[made.scene]
    if name == "vision-card":
        slots = {slot.id: slot.title for slot in scene.compose.slot} if scene.compose else {}
        for slot in sorted(made.slots, key=lambda slot: (*slots, slot).index(slot)):
            yield slots.get(slot, slot), draft.pack.choice(made.slots[slot]).say
    elif made.buckets and name != "user-stories":
        buckets = scene.sort.bucket if scene.sort else ()
        named = [*draft.pack.calls, *draft.pack.items, *(choice.id for choice in scene.choice)]
        for bucket in buckets:
            for each in sorted(made.buckets, key=named.index):
                if made.buckets[each] == bucket.id:
                    yield _short(bucket.title), _title(draft, name, made, each)
    else:
        order = draft.backlog[:_TOP] if name in ("product-backlog", "user-stories") else made.items
        for number, item in enumerate(order, start=1):
            yield str(number), _state(draft, item)


def _short(title: str) -> str:
    """A bucket's title up to whatever explains it."""
    return re.split(r"[:,(]", title)[0]


def _title(draft: Draft, artifact: ArtifactId, made: Artifact, name: str) -> str:
    """What was sorted: a call, an item, or a choice of the scene."""
    if artifact == "charter":
        return draft.pack.calls[name]
    if name in draft.pack.items:
        return _state(draft, name)
    return draft.pack.choice(f"{made.scene}/{name}").say


def _state(draft: Draft, name: str) -> str:
    """An item's title and where it stands."""
    words: list[str] = []
    status = draft.items.get(name, "idea")
    if status in ("shipped", "dropped"):
        words.append("done" if status == "shipped" else status)
    elif name in draft.ready:
        words.append("ready")
    if name in draft.split:
        words.append("the thin half")
    title = draft.pack.items[name].title
    return f"{title} ({', '.join(words)})" if words else title
