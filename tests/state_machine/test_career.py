"""The player's career: an interview, a title with its calls, reviews, offers, and what is left."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scenes.concepts import teaching
from scenes.schema import Pack
from state_machine import Outcome, Sort, finish, observe
from state_machine.career import competencies, level, practice, practice_so_far
from state_machine.events import Crossed, Ended, GateHeld, PhaseOpened
from state_machine.run import Past
from tests.stories import any_run, choice, play, scene, story

BOXES = {"bucket": [{"id": "pm", "title": "the PM's"}, {"id": "team", "title": "the team's"}]}
BEFORE = Past(
    company="Crates & Co",
    title="trainee",
    reputation="keeps a list",
    reference="Never late.",
    promise="It will be green",
    practice={"empathy": 3},
)


def company(**fields: Any) -> Pack:
    """Two titles, of which only the wider gives the price, and a boss who reviews Discover."""
    return story(
        scene(
            "interview",
            choice("small", "title narrow"),
            choice("large", "title wide"),
            career="interview",
            memory=[
                {
                    "when": ["experienced promise"],
                    "text": "“{past promise}”, says {past company}. {past reference}",
                }
            ],
        ),
        scene(
            "charter",
            {"id": "how", "say": "How it is built"},
            {"id": "who", "say": "Whom it is for"},
            {"id": "price", "say": "What it costs"},
            sort=BOXES,
            artifact="charter",
            then="It hangs.",
        ),
        scene(
            "fair",
            choice("name-a-price", call="price", **fields),
            choice("shrug"),
            concepts=["pm-empathy"],
        ),
        scene(
            "review",
            choice("ask-for-more", "title wide", when=["competency empathy >= 1"]),
            choice("nod"),
            choice("frown"),
            career="review",
            recalls=1,
            memory=[
                {"when": ["visited fair"], "text": "“{chose fair}”, she reads, {title}."},
                {"text": "She says no more."},
            ],
        ),
        scene("offer", choice("leave"), choice("stay"), phase="renew", career="offers"),
        career={
            "boss": "ife",
            "title": "narrow",
            "interview": "interview",
            "reviews": {"discover": "review"},
            "offers": "offer",
        },
        titles=[
            {"id": "narrow", "name": "junior", "calls": ["how", "who"]},
            {"id": "wide", "name": "head of everything", "calls": ["how", "who", "price"]},
        ],
        reputations=[
            {
                "id": "bold",
                "name": "names prices",
                "when": ["chose fair/name-a-price"],
                "text": "T.",
            },
            {"id": "quiet", "name": "is quiet", "text": "T."},
        ],
        references={"ife": "Comes to the fridge.", "tomas": "Says why."},
    )


def sorted_calls(*calls: str) -> Sort:
    """A charter that gives all these calls to the PM."""
    return Sort(dict.fromkeys(calls, "pm"))


def events_of(outcomes: list[Outcome], kind: type[Any]) -> list[Any]:
    """Everything of a kind that happened."""
    return [event for outcome in outcomes for event in outcome.events if isinstance(event, kind)]


def text_of(pack: Pack, outcome: Outcome) -> str:
    """What is read where the next decision is asked for."""
    ask = observe(pack, outcome.run).ask
    return ask.text if ask else ""


# ── how it begins ───────────────────────────────────────────────────────────────────────


def test_an_interview_comes_before_the_first_phase() -> None:
    outcomes = play(company(), "small")
    assert (outcomes[0].run.state, outcomes[0].run.scene) == ("interview", "interview")
    assert not events_of(outcomes[:1], PhaseOpened)
    assert [event.phase for event in events_of(outcomes[1:], PhaseOpened)] == ["discover"]


def test_without_a_career_a_run_begins_with_its_first_phase() -> None:
    begun = play(story(scene("first")))[0]
    assert begun.run.scene == "first"
    assert [event.phase for event in events_of([begun], PhaseOpened)] == ["discover"]


def test_only_somebody_who_had_a_job_is_asked_about_it() -> None:
    pack = company()
    assert text_of(pack, play(pack)[0]) == "It is Tuesday."
    asked = text_of(pack, play(pack, past=BEFORE)[0])
    assert asked.endswith("“It will be green”, says Crates & Co. Never late.")


# ── whose call it is ────────────────────────────────────────────────────────────────────


def test_the_title_decides_which_calls_are_the_players_to_give() -> None:
    pack = company()
    narrow, wide = (observe(pack, play(pack, title)[-1].run).ask for title in ("small", "large"))
    assert narrow
    assert wide
    assert [option.id for option in narrow.options] == ["how", "who"]
    assert (narrow.kept, narrow.boss) == (("What it costs",), "Ife Adeyemi")
    assert [option.id for option in wide.options] == ["how", "who", "price"]
    assert not wide.kept


def test_making_the_boss_s_call_costs_her_trust_unless_it_is_said() -> None:
    def crossed(**fields: Any) -> list[Crossed]:
        calls = sorted_calls("how", "who")
        outcomes = play(company(**fields), "small", calls, "name-a-price")
        return events_of(outcomes, Crossed)

    (silent,) = crossed()
    assert (silent.call, silent.owner) == ("price", "boss")
    assert ("trust ife", -1) in [(entry.key, entry.by) for entry in silent.entries]
    (said,) = crossed(declares=True)
    assert said.declared
    assert not said.entries


def test_who_has_the_title_for_it_crosses_nothing() -> None:
    calls = sorted_calls("how", "who", "price")
    assert not events_of(play(company(), "large", calls, "name-a-price"), Crossed)


# ── reviews and offers ──────────────────────────────────────────────────────────────────


def at_the_review() -> list[Outcome]:
    return play(company(), "small", sorted_calls("how", "who"), "name-a-price")


def test_the_boss_reviews_a_phase_before_its_gate_and_quotes_what_was_done() -> None:
    outcomes = at_the_review()
    assert outcomes[-1].run.state == "discover_review"
    assert not events_of(outcomes, GateHeld)
    assert text_of(company(), outcomes[-1]).endswith("“Name-a-price”, she reads, junior.")


def test_of_a_scene_s_memories_only_so_many_are_recalled() -> None:
    assert "She says no more." not in text_of(company(), at_the_review()[-1])


def test_a_title_can_be_earned() -> None:
    pack = company()
    outcomes = play(pack, "small", sorted_calls("how", "who"), "name-a-price", "ask-for-more")
    assert observe(pack, outcomes[-1].run).title == "head of everything"


def test_offers_come_after_the_last_gate_and_before_the_ending() -> None:
    calls = sorted_calls("how", "who")
    outcomes = play(company(), "small", calls, "shrug", "nod", "stay")
    before, after = outcomes[-2], outcomes[-1]
    assert (before.run.state, before.run.scene, before.run.over) == ("offers", "offer", False)
    assert [event.result for event in events_of([before], GateHeld)][-1] == "ends"
    assert after.run.over
    assert events_of([after], Ended)


# ── what was practised, and what is left ────────────────────────────────────────────────


def test_there_are_six_competencies_a_role_and_no_concept_in_two() -> None:
    found = teaching().competency
    assert [sum(each.hat == hat for each in found) for hat in ("pm", "po")] == [6, 6]
    named = [concept for each in found for concept in each.concepts]
    assert len(named) == len(set(named))
    by = {concept.id: concept.by for concept in teaching().concept}
    assert all(by[concept] == each.hat for each in found for concept in each.concepts)


def test_a_competency_grows_with_the_scenes_that_practise_it_and_with_no_other() -> None:
    pack, outcomes = company(), at_the_review()
    before = {each.competency: each.practised for each in competencies(pack, outcomes[-2].run)}
    after = {each.competency: each.practised for each in competencies(pack, outcomes[-1].run)}
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {
        "empathy": 1
    }


@given(st.integers(0, 200), st.integers(0, 200))
def test_more_practice_never_lowers_a_level(one: int, more: int) -> None:
    assert 0 <= level(one) <= level(one + more) <= 5


def test_practice_is_carried_from_job_to_job() -> None:
    pack = company()
    run = play(pack, "small", sorted_calls("how", "who"), "shrug", past=BEFORE)[-1].run
    assert practice(pack, run.played)["empathy"] == 1
    assert practice_so_far(pack, run)["empathy"] == 4


def test_a_job_leaves_a_title_a_reputation_and_the_reference_of_who_trusts_most() -> None:
    pack = company()
    run = any_run(pack, 3, [1, 2, 3])[-1].run
    left = finish(pack, run).past
    assert left.company == "Tiny & Co"
    assert left.title in ("junior", "head of everything")
    assert left.reputation == (
        "names prices" if "name-a-price" in run.chosen["fair"] else "is quiet"
    )
    assert left.reference == "", "nobody trusts the player yet"


def test_the_reference_is_written_by_who_trusts_most() -> None:
    pack = story(
        scene("first", choice("go", "trust tomas +2", "trust ife +1"), choice("stay")),
        scene("last", phase="renew"),
        references={"ife": "Comes to the fridge.", "tomas": "Says why."},
    )
    left = finish(pack, play(pack, "go", "go")[-1].run).past
    assert (left.reference, left.referee) == ("Says why.", "Tomas, developer")
    nobody = finish(pack, play(pack, "stay", "go")[-1].run).past
    assert (nobody.reference, nobody.referee) == ("", "")


def test_a_broken_promise_follows_to_the_next_job() -> None:
    pack = story(
        scene("first", choice("go", "promise demo by discover"), choice("stay")),
        scene("last", phase="renew"),
    )
    assert finish(pack, play(pack, "go", "go")[-1].run).past.promise == "I will show you"
    assert finish(pack, play(pack, "stay", "go")[-1].run).past.promise == ""


def test_the_express_edition_has_time_for_one_review() -> None:
    reviews = {"discover": "first", "define": "second"}
    pack = story(
        scene("first", career="review"),
        scene("second", career="review", phase="define"),
        scene("last", phase="renew"),
        express={"renew": [{"half-days": 1, "pm": ["last"]}]},
        career={"boss": "ife", "title": "narrow", "reviews": reviews},
        titles=[{"id": "narrow", "name": "junior", "calls": []}],
    )
    assert [o.run.scene for o in play(pack, "go", "go")] == ["first", "second", "last"]
    assert [o.run.scene for o in play(pack, "go", edition="express")] == ["first", "last"]


def test_a_job_before_was_here_or_elsewhere() -> None:
    """Who is interviewed by the company that they come from is met as in a dream."""
    pack = story(
        scene(
            "first",
            memory=[
                {"when": ["experienced here"], "text": "Here."},
                {"when": ["experienced elsewhere"], "text": "Elsewhere."},
            ],
        )
    )
    here = Past(company=pack.info.company)
    assert text_of(pack, play(pack, past=here)[0]).endswith("Here.")
    assert text_of(pack, play(pack, past=BEFORE)[0]).endswith("Elsewhere.")
    assert text_of(pack, play(pack)[0]) == "It is Tuesday."
