"""How much of a run was luck: the same decisions under other seeds, all of them and each alone.

The hidden world stays as it was, since to read it was the player's job. All other luck is drawn
anew: which scenes and invitations come, what turns out how, what the team runs into. Where the
run then asks for something else than it did, the player's decisions are followed as far as
they can be, and somebody sensible fills in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal

import msgspec

from scenes.schema import Pack
from state_machine.chance import below
from state_machine.decisions import IllegalDecision
from state_machine.draft import Draft
from state_machine.engine import advance
from state_machine.events import AnyEvent, CameDue, Cause, DayPassed, SprintEnded, Step
from state_machine.policies import PLAY_ON, Policy, as_decided, habit, play_on
from state_machine.rules import Rules, default_rules
from state_machine.run import UNTOLD, Run, Value
from state_machine.scoring import score
from state_machine.standing import standing
from state_machine.states import STEP_OF, STEPS

SEEDS: Final = 20
"""Under so many other seeds a run is played again."""

RERUNS: Final = SEEDS + len(PLAY_ON)

_SEED_LIMIT: Final = 1 << 53

_Place = tuple[int, int, int]
"""How far a run is: its round, the step in it, and how many scenes were played in the round."""


class Stroke(Value, frozen=True, kw_only=True):
    """What chance made of a moment: the same decision in the same run, had luck been another.

    `worth` is how much better than the average the run then stood, in tenths of a point of
    `standing`; under `worse` of the other seeds it stood lower, under `better` higher. Chance
    had its say in `sprints`, those that ended here, in `draws` with odds, or in what somebody
    who was not told something ran into.
    """

    number: int
    worth: int
    worse: int
    better: int
    sprints: tuple[int, ...] = ()
    draws: tuple[Cause, ...] = ()


class Luck(Value, frozen=True, kw_only=True):
    """What the same decisions came to under other luck, and other habits under the same.

    `measure` says in what: the `score`, 0 to 100, of a run that is over, else the `standing`
    in tenths at this moment. `own` is the run's. `others` are those of other seeds, lowest
    first; `habits` those of personas who had the run's own seed from its beginning.
    """

    measure: Literal["score", "standing"]
    own: int
    others: tuple[int, ...]
    habits: tuple[tuple[str, int], ...]
    strokes: tuple[Stroke, ...]

    @property
    def worse(self) -> int:
        """Under how many other seeds the run came to less."""
        return sum(other < self.own for other in self.others)

    @property
    def better(self) -> int:
        """Under how many other seeds the run came to more."""
        return sum(other > self.own for other in self.others)

    @property
    def quartiles(self) -> tuple[int, int, int, int, int]:
        """The lowest, the quarter, the middle, three quarters and the highest of the others."""
        last = len(self.others) - 1
        low, quarter, middle, three, high = (self.others[last * at // 4] for at in range(5))
        return low, quarter, middle, three, high

    def luckiest(self, most: int = 2) -> tuple[Stroke, ...]:
        """The strokes that were worth most, of those that did any good."""
        good = [stroke for stroke in self.strokes if stroke.worth > 0]
        return tuple(sorted(good, key=lambda stroke: (-stroke.worth, stroke.number))[:most])

    def unluckiest(self, most: int = 2) -> tuple[Stroke, ...]:
        """The strokes that cost most, of those that did any harm."""
        bad = [stroke for stroke in self.strokes if stroke.worth < 0]
        return tuple(sorted(bad, key=lambda stroke: (stroke.worth, stroke.number))[:most])


def seeds(own: int) -> Iterator[int]:
    """Other seeds than a run's own, always the same for the same."""
    return (below(_SEED_LIMIT, own, "luck", number) for number in range(SEEDS))


def weigh(
    pack: Pack,
    steps: Sequence[Step],
    rules: Rules | None = None,
    tell: Callable[[], None] = lambda: None,
) -> Luck:
    """How much of a run was luck; `tell` is called after each of the `RERUNS`."""
    first, last = steps[0][1].run, steps[-1][1].run
    repeated = as_decided(steps)

    def came_to(run: Run, policy: Policy) -> int:
        measured = _measure(pack, _as_far(pack, run, last, policy, rules), last, rules)
        tell()
        return measured

    others = [
        came_to(msgspec.structs.replace(first, seed=seed), repeated) for seed in seeds(first.seed)
    ]
    return Luck(
        measure="score" if last.over else "standing",
        own=_measure(pack, last, last, rules),
        others=tuple(sorted(others)),
        habits=tuple((name, came_to(first, habit(name))) for name in PLAY_ON),
        strokes=tuple(_strokes(pack, steps, rules)),
    )


def _measure(pack: Pack, run: Run, last: Run, rules: Rules | None) -> int:
    return score(run, rules).total if last.over else standing(pack, run, rules)


def _as_far(pack: Pack, run: Run, last: Run, policy: Policy, rules: Rules | None) -> Run:
    """A run played on to its ending or, if the last one has none, until it is as far."""
    while not run.over and (last.over or _place(run) < _place(last)):
        onward = play_on(pack, run, policy, rules)
        if onward is None:
            return run
        run = onward[1].run
    return run


def _place(run: Run) -> _Place:
    """In the interview and among the offers there is no step; rounds tell them apart."""
    step = STEP_OF.get(run.state)
    here = sum(played.round == run.rounds for played in run.played)
    return run.rounds, next((at for at, name in enumerate(STEPS) if name == step), len(STEPS)), here


# ── strokes of luck ─────────────────────────────────────────────────────────────────────


def _strokes(pack: Pack, steps: Sequence[Step], rules: Rules | None) -> Iterator[Stroke]:
    """Each decision after which chance had a say, against what the same led to otherwise."""
    for number in range(1, len(steps)):
        if any(map(_leaves_to_chance, steps[number][1].events)):
            yield _stroke(pack, steps, number, rules)


def _leaves_to_chance(event: AnyEvent) -> bool:
    """Whether chance had a say in an event that moves numbers, and not only in what comes."""
    return (
        isinstance(event, DayPassed | SprintEnded)
        or (isinstance(event, CameDue) and event.source == UNTOLD)
        or any(entry.cause.kind == "draw" for entry in event.entries)
    )


def _stroke(pack: Pack, steps: Sequence[Step], number: int, rules: Rules | None) -> Stroke:
    before = steps[number - 1][1].run
    decision, outcome = steps[number]
    assert decision is not None, "only the beginning of a run is without a decision"
    phase = Draft(pack, before, rules or default_rules()).phase
    own = standing(pack, outcome.run, rules, at=phase)
    others: list[int] = []
    for seed in seeds(before.seed):
        otherwise = msgspec.structs.replace(before, seed=seed)
        try:
            run = advance(pack, otherwise, decision, rules).run
        except IllegalDecision:  # a card that is laid out may depend on luck
            continue
        others.append(standing(pack, run, rules, at=phase))
    return Stroke(
        number=number,
        sprints=tuple(e.result.number for e in outcome.events if isinstance(e, SprintEnded)),
        draws=tuple(dict.fromkeys(e.cause for e in outcome.entries if e.cause.kind == "draw")),
        worth=own - _mean(others) if others else 0,
        worse=sum(other < own for other in others),
        better=sum(other > own for other in others),
    )


def _mean(values: Sequence[int]) -> int:
    """The mean, rounded to the nearest: what hardly differs is worth nothing either way."""
    return (2 * sum(values) + len(values)) // (2 * len(values))
