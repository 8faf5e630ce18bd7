"""What the roles make and keep, how good it is, and what people then do because of it.

Each artifact is made in one scene and amended in others. People act literally on what it
says: the document decides what is in the backlog at all, a date on the roadmap is a promise,
the team takes up the backlog from its top, and whoever builds a card that nobody refined
builds what it says. How good an artifact is, 0 to 100, is derived here from what was known
when it was made, never from what is hidden.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import msgspec

from scenes.decisions import Choice
from scenes.schema import Item, Scene
from scenes.vocabulary import PHASES, WORKED_ON, ArtifactId, ItemStatus, PhaseId
from state_machine import items, promises
from state_machine.chance import word
from state_machine.events import PromiseMoved
from state_machine.run import Artifact, Given
from state_machine.team import forecast, plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from state_machine.decisions.menu import Settled
    from state_machine.draft import Draft

_LAID_OUT = 8
"""So many cards of a backlog are laid out at once."""


# ── what is laid out ────────────────────────────────────────────────────────────────────


def offered(draft: Draft, scene: Scene) -> tuple[Item, ...]:
    """The items that a scene lays out in place of choices of its own."""
    waiting = [draft.item(name) for name in draft.backlog]
    match scene.offers:
        case "unready":
            return tuple(item for item in waiting if item.id not in draft.ready)[:_LAID_OUT]
        case "requirements":
            return _requirements(draft, "backlog")[:_LAID_OUT]
        case "ideas":
            ideas = _requirements(draft, "idea")
            shuffled = sorted(ideas, key=lambda idea: word(draft.seed, "ideas", scene.id, idea.id))
            return tuple(shuffled[:_LAID_OUT])
        case _:
            begun = [draft.item(card.item) for card in draft.carried]
            rest = [item for item in waiting if item not in begun]
            return (*begun, *rest)[:_LAID_OUT]


def _requirements(draft: Draft, status: ItemStatus) -> tuple[Item, ...]:
    return tuple(
        item
        for item in draft.pack.items.values()
        if item.kind == "requirement" and draft.items.get(item.id, "idea") == status
    )


# ── making and amending ─────────────────────────────────────────────────────────────────


def keep(draft: Draft, scene: Scene, settled: Iterable[Settled]) -> None:
    """Keep what a decision made of its scene's artifact, and bring about what it means."""
    name = scene.artifact
    if name is None:
        return
    each = tuple(settled)
    named = tuple(s.choice.item for s in each if s.choice.item and (s.taken or scene.rank))
    before = draft.artifacts.get(name)
    made = Artifact(
        scene=scene.id,
        round=draft.rounds,
        amended=before.amended + 1 if before else 0,
        items=_joined(before.items, named) if before and _grows(name) else named,
        buckets={
            **(before.buckets if before else {}),
            **{s.choice.item or s.choice.id: s.bucket for s in each if s.bucket},
        },
        slots={
            **(before.slots if before else {}),
            **{s.choice.slot: f"{scene.id}/{s.choice.id}" for s in each if s.choice.slot},
        },
    )
    draft.artifacts[name] = made
    match name:
        case "requirement-document":
            for item in named:
                items.add(draft, item)
        case "roadmap":
            _promise_dates(draft, scene, made)
        case "product-backlog":
            order = [s.choice.item for s in each if s.choice.item in draft.backlog]
            draft.backlog = [
                *(item for item in order if item),
                *(item for item in draft.backlog if item not in order),
            ]
        case "user-stories":
            for s in each:
                _talk_through(draft, scene, s)
        case "sprint-plan":
            plan(draft, named, played=draft.round_record.sprint == "played")


def _talk_through(draft: Draft, scene: Scene, settled: Settled) -> None:
    """What is picked gets criteria; what is sorted, whatever its bucket does."""
    item = settled.choice.item
    if item is None:
        return
    buckets = scene.sort.bucket if scene.sort else ()
    does = next((b.does for b in buckets if b.id == settled.bucket), None)
    if does == "split":
        items.split(draft, item)
    elif does == "refine" or (scene.pick and settled.taken):
        items.refine(draft, item)


def _grows(name: ArtifactId) -> bool:
    """Whether amending an artifact adds to it; otherwise it is written anew."""
    return name in ("requirement-document", "user-stories")


def _joined(before: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return (*before, *(item for item in more if item not in before))


def _promise_dates(draft: Draft, scene: Scene, roadmap: Artifact) -> None:
    """What stands under a date is promised; what is moved to a later one is renegotiated."""
    assert scene.sort is not None
    due = {bucket.id: bucket.by for bucket in scene.sort.bucket}
    for item, bucket in sorted(roadmap.buckets.items()):
        promise, by = f"roadmap-{item}", due.get(bucket)
        given = draft.promises.get(promise)
        if given is None and by and scene.sort.to:
            ref = f"{scene.id}/{item}"
            draft.promises[promise] = Given("open", by, ref, item=item, to=scene.sort.to)
            draft.events.append(PromiseMoved(promise=promise, what="given"))
        elif given and given.state == "open" and by != given.due:
            _move_date(draft, promise, by)


def _move_date(draft: Draft, promise: str, by: PhaseId | None) -> None:
    given = draft.promises[promise]
    if by is None or PHASES.index(by) > PHASES.index(given.due):
        promises.renegotiate(draft, promise, by or PHASES[-1])
    else:
        draft.promises[promise] = msgspec.structs.replace(given, due=by)


# ── what an artifact says ───────────────────────────────────────────────────────────────


def target(draft: Draft) -> str:
    """The segment that the vision card names; empty as long as it names none."""
    return next((choice.segment for choice in _on_card(draft) if choice.segment), "")


def need(draft: Draft) -> str:
    """The opportunity that the vision card names; empty as long as it names none."""
    return next((choice.item for choice in _on_card(draft) if choice.item), "")


def _on_card(draft: Draft) -> list[Choice]:
    card = draft.artifacts.get("vision-card")
    return [draft.pack.choice(ref) for ref in card.slots.values()] if card else []


# ── how good it is ──────────────────────────────────────────────────────────────────────


def quality_of(draft: Draft, artifact: ArtifactId) -> int | None:
    """How good an artifact is, 0 to 100; None if it has not been made or has no measure."""
    made = draft.artifacts.get(artifact)
    if made is None:
        return None
    match artifact:
        case "vision-card":
            return _mean([_coherence(draft), _known(draft)])
        case "requirement-document":
            return _mean([_serving(draft, made.items), _researched(draft, made.items)])
        case "roadmap":
            return _mean([_possible(draft, made), _serving(draft, _first(draft, made))])
        case "product-backlog":
            return order_of(draft)
        case "user-stories":
            return readiness(draft)
        case "sprint-plan":
            return _mean([_one_thing(draft, made.items), _share_ready(draft, made.items)])
        case "charter":
            return None


def readiness(draft: Draft) -> int:
    """How many of a hundred cards at the top of the backlog have acceptance criteria."""
    top = draft.backlog[: draft.rules.artifacts.ready_ahead]
    return _share_ready(draft, tuple(top))


def order_of(draft: Draft) -> int:
    """How many of a hundred pairs of cards stand in the right order, as far as one could know.

    Right is: more known value for the effort first, more still if a promise waits for it (the
    cost of delay), and never before what it needs. Of cards that differ by little, either may
    come first.
    """
    aimed, either_way = target(draft), draft.rules.artifacts.either_way
    cards = [draft.item(name) for name in draft.backlog[:_LAID_OUT]]
    judged = right = 0
    for (first, one), (second, two) in combinations(
        [(card, _return_on(draft, card, aimed)) for card in cards], 2
    ):
        if second.id in first.needs:
            judged += 1
        elif abs(one - two) * 100 > max(abs(one), abs(two)) * either_way:
            judged += 1
            right += one > two
    return 100 * right // judged if judged else 100


def _return_on(draft: Draft, item: Item, aimed: str) -> int:
    """Known value for the effort, in hundredths; to the segment that is aimed at, if one is.

    Both are taken as the sum of their ranges, which is twice the middle and needs no rounding.
    """
    rules = draft.rules.artifacts
    if item.kind == "bug":
        value = -sum(items.known_value(draft.pack, draft, item))
    elif item.kind == "debt":
        value = 2 * rules.debt * item.drag
    elif item.kind == "enabler":
        waiting = sum(item.id in draft.pack.items[name].needs for name in draft.backlog)
        value = 2 * rules.enabler * waiting
    else:
        value = sum(items.known_value(draft.pack, draft, item, aimed))
    promised = any(
        given.state == "open" and given.item in (item.id, item.of)
        for given in draft.promises.values()
    )
    effort = sum(items.known_effort(draft.pack, draft, item))
    return 100 * value * (rules.promised if promised else 1) // max(1, effort)


def _coherence(draft: Draft) -> int:
    """How many of a hundred pairs of a card's lines go together."""
    chosen = _on_card(draft)
    pairs = list(combinations(chosen, 2))
    fitting = sum(one.id in two.fits or two.id in one.fits for one, two in pairs)
    return 100 * fitting // len(pairs) if pairs else 0


def _known(draft: Draft) -> int:
    """How much evidence there is on the whole, up to what is plenty."""
    return min(100, draft.rules.artifacts.evidence * pieces_of_evidence(draft))


def pieces_of_evidence(draft: Draft) -> int:
    """How many pieces of evidence there are, on all questions together."""
    return sum(draft.numbers.get(f"evidence {question}", 0) for question in draft.pack.evidence)


def _serving(draft: Draft, names: tuple[str, ...]) -> int:
    """How many of a hundred items answer the need that the vision card names."""
    wanted = need(draft)
    if not names or not wanted:
        return 0
    return 100 * sum(_answers(draft, name) == wanted for name in names) // len(names)


def _answers(draft: Draft, name: str) -> str:
    """The opportunity that an item goes back to."""
    item = draft.pack.items[name]
    while item.of and item.kind != "opportunity":
        item = draft.pack.items[item.of]
    return item.id if item.kind == "opportunity" else ""


def _researched(draft: Draft, names: tuple[str, ...]) -> int:
    """How many of a hundred items have been looked into."""
    if not names:
        return 0
    looked_into = sum(
        f"value {name}" in draft.narrowed or f"effort {name}" in draft.narrowed for name in names
    )
    return 100 * looked_into // len(names)


def _first(draft: Draft, roadmap: Artifact) -> tuple[str, ...]:
    """What a roadmap puts into its first bucket."""
    sort = draft.pack.scenes[roadmap.scene].sort
    first = sort.bucket[0].id if sort else ""
    return tuple(name for name, bucket in roadmap.buckets.items() if bucket == first)


def _possible(draft: Draft, roadmap: Artifact) -> int:
    """How much of what stands first could be done in the time that it means, in per cent."""
    rules = draft.rules.artifacts
    wanted = sum(
        items.expected(items.known_effort(draft.pack, draft, draft.pack.items[name]))
        for name in _first(draft, roadmap)
    )
    if not wanted:
        return rules.nothing_first
    return min(100, 100 * rules.roadmap_sprints * forecast(draft) // wanted)


def _one_thing(draft: Draft, names: tuple[str, ...]) -> int:
    """How many of a hundred cards of a plan serve what its first card, its goal, serves."""
    if not names:
        return 0
    goal = _answers(draft, names[0])
    return 100 * sum(_answers(draft, name) == goal for name in names) // len(names)


def _share_ready(draft: Draft, names: tuple[str, ...]) -> int:
    cards = [name for name in names if draft.pack.items[name].kind in WORKED_ON]
    if not cards:
        return 0
    plain = [name for name in cards if _needs_no_criteria(draft.pack.items[name])]
    return 100 * (len(plain) + sum(c in draft.ready for c in cards if c not in plain)) // len(cards)


def _needs_no_criteria(item: Item) -> bool:
    """A bug or a debt says itself when it is gone."""
    return item.kind in ("bug", "debt")


def _mean(parts: list[int]) -> int:
    return sum(parts) // len(parts)
