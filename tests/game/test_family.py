"""The list of saved runs as a forest."""

from __future__ import annotations

from game.family import family
from game.shelf import RunCard
from saves.origins import Origin


def card(name: str, parent: str = "", *, kind: str = "branch") -> RunCard:
    """A run of this id, which comes from another one if that is named."""
    came = Origin(kind=kind, run=parent, begun=parent, at=3) if parent else None  # type: ignore[arg-type]
    return RunCard(name, "Larder", "Ada", 7, "Build", 9, "today", origin=came, begun=name)


def shape(*cards: RunCard) -> str:
    return " ".join(f"{each.id}{depth}" for each, depth in family(cards))


def test_a_run_stands_under_the_one_that_it_comes_from() -> None:
    assert shape(card("c", "b"), card("d"), card("b", "a"), card("a")) == "d0 a0 b1 c2"


def test_runs_that_come_from_the_same_one_keep_their_order() -> None:
    assert shape(card("b", "a"), card("c", "a"), card("a")) == "a0 b1 c1"


def test_a_run_whose_parent_is_not_here_stands_by_itself() -> None:
    assert shape(card("b", "a"), card("c")) == "b0 c0"


def test_an_imported_run_stands_by_itself_also_beside_one_of_its_own_name() -> None:
    assert shape(card("b", "a", kind="import"), card("a")) == "b0 a0"


def test_a_circle_loses_no_run() -> None:
    assert shape(card("a", "b"), card("b", "a"), card("c", "c")) == "c0 a0 b1"


def test_a_thousand_generations_are_no_trouble() -> None:
    cards = [card("0"), *(card(str(n), str(n - 1)) for n in range(1, 3000))]
    assert [depth for _, depth in family(cards)] == list(range(3000))
