"""What a hat may know: the one type that front ends and bots ever see of a run.

`observe` turns a run into a `View`; nothing hidden gets through it: no true values, no world,
no luck to come, no direction or size of what a choice will do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from scenes.decisions import Choice
from scenes.schema import Invitation, Item, Pack, Scene
from scenes.vocabulary import (
    METRICS,
    PHASES,
    DecisionKind,
    Edition,
    Hat,
    ItemKind,
    Metric,
    PhaseId,
)
from state_machine.artifacts import target
from state_machine.career import kept_by_boss
from state_machine.crossings import owner_of
from state_machine.decisions.menu import budget_of, open_choices
from state_machine.draft import Draft
from state_machine.items import known_effort, known_value, waits_for
from state_machine.rules import Rules, default_rules
from state_machine.run import Run, Value, users
from state_machine.succession import is_own_promise, said_by
from state_machine.texts import (
    chosen_in,
    fill,
    moment_of,
    promise_in,
    shown_metrics,
    whose,
    with_memory,
)

AskKind = Literal["diary"] | DecisionKind


class Option(Value, frozen=True, kw_only=True):
    """One choice as the player sees it: its price exactly, who will care, and nothing more.

    `euros` and `half_days` are what it takes for certain (negative: what it brings). In the
    diary `hat` is whose invitation it is and `default` what will happen without the player;
    `cost` is what it takes from the budget of a `pick` or of the diary; `slot` is the slot of a
    `compose` that it can fill, `focus` how many per cent of the team's sprint it takes.
    """

    id: str
    say: str
    euros: int = 0
    half_days: int = 0
    cost: int = 0
    cares: tuple[str, ...] = ()
    hat: Hat | None = None
    default: str = ""
    slot: str = ""
    item: ItemFacts | None = None
    focus: int = 0
    call: str = ""
    """Whose call it is by the charter, such as `the team's`, if it is not this hat's."""


class ItemFacts(Value, frozen=True, kw_only=True):
    """What is known of an item: ranges that hold the truth, and whether it has criteria.

    `value` is what it is worth to the segment that the vision card names or, without one, to
    all; `effort` is in half-days.
    """

    kind: ItemKind
    value: tuple[int, int]
    effort: tuple[int, int]
    ready: bool
    waits_for: tuple[str, ...] = ()
    """The titles of what has to be there before it can be begun."""


class Place(Value, frozen=True, kw_only=True):
    """A bucket of a `sort` or a slot of a `compose`; a bucket may hold at `most` so many."""

    id: str
    title: str
    most: int | None = None


class Ask(Value, frozen=True, kw_only=True):
    """The decision that is waited for.

    `scene` is empty for the diary. `budget` and `unit` belong to `pick`, `allocate` (the points
    to share out, at `most` so many to one option) and the diary, `least` to `pick`, `keep` to
    `rank`, `after` (rounds) to `predict`. `places` are the buckets of a `sort` or the slots of a
    `compose`. `usual` are the half-days that this diary had before earlier choices took or gave
    any. `terms` are the field's words in this scene with their explanations.
    """

    kind: AskKind
    scene: str = ""
    title: str
    who: str = ""
    text: str
    ask: str = ""
    options: tuple[Option, ...]
    budget: int = 0
    usual: int = 0
    unit: str = ""
    least: int = 0
    keep: int = 0
    after: int = 0
    most: int | None = None
    places: tuple[Place, ...] = ()
    goal: bool = False
    """Whether the first that is picked is what all the others are for, as in a sprint plan."""
    kept: tuple[str, ...] = ()
    """In a charter, the calls that the boss keeps."""
    boss: str = ""
    """Who keeps them."""
    terms: tuple[tuple[str, str], ...] = ()


class Owed(Value, frozen=True, kw_only=True):
    """An open promise: to whom, in which words, due before which phase's gate.

    `moment` and `said` are where it was given and by which choice; `said` is empty if it was
    given without the player, by default. `giver` is who gave it, if not the player but whoever
    had the desk before.
    """

    id: str
    to: str
    words: str
    due: str
    moment: str
    said: str
    giver: str = ""


class Met(Value, frozen=True, kw_only=True):
    """A person whom the player has met, with their trust (-5 to 5)."""

    name: str
    role: str
    trust: int
    tell: str


class View(Value, frozen=True, kw_only=True):
    """All that a hat may know of a run now. `hat` is None while the diary or nothing is open."""

    player: str
    title: str
    """What stands in the player's contract; empty where the pack has no careers."""
    pack: str
    company: str
    edition: Edition
    state: str
    """Where in the lifecycle the run is, such as `build_po_turn` or `interview`."""
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
    settled: tuple[int, int]
    """How many promises the player kept so far, and how many they broke."""
    people: tuple[Met, ...]
    decisions: int
    decided: tuple[tuple[str, str], ...]
    """What was decided in this round so far: each scene's title, and what was chosen there."""
    ask: Ask | None
    predecessor: str = ""
    """Whose run it was, if the player has taken it over."""
    settled_before: tuple[int, int] = (0, 0)
    """How many of the predecessor's promises had been kept by then, and how many broken."""
    crossed: tuple[str, ...] = ()
    """The calls that were made by somebody whose they were not, and never set right."""
    ending: str = ""


def observe(pack: Pack, run: Run, hat: Hat | None = None, rules: Rules | None = None) -> View:
    """What `hat` may know of the run; without one, whoever's turn it is.

    A decision that is the other hat's is not in the view.
    """
    draft = Draft(pack, run, rules or default_rules())
    phase = draft.phase
    record = pack.phases[phase]
    turn = pack.scenes[run.scene].hat if run.scene else None
    mine = hat is None or turn is None or hat == turn
    title = pack.titles.get(run.title)
    shown = shown_metrics(pack, run.entered)
    return View(
        player=run.player,
        title=title.name if title else "",
        pack=pack.info.title,
        company=pack.info.company,
        edition=run.edition,
        state=run.state,
        phase=phase,
        phase_title=record.title,
        phases=tuple((p, pack.phases[p].title) for p in PHASES),
        round=run.round,
        rounds_in_phase=len(record.rounds(run.edition, again=run.again)),
        rounds=run.rounds,
        again=run.again,
        hat=turn,
        metrics=tuple((m, run.numbers[m]) for m in METRICS if m in shown),
        runway=run.numbers["runway"],
        burn=pack.start.burn,
        users=users(run.numbers),
        revenue=run.numbers["revenue"],
        half_days=run.half_days,
        promises=_owed(pack, run),
        settled=_settled(run, before=False),
        people=_met(pack, run),
        decisions=run.decisions,
        decided=tuple(
            (pack.scenes[played.scene].title, chosen_in(pack, run, played.scene))
            for played in run.played
            if played.round == run.rounds
        ),
        ask=_ask(draft) if mine and not run.over else None,
        predecessor=run.predecessor,
        settled_before=_settled(run, before=True),
        crossed=tuple(
            dict.fromkeys(pack.calls[crossing.call] for crossing in run.crossings if crossing.open)
        ),
        ending=run.ending,
    )


def asked(pack: Pack, run: Run, rules: Rules | None = None) -> Ask | None:
    """The decision that a run waits for: what `observe` says of it, without all the rest."""
    return None if run.over else _ask(Draft(pack, run, rules or default_rules()))


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
            usual=record.half_days,
            unit="half-days",
        )
    if not draft.scene:
        return None
    scene = draft.scene_record(draft.scene)
    career = draft.pack.career
    kept = kept_by_boss(draft) if scene.artifact == "charter" else ()
    pick, rank, allocate, predict = scene.pick, scene.rank, scene.allocate, scene.predict
    return Ask(
        kind=scene.kind,
        scene=scene.id,
        title=scene.title,
        who=draft.pack.persons[scene.who].name if scene.who else "",
        text=with_memory(draft, scene.text, scene.memory, scene.recalls),
        ask=scene.ask or "",
        options=_options(draft, scene),
        budget=budget_of(draft, pick) if pick else allocate.points if allocate else 0,
        unit=pick.unit if pick else allocate.unit if allocate else "",
        least=pick.least if pick else 0,
        keep=rank.keep if rank else 0,
        after=predict.after if predict else 0,
        most=allocate.most if allocate else None,
        goal=scene.artifact == "sprint-plan",
        places=_places(scene),
        kept=tuple(choice.say for choice in scene.choice if choice.id in kept),
        boss=draft.pack.persons[career.boss].name if career and kept else "",
        terms=tuple((draft.pack.terms[t].term, draft.pack.terms[t].text) for t in scene.terms),
    )


def _options(draft: Draft, scene: Scene) -> tuple[Option, ...]:
    """What can be chosen now; for a `compose` by the slots that it fills."""
    options = tuple(_option(draft, scene, choice) for choice in open_choices(draft, scene))
    if not scene.compose:
        return options
    order = [slot.id for slot in scene.compose.slot]
    return tuple(sorted(options, key=lambda option: order.index(option.slot)))


def _places(scene: Scene) -> tuple[Place, ...]:
    if scene.sort:
        return tuple(Place(id=b.id, title=b.title, most=b.most) for b in scene.sort.bucket)
    if scene.compose:
        return tuple(Place(id=slot.id, title=slot.title) for slot in scene.compose.slot)
    return ()


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


def _option(draft: Draft, scene: Scene, choice: Choice) -> Option:
    pack = draft.pack
    certain = [e for e in choice.effects if e.condition is None]
    cared = {
        pack.persons[who].name: None
        for who in (*choice.cares, *_people_named(pack, choice))
        if who != scene.who
    }
    half_days = -sum(e.by for e in certain if e.key == "half-days")
    if half_days and not draft.awaits_diary:
        half_days = 0
    return Option(
        id=choice.id,
        say=choice.say,
        euros=-sum(e.by for e in certain if e.key == "runway"),
        half_days=half_days,
        cost=choice.cost if scene.pick else 0,
        cares=tuple(cared),
        slot=choice.slot or "",
        focus=-sum(e.by for e in certain if e.key == "focus"),
        call=_somebody_elses(draft, scene, choice),
        item=_facts(draft, draft.item(choice.item)) if choice.item and not choice.slot else None,
    )


def _somebody_elses(draft: Draft, scene: Scene, choice: Choice) -> str:
    owner = owner_of(draft, choice.call) if choice.call else None
    return whose(draft.pack, draft, owner) if owner and owner != scene.hat else ""


def _facts(draft: Draft, item: Item) -> ItemFacts:
    """What is known of an item now."""
    return ItemFacts(
        kind=item.kind,
        value=known_value(draft.pack, draft, item, target(draft)),
        effort=known_effort(draft.pack, draft, item),
        ready=item.id in draft.ready,
        waits_for=tuple(draft.pack.items[need].title for need in waits_for(draft, item)),
    )


def _people_named(pack: Pack, choice: Choice) -> Iterable[str]:
    """The people whom a choice's own effects name, and those of each way it can turn out."""
    ways = (
        choice.effects,
        *(branch.effects for branch in choice.branch),
        *(follows.effects for follows in choice.into.values()),
        *(reached.effects for reached in choice.reached),
    )
    for effect in (effect for way in ways for effect in way):
        if effect.verb == "trust":
            yield effect.args[0]
        elif effect.verb in ("promise", "keep", "break", "renegotiate"):
            yield pack.promises[effect.args[0]].to


def _settled(run: Run, *, before: bool) -> tuple[int, int]:
    """How many promises were kept and broken by the player or, `before` them, by another."""
    states = [
        given.state for name, given in run.promises.items() if is_own_promise(run, name) != before
    ]
    return states.count("kept"), states.count("broken")


def _owed(pack: Pack, run: Run) -> tuple[Owed, ...]:
    """The open promises, in the order in which they were given."""
    owed: list[tuple[int, Owed]] = []
    order = [played.scene for played in run.played]
    for name, given in sorted(run.promises.items()):
        if given.state != "open":
            continue
        scene, _, choice = given.by.partition("/")
        moment, said = moment_of(pack, given.by)
        to, promised = promise_in(pack, run, name)
        place = order.index(scene) if choice and scene in order else len(order)
        owed.append(
            (
                place,
                Owed(
                    id=name,
                    to=pack.persons[to].name,
                    words=promised,
                    due=pack.phases[given.due].title,
                    moment=moment,
                    said=said,
                    giver=said_by(run, given.by) if said else "",
                ),
            )
        )
    return tuple(promise for _, promise in sorted(owed, key=lambda entry: entry[0]))


def _met(pack: Pack, run: Run) -> tuple[Met, ...]:
    """The people of the scenes played so far and of the one that waits."""
    scenes = [*(played.scene for played in run.played), *([run.scene] if run.scene else [])]
    met = dict.fromkeys(pack.scenes[name].who for name in scenes)
    return tuple(
        Met(
            name=pack.persons[who].name,
            role=pack.persons[who].role,
            trust=run.numbers.get(f"trust {who}", 0),
            tell=pack.persons[who].tell,
        )
        for who in met
        if who
    )
