"""What pages repeat of what was already read: a glance, and no more."""

from __future__ import annotations

import pytest

from game import words
from game.blocks import Lines, Page
from game.endings import ending_pages
from game.pages import outcome_pages
from scenes.schema import Pack
from state_machine import Rank, Write
from tests.stories import choice, play, scene, story

LONG = "Say that it comes when it is ready and not one single day before that"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("One two", "One two"),
        ("One two three", "One two three"),
        ("One two three; four five", "One two three …"),
        ("“One two three four”", "“One two three …”"),
        ("“One” two three four", "“One” two three …"),
        ("", ""),
    ],
)
def test_a_glance_ends_after_so_many_words_and_closes_what_was_quoted(text: str, said: str) -> None:
    assert words.glance(text, 3) == said


def lists_on(page: Page) -> dict[str, tuple[str, ...]]:
    """The lists of a page by their titles."""
    return {block.title: block.rows for block in page.blocks if isinstance(block, Lines)}


def company() -> Pack:
    """Four decisions of the PM in one round, among them a long one and a letter, then the PO's."""
    promised = [
        choice(
            f"p{number}", f"promise p{number} by {'build' if number == 4 else 'renew'}", say=LONG
        )
        for number in range(5)
    ]
    return story(
        scene("first", choice("go"), choice("stay")),
        scene("all", *promised, rank={"keep": 5}),
        scene("next", choice("go", say=LONG), choice("stay")),
        scene("letter", choice("keep"), write={"letter": "note"}),
        scene("other", hat="po"),
        promises=[
            {"id": f"p{number}", "to": "ife", "words": f"Number {number}", "broken": "No."}
            for number in range(5)
        ],
    )


def change_of_hat(pack: Pack) -> Page:
    """The page on which the hat changes."""
    order = Rank(tuple(f"p{number}" for number in range(5)))
    letter = Write("Remember that the stairs are steep and that the lift is for crates only")
    *_, last = play(pack, "go", order, "go", letter)
    return next(page for page in outcome_pages(pack, last) if page.kind == "handover")


def test_where_the_hat_changes_decisions_are_named_in_a_few_words_and_letters_in_all() -> None:
    left = lists_on(change_of_hat(company()))["What the product manager leaves on the desk"]
    assert left == (
        "All: Say that it comes when it is ready and not …",
        "Next: Say that it comes when it is ready and not …",
        "Letter: “Remember that the stairs are steep and that the lift is for crates only”",
    )


def test_where_the_hat_changes_the_promises_due_first_are_named_and_the_others_counted() -> None:
    promised = lists_on(change_of_hat(company()))["What is promised"]
    assert len(promised) == 5
    assert promised[0] == "“Number 4” to Ife Adeyemi, before Build is over"
    assert promised[1].startswith("“Number 0”")
    assert promised[-1] == "and 1 more on the glove"


def test_at_the_end_each_scene_has_a_line_of_a_few_words() -> None:
    pack = story(scene("first", choice("go", say=LONG), choice("stay")))
    *_, last = play(pack, "go")
    (page,) = (page for page in ending_pages(pack, last.run) if page.title == "Your run")
    assert lists_on(page)["Discover"] == (
        "First: Say that it comes when it is ready and not one single …",
    )


def test_at_the_end_a_line_has_fewer_words_where_the_scene_has_a_long_title() -> None:
    title = "A walk along the river with everybody who has a say"
    pack = story(scene("first", choice("go", say=LONG), choice("stay"), title=title))
    *_, last = play(pack, "go")
    (page,) = (page for page in ending_pages(pack, last.run) if page.title == "Your run")
    assert lists_on(page)["Discover"] == (f"{title}: Say that it comes …",)
