"""What else could have been decided: legal, different, one step away, and not too many."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scenes.schema import Pack
from state_machine import (
    Allocate,
    Choose,
    Compose,
    Decision,
    Pick,
    Predict,
    Rank,
    Run,
    Sort,
    Write,
    advance,
    observe,
)
from state_machine.alternatives import MOST, alternatives
from state_machine.bots import PERSONAS, decisions
from state_machine.view import Ask, Option, Place
from tests.stories import any_run


def asking(kind: str, *names: str, **fields: object) -> Ask:
    """A question with these options."""
    options = tuple(Option(id=name, say=name, cost=1) for name in names)
    fields = {"options": options} | fields
    return Ask(kind=kind, title="t", text="t", **fields)  # type: ignore[arg-type]  # the test names kinds


def test_each_other_choice_is_an_alternative() -> None:
    ask = asking("choose", "a", "b", "c")
    assert alternatives(ask, Choose("b")) == (Choose("a"), Choose("c"))


def test_there_is_none_to_a_sentence_or_a_bet() -> None:
    assert alternatives(asking("write"), Write("Mind the gap.")) == ()
    assert alternatives(asking("predict", "up", "down"), Predict("up")) == ()


def test_one_thing_is_picked_in_place_of_another() -> None:
    ask = asking("pick", "a", "b", "c", budget=2)
    assert set(alternatives(ask, Pick(("a", "b")))) == {Pick(("c", "b")), Pick(("a", "c"))}


def test_where_there_is_room_one_more_could_have_been_picked() -> None:
    ask = asking("pick", "a", "b", budget=2)
    assert alternatives(ask, Pick(("a",))) == (Pick(("a", "b")), Pick(("b",)))


def test_what_was_dear_makes_room_for_several_but_no_more_is_spent_than_was() -> None:
    options = tuple(
        Option(id=name, say=name, cost=cost) for name, cost in {"a": 2, "b": 1, "c": 1}.items()
    )
    ask = asking("pick", options=options, budget=2)
    assert Pick(("b", "c")) in alternatives(ask, Pick(("a",)))
    assert all(len(way.choices) < 3 for way in alternatives(ask, Pick(("a",))))  # type: ignore[union-attr]  # all are picks


def test_of_what_fills_all_there_is_each_could_have_been_left_out() -> None:
    ask = asking("pick", "a", "b", budget=2)
    assert alternatives(ask, Pick(("a", "b"))) == (Pick(("b",)), Pick(("a",)))
    assert alternatives(asking("pick", "a", "b", budget=2, least=2), Pick(("a", "b"))) == ()


def test_another_card_could_have_been_the_goal() -> None:
    ask = asking("pick", "a", "b", budget=2, least=2, goal=True)
    assert alternatives(ask, Pick(("a", "b"))) == (Pick(("b", "a")),)


def test_the_first_that_was_left_out_is_put_in_the_place_of_each_that_counts() -> None:
    ask = asking("rank", "a", "b", "c", "d", keep=2)
    ways = alternatives(ask, Rank(("a", "b", "c", "d")))
    assert ways == (Rank(("c", "b", "a", "d")), Rank(("a", "c", "b", "d")))


def test_where_all_count_another_comes_to_the_head() -> None:
    ask = asking("rank", "a", "b", "c", keep=3)
    ways = alternatives(ask, Rank(("a", "b", "c")))
    assert ways == (Rank(("b", "a", "c")), Rank(("c", "b", "a")))


def test_in_a_full_bucket_one_is_exchanged_for_another() -> None:
    places = (Place(id="now", title="Now", most=1), Place(id="later", title="Later"))
    ask = asking("sort", "a", "b", places=places)
    ways = alternatives(ask, Sort({"a": "now", "b": "later"}))
    assert ways == (
        Sort({"a": "later", "b": "later"}),
        Sort({"a": "later", "b": "now"}),
    )


def test_points_go_to_another_as_far_as_it_can_have_more() -> None:
    ask = asking("allocate", "a", "b", budget=6, most=5)
    assert alternatives(ask, Allocate({"a": 4, "b": 2})) == (
        Allocate({"a": 1, "b": 5}),
        Allocate({"a": 5, "b": 1}),
    )


def test_one_slot_is_filled_otherwise() -> None:
    options = (
        Option(id="a", say="a", slot="who"),
        Option(id="b", say="b", slot="who"),
        Option(id="c", say="c", slot="what"),
    )
    ask = asking("compose", options=options)
    way = Compose({"who": "b", "what": "c"})
    assert alternatives(ask, Compose({"who": "a", "what": "c"})) == (way,)


@given(st.integers(0, 2**53 - 1), st.lists(st.integers(0, 100), min_size=1, max_size=8))
def test_every_alternative_is_allowed_another_one_and_there_are_few(
    small_pack: Pack, seed: int, lots: list[int]
) -> None:
    for outcome in any_run(small_pack, seed, lots)[:-1]:
        ask = observe(small_pack, outcome.run).ask
        assert ask is not None
        decision = PERSONAS["sensible"](observe(small_pack, outcome.run), seed)
        _are_good(small_pack, ask, decision, outcome.run)


def test_every_alternative_in_larder_is_allowed(larder: Pack) -> None:
    before = None
    for decision, outcome in decisions(larder, 5, PERSONAS["random"]):
        if before is not None and decision is not None:
            ask = observe(larder, before).ask
            assert ask is not None
            _are_good(larder, ask, decision, before)
        before = outcome.run


def _are_good(pack: Pack, ask: Ask, decision: Decision, run: Run) -> None:
    ways = alternatives(ask, decision)
    assert len(ways) <= MOST
    assert decision not in ways
    assert all(ways.count(way) == 1 for way in ways)
    for way in ways:
        advance(pack, run, way)  # raises if it is not allowed
