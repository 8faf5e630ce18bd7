"""A run as it was recorded: its moments one after the other, and what can be looked for there.

Nothing is computed again: every page is told from the outcomes that were saved, in the order in
which it was read, with the decisions that were made and those that were taken back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from game import words
from game.blocks import Change, Page
from game.pages import ask_page, ledger_rows, outcome_pages, setting_page
from game.unfolding import arrives, known
from scenes.schema import Pack
from scenes.vocabulary import Hat, Metric
from state_machine import Decision, Outcome, Pick, View, observe
from state_machine.desk import Desk, lay_out
from state_machine.events import CrisisLooms, PhaseOpened
from state_machine.rules import Rules
from state_machine.texts import chosen_in

MarkKind = Literal["phase", "decision", "collapse"]

_ASKS: Final = -1
"""The place of the page that asks, before the pages that tell what came of it."""

_BEGINNING: Final = "The beginning"


@dataclass(frozen=True, slots=True)
class RecordedStep:
    """A decision as it was recorded; number 0 is the beginning, which nothing decided.

    One that was `taken_back` has the number that the one instead of it has as well.
    """

    number: int
    decision: Decision | None
    outcome: Outcome
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A page as it was read.

    `number` is that of the decision which the page asks for or tells of, 0 before the first.
    `decision` is what was decided on a page that asks; a run that is not over stands at one that
    still asks. `place` is where the run seemed to be, `now` what was known at the end of the
    page and `before` what was known before the last decision. `collapsed` are the metrics that
    gave way on it. `step` is the place of its step, which it `ends` if no page of it follows.
    """

    at: int
    step: int
    number: int
    page: Page
    decision: Decision | None
    taken_back: bool
    place: View
    now: View
    before: View
    collapsed: tuple[Metric, ...] = ()
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the table of contents: what is found at the moment `at`, and a word about it."""

    kind: MarkKind
    at: int
    title: str
    text: str = ""
    number: int = 0
    hat: Hat | None = None
    taken_back: bool = False


class Recording:
    """The moments of a run. Moments are counted from 0, decisions from 1."""

    def __init__(
        self, pack: Pack, steps: Sequence[RecordedStep], rules: Rules | None = None
    ) -> None:
        """Read a run. Raises `ValueError` if its beginning or a decision's past is missing.

        `pack` and `rules` are those that it was played on; without `rules`, the game's own.
        """
        if not steps or steps[0].number != 0:
            raise ValueError("a recording begins with the outcome that began its run")
        self.pack = pack
        self.rules = rules
        self.steps = tuple(steps)
        self._pasts = _pasts(self.steps)
        self._last = max(i for i, step in enumerate(self.steps) if not step.taken_back)
        self._views: dict[int, View] = {}

    def __len__(self) -> int:
        """How many moments there are."""
        return len(self._places)

    def __iter__(self) -> Iterator[Moment]:
        """All moments, from the first to the last."""
        return map(self.moment, range(len(self)))

    @property
    def decisions(self) -> int:
        """How many decisions there are that were not taken back."""
        return self.steps[self._last].number

    @property
    def over(self) -> bool:
        """Whether the run has reached its ending."""
        return self.steps[self._last].outcome.run.over

    # ── moments ─────────────────────────────────────────────────────────────────────────

    def moment(self, at: int) -> Moment:
        """The moment at this place. Raises `IndexError` if there is none."""
        if not 0 <= at < len(self):
            raise IndexError(f"there is no moment {at}; they are 0 to {len(self) - 1}")
        step, page = self._places[at]
        return self._asking(at, step) if page == _ASKS else self._telling(at, step, page)

    def _asking(self, at: int, step: int) -> Moment:
        past = self._past(step)
        view, before = self._view(past), self._view(self._past(past))
        recorded = self.steps[step] if step < len(self.steps) else None
        return Moment(
            at,
            step,
            self.steps[past].number + 1,
            ask_page(view),
            recorded.decision if recorded else None,
            recorded.taken_back if recorded else False,
            place=view,
            now=view,
            before=before,
            ends=recorded is not None and not self._pages[step],
        )

    def _telling(self, at: int, step: int, number: int) -> Moment:
        recorded, pages = self.steps[step], self._pages[step]
        before, view = self._view(self._past(step)), self._view(step)
        page, after = pages[number], pages[number + 1 :]
        arrived = any(arrives(pages[n], pages[n + 1 :]) for n in range(number + 1))
        return Moment(
            at,
            step,
            recorded.number,
            page,
            None,
            recorded.taken_back,
            place=view if arrived else before,
            now=known(before, view, page, after),
            before=before,
            collapsed=self._collapsed(step) if number == _of_collapse(pages) else (),
            ends=not after,
        )

    def _collapsed(self, step: int) -> tuple[Metric, ...]:
        """The metrics that gave way in an outcome."""
        scenes = (
            self.pack.scenes[event.scene]
            for event in self.steps[step].outcome.events
            if isinstance(event, CrisisLooms)
        )
        return tuple(scene.crisis for scene in scenes if scene.crisis)

    # ── what can be looked up at a moment ───────────────────────────────────────────────

    def ledger(self, at: int) -> list[Change]:
        """Every change of every number up to a moment, the latest first."""
        step, page = self._places[at]
        last = self._past(step) if page == _ASKS else step
        rows = [row for each in self._way(last) for row in self.why(each)]
        return rows[::-1]

    def why(self, step: int) -> list[Change]:
        """Every change of every number in a step, in the order in which it came about."""
        return ledger_rows(self.pack, self.steps[step].outcome, self.rules)

    def desk(self, at: int) -> Desk:
        """What lay on the desk, with what a moment has told of."""
        step, page = self._places[at]
        told = page != _ASKS and self.moment(at).now is self._view(step)
        known_up_to = step if told else self._past(step)
        return lay_out(self.pack, self.steps[known_up_to].outcome.run, self.rules)

    # ── finding a moment ────────────────────────────────────────────────────────────────

    @cached_property
    def contents(self) -> tuple[Mark, ...]:
        """Phases, decisions and collapses, in the order in which they come."""
        marks = [Mark("phase", 0, _BEGINNING)]
        for at, (step, number) in enumerate(self._places):
            if number == _ASKS:
                marks.append(self._mark_of_decision(at, step))
                continue
            pages = self._pages[step]
            page = pages[number]
            taken_back = self.steps[step].taken_back
            if page.kind == "phase":
                title = self._phase_title(step, page)
                marks.append(Mark("phase", at, title, taken_back=taken_back))
            elif page.kind == "ending" and pages[number - 1].kind != "ending":
                marks.append(Mark("phase", at, "The end", page.title, taken_back=taken_back))
            if number == _of_collapse(pages):
                numbers = dict(page.numbers)
                marks += (
                    Mark(
                        "collapse",
                        at,
                        f"{words.capitalised(metric)} gives way",
                        f"it is down to {numbers[metric]}" if metric in numbers else "",
                        taken_back=taken_back,
                    )
                    for metric in self._collapsed(step)
                )
        return tuple(marks)

    def of_decision(self, number: int) -> int:
        """The moment that asked for a decision which stayed. Raises `IndexError` without one."""
        for at, (step, page) in enumerate(self._places):
            if page == _ASKS and step < len(self.steps):
                recorded = self.steps[step]
                if recorded.number == number and not recorded.taken_back:
                    return at
        raise IndexError(f"there is no decision {number}; they are 1 to {self.decisions}")

    def near(self, at: int, by: int, *kinds: MarkKind) -> int:
        """The next (`by` 1) or last (-1) mark of these kinds, seen from a moment; else the end."""
        ats = sorted({mark.at for mark in self.contents if mark.kind in kinds})
        place = bisect_right(ats, at) if by > 0 else bisect_left(ats, at) - 1
        return ats[place] if 0 <= place < len(ats) else (len(self) - 1 if by > 0 else 0)

    def _mark_of_decision(self, at: int, step: int) -> Mark:
        past = self._past(step)
        run = self.steps[past].outcome.run
        scene = self.pack.scenes.get(run.scene)
        number = self.steps[past].number + 1
        title, hat = (scene.title, scene.hat) if scene else (words.DIARY, None)
        if step == len(self.steps):
            return Mark("decision", at, title, "still open", number, hat)
        recorded = self.steps[step]
        if scene:
            chosen = chosen_in(self.pack, recorded.outcome.run, scene.id)
        else:
            picked = recorded.decision.choices if isinstance(recorded.decision, Pick) else ()
            chosen = "; ".join(self.pack.scenes[name].title for name in picked) or "nothing"
        return Mark("decision", at, title, chosen, number, hat, recorded.taken_back)

    def _phase_title(self, step: int, page: Page) -> str:
        opened = (e for e in self.steps[step].outcome.events if isinstance(e, PhaseOpened))
        return f"{page.title}, again" if any(event.again for event in opened) else page.title

    # ── the past of a step ──────────────────────────────────────────────────────────────

    @cached_property
    def _pages(self) -> tuple[list[Page], ...]:
        """The pages that tell what came of each step; a run's setting is told first of all."""
        told = [outcome_pages(self.pack, step.outcome, self.rules) for step in self.steps]
        begun = self.steps[0].outcome.run
        told[0] = [setting_page(self.pack, begun, self.rules), *told[0]]
        return tuple(told)

    @cached_property
    def _places(self) -> tuple[tuple[int, int], ...]:
        """Where each moment is: its step, and its page there."""
        places: list[tuple[int, int]] = []
        for step, pages in enumerate(self._pages):
            places += [(step, _ASKS)] if step else []
            places += ((step, number) for number in range(len(pages)))
        return tuple(places if self.over else [*places, (len(self.steps), _ASKS)])

    def _past(self, step: int) -> int:
        """The step that another one came after; one that is still to come, after the last."""
        return self._pasts[step] if step < len(self.steps) else self._last

    def _way(self, step: int) -> list[int]:
        """The steps that led to this one and itself, the beginning first."""
        way = [step]
        while way[-1]:
            way.append(self._past(way[-1]))
        return way[::-1]

    def _view(self, step: int) -> View:
        if step not in self._views:
            run = self.steps[step].outcome.run
            self._views[step] = observe(self.pack, run, rules=self.rules)
        return self._views[step]


def _pasts(steps: Sequence[RecordedStep]) -> tuple[int, ...]:
    """The step that each one came after: the latest that has the number before its own."""
    latest = {0: 0}
    pasts = [0]
    for place, step in enumerate(steps[1:], start=1):
        if step.number - 1 not in latest or step.decision is None:
            raise ValueError(f"what decision {step.number} came after is not recorded")
        pasts.append(latest[step.number - 1])
        latest[step.number] = place
    return tuple(pasts)


def _of_collapse(pages: Sequence[Page]) -> int | None:
    """Which page tells what gave way, if any did: the one on which the fortnight ends."""
    return next((n for n, page in enumerate(pages) if page.kind == "fortnight"), None)
