"""Items: what could be worked on, what is known of it, and what becomes of it.

An opportunity is answered by requirements, a requirement is made of stories, and bugs and debts
arise from how a story was done. What is true of an item is hidden; what is known are ranges,
wide at first, which research (for value) and refinement (for effort) narrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from scenes.schema import Item, Pack
from scenes.vocabulary import WORKED_ON, ItemKind
from state_machine.chance import below

if TYPE_CHECKING:
    from collections.abc import Container

    from state_machine.draft import Draft
    from state_machine.rules import Rules

Range = tuple[int, int]

_SETTLED: Final = ("shipped", "dropped")


class Known(Protocol):
    """What knowing an item depends on; a run has it, and so has a draft of one."""

    @property
    def seed(self) -> int:
        """The run's seed."""

    @property
    def world(self) -> str:
        """The hidden world."""

    @property
    def narrowed(self) -> Container[str]:
        """What was narrowed, as `value ITEM` or `effort ITEM`."""


# ── what is true ────────────────────────────────────────────────────────────────────────


def value_to(pack: Pack, item: Item, world: str, segment: str) -> int:
    """What an item is worth to a segment; a requirement is worth what its stories are."""
    if item.kind in ("requirement", "opportunity"):
        return sum(value_to(pack, part, world, segment) for part in parts_of(pack, item))
    return item.value.get(world, {}).get(segment, 0)


def worth(pack: Pack, item: Item, world: str, segment: str = "") -> int:
    """What an item is worth to a segment or, without one, to all of them together."""
    if segment:
        return value_to(pack, item, world, segment)
    if item.kind in ("requirement", "opportunity"):
        return sum(worth(pack, part, world) for part in parts_of(pack, item))
    return sum(item.value.get(world, {}).values())


def effort_of(pack: Pack, item: Item) -> int:
    """The true effort of an item, in half-days; a requirement takes what its stories take."""
    if item.effort is None:
        return sum(effort_of(pack, part) for part in parts_of(pack, item))
    return item.effort


def parts_of(pack: Pack, item: Item) -> tuple[Item, ...]:
    """The requirements of an opportunity, or the stories of a requirement."""
    return pack.made_of[item.id]


def thin_part(item: Item, rules: Rules) -> Item:
    """The part of a story that goes on when it is split: most of its worth for less work."""

    def share(worth: int) -> int:
        part = abs(worth) * rules.split_worth // 100
        return part if worth > 0 else -part

    def work(half_days: int) -> int:
        return max(1, -(-half_days * rules.split_effort // 100))

    low, high = item.estimate or (item.effort or 1, item.effort or 1)
    return msgspec.structs.replace(
        item,
        effort=work(item.effort or 1),
        estimate=(work(low), work(high)),
        value={
            world: {segment: share(worth) for segment, worth in values.items()}
            for world, values in item.value.items()
        },
    )


# ── what is known ───────────────────────────────────────────────────────────────────────


def known_value(pack: Pack, known: Known, item: Item, segment: str = "") -> Range:
    """The range in which an item's value is known to lie, for a segment or for all.

    Unresearched, it is all that it might be in any of the worlds; the guess knows nothing of
    which world this is. Researched, it is the truth and one to either side of it.
    """
    if f"value {item.id}" in known.narrowed:
        true = worth(pack, item, known.world, segment)
        return true - 1, true + 1
    might_be = [worth(pack, item, world, segment) for world in sorted(pack.worlds)]
    return min(might_be) - 1, max(might_be) + 1


def known_effort(pack: Pack, known: Known, item: Item) -> Range:
    """The range in which an item's effort is known to lie, in half-days.

    Unrefined, it is the team's first guess; refined, it is the truth and an eighth of it, at
    least one, to either side, shifted by a draw so that the middle gives nothing away.
    """
    if item.kind in ("requirement", "opportunity"):
        ranges = [known_effort(pack, known, part) for part in parts_of(pack, item)]
        return sum(low for low, _ in ranges), sum(high for _, high in ranges)
    true = item.effort or 1
    if f"effort {item.id}" not in known.narrowed:
        return item.estimate or (true, true)
    spread = max(1, true // 4)
    below_it = below(spread + 1, known.seed, "effort", item.id)
    return max(1, true - below_it), true + spread - below_it


def expected(of: Range) -> int:
    """The middle of a range, rounded up: what one would plan with."""
    return -(-sum(of) // 2)


# ── what becomes of it ──────────────────────────────────────────────────────────────────


def open_of(draft: Draft, kind: ItemKind) -> tuple[Item, ...]:
    """What of a kind waits in the backlog."""
    waiting = (draft.pack.items[name] for name in draft.backlog)
    return tuple(item for item in waiting if item.kind == kind)


def add(draft: Draft, name: str) -> None:
    """Put an item into the backlog, below what is there.

    A requirement brings its stories, and whatever is added the enablers that it needs.
    """
    if draft.items.get(name) in ("shipped", "backlog"):
        return
    draft.items[name] = "backlog"
    item = draft.pack.items[name]
    for need in item.needs:
        if draft.pack.items[need].kind == "enabler":
            add(draft, need)
    if item.kind in WORKED_ON:
        draft.backlog.append(name)
    for story in _stories(draft, name):
        add(draft, story)


def ship(draft: Draft, name: str) -> None:
    """Give an item to its users. A requirement is shipped once all of its stories are."""
    for story in _stories(draft, name):
        ship(draft, story)
    if draft.items.get(name) == "shipped":
        return
    _leave_backlog(draft, name)
    _mark_shipped(draft, name)
    _settle_whole(draft, name)


def drop(draft: Draft, name: str) -> None:
    """Take an item out for good, with those of its stories that are not shipped."""
    for story in _stories(draft, name):
        if draft.items.get(story) != "shipped":
            drop(draft, story)
    _leave_backlog(draft, name)
    draft.items[name] = "dropped"
    draft.shipped.pop(name, None)
    _settle_whole(draft, name)


def narrow(draft: Draft, aspect: str, name: str) -> None:
    """Learn an item's value or effort, with those of its parts."""
    draft.narrowed.add(f"{aspect} {name}")
    for part in parts_of(draft.pack, draft.pack.items[name]):
        narrow(draft, aspect, part.id)


def refine(draft: Draft, name: str) -> None:
    """Give an item acceptance criteria; whoever writes them learns what it takes."""
    for each in (name, *_stories(draft, name)):
        draft.ready.add(each)
        draft.narrowed.add(f"effort {each}")


def split(draft: Draft, name: str) -> None:
    """Cut a story in two: its thin part stays, with criteria, and the rest goes back."""
    refine(draft, name)
    if draft.pack.items[name].kind == "story":
        draft.split.add(name)


def waits_for(draft: Draft, item: Item) -> tuple[str, ...]:
    """What an item needs that is not shipped yet."""
    return tuple(need for need in item.needs if need not in draft.shipped)


def _settle_whole(draft: Draft, story: str) -> None:
    """A requirement is shipped once all of its stories are, leaving aside what was dropped."""
    item = draft.pack.items[story]
    if item.kind != "story" or not item.of or draft.items.get(item.of) != "backlog":
        return
    states = [draft.items.get(each) for each in _stories(draft, item.of)]
    if all(state in _SETTLED for state in states) and "shipped" in states:
        _mark_shipped(draft, item.of)


def _mark_shipped(draft: Draft, name: str) -> None:
    draft.items[name] = "shipped"
    draft.shipped[name] = draft.rounds


def _stories(draft: Draft, name: str) -> tuple[str, ...]:
    item = draft.pack.items[name]
    if item.kind != "requirement":
        return ()
    return tuple(part.id for part in parts_of(draft.pack, item))


def _leave_backlog(draft: Draft, name: str) -> None:
    if name in draft.backlog:
        draft.backlog.remove(name)
    draft.carried = [card for card in draft.carried if card.item != name]
