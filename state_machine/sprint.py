"""The sprint: ten working days on a Kanban board, a day at a time.

A card passes through design, build and test. People of the team hold the cards of the column
that they are best at; whoever holds several loses time to each change between them, so that
more work in progress makes every card slower (Weinberg's rule of thumb; the game takes less
than his numbers, which later studies call too pessimistic). A card waits at each hand-off,
can get stuck, and comes back from the test if something is found. What is found depends on
the quality at hand, what is misread on whether anybody wrote down when the card is done.

Effort is counted in half-days of one person's undisturbed work, work on the board in tenths
of those. All draws are keyed by sprint, card and day, so that one more card reshuffles nothing
for the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from scenes.schema import Item, Person
from scenes.vocabulary import SKILLS, Skill
from state_machine.chance import below
from state_machine.rules import SprintRules
from state_machine.run import DAYS, Card, Move, Sprint, What

HALVES: Final = 2
TENTHS: Final = 10
_PROGRESS: Final[frozenset[str]] = frozenset(SKILLS)
_SKILL_OF: Final[dict[str, Skill]] = {skill: skill for skill in SKILLS}


class Floor(msgspec.Struct, frozen=True):
    """What a sprint runs under: the team, its time, and the numbers that shape the work.

    `focus` is how much of its time the team has for the board, in per cent. `wip_limit` is how
    many cards may be in progress at once. The metrics go from 0 to 100.
    """

    seed: int
    number: int
    team: tuple[Person, ...]
    items: Mapping[str, Item]
    ready: frozenset[str]
    shipped: frozenset[str]
    focus: int
    wip_limit: int
    clarity: int
    flow: int
    quality: int
    rules: SprintRules


def one_day(sprint: Sprint, floor: Floor) -> tuple[Sprint, tuple[Move, ...]]:
    """The sprint a day later, and what happened on that day."""
    day = _Day(sprint, floor)
    day.run()
    after = msgspec.structs.replace(
        sprint, day=day.day, cards=tuple(day.cards), wip=(*sprint.wip, day.in_progress)
    )
    return after, tuple(day.moves)


def capacity(team: Iterable[Person], focus: int, rules: SprintRules) -> int:
    """What the team can do in a sprint, in half-days of one person's undisturbed work.

    It is that of the column in which a story would wait longest.
    """
    found = [
        sum(person.skills.get(skill, 0) for person in team if _main(person) == skill)
        for skill in SKILLS
    ]
    usual = [rules.shares["story"][skill] for skill in SKILLS]
    most = min(rate * 100 // share for rate, share in zip(found, usual, strict=True) if rate)
    return most * DAYS * HALVES * focus // 100 // TENTHS


def left_of(card: Card, item: Item, rules: SprintRules) -> int:
    """How many hundredths of a card's work are still to be done."""
    split = rules.shares[item.kind]
    if card.column == "todo":
        return 100
    if card.column == "done":
        return 0
    here = SKILLS.index(_skill(card.column))
    whole = max(1, (item.effort or 1) * TENTHS)
    return min(100, 100 * card.left // whole + sum(split[skill] for skill in SKILLS[here + 1 :]))


def is_behind(sprint: Sprint) -> bool:
    """Whether a smaller share of the cards is done than of the days has passed.

    The first cards take two days at the least, and are not missed before.
    """
    done = sum(card.column == "done" for card in sprint.cards)
    return done * DAYS < len(sprint.cards) * (sprint.day - 2)


def _main(person: Person) -> Skill:
    """The column that a person is best at."""
    return max(SKILLS, key=lambda skill: person.skills.get(skill, 0))


class _Day:
    """One day on the board, while it passes."""

    def __init__(self, sprint: Sprint, floor: Floor) -> None:
        self.day: Final = sprint.day + 1
        self.cards = list(sprint.cards)
        self.moves: list[Move] = []
        self._floor = floor
        self._rules = floor.rules

    def run(self) -> None:
        """Everything that a day brings, in its order: a morning and an afternoon of work."""
        self._obstacles()
        for half in range(HALVES):
            self._pull()
            self._take_up(half)
            self._work()

    @property
    def in_progress(self) -> int:
        """Cards that are begun and not done."""
        return sum(card.column in _PROGRESS for card in self.cards)

    # ── what a day brings ───────────────────────────────────────────────────────────────

    def _obstacles(self) -> None:
        """Cards get stuck, the more so the riskier they are; stuck ones come free."""
        rules = self._rules
        for at, card in enumerate(self.cards):
            if card.column not in _PROGRESS:
                continue
            if card.blocked:
                if self._drawn(rules.freed, card, "freed"):
                    self._change(at, "freed", blocked=False)
            elif self._drawn(
                rules.blocked + rules.blocked_by_risk * self._item(card).risk, card, "blocked"
            ):
                self._change(at, "blocked", blocked=True)

    def _pull(self) -> None:
        """New cards are begun, from the top, as far as the limit lets them."""
        for at, card in enumerate(self.cards):
            if self.in_progress >= self._floor.wip_limit:
                return
            if card.column == "todo" and self._may_begin(card):
                column = self._first_column(card)
                self._change(
                    at,
                    "started",
                    column=column,
                    left=self._work_in(card, column),
                    started=self.day,
                )

    def _may_begin(self, card: Card) -> bool:
        """Whether all that the card needs is shipped, or at least done on this board."""
        done = {other.item for other in self.cards if other.column == "done"}
        return done.union(self._floor.shipped).issuperset(self._item(card).needs)

    def _take_up(self, half: int) -> None:
        """Waiting cards find somebody: the sooner, the better work flows."""
        for at, card in enumerate(self.cards):
            if card.column not in _PROGRESS or card.worker:
                continue
            fresh = card.column == self._first_column(card) or card.waited
            if not fresh and not self._drawn(
                self._rules.handed_on + self._floor.flow, card, "handed-on", half
            ):
                self.cards[at] = msgspec.structs.replace(card, waited=True)
                continue
            worker = self._least_busy(card.column)
            if worker:
                self.cards[at] = msgspec.structs.replace(card, worker=worker, waited=False)

    def _work(self) -> None:
        hands: dict[str, list[int]] = {}
        for at, card in enumerate(self.cards):
            if card.worker and not card.blocked and card.column in _PROGRESS:
                hands.setdefault(card.worker, []).append(at)
        for person in self._floor.team:
            if person.id in hands:
                self._share(person, hands[person.id])
            elif hands:
                self._help_out(person)
        for at in range(len(self.cards)):
            card = self.cards[at]
            if card.column in _PROGRESS and card.left <= 0 and card.worker:
                self._finish_column(at)

    def _share(self, person: Person, hands: list[int]) -> None:
        """A person's half-day, divided over the cards in hand; each change costs some of it.

        What one card does not need any more goes to the next.
        """
        rules = self._rules
        kept = max(rules.least_kept, 100 - rules.switching * (len(hands) - 1))
        time = self._floor.focus * kept
        for place, at in enumerate(sorted(hands, key=lambda at: (self.cards[at].left, at))):
            skill = person.skills.get(_skill(self.cards[at].column), 1)
            share = time // (len(hands) - place)
            done = min(self.cards[at].left, -(-skill * share // 10_000))
            self._do(at, done)
            time = max(0, time - done * 10_000 // skill)

    def _help_out(self, person: Person) -> None:
        """Whoever has nothing in hand helps where most is left, as well as they can."""
        able = [
            at
            for at, card in enumerate(self.cards)
            if card.worker and not card.blocked and person.skills.get(_skill(card.column), 0)
        ]
        if able:
            at = max(able, key=lambda at: (self.cards[at].left, -at))
            skill = person.skills[_skill(self.cards[at].column)]
            self._do(at, skill * self._floor.focus * self._rules.helping // (100 * 100))

    def _finish_column(self, at: int) -> None:
        card = self.cards[at]
        match card.column:
            case "build":
                self._change(at, "handed-on", **self._built(card))
            case "test":
                self._tested(at)
            case _:
                column = self._after(card)
                self._change(
                    at, "handed-on", column=column, left=self._work_in(card, column), worker=""
                )

    def _built(self, card: Card) -> dict[str, object]:
        """The card as it comes out of the build, with what went wrong there."""
        rules, ready = self._rules, card.item in self._floor.ready
        misread = rules.misread_ready if ready else rules.misread_vague
        misread = misread * (150 - self._floor.clarity) // 100
        defect = rules.defect + rules.defect_by_risk * self._item(card).risk
        defect = defect * (150 - self._floor.quality) // 100
        return {
            "column": "test",
            "left": self._work_in(card, "test"),
            "worker": "",
            "misread": card.misread or self._drawn(misread, card, "misread", card.reworked),
            "defect": self._drawn(defect, card, "defect", card.reworked),
        }

    def _tested(self, at: int) -> None:
        """The test finds what it finds; below the definition of done, the card goes back."""
        card, rules = self.cards[at], self._rules
        ready = card.item in self._floor.ready
        finds = rules.found * (50 + self._floor.quality) // 100
        found = card.defect and self._drawn(finds, card, "found", card.reworked)
        # What was misread shows only against criteria: without any, it looks as it should.
        seen = card.misread and ready and self._drawn(finds, card, "seen", card.reworked)
        if (found or seen) and card.reworked < rules.most_rework:
            again = self._work_in(card, "build") * rules.rework // 100
            self._change(
                at,
                "came-back",
                column="build",
                left=max(TENTHS // 2, again),
                worker="",
                reworked=card.reworked + 1,
                defect=False,
                misread=card.misread and not seen,
            )
        else:
            self._change(at, "done", column="done", left=0, worker="", done=self.day)

    # ── small things ────────────────────────────────────────────────────────────────────

    def _item(self, card: Card) -> Item:
        return self._floor.items[card.item]

    def _work_in(self, card: Card, column: Skill) -> int:
        item = self._item(card)
        return (item.effort or 1) * TENTHS * self._rules.shares[item.kind][column] // 100

    def _first_column(self, card: Card) -> Skill:
        return next(skill for skill in SKILLS if self._work_in(card, skill))

    def _after(self, card: Card) -> Skill:
        return SKILLS[SKILLS.index(_skill(card.column)) + 1]

    def _do(self, at: int, work: int) -> None:
        card = self.cards[at]
        self.cards[at] = msgspec.structs.replace(card, left=card.left - work)

    def _least_busy(self, column: str) -> str:
        """Whoever is best at this column and holds the fewest cards; empty if all are full."""
        people = [person for person in self._floor.team if _main(person) == column]
        people = people or [p for p in self._floor.team if p.skills.get(_skill(column), 0)]
        held = {person.id: 0 for person in people}
        for card in self.cards:
            if card.worker in held:
                held[card.worker] += 1
        free = [name for name, count in held.items() if count < self._rules.most_in_hand]
        return min(free, key=lambda name: held[name], default="")

    def _drawn(self, per_cent: int, card: Card, purpose: str, *more: int) -> bool:
        sprint, seed = self._floor.number, self._floor.seed
        drawn = below(100, seed, "sprint", sprint, card.item, self.day, purpose, *more)
        return drawn < per_cent

    def _change(self, at: int, what: What, **fields: object) -> None:
        """Change a card and note it."""
        card = msgspec.structs.replace(self.cards[at], **fields)
        self.cards[at] = card
        self.moves.append(Move(item=card.item, what=what, column=card.column, worker=card.worker))


def _skill(column: str) -> Skill:
    return _SKILL_OF[column]
