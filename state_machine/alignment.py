"""The decisions of several runs laid beside each other: where they part, and what each answered.

Decisions are matched by what was asked: the n-th time that a scene came, or that a diary of the
same round lay open. What is written into a letter changes nothing that counts, so a letter
parts nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from scenes.schema import Pack
from state_machine.decisions.records import (
    Allocate,
    Choose,
    Compose,
    Decision,
    Pick,
    Predict,
    Rank,
    Sort,
    Write,
)
from state_machine.events import Step
from state_machine.rules import Rules
from state_machine.run import Run, Value
from state_machine.states import PHASE_OF

DIARY: Final = "diary"
"""What stands for a scene where the diary was filled."""


class Entrant(msgspec.Struct, frozen=True):
    """A run to be compared: what it is called, its steps, and what it was played on."""

    name: str
    pack: Pack
    steps: Sequence[Step]
    rules: Rules | None = None

    @property
    def first(self) -> Run:
        """The run before its first decision."""
        return self.steps[0][1].run

    @property
    def last(self) -> Run:
        """The run as it stands."""
        return self.steps[-1][1].run


class Answer(Value, frozen=True, kw_only=True):
    """What a run answered, with its decision's number from 1 and where it stood then.

    `said` is what was decided, in the pack's words: one for each thing that was chosen, ordered,
    placed, filled or given points.
    """

    number: int
    state: str
    round: int
    said: tuple[str, ...]


class Branch(Value, frozen=True, kw_only=True):
    """Those runs that went the same way where others did not: what they were asked, and said."""

    runs: tuple[int, ...]
    scene: str
    title: str
    answer: Answer


class Parting(Value, frozen=True, kw_only=True):
    """A moment at which runs that had decided alike so far parted.

    `by_decision` if all of them were asked the same; else other scenes came to them, by luck or
    by what differed from the beginning.
    """

    number: int
    branches: tuple[Branch, ...]
    by_decision: bool


class Crossroad(Value, frozen=True, kw_only=True):
    """Something that was asked, and what each run answered; None for one that was not asked.

    `visit` counts from 1 how often it had come.
    """

    scene: str
    title: str
    visit: int
    answers: tuple[Answer | None, ...]

    @property
    def met_by(self) -> tuple[int, ...]:
        """The runs that were asked."""
        return tuple(at for at, answer in enumerate(self.answers) if answer)

    @property
    def differs(self) -> bool:
        """Whether those that were asked did not all answer the same."""
        return len({answer.said for answer in self.answers if answer}) > 1


class _Made(NamedTuple):
    """A decision as it was made: what was asked, under which key to match it, and the answer."""

    key: tuple[str, int]
    title: str
    decision: Decision
    answer: Answer


def partings(entrants: Sequence[Entrant]) -> Iterator[Parting]:
    """The moments at which runs part: of all, then of those that went on together, and so on.

    A run that has not come so far parts from nobody.
    """
    made = [list(_decisions(each)) for each in entrants]
    found = _partings(made, tuple(range(len(made))), 0)
    yield from sorted(found, key=lambda parting: (parting.number, parting.branches[0].runs))


def crossroads(entrants: Sequence[Entrant]) -> tuple[Crossroad, ...]:
    """All that was asked, in the order in which the runs came to it."""
    answers: dict[tuple[str, int], dict[int, _Made]] = defaultdict(dict)
    for at, entrant in enumerate(entrants):
        for made in _decisions(entrant):
            answers[made.key][at] = made
    ordered = sorted(
        answers.items(),
        key=lambda row: (min((m.answer.number, at) for at, m in row[1].items()), row[0]),
    )
    return tuple(
        Crossroad(
            scene=key[0],
            title=next(iter(made.values())).title,
            visit=key[1],
            answers=tuple(made[at].answer if at in made else None for at in range(len(entrants))),
        )
        for key, made in ordered
    )


def _partings(
    made: Sequence[Sequence[_Made]], runs: tuple[int, ...], start: int
) -> Iterator[Parting]:
    number = start
    while True:
        runs = tuple(run for run in runs if len(made[run]) > number)
        if len(runs) < 2:
            return
        ways: dict[tuple[tuple[str, int], object], list[int]] = defaultdict(list)
        for run in runs:
            here = made[run][number]
            ways[here.key, _counts(here)].append(run)
        if len(ways) > 1:
            break
        number += 1
    branches = tuple(
        Branch(
            runs=tuple(group),
            scene=key[0],
            title=made[group[0]][number].title,
            answer=made[group[0]][number].answer,
        )
        for (key, _), group in ways.items()
    )
    asked = {key for key, _ in ways}
    yield Parting(number=number + 1, branches=branches, by_decision=len(asked) == 1)
    for group in ways.values():
        yield from _partings(made, tuple(group), number + 1)


def _counts(made: _Made) -> object:
    """What of a decision can make runs part."""
    return () if isinstance(made.decision, Write) else made.answer.said


def _decisions(entrant: Entrant) -> Iterator[_Made]:
    visits: Counter[str] = Counter()
    before = entrant.first
    for number, (decision, outcome) in enumerate(entrant.steps[1:], start=1):
        assert decision is not None
        asked, title = _asked(entrant.pack, before)
        visits[asked] += 1
        answer = Answer(
            number=number,
            state=before.state,
            round=before.round,
            said=said(entrant.pack, before.scene, decision),
        )
        yield _Made((asked, visits[asked]), title, decision, answer)
        before = outcome.run


def _asked(pack: Pack, run: Run) -> tuple[str, str]:
    """What a run asks: a scene's id and title, or the diary of which round."""
    if run.scene:
        scene = pack.scenes.get(run.scene)
        return run.scene, scene.title if scene else run.scene
    phase = PHASE_OF[run.state]
    again = ", again" if run.again else ""
    title = f"{pack.phases[phase].title}{again}, round {run.round}"
    return f"{DIARY} {phase} {run.round}{again}", title


def said(pack: Pack, scene: str, decision: Decision) -> tuple[str, ...]:
    """What was decided, part by part, in the pack's words; `scene` is empty for the diary."""

    def say(choice: str) -> str:
        try:
            return pack.choice(f"{scene}/{choice}").say if scene else pack.scenes[choice].title
        except KeyError:  # a pack that was changed since
            return choice

    match decision:
        case Choose() | Predict():
            return (say(decision.choice),)
        case Pick():
            return _picked(pack, scene, decision, [say(choice) for choice in decision.choices])
        case Rank():
            return tuple(f"{at}. {say(name)}" for at, name in enumerate(decision.order, start=1))
        case Sort():
            buckets = _titles(pack, scene)
            return tuple(
                f"{say(choice)}: {buckets.get(bucket, bucket)}"
                for choice, bucket in sorted(decision.buckets.items())
            )
        case Allocate():
            given = sorted(decision.points.items())
            return tuple(f"{say(choice)}: {points}" for choice, points in given if points)
        case Compose():
            return tuple(say(choice) for _, choice in sorted(decision.slots.items()))
        case Write():
            return (f"“{decision.text}”",)


def _picked(pack: Pack, scene: str, decision: Pick, names: list[str]) -> tuple[str, ...]:
    """What was picked; the order of it matters only in a plan, whose first is what it is for."""
    record = pack.scenes.get(scene)
    if record and record.artifact == "sprint-plan" and names:
        return (f"{names[0]} (the goal)", *sorted(names[1:]))
    return tuple(sorted(names))


def _titles(pack: Pack, scene: str) -> dict[str, str]:
    record = pack.scenes.get(scene)
    return {b.id: b.title for b in record.sort.bucket} if record and record.sort else {}
