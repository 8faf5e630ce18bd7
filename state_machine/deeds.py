"""What a debrief rests on: what was decided, promised, foreseen, crossed and paid for in a run.

All words in these records are the pack's or the player's own. Whatever the rules moved is kept
as `Movement`s, each with the hat whose decision it goes back to.
"""

from __future__ import annotations

from scenes.vocabulary import Hat, Metric, PhaseId, PromiseState
from state_machine.career import Practised
from state_machine.events import Wanted
from state_machine.run import Value
from state_machine.scoring import Score
from state_machine.telling import Movement, SprintTold


class Moment(Value, frozen=True):
    """When something was: after how many decisions, in which phase and round of the run."""

    number: int
    phase: PhaseId
    round: int


class Moved(Value, frozen=True, kw_only=True):
    """A number that moved, and the hat whose decision it goes back to; None if a rule moved it.

    What happened in a scene that was missed goes back to the hat whose scene it was.
    """

    movement: Movement
    hat: Hat | None = None

    @property
    def key(self) -> str:
        """The number's key."""
        return self.movement.key

    @property
    def by(self) -> int:
        """The signed change."""
        return self.movement.by


class Made(Value, frozen=True, kw_only=True):
    """A decision: its number from 1, the scene (empty for the diary), and what was chosen."""

    moment: Moment
    scene: str = ""
    hat: Hat | None = None
    title: str
    said: str
    moved: tuple[Moved, ...] = ()


class Pledge(Value, frozen=True, kw_only=True):
    """A promise: in whose words, to whom, and what became of it.

    `hat` gave it, in the scene `title` by saying `said`; it is None where the player did not:
    in a scene that was missed `said` is empty, and what a predecessor gave has no `given`.
    `moved` counts how often it was renegotiated. `item` is the title of what was promised for a
    date. It was `settled_by` a hat's decision, or None where the date did it; `overdue` if that
    broke it.
    """

    id: str
    to: str
    words: str
    due: PhaseId
    fate: PromiseState
    hat: Hat | None
    title: str
    said: str
    item: str = ""
    given: Moment | None = None
    moved: int = 0
    settled: Moment | None = None
    settled_by: Hat | None = None
    overdue: bool = False
    cost: tuple[Moved, ...] = ()


class Foreseen(Value, frozen=True, kw_only=True):
    """A prediction: what was bet, whether it came true (None: not settled), and what was said."""

    title: str
    said: str
    hat: Hat
    made: Moment | None
    settled: Moment | None = None
    right: bool | None = None
    told: str = ""


class Overstep(Value, frozen=True, kw_only=True):
    """A call made by somebody whose it was not: `owner` is a bucket of the charter, or the boss.

    `mended` if it was set right later, or the charter changed to what is done.
    """

    call: str
    owner: str
    whose: str
    title: str
    said: str
    hat: Hat
    declared: bool
    mended: bool
    moment: Moment
    moved: tuple[Moved, ...] = ()


class Charter(Value, frozen=True, kw_only=True):
    """The working charter as it stands at the end: its buckets, each with its calls."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]
    amended: int


class Letter(Value, frozen=True, kw_only=True):
    """A sentence to the other hat, as it was written."""

    text: str
    hat: Hat
    title: str
    moment: Moment


class Crisis(Value, frozen=True, kw_only=True):
    """A metric that collapsed: what had moved it down, the most first, and how it was faced."""

    metric: Metric
    title: str
    moment: Moment
    causes: tuple[Moved, ...]
    faced: str = ""


class GateFact(Value, frozen=True, kw_only=True):
    """A gate and its result; `missing` is what it wanted and did not find."""

    title: str
    phase: PhaseId
    result: str
    missing: tuple[tuple[Wanted, str], ...]
    moment: Moment


class Missed(Value, frozen=True, kw_only=True):
    """A scene that went on without the player, and where each hat had them be instead."""

    title: str
    hat: Hat
    instead: tuple[tuple[Hat, str], ...]
    moment: Moment
    moved: tuple[Moved, ...] = ()


class Due(Value, frozen=True, kw_only=True):
    """What a hat's earlier choice brought about: asked in one round, come due in a later one.

    `sorted` if it followed from where the choice was put, or kept from; `untold` is then the
    reader who was not told what it stands for, if it was that.
    """

    title: str
    said: str
    hat: Hat
    chosen: Moment | None
    moment: Moment
    sorted: bool = False
    untold: str = ""
    moved: tuple[Moved, ...] = ()


class Trust(Value, frozen=True, kw_only=True):
    """How a person's trust went, -5 to 5, and what each hat's decisions added to it."""

    person: str
    name: str
    side: Hat
    before: int
    after: int
    by: dict[Hat, int]
    moved: tuple[Moved, ...]


class Attention(Value, frozen=True, kw_only=True):
    """Where the half-days of the diaries went, by hat, and how many nobody spent."""

    pm: int
    po: int
    left: int


class Money(Value, frozen=True, kw_only=True):
    """The account in euros: at first, at its lowest, at the end; `dearest` choices by hat."""

    before: int
    lowest: int
    after: int
    bailed_out: bool
    spent: dict[Hat, int]
    dearest: dict[Hat, Moved]


class Measured(Value, frozen=True, kw_only=True):
    """A metric round by round, and what moved it most: a cause's movements added up.

    `now` is where it stands after the last decision, which may lie beyond the last round's end.
    """

    metric: Metric
    line: tuple[int, ...]
    now: int
    up: Moved | None = None
    down: Moved | None = None


class Facts(Value, frozen=True, kw_only=True):
    """What a run came to, as a debrief needs it; everything in the order in which it was."""

    seed: int
    player: str
    company: str
    world: str
    truth: str
    ending: str
    because: str
    over: bool
    score: Score
    rounds: tuple[PhaseId, ...]
    """The phase of each round that has ended, without those of a predecessor."""
    phases: dict[PhaseId, str]
    """What the phases are called."""
    users: int
    revenue: int
    debt: tuple[int, int]
    """What debt eats of the team's capacity, in per cent: at its highest, and at the end."""
    known: tuple[tuple[str, int, int], ...]
    """For each question of the pack, how much is known, and how much of it the player found."""
    made: tuple[Made, ...]
    metrics: tuple[Measured, ...]
    pledges: tuple[Pledge, ...]
    foreseen: tuple[Foreseen, ...]
    charter: Charter | None
    oversteps: tuple[Overstep, ...]
    practice: tuple[Practised, ...]
    letters: tuple[Letter, ...]
    sprints: tuple[SprintTold, ...]
    planned: tuple[int, ...]
    """The numbers of the sprints whose cards the player chose; of the others the pile's top."""
    shipped: tuple[str, ...]
    crises: tuple[Crisis, ...]
    gates: tuple[GateFact, ...]
    missed: tuple[Missed, ...]
    dues: tuple[Due, ...]
    people: tuple[Trust, ...]
    attention: Attention
    money: Money
