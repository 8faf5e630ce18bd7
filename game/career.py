"""What all jobs together came to: competencies, jobs, endings, and what is said of the player."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from game import words
from game.blocks import (
    Block,
    Entries,
    Entry,
    Heading,
    Level,
    LevelColumn,
    Levels,
    Notice,
    Page,
    Prose,
    Quote,
)
from scenes.concepts import teaching
from scenes.vocabulary import HATS
from state_machine.career import Practised, competencies_from

if TYPE_CHECKING:
    from saves import Job, Profile
    from state_machine.run import Past

MOST_JOBS: Final = 12
"""So many jobs are listed, the last ones."""

_PRACTISED: Final = "Competencies: the level of five, and how often they were practised"
_NEWCOMER: Final = (
    "You have had no job yet; the first interview is a friendly one, and whatever you practise, "
    "promise and leave behind from then on will be written here."
)


def career_page(profile: Profile) -> Page:
    """The whole career, or a word of welcome."""
    if not profile.jobs:
        return Page("aside", words.CAREER, (Prose(_NEWCOMER),))
    last = profile.jobs[-1]
    return Page(
        "aside",
        words.CAREER,
        (
            levels(_PRACTISED, competencies_from(profile.practice)),
            Entries(tuple(map(_job, reversed(profile.jobs[-MOST_JOBS:]))), "Jobs"),
            *_older(len(profile.jobs) - MOST_JOBS),
            Entries(tuple(_endings(profile.jobs)), "Endings found"),
            Heading("What goes ahead of you"),
            *left_behind(last.past, last.player),
        ),
    )


def levels(
    title: str, practised: Iterable[Practised], before: Mapping[str, int] | None = None
) -> Levels:
    """Competencies as a block, by role; a role without any has no column.

    `before` are the levels that they had, where that is to be seen.
    """
    found = {each.competency: each for each in practised}
    columns = (
        LevelColumn(
            words.capitalised(words.HAT_NAMES[hat]),
            tuple(
                Level(
                    each.title,
                    found[each.id].level,
                    found[each.id].practised,
                    None if before is None else before[each.id],
                )
                for each in teaching().competency
                if each.hat == hat and each.id in found
            ),
            hat,
        )
        for hat in HATS
    )
    return Levels(title, tuple(column for column in columns if column.rows))


def left_behind(past: Past, player: str) -> Iterator[Block]:
    """What follows the player to the next job: what is said of them, written, and unforgotten."""
    if past.offer:
        yield Notice(f"The contract that you have signed says: {past.offer}.")
    if past.reputation:
        yield Quote(f"{player} {past.reputation}", "what is said of you")
    if past.gossip:
        yield Prose(past.gossip)
    if past.reference:
        yield Quote(past.reference, f"the reference by {past.referee}")
    else:
        yield Notice(f"Nobody at {past.company} has written you a reference.")
    if past.promise:
        yield Quote(past.promise, f"promised at {past.company} and broken; you will be asked")


@dataclass(frozen=True, slots=True)
class Endings:
    """The endings of a company that were reached: their titles by their ids, of how many."""

    company: str
    found: dict[str, str]
    of: int


def endings_found(jobs: Iterable[Job]) -> dict[str, Endings]:
    """The endings that were reached, for each company by its id, as its last job names it.

    A company that was changed since may have fewer than were reached.
    """
    endings: dict[str, Endings] = {}
    for job in jobs:
        before = endings[job.pack].found if job.pack in endings else {}
        found = before | {job.ending: job.ending_title}
        endings[job.pack] = Endings(job.past.company, found, max(job.endings, len(found)))
    return endings


def _job(job: Job) -> Entry:
    edition = ", express" if job.edition == "express" else ""
    title = f"{words.capitalised(job.past.title)}. " if job.past.title else ""
    text = f"{title}“{job.ending_title}”, {job.score} of 100{edition}."
    return Entry(job.past.company, text, job.ended[:10])


def _older(more: int) -> Iterator[Block]:
    if more > 0:
        yield Notice(f"And {words.plural(more, 'job')} before that.")


def _endings(jobs: tuple[Job, ...]) -> Iterator[Entry]:
    for each in endings_found(jobs).values():
        titles = ", ".join(f"“{title}”" for title in each.found.values())
        yield Entry(each.company, f"{len(each.found)} of {each.of}: {titles}")
