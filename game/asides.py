"""What a player can look up beside the story: promises, people, the words and the numbers."""

from __future__ import annotations

from typing import Final

from game import words
from game.blocks import Block, Entries, Entry, Notice, Page, Prose, Quote
from scenes.vocabulary import HATS
from state_machine import View

_NOTHING_PROMISED: Final = "You have promised nobody anything. It will not last."
_NOBODY_MET: Final = "You have met nobody yet."


def promises_page(view: View) -> Page:
    """The open promises: the exact words, to whom, due when, given where."""
    blocks: tuple[Block, ...] = tuple(
        Quote(promise.words, f"{words.debt(promise)}; {words.given(promise)}")
        for promise in view.promises
    )
    return Page("aside", words.GLOVE, blocks or (Notice(_NOTHING_PROMISED),))


def people_page(view: View) -> Page:
    """Everybody met so far: who they are, how they stand to the player, what gives them away."""
    rows = tuple(
        Entry(p.name, f"{words.capitalised(p.role)}. {p.tell}.", words.stance(p))
        for p in view.people
    )
    blocks: tuple[Block, ...] = (Entries(rows),) if rows else (Notice(_NOBODY_MET),)
    return Page("aside", words.PEOPLE, blocks)


def help_page(view: View | None, keys: Entries) -> Page:
    """What may be wondered about: this scene's words first, as they are looked up most.

    Without a run there is no scene, and all the numbers are explained. `keys` are the front
    end's own.
    """
    terms = view.ask.terms if view and view.ask else ()
    shown = [metric for metric, _ in view.metrics] if view else list(words.METRIC_MEANINGS)
    blocks: list[Block] = []
    if terms:
        blocks.append(Entries(tuple(Entry(*term) for term in terms), "Words in this scene"))
    hats = tuple(
        Entry(
            f"{words.HAT_GLYPHS[hat]} {words.HAT_SHORT[hat]}",
            f"{words.HAT_NAMES[hat]}: {words.HAT_CALLS[hat]}",
        )
        for hat in HATS
    )
    meanings = tuple(Entry(metric, words.METRIC_MEANINGS[metric]) for metric in shown)
    blocks += [
        Prose(words.TWO_HATS),
        Entries(hats, "The two hats"),
        Entries(meanings, "The numbers, 0 to 100"),
        Entries(tuple(Entry(*row) for row in words.OTHER_MEANINGS.items()), "Other numbers"),
        keys,
    ]
    return Page("aside", "Help", tuple(blocks))
