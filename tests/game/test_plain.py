"""The game as plain text: the same run and the same words as everywhere."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.blocks import Page
from game.plain import draw
from game.plain.answers import Unreadable, read_answer
from game.plain.play import PlainGame
from game.plain.transcript import transcript
from game.session import Record, Session
from game.shelf import Trouble
from scenes.schema import Pack
from state_machine import (
    Allocate,
    Compose,
    Decision,
    Outcome,
    Pick,
    Rank,
    Sort,
    begin,
    fingerprint,
)
from state_machine.bots import PERSONAS, decisions
from state_machine.view import Ask, Option, Place
from tests.answers import typed
from tests.stories import Table, choice, scene, story


def answers_of(pack: Pack, seed: int, persona: str) -> list[str]:
    answers: list[str] = []
    steps = list(decisions(pack, seed, PERSONAS[persona]))
    for (_, before), (decision, _) in itertools.pairwise(steps):
        ask = Session(pack, [(None, before)]).ask
        assert ask is not None
        assert decision is not None
        answers.append(typed(ask, decision))
    return answers


def played(pack: Pack, seed: int, answers: list[str]) -> tuple[Session, str]:
    out = io.StringIO()
    session = Session(pack, [(None, begin(pack, seed, "Sam"))])
    game = PlainGame(session, io.StringIO("".join(f"{line}\n" for line in answers)), out)
    game.play(session.first_pages())
    return session, out.getvalue()


@pytest.mark.parametrize("persona", PERSONAS)
def test_typed_answers_make_the_same_run_as_the_bot_that_gave_them(
    small_pack: Pack, persona: str
) -> None:
    session, _ = played(small_pack, 7, answers_of(small_pack, 7, persona))
    *_, (_, last) = decisions(small_pack, 7, PERSONAS[persona])
    assert session.over
    assert fingerprint(session.run) == fingerprint(last.run)


def test_the_transcript_and_the_plain_game_tell_the_same_words(small_pack: Pack) -> None:
    persona = PERSONAS["random"]
    session = Session(small_pack, [(None, begin(small_pack, 7, "Sam"))])
    told = [line for line in transcript(session, persona, 7) if line and not line.startswith(" ")]
    _, plain = played(small_pack, 7, answers_of(small_pack, 7, "random"))
    for line in told:
        assert line in plain


def test_the_input_may_end_at_any_moment(small_pack: Pack) -> None:
    answers = answers_of(small_pack, 7, "random")
    for count in range(len(answers)):
        session, out = played(small_pack, 7, answers[:count])
        assert not session.over
        assert out.endswith("takes up this run where you left it.\n")


def test_what_cannot_be_read_is_said_and_asked_again(small_pack: Pack) -> None:
    session, out = played(small_pack, 7, ["nonsense", "99", "1 1", ""])
    assert out.count("Use numbers from 1 to") == 2
    assert "more than once" in out
    assert session.run.declined or session.run.diary == ()


@pytest.mark.parametrize("command", ["?", "why", "promises", "people", "words", "again", "HELP"])
def test_questions_in_between_decide_nothing(small_pack: Pack, command: str) -> None:
    session, out = played(small_pack, 7, [command])
    assert session.run == begin(small_pack, 7, "Sam").run
    assert "Traceback" not in out


def test_a_decision_that_is_not_saved_is_not_made(small_pack: Pack) -> None:
    failures = iter([Trouble("the disk is full"), None])

    class OnFullDisk(Record):
        def decided(self, decision: Decision, outcome: Outcome) -> Sequence[str]:
            failure = next(failures, None)
            if failure:
                raise failure
            return ()

    session = Session(small_pack, [(None, begin(small_pack, 7, "Sam"))], OnFullDisk())
    first = answers_of(small_pack, 7, "random")[0]
    out = io.StringIO()
    game = PlainGame(session, io.StringIO(f"{first}\n"), out)
    game.play([])
    assert "the disk is full" in out.getvalue()
    assert "Your last decision is not saved" in out.getvalue()
    assert session.run.diary == begin(small_pack, 7, "Sam").run.diary


def an_ask(kind: str, count: int, **fields: Any) -> Ask:
    """A decision between so many options; the first half of them is for the first slot."""
    slots = [place.id for place in fields["places"]] if kind == "compose" else [""]
    options = tuple(
        Option(id=f"o{n + 1}", say=f"Option {n + 1}", cost=1, slot=slots[n * len(slots) // count])
        for n in range(count)
    )
    return Ask(kind=kind, title="t", text="t", options=options, **fields)  # type: ignore[arg-type]


def test_numbers_may_be_apart_by_spaces_or_commas() -> None:
    assert read_answer(an_ask("pick", 3, budget=3), "1, 3") == Pick(("o1", "o3"))
    assert read_answer(an_ask("rank", 3, keep=1), "2 3 1") == Rank(("o2", "o3", "o1"))
    assert read_answer(an_ask("pick", 3, budget=3), "") == Pick(())


SORTING = an_ask("sort", 3, places=(Place(id="now", title="Now", most=2), Place(id="l", title="L")))
SHARING = an_ask("allocate", 3, budget=4, unit="mornings", most=3)
COMPOSING = an_ask(
    "compose", 4, places=(Place(id="for", title="For"), Place(id="who", title="who"))
)


def test_each_number_is_sorted_by_its_letter() -> None:
    into = Sort({"o1": "now", "o2": "l", "o3": "now"})
    assert read_answer(SORTING, "1a 2b 3a") == into
    assert read_answer(SORTING, "2B, 3A; 1a") == into


def test_each_number_gets_what_stands_after_it() -> None:
    assert read_answer(SHARING, "1=3 3=1") == Allocate({"o1": 3, "o3": 1})
    assert read_answer(SHARING, "1:3, 3:1") == Allocate({"o1": 3, "o3": 1})


def test_each_number_fills_the_gap_that_it_is_for() -> None:
    assert read_answer(COMPOSING, "1 4") == Compose({"for": "o1", "who": "o4"})
    assert read_answer(COMPOSING, "4 1") == Compose({"for": "o1", "who": "o4"})


@pytest.mark.parametrize(
    ("ask", "answer", "said"),
    [
        (SORTING, "1", "Type each number with a letter from a, b, as in 1a."),
        (SORTING, "a1", "Type each number with a letter from a, b, as in 1a."),
        (SORTING, "1a 2c", "Type each number with a letter from a, b, as in 1a."),
        (SORTING, "1a 9b", "Use numbers from 1 to 3; ? lists what else works."),
        (SHARING, "1 2", "Type a number, = and what it gets, as in 1=2."),
        (SHARING, "1=-1", "Type a number, = and what it gets, as in 1=2."),
        (SHARING, "0=4", "Use numbers from 1 to 3; ? lists what else works."),
        (COMPOSING, "1", "Type one number for each of “For”, “who”."),
        (COMPOSING, "1 2", "Type one number for each of “For”, “who”."),
        (COMPOSING, "1 2 3", "Type one number for each of “For”, “who”."),
        (COMPOSING, "1 5", "Use numbers from 1 to 4; ? lists what else works."),
    ],
)
def test_an_answer_that_decides_nothing_says_what_would(ask: Ask, answer: str, said: str) -> None:
    with pytest.raises(Unreadable) as problem:
        read_answer(ask, answer)
    assert str(problem.value) == said


def first_of(asked: Table, *answers: str) -> tuple[Session, str]:
    """A run whose first scene asks this, as these answers play it, and what it says."""
    return played(story(asked, scene("next")), 7, list(answers))


def test_a_sort_names_its_buckets_and_refuses_what_they_do_not_hold() -> None:
    cards: list[Table] = [{"id": name, "say": name.upper(), "into": {}} for name in ("x", "y", "z")]
    buckets = [{"id": "now", "title": "Now", "most": 1}, {"id": "later", "title": "Later"}]
    asked = scene("first", *cards, sort={"bucket": buckets}, then="It hangs.")
    session, out = first_of(asked, "1a", "1a 2a 3b", "1a 2b 3b")
    assert "a. Now (holds 1)" in out
    assert "Each with its letter, a to b" in out
    assert "“Y” is in no bucket yet" in out
    assert "“Now” holds 1, and this puts 2 in" in out
    assert session.run.placed["first/z"] == "later"


def test_sharing_out_refuses_too_little_and_too_much() -> None:
    asked = scene("first", allocate={"points": 3, "unit": "mornings", "most": 2})
    session, out = first_of(asked, "1=1", "1=3", "1=2 2=1")
    assert "Each with what it gets, 3 in all" in out
    assert "that gives 1 of 3 mornings" in out
    assert "can get 2 mornings at most" in out
    assert session.run.chosen["first"] == ("go", "stay")


def test_a_gap_stands_over_what_fills_it() -> None:
    fillings = [choice(name, slot=slot) for name, slot in zip("wxyz", "aabb", strict=True)]
    slots = [{"id": "a", "title": "For"}, {"id": "b", "title": "who"}]
    session, out = first_of(scene("first", *fillings, compose={"slot": slots}), "1 2", "2 3")
    assert "  For:\n   1. W\n" in out
    assert "  who:\n   3. Y\n" in out
    assert "Type one number for each of “For”, “who”." in out
    assert session.run.chosen["first"] == ("x", "y")


@given(st.text(max_size=30), st.sampled_from(["choose", "predict", "rank", "pick", "diary"]))
def test_any_answer_is_a_decision_or_is_explained(answer: str, kind: str) -> None:
    try:
        read_answer(an_ask(kind, 4, budget=4, keep=2), answer)
    except Unreadable as problem:
        assert str(problem)


@given(st.text("0123456789abc=:,; ", max_size=20), st.sampled_from([SORTING, SHARING, COMPOSING]))
def test_any_answer_to_the_longer_kinds_is_a_decision_or_is_explained(
    answer: str, ask: Ask
) -> None:
    try:
        read_answer(ask, answer)
    except Unreadable as problem:
        assert str(problem)


def test_no_line_is_wider_than_a_narrow_terminal(small_pack: Pack) -> None:
    pages: list[Page] = []
    session = Session(small_pack, [(None, begin(small_pack, 7, "Sam"))])
    decide: Callable[..., Decision] = PERSONAS["random"]
    while not session.over:
        pages += [session.ask_page(), *session.decide(decide(session.view, 7))]
    assert all(len(line) <= draw.WIDTH for page in pages for line in draw.page_lines(page))
