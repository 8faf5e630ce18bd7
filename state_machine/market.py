"""The market: who hears of the product, stays with it, tells others, and pays.

Each round, for each customer segment, after McClure's pirate metrics: acquisition,
activation, retention, referral, revenue; the rates multiply. What a segment thinks of the
product, 0 to 100, follows what was delivered to it, by Kano's classes: an unmet must-be need
keeps it low whatever else there is, performance adds up, and what delights is taken for
granted after a while.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scenes.schema import Item, Segment
from scenes.vocabulary import METRIC_RANGE, PHASES
from state_machine import artifacts, attention
from state_machine.events import Cause

if TYPE_CHECKING:
    from state_machine.draft import Draft

_FELT: Final = ("story", "bug")
"""What users notice by itself; a requirement is what its stories are."""


def is_open(draft: Draft) -> bool:
    """Whether the product can be had yet."""
    since = PHASES.index(draft.rules.market.since)
    return PHASES.index(draft.phase) >= since


def move(draft: Draft) -> None:
    """A round of the market, segment by segment; before the launch nothing moves."""
    if not is_open(draft):
        return
    aimed = artifacts.target(draft)
    for segment in draft.pack.segments.values():
        _make_up_its_mind(draft, segment)
        _come_and_go(draft, segment, aimed)
    _pay(draft)


def deserved(draft: Draft, segment: Segment) -> int:
    """What a segment would think of the product as it is, if it knew it well, 0 to 100."""
    rules = draft.rules.market
    whole, unmet = rules.at_first, 0
    for item in draft.pack.items.values():
        if item.kind not in _FELT:
            continue
        value = draft.item(item.id).value.get(draft.world, {}).get(segment.id, 0)
        if not value:
            continue
        if item.kind == "bug":
            whole += value if draft.items.get(item.id) == "backlog" else 0
        elif item.id in draft.shipped:
            whole += _delivered(draft, item, segment, value)
        elif value > 0 and item.kano.get(segment.id) == "must-be":
            unmet += 1
    whole += (draft.numbers["quality"] - 50) * rules.of_quality // 100
    if unmet:
        whole = min(whole, rules.most_unmet - rules.each_unmet * (unmet - 1))
    least, most = METRIC_RANGE
    return max(least, min(most, whole))


def _delivered(draft: Draft, item: Item, segment: Segment, value: int) -> int:
    """What a shipped story adds to what a segment thinks."""
    rules, kano = draft.rules.market, item.kano.get(segment.id, "indifferent")
    if value < 0:
        return value
    if item.id in draft.misbuilt:
        return -value // rules.misbuilt
    worth = rules.kano[kano] * value
    if kano == "attractive":
        left = max(0, rules.delight - (draft.rounds - draft.shipped[item.id]))
        return worth * left // (100 * rules.delight)
    return worth // 100


def _make_up_its_mind(draft: Draft, segment: Segment) -> None:
    """What a segment thinks goes a part of the way to what the product deserves."""
    key = f"satisfaction {segment.id}"
    distance = deserved(draft, segment) - draft.numbers.get(key, 0)
    share = draft.rules.market.makes_up_its_mind
    step = abs(distance) * share // 100 or abs(distance)
    draft.change(key, step if distance > 0 else -step, Cause("rule", "delivered"))


def _come_and_go(draft: Draft, segment: Segment, aimed: str) -> None:
    """Who tries it, who is told of it by others, and who leaves again."""
    rules, numbers = draft.rules.market, draft.numbers
    key = f"users {segment.id}"
    users, think = numbers.get(key, 0), numbers.get(f"satisfaction {segment.id}", 0)
    aim = rules.aimed if aimed == segment.id else rules.aimed_elsewhere if aimed else 100
    in_reach = segment.reach * (rules.heard + numbers["market"]) * aim // (100 * 100)
    try_it = max(rules.least_conversion, think - rules.conversion_from) * _dearness(draft, segment)
    stay_on = rules.stay_on + numbers["quality"] * rules.stay_on_by_quality // 100
    won = in_reach * try_it * stay_on
    came = _share(won, 100 * 100 * 100)
    heard = attention.of_usual(draft, draft.rules.attention.heard)
    came_with_you = _share(won * heard, 100 * 100 * 100 * 100)
    referred = _share(users * max(0, think - rules.referral_from), 100 * rules.referral_share)
    churn = max(rules.least_churn, min(rules.most_churn, rules.churn_at - think))
    left = _share(users * churn, 100)
    draft.change(key, came, Cause("rule", "acquisition"))
    draft.change(key, came_with_you - came, Cause("rule", "attention"))
    draft.change(key, referred, Cause("rule", "referral"))
    draft.change(key, -left, Cause("rule", "churn"))


def _dearness(draft: Draft, segment: Segment) -> int:
    """How a price beside the usual one changes how many try, in per cent."""
    if not segment.price:
        return 100
    rules, price = draft.rules.market, draft.numbers.get(f"price {segment.id}", segment.price)
    fewer = (rules.for_nothing - 100) * price // segment.price
    return max(rules.least_dear, rules.for_nothing - fewer)


def _pay(draft: Draft) -> None:
    """Revenue follows those who pay; what was agreed beside it stays."""
    due = sum(
        draft.numbers.get(f"users {segment.id}", 0)
        * draft.numbers.get(f"price {segment.id}", segment.price)
        * segment.pays.get(draft.world, 0)
        // 100
        for segment in draft.pack.segments.values()
    )
    before = draft.numbers.get("subscriptions", 0)
    for key in ("subscriptions", "revenue"):
        draft.change(key, due - before, Cause("rule", "subscriptions"))


def _share(part: int, whole: int) -> int:
    """A share of people, rounded to whole ones."""
    return (part + whole // 2) // whole
