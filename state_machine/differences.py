"""Why two runs stand apart: for each number, what each cause in the ledger did to it in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Final

from scenes.vocabulary import METRICS
from state_machine.alignment import Entrant
from state_machine.events import Cause
from state_machine.run import Value
from state_machine.telling import CauseTold, goes_back_to, told_as
from state_machine.texts import subject_of

_PASSING: Final = ("half-days", "focus", "wip-limit", "subscriptions")
"""What is counted anew each round, so that its end says nothing of the whole."""


class Contribution(Value, frozen=True, kw_only=True):
    """What a cause did to a number over the whole of both runs.

    `cause`, `title` and `quote` are as in a `Movement`, `ref` as in a `Cause`; `by` is the sum in
    the one run and in the other.
    """

    cause: CauseTold
    ref: str
    title: str
    quote: str
    by: tuple[int, int]

    @property
    def difference(self) -> int:
        """How much more it did in the second run than in the first."""
        return self.by[1] - self.by[0]


class Gap(Value, frozen=True, kw_only=True):
    """A number in which two runs differ: where it began and stands in each, and what made that.

    The differences of the causes and that of the beginnings add up to the difference of the ends.
    """

    key: str
    subject: str
    starts: tuple[int, int]
    ends: tuple[int, int]
    causes: tuple[Contribution, ...]
    """Those that did not do the same in both, the largest difference first."""

    @property
    def difference(self) -> int:
        """How much higher it stands in the second run than in the first."""
        return self.ends[1] - self.ends[0]


def gaps(first: Entrant, second: Entrant, shown: Collection[str]) -> tuple[Gap, ...]:
    """The numbers in which two runs differ at their last steps, the metrics before all others.

    Metrics that are not among those `shown` are left out.
    """
    sums = [_sums(first), _sums(second)]
    keys = dict.fromkeys((*METRICS, *sorted({*first.last.numbers, *second.last.numbers})))
    found = [
        _gap(first, second, key, (sums[0].get(key, {}), sums[1].get(key, {})))
        for key in keys
        if key not in _PASSING and (key not in METRICS or key in shown)
    ]
    apart = [gap for gap in found if gap.difference]
    return tuple(
        sorted(apart, key=lambda g: (g.key not in METRICS, -abs(g.difference), _order(g.key)))
    )


def _order(key: str) -> tuple[int, str]:
    """Where a number stands among others that differ as much."""
    return (METRICS.index(key) if key in METRICS else len(METRICS)), key


def _sums(entrant: Entrant) -> dict[str, Counter[Cause]]:
    """For each number, how much each cause changed it in all; luck's odds do not matter here."""
    sums: dict[str, Counter[Cause]] = {}
    for _, outcome in entrant.steps[1:]:
        for entry in outcome.entries:
            cause = Cause(entry.cause.kind, entry.cause.ref)
            sums.setdefault(entry.key, Counter())[cause] += entry.by
    return sums


def _gap(
    first: Entrant, second: Entrant, key: str, sums: tuple[dict[Cause, int], dict[Cause, int]]
) -> Gap:
    causes = []
    for cause in dict.fromkeys((*sums[0], *sums[1])):
        by = sums[0].get(cause, 0), sums[1].get(cause, 0)
        if by[0] != by[1]:
            teller = second if cause in sums[1] else first
            title, quote = _told(teller, cause)
            in_both = cause in sums[0] and cause in sums[1]
            kind = cause.kind if in_both else _kind(teller, cause)
            causes.append(Contribution(cause=kind, ref=cause.ref, title=title, quote=quote, by=by))
    causes.sort(key=lambda each: (-abs(each.difference), each.cause, each.ref))
    return Gap(
        key=key,
        subject=_subject(second if key in second.last.numbers else first, key),
        starts=(first.first.numbers.get(key, 0), second.first.numbers.get(key, 0)),
        ends=(first.last.numbers.get(key, 0), second.last.numbers.get(key, 0)),
        causes=tuple(causes),
    )


def _kind(entrant: Entrant, cause: Cause) -> CauseTold:
    try:
        return told_as(entrant.pack, entrant.last, cause)
    except LookupError:  # a pack that was changed since
        return cause.kind


def _told(entrant: Entrant, cause: Cause) -> tuple[str, str]:
    try:
        return goes_back_to(entrant.pack, entrant.last, cause)
    except LookupError:  # a pack that was changed since
        return cause.ref, ""


def _subject(entrant: Entrant, key: str) -> str:
    try:
        return subject_of(entrant.pack, key)
    except KeyError:
        return key.partition(" ")[2]
