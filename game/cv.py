"""The career as it is handed to others: a curriculum vitae in Markdown, and JSON for scripts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from game import words
from game.blocks import Level
from game.career import endings_found
from game.reports.markdown import escaped
from scenes.concepts import Competency, teaching
from scenes.vocabulary import HATS
from state_machine.career import competencies_from

if TYPE_CHECKING:
    from saves import Job, Profile

MOST_JOBS: Final = 6
"""So many jobs fit on a page, the last ones."""

_NO_TITLE: Final = "product manager and product owner"


def markdown(profile: Profile) -> Iterator[str]:
    """A curriculum vitae of one page, line by line. Raises `ValueError` without a job."""
    if not profile.jobs:
        raise ValueError("without a job there is nothing to write")
    last = profile.jobs[-1]
    yield f"# {escaped(last.player)}"
    yield ""
    said = f"; {escaped(last.past.reputation)}" if last.past.reputation else ""
    yield f"*{escaped(words.capitalised(_title(last)))}{said}.*"
    yield ""
    yield "## Experience"
    for job in reversed(profile.jobs[-MOST_JOBS:]):
        yield ""
        yield from _job(job)
    yield ""
    yield "## Competencies"
    yield ""
    yield from _competencies(profile)
    written = [job for job in reversed(profile.jobs) if job.past.reference]
    if written:
        past = written[0].past
        yield ""
        yield "## Reference"
        yield ""
        yield f"> {escaped(past.reference)}"
        yield ">"
        yield f"> {escaped(past.referee)}, {escaped(past.company)}"


def as_data(profile: Profile) -> dict[str, Any]:
    """The career as plain data."""
    past = profile.jobs[-1].past if profile.jobs else None
    return {
        "player": profile.jobs[-1].player if profile.jobs else "",
        "jobs": [
            {
                "run": job.run,
                "ended": job.ended,
                "player": job.player,
                "pack": job.pack,
                "company": job.past.company,
                "title": job.past.title,
                "offer": job.past.offer,
                "edition": job.edition,
                "ending": job.ending,
                "ending_title": job.ending_title,
                "score": job.score,
                "promises_given": job.promises_given,
                "promises_kept": job.promises_kept,
            }
            for job in profile.jobs
        ],
        "competencies": [
            {
                "id": each.id,
                "title": each.title,
                "hat": each.hat,
                "level": skill.level,
                "practised": skill.practised,
            }
            for each, skill in zip(
                teaching().competency, competencies_from(profile.practice), strict=True
            )
        ],
        "endings": {
            pack: {"found": endings.found, "of": endings.of}
            for pack, endings in endings_found(profile.jobs).items()
        },
        "reputation": past.reputation if past else "",
        "gossip": past.gossip if past else "",
        "reference": past.reference if past else "",
        "referee": past.referee if past else "",
        "broken_promise": past.promise if past else "",
    }


def _job(job: Job) -> Iterator[str]:
    yield f"### {escaped(words.capitalised(_title(job)))}, {escaped(job.past.company)}"
    yield ""
    kept = f"kept {job.promises_kept} of {words.plural(job.promises_given, 'promise')}"
    promises = f", {kept}" if job.promises_given else ""
    yield (
        f"{job.ended[:10]}. Led a product from its first question to "
        f"“{escaped(job.ending_title)}”{promises}, {job.score} of 100 points."
    )


def _title(job: Job) -> str:
    return job.past.title or _NO_TITLE


def _competencies(profile: Profile) -> Iterator[str]:
    level = {skill.competency: skill.level for skill in competencies_from(profile.practice)}

    def cells(competency: Competency | None) -> str:
        if competency is None:
            return " | "
        at = level[competency.id]
        return f"{competency.title} | {'●' * at}{'○' * (Level.MOST - at)}"

    of_hat = [[each for each in teaching().competency if each.hat == hat] for hat in HATS]
    heads = " | ".join(f"{words.capitalised(words.HAT_NAMES[hat])} | Level" for hat in HATS)
    yield f"| {heads} |"
    yield "|---|---|---|---|"
    for row in zip_longest(*of_hat):
        yield f"| {' | '.join(map(cells, row))} |"
