"""What would have happened otherwise: each decision of a run against what else could have been.

A decision and each of its alternatives are played on to the next gate, or to the ending, under
the same luck: the seed is the same and chance is keyed. How the later decisions are made is
nobody's to know, so they are made under several stated policies, the same on both sides. What
comes of it is a range, and where that spans zero it is unclear which was better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Literal

from scenes.schema import Pack
from scenes.vocabulary import METRICS, Metric, PhaseId
from state_machine import luck
from state_machine.alternatives import alternatives
from state_machine.decisions import Decision, IllegalDecision, Predict, Write
from state_machine.engine import advance
from state_machine.events import GateHeld, Outcome, Step
from state_machine.luck import Luck
from state_machine.policies import play_on, policies
from state_machine.rules import Rules
from state_machine.run import Run, Value, users
from state_machine.standing import standing
from state_machine.view import observe

Progress = Callable[[int, int], None]
"""Is told how much is done, of how much."""

Result = Literal["passes", "sent-back", "rescued", "ends", "open"]
"""How a side came to where it is measured: by a gate's result or, `open`, before any gate."""

Skipped = Literal["sentence", "bet", "only-way", "last"]
"""Why a decision was not examined: a letter, a bet, nothing else to decide, or it ended the run."""

_PLAIN: Final = ("runway", "revenue", "debt")
_PREFIXES: Final = ("trust ", "evidence ")
"""The numbers beside the metrics that tell why; what segments think shows in what users do."""


class Range(Value, frozen=True):
    """By how much what was decided stood higher (+) or lower (-) than an alternative."""

    low: int
    high: int

    @property
    def none(self) -> bool:
        """Whether it made no difference at all."""
        return self.low == 0 == self.high

    @property
    def unclear(self) -> bool:
        """Whether the policies disagree on which was better."""
        return self.low <= 0 <= self.high and not self.none

    @property
    def distance(self) -> int:
        """How far the whole range is from zero; 0 if it is unclear."""
        return max(self.low, -self.high, 0)

    @property
    def widest(self) -> int:
        """The largest difference under any policy, either way."""
        return max(abs(self.low), abs(self.high))


class Compared(Value, frozen=True, kw_only=True):
    """A decision against an alternative under one policy: results, and the difference."""

    policy: str
    yours: Result
    other: Result
    difference: int


class Alternative(Value, frozen=True, kw_only=True):
    """Something else that could have been decided, and how it compares.

    `difference` is in tenths of a point of `standing`. `metrics` are those of the eight that
    differ, in points, those that do for certain and by most first; `numbers` are others that
    differ for certain, under their keys (`trust ife`, `runway`, `users`).
    """

    decision: Decision
    difference: Range
    metrics: tuple[tuple[Metric, Range], ...] = ()
    numbers: tuple[tuple[str, Range], ...] = ()
    compared: tuple[Compared, ...] = ()

    @property
    def gates(self) -> tuple[Compared, ...]:
        """The policies under which the gate had another result."""
        return tuple(each for each in self.compared if each.yours != each.other)

    @property
    def turned(self) -> bool:
        """Whether the result was another one under every policy."""
        return bool(self.compared) and len(self.gates) == len(self.compared)


class Examined(Value, frozen=True, kw_only=True):
    """A decision, and what else could have been decided.

    `number` counts the run's decisions from 1; `scene` is empty for the diary.
    """

    number: int
    scene: str
    decision: Decision
    phase: PhaseId
    alternatives: tuple[Alternative, ...]

    @property
    def rival(self) -> Alternative:
        """The best of the other ways: a decision is weighed by it, and not by what is absurd."""
        return min(self.alternatives, key=lambda each: each.difference.low + each.difference.high)

    @property
    def weight(self) -> int:
        """How far it surely stood from the best of the other ways, in tenths of a point.

        Where another way was as good, or it is unclear which was, that is 0.
        """
        return self.rival.difference.distance


class Examination(Value, frozen=True, kw_only=True):
    """All decisions of a run that could have been others, and how much of it was luck.

    `skipped` are the other decisions, by their numbers, with the reason.
    """

    decisions: tuple[Examined, ...]
    skipped: tuple[tuple[int, Skipped], ...]
    luck: Luck
    reruns: int = 0
    """How many times the run was played on."""

    def pivotal(self, most: int = 3) -> tuple[Examined, ...]:
        """The decisions that mattered, by weight, the earlier first where it is the same."""
        weighty = [each for each in self.decisions if each.weight]
        return tuple(sorted(weighty, key=lambda each: (-each.weight, each.number))[:most])


def examine(
    pack: Pack,
    steps: Sequence[Step],
    rules: Rules | None = None,
    progress: Progress | None = None,
) -> Examination:
    """Examine every decision of a run, finished or not, and how much of it was luck."""
    done, of = 0, len(steps) - 1 + luck.RERUNS

    def tell() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done, of)

    reruns = _Reruns(pack, steps, rules)
    examined: list[Examined] = []
    for number in range(len(steps) - 1, 0, -1):  # an earlier decision leads to what a later one did
        if number not in reruns.skipped:
            examined.append(reruns.examine(number))
        tell()
    return Examination(
        decisions=tuple(reversed(examined)),
        skipped=tuple(reruns.skipped.items()),
        luck=luck.weigh(pack, steps, rules, tell),
        reruns=reruns.count + luck.RERUNS,
    )


class _Measured(Value, frozen=True):
    """One side where it is measured: how it came there, how it stands, and its numbers."""

    result: Result
    standing: int
    numbers: Mapping[str, int]


class _Reruns:
    """Plays a run on from each of its decisions, and from what could have been one of them.

    What was measured is kept: a policy that decides as the run did, or like an alternative to
    it, leads to what is known.
    """

    def __init__(self, pack: Pack, steps: Sequence[Step], rules: Rules | None) -> None:
        """Lay out, for each decision, the ways that it could have gone."""
        self.count = 0
        self.skipped: dict[int, Skipped] = {}
        self._pack = pack
        self._steps = steps
        self._rules = rules
        self._policies = policies(steps)
        self._phases: dict[int, PhaseId] = {}
        self._ways: dict[int, tuple[tuple[Decision, Outcome], ...]] = {}
        self._known: dict[tuple[int, int, str], _Measured] = {}
        for number in range(1, len(steps)):
            self._lay_out(number)

    def examine(self, number: int) -> Examined:
        """A decision against each way that it could have gone otherwise."""
        others = tuple(self._compare(number, at) for at in range(1, len(self._ways[number])))
        return Examined(
            number=number,
            scene=self._before(number).scene,
            decision=self._ways[number][0][0],
            phase=self._phases[number],
            alternatives=others,
        )

    def _before(self, number: int) -> Run:
        return self._steps[number - 1][1].run

    def _lay_out(self, number: int) -> None:
        """Find the ways that a decision could have gone, itself first, or why there are none."""
        decision, recorded = self._steps[number]
        assert decision is not None, "only the beginning of a run is without a decision"
        view = observe(self._pack, self._before(number), rules=self._rules)
        others: list[tuple[Decision, Outcome]] = []
        if isinstance(decision, Write):
            self.skipped[number] = "sentence"
        elif isinstance(decision, Predict):
            self.skipped[number] = "bet"
        elif recorded.run.over:
            self.skipped[number] = "last"
        else:
            for other in alternatives(view.ask, decision) if view.ask else ():
                outcome = self._advance(number, other)
                if outcome:
                    others.append((other, outcome))
            if not others:
                self.skipped[number] = "only-way"
        again = self._advance(number, decision)
        self._ways[number] = ((decision, again or recorded), *others)
        self._phases[number] = view.phase

    def _advance(self, number: int, decision: Decision) -> Outcome | None:
        try:
            return advance(self._pack, self._before(number), decision, self._rules)
        except IllegalDecision:
            return None

    def _compare(self, number: int, at: int) -> Alternative:
        """A decision against one other way, under every policy."""
        sides = {
            name: (self._measured(number, 0, name), self._measured(number, at, name))
            for name in self._policies
        }
        return Alternative(
            decision=self._ways[number][at][0],
            difference=_range([yours.standing - other.standing for yours, other in sides.values()]),
            metrics=_metrics(list(sides.values())),
            numbers=_numbers(list(sides.values())),
            compared=tuple(
                Compared(
                    policy=name,
                    yours=yours.result,
                    other=other.result,
                    difference=yours.standing - other.standing,
                )
                for name, (yours, other) in sides.items()
            ),
        )

    def _measured(self, number: int, at: int, policy: str) -> _Measured:
        """What comes of one way that a decision could have gone, if a policy then plays on."""
        key = number, at, policy
        if key not in self._known:
            self._known[key] = self._play_on(number, at, policy)
        return self._known[key]

    def _play_on(self, number: int, at: int, policy: str) -> _Measured:
        outcome = self._ways[number][at][1]
        gate = _gate_in(outcome)
        on_record = at == 0 and outcome.run == self._steps[number][1].run
        while gate is None and not outcome.run.over:
            onward = play_on(self._pack, outcome.run, self._policies[policy], self._rules)
            if onward is None:
                break
            if on_record and number + 1 in self._ways:
                for way, (decision, _) in enumerate(self._ways[number + 1]):
                    if decision == onward[0]:
                        return self._measured(number + 1, way, policy)
            on_record = False
            outcome = onward[1]
            gate = _gate_in(outcome)
        self.count += 1
        phase = gate.phase if gate else self._phases[number]
        return _Measured(
            result=gate.result if gate else "ends" if outcome.run.over else "open",
            standing=standing(self._pack, outcome.run, self._rules, at=phase),
            numbers=outcome.run.numbers,
        )


def _gate_in(outcome: Outcome) -> GateHeld | None:
    return next((event for event in outcome.events if isinstance(event, GateHeld)), None)


def _range(differences: Sequence[int]) -> Range:
    return Range(min(differences), max(differences))


def _metrics(sides: Sequence[tuple[_Measured, _Measured]]) -> tuple[tuple[Metric, Range], ...]:
    """The metrics that differ, those that do for certain and by most first."""
    moved = [(metric, _by(sides, _reading(metric))) for metric in METRICS]
    differing = [(metric, by) for metric, by in moved if not by.none]
    return tuple(sorted(differing, key=lambda each: (-each[1].distance, -each[1].widest)))


def _numbers(sides: Sequence[tuple[_Measured, _Measured]]) -> tuple[tuple[str, Range], ...]:
    """The other numbers that differ for certain, in the order in which a run holds them."""
    ranges = {"users": _by(sides, users)}
    for key in dict.fromkeys(key for yours, _ in sides for key in yours.numbers):
        if key in _PLAIN or key.startswith(_PREFIXES):
            ranges[key] = _by(sides, _reading(key))
    return tuple((key, by) for key, by in ranges.items() if by.distance)


def _by(
    sides: Iterable[tuple[_Measured, _Measured]], read: Callable[[Mapping[str, int]], int]
) -> Range:
    return _range([read(yours.numbers) - read(other.numbers) for yours, other in sides])


def _reading(key: str) -> Callable[[Mapping[str, int]], int]:
    return lambda numbers: numbers.get(key, 0)
