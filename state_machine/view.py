"""What a hat may know: the one type that front ends and bots ever see of a run.

`observe` turns a run into a `View`; nothing hidden gets through it: no true values, no world,
no luck to come, no direction or size of what a choice will do. `tell` turns an event into the
words that its pack has for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from scenes.schema import Choice, Invitation, Memory, Pack, Scene
from scenes.vocabulary import METRICS, PHASES, Hat, Metric, PhaseId
from state_machine.decisions.menu import open_choices
from state_machine.draft import Draft
from state_machine.events import (
    AnyEvent,
    Bailed,
    CameDue,
    CauseKind,
    Decided,
    Ended,
    Entry,
    GateHeld,
    HappenedWithout,
    PhaseOpened,
    PredictionSettled,
    PromiseMoved,
    Reviewed,
    RoundOpened,
)
from state_machine.rules import default_rules
from state_machine.run import Run, Value
from state_machine.scoring import Score, score, timeline

AskKind = Literal["diary", "choose", "pick", "rank", "write", "predict"]

_NOWHERE_ELSE: Final = "at your desk"
_PLACE: Final = re.compile(r"\{([^{}]*)\}")


class Option(Value, frozen=True, kw_only=True):
    """One choice as the player sees it: its price exactly, who will care, and nothing more.

    `euros` and `half_days` are what it takes for certain (negative: what it brings). In the
    diary `hat` is whose invitation it is and `default` what will happen without the player;
    `cost` is what it takes from the budget of a `pick` or of the diary.
    """

    id: str
    say: str
    euros: int = 0
    half_days: int = 0
    cost: int = 0
    cares: tuple[str, ...] = ()
    hat: Hat | None = None
    default: str = ""


class Ask(Value, frozen=True, kw_only=True):
    """The decision that is waited for.

    `scene` is empty for the diary. `budget`, `unit` and `least` belong to `pick` and the
    diary, `keep` to `rank`, `after` (rounds) to `predict`. `terms` are the field's words in
    this scene with their explanations.
    """

    kind: AskKind
    scene: str = ""
    title: str
    who: str = ""
    text: str
    ask: str = ""
    options: tuple[Option, ...]
    budget: int = 0
    unit: str = ""
    least: int = 0
    keep: int = 0
    after: int = 0
    terms: tuple[tuple[str, str], ...] = ()


class Owed(Value, frozen=True, kw_only=True):
    """An open promise: to whom, in which words, due before which phase's gate.

    `moment` and `said` are where it was given and by which choice; `said` is empty if it was
    given without the player, by default.
    """

    id: str
    to: str
    words: str
    due: str
    moment: str
    said: str


class Met(Value, frozen=True, kw_only=True):
    """A person whom the player has met, with their trust (-5 to 5)."""

    name: str
    role: str
    trust: int
    tell: str


class View(Value, frozen=True, kw_only=True):
    """All that a hat may know of a run now. `hat` is None while the diary or nothing is open."""

    player: str
    pack: str
    company: str
    phase: PhaseId
    phase_title: str
    phases: tuple[tuple[PhaseId, str], ...]
    round: int
    rounds_in_phase: int
    rounds: int
    again: bool
    hat: Hat | None
    metrics: tuple[tuple[Metric, int], ...]
    runway: int
    burn: int
    users: int
    revenue: int
    half_days: int
    promises: tuple[Owed, ...]
    people: tuple[Met, ...]
    decisions: int
    ask: Ask | None
    ending: str = ""


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
    cause: CauseKind
    title: str = ""
    quote: str = ""
    odds: tuple[int, int] | None = None
    shown: bool = True

    @property
    def by(self) -> int:
        """The signed change."""
        return self.after - self.before


class Passage(Value, frozen=True, kw_only=True):
    """An event in words. `quote` is the earlier choice or promise that it goes back to."""

    kind: str
    title: str = ""
    text: str = ""
    quote: str = ""
    hat: Hat | None = None
    movements: tuple[Movement, ...] = ()


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


def observe(pack: Pack, run: Run, hat: Hat | None = None) -> View:
    """What `hat` may know of the run; without one, whoever's turn it is.

    A decision that is the other hat's is not in the view.
    """
    draft = Draft(pack, run, default_rules())
    phase = draft.phase if not run.over else run.marks[-1].phase
    record = pack.phases[phase]
    turn = pack.scenes[run.scene].hat if run.scene else None
    mine = hat is None or turn is None or hat == turn
    rounds = record.again if run.again and record.again else record.round
    shown = _shown(pack, run)
    return View(
        player=run.player,
        pack=pack.info.title,
        company=pack.info.company,
        phase=phase,
        phase_title=record.title,
        phases=tuple((p, pack.phases[p].title) for p in PHASES),
        round=run.round,
        rounds_in_phase=len(rounds),
        rounds=run.rounds,
        again=run.again,
        hat=turn,
        metrics=tuple((m, run.numbers[m]) for m in METRICS if m in shown),
        runway=run.numbers["runway"],
        burn=pack.start.burn,
        users=run.numbers["users"],
        revenue=run.numbers["revenue"],
        half_days=run.half_days,
        promises=_owed(pack, run),
        people=_met(pack, run),
        decisions=run.decisions,
        ask=_ask(draft) if mine and not run.over else None,
        ending=run.ending,
    )


def tell(pack: Pack, run: Run, event: AnyEvent) -> Passage:
    """An event in its pack's words. `run` is the run as the event's outcome left it."""
    told = _passage(pack, run, event)
    if not event.entries:
        return told
    shown = _shown(pack, run)
    return Passage(
        kind=told.kind,
        title=told.title,
        text=told.text,
        quote=told.quote,
        hat=told.hat,
        movements=tuple(_movement(pack, entry, shown) for entry in event.entries),
    )


def finish(pack: Pack, run: Run) -> Finish:
    """How a run that is over ended."""
    draft = Draft(pack, run, default_rules())
    ending = pack.endings[run.ending]
    world = pack.worlds[run.world]
    return Finish(
        ending=ending.id,
        title=ending.title,
        because=ending.because,
        text=_with_memory(draft, ending.text, ending.memory),
        world=world.title,
        truth=fill(world.truth, draft),
        score=score(run),
        metrics=tuple((metric, timeline(run, metric)) for metric in METRICS),
        played=tuple(
            (
                pack.phases[played.phase].title,
                pack.scenes[played.scene].title,
                _said(pack, run, played.scene),
            )
            for played in run.played
        ),
        missed=tuple(pack.scenes[scene].title for scene in run.missed),
        letters=tuple(run.letters.values()),
    )


def fill(text: str, draft: Draft, where: str = "") -> str:
    """A text with its placeholders filled: the player's name, letters, promises, `{where}`."""

    def word(match: re.Match[str]) -> str:
        name, _, argument = match[1].partition(" ")
        match name:
            case "name":
                return draft.player
            case "where":
                return where
            case "letter":
                return draft.letters.get(argument, "")
            case "promise":
                return draft.pack.promises[argument].words
        return match[0]

    return _PLACE.sub(word, text) if "{" in text else text


# ── what is asked ───────────────────────────────────────────────────────────────────────


def _ask(draft: Draft) -> Ask | None:
    if draft.diary:
        record = draft.round_record
        return Ask(
            kind="diary",
            title=f"{draft.phase_record.title}{', again' if draft.again else ''}, "
            f"round {draft.round}",
            text=fill(record.opening or "", draft),
            options=tuple(_invitation(draft, scene) for scene in draft.diary),
            budget=draft.half_days,
            unit="half-days",
        )
    if not draft.scene:
        return None
    scene = draft.scene_record(draft.scene)
    pick, rank, predict = scene.pick, scene.rank, scene.predict
    return Ask(
        kind=_kind(scene),
        scene=scene.id,
        title=scene.title,
        who=draft.pack.persons[scene.who].name if scene.who else "",
        text=_with_memory(draft, scene.text, scene.memory),
        ask=scene.ask or "",
        options=tuple(_option(draft.pack, scene, c) for c in open_choices(draft, scene)),
        budget=pick.budget if pick else 0,
        unit=pick.unit if pick else "",
        least=pick.least if pick else 0,
        keep=rank.keep if rank else 0,
        after=predict.after if predict else 0,
        terms=tuple((draft.pack.terms[t].term, draft.pack.terms[t].text) for t in scene.terms),
    )


def _kind(scene: Scene) -> AskKind:
    kinds: tuple[AskKind, ...] = ("choose", "pick", "rank", "write", "predict")
    return next(kind for kind in kinds if kind == scene.kind)


def _invitation(draft: Draft, name: str) -> Option:
    scene = draft.scene_record(name)
    invitation: Invitation | None = scene.invitation
    assert invitation is not None
    return Option(
        id=name,
        say=fill(invitation.says, draft),
        cost=invitation.half_days,
        hat=scene.hat,
        default=fill(invitation.default, draft),
    )


def _option(pack: Pack, scene: Scene, choice: Choice) -> Option:
    certain = [e for e in choice.effects if e.condition is None]
    cared = {
        pack.persons[who].name: None
        for who in (*choice.cares, *_people_named(pack, choice))
        if who != scene.who
    }
    return Option(
        id=choice.id,
        say=choice.say,
        euros=-sum(e.by for e in certain if e.key == "runway"),
        half_days=-sum(e.by for e in certain if e.key == "half-days"),
        cost=choice.cost if scene.pick else 0,
        cares=tuple(cared),
    )


def _people_named(pack: Pack, choice: Choice) -> Iterable[str]:
    """The people whom a choice's own effects and branches name."""
    for effect in (*choice.effects, *(e for branch in choice.branch for e in branch.effects)):
        if effect.verb == "trust":
            yield effect.args[0]
        elif effect.verb in ("promise", "keep", "break", "renegotiate"):
            yield pack.promises[effect.args[0]].to


def _shown(pack: Pack, run: Run) -> frozenset[str]:
    """The metrics that the phases entered so far have brought in."""
    return frozenset(metric for phase in run.entered for metric in pack.phases[phase].shows)


def _owed(pack: Pack, run: Run) -> tuple[Owed, ...]:
    """The open promises, in the order in which they were given."""
    owed: list[tuple[int, Owed]] = []
    order = [played.scene for played in run.played]
    for name, given in sorted(run.promises.items()):
        if given.state != "open":
            continue
        scene, _, choice = given.by.partition("/")
        moment, said = _moment(pack, given.by)
        promise = pack.promises[name]
        place = order.index(scene) if choice and scene in order else len(order)
        owed.append(
            (
                place,
                Owed(
                    id=name,
                    to=pack.persons[promise.to].name,
                    words=promise.words,
                    due=pack.phases[given.due].title,
                    moment=moment,
                    said=said,
                ),
            )
        )
    return tuple(promise for _, promise in sorted(owed, key=lambda entry: entry[0]))


def _moment(pack: Pack, ref: str) -> tuple[str, str]:
    """Where something came from, and what was said there: a choice, a scene or a phase's gate."""
    if "/" in ref:
        scene, choice = _choice(pack, ref)
        return scene.title, choice.say
    if ref in pack.scenes:
        return pack.scenes[ref].title, ""
    return next(phase.gate.title for phase in pack.phases.values() if phase.id == ref), ""


def _met(pack: Pack, run: Run) -> tuple[Met, ...]:
    """The people of the scenes played so far and of the one that waits."""
    scenes = [*(played.scene for played in run.played), *([run.scene] if run.scene else [])]
    met = dict.fromkeys(pack.scenes[name].who for name in scenes)
    return tuple(
        Met(
            name=pack.persons[who].name,
            role=pack.persons[who].role,
            trust=run.numbers[f"trust {who}"],
            tell=pack.persons[who].tell,
        )
        for who in met
        if who
    )


# ── what is told ────────────────────────────────────────────────────────────────────────


def _with_memory(draft: Draft, text: str, memory: tuple[Memory, ...]) -> str:
    """A text with the paragraphs of the past that hold now, before and after it."""
    recalled = [m for m in memory if draft.all_hold(m.when, m.any)]
    parts = (
        *(m.text for m in recalled if m.at == "start"),
        text,
        *(m.text for m in recalled if m.at == "end"),
    )
    return "\n\n".join(fill(part.strip(), draft) for part in parts)


def _passage(pack: Pack, run: Run, event: AnyEvent) -> Passage:
    draft = Draft(pack, run, default_rules())
    kind = str(event.__struct_config__.tag)
    match event:
        case PhaseOpened():
            phase = pack.phases[event.phase]
            text = "" if event.again else fill(phase.opening, draft)
            return Passage(kind=kind, title=phase.title, text=text)
        case RoundOpened():
            phase = pack.phases[event.phase]
            return Passage(kind=kind, title=f"{phase.title}, round {event.round}")
        case Decided():
            return _consequence(draft, event)
        case HappenedWithout():
            return _without(draft, event)
        case CameDue():
            scene, choice = _choice(pack, event.choice)
            later = choice.later[event.index]
            return Passage(
                kind=kind, title=scene.title, text=fill(later.then, draft), quote=choice.say
            )
        case PredictionSettled():
            scene, choice = _choice(pack, f"{event.scene}/{event.choice}")
            words = choice.right if event.right else choice.wrong
            return Passage(
                kind=kind, title=scene.title, text=fill(words or "", draft), quote=choice.say
            )
        case PromiseMoved():
            promise = pack.promises[event.promise]
            to = pack.persons[promise.to].name
            text = fill(promise.broken, draft) if event.what == "broken" else ""
            return Passage(kind=f"promise-{event.what}", title=to, text=text, quote=promise.words)
        case Bailed():
            return Passage(kind=kind, text=fill(pack.rescue.text, draft))
        case Reviewed():
            phase = pack.phases[event.phase]
            return Passage(kind=kind, title=phase.title, text=fill(phase.review, draft))
        case GateHeld():
            gate = pack.phases[event.phase].gate
            return Passage(
                kind=f"gate-{event.result}", title=gate.title, text=_gate_text(draft, event)
            )
        case Ended():
            ending = pack.endings[event.ending]
            text = _with_memory(draft, ending.text, ending.memory)
            return Passage(kind=kind, title=ending.title, text=text, quote=ending.because)
    return Passage(kind=kind)


def _consequence(draft: Draft, event: Decided) -> Passage:
    scene, choice = _choice(draft.pack, f"{event.scene}/{event.choice}")
    if event.left_out:
        texts = [choice.left_out.then if choice.left_out else None]
    else:
        branch = choice.branch[event.branch].then if event.branch is not None else None
        texts = [choice.then, branch]
    return Passage(
        kind="left-out" if event.left_out else "decided",
        title=scene.title,
        text="\n\n".join(fill(text.strip(), draft) for text in texts if text),
        quote=choice.say,
        hat=scene.hat,
    )


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


def _choice(pack: Pack, ref: str) -> tuple[Scene, Choice]:
    scene, _, name = ref.partition("/")
    record = pack.scenes[scene]
    return record, next(choice for choice in record.choice if choice.id == name)


def _said(pack: Pack, run: Run, scene: str) -> str:
    record = pack.scenes[scene]
    if record.write:
        return f"“{run.letters[record.write.letter]}”"
    says = {choice.id: choice.say for choice in record.choice}
    taken = run.chosen[scene]
    kept = taken[: record.rank.keep] if record.rank else taken
    return "; ".join(says[choice] for choice in kept) or "nothing"


def _movement(pack: Pack, entry: Entry, shown: frozenset[str]) -> Movement:
    title, quote = _cause(pack, entry)
    return Movement(
        key=entry.key,
        subject=_subject(pack, entry.key),
        before=entry.before,
        after=entry.after,
        cause=entry.cause.kind,
        title=title,
        quote=quote,
        odds=(entry.cause.odds, entry.cause.of) if entry.cause.of else None,
        shown=entry.key not in METRICS or entry.key in shown,
    )


def _subject(pack: Pack, key: str) -> str:
    """Whom or what a number is about, where its key names somebody or some question."""
    kind, _, argument = key.partition(" ")
    match kind:
        case "trust":
            return pack.persons[argument].name
        case "evidence":
            return pack.evidence[argument].title
    return ""


def _cause(pack: Pack, entry: Entry) -> tuple[str, str]:
    """What a cause goes back to: its title and, where there is one, what was said there."""
    kind, ref = entry.cause.kind, entry.cause.ref
    match kind:
        case "choice" | "draw" | "later" | "missed" | "gate":
            return _moment(pack, ref)
        case "promise":
            promise = pack.promises[ref]
            return pack.persons[promise.to].name, promise.words
        case "rescue" | "rule":
            return ref, ""
