"""The facts of a run for its debrief, gathered from its steps: pure, and without a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from scenes.schema import Pack
from scenes.vocabulary import HATS, METRICS, PHASES, Hat, Metric
from state_machine.career import competencies_from, kept_by_boss, practice
from state_machine.crossings import BOSS
from state_machine.deeds import (
    Attention,
    Charter,
    Crisis,
    Due,
    Facts,
    Foreseen,
    GateFact,
    Letter,
    Made,
    Measured,
    Missed,
    Moment,
    Money,
    Moved,
    Overstep,
    Pledge,
    Trust,
)
from state_machine.draft import Draft
from state_machine.events import (
    AnyEvent,
    CameDue,
    Cause,
    CrisisFaced,
    CrisisLooms,
    Crossed,
    Decided,
    DiarySettled,
    GateHeld,
    HappenedWithout,
    Outcome,
    PhaseOpened,
    PredictionSettled,
    PromiseMoved,
    RoundOpened,
    SprintEnded,
    SprintStarted,
    Step,
    Wrote,
)
from state_machine.rules import Rules, default_rules
from state_machine.run import UNTOLD, Run, users
from state_machine.scoring import score, timeline
from state_machine.states import PHASE_OF
from state_machine.telling import Passage, SprintTold, narrate
from state_machine.texts import chosen_in, fill, moment_of, promise_in, whose

_DECIDED: Final = ("choice", "draw", "later", "missed")
"""The kinds of cause that name a scene."""

_NAMED: Final = 2
"""So many causes of a crisis are named."""


def facts(pack: Pack, steps: Sequence[Step], rules: Rules | None = None) -> Facts:
    """What a run came to, finished or not. Raises `ValueError` without its beginning."""
    if not steps:
        raise ValueError("a debrief needs at least the beginning of a run")
    gathered = _Gathered(pack, steps, rules)
    for number, (_, outcome) in enumerate(steps):
        gathered.take(number, outcome)
    return gathered.facts()


class _Settled(NamedTuple):
    """How a promise was settled: when, by which hat's decision, and what that moved."""

    moment: Moment
    by: Hat | None
    overdue: bool
    moved: tuple[Moved, ...]


class _Gathered:
    """Facts while the steps of a run are walked through."""

    def __init__(self, pack: Pack, steps: Sequence[Step], rules: Rules | None) -> None:
        self._pack: Final = pack
        self._rules: Final = rules
        self._first: Final[Run] = steps[0][1].run
        self._run: Final[Run] = steps[-1][1].run
        self._before: Run | None = None
        self._now = Moment(0, PHASE_OF.get(self._first.state, PHASES[0]), 0)
        self._by: Hat | None = None
        self._chosen: dict[str, Moment] = {}
        self._moved: list[Moved] = []
        self._made: list[Made] = []
        self._given: dict[str, Moment] = {}
        self._renegotiated: Counter[str] = Counter()
        self._settled: dict[str, _Settled] = {}
        self._foreseen: dict[str, tuple[Moment, bool, str]] = {}
        self._crossed: list[Overstep] = []
        self._letters: list[Letter] = []
        self._sprints: list[SprintTold] = []
        self._plans = False
        self._planned: list[int] = []
        self._crises: list[Crisis] = []
        self._gates: list[GateFact] = []
        self._missed: list[Missed] = []
        self._dues: list[Due] = []
        self._half_days: Counter[Hat] = Counter()
        self._left = 0
        self._account = [self._first.numbers["runway"]]
        self._debt = [self._first.numbers.get("debt", 0)]

    # ── walking through the steps ───────────────────────────────────────────────────────

    def take(self, number: int, outcome: Outcome) -> None:
        """Take in what one decision came to; number 0 is the beginning."""
        self._now, self._by = Moment(number, self._now.phase, self._now.round), None
        at = self._now
        here: list[Moved] = []
        for event, passage in zip(
            outcome.events, narrate(self._pack, outcome, self._rules), strict=True
        ):
            moved = self._movements(event, passage)
            if isinstance(event, Decided | Crossed | CrisisFaced):
                here += moved
            self._moved += moved
            self._note(event, passage, moved, outcome.run)
        self._account.append(outcome.run.numbers["runway"])
        self._debt.append(outcome.run.numbers.get("debt", 0))
        if self._before is not None:
            self._made.append(self._decision(self._before, outcome.run, at, tuple(here)))
        self._before = outcome.run

    def _decision(self, before: Run, after: Run, at: Moment, moved: tuple[Moved, ...]) -> Made:
        if before.scene:
            scene = self._pack.scenes[before.scene]
            said = chosen_in(self._pack, after, scene.id)
            return Made(
                moment=at, scene=scene.id, hat=scene.hat, title=scene.title, said=said, moved=moved
            )
        went = (self._pack.scenes[name].title for name in after.accepted)
        title = self._pack.phases[at.phase].title
        return Made(moment=at, title=title, said="; ".join(went))

    def _movements(self, event: AnyEvent, passage: Passage) -> tuple[Moved, ...]:
        pairs = zip(event.entries, passage.movements, strict=True)
        return tuple(Moved(movement=m, hat=self._whose(entry.cause)) for entry, m in pairs)

    def _whose(self, cause: Cause) -> Hat | None:
        """The hat whose decision a cause goes back to."""
        if cause.kind == "promise":
            given = self._run.promises.get(cause.ref)
            return self._hat_of(given.by) if given and "/" in given.by else None
        return self._hat_of(cause.ref) if cause.kind in _DECIDED else None

    def _hat_of(self, ref: str) -> Hat:
        return self._pack.scenes[ref.partition("/")[0]].hat

    def _note(self, event: AnyEvent, told: Passage, moved: tuple[Moved, ...], run: Run) -> None:
        now = self._now
        match event:
            case PhaseOpened():
                self._now = Moment(now.number, event.phase, now.round)
            case RoundOpened():
                self._now = Moment(now.number, event.phase, now.round + 1)
            case DiarySettled():
                self._spend(event.accepted)
            case Decided():
                self._by = self._pack.scenes[event.scene].hat
                self._chosen[f"{event.scene}/{event.choice}"] = now
                self._plans |= self._pack.scenes[event.scene].artifact == "sprint-plan"
            case CameDue():
                self._by = self._hat_of(event.choice)
                self._dues.append(self._due(event, told, moved))
            case HappenedWithout():
                self._by = None
                self._missed.append(self._without(event, told, moved))
            case Crossed():
                self._crossed.append(self._overstep(event, run, moved))
            case Wrote():
                scene, text = self._pack.scenes[event.scene], run.letters[event.letter]
                self._letters.append(
                    Letter(text=text, hat=scene.hat, title=scene.title, moment=now)
                )
            case PromiseMoved():
                self._promise(event, moved)
            case PredictionSettled():
                self._foreseen[event.scene] = (now, event.right, told.text)
            case SprintStarted():
                self._planned += [event.number] if self._plans else []
                self._plans = False
            case SprintEnded():
                assert told.sprint is not None
                self._sprints.append(told.sprint)
            case CrisisLooms():
                self._crises.append(self._crisis(event))
            case GateHeld():
                self._by = None
                self._gates.append(
                    GateFact(
                        title=told.title,
                        phase=event.phase,
                        result=event.result,
                        missing=told.missing,
                        moment=now,
                    )
                )

    def _spend(self, accepted: Iterable[str]) -> None:
        left = self._before.half_days if self._before else 0
        for name in accepted:
            scene = self._pack.scenes[name]
            taken = scene.invitation.half_days if scene.invitation else 0
            self._half_days[scene.hat] += taken
            left -= taken
        self._left += left

    def _due(self, event: CameDue, told: Passage, moved: tuple[Moved, ...]) -> Due:
        scene = self._pack.scenes[event.choice.partition("/")[0]]
        return Due(
            title=scene.title,
            said=told.quote,
            hat=scene.hat,
            chosen=self._chosen.get(event.choice),
            moment=self._now,
            sorted=bool(event.source),
            untold=told.title if event.source == UNTOLD else "",
            moved=moved,
        )

    def _without(self, event: HappenedWithout, told: Passage, moved: tuple[Moved, ...]) -> Missed:
        went = (self._pack.scenes[name] for name in event.attended)
        return Missed(
            title=told.title,
            hat=self._pack.scenes[event.scene].hat,
            instead=tuple((each.hat, each.invitation.where) for each in went if each.invitation),
            moment=self._now,
            moved=moved,
        )

    def _overstep(self, event: Crossed, run: Run, moved: tuple[Moved, ...]) -> Overstep:
        title, said = moment_of(self._pack, event.by)
        still_open = any(c.by == event.by and c.open for c in self._run.crossings)
        return Overstep(
            call=self._pack.calls[event.call],
            owner=event.owner,
            whose=whose(self._pack, run, event.owner),
            title=title,
            said=said,
            hat=self._hat_of(event.by),
            declared=event.declared,
            mended=not event.declared and not still_open,
            moment=self._now,
            moved=moved,
        )

    def _promise(self, event: PromiseMoved, moved: tuple[Moved, ...]) -> None:
        name = event.promise
        if event.what == "given":
            self._given[name] = self._now
        elif event.what == "renegotiated":
            self._renegotiated[name] += 1
        else:
            dated = event.overdue or bool(self._run.promises[name].item)
            by = None if dated else self._by
            self._settled[name] = _Settled(self._now, by, event.overdue, moved)

    def _crisis(self, event: CrisisLooms) -> Crisis:
        scene = self._pack.scenes[event.scene]
        assert scene.crisis is not None
        causes = sorted(self._causes(scene.crisis), key=lambda moved: moved.by)
        return Crisis(
            metric=scene.crisis,
            title=scene.title,
            moment=self._now,
            causes=tuple(moved for moved in causes if moved.by < 0)[:_NAMED],
            faced=chosen_in(self._pack, self._run, scene.id),
        )

    # ── what they come to ───────────────────────────────────────────────────────────────

    def facts(self) -> Facts:
        """All that the steps taken in so far come to."""
        pack, run = self._pack, self._run
        draft = Draft(pack, run, self._rules or default_rules())
        ending = pack.endings.get(run.ending)
        world = pack.worlds[run.world]
        own = run.played[len(self._first.played) :]
        return Facts(
            seed=run.seed,
            player=run.player,
            company=pack.info.company,
            world=world.title if run.over else "",
            truth=fill(world.truth, draft) if run.over else "",
            ending=ending.title if ending else "",
            because=ending.because if ending else "",
            over=run.over,
            score=score(run, draft.rules),
            rounds=tuple(mark.phase for mark in run.marks[len(self._first.marks) :]),
            phases={phase: record.title for phase, record in pack.phases.items()},
            users=users(run.numbers),
            revenue=run.numbers["revenue"],
            debt=(max(self._debt), self._debt[-1]),
            known=tuple(
                (each.title, now := run.numbers.get(f"evidence {name}", 0), now - before)
                for name, each in pack.evidence.items()
                for before in [self._first.numbers.get(f"evidence {name}", 0)]
            ),
            made=tuple(self._made),
            metrics=tuple(self._measured(metric) for metric in METRICS),
            pledges=tuple(self._pledges()),
            foreseen=tuple(self._predictions()),
            charter=self._charter(),
            oversteps=tuple(self._crossed),
            practice=competencies_from(practice(pack, own)),
            letters=tuple(self._letters),
            sprints=tuple(self._sprints),
            planned=tuple(self._planned),
            shipped=tuple(pack.items[name].title for name in run.shipped),
            crises=tuple(self._crises),
            gates=tuple(self._gates),
            missed=tuple(self._missed),
            dues=tuple(self._dues),
            people=tuple(self._people()),
            attention=Attention(
                pm=self._half_days["pm"], po=self._half_days["po"], left=self._left
            ),
            money=self._money(),
        )

    def _pledges(self) -> Iterator[Pledge]:
        """The promises in the order in which they were given, those taken over first."""
        order = sorted(
            self._run.promises, key=lambda name: (name in self._given, self._at(name), name)
        )
        for name in order:
            given = self._run.promises[name]
            to, words = promise_in(self._pack, self._run, name)
            title, said = moment_of(self._pack, given.by)
            settled = self._settled.get(name)
            yield Pledge(
                id=name,
                to=self._pack.persons[to].name,
                words=words,
                due=given.due,
                fate=given.state,
                hat=self._hat_of(given.by) if said and name in self._given else None,
                title=title,
                said=said,
                item=self._pack.items[given.item].title if given.item else "",
                given=self._given.get(name),
                moved=self._renegotiated[name],
                settled=settled.moment if settled else None,
                settled_by=settled.by if settled else None,
                overdue=settled is not None and settled.overdue,
                cost=settled.moved if settled else (),
            )

    def _at(self, promise: str) -> int:
        moment = self._given.get(promise)
        return moment.number if moment else 0

    def _predictions(self) -> Iterator[Foreseen]:
        """The predictions in the order in which they were made."""
        own = self._run.played[len(self._first.played) :]
        for scene in (self._pack.scenes[played.scene] for played in own):
            if scene.predict is None:
                continue
            choice = self._run.chosen[scene.id][0]
            settled = self._foreseen.get(scene.id)
            yield Foreseen(
                title=scene.title,
                said=self._pack.choice(f"{scene.id}/{choice}").say,
                hat=scene.hat,
                made=self._chosen.get(f"{scene.id}/{choice}"),
                settled=settled[0] if settled else None,
                right=self._run.predictions.get(scene.id),
                told=settled[2] if settled else "",
            )

    def _charter(self) -> Charter | None:
        """The charter as it stands, with the calls that the boss keeps under the boss's name."""
        made, scene = self._run.artifacts.get("charter"), None
        if made is not None:
            scene = self._pack.scenes[made.scene].sort
        if made is None or scene is None:
            return None
        draft = Draft(self._pack, self._run, self._rules or default_rules())
        kept = kept_by_boss(draft)
        rows = [
            (b.title, tuple(w for c, w in self._pack.calls.items() if made.buckets.get(c) == b.id))
            for b in scene.bucket
        ]
        if kept:
            held = tuple(words for call, words in self._pack.calls.items() if call in kept)
            rows.append((whose(self._pack, self._run, BOSS), held))
        return Charter(rows=tuple(row for row in rows if row[1]), amended=made.amended)

    def _people(self) -> Iterator[Trust]:
        for person in self._pack.persons.values():
            key = f"trust {person.id}"
            moved = tuple(each for each in self._moved if each.key == key)
            if moved:
                yield Trust(
                    person=person.id,
                    name=person.name,
                    side=person.side,
                    before=self._run.numbers.get(key, 0) - sum(each.by for each in moved),
                    after=self._run.numbers.get(key, 0),
                    by={hat: sum(m.by for m in moved if m.hat == hat) for hat in HATS},
                    moved=moved,
                )

    def _money(self) -> Money:
        costs = [m for m in self._moved if m.key == "runway" and m.hat and m.by < 0]
        by_hat = {hat: [m for m in costs if m.hat == hat] for hat in HATS}
        return Money(
            before=self._account[0],
            lowest=min(self._account),
            after=self._account[-1],
            bailed_out=self._run.bailed_out,
            spent={hat: -sum(m.by for m in paid) for hat, paid in by_hat.items()},
            dearest={hat: min(p, key=lambda m: m.by) for hat, p in by_hat.items() if p},
        )

    def _measured(self, metric: Metric) -> Measured:
        causes = self._causes(metric)
        up = max(causes, key=lambda moved: moved.by, default=None)
        down = min(causes, key=lambda moved: moved.by, default=None)
        return Measured(
            metric=metric,
            line=timeline(self._pack, self._run, metric),
            now=self._run.numbers[metric],
            up=up if up and up.by > 0 else None,
            down=down if down and down.by < 0 else None,
        )

    def _causes(self, key: str) -> list[Moved]:
        """What moved a number so far: the movements of each cause as one."""
        whole: dict[tuple[str, str, str], Moved] = {}
        for moved in self._moved:
            movement = moved.movement
            cause = (movement.cause, movement.title, movement.quote)
            if moved.key == key:
                so_far = whole.get(cause)
                total = moved.by + (so_far.by if so_far else 0)
                first = so_far.movement if so_far else movement
                joined = msgspec.structs.replace(first, after=first.before + total)
                whole[cause] = msgspec.structs.replace(moved, movement=joined)
        return list(whole.values())
