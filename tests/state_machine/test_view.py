"""The knowledge boundary: what a view shows, and what never gets through it."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from scenes.schema import Pack
from state_machine import begin, narrate, observe
from state_machine.run import Pending
from tests.stories import any_run, choice, invitation, play, scene, story

LOTS = st.lists(st.integers(min_value=0, max_value=100), min_size=1, max_size=8)


@given(
    seed=st.integers(min_value=0, max_value=10**6),
    lots=LOTS,
    other_seed=st.integers(min_value=0, max_value=10**6),
    value=st.integers(min_value=-9, max_value=9),
)
def test_what_is_hidden_does_not_show(
    small_pack: Pack, seed: int, lots: list[int], other_seed: int, value: int
) -> None:
    """Another seed, other true values, other effects and other things to come: the same view."""
    disguised = msgspec.structs.replace(
        small_pack,
        items={
            name: msgspec.structs.replace(item, value=dict.fromkeys(item.value, value))
            for name, item in small_pack.items.items()
        },
        scenes={
            name: msgspec.structs.replace(
                record,
                weight=9 - record.weight,
                choice=tuple(msgspec.structs.replace(c, later=(), holds=()) for c in record.choice),
            )
            for name, record in small_pack.scenes.items()
        },
    )
    for outcome in any_run(small_pack, seed, lots):
        run = outcome.run
        if run.over:
            break
        other = msgspec.structs.replace(
            run, seed=other_seed, pending=(*run.pending, Pending("a/b", 0, 99)), crises=()
        )
        assert observe(disguised, other) == observe(small_pack, run)


def test_a_choice_shows_its_exact_price_and_who_will_care_and_no_direction() -> None:
    pack = story(
        scene(
            "ask",
            choice("go", "runway -1500", "half-days -1", "customers +9", "trust tomas -2"),
            choice("stay", "runway -900 if flag x", "promise demo by build"),
            who="ife",
        ),
        scene("fridge", phase="define", invitation=invitation()),
    )
    ask = observe(pack, play(pack)[0].run).ask
    assert ask is not None
    go, stay = ask.options
    assert (go.euros, go.half_days, go.cares) == (1500, 1, ("Tomas",))
    assert (stay.euros, stay.cares) == (0, ())
    assert "9" not in str(msgspec.to_builtins(go)).replace("1500", "")


def test_half_days_of_a_diary_that_never_comes_are_no_price() -> None:
    pack = story(scene("ask", choice("go", "half-days -1"), choice("stay")))
    before, after = play(pack, "go")
    ask = observe(pack, before.run).ask
    assert ask is not None
    assert [option.half_days for option in ask.options] == [0, 0]
    moved = [m for passage in narrate(pack, after) for m in passage.movements]
    assert all(not m.shown for m in moved if m.key == "half-days")


def test_the_other_hat_s_decision_is_not_in_the_view() -> None:
    pack = story(scene("mine"))
    run = play(pack)[0].run
    assert observe(pack, run, "pm").ask is not None
    assert observe(pack, run, "po").ask is None


def test_the_diary_states_what_happens_without_you() -> None:
    pack = story(
        scene("a", invitation=invitation(default="Marek goes.")),
        scene("b", hat="po", invitation=invitation()),
    )
    ask = observe(pack, play(pack)[0].run).ask
    assert ask is not None
    assert [(option.hat, option.default) for option in ask.options] == [
        ("pm", "Marek goes."),
        ("po", "It goes on."),
    ]
    assert ask.budget == 1


def test_an_open_promise_is_in_the_view_in_its_exact_words() -> None:
    pack = story(
        scene("give", choice("go", "promise demo by launch"), choice("stay")), scene("next")
    )
    (owed,) = observe(pack, play(pack, "go")[-1].run).promises
    assert (owed.to, owed.words, owed.due, owed.moment, owed.said) == (
        "Ife Adeyemi", "I will show you", "Launch", "Give", "Go",
    )  # fmt: skip


def test_only_the_metrics_that_have_come_in_are_shown() -> None:
    pack = story(scene("only"))
    shown = msgspec.structs.replace(
        pack.phases["discover"], shows=("customers", "sponsor", "morale", "clarity")
    )
    few = msgspec.structs.replace(pack, phases={**pack.phases, "discover": shown})
    assert [metric for metric, _ in observe(few, begin(few, 7).run).metrics] == [
        "customers", "sponsor", "morale", "clarity",
    ]  # fmt: skip


def test_the_past_comes_up_in_a_scene_where_its_conditions_hold() -> None:
    recall = [{"when": ["chose early/go"], "text": "You went, {name}.", "at": "start"}]
    pack = story(scene("early"), scene("late", memory=recall))
    texts = []
    for first in ("go", "stay"):
        ask = observe(pack, play(pack, first)[-1].run).ask
        assert ask is not None
        texts.append(ask.text)
    assert texts == ["You went, Sam.\n\nIt is Tuesday.", "It is Tuesday."]
