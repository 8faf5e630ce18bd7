"""The ways of runs beside each other: how they began, where they parted, what each answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from game import words
from game.blocks import Block, Entries, Entry, Heading, Lines, Notice, Prose, Table
from state_machine.alignment import DIARY, Answer, Crossroad, Parting
from state_machine.comparison import Comparison, Facet, Standing
from state_machine.states import PHASE_OF

_WHOLE: Final = 2
"""An answer of so many parts is said whole; of longer ones, what is not the same in all."""

_MOST: Final = 4
"""So many parts of an answer are said."""

_GLANCE: Final = 14
"""So many words of an answer are said where nobody answered otherwise."""

_NOT_ASKED: Final = "–"
_FACETS: Final[dict[Facet, str]] = {
    "seed": "the seed",
    "world": "the hidden world",
    "edition": "the edition",
    "past": "the job before",
    "predecessor": "whose desk it was",
    "story": "the version of the story",
    "rules": "the rules",
}
_NONE: Final[dict[Facet, str]] = {"past": "none", "predecessor": "nobody's"}


# ── the beginning, and where they part ──────────────────────────────────────────────────


def beginnings(comparison: Comparison) -> tuple[str, ...]:
    """In what the runs were different before the first decision, a line for each."""
    return tuple(_unlike(comparison))


def _unlike(comparison: Comparison) -> Iterator[str]:
    for each in comparison.unlike:
        runs: dict[int, list[str]] = {}
        for name, kind in zip(comparison.names, each.kinds, strict=True):
            runs.setdefault(kind, []).append(name)
        if each.facet == "rules":
            groups = "; others for ".join(words.listed(names) for names in runs.values())
            yield f"{_FACETS['rules']}: one set for {groups}"
        else:
            values = [each.values[kind] or _NONE.get(each.facet, "none") for kind in runs]
            told = (
                f"{'another, also ' if value in values[:at] else ''}{value} for {words.listed(of)}"
                for at, (value, of) in enumerate(zip(values, runs.values(), strict=True))
            )
            yield f"{_FACETS[each.facet]}: {'; '.join(told)}"


def parted(comparison: Comparison) -> Iterator[Block]:
    """Where runs part that had decided alike so far; or, if none do, how far each has come."""
    if not comparison.partings:
        yield Prose(_never(comparison))
        yield Entries(
            tuple(Entry(each.name, how_far(comparison, each)) for each in comparison.standings)
        )
    for number, parting in enumerate(comparison.partings):
        yield from _parting(comparison, parting, everybody=not number)


def _never(comparison: Comparison) -> str:
    if all(each.over for each in comparison.standings):
        return "They decided alike, from the first decision to the last."
    return "They have decided alike, as far as they have come."


def _parting(comparison: Comparison, parting: Parting, *, everybody: bool) -> Iterator[Block]:
    branches = parting.branches
    where = f"decision {parting.number}, in {place(comparison, branches[0].answer)}"
    asked = _asked(branches[0].scene, branches[0].title)
    yield Heading(asked if parting.by_decision else "They were not asked the same", where)
    if everybody and sum(len(each.runs) for each in branches) == len(comparison.names):
        who = "Both" if len(comparison.names) == 2 else "All of them"
    else:
        runs = sorted(run for each in branches for run in each.runs)
        who = words.listed([comparison.names[run] for run in runs])
    alike = parting.number - 1
    first = "the first decision" if alike == 1 else f"the first {alike} decisions"
    here = "here they decided otherwise" if parting.by_decision else "then the story went two ways"
    if alike:
        yield Prose(f"{who} made {first} alike; {here}.")
    else:
        yield Prose(f"{who} part at the beginning.")
    said = cells([each.answer for each in branches])
    rows = []
    for each, answer in zip(branches, said, strict=True):
        scene = "" if parting.by_decision else f"{_asked(each.scene, each.title)}: "
        ended = ", ".join(_result(comparison.standings[run]) for run in each.runs)
        names = words.listed([comparison.names[run] for run in each.runs])
        rows.append(Entry(names, f"{scene}{answer}", ended))
    yield Entries(tuple(rows))


def how_far(comparison: Comparison, standing: Standing) -> str:
    """The ending, or where a run stands: `“Thirteen chairs”`, `in Build, after 20 decisions`."""
    if standing.over:
        return f"“{standing.ending}”, {standing.score.total} of 100"
    phase = dict(comparison.phases)
    state = standing.state
    where = f"in {phase[PHASE_OF[state]]}" if state in PHASE_OF else f"at {words.OUTSIDE[state]}"
    return f"not over: {where}, after {words.plural(standing.decisions, 'decision')}"


def place(comparison: Comparison, answer: Answer) -> str:
    """Where in a run something was asked: `Build, round 2`."""
    if answer.state not in PHASE_OF:
        return words.OUTSIDE[answer.state]
    return f"{dict(comparison.phases)[PHASE_OF[answer.state]]}, round {answer.round}"


def _result(standing: Standing) -> str:
    return f"{standing.score.total} of 100" if standing.over else "not over"


def _asked(scene: str, title: str) -> str:
    return f"The diary of {title}" if scene.startswith(DIARY) else f"“{title}”"


# ── what each answered ──────────────────────────────────────────────────────────────────


def answered_apart(comparison: Comparison) -> Iterator[Block]:
    """All that was asked of several runs and not answered the same by them, phase by phase."""
    rows = [each for each in comparison.crossroads if each.differs]
    asked = sum(len(each.met_by) > 1 for each in comparison.crossroads)
    if not rows:
        yield Prose("Where they were asked the same, they decided the same.")
        return
    yield Notice(
        f"Of {words.plural(asked, 'decision')} that more than one of them had to make, "
        f"{len(rows)} came out differently."
    )
    if any(None in each.answers for each in rows):
        yield Notice(f"{_NOT_ASKED} was not asked.")
    for phase, here in groupby(rows, key=lambda row: _phase(comparison, row)):
        table = tuple((_name(each), *cells(each.answers)) for each in here)
        yield Table(("asked", *comparison.names), table, phase)


def only_some(comparison: Comparison) -> Iterator[Block]:
    """What not all of the runs were asked: a list for those that were, and what they answered."""
    for each in comparison.standings:
        if not each.over:
            yield Notice(
                f"{each.name} is {how_far(comparison, each)}; what it has not come to is left out."
            )
    groups: dict[tuple[int, ...], list[Crossroad]] = {}
    for row in comparison.crossroads:
        if _missed(comparison, row):
            groups.setdefault(row.met_by, []).append(row)
    for runs, rows in sorted(groups.items(), key=lambda group: (len(group[0]), group[0])):
        names = words.listed([comparison.names[run] for run in runs])
        yield Lines(f"Only {names}", tuple(f"{_name(row)}: {_first(row)}" for row in rows))
    if not groups:
        yield Prose("As far as they have come, they were all asked the same.")


def _missed(comparison: Comparison, row: Crossroad) -> bool:
    """Whether a run was not asked something, and not only for not having come so far."""
    soonest = min(each.number for each in row.answers if each)
    return any(
        answer is None and (run.over or run.decisions >= soonest)
        for answer, run in zip(row.answers, comparison.standings, strict=True)
    )


def _phase(comparison: Comparison, row: Crossroad) -> str:
    answer = next(each for each in row.answers if each)
    if answer.state not in PHASE_OF:
        return words.capitalised(words.OUTSIDE[answer.state])
    return dict(comparison.phases)[PHASE_OF[answer.state]]


def _name(row: Crossroad) -> str:
    again = f", time {row.visit}" if row.visit > 1 else ""
    if row.scene.startswith(DIARY):
        return f"Diary, {row.title.partition(', ')[2]}{again}"
    return f"{row.title}{again}"


def _first(row: Crossroad) -> str:
    """What was answered, or that it was not the same everywhere."""
    said = dict.fromkeys(text for text in cells(row.answers) if text != _NOT_ASKED)
    return words.glance(" / ".join(said), _GLANCE)


def cells(answers: Sequence[Answer | None]) -> list[str]:
    """Answers beside each other, each in a line; of long ones what is not the same in all."""
    said = [answer.said for answer in answers if answer]
    common = set(said[0]).intersection(*said[1:]) if len(said) > 1 else set()
    if len(set(said)) == 1 or max(map(len, said)) <= _WHOLE:
        common = set()
    return [_NOT_ASKED if answer is None else _cell(answer.said, common) for answer in answers]


def _cell(said: Sequence[str], common: set[str]) -> str:
    own = [part for part in said if part not in common]
    parts = own[:_MOST]
    if len(own) > _MOST:
        parts.append(f"and {len(own) - _MOST} more")
    if common:
        parts.append(f"the other {len(common)} alike" if own else f"only the {len(common)} alike")
    return "; ".join(parts) or "nothing"
