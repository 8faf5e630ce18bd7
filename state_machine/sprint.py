"""The sprint: ten working days on a Kanban board, a day at a time.

A card passes through design, build and test. People of the team hold the cards of the column
that they are best at; whoever holds several loses time to each change between them, so that
more work in progress makes every card slower (Weinberg's rule of thumb; the game takes less
than his numbers, which later studies call too pessimistic). A card waits at each hand-off,
can get stuck, and comes back from the test if something is found. What is found depends on
the quality at hand, what is misread on whether anybody wrote down when the card is done and
whether there was somebody to ask.

Effort is counted in half-days of one person's undisturbed work, work on the board in tenths
of those. All draws are keyed by sprint, card and day, so that one more card reshuffles nothing
for the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Final

import msgspec

from scenes.schema import Item, Person
from scenes.vocabulary import SKILLS, Skill
from state_machine.chance import below
from state_machine.rules import SprintRules
from state_machine.run import DAYS, Card, Column, Move, Sprint, What

HALVES: Final = 2
TENTHS: Final = 10
_left = attrgetter("left")
_PROGRESS: Final[frozenset[str]] = frozenset(SKILLS)
_SKILL_OF: Final[dict[str, Skill]] = {skill: skill for skill in SKILLS}


class Floor(msgspec.Struct, frozen=True):
    """What a sprint runs under: the team, its time, and the numbers that shape the work.

    `focus` is how much of its time the team has for the board, in per cent. `wip_limit` is how
    many cards may be in progress at once. The metrics go from 0 to 100. `freed` and `misread` say
    how often stuck cards come free and cards are misread, in per cent of the usual.
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
    freed: int = 100
    misread: int = 100


def capacity(team: Iterable[Person], focus: int, rules: SprintRules) -> int:
    """What the team can do in a sprint, in half-days of one person's undisturbed work.

    It is that of the column in which a story would wait longest; nothing without a team.
    """
    found = dict.fromkeys(SKILLS, 0)
    for person in team:
        best = _main(person)
        found[best] += person.skills.get(best, 0)
    usual = rules.shares["story"]
    rates = (rate * 100 // usual[skill] for skill, rate in found.items() if rate)
    most = min(rates, default=0)
    return most * DAYS * HALVES * focus // 100 // TENTHS


def left_of(card: Card, item: Item, rules: SprintRules) -> int:
    """How many hundredths of a card's work are still to be done."""
    split = rules.shares[item.kind]
    if card.column == "todo":
        return 100
    if card.column == "done":
        return 0
    here = SKILLS.index(_SKILL_OF[card.column])
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


class _Card:
    """A card in play: a `Card` whose fields change, with what stays the same under a floor.

    A card changes several times a day. Here it does so in place; only what somebody looks at is
    made into a `Card` again.
    """

    def __init__(self, card: Card, floor: Floor) -> None:
        """Take a card in hand."""
        self.item: Final = card.item
        self.column: Column = card.column
        self.left = card.left
        self.worker = card.worker
        self.started = card.started
        self.done = card.done
        self.blocked = card.blocked
        self.waited = card.waited
        self.reworked = card.reworked
        self.misread = card.misread
        self.defect = card.defect
        self.late: Final = card.late

        rules, item = floor.rules, floor.items[card.item]
        split, effort = rules.shares[item.kind], (item.effort or 1) * TENTHS
        self.work: Final = {skill: effort * split[skill] // 100 for skill in SKILLS}
        self.first: Final = next(skill for skill, work in self.work.items() if work)
        self.waits_for: Final = [need for need in item.needs if need not in floor.shipped]
        self.ready: Final = card.item in floor.ready
        misread = rules.misread_ready if self.ready else rules.misread_vague
        defect = rules.defect + rules.defect_by_risk * item.risk
        self.gets_blocked: Final = rules.blocked + rules.blocked_by_risk * item.risk
        self.gets_misread: Final = _of(misread * (150 - floor.clarity) // 100, floor.misread)
        self.gets_defect: Final = defect * (150 - floor.quality) // 100

    def as_it_stands(self) -> Card:
        """The card as it now is."""
        return Card(
            item=self.item,
            column=self.column,
            left=self.left,
            worker=self.worker,
            started=self.started,
            done=self.done,
            blocked=self.blocked,
            waited=self.waited,
            reworked=self.reworked,
            misread=self.misread,
            defect=self.defect,
            late=self.late,
        )


class Board:
    """The board of a sprint while days pass under the same floor."""

    def __init__(self, sprint: Sprint, floor: Floor) -> None:
        """Put a sprint's cards on the board."""
        self.day = sprint.day
        self._sprint: Final = sprint
        self._floor: Final = floor
        self._rules: Final = floor.rules
        self._wip = list(sprint.wip)
        self._moves: list[Move] = []
        self._cards: Final = [_Card(card, floor) for card in sprint.cards]
        self._holders: Final = _holders(floor.team)
        self._handed_on: Final = floor.rules.handed_on + floor.flow
        self._freed: Final = _of(floor.rules.freed, floor.freed)
        self._found: Final = floor.rules.found * (50 + floor.quality) // 100

    def pass_day(self) -> tuple[Move, ...]:
        """Everything that a day brings, in its order: a morning and an afternoon of work."""
        self.day += 1
        self._moves = []
        self._obstacles()
        for half in range(HALVES):
            self._pull()
            self._take_up(half)
            self._work()
        self._wip.append(self._in_progress())
        return tuple(self._moves)

    def as_it_stands(self) -> Sprint:
        """The sprint as it now is."""
        return msgspec.structs.replace(
            self._sprint,
            day=self.day,
            cards=tuple(card.as_it_stands() for card in self._cards),
            wip=tuple(self._wip),
        )

    # ── what a day brings ───────────────────────────────────────────────────────────────

    def _obstacles(self) -> None:
        """Cards get stuck, the more so the riskier they are; stuck ones come free."""
        for card in self._cards:
            if card.column not in _PROGRESS:
                continue
            if card.blocked:
                if self._drawn(self._freed, card, "freed"):
                    card.blocked = False
                    self._note(card, "freed")
            elif self._drawn(card.gets_blocked, card, "blocked"):
                card.blocked = True
                self._note(card, "blocked")

    def _pull(self) -> None:
        """New cards are begun, from the top, as far as the limit lets them.

        One may begin when all that it needs is shipped, or at least done on this board.
        """
        room = self._floor.wip_limit - self._in_progress()
        done = {card.item for card in self._cards if card.column == "done"}
        for card in self._cards:
            if room <= 0:
                return
            if card.column == "todo" and done.issuperset(card.waits_for):
                card.column, card.left = card.first, card.work[card.first]
                card.started = self.day
                self._note(card, "started")
                room -= 1

    def _take_up(self, half: int) -> None:
        """Waiting cards find somebody: the sooner, the better work flows."""
        for card in self._cards:
            if card.worker or card.column not in _PROGRESS:
                continue
            fresh = card.column == card.first or card.waited
            if not fresh and not self._drawn(self._handed_on, card, "handed-on", half):
                card.waited = True
                continue
            worker = self._least_busy(_SKILL_OF[card.column])
            if worker:
                card.worker, card.waited = worker, False

    def _work(self) -> None:
        in_hand: list[_Card] = []
        by_worker: dict[str, list[_Card]] = {}
        for card in self._cards:
            if card.worker and not card.blocked and card.column in _PROGRESS:
                in_hand.append(card)
                by_worker.setdefault(card.worker, []).append(card)
        for person in self._floor.team:
            own = by_worker.get(person.id)
            if own:
                self._share(person, own)
            else:
                self._help_out(person, in_hand)
        for card in self._cards:
            if card.left <= 0 and card.worker and card.column in _PROGRESS:
                self._finish_column(card)

    def _share(self, person: Person, own: list[_Card]) -> None:
        """A person's half-day, divided over the cards in hand; each change costs some of it.

        What one card does not need any more goes to the next.
        """
        rules = self._rules
        kept = max(rules.least_kept, 100 - rules.switching * (len(own) - 1))
        time = self._floor.focus * kept
        own.sort(key=_left)
        for place, card in enumerate(own):
            skill = person.skills.get(_SKILL_OF[card.column], 1)
            share = time // (len(own) - place)
            done = min(card.left, -(-skill * share // 10_000))
            card.left -= done
            time = max(0, time - done * 10_000 // skill)

    def _help_out(self, person: Person, in_hand: list[_Card]) -> None:
        """Whoever has nothing in hand helps where most is left, as well as they can."""
        able = [card for card in in_hand if person.skills.get(_SKILL_OF[card.column])]
        if able:
            card = max(able, key=_left)
            skill = person.skills[_SKILL_OF[card.column]]
            card.left -= skill * self._floor.focus * self._rules.helping // (100 * 100)

    def _finish_column(self, card: _Card) -> None:
        """A card that is finished where it stands goes on, or back."""
        if card.column == "test":
            self._tested(card)
            return
        if card.column == "build":
            self._built(card)
        self._hand_on(card, SKILLS[SKILLS.index(_SKILL_OF[card.column]) + 1])
        self._note(card, "handed-on")

    def _built(self, card: _Card) -> None:
        """What went wrong in the build."""
        again = card.reworked
        card.misread = card.misread or self._drawn(card.gets_misread, card, "misread", again)
        card.defect = self._drawn(card.gets_defect, card, "defect", again)

    def _tested(self, card: _Card) -> None:
        """The test finds what it finds; below the definition of done, the card goes back."""
        found = card.defect and self._drawn(self._found, card, "found", card.reworked)
        # What was misread shows only against criteria: without any, it looks as it should.
        looked_at = card.misread and card.ready
        seen = looked_at and self._drawn(self._found, card, "seen", card.reworked)
        if (found or seen) and card.reworked < self._rules.most_rework:
            self._hand_on(card, "build")
            card.left = max(TENTHS // 2, card.left * self._rules.rework // 100)
            card.reworked += 1
            card.defect = False
            card.misread = card.misread and not seen
            self._note(card, "came-back")
        else:
            card.column, card.left, card.worker, card.done = "done", 0, "", self.day
            self._note(card, "done")

    # ── small things ────────────────────────────────────────────────────────────────────

    def _in_progress(self) -> int:
        """Cards that are begun and not done."""
        return len([card for card in self._cards if card.column in _PROGRESS])

    def _hand_on(self, card: _Card, column: Skill) -> None:
        """A card goes into another column, and waits there."""
        card.column, card.left, card.worker = column, card.work[column], ""

    def _least_busy(self, column: Skill) -> str:
        """Of a column's people, whoever holds the fewest cards; empty if all are full."""
        held = dict.fromkeys(self._holders[column], 0)
        for card in self._cards:
            if card.worker in held:
                held[card.worker] += 1
        worker = min(held, key=held.__getitem__, default="")
        return worker if held.get(worker, 0) < self._rules.most_in_hand else ""

    def _drawn(self, per_cent: int, card: _Card, purpose: str, *more: int) -> bool:
        sprint, seed = self._floor.number, self._floor.seed
        drawn = below(100, seed, "sprint", sprint, card.item, self.day, purpose, *more)
        return drawn < per_cent

    def _note(self, card: _Card, what: What) -> None:
        """Note what has just happened to a card."""
        self._moves.append(Move(item=card.item, what=what, column=card.column, worker=card.worker))


def _of(chance: int, per_cent: int) -> int:
    """So many per cent of a chance, rounded to whole ones."""
    return (chance * per_cent + 50) // 100


def _holders(team: Sequence[Person]) -> dict[Skill, list[str]]:
    """Who holds a column's cards: those best at it or, failing them, all who can do it."""
    best = [(person.id, _main(person)) for person in team]
    return {
        skill: [name for name, main in best if main == skill]
        or [person.id for person in team if person.skills.get(skill)]
        for skill in SKILLS
    }
