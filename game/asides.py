"""What a player can look up beside the story: promises, people, the words and the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from game import words
from game.blocks import Block, Entries, Entry, Heading, Notice, Page, Prose, Quote
from scenes.vocabulary import HATS
from state_machine import View
from state_machine.desk import Desk

_NOTHING_PROMISED: Final = "You have promised nobody anything. It will not last."
_EMPTY_DESK: Final = "Nothing has been made yet but coffee."
_NOBODY_MET: Final = "You have met nobody yet."


def promises_page(view: View) -> Page:
    """The open promises: the exact words, to whom, due when, given where."""
    blocks: tuple[Block, ...] = tuple(
        Quote(promise.words, f"{words.debt(promise)}; {words.given(promise)}")
        for promise in view.promises
    )
    nothing = words.capitalised(words.nothing_owed(view.settled)) + "."
    if not any(view.settled):
        nothing = _NOTHING_PROMISED
    return Page("aside", words.GLOVE, blocks or (Notice(nothing),))


def people_page(view: View) -> Page:
    """Everybody met so far: who they are, how they stand to the player, what gives them away."""
    rows = tuple(
        Entry(p.name, f"{words.capitalised(p.role)}. {p.tell}.", words.stance(p))
        for p in view.people
    )
    blocks: tuple[Block, ...] = (Entries(rows),) if rows else (Notice(_NOBODY_MET),)
    return Page("aside", words.people(view), blocks)


def desk_page(desk: Desk) -> Page:
    """The desk: the artifacts of both roles as they stand, then what the product does so far."""
    blocks: list[Block] = []
    for paper in desk.papers:
        note = words.quality(paper.quality) if paper.quality is not None else ""
        blocks.append(Heading(words.ARTIFACTS[paper.artifact], note, paper.hat))
        rows = tuple(Entry(label, text) for label, text in paper.lines)
        blocks.append(Entries(rows))
    if not desk.papers:
        blocks.append(Notice(_EMPTY_DESK))
    if desk.wanted:
        rows = tuple(
            Entry("there" if each.there else "not yet", words.wanted(each, about))
            for each, about in desk.wanted
        )
        blocks.append(Entries(rows, f"What “{desk.gate}” wants, at the end of this phase"))
    blocks.append(Entries(tuple(team_rows(desk)), "The team"))
    if any(segment.users or segment.opinion is not None for segment in desk.segments):
        rows = tuple(Entry(s.title, words.segment(s)) for s in desk.segments)
        blocks.append(Entries(rows, "Customers, by segment"))
    return Page("aside", words.DESK, tuple(blocks))


def team_rows(desk: Desk) -> Iterator[Entry]:
    """What the team can do, what eats of it, and how its sprints went."""
    yield Entry("forecast", f"about {words.plural(desk.forecast, 'half-day')} of work in a sprint")
    yield Entry("time", f"{desk.focus} in a hundred hours go to the board")
    yield Entry("limit", f"{desk.wip_limit} cards in progress at once")
    if desk.debt:
        yield Entry("debt", f"eats {desk.debt} in a hundred hours")
    if desk.bugs:
        yield Entry("known bugs", "; ".join(desk.bugs))
    for number, (planned, done, lead_time) in enumerate(desk.sprints, start=1):
        took = f", {words.tenths(lead_time)} days a card" if lead_time else ""
        yield Entry(f"sprint {number}", f"{done} of {planned} cards done{took}")


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
