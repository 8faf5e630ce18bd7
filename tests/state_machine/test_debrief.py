"""The facts of a debrief: what a run came to, and which hat each of it goes back to."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from scenes import find_pack, load_pack
from scenes.schema import Pack
from scenes.vocabulary import HATS, METRICS
from state_machine import Choose, Decision, Pick, Sort, Write
from state_machine.bots import PERSONAS, decisions
from state_machine.debrief import facts
from state_machine.deeds import Facts
from state_machine.events import HappenedWithout, PromiseMoved, SprintEnded, Step
from tests.stories import choice, invitation, play, scene, story


def of(pack: Pack, *made: Decision | str) -> Facts:
    """The facts of a run under these decisions; a bare word chooses."""
    decided = [None, *(Choose(each) if isinstance(each, str) else each for each in made)]
    return facts(pack, list(zip(decided, play(pack, *made), strict=True)))


def promising(**fields: Any) -> Pack:
    """The PM promises a demo by Define; the PO can then keep it, break it, move it or wait."""
    return story(
        scene("yes", choice("say-it", "promise demo by define"), choice("silent"), **fields),
        scene(
            "later",
            choice("keep", "keep demo"),
            choice("break", "break demo"),
            choice("move", "renegotiate demo to renew"),
            choice("wait"),
            hat="po",
        ),
        scene("define", phase="define"),
        scene("end", phase="renew"),
    )


def test_a_promise_is_told_in_the_words_in_which_it_was_given_and_by_which_hat() -> None:
    (pledge,) = of(promising(), "say-it", "wait").pledges
    assert (pledge.to, pledge.words) == ("Ife Adeyemi", "I will show you")
    assert (pledge.hat, pledge.title, pledge.said) == ("pm", "Yes", "Say-it")
    assert pledge.given is not None
    assert (pledge.given.number, pledge.given.phase, pledge.fate) == (1, "discover", "open")


@pytest.mark.parametrize(("what", "fate"), [("keep", "kept"), ("break", "broken")])
def test_a_promise_is_settled_by_the_hat_whose_decision_did_it(what: str, fate: str) -> None:
    (pledge,) = of(promising(), "say-it", what).pledges
    assert (pledge.fate, pledge.settled_by, pledge.overdue) == (fate, "po", False)
    assert pledge.settled is not None
    assert pledge.settled.number == 2
    assert any(moved.key == "trust ife" and moved.hat == "pm" for moved in pledge.cost)


def test_a_promise_that_ran_out_was_broken_by_nobody_but_its_date() -> None:
    (pledge,) = of(promising(), "say-it", "wait", "go").pledges
    assert (pledge.fate, pledge.settled_by, pledge.overdue) == ("broken", None, True)
    assert pledge.settled is not None
    assert pledge.settled.phase == "define"


def test_a_promise_that_was_moved_is_counted_as_often_as_it_was() -> None:
    (pledge,) = of(promising(), "say-it", "move", "go").pledges
    assert (pledge.moved, pledge.fate, pledge.due) == (1, "open", "renew")


def test_what_was_promised_without_the_player_was_promised_by_no_hat() -> None:
    pack = story(
        scene(
            "lunch",
            invitation=invitation(missed={"then": "Gone.", "effects": ["promise demo by build"]}),
        ),
        scene("end"),
    )
    (pledge,) = of(pack, Pick(()), "go").pledges
    assert (pledge.hat, pledge.title, pledge.said) == (None, "Lunch", "")


def test_what_was_missed_says_where_each_hat_had_the_player_be() -> None:
    pack = story(
        scene("fridge", invitation=invitation(where="in the fridge")),
        scene(
            "daily",
            hat="po",
            invitation=invitation(missed={"then": "On.", "effects": ["morale -2"]}),
        ),
        scene("end"),
    )
    found = of(pack, Pick(("fridge",)), "go", "go")
    (missed,) = found.missed
    assert (missed.title, missed.hat, missed.instead) == ("Daily", "po", (("pm", "in the fridge"),))
    assert [(moved.key, moved.by, moved.hat) for moved in missed.moved] == [("morale", -2, "po")]
    assert (found.attention.pm, found.attention.po, found.attention.left) == (1, 0, 0)


def test_what_came_due_names_the_hat_that_had_chosen_it_and_when() -> None:
    pack = story(
        scene(
            "yes",
            choice("all", later=[{"after": 1, "then": "Ah.", "effects": ["quality -3"]}]),
            choice("none"),
        ),
        scene("define", phase="define"),
        scene("end", phase="renew"),
    )
    (due,) = of(pack, "all", "go").dues
    assert (due.hat, due.title, due.said, due.sorted) == ("pm", "Yes", "All", False)
    assert due.chosen is not None
    assert (due.chosen.round, due.moment.round) == (1, 2)
    assert [(moved.key, moved.by, moved.hat) for moved in due.moved] == [("quality", -3, "pm")]


def test_a_call_that_was_somebody_elses_is_told_with_what_it_cost_and_whether_it_was_mended() -> (
    None
):
    pack = story(
        scene(
            "charter",
            {"id": "how", "say": "How it is built"},
            {"id": "price", "say": "What it costs"},
            sort={"bucket": [{"id": "pm", "title": "mine"}, {"id": "team", "title": "the team's"}]},
            artifact="charter",
            then="It hangs.",
        ),
        scene("decide", choice("queue", call="how"), choice("ask")),
        scene("afterwards", choice("mend", "mend"), choice("shrug")),
        scene("end"),
    )
    charter = Sort({"how": "team", "price": "pm"})
    for what, mended in (("mend", True), ("shrug", False)):
        found = of(pack, charter, "queue", what)
        (crossing,) = found.oversteps
        assert (crossing.call, crossing.whose, crossing.hat) == (
            "How it is built",
            "the team's",
            "pm",
        )
        assert (crossing.declared, crossing.mended) == (False, mended)
        assert {moved.key for moved in crossing.moved} == {"clarity", "morale"}
        assert found.charter is not None
        assert found.charter.rows == (
            ("mine", ("What it costs",)),
            ("the team's", ("How it is built",)),
        )


def test_a_letter_is_kept_word_for_word() -> None:
    pack = story(
        scene("card", choice("pin"), write={"letter": "note"}, hat="po"),
        scene("end", phase="renew"),
    )
    (letter,) = of(pack, Write("Mind the stairs; they are *steep*.")).letters
    assert (letter.text, letter.hat, letter.title) == (
        "Mind the stairs; they are *steep*.",
        "po",
        "Card",
    )


def test_what_a_hat_spent_is_what_its_own_choices_cost() -> None:
    pack = story(
        scene("fair", choice("stand", "runway -3000"), choice("stay")),
        scene("tools", choice("buy", "runway -500"), choice("wait"), hat="po"),
        scene("end", phase="renew"),
    )
    money = of(pack, "stand", "buy").money
    assert money.spent == {"pm": 3000, "po": 500}
    assert money.dearest["pm"].movement.quote == "Stand"


def test_who_is_not_through_yet_is_not_told_what_is_true() -> None:
    pack = promising()
    unfinished = of(pack, "say-it")
    assert (unfinished.over, unfinished.world, unfinished.truth) == (False, "", "")
    over = of(pack, "say-it", "keep", "go", "go")
    assert over.over
    assert over.truth


def test_of_a_beginning_alone_there_is_nothing_to_say_yet() -> None:
    found = of(promising())
    assert (found.made, found.pledges, found.dues) == ((), (), ())
    with pytest.raises(ValueError, match="beginning"):
        facts(promising(), [])


# ── whole runs ──────────────────────────────────────────────────────────────────────────


@cache
def larder() -> Pack:
    """Larder, loaded once."""
    return load_pack(find_pack("larder"))


def larder_run(persona: str, seed: int) -> tuple[Pack, list[Step]]:
    """A whole run of Larder."""
    return larder(), list(decisions(larder(), seed, PERSONAS[persona]))


RUNS = [(persona, seed) for persona in sorted(PERSONAS) for seed in (3, 8)]


@pytest.mark.parametrize(("persona", "seed"), RUNS)
def test_the_facts_of_a_whole_run_are_those_of_its_end_and_of_its_ledger(
    persona: str, seed: int
) -> None:
    pack, steps = larder_run(persona, seed)
    found, run = facts(pack, steps), steps[-1][1].run
    events = [event for _, outcome in steps for event in outcome.events]
    assert {p.id: p.fate for p in found.pledges} == {n: g.state for n, g in run.promises.items()}
    renegotiated = [e for e in events if isinstance(e, PromiseMoved) and e.what == "renegotiated"]
    assert sum(p.moved for p in found.pledges) == len(renegotiated)
    assert len(found.made) == len(steps) - 1
    right = {pack.scenes[name].title: right for name, right in run.predictions.items()}
    assert {bet.title: bet.right for bet in found.foreseen if bet.right is not None} == right
    still_open = sum(crossing.open for crossing in run.crossings)
    assert sum(not o.declared and not o.mended for o in found.oversteps) == still_open
    assert len(found.missed) == sum(isinstance(e, HappenedWithout) for e in events)
    ended = [e.result for e in events if isinstance(e, SprintEnded)]
    assert [sprint.result for sprint in found.sprints] == ended
    assert {m.metric: m.line[-1] for m in found.metrics} == dict(
        zip(METRICS, run.marks[-1].metrics, strict=True)
    )
    for person in found.people:
        assert person.after - person.before == sum(m.by for m in person.moved)
        assert person.after == run.numbers[f"trust {person.person}"]
        assert sum(person.by[hat] for hat in HATS) == sum(m.by for m in person.moved if m.hat)


@pytest.mark.parametrize("upto", [2, 17, 40])
def test_the_facts_of_a_run_that_goes_on_are_the_first_of_those_it_ends_with(upto: int) -> None:
    pack, steps = larder_run("people-pleaser", 7)
    part, whole = facts(pack, steps[:upto]), facts(pack, steps)
    assert part.made == whole.made[: upto - 1]
    assert part.letters == whole.letters[: len(part.letters)]
    assert part.missed == whole.missed[: len(part.missed)]
    assert part.dues == whole.dues[: len(part.dues)]
