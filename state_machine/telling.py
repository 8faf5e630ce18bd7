"""What happened, in its pack's words: events become passages, and an end becomes a `Finish`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal, TypeVar

import msgspec

from scenes.decisions import Untold
from scenes.schema import Pack
from scenes.vocabulary import METRICS, Hat, Metric
from state_machine import career
from state_machine.decisions.allocate import highest_reached
from state_machine.draft import Draft
from state_machine.events import (
    Answered,
    AnyEvent,
    BailedOut,
    CameDue,
    Cause,
    CauseKind,
    Crossed,
    DayPassed,
    Decided,
    Ended,
    Entry,
    GateHeld,
    HappenedWithout,
    Outcome,
    PhaseOpened,
    PredictionSettled,
    PromiseMoved,
    Reviewed,
    RoundOpened,
    SprintEnded,
    SprintStarted,
    TakenOver,
    Wanted,
)
from state_machine.rules import Rules, default_rules
from state_machine.run import Column, Past, Run, Sprinted, Value, What
from state_machine.scoring import Score, score, timeline
from state_machine.succession import own_missed, own_scenes, said_by
from state_machine.texts import (
    choice_of,
    chosen_in,
    fill,
    laters,
    moment_of,
    promise_in,
    shown_metrics,
    subject_of,
    whose,
    with_memory,
)

_Record = TypeVar("_Record")
_NOWHERE_ELSE: Final = "at your desk"


CauseTold = CauseKind | Literal["left-out"]
"""The kinds of cause as they are told: a choice that was not taken is one of its own."""


class Movement(Value, frozen=True, kw_only=True):
    """A number that moved, and why.

    `key` is the number's key and `subject` whom or what it is about (a person's name, a
    question), if anything. `title` and `quote` are what the cause goes back to: the scene and
    the choice made there, the person and the promise's words, the gate; or, for a rule, its id.
    `odds` are (this many, of so many) where luck had a part. `shown` is False for a metric
    whose phase has not come yet.
    """

    key: str
    subject: str = ""
    before: int
    after: int
    cause: CauseTold
    title: str = ""
    quote: str = ""
    odds: tuple[int, int] | None = None
    shown: bool = True

    @property
    def by(self) -> int:
        """The signed change."""
        return self.after - self.before


class Ticket(Value, frozen=True, kw_only=True):
    """A card on the board as it is drawn: its title, who holds it, and what is the matter."""

    title: str
    column: Column
    worker: str = ""
    blocked: bool = False
    late: bool = False


class Happening(Value, frozen=True, kw_only=True):
    """Something that happened to a card on a day of the sprint."""

    what: What
    title: str


class BoardDay(Value, frozen=True, kw_only=True):
    """The board at the end of a day of the sprint, and what happened on it that day."""

    day: int
    tickets: tuple[Ticket, ...]
    happened: tuple[Happening, ...] = ()


class SprintTold(Value, frozen=True, kw_only=True):
    """What came of a sprint, with the titles of its cards; `arose` are bugs and debts."""

    result: Sprinted
    goal: str
    done: tuple[str, ...]
    unfinished: tuple[str, ...]
    misread: tuple[tuple[str, str], ...]
    """Cards that were built as nobody meant them, each with the line that was not on it."""
    arose: tuple[str, ...]
    told: bool


class Passage(Value, frozen=True, kw_only=True):
    """An event in words. `quote` is the earlier choice or promise that it goes back to."""

    kind: str
    title: str = ""
    text: str = ""
    quote: str = ""
    said_by: str = ""
    """Who said what is quoted, if that was somebody who had the desk before the player."""
    hat: Hat | None = None
    movements: tuple[Movement, ...] = ()
    readings: tuple[tuple[Metric, int, int], ...] = ()
    """In a review, each metric that is shown, as the phase began and now."""
    missing: tuple[tuple[Wanted, str], ...] = ()
    """What a gate wanted and did not find, and what each is about."""
    board: BoardDay | None = None
    sprint: SprintTold | None = None


class Finish(Value, frozen=True, kw_only=True):
    """How a run ended: the ending, the truth of its world, its score and each metric's timeline."""

    ending: str
    title: str
    because: str
    text: str
    world: str
    truth: str
    score: Score
    metrics: tuple[tuple[Metric, tuple[int, ...]], ...]
    played: tuple[tuple[str, str, str], ...]
    """Phase title, scene title and what was chosen, in the order of play."""
    missed: tuple[str, ...]
    letters: tuple[str, ...]
    """What the player wrote to the other hat."""
    predecessor: str
    """Whose run it was before, if the player took it over; then only their own part is here."""
    found: tuple[str, ...]
    """What that predecessor had written."""
    past: Past
    """What the job leaves for the next one."""


def setting(pack: Pack, run: Run, rules: Rules | None = None) -> str:
    """What is said once, when a run begins: where the player is, and as whom."""
    return fill(pack.info.setting, Draft(pack, run, rules or default_rules()))


def narrate(pack: Pack, outcome: Outcome, rules: Rules | None = None) -> Iterator[Passage]:
    """What happened in an outcome, a passage for each event, in order.

    Metrics that a later phase brings in are not shown before that phase has opened, also where
    one outcome holds the end of a phase and the beginning of the next.
    """
    run = outcome.run
    draft = Draft(pack, run, rules or default_rules())
    opening = sum(isinstance(event, PhaseOpened) for event in outcome.events)
    entered = list(run.entered[: len(run.entered) - opening])
    for event in outcome.events:
        if isinstance(event, PhaseOpened):
            entered.append(event.phase)
        yield _tell(draft, run, event, shown_metrics(pack, entered))


def finish(pack: Pack, run: Run, rules: Rules | None = None) -> Finish:
    """How a run that is over ended."""
    draft = Draft(pack, run, rules or default_rules())
    ending = pack.endings[run.ending]
    world = pack.worlds[run.world]
    own = own_scenes(run)
    letters = {
        played.scene: run.letters[write.letter]
        for played in run.played
        if (write := pack.scenes[played.scene].write)
    }
    written = tuple(letters[played.scene] for played in own if played.scene in letters)
    return Finish(
        ending=ending.id,
        title=ending.title,
        because=ending.because,
        text=with_memory(draft, ending.text, ending.memory),
        world=world.title,
        truth=fill(world.truth, draft),
        score=score(run, draft.rules),
        metrics=tuple((metric, timeline(pack, run, metric)) for metric in METRICS),
        played=tuple(
            (
                pack.phases[played.phase].title,
                pack.scenes[played.scene].title,
                chosen_in(pack, run, played.scene),
            )
            for played in own
        ),
        missed=tuple(pack.scenes[scene].title for scene in own_missed(run)),
        letters=written,
        predecessor=run.predecessor,
        found=tuple(letters.values())[: len(letters) - len(written)],
        past=_quotable(draft, career.leave(draft)),
    )


def _quotable(draft: Draft, past: Past) -> Past:
    """What is left behind with its texts as they can be quoted: filled, and on one line."""
    gossip, reference = (" ".join(fill(t, draft).split()) for t in (past.gossip, past.reference))
    return msgspec.structs.replace(past, gossip=gossip, reference=reference)


def _tell(draft: Draft, run: Run, event: AnyEvent, shown: frozenset[str]) -> Passage:
    told = _passage(draft, run, event)
    readings: tuple[tuple[Metric, int, int], ...] = ()
    if isinstance(event, Reviewed):
        each = zip(METRICS, event.before, event.after, strict=True)
        readings = tuple(reading for reading in each if reading[0] in shown)
    if not (readings or event.entries):
        return told
    movements = tuple(_movement(draft, run, entry, shown) for entry in event.entries)
    return msgspec.structs.replace(told, movements=movements, readings=readings)


def _passage(draft: Draft, run: Run, event: AnyEvent) -> Passage:
    pack = draft.pack
    kind = str(event.__struct_config__.tag)
    match event:
        case TakenOver():
            return Passage(kind=kind, title=run.predecessor)
        case PhaseOpened():
            phase = pack.phases[event.phase]
            text = "" if event.again else fill(phase.opening, draft)
            return Passage(kind=kind, title=phase.title, text=text)
        case RoundOpened():
            phase = pack.phases[event.phase]
            return Passage(kind=kind, title=f"{phase.title}, round {event.round}")
        case Answered():
            scene = pack.scenes[event.scene]
            return Passage(
                kind=kind, title=scene.title, text=fill(scene.then or "", draft), hat=scene.hat
            )
        case Decided():
            return _consequence(draft, event)
        case Crossed():
            return Passage(
                kind="crossing-declared" if event.declared else kind,
                title=whose(pack, run, event.owner),
                quote=pack.calls[event.call],
            )
        case HappenedWithout():
            return _without(draft, event)
        case CameDue():
            return _came_due(draft, event)
        case PredictionSettled():
            scene, choice = choice_of(pack, f"{event.scene}/{event.choice}")
            words = choice.right if event.right else choice.wrong
            return Passage(
                kind=kind,
                title=scene.title,
                text=fill(words or "", draft),
                quote=choice.say,
                said_by=said_by(run, event.scene),
            )
        case PromiseMoved():
            record = pack.promises.get(event.promise)
            to, said = promise_in(pack, run, event.promise)
            text = fill(record.broken, draft) if record and event.what == "broken" else ""
            return Passage(
                kind=f"promise-{event.what}", title=pack.persons[to].name, text=text, quote=said
            )
        case SprintStarted():
            return Passage(kind=kind, title=_item_title(pack, event.goal))
        case DayPassed():
            return Passage(kind=kind, board=_board(pack, event))
        case SprintEnded():
            return Passage(kind=kind, sprint=_sprint_told(pack, run, event))
        case BailedOut():
            return Passage(kind=kind, text=fill(pack.bailout.text, draft))
        case Reviewed():
            phase = pack.phases[event.phase]
            return Passage(kind=kind, title=phase.title, text=fill(phase.review, draft))
        case GateHeld():
            gate = pack.phases[event.phase].gate
            return Passage(
                kind=f"gate-{event.result}",
                title=gate.title,
                text=_gate_text(draft, event),
                missing=tuple((each, subject_of(pack, each.key)) for each in event.missing),
            )
        case Ended():
            ending = pack.endings[event.ending]
            text = with_memory(draft, ending.text, ending.memory)
            return Passage(kind=kind, title=ending.title, text=text, quote=ending.because)
    return Passage(kind=kind)


def _consequence(draft: Draft, event: Decided) -> Passage:
    scene, choice = choice_of(draft.pack, f"{event.scene}/{event.choice}")
    if event.left_out:
        texts = [choice.left_out.then if choice.left_out else None]
    elif event.bucket:
        texts = [choice.into[event.bucket].then if event.bucket in choice.into else None]
    elif event.points:
        reached = highest_reached(choice, event.points)
        texts = [choice.then, reached.then if reached else None]
    else:
        branch = None if event.branch is None else _still_there(choice.branch, event.branch)
        texts = [choice.then, branch.then if branch else None]
    return Passage(
        kind="left-out" if event.left_out else "decided",
        title=scene.title,
        text="\n\n".join(fill(text.strip(), draft) for text in texts if text),
        quote=choice.say,
        hat=scene.hat,
    )


def _came_due(draft: Draft, event: CameDue) -> Passage:
    """What an earlier choice brought about, or what came of it that somebody was not told."""
    scene, choice = choice_of(draft.pack, event.choice)
    later = _still_there(laters(choice, event.source), event.index)
    kind, title = "came-due", scene.title
    if isinstance(later, Untold):
        kind, title = "untold", draft.pack.persons[later.reader].name
    text = fill(later.then, draft) if later else ""
    by = said_by(draft, event.choice)
    return Passage(kind=kind, title=title, text=text, quote=choice.say, said_by=by)


def _still_there(records: Sequence[_Record], index: int) -> _Record | None:
    """What an event names by its place; None if a pack that was changed since has it no more."""
    return records[index] if index < len(records) else None


def _without(draft: Draft, event: HappenedWithout) -> Passage:
    """What a missed invitation came to, and where the player was; best where the other hat was."""
    scene = draft.pack.scenes[event.scene]
    attended = [draft.pack.scenes[name] for name in event.attended]
    attended.sort(key=lambda other: other.hat == scene.hat)
    places = [other.invitation.where for other in attended if other.invitation]
    assert scene.invitation is not None
    where = places[0] if places else _NOWHERE_ELSE
    return Passage(
        kind="happened-without",
        title=scene.title,
        text=fill(scene.invitation.missed.then, draft, where),
        hat=scene.hat,
    )


def _gate_text(draft: Draft, event: GateHeld) -> str:
    gate = draft.pack.phases[event.phase].gate
    match event.result:
        case "passes":
            return fill(gate.passes, draft)
        case "sent-back" if gate.send_back:
            return fill(gate.send_back.text, draft)
        case "rescued" if gate.rescue:
            return fill(gate.rescue.text, draft)
        case "ends" if gate.end and draft.all_hold(gate.end.when, gate.end.any):
            return fill(gate.end.text, draft)
    return fill(gate.passes, draft)


def _movement(draft: Draft, run: Run, entry: Entry, shown: frozenset[str]) -> Movement:
    pack = draft.pack
    title, quote = goes_back_to(pack, run, entry.cause)
    return Movement(
        key=entry.key,
        subject=subject_of(pack, entry.key),
        before=entry.before,
        after=entry.after,
        cause=told_as(pack, run, entry.cause),
        title=title,
        quote=quote,
        odds=(entry.cause.odds, entry.cause.of) if entry.cause.of else None,
        shown=entry.key in shown if entry.key in METRICS else not _is_inner(draft, entry.key),
    )


def _board(pack: Pack, event: DayPassed) -> BoardDay:
    return BoardDay(
        day=event.day,
        tickets=tuple(
            Ticket(
                title=_item_title(pack, card.item),
                column=card.column,
                worker=_person(pack, card.worker) if card.column != "done" else "",
                blocked=card.blocked and card.column != "done",
                late=card.late,
            )
            for card in event.cards
        ),
        happened=tuple(
            Happening(what=move.what, title=_item_title(pack, move.item)) for move in event.moves
        ),
    )


def _sprint_told(pack: Pack, run: Run, event: SprintEnded) -> SprintTold:
    vague = (pack.items[name] for name in event.misread if name not in run.ready)
    return SprintTold(
        result=event.result,
        goal=_item_title(pack, event.goal),
        done=tuple(_item_title(pack, name) for name in event.done),
        unfinished=tuple(_item_title(pack, name) for name in event.unfinished),
        misread=tuple((item.title, item.criterion) for item in vague if item.criterion),
        arose=tuple(_item_title(pack, name) for name in event.arose),
        told=event.told,
    )


def _item_title(pack: Pack, name: str) -> str:
    return pack.items[name].title if name else ""


def _person(pack: Pack, name: str) -> str:
    return pack.persons[name].name if name else ""


def _is_inner(draft: Draft, key: str) -> bool:
    """Whether a number is looked up on the desk and in the ledger, and not shown as it moves.

    Half-days of a diary that never comes are none that anybody gains or loses.
    """
    if key == "half-days":
        return not draft.awaits_diary
    return key.partition(" ")[0] in ("satisfaction", "debt", "focus", "wip-limit", "subscriptions")


def told_as(pack: Pack, run: Run, cause: Cause) -> CauseTold:
    """The kind of a cause as it is told: what was left out was not said."""
    scene, _, choice = cause.ref.partition("/")
    if cause.kind != "choice" or scene not in run.chosen or choice in run.chosen[scene]:
        return cause.kind
    record = pack.scenes[scene]
    return "left-out" if record.pick or record.rank else cause.kind


def goes_back_to(pack: Pack, run: Run, cause: Cause) -> tuple[str, str]:
    """What a cause goes back to: its title and, where there is one, what was said there."""
    kind, ref = cause.kind, cause.ref
    match kind:
        case "choice" | "draw" | "later" | "missed" | "gate":
            return moment_of(pack, ref)
        case "promise":
            to, said = promise_in(pack, run, ref)
            return pack.persons[to].name, said
        case "bailout" | "rule":
            return ref, ""
