"""The game as plain text: the same run and the same words as everywhere."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.blocks import Page
from game.plain import draw
from game.plain.answers import Unreadable, read_answer
from game.plain.play import PlainGame
from game.plain.transcript import marked, transcript
from game.session import Session
from game.shelf import Trouble
from scenes.schema import Pack
from state_machine import Decision, Outcome, Pick, Rank, Write, begin, fingerprint
from state_machine.bots import PERSONAS, decisions
from state_machine.view import Ask, Option


def typed(decision: Decision, ask: Ask) -> str:
    """What a player types to decide this."""
    if isinstance(decision, Write):
        return decision.text
    places = {option.id: str(place) for place, option in enumerate(ask.options, start=1)}
    return " ".join(places[choice] for choice in marked(decision))


def answers_of(pack: Pack, seed: int, persona: str) -> list[str]:
    answers: list[str] = []
    steps = list(decisions(pack, seed, PERSONAS[persona]))
    for (_, before), (decision, _) in itertools.pairwise(steps):
        ask = Session(pack, [before]).ask
        assert ask is not None
        assert decision is not None
        answers.append(typed(decision, ask))
    return answers


def played(pack: Pack, seed: int, answers: list[str]) -> tuple[Session, str]:
    out = io.StringIO()
    session = Session(pack, [begin(pack, seed, "Sam")])
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
    session = Session(small_pack, [begin(small_pack, 7, "Sam")])
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

    def record(_decision: Decision, _outcome: Outcome) -> None:
        failure = next(failures, None)
        if failure:
            raise failure

    session = Session(small_pack, [begin(small_pack, 7, "Sam")], record)
    first = answers_of(small_pack, 7, "random")[0]
    out = io.StringIO()
    game = PlainGame(session, io.StringIO(f"{first}\n"), out)
    game.play([])
    assert "the disk is full" in out.getvalue()
    assert "Your last decision is not saved" in out.getvalue()
    assert session.run.diary == begin(small_pack, 7, "Sam").run.diary


def an_ask(kind: str, count: int, **fields: int) -> Ask:
    options = tuple(Option(id=f"o{n}", say=f"Option {n}", cost=1) for n in range(1, count + 1))
    return Ask(kind=kind, title="t", text="t", options=options, **fields)  # type: ignore[arg-type]


def test_numbers_may_be_apart_by_spaces_or_commas() -> None:
    assert read_answer(an_ask("pick", 3, budget=3), "1, 3") == Pick(("o1", "o3"))
    assert read_answer(an_ask("rank", 3, keep=1), "2 3 1") == Rank(("o2", "o3", "o1"))
    assert read_answer(an_ask("pick", 3, budget=3), "") == Pick(())


@given(st.text(max_size=30), st.sampled_from(["choose", "predict", "rank", "pick", "diary"]))
def test_any_answer_is_a_decision_or_is_explained(answer: str, kind: str) -> None:
    try:
        read_answer(an_ask(kind, 4, budget=4, keep=2), answer)
    except Unreadable as problem:
        assert str(problem)


def test_no_line_is_wider_than_a_narrow_terminal(small_pack: Pack) -> None:
    pages: list[Page] = []
    session = Session(small_pack, [begin(small_pack, 7, "Sam")])
    decide: Callable[..., Decision] = PERSONAS["random"]
    while not session.over:
        pages += [session.ask_page(), *session.decide(decide(session.view, 7))]
    assert all(len(line) <= draw.WIDTH for page in pages for line in draw.page_lines(page))
