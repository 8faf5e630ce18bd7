"""A run: the one immutable value that holds all the state of a game.

Nothing about a game is kept anywhere else. Two equal runs have the same future under the same
decisions, on every machine. The records here are plain data; the rules that change them are
in the modules beside this one, and only `advance` puts them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Final, Literal

import msgspec

from scenes.vocabulary import ArtifactId, Edition, Hat, ItemStatus, PhaseId, PromiseState


class Value(msgspec.Struct, frozen=True, omit_defaults=True):
    """What all records of a run share: immutable, and written down without its defaults."""


class Given(Value, frozen=True):
    """A promise that was given: how it stands, when it is due, and the choice that gave it.

    A date on a roadmap is a promise as well: it is `of` an item, and `to` whoever the roadmap
    was drawn for. Other promises have both in the pack.
    """

    state: PromiseState
    due: PhaseId
    by: str
    """The choice `scene/choice` in which it was given."""
    item: str = ""
    to: str = ""


class Played(Value, frozen=True):
    """A scene that was played: with which hat, in which phase and round of the run."""

    scene: str
    hat: Hat
    phase: PhaseId
    round: int


UNTOLD: Final = "!untold"
"""Where a `Pending` comes from that comes due because somebody was not told; no bucket's id."""


class Pending(Value, frozen=True):
    """A `later` of a choice that has still to come due: `due` counts the run's rounds.

    `source` is empty for one of the choice itself, the bucket for what follows from sorting it
    there, and `UNTOLD` for what follows from not telling somebody.
    """

    choice: str
    index: int
    due: int
    source: str = ""


class Bet(Value, frozen=True):
    """A prediction that has still to be settled: `due` counts the run's rounds."""

    scene: str
    choice: str
    due: int


DAYS: Final = 10
"""Working days in a sprint of two weeks."""

Column = Literal["todo", "design", "build", "test", "done"]
"""Where a card stands on the board."""


class Card(Value, frozen=True, kw_only=True):
    """An item on the board: its column and the work `left` in it, in tenths of a half-day.

    `worker` holds it; without one it waits. `started` and `done` are days of its sprint, 0 for
    never. `misread` was built as nobody meant it, `defect` has something that is broken;
    `reworked` counts how often it came back, `late` was put into the sprint after it had begun.
    """

    item: str
    column: Column = "todo"
    left: int = 0
    worker: str = ""
    started: int = 0
    done: int = 0
    blocked: bool = False
    waited: bool = False
    reworked: int = 0
    misread: bool = False
    defect: bool = False
    late: bool = False


What = Literal[
    "started", "handed-on", "blocked", "freed", "came-back", "done", "pulled", "taken-out"
]

"""What can happen to a card."""


class Move(Value, frozen=True, kw_only=True):
    """Something that happened to a card on a day: what, and the column that it then stood in."""

    item: str
    what: What
    column: Column
    worker: str = ""


class Sprint(Value, frozen=True, kw_only=True):
    """A sprint under way, or the last one: its goal, its cards, and each day's cards in progress.

    `goal` is the item that the sprint is for, empty if it has none; `asked` are the scenes that
    have come in the middle of it.
    """

    number: int
    played: bool
    goal: str = ""
    cards: tuple[Card, ...] = ()
    day: int = 0
    wip: tuple[int, ...] = ()
    asked: tuple[str, ...] = ()


class Sprinted(Value, frozen=True, kw_only=True):
    """What came of a sprint, for all that looks back on it.

    `planned` and `done` count cards, `work` is the effort of those done, in half-days.
    `lead_time` is the mean of days from begun to done, in tenths, `wip` the mean of cards in
    progress, in tenths. `came_back` counts rework, `escaped` what the test did not find, `late`
    the cards that were put in after the sprint had begun.
    """

    number: int
    round: int
    planned: int
    done: int
    goal_met: bool
    goal: str = ""
    work: int = 0
    lead_time: int = 0
    wip: int = 0
    came_back: int = 0
    escaped: int = 0
    late: int = 0


class Artifact(Value, frozen=True, kw_only=True):
    """Something made and kept: where, in which round of the run, and how often amended since.

    `items` is what is on it, in order (a document, a backlog, a plan), `buckets` what is sorted
    into which (a roadmap, a charter), `slots` what fills which gap (a vision card), as choices
    `scene/choice`.
    """

    scene: str
    round: int
    amended: int = 0
    items: tuple[str, ...] = ()
    buckets: Mapping[str, str] = {}
    slots: Mapping[str, str] = {}


class Crossing(Value, frozen=True, kw_only=True):
    """A call that was made by somebody whose it was not: by the choice `by`, owned by `owner`.

    `open` until it was mended or the charter changed; one that was declared never is.
    """

    call: str
    by: str
    owner: str
    open: bool


class Past(Value, frozen=True, kw_only=True):
    """What the last job left: what stood in the contract, and what was said and written there.

    All are words as they can be quoted, empty where there is nothing. `offer` is what stands in
    the contract that was signed on leaving, if that is another; `promise` is one that was broken;
    `practice` counts, for each competency, how often it was practised in all jobs.
    """

    company: str
    title: str = ""
    offer: str = ""
    reputation: str = ""
    gossip: str = ""
    """How the reputation reaches the next company."""
    reference: str = ""
    referee: str = ""
    promise: str = ""
    practice: Mapping[str, int] = {}


class Succession(Value, frozen=True, kw_only=True):
    """From whom a run was taken over, and what was there then: all before it is the other's.

    `rounds` is the round of the run whose `diary` lay open, with its invitations, in `phase`.
    `played` counts the scenes that had been played and `missed` the invitations that had been
    declined; `settled` are the promises that were kept or broken by then, and `foreseen` the
    predictions that had come true or not.
    """

    predecessor: str
    phase: PhaseId
    rounds: int
    diary: tuple[str, ...]
    played: int = 0
    missed: int = 0
    settled: tuple[str, ...] = ()
    foreseen: tuple[str, ...] = ()


class Mark(Value, frozen=True):
    """The eight metrics, in the order of the vocabulary, as a round ended."""

    phase: PhaseId
    round: int
    metrics: tuple[int, ...]


class Run(Value, frozen=True, kw_only=True):
    """All the state of a game.

    `state` is a state of the lifecycle, such as `build_po_turn`; it contains the phase.
    `numbers` holds everything that is counted, under keys that read like the language of
    packs (`customers`, `runway`, `trust ife`). `round` counts within the phase, `rounds`
    within the run, both from 1.
    """

    pack: str
    seed: int
    player: str
    world: str
    state: str
    numbers: Mapping[str, int]
    edition: Edition = "full"
    title: str = ""
    """What stands in the player's contract, as the id of a title."""
    held: str = ""
    """What stood there when the offers came, of which one can bring another; empty before."""
    past: Past | None = None
    """The job before this one."""
    succession: Succession | None = None
    """From whom the player took this run over; None for one that is played from its beginning."""
    round: int = 0
    rounds: int = 0
    again: bool = False
    """Whether this phase is being played again, after a gate sent the product back."""
    entered: tuple[PhaseId, ...] = ()
    """The phases entered so far, in order; one that was sent back to stands here twice."""
    half_days: int = 0
    """What this round's diary has to give."""
    diary: tuple[str, ...] = ()
    """The scenes whose invitations lie open now; empty once the diary is settled."""
    accepted: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    """Of this round's invitations, those that were accepted and those that were not."""
    attended: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    """The same over the whole run."""
    scene: str = ""
    """The scene that waits for a decision; empty if none does."""
    agenda: tuple[str, ...] = ()
    """What this turn has still to bring: scene ids, and `*` for one from the deck."""
    crises: tuple[str, ...] = ()
    """Crisis scenes that wait for the next turn of their hat."""
    chosen: Mapping[str, tuple[str, ...]] = {}
    """For each scene played, the choices taken: one, those picked, or all in order of rank."""
    placed: Mapping[str, str] = {}
    """For each choice `scene/choice` that was sorted, its bucket."""
    points: Mapping[str, int] = {}
    """For each choice `scene/choice` that points were given to, how many."""
    played: tuple[Played, ...] = ()
    letters: Mapping[str, str] = {}
    flags: tuple[str, ...] = ()
    promises: Mapping[str, Given] = {}
    items: Mapping[str, ItemStatus] = {}
    """Items that are no longer mere ideas."""
    narrowed: tuple[str, ...] = ()
    """What was narrowed, as `value ITEM` or `effort ITEM`."""
    backlog: tuple[str, ...] = ()
    """The cards that wait, in their order."""
    ready: tuple[str, ...] = ()
    """Items that have acceptance criteria."""
    shipped: Mapping[str, int] = {}
    """For each item that was shipped, the round of the run in which it was."""
    split: tuple[str, ...] = ()
    """Stories that were cut in two: the thin part goes on, the rest was put back."""
    misbuilt: tuple[str, ...] = ()
    """Shipped items that were built as nobody meant them."""
    artifacts: Mapping[ArtifactId, Artifact] = {}
    crossings: tuple[Crossing, ...] = ()
    sprint: Sprint | None = None
    carried: tuple[Card, ...] = ()
    """Cards that were begun in an earlier sprint and are not done."""
    sprints: tuple[Sprinted, ...] = ()
    pending: tuple[Pending, ...] = ()
    bets: tuple[Bet, ...] = ()
    predictions: Mapping[str, bool] = {}
    """For each settled prediction, whether it came true."""
    sent_back: tuple[PhaseId, ...] = ()
    rescued: tuple[PhaseId, ...] = ()
    bailed_out: bool = False
    """Whether the account was filled once already."""
    marks: tuple[Mark, ...] = ()
    ending: str = ""

    @property
    def decisions(self) -> int:
        """How many scenes have been decided."""
        return len(self.played)

    @property
    def predecessor(self) -> str:
        """Whose run it was before the player's; empty if nobody's."""
        return self.succession.predecessor if self.succession else ""

    @property
    def over(self) -> bool:
        """Whether an ending has been reached."""
        return bool(self.ending)


def users(numbers: Mapping[str, int]) -> int:
    """The users of all segments together."""
    return sum(count for key, count in numbers.items() if key.startswith("users "))


def opinion(numbers: Mapping[str, int]) -> int | None:
    """What users think, 0 to 100, each segment counting as often as it has users; None if none."""
    everybody = users(numbers)
    thought = sum(
        count * numbers.get(f"satisfaction {key.removeprefix('users ')}", 0)
        for key, count in numbers.items()
        if key.startswith("users ")
    )
    return thought // everybody if everybody else None


_encoder = msgspec.json.Encoder(order="deterministic")


def fingerprint(run: Run) -> str:
    """A digest of the whole state, equal for equal runs on every machine."""
    return blake2b(_encoder.encode(run), digest_size=16).hexdigest()
