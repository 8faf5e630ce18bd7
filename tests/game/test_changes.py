"""What is shown of the numbers that moved."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from game.blocks import Changes
from game.changes import MOST_CHANGES, change_blocks
from state_machine.telling import Movement

KEYS = st.sampled_from(["customers", "morale", "flow", "runway", "users"])


def moved(key: str, before: int, after: int, title: str = "t", *, shown: bool = True) -> Movement:
    return Movement(key=key, before=before, after=after, cause="missed", title=title, shown=shown)


def rows(movements: list[Movement]) -> Changes | None:
    blocks = list(change_blocks(movements))
    if not blocks:
        return None
    (block,) = blocks
    assert isinstance(block, Changes)
    return block


def test_a_number_that_moved_in_steps_is_one_row_for_the_cause_that_carried_it() -> None:
    block = rows(
        [
            moved("customers", 50, 46, "Soup"),
            moved("customers", 46, 52, "Fair"),
            moved("customers", 52, 47, "Rain"),
        ]
    )
    assert block is not None
    (row,) = block.rows
    assert (row.by, row.span, row.tone) == ("-3", "50 to 47", "bad")
    assert row.why == "“Rain” went on without you, and 2 more causes"


def test_what_came_back_to_where_it_was_and_what_is_not_shown_yet_are_no_rows() -> None:
    there_and_back = [moved("flow", 40, 44), moved("flow", 44, 40)]
    assert rows([*there_and_back, moved("market", 50, 60, shown=False)]) is None


@given(st.lists(st.tuples(KEYS, st.integers(-30, 30)), max_size=12))
def test_rows_and_the_rest_count_every_number_that_moved(steps: list[tuple[str, int]]) -> None:
    numbers: dict[str, int] = dict.fromkeys(("customers", "morale", "flow", "runway", "users"), 0)
    movements = []
    for (key, by), place in zip(steps, itertools.count(), strict=False):
        movements.append(moved(key, numbers[key], numbers[key] + by, str(place)))
        numbers[key] += by
    block = rows(movements)
    changed = [key for key, value in numbers.items() if value]
    if block is None:
        assert not changed
        return
    assert len(block.rows) == min(MOST_CHANGES, len(changed))
    assert block.more == len(changed) - len(block.rows)
