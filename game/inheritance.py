"""What somebody finds who takes over another's run: what is owed, agreed and made, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from game import words
from game.asides import team_rows
from game.blocks import Block, Entries, Entry, Lines, Notice, Page
from state_machine import View
from state_machine.desk import Desk


def inheritance_page(view: View, desk: Desk) -> Page:
    """The first page of a run that was taken over."""
    return Page(
        "setting",
        f"{view.predecessor}'s desk",
        (
            Notice(words.taken_over(view)),
            *((Notice(f"The contract says: {view.title}."),) if view.title else ()),
            *_promised(view),
            *_charter(view, desk),
            *_papers(desk),
            Entries((*team_rows(desk), Entry("money", words.account(view))), "The team"),
        ),
    )


def _promised(view: View) -> Iterator[Block]:
    """What is still owed, in the words in which it was promised, and what was settled."""
    if view.promises:
        rows = tuple(f"“{each.words}” {words.debt(each)}" for each in view.promises)
        yield Lines(f"Promised by {view.predecessor}, and yours to keep", rows)
    else:
        yield Notice(f"Nothing that {view.predecessor} promised is still open.")
    kept, broken = view.settled_before
    if kept or broken:
        yield Notice(f"{kept} kept and {broken} broken before you came; those are not yours.")


def _charter(view: View, desk: Desk) -> Iterator[Block]:
    """Whose call is whose, and what was decided by somebody else all the same."""
    for paper in desk.papers:
        if paper.artifact == "charter":
            rows = tuple(
                Entry(whose, "; ".join(call for _, call in calls))
                for whose, calls in groupby(paper.lines, key=itemgetter(0))
            )
            yield Entries(rows, words.ARTIFACTS["charter"])
    if view.crossed:
        yield Notice(f"Crossed, and never set right: {'; '.join(view.crossed)}.")


def _papers(desk: Desk) -> Iterator[Block]:
    """The other artifacts by how good they are, the best first."""
    made = [
        (paper.quality, words.ARTIFACTS[paper.artifact].partition(",")[0])
        for paper in desk.papers
        if paper.artifact != "charter" and paper.quality is not None
    ]
    made.sort(key=itemgetter(0), reverse=True)
    rows = tuple(
        Entry(word, ", ".join(name for _, name in papers))
        for word, papers in groupby(made, key=lambda each: words.quality(each[0]))
    )
    if rows:
        yield Entries(rows, "What else lies on the desk")
