"""Three questions to think about after a run: how it felt, what happened, and what of it is work.

Each is asked of something in this run that deserves it most; there is always one of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from game import words
from game.reports.saying import (
    first_name,
    losses,
    misread,
    numbered,
    quoted,
    undeclared,
    unheard,
    weigh,
    where_instead,
)
from scenes.vocabulary import Hat
from state_machine.deeds import Facts

About = Literal["feelings", "what happened", "work"]

ABOUT: Final[tuple[About, ...]] = ("feelings", "what happened", "work")
"""In this order they are asked, which is the one that debriefings have found to help."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question: what it is about, and how much this run asks for it."""

    about: About
    weight: int
    text: str


def questions(facts: Facts) -> tuple[Question, ...]:
    """The three that fit this run best."""
    found = [*_feelings(facts), *_happened(facts), *_work(facts)]
    return tuple(
        max((each for each in found if each.about == about), key=lambda each: each.weight)
        for about in ABOUT
    )


def _feelings(facts: Facts) -> Iterator[Question]:
    for crisis in facts.crises:
        yield Question(
            "feelings",
            8,
            f"In {facts.phases[crisis.moment.phase]} {crisis.metric} collapsed. What did you feel "
            "when you read that, and which hat felt it?",
        )
    broken = [p for p in facts.pledges if p.fate == "broken" and p.said]
    if broken:
        worst = max(broken, key=lambda p: (weigh(losses(p.cost)), p.id))
        yield Question(
            "feelings",
            4 + weigh(losses(worst.cost)) // 3,
            f"What did you feel when {quoted(worst.words)} was broken to {first_name(worst.to)}: "
            "guilt, relief, or that somebody else should have seen to it? Who would that have "
            "been?",
        )
    for gate in facts.gates:
        if gate.result == "sent-back":
            yield Question(
                "feelings",
                5,
                f"“{gate.title}” sent you back. What did you want to say at that moment, and to "
                "whom?",
            )
    yield Question(
        "feelings",
        1,
        "Which of the two hats were you glad to take off, and when did you first notice?",
    )


def _happened(facts: Facts) -> Iterator[Question]:
    for missed in facts.missed:
        other: Hat = "po" if missed.hat == "pm" else "pm"
        where = where_instead(missed.instead, other)
        if where:
            yield Question(
                "what happened",
                weigh(losses(missed.moved)),
                f"“{missed.title}” went on without you while you were {where}. Knowing only what "
                "you knew when you chose, would you go to the same place again?",
            )
    for due, lost in unheard(facts):
        yield Question(
            "what happened",
            3 + weigh(lost),
            f"{first_name(due.untold)} never heard this from you: {quoted(due.said)}. What made it "
            "seem not worth the line?",
        )
    wrong = [bet for bet in facts.foreseen if bet.right is False]
    if len(wrong) >= 2:
        yield Question(
            "what happened",
            4 + len(wrong),
            f"You bet on this, among other things: {quoted(wrong[0].said)}. It did not come true. "
            "What had you seen that spoke for it, and what had you not looked at?",
        )
    yield Question(
        "what happened",
        1,
        "Where did one of your hats pay for what the other had decided, and did the one that "
        "decided ever hear of it?",
    )


def _work(facts: Facts) -> Iterator[Question]:
    crossed = [*undeclared(facts, "pm", ("po", "team")), *undeclared(facts, "po", ("pm",))]
    if crossed:
        yield Question(
            "work",
            4 + len(crossed),
            f"Here it was “{crossed[0].call}”. Which call do you make at work that is somebody "
            "else's, and would they say the same?",
        )
    cards = misread(facts)
    if cards:
        yield Question(
            "work",
            3 + len(cards),
            f"The line that was missing here was {quoted(cards[0][1])}. Which line is missing on "
            "the next card that your own team will take up?",
        )
    broken = sum(p.fate == "broken" for p in facts.pledges)
    if broken >= 2:
        yield Question(
            "work",
            2 + 2 * broken,
            f"{words.capitalised(numbered(broken, 'promise'))} broke here. Which promise of "
            "yours is open at work, in whose words, and does anybody but you know it is?",
        )
    yield Question(
        "work",
        2 + abs(facts.attention.pm - facts.attention.po) // 2,
        "Count your last ten half-days at work: how many went outside, how many to the people who "
        "build? Who did without?",
    )
