"""The numbers of runs beside each other: their courses, what came of them, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby, zip_longest
from typing import Final

from game import words
from game.blocks import Block, Entries, Entry, Notice, Plot, Prose, Series, Table
from game.reports.ways import how_far
from scenes.vocabulary import METRICS, Metric
from state_machine.comparison import Comparison, Standing
from state_machine.differences import Contribution, Gap
from state_machine.scoring import Score

_PLOTS: Final = 3
_METRICS: Final = 3
_CAUSES: Final = 5
_UNDER: Final = 6
"""So many plots, metrics, causes of each, and numbers that lie under the metrics are shown."""

_BESIDE: Final = 3
"""So many runs have a column each; of more, each has a row."""

_GATES: Final = {"sent-back": "sent back by", "rescued": "rescued at"}


# ── why ─────────────────────────────────────────────────────────────────────────────────


def far_apart(comparison: Comparison) -> tuple[str, ...]:
    """The metrics in which the pair differs most, each in a line with its greatest cause."""
    return tuple(_in_a_line(gap) for gap in _metrics(comparison)[:_METRICS])


def reasons(comparison: Comparison) -> Iterator[Block]:
    """For the two runs furthest apart: what made the difference, from the ledger."""
    one, other = (comparison.standings[at] for at in comparison.pair)
    metrics, under = _metrics(comparison), _under(comparison)
    yield Prose(
        f"{one.name} ({how_far(comparison, one)}) and {other.name} ({how_far(comparison, other)}) "
        + ("stand furthest apart." if len(comparison.names) > 2 else "are compared here.")
    )
    if not metrics and not under:
        yield Prose("None of their numbers stands apart.")
        return
    if one.over != other.over:
        shorter = other if one.over else one
        yield Notice(f"{shorter.name} is not over; some of this it may only not have come to.")
    yield Notice(
        "Each row is a cause from the ledger, and what it did over the whole of each run; those "
        "come first that made most of the difference."
    )
    for gap in metrics[:_METRICS]:
        yield _table(gap, one.name, other.name)
    if under:
        rows = tuple(
            (
                words.number(gap.key, gap.subject),
                words.amount(gap.key, gap.ends[0]),
                words.amount(gap.key, gap.ends[1]),
                _most(gap),
            )
            for gap in under[:_UNDER]
        )
        yield Table(("number", one.name, other.name, "most of it"), rows, "What lies under that")


def _metrics(comparison: Comparison) -> list[Gap]:
    return [gap for gap in comparison.gaps if gap.key in METRICS]


def _under(comparison: Comparison) -> list[Gap]:
    """The other numbers that matter, those first that matter most."""
    found = [gap for gap in comparison.gaps if gap.key not in METRICS]
    found.sort(key=lambda gap: -words.weight_of(gap.key, gap.difference))
    return [gap for gap in found if words.weight_of(gap.key, gap.difference)]


def _in_a_line(gap: Gap) -> str:
    most = _most(gap)
    because = f"; most of it: {most}" if most else ""
    return f"{words.number(gap.key, gap.subject)}, {_ends(gap)}{because}"


def _most(gap: Gap) -> str:
    """The cause that did most of what made the difference, and what it did in each run."""
    way = 1 if gap.difference > 0 else -1
    most = next((each for each in gap.causes if each.difference * way > 0), None)
    return f"{_cause(most)} ({_by(gap, most, 0)} and {_by(gap, most, 1)})" if most else ""


def _table(gap: Gap, one: str, other: str) -> Table:
    shown, others = gap.causes[:_CAUSES], gap.causes[_CAUSES:]
    rows: list[tuple[str, ...]] = [
        (_cause(each), _by(gap, each, 0), _by(gap, each, 1), _signed(gap, each.difference))
        for each in shown
    ]
    if others:
        rest = [sum(each.by[run] for each in others) for run in (0, 1)]
        rows.append(
            (
                words.plural(len(others), "smaller cause"),
                *(_signed(gap, each) for each in rest),
                _signed(gap, rest[1] - rest[0]),
            )
        )
    name = words.capitalised(words.number(gap.key, gap.subject))
    return Table(("why", one, other, "apart"), tuple(rows), f"{name}: {_ends(gap)}")


def _cause(each: Contribution) -> str:
    return words.cause(each.cause, each.title, each.quote)


def _ends(gap: Gap) -> str:
    return f"{words.amount(gap.key, gap.ends[0])} and {words.amount(gap.key, gap.ends[1])}"


def _by(gap: Gap, each: Contribution, run: int) -> str:
    return _signed(gap, each.by[run])


def _signed(gap: Gap, by: int) -> str:
    return f"+{words.amount(gap.key, by)}" if by > 0 else words.amount(gap.key, by)


# ── how it went, and what came of it ────────────────────────────────────────────────────


def courses(comparison: Comparison) -> Iterator[Block]:
    """The courses of the few metrics in which the runs end furthest apart."""
    shown = _telling(comparison)
    if not shown:
        yield Prose("None of their numbers went another way.")
    elif len(shown) < len(comparison.timelines):
        yield Notice(
            "The numbers that lie furthest apart in the end, as each round left them; the others "
            "come last."
        )
    if shown and not _in_step(comparison):
        yield Entries(tuple(_phases(comparison)), "Which rounds (r) were in which phase")
    yield from (_plot(comparison, metric) for metric in shown)


def appendix(comparison: Comparison) -> Iterator[Block]:
    """The courses of the other metrics, in their usual order."""
    shown = _telling(comparison)
    for metric, _ in comparison.timelines:
        if metric not in shown:
            yield _plot(comparison, metric)


def outcomes(comparison: Comparison) -> Table:
    """How every run stands in the end, part by part."""
    rows: list[tuple[str, ...]] = [
        ("ending", *(each.ending or how_far(comparison, each) for each in comparison.standings)),
        ("score", *(_score(each.score.total, each) for each in comparison.standings)),
    ]
    if any(each.world for each in comparison.standings):
        rows.append(
            ("hidden world", *(each.world or "not told yet" for each in comparison.standings))
        )
    judged: tuple[tuple[str, Callable[[Score], int | None], Callable[[Score], str]], ...] = (
        ("product", lambda score: score.product, lambda _: ""),
        ("stakeholders", lambda score: score.stakeholders, lambda _: ""),
        ("team", lambda score: score.team, lambda _: ""),
        ("promises", lambda score: score.promises, _promises),
        ("predictions", lambda score: score.predictions, _predictions),
        ("charter", lambda score: score.charter, lambda _: ""),
    )
    for part, points, counted in judged:
        scores = [each.score for each in comparison.standings]
        rows.append((part, *(_points(points(score), counted(score)) for score in scores)))
    rows += [
        ("gates", *map(_gates, comparison.standings)),
        ("users", *(str(each.users) for each in comparison.standings)),
        ("revenue", *(f"{words.euros(each.revenue)} a month" for each in comparison.standings)),
        ("money left", *(words.euros(each.runway) for each in comparison.standings)),
        ("decisions", *(str(each.decisions) for each in comparison.standings)),
    ]
    table = (("run", *comparison.names), *rows)
    if len(comparison.names) > _BESIDE:
        table = tuple(zip(*table, strict=True))
    return Table(table[0], tuple(table[1:]))


def _points(points: int | None, counted: str) -> str:
    said = "–" if points is None else str(points)
    return f"{said} ({counted})" if counted else said


def _score(total: int, standing: Standing) -> str:
    return f"{total} of 100" if standing.over else f"{total} so far"


def _promises(score: Score) -> str:
    given = score.promises_given
    return f"{score.promises_kept} of {given} kept" if given else ""


def _predictions(score: Score) -> str:
    made = score.predictions_made
    return f"{score.predictions_right} of {made} right" if made else ""


def _gates(standing: Standing) -> str:
    held = [
        f"{_GATES[each.result]} “{each.title}”" for each in standing.gates if each.result in _GATES
    ]
    passed = sum(each.result == "passes" for each in standing.gates)
    return "; ".join([f"{passed} passed", *held])


def _telling(comparison: Comparison) -> list[Metric]:
    """The few metrics that went different ways, those first that end furthest apart."""

    def spread(course: tuple[tuple[int, ...], ...]) -> int:
        ends = [line[-1] for line in course]
        return max(ends) - min(ends)

    differ = [row for row in comparison.timelines if len(set(row[1])) > 1]
    differ.sort(key=lambda row: -spread(row[1]))
    return [metric for metric, _ in differ[:_PLOTS]]


def _plot(comparison: Comparison, metric: Metric) -> Plot:
    course = dict(comparison.timelines)[metric]
    series = tuple(Series(name, line) for name, line in zip(comparison.names, course, strict=True))
    return Plot(series, words.capitalised(metric), tuple(_marks(comparison)))


def _marks(comparison: Comparison) -> Iterator[str]:
    """The phase that begins at each point; only its round where runs are not in step."""
    titles = dict(comparison.phases)
    longest = max((each.rounds for each in comparison.standings), key=len)
    yield "start"
    if not _in_step(comparison):
        yield from (f"r{number}" for number in range(1, len(longest) + 1))
        return
    for before, phase in zip((None, *longest), longest, strict=False):
        yield titles[phase] if phase != before else ""


def _in_step(comparison: Comparison) -> bool:
    """Whether all runs, as far as each has come, were in the same phase in the same round."""
    return all(
        len({phase for phase in phases if phase}) == 1
        for phases in zip_longest(*(each.rounds for each in comparison.standings))
    )


def _phases(comparison: Comparison) -> Iterator[Entry]:
    """For each run its own phases, with the rounds that they took."""
    titles = dict(comparison.phases)
    for each in comparison.standings:
        last, told = 0, []
        for phase, rounds in groupby(each.rounds):
            first, last = last + 1, last + len(list(rounds))
            told.append(f"{titles[phase]} r{first}" + (f" to r{last}" if last > first else ""))
        yield Entry(each.name, ", ".join(told) or "no round is over")
