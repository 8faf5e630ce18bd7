"""A run while it is being changed: thawed once, changed in private, frozen once.

Only `advance` makes a draft, and nobody outside the rules sees one. The rule modules read and
change it through the few verbs below, so that no number moves without a ledger entry.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import msgspec

from scenes.language import Condition, Effect
from scenes.schema import Pack, Phase, Round, Scene
from scenes.vocabulary import METRIC_RANGE, METRICS, PHASES, TRUST_RANGE, PhaseId
from state_machine.events import AnyEvent, Cause, Entry, PromiseMoved
from state_machine.rules import Rules
from state_machine.run import Given, Run
from state_machine.states import PHASE_OF

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMPARE: Final[dict[str, Callable[[int, int], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">=": operator.ge,
    ">": operator.gt,
}
_METRIC_KEYS: Final = frozenset(METRICS)


def limits(key: str) -> tuple[int | None, int | None]:
    """The least and the most that the number under a key can be; None is without limit."""
    if key in _METRIC_KEYS:
        return METRIC_RANGE
    if key.startswith("trust "):
        return TRUST_RANGE
    return (0, None) if key in ("users", "revenue") or key.startswith("evidence ") else (None, None)


class Draft:
    """A private, changeable copy of a run, with the events of the outcome so far."""

    def __init__(self, pack: Pack, run: Run, rules: Rules) -> None:
        """Thaw `run`; what stays as it was is shared with it."""
        self.pack: Final = pack
        self.rules: Final = rules
        self.seed: Final = run.seed
        self.world: Final = run.world
        self.player: Final = run.player
        self.events: list[AnyEvent] = []
        self._run: Final = run
        self._entries: list[Entry] = []

        self.state = run.state
        self.numbers = dict(run.numbers)
        self.round = run.round
        self.rounds = run.rounds
        self.again = run.again
        self.entered = list(run.entered)
        self.half_days = run.half_days
        self.diary = run.diary
        self.accepted = run.accepted
        self.declined = run.declined
        self.attended = list(run.attended)
        self.missed = list(run.missed)
        self.scene = run.scene
        self.agenda = list(run.agenda)
        self.crises = list(run.crises)
        self.chosen = dict(run.chosen)
        self.placed = dict(run.placed)
        self.points = dict(run.points)
        self.played = list(run.played)
        self.letters = dict(run.letters)
        self.flags = set(run.flags)
        self.promises = dict(run.promises)
        self.items = dict(run.items)
        self.narrowed = set(run.narrowed)
        self.pending = list(run.pending)
        self.bets = list(run.bets)
        self.predictions = dict(run.predictions)
        self.sent_back = list(run.sent_back)
        self.rescued = list(run.rescued)
        self.bailed_out = run.bailed_out
        self.marks = list(run.marks)
        self.ending = run.ending

    def freeze(self) -> Run:
        """The run as the draft now has it."""
        return msgspec.structs.replace(
            self._run,
            state=self.state,
            numbers=self.numbers,
            round=self.round,
            rounds=self.rounds,
            again=self.again,
            entered=tuple(self.entered),
            half_days=self.half_days,
            diary=self.diary,
            accepted=self.accepted,
            declined=self.declined,
            attended=tuple(self.attended),
            missed=tuple(self.missed),
            scene=self.scene,
            agenda=tuple(self.agenda),
            crises=tuple(self.crises),
            chosen=self.chosen,
            placed=self.placed,
            points=self.points,
            played=tuple(self.played),
            letters=self.letters,
            flags=tuple(sorted(self.flags)),
            promises=self.promises,
            items=self.items,
            narrowed=tuple(sorted(self.narrowed)),
            pending=tuple(self.pending),
            bets=tuple(self.bets),
            predictions=self.predictions,
            sent_back=tuple(self.sent_back),
            rescued=tuple(self.rescued),
            bailed_out=self.bailed_out,
            marks=tuple(self.marks),
            ending=self.ending,
        )

    # ── where we are ────────────────────────────────────────────────────────────────────

    @property
    def phase(self) -> PhaseId:
        """The phase that the state lies in."""
        return PHASE_OF[self.state]

    @property
    def phase_record(self) -> Phase:
        """The pack's record of the phase."""
        return self.pack.phases[self.phase]

    @property
    def in_last_round(self) -> bool:
        """Whether no other round can follow this one."""
        return self.phase == PHASES[-1] and self.round == len(self.rounds_of_phase)

    @property
    def rounds_of_phase(self) -> tuple[Round, ...]:
        """The rounds that this phase has, this time."""
        record = self.phase_record
        return record.again if self.again and record.again else record.round

    @property
    def round_record(self) -> Round:
        """The pack's record of the round that is being played."""
        return self.rounds_of_phase[self.round - 1]

    def scene_record(self, scene: str) -> Scene:
        """The pack's record of a scene."""
        return self.pack.scenes[scene]

    # ── asking ──────────────────────────────────────────────────────────────────────────

    def holds(self, condition: Condition) -> bool:
        """Whether a condition of the pack's language is true now."""
        return self._answer(condition) != condition.negated

    def all_hold(self, when: Iterable[Condition], any_of: tuple[Condition, ...] = ()) -> bool:
        """Whether all of `when` hold and, if there are any, at least one of `any_of`."""
        return all(map(self.holds, when)) and (not any_of or any(map(self.holds, any_of)))

    def _answer(self, condition: Condition) -> bool:
        verb, args = condition.verb, condition.args
        match verb:
            case "metric" | "resource" | "trust" | "evidence":
                return _COMPARE[condition.op](self.numbers.get(condition.key, 0), condition.number)
            case "rounds":
                return _COMPARE[condition.op](self.rounds, condition.number)
            case "flag":
                return args[0] in self.flags
            case "promise":
                given = self.promises.get(args[0])
                return given is not None and given.state == args[1]
            case "promised":
                return args[0] in self.promises
            case "item":
                return self.items.get(args[0], "idea") == args[1]
            case "narrowed":
                return f"{args[0]} {args[1]}" in self.narrowed
            case "visited":
                return args[0] in self.chosen
            case "chose":
                scene, _, choice = args[0].partition("/")
                return choice in self._taken(scene)
            case "rank":
                scene, _, choice = args[0].partition("/")
                order = self.chosen.get(scene, ())
                return choice in order and _COMPARE[condition.op](
                    order.index(choice) + 1, condition.number
                )
            case "placed":
                return self.placed.get(args[0]) == args[1]
            case "points":
                return _COMPARE[condition.op](self.points.get(args[0], 0), condition.number)
            case "attended":
                return args[0] in self.attended
            case "missed":
                return args[0] in self.missed
            case "right":
                return self.predictions.get(args[0]) is True
            case "wrong":
                return self.predictions.get(args[0]) is False
            case "world":
                return args[0] == self.world
            case "sent-back":
                return args[0] in self.sent_back
            case "rescued":
                return args[0] in self.rescued
        raise AssertionError(f"the language has no condition {verb}")

    def _taken(self, scene: str) -> tuple[str, ...]:
        """The choices that got their effects: of a ranked scene, only the first."""
        taken = self.chosen.get(scene, ())
        rank = self.pack.scenes[scene].rank if taken else None
        return taken[: rank.keep] if rank else taken

    # ── changing ────────────────────────────────────────────────────────────────────────

    @contextmanager
    def recording(self) -> Iterator[list[Entry]]:
        """Collect the ledger entries of what happens inside, for the event that they belong to."""
        outer, self._entries = self._entries, []
        try:
            yield self._entries
        finally:
            self._entries = outer

    def change(self, key: str, by: int, cause: Cause) -> None:
        """Move a number, within its limits; what does not move leaves no entry.

        In the last round there is no diary to come whose half-days could be spent.
        """
        if key == "half-days" and self.in_last_round:
            return
        before = self.numbers.get(key, 0)
        least, most = limits(key)
        after = before + by
        after = after if least is None else max(least, after)
        after = after if most is None else min(most, after)
        if after != before:
            self.numbers[key] = after
            self._entries.append(Entry(key, before, after, cause))

    def apply(self, effects: Iterable[Effect], cause: Cause) -> None:
        """Bring effects about, in their order, each under its own condition."""
        for effect in effects:
            if effect.condition is None or self.holds(effect.condition):
                self._apply_one(effect, cause)
            elif effect.otherwise:
                self.change(effect.key, effect.otherwise, cause)

    def bring_about(
        self,
        effects: Iterable[Effect],
        cause: Cause,
        event: Callable[[tuple[Entry, ...]], AnyEvent],
    ) -> None:
        """Apply effects and tell of them as one event, before those that they set off."""
        at = len(self.events)
        with self.recording() as entries:
            self.apply(effects, cause)
        self.events.insert(at, event(tuple(entries)))

    def _apply_one(self, effect: Effect, cause: Cause) -> None:
        args = effect.args
        match effect.verb:
            case "metric" | "resource" | "trust" | "evidence" | "half-days":
                self.change(effect.key, effect.by, cause)
            case "flag":
                self.flags.add(args[0])
            case "unflag":
                self.flags.discard(args[0])
            case "promise":
                self.give_promise(args[0], _phase(args[1]), cause)
            case "keep":
                self.settle_promise(args[0], kept=True)
            case "break":
                self.settle_promise(args[0], kept=False)
            case "renegotiate":
                self.renegotiate_promise(args[0], _phase(args[1]))
            case "add":
                self.items[args[0]] = "backlog"
            case "ship":
                self.items[args[0]] = "shipped"
            case "drop":
                self.items[args[0]] = "dropped"
            case "narrow":
                self.narrowed.add(f"{args[0]} {args[1]}")
            case unknown:
                raise AssertionError(f"the language has no effect {unknown}")

    # ── promises ────────────────────────────────────────────────────────────────────────

    def give_promise(self, promise: str, due: PhaseId, cause: Cause) -> None:
        """Give a promise. One that was given before stays as it is."""
        if promise not in self.promises:
            self.promises[promise] = Given("open", due, cause.ref)
            self.events.append(PromiseMoved(promise=promise, what="given"))

    def settle_promise(self, promise: str, *, kept: bool, overdue: bool = False) -> None:
        """Keep or break an open promise, with what the rules and the pack make that cost."""
        given = self.promises.get(promise)
        if given is None or given.state != "open":
            return
        record = self.pack.promises[promise]
        cause = Cause("promise", promise)
        self.promises[promise] = msgspec.structs.replace(given, state="kept" if kept else "broken")
        trust = self.rules.promise_kept_trust if kept else self.rules.promise_broken_trust
        with self.recording() as entries:
            self.change(f"trust {record.to}", trust, cause)
            if not kept:
                self.apply(record.effects, cause)
        self.events.append(
            PromiseMoved(
                promise=promise,
                what="kept" if kept else "broken",
                overdue=overdue,
                entries=tuple(entries),
            )
        )

    def renegotiate_promise(self, promise: str, due: PhaseId) -> None:
        """Move an open promise to another phase, for the price that saying so in time has."""
        given = self.promises.get(promise)
        if given is None or given.state != "open":
            return
        self.promises[promise] = msgspec.structs.replace(given, due=due)
        with self.recording() as entries:
            self.change(
                f"trust {self.pack.promises[promise].to}",
                self.rules.promise_renegotiated_trust,
                Cause("promise", promise),
            )
        self.events.append(
            PromiseMoved(promise=promise, what="renegotiated", entries=tuple(entries))
        )


def _phase(word: str) -> PhaseId:
    return next(known for known in PHASES if known == word)
