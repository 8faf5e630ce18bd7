"""A run while it is being changed: thawed once, changed in private, frozen once.

Only `advance` makes a draft, and nobody outside the rules sees one. The rule modules read and
change it through the few verbs below, so that no number moves without a ledger entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from scenes.language import Condition, Effect
from scenes.schema import Item, Pack, Phase, Round, Scene
from scenes.vocabulary import (
    METRIC_RANGE,
    METRICS,
    PHASES,
    TRUST_RANGE,
    ArtifactId,
    ItemStatus,
    PhaseId,
)
from state_machine.conditions import answer
from state_machine.effects import bring_about
from state_machine.events import AnyEvent, Cause, Entry
from state_machine.items import thin_part
from state_machine.rules import Rules
from state_machine.run import (
    Artifact,
    Card,
    Crossing,
    Given,
    Past,
    Run,
    Sprint,
    Sprinted,
    Succession,
)
from state_machine.states import PHASE_OF, SUCCESSION

if TYPE_CHECKING:
    from collections.abc import Iterator

_METRIC_KEYS: Final = frozenset(METRICS)
_PER_CENT: Final = ("debt",)


@cache
def limits(key: str) -> tuple[int | None, int | None]:
    """The least and the most that the number under a key can be; None is without limit."""
    if key in _METRIC_KEYS:
        return METRIC_RANGE
    if key.startswith("trust "):
        return TRUST_RANGE
    if key in _PER_CENT or key.startswith("satisfaction "):
        return METRIC_RANGE
    counted = key == "revenue" or key.startswith(("evidence ", "users ", "price "))
    return (0, None) if counted else (None, None)


def _in_order(now: set[str], before: tuple[str, ...]) -> tuple[str, ...]:
    """A set's words in their order; most decisions change none of them, and need no sorting."""
    same = len(now) == len(before) and now.issuperset(before)
    return before if same else tuple(sorted(now))


class Draft:
    """A private, changeable copy of a run, with the events of the outcome so far."""

    def __init__(self, pack: Pack, run: Run, rules: Rules) -> None:
        """Thaw `run`; what stays as it was is shared with it."""
        self.pack: Final = pack
        self.rules: Final = rules
        self.seed: Final = run.seed
        self.world: Final[str] = run.world
        self.player: Final = run.player
        self.events: list[AnyEvent] = []
        self._run: Final = run
        self._entries: list[Entry] = []

        self.state: str = run.state
        self.edition: Final = run.edition
        self.past: Final[Past | None] = run.past
        self.succession: Final[Succession | None] = run.succession
        self.title: str = run.title
        self.held: str = run.held
        self.numbers: dict[str, int] = dict(run.numbers)
        self.round: int = run.round
        self.rounds: int = run.rounds
        self.again = run.again
        self.entered = list(run.entered)
        self.half_days = run.half_days
        self.diary: tuple[str, ...] = run.diary
        self.accepted: tuple[str, ...] = run.accepted
        self.declined: tuple[str, ...] = run.declined
        self.attended: list[str] = list(run.attended)
        self.missed: list[str] = list(run.missed)
        self.scene: str = run.scene
        self.agenda = list(run.agenda)
        self.crises = list(run.crises)
        self.chosen: dict[str, tuple[str, ...]] = dict(run.chosen)
        self.placed: dict[str, str] = dict(run.placed)
        self.points: dict[str, int] = dict(run.points)
        self.played = list(run.played)
        self.letters = dict(run.letters)
        self.flags: set[str] = set(run.flags)
        self.promises: dict[str, Given] = dict(run.promises)
        self.items: dict[str, ItemStatus] = dict(run.items)
        self.narrowed: set[str] = set(run.narrowed)
        self.backlog: list[str] = list(run.backlog)
        self.ready: set[str] = set(run.ready)
        self.shipped: dict[str, int] = dict(run.shipped)
        self.split: set[str] = set(run.split)
        self.misbuilt: list[str] = list(run.misbuilt)
        self.artifacts: dict[ArtifactId, Artifact] = dict(run.artifacts)
        self.crossings: list[Crossing] = list(run.crossings)
        self.sprint: Sprint | None = run.sprint
        self.carried: list[Card] = list(run.carried)
        self.sprints: list[Sprinted] = list(run.sprints)
        self.pending = list(run.pending)
        self.bets = list(run.bets)
        self.predictions: dict[str, bool] = dict(run.predictions)
        self.sent_back: list[PhaseId] = list(run.sent_back)
        self.rescued: list[PhaseId] = list(run.rescued)
        self.bailed_out = run.bailed_out
        self.marks = list(run.marks)
        self.ending = run.ending

    def freeze(self) -> Run:
        """The run as the draft now has it."""
        run = self._run
        return msgspec.structs.replace(
            run,
            state=self.state,
            numbers=self.numbers,
            title=self.title,
            held=self.held,
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
            flags=_in_order(self.flags, run.flags),
            promises=self.promises,
            items=self.items,
            narrowed=_in_order(self.narrowed, run.narrowed),
            backlog=tuple(self.backlog),
            ready=_in_order(self.ready, run.ready),
            shipped=self.shipped,
            split=_in_order(self.split, run.split),
            misbuilt=tuple(self.misbuilt),
            artifacts=self.artifacts,
            crossings=tuple(self.crossings),
            sprint=self.sprint,
            carried=tuple(self.carried),
            sprints=tuple(self.sprints),
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
        """The phase that the state lies in; before them all the first, after them the last.

        While a run is taken over it is the one in which it stood.
        """
        if self.state in PHASE_OF:
            return PHASE_OF[self.state]
        if self.state == SUCCESSION and self.succession:
            return self.succession.phase
        return self.marks[-1].phase if self.marks else PHASES[0]

    @property
    def phase_record(self) -> Phase:
        """The pack's record of the phase."""
        return self.pack.phases[self.phase]

    @property
    def in_last_round(self) -> bool:
        """Whether no other round can follow this one."""
        return self.phase == PHASES[-1] and self.round == len(self.rounds_of_phase)

    @property
    def awaits_diary(self) -> bool:
        """Whether a round with a diary is still to come, if no gate sends the product back."""
        later = PHASES[PHASES.index(self.phase) + 1 :]
        to_come = (
            *self.rounds_of_phase[self.round :],
            *(r for p in later for r in self.pack.phases[p].rounds(self.edition, again=False)),
        )
        return any(each.diary for each in to_come)

    @property
    def rounds_of_phase(self) -> tuple[Round, ...]:
        """The rounds that this phase has, this time."""
        return self.phase_record.rounds(self.edition, again=self.again)

    @property
    def round_record(self) -> Round:
        """The pack's record of the round that is being played."""
        return self.rounds_of_phase[self.round - 1]

    def scene_record(self, scene: str) -> Scene:
        """The pack's record of a scene."""
        return self.pack.scenes[scene]

    def item(self, name: str) -> Item:
        """An item as it stands in this run: of a story that was split, the part that goes on."""
        item = self.pack.items[name]
        return thin_part(item, self.rules) if name in self.split else item

    # ── asking ──────────────────────────────────────────────────────────────────────────

    def holds(self, condition: Condition) -> bool:
        """Whether a condition of the pack's language is true now."""
        return answer(self, condition) != condition.negated

    def all_hold(self, when: Iterable[Condition], any_of: tuple[Condition, ...] = ()) -> bool:
        """Whether all of `when` hold and, if there are any, at least one of `any_of`."""
        return all(map(self.holds, when)) and (not any_of or any(map(self.holds, any_of)))

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
                bring_about(self, effect, cause)
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
