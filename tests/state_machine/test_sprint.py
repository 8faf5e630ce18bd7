"""The sprint on the board: Little's law, and which way each rule of it points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.schema import Item, Person
from state_machine.rules import default_rules
from state_machine.run import DAYS, Card, Move, Sprint
from state_machine.sprint import Board, Floor, capacity

RULES = default_rules().sprint
SEEDS = range(60)


def person(name: str, **skills: int) -> Person:
    """Somebody of the team."""
    return msgspec.convert(
        {"id": name, "name": name, "role": "r", "want": "w", "fear": "f", "tell": "t",
         "side": "po", "skills": skills},
        Person,
    )  # fmt: skip


TEAM = (
    person("tomas", build=11, test=2),
    person("matti", build=9),
    person("ayumi", design=3, build=8),
    person("linh", design=10, test=3),
    person("priya", test=10),
)


def story_card(number: int, effort: int, risk: int = 1) -> Item:
    """A story to build."""
    return msgspec.convert(
        {"id": f"s{number}", "title": f"Story {number}", "kind": "story", "effort": effort,
         "risk": risk},
        Item,
    )  # fmt: skip


CARDS = tuple(story_card(number, 2 + number % 5, number % 3) for number in range(12))


def a_floor(seed: int, items: Iterable[Item] = CARDS, **changes: Any) -> Floor:
    """What a sprint runs under; by default a usual team with a limit of four."""
    floor = Floor(
        seed=seed,
        number=1,
        team=TEAM,
        items={item.id: item for item in items},
        ready=frozenset(item.id for item in items),
        shipped=frozenset(),
        focus=70,
        wip_limit=4,
        clarity=50,
        flow=50,
        quality=50,
        rules=RULES,
    )
    return msgspec.structs.replace(floor, **changes)


def board(items: Iterable[Item] = CARDS) -> Sprint:
    """A sprint that has not begun."""
    return Sprint(number=1, played=True, cards=tuple(Card(item=item.id) for item in items))


def one_day(sprint: Sprint, floor: Floor) -> tuple[Sprint, tuple[Move, ...]]:
    """The sprint a day later, and what happened on that day."""
    days = Board(sprint, floor)
    moves = days.pass_day()
    return days.as_it_stands(), moves


def run_sprint(floor: Floor, sprint: Sprint | None = None, days: int = DAYS) -> Sprint:
    """A sprint after so many days."""
    after = sprint or board()
    for _ in range(days):
        after, _moves = one_day(after, floor)
    return after


def done(sprint: Sprint) -> list[Card]:
    """The cards that are done."""
    return [card for card in sprint.cards if card.column == "done"]


def over_seeds(count: str, **changes: Any) -> int:
    """Something counted over many sprints under the same rules."""
    total = 0
    for seed in SEEDS:
        cards = done(run_sprint(a_floor(seed, **changes)))
        match count:
            case "done":
                total += len(cards)
            case "days":
                total += sum(card.done - card.started + 1 for card in cards)
            case "misread":
                total += sum(card.misread for card in cards)
            case "escaped":
                total += sum(card.defect for card in cards)
    return total


def test_the_same_plan_and_seed_make_the_same_sprint() -> None:
    assert run_sprint(a_floor(7)) == run_sprint(a_floor(7))
    assert run_sprint(a_floor(7)) != run_sprint(a_floor(8))


@pytest.mark.parametrize("limit", [2, 4, 9])
def test_littles_law_holds_exactly_once_the_board_is_empty(limit: int) -> None:
    """Work in progress summed over days is time on the board summed over cards."""
    floor = a_floor(3, wip_limit=limit)
    sprint = run_sprint(floor, days=80)
    assert len(done(sprint)) == len(CARDS)
    in_progress = sum(sprint.wip)
    # A card counts as in progress at the end of every day but the one on which it is done.
    on_the_board = sum(card.done - card.started for card in sprint.cards)
    assert in_progress == on_the_board


@pytest.mark.parametrize("limit", [3, 5, 8])
def test_lead_time_is_work_in_progress_over_throughput_in_a_steady_flow(limit: int) -> None:
    """Over a long run with cards always waiting, the averages obey the law within a tenth."""
    many = tuple(story_card(number, 2 + number % 5, number % 3) for number in range(160))
    sprint = run_sprint(a_floor(11, many, wip_limit=limit), board(many), days=150)
    cards = done(sprint)
    throughput = len(cards) / sprint.day
    in_progress = sum(sprint.wip) / sprint.day
    lead_time = sum(card.done - card.started for card in cards) / len(cards)
    assert lead_time == pytest.approx(in_progress / throughput, rel=0.1)


def test_more_work_in_progress_makes_every_card_slower() -> None:
    tight = over_seeds("days", wip_limit=3) / over_seeds("done", wip_limit=3)
    loose = over_seeds("days", wip_limit=12) / over_seeds("done", wip_limit=12)
    assert loose > tight * 1.15


def test_a_vague_card_is_misbuilt_more_often_than_one_with_criteria() -> None:
    vague = over_seeds("misread", ready=frozenset())
    assert vague > 5 * over_seeds("misread")


def test_clarity_keeps_vague_cards_from_being_misread() -> None:
    foggy = over_seeds("misread", ready=frozenset(), clarity=20)
    clear = over_seeds("misread", ready=frozenset(), clarity=80)
    assert clear < foggy * 0.7


def test_quality_lets_less_through() -> None:
    assert over_seeds("escaped", quality=80) * 2 < over_seeds("escaped", quality=20)


def test_time_lost_to_debt_or_meetings_is_work_lost() -> None:
    assert over_seeds("done", focus=40) < over_seeds("done", focus=80)


def test_a_card_waits_for_what_it_needs_on_the_same_board() -> None:
    first = story_card(1, 4)
    second = msgspec.structs.replace(story_card(2, 4), needs=("s1",))
    for seed in SEEDS:
        sprint = run_sprint(a_floor(seed, (second, first)), board((second, first)), days=20)
        by_item = {card.item: card for card in sprint.cards}
        if by_item["s2"].started:
            assert by_item["s2"].started >= by_item["s1"].done > 0


def test_a_card_cannot_begin_before_what_it_needs_is_shipped() -> None:
    alone = (msgspec.structs.replace(story_card(2, 4), needs=("s1",)),)
    waiting = run_sprint(a_floor(1, alone), board(alone))
    assert waiting.cards[0].column == "todo"
    begun = run_sprint(a_floor(1, alone, shipped=frozenset({"s1"})), board(alone))
    assert begun.cards[0].started == 1


def test_what_goes_wrong_for_one_card_never_depends_on_another() -> None:
    """Draws are keyed by card: one more card at the end gets no other card stuck."""
    more = (*CARDS[:4], story_card(99, 3))
    for seed in SEEDS:
        few = run_sprint(a_floor(seed, CARDS[:4], wip_limit=9), board(CARDS[:4]), days=1)
        many = run_sprint(a_floor(seed, more, wip_limit=9), board(more), days=1)
        assert [card.blocked for card in few.cards] == [card.blocked for card in many.cards[:4]]


def test_capacity_is_that_of_the_narrowest_column() -> None:
    without_test = tuple(person for person in TEAM if person.id != "priya")
    one_more = (*TEAM, person("ada", build=10))
    assert capacity(one_more, 70, RULES) == capacity(TEAM, 70, RULES)
    assert capacity(
        (*TEAM, person("uma", test=10), person("lou", design=10)), 70, RULES
    ) > capacity(TEAM, 70, RULES)
    assert capacity(without_test, 70, RULES) > 0


def test_a_company_without_a_team_can_do_nothing() -> None:
    assert capacity((), 70, RULES) == 0


def test_nothing_that_is_known_of_a_card_gets_lost_on_the_board() -> None:
    known = Card(
        item="s1",
        column="done",
        left=1,
        worker="priya",
        started=1,
        done=1,
        blocked=True,
        waited=True,
        reworked=1,
        misread=True,
        defect=True,
        late=True,
    )
    blank = Card(item="")
    fields = [field.name for field in msgspec.structs.fields(Card)]
    assert all(getattr(known, field) != getattr(blank, field) for field in fields)
    after, moves = one_day(Sprint(number=1, played=True, cards=(known,)), a_floor(1))
    assert after.cards == (known,)
    assert not moves


@settings(max_examples=40)
@given(
    st.integers(0, 2**53),
    st.integers(2, 12),
    st.integers(25, 95),
    st.integers(0, 100),
    st.lists(st.integers(1, 12), min_size=1, max_size=10),
)
def test_whatever_happens_the_board_stays_a_board(
    seed: int, limit: int, focus: int, metric: int, efforts: list[int]
) -> None:
    items = tuple(story_card(number, effort) for number, effort in enumerate(efforts))
    floor = a_floor(
        seed, items, wip_limit=limit, focus=focus, clarity=metric, flow=metric, quality=metric
    )
    sprint = board(items)
    for day in range(1, DAYS + 1):
        before = sprint
        sprint, moves = one_day(sprint, floor)
        assert sprint.day == day
        assert [card.item for card in sprint.cards] == [item.id for item in items]
        assert sprint.wip[-1] <= limit
        for was, now in zip(before.cards, sprint.cards, strict=True):
            assert was.column != "done" or now == was
            assert (now.column == "done") == (now.done > 0)
            assert now.column == "todo" or 0 < now.started <= day
            assert now.reworked <= RULES.most_rework
        assert all(move.item in floor.items for move in moves)
