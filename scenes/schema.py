"""The typed, immutable records of a pack, exactly as its TOML spells them.

A pack is a folder of TOML files. Every file may hold any of the tables of `Part`; the loader
joins them into one `Pack`. Keys in TOML use hyphens where the fields here use underscores.
Conditions and effects arrive as text and are parsed on the way in, so a loaded record never
holds anything unread.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

import msgspec

from scenes.concepts import teaching
from scenes.decisions import Allocate, Choice, Compose, Pick, Predict, Rank, Sort, Write
from scenes.records import Count, Effects, HalfDays, Ids, Record, When
from scenes.vocabulary import (
    KINDS,
    METRICS,
    ArtifactId,
    DecisionKind,
    Edition,
    Hat,
    Id,
    ItemKind,
    Kano,
    Line,
    Metric,
    Offer,
    PhaseId,
    Skill,
    SprintTelling,
    Words,
)


class PackInfo(Record, frozen=True, kw_only=True):
    """The pack itself. `format` is the version of this story format; `version` is the author's."""

    id: Id
    title: Line
    version: Line
    format: Annotated[int, msgspec.Meta(ge=1, le=1)]
    blurb: Words
    authors: tuple[Line, ...]
    company: Line
    length: Line = "about an hour"
    """How long a run takes, in words."""
    express_length: Line = "about a quarter of an hour"
    """The same of the express edition, if the pack has one."""
    setting: Words
    """Said once, when a run begins: where the player is, and as whom."""


class Start(Record, frozen=True, kw_only=True):
    """What a run starts with.

    `burn` is what a round of two weeks costs in euros. `metrics` names all eight.
    """

    metrics: dict[Metric, Annotated[int, msgspec.Meta(ge=0, le=100)]]
    runway: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
    burn: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
    revenue: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0


class Rescue(Record, frozen=True, kw_only=True):
    """Harsher terms on which a product goes on: what is said, and what it costs."""

    text: Words
    effects: Effects


class Person(Record, frozen=True, kw_only=True):
    """Somebody with a name. `tell` is the cue that a player can learn to read.

    `voice` is the metric that this person speaks for: it follows their trust. Whoever has
    `skills` works on the board; 10 is a whole person's work of that sort in a day.
    """

    id: Id
    name: Line
    role: Line
    want: Line
    fear: Line
    tell: Line
    trust: Annotated[int, msgspec.Meta(ge=-5, le=5)] = 0
    side: Hat
    """Outside the team, the product manager's side; inside it, the product owner's."""
    voice: Metric | None = None
    reference: Words | None = None
    """What this person writes of the player at the end of a run, if they trust them."""
    skills: dict[Skill, Annotated[int, msgspec.Meta(ge=1, le=20)]] = msgspec.field(
        default_factory=dict
    )


class World(Record, frozen=True, kw_only=True):
    """A hidden truth about this run, chosen by the seed; the ending reveals `truth`."""

    id: Id
    title: Line
    truth: Words


class Evidence(Record, frozen=True, kw_only=True):
    """A question that work can gather evidence on.

    Each piece of evidence narrows what is known of the value of one more item, in the order in
    which `about` names them.
    """

    id: Id
    title: Line
    about: Ids = ()


class Segment(Record, frozen=True, kw_only=True):
    """A group of customers who have the same trouble and pay in the same way.

    `reach` is how many of them hear of the product in a round, `price` what each pays in euros
    a month, and `pays`, for each world, how many of a hundred users pay it at all: which
    segment pays is part of a hidden world. `users` is how many there are at the start.
    """

    id: Id
    title: Line
    reach: Annotated[int, msgspec.Meta(ge=0, le=10_000)]
    price: Annotated[int, msgspec.Meta(ge=0, le=10_000)]
    pays: dict[Id, Annotated[int, msgspec.Meta(ge=0, le=100)]]
    users: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 0


class Item(Record, frozen=True, kw_only=True):
    """Something that could be worked on, from an opportunity down to a debt.

    `of` is what it comes from: the opportunity of a requirement, the requirement of a story, or
    the story or requirement whose careless making a bug or a debt arises from. Opportunities
    and requirements are not built themselves; their stories are, and an `enabler`, which gives
    users nothing and makes other work possible.

    What is true of an item is hidden. `value` is what it is worth, for each world to each
    segment, -9 (it hurts) to 9; who is not named does not care. A bug's value is what it does
    while it is open. `effort` is in half-days of one person's undisturbed work; `estimate` is the
    range in which the team would put it before any refinement. `risk` (0 to 3) is how likely it
    gets stuck, `needs` the items that must be shipped before it, and `drag` the share of the
    team's capacity, in per cent, that an open debt eats.
    """

    id: Id
    title: Line
    criterion: Line | None = None
    """What would have stood on its card if somebody had refined it."""
    kind: ItemKind
    of: Id | None = None
    kano: dict[Id, Kano] = msgspec.field(default_factory=dict)
    value: dict[Id, dict[Id, Annotated[int, msgspec.Meta(ge=-9, le=9)]]] = msgspec.field(
        default_factory=dict
    )
    effort: HalfDays | None = None
    estimate: tuple[HalfDays, HalfDays] | None = None
    risk: Annotated[int, msgspec.Meta(ge=0, le=3)] = 0
    needs: Ids = ()
    drag: Annotated[int, msgspec.Meta(ge=0, le=20)] = 0


class Promise(Record, frozen=True, kw_only=True):
    """Something that can be promised: to whom, and the exact words that are given."""

    id: Id
    to: Id
    words: Line
    broken: Words
    """What happens when it falls due unkept."""
    effects: Effects = ()
    """What breaking it costs, beside the trust that the rules take."""


class Memory(Record, frozen=True, kw_only=True):
    """A paragraph that a scene or ending adds when its conditions hold: the past, coming up.

    `at` puts it before the scene's own text or (by default) after it.
    """

    when: When = ()
    any: When = ()
    text: Words
    at: Annotated[str, msgspec.Meta(pattern="^(start|end)$")] = "end"


class Missed(Record, frozen=True, kw_only=True):
    """What happens without the player: `then` may say `{where}` for where they were instead."""

    then: Words
    effects: Effects = ()


class Invitation(Record, frozen=True, kw_only=True):
    """An entry in the diary that leads to its scene, or else to its stated default."""

    says: Line
    """The invitation as it reads in the diary."""
    half_days: Annotated[int, msgspec.Meta(ge=1, le=4)] = 1
    where: Line
    """Where the player then is, to follow "you were ...", such as `in the fridge with Ife`."""
    default: Line
    """What will happen without the player, said beforehand."""
    missed: Missed


class Scene(Record, frozen=True, kw_only=True):
    """A situation, a pressure and a decision: the unit of the story.

    A scene comes because its round names it (the spine), because it was drawn from the deck
    of its phase and hat, because its invitation was accepted, or because the metric named by
    `crisis` collapsed. It is played once at most. What it asks is a plain choice unless it has
    one of the tables of the other kinds.
    """

    id: Id
    phase: PhaseId
    hat: Hat
    title: Line
    text: Words
    who: Id | None = None
    ask: Line | None = None
    """The question over the choices, where the text does not already end on it."""
    when: When = ()
    any: When = ()
    asserts: When = ()
    """What the text claims about the past; it must hold whenever the scene is drawn."""
    weight: Annotated[int, msgspec.Meta(ge=1, le=8)] = 1
    crisis: Metric | None = None
    invitation: Invitation | None = None
    memory: tuple[Memory, ...] = ()
    recalls: Count | None = None
    """Of its memories, only the first so many that hold are told."""
    concepts: Ids = ()
    terms: Ids = ()
    cues: Ids = ()
    """The worlds of which this scene shows a cue."""
    pick: Pick | None = None
    rank: Rank | None = None
    sort: Sort | None = None
    allocate: Allocate | None = None
    compose: Compose | None = None
    write: Write | None = None
    predict: Predict | None = None
    then: Words | None = None
    """What is said after any decision, before what each choice says."""
    artifact: ArtifactId | None = None
    """What is made or amended here."""
    offers: Offer | None = None
    """What is laid out in place of choices."""
    day: Annotated[int, msgspec.Meta(ge=2, le=10)] | None = None
    """The day of the sprint on whose morning this scene comes."""
    choice: Annotated[tuple[Choice, ...], msgspec.Meta(max_length=16)] = ()

    @property
    def kind(self) -> DecisionKind:
        """The kind of decision that the scene asks for."""
        return next((name for name in KINDS if getattr(self, name, None) is not None), "choose")


class Round(Record, frozen=True, kw_only=True):
    """One round of two weeks: its diary, its turns and its sprint.

    `diary`, `pm`, `po`, `during` and `close` list scenes by id; `*` stands for one drawn from
    those that are eligible. The scenes of accepted invitations come first in their hat's turn.
    `handover` names the PM's last scene before the change of hat; without one the change is
    only shown. `sprint` says how the ten days after the PO's turn are told; `during` are scenes
    in the middle of it, on the `day` that each names, and `close` those at its end.
    """

    half_days: Annotated[int, msgspec.Meta(ge=0, le=10)]
    diary: tuple[str, ...] = ()
    pm: tuple[str, ...] = ()
    po: tuple[str, ...] = ()
    handover: Id | None = None
    sprint: SprintTelling | None = None
    during: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    opening: Words | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """All scenes that the round names, and `*` where it draws one."""
        handover = (self.handover,) if self.handover else ()
        return (*self.diary, *self.pm, *handover, *self.po, *self.during, *self.close)


class SendBack(Record, frozen=True, kw_only=True):
    """A gate's way of saying no: the product goes back `to` a phase and plays its `again`."""

    to: PhaseId
    when: When = ()
    any: When = ()
    text: Words
    effects: Effects = ()


class End(Record, frozen=True, kw_only=True):
    """When a run is over at this gate; only the last two phases may have it."""

    when: When = ()
    any: When = ()
    text: Words


class Gate(Record, frozen=True, kw_only=True):
    """How a phase ends: it passes if all of `needs` hold, else sends back or rescues."""

    title: Line
    needs: When = ()
    express_needs: When | None = None
    """What it needs in the express edition, if that is something else."""
    passes: Words
    send_back: SendBack | None = None
    rescue: Rescue | None = None
    end: End | None = None

    def needed(self, edition: Edition) -> When:
        """What has to hold for the gate to pass in an edition."""
        if edition == "express" and self.express_needs is not None:
            return self.express_needs
        return self.needs


class Phase(Record, frozen=True, kw_only=True):
    """A phase of the product's life: its rounds, its review and its gate.

    `shows` are the metrics that the player sees from this phase on. `again` are the rounds
    played when a gate sends the product back to it, `express` those of the express edition.
    """

    id: PhaseId
    title: Line
    opening: Words
    shows: tuple[Metric, ...] = ()
    round: Annotated[tuple[Round, ...], msgspec.Meta(min_length=1, max_length=6)]
    again: tuple[Round, ...] = ()
    express: tuple[Round, ...] = ()
    review: Words
    gate: Gate

    @property
    def every_round(self) -> tuple[Round, ...]:
        """All rounds of the phase, of which a run plays some."""
        return (*self.round, *self.again, *self.express)

    def rounds(self, edition: Edition, *, again: bool) -> tuple[Round, ...]:
        """The rounds that a run plays of the phase: again, in an edition, or the first time."""
        if edition == "express" and self.express:
            return self.express
        return self.again if again and self.again else self.round


class Career(Record, frozen=True, kw_only=True):
    """The player's job: how it begins, who reviews it, and how it ends.

    `boss` owns every call that the player's title does not give. `interview` is the scene
    before the first round, `reviews` those at the end of phases, before their gates, `offers`
    the last of a run, after its last gate. `succession` opens a run that somebody takes over
    from somebody else.
    """

    boss: Id
    title: Id
    """The title that the player has unless the interview says otherwise."""
    interview: Id | None = None
    reviews: dict[PhaseId, Id] = msgspec.field(default_factory=dict)
    offers: Id | None = None
    succession: Id | None = None

    @property
    def scenes(self) -> tuple[Id, ...]:
        """The scenes that come by this record."""
        named = (self.interview, *self.reviews.values(), self.offers, self.succession)
        return tuple(scene for scene in named if scene)


class Title(Record, frozen=True, kw_only=True):
    """What stands in the player's contract, and which calls of the charter come with it."""

    id: Id
    name: Line
    calls: Ids


class Reputation(Record, frozen=True, kw_only=True):
    """What is said of the player after a run: the first of a pack whose conditions hold.

    `name` follows the player's name; `text` is how it reaches the next company. The last of a
    pack has no conditions.
    """

    id: Id
    name: Line
    when: When = ()
    any: When = ()
    text: Words


class Thread(Record, frozen=True, kw_only=True):
    """Something set in one scene that comes back, two phases later or more, in others."""

    id: Id
    title: Line
    opens: Ids
    returns: Ids


class Term(Record, frozen=True, kw_only=True):
    """A word of the field, explained in a sentence or two."""

    id: Id
    term: Line
    text: Words


class Ending(Record, frozen=True, kw_only=True):
    """A way a run can end: the first in the pack whose conditions hold is the one.

    `because` says why in one line. The last ending of a pack has no conditions.
    """

    id: Id
    title: Line
    when: When = ()
    any: When = ()
    because: Line
    text: Words
    memory: tuple[Memory, ...] = ()


class Part(Record, frozen=True, kw_only=True):
    """One file of a pack: any of these tables, in any order."""

    pack: PackInfo | None = None
    start: Start | None = None
    bailout: Rescue | None = None
    career: Career | None = None
    title: tuple[Title, ...] = ()
    reputation: tuple[Reputation, ...] = ()
    person: tuple[Person, ...] = ()
    world: tuple[World, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    segment: tuple[Segment, ...] = ()
    item: tuple[Item, ...] = ()
    promise: tuple[Promise, ...] = ()
    phase: tuple[Phase, ...] = ()
    scene: tuple[Scene, ...] = ()
    thread: tuple[Thread, ...] = ()
    term: tuple[Term, ...] = ()
    ending: tuple[Ending, ...] = ()


class Pack(Record, frozen=True, kw_only=True, dict=True):
    """A whole pack, checked: everything that its parts name exists.

    `rules_hash` covers what can change a run, `text_hash` only the prose; a mended typo
    changes the second alone.
    """

    info: PackInfo
    start: Start
    bailout: Rescue
    career: Career | None
    titles: dict[str, Title]
    reputations: dict[str, Reputation]
    persons: dict[str, Person]
    worlds: dict[str, World]
    evidence: dict[str, Evidence]
    segments: dict[str, Segment]
    items: dict[str, Item]
    promises: dict[str, Promise]
    phases: dict[PhaseId, Phase]
    scenes: dict[str, Scene]
    threads: dict[str, Thread]
    terms: dict[str, Term]
    endings: dict[str, Ending]
    rules_hash: str
    text_hash: str
    files: Mapping[str, str] = {}
    """The texts of the files that it was read from, by name; empty if it was made otherwise."""

    def choice(self, ref: str) -> Choice:
        """The choice that `scene/choice` names; an item that a scene lays out is one there."""
        found = self._choices.get(ref)
        if found is None:
            item = self.items[ref.partition("/")[2]]
            return Choice(id=item.id, say=item.title, item=item.id)
        return found

    @cached_property
    def _choices(self) -> dict[str, Choice]:
        return {
            f"{scene.id}/{choice.id}": choice
            for scene in self.scenes.values()
            for choice in scene.choice
        }

    @cached_property
    def practises(self) -> dict[str, tuple[Id, ...]]:
        """For each scene, the competencies that playing it practises."""
        return {
            name: tuple(
                each.id
                for each in teaching().competency
                if not set(each.concepts).isdisjoint(scene.concepts)
            )
            for name, scene in self.scenes.items()
        }

    @property
    def has_express(self) -> bool:
        """Whether there is an express edition: rounds of its own in any phase."""
        return any(phase.express for phase in self.phases.values())

    @cached_property
    def deck(self) -> tuple[Scene, ...]:
        """The scenes that no round names and no crisis brings: what `*` draws from."""
        named = {
            name
            for phase in self.phases.values()
            for a_round in phase.every_round
            for name in a_round.named
        }
        named |= set(self.career.scenes if self.career else ())
        return tuple(
            scene
            for scene in self.scenes.values()
            if scene.id not in named and scene.crisis is None
        )

    @cached_property
    def calls(self) -> dict[str, str]:
        """The calls that charters sort, as they are called there."""
        charters = (scene for scene in self.scenes.values() if scene.artifact == "charter")
        return {choice.id: choice.say for scene in charters for choice in scene.choice}

    @cached_property
    def parts(self) -> dict[str, tuple[Item, ...]]:
        """For each item, those that come from it: a requirement's stories, a story's bugs."""
        return {
            name: tuple(item for item in self.items.values() if item.of == name)
            for name in self.items
        }

    @cached_property
    def made_of(self) -> dict[str, tuple[Item, ...]]:
        """The requirements of each opportunity, and the stories of each requirement."""
        inner = {"opportunity": "requirement", "requirement": "story"}
        return {
            name: tuple(p for p in self.parts[name] if p.kind == inner.get(item.kind))
            for name, item in self.items.items()
        }

    @cached_property
    def team(self) -> tuple[Person, ...]:
        """Those who work on the board."""
        return tuple(person for person in self.persons.values() if person.skills)

    @cached_property
    def crisis_scenes(self) -> dict[Metric, Scene]:
        """The scene that the collapse of a metric brings."""
        scenes = {s.crisis: s for s in self.scenes.values() if s.crisis is not None}
        return {metric: scenes[metric] for metric in METRICS if metric in scenes}
