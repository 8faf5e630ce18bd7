"""A sprint as it is shown: the board day by day, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from game import words
from game.blocks import (
    Block,
    Board,
    BoardDay,
    BoardNote,
    BoardRow,
    Heading,
    Lines,
    Notice,
    Prose,
    Quote,
)
from state_machine import telling
from state_machine.run import DAYS, Column, What

_COLUMNS: Final[dict[Column, str]] = {
    "todo": "to do",
    "design": "design",
    "build": "build",
    "test": "test",
    "done": "done",
}
_MISREAD_QUOTED: Final = 2
"""So many cards that nobody meant are told of at the end of a sprint; users tell of the others."""

_WORTH_TELLING: Final[dict[What, str]] = {
    "blocked": "“{title}” is stuck",
    "freed": "“{title}” is free again",
    "came-back": "“{title}” comes back from the test",
    "done": "“{title}” is done",
}


def board(days: Sequence[telling.BoardDay]) -> Board:
    """Some days of a sprint on its board."""
    return Board(
        columns=tuple(_COLUMNS.values()),
        days=tuple(_day(day) for day in days),
        notes=tuple(note for day in days for note in _notes(day)),
    )


def came_of_it(sprint: telling.SprintTold) -> Iterator[Block]:
    """What came of a sprint: its cards, its pace, and what it left behind."""
    result = sprint.result
    if sprint.told:
        yield Prose(_in_a_paragraph(sprint))
    else:
        yield Heading(
            f"Sprint {result.number} is over", words.plural(result.done, "card") + " done"
        )
        yield Notice(f"{_goal(sprint)} {_pace(sprint)}".strip())
    for title, criterion in sprint.misread[:_MISREAD_QUOTED]:
        yield Notice(f"“{title}” was built as it stood.")
        yield Quote(criterion, "the line that was not on the card")
    if sprint.unfinished:
        yield Lines("Not done", sprint.unfinished)
    if sprint.arose:
        yield Lines("What it left behind, on new cards", sprint.arose)


def _day(day: telling.BoardDay) -> BoardDay:
    done = sum(ticket.column == "done" for ticket in day.tickets)
    begun = sum(ticket.column not in ("todo", "done") for ticket in day.tickets)
    return BoardDay(
        title=f"Day {day.day} of {DAYS}",
        status=f"{begun} in progress, {done} done",
        rows=tuple(_row(ticket) for ticket in day.tickets),
    )


def _row(ticket: telling.Ticket) -> BoardRow:
    column = list(_COLUMNS).index(ticket.column)
    return BoardRow(ticket.title, column, _state(ticket), stuck=ticket.blocked)


def _state(ticket: telling.Ticket) -> str:
    """What is the matter with a card, in a word."""
    if ticket.column == "done":
        return "✓"
    if ticket.blocked:
        return "stuck"
    if ticket.column == "todo":
        return "new" if ticket.late else "·"
    return ticket.worker.split()[0] if ticket.worker else "waits"


def _notes(day: telling.BoardDay) -> Iterable[BoardNote]:
    for event in day.happened:
        said = _WORTH_TELLING.get(event.what)
        if said:
            yield BoardNote(f"Day {day.day} of {DAYS}", f"{said.format(title=event.title)}.")


def _in_a_paragraph(sprint: telling.SprintTold) -> str:
    result = sprint.result
    if not result.planned:
        return "The team had no cards to take up in the sprint, and found things to tidy."
    done = ", ".join(f"“{title}”" for title in sprint.done) or "nothing"
    return (
        f"The sprint, in short: the team took what lay on top, "
        f"{words.plural(result.planned, 'card')}. Done at the end: {done}. {_pace(sprint)}"
    ).strip()


def _goal(sprint: telling.SprintTold) -> str:
    if not sprint.goal:
        return "It had no goal."
    reached = "The goal was reached" if sprint.result.goal_met else "The goal was not reached"
    return f"{reached}: “{sprint.goal}”."


def _pace(sprint: telling.SprintTold) -> str:
    result = sprint.result
    if not result.done:
        return ""
    parts = [f"A card took {words.tenths(result.lead_time)} days from begun to done"]
    parts.append(f"with {words.tenths(result.wip)} in progress on a usual day")
    times = "once" if result.came_back == 1 else f"{result.came_back} times"
    back = f" The test sent cards back {times}." if result.came_back else ""
    return f"{', '.join(parts)}.{back}"
