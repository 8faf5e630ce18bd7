"""The team in a run: what it can do, what it takes up, and what comes of its sprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from scenes.schema import Item
from state_machine import attention, items
from state_machine.events import Cause, DayPassed, SprintEnded, SprintStarted
from state_machine.run import DAYS, Card, Sprint, Sprinted
from state_machine.sprint import Board, Floor, capacity, left_of

if TYPE_CHECKING:
    from state_machine.draft import Draft


def focus(draft: Draft) -> int:
    """How much of its time the team has for the board now, in per cent.

    Morale lifts it, debt eats it, and choices can give or take some for one sprint.
    """
    rules, numbers = draft.rules.sprint, draft.numbers
    mood = (numbers["morale"] - 50) // rules.morale_for_focus
    whole = rules.focus + mood - numbers.get("debt", 0) + numbers.get("focus", 0)
    return max(rules.least_focus, min(rules.most_focus, whole))


def wip_limit(draft: Draft) -> int:
    """How many cards may be in progress at once."""
    rules = draft.rules.sprint
    return max(rules.least_wip, rules.wip_limit + draft.numbers.get("wip-limit", 0))


def forecast(draft: Draft) -> int:
    """What the team expects to finish in a sprint, in half-days of work.

    Half of it is a share of what its people could do, half what they did finish in the better
    of their last two sprints ("yesterday's weather"); before the first it is all the former.
    """
    rules = draft.rules.sprint
    could = capacity(draft.pack.team, focus(draft), rules) * rules.forecast // 100
    finished = [sprint.work for sprint in draft.sprints[-2:]]
    expected = (could + max(finished)) // 2 if finished else could
    return max(rules.least_forecast, expected)


def cost(draft: Draft, item: Item) -> int:
    """What the team expects an item to take still, in half-days; for one begun, what is left."""
    whole = items.expected(items.known_effort(draft.pack, draft, item))
    for card in draft.carried:
        if card.item == item.id:
            return max(1, whole * left_of(card, item, draft.rules.sprint) // 100)
    return whole


def plan(draft: Draft, names: tuple[str, ...], *, played: bool) -> None:
    """Begin a sprint with these cards; the first of them is its goal. Begun cards go on."""
    begun = {card.item: card for card in draft.carried}
    cards = tuple(begun.get(name) or Card(item=name) for name in names)
    draft.carried = [card for card in draft.carried if card.item not in names]
    draft.sprint = Sprint(
        number=len(draft.sprints) + 1,
        played=played,
        goal=names[0] if names else "",
        cards=cards,
    )


def take_the_top(draft: Draft) -> tuple[str, ...]:
    """What a team takes up that nobody plans with: the backlog from its top, as far as it fits."""
    left = forecast(draft)
    names: list[str] = []
    for name in [*(card.item for card in draft.carried), *draft.backlog]:
        if name in names:
            continue
        item = draft.item(name)
        if not set(items.waits_for(draft, item)) <= set(names):
            continue
        takes = cost(draft, item)
        if takes > left and names:
            break
        names.append(name)
        left -= takes
    return tuple(names)


def open_sprint(draft: Draft) -> None:
    """Begin the days of the round's sprint, planned or not; a round can be without one."""
    telling = draft.round_record.sprint
    if telling is None or not draft.pack.team:
        draft.sprint = None
        return
    planned = draft.sprint is not None and draft.sprint.day == 0
    if not planned:
        plan(draft, take_the_top(draft), played=telling == "played")
    sprint = draft.sprint
    assert sprint is not None
    draft.events.append(
        SprintStarted(
            number=sprint.number,
            goal=sprint.goal,
            cards=tuple(card.item for card in sprint.cards),
            told=not sprint.played,
        )
    )
    go_on(draft)


def go_on(draft: Draft) -> None:
    """Let days pass until somebody has a question or the sprint is over."""
    from state_machine.turns import question_for  # noqa: PLC0415  # turns knows the team

    sprint = draft.sprint
    if sprint is None or sprint.day == DAYS:
        return
    board = Board(sprint, _floor(draft, sprint))
    while board.day < DAYS:
        question = question_for(draft, board.day + 1)
        if question:
            asked = (*sprint.asked, question)
            draft.sprint = msgspec.structs.replace(board.as_it_stands(), asked=asked)
            draft.scene = question
            return
        moves = board.pass_day()
        if sprint.played:  # somebody looks at the board in the evening
            draft.sprint = today = board.as_it_stands()
            draft.events.append(
                DayPassed(sprint=today.number, day=today.day, moves=moves, cards=today.cards)
            )
    draft.sprint = board.as_it_stands()
    _finish(draft, draft.sprint)


def _floor(draft: Draft, sprint: Sprint) -> Floor:
    """What the sprint now runs under: nothing of it changes while only days pass."""
    numbers, attention_rules = draft.numbers, draft.rules.attention
    return Floor(
        seed=draft.seed,
        number=sprint.number,
        team=draft.pack.team,
        items={**draft.pack.items, **{name: draft.item(name) for name in draft.split}},
        ready=frozenset(draft.ready),
        shipped=frozenset(draft.shipped),
        focus=focus(draft),
        wip_limit=wip_limit(draft),
        clarity=numbers["clarity"],
        flow=numbers["flow"],
        quality=numbers["quality"],
        rules=draft.rules.sprint,
        freed=attention.of_usual(draft, attention_rules.freed),
        misread=attention.of_usual(draft, attention_rules.misread),
    )


def finished(draft: Draft) -> int:
    """How many of a hundred planned cards the last sprint finished; 0 before the first."""
    last = draft.sprints[-1] if draft.sprints else None
    if last is None or not last.planned:
        return 0
    return 100 * min(last.done, last.planned) // last.planned


# ── the end of a sprint ─────────────────────────────────────────────────────────────────


def _finish(draft: Draft, sprint: Sprint) -> None:
    """What is done is shipped, what is not goes on, and what was hurried leaves its traces."""
    done = [card for card in sprint.cards if card.column == "done"]
    cause = Cause("rule", "sprint")
    arose: list[str] = []
    with draft.recording() as entries:
        for card in done:
            item = draft.item(card.item)
            items.ship(draft, card.item)
            if item.kind == "debt":
                draft.change("debt", -item.drag, cause)
            if card.misread:
                draft.misbuilt.append(card.item)
            if card.defect:
                arose += _arise(draft, item, "bug")
            if card.late or card.reworked >= draft.rules.sprint.most_rework:
                arose += _arise(draft, item, "debt")
        grown = draft.numbers.get("debt", 0) * draft.rules.sprint.debt_grows // 10
        draft.change("debt", grown, Cause("rule", "debt-grows"))
        draft.change("focus", -draft.numbers.get("focus", 0), Cause("rule", "sprint-over"))
    draft.carried = [
        msgspec.structs.replace(card, started=card.started - DAYS, worker="", late=False)
        for card in sprint.cards
        if card.column not in ("todo", "done")
    ] + [card for card in draft.carried if card.item in draft.backlog]
    result = _result(draft, sprint, done)
    draft.sprints.append(result)
    draft.events.append(
        SprintEnded(
            result=result,
            goal=sprint.goal,
            done=tuple(card.item for card in done),
            unfinished=tuple(card.item for card in sprint.cards if card.column != "done"),
            misread=tuple(card.item for card in done if card.misread),
            arose=tuple(arose),
            told=not sprint.played,
            entries=tuple(entries),
        )
    )


def _arise(draft: Draft, item: Item, kind: str) -> list[str]:
    """The bugs or debts that careless work on an item leaves, as far as they are new."""
    sources = [item.id, *([item.of] if item.of else [])]
    found = [
        part.id
        for source in sources
        for part in draft.pack.parts[source]
        if part.kind == kind and part.id not in draft.items
    ][:1]
    for name in found:
        items.add(draft, name)
    if kind == "debt":
        drag = sum(draft.pack.items[name].drag for name in found)
        draft.change("debt", drag or draft.rules.sprint.debt_of_haste, Cause("rule", "haste"))
    return found


def _result(draft: Draft, sprint: Sprint, done: list[Card]) -> Sprinted:
    days = [card.done - card.started + 1 for card in done]
    return Sprinted(
        number=sprint.number,
        round=draft.rounds,
        planned=sum(not card.late for card in sprint.cards),
        done=len(done),
        goal_met=any(card.item == sprint.goal for card in done),
        goal=sprint.goal,
        work=sum(draft.item(card.item).effort or 0 for card in done),
        lead_time=10 * sum(days) // len(days) if days else 0,
        wip=10 * sum(sprint.wip) // len(sprint.wip) if sprint.wip else 0,
        came_back=sum(card.reworked for card in sprint.cards),
        escaped=sum(card.defect for card in done),
        late=sum(card.late for card in sprint.cards),
    )
