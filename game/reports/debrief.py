"""The debrief of a run: what it came to, why, and what to take from it, as pages of blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, Final

import msgspec

from game import words
from game.blocks import (
    Block,
    Entries,
    Entry,
    Heading,
    Notice,
    Page,
    Plot,
    Prose,
    Quote,
    Series,
    Table,
)
from game.career import levels
from game.reports.notes import Notes
from game.reports.questions import questions
from game.reports.rerun import decided, luck_page, pivotal_page, title_of
from game.reports.reviews import reviews, reviews_page
from scenes.schema import Pack
from scenes.vocabulary import STAKEHOLDER_SIDE, TEAM_SIDE, Metric
from state_machine.counterfactual import Examination
from state_machine.deeds import Facts, Foreseen, Moment, Overstep, Pledge

TITLE: Final = "Debrief"
NAMING: Final = "Before any numbers: which of your decisions do you think mattered most?"
MONDAY: Final = "And one sentence of your own: what will you do on Monday?"
MONDAY_KEYS: Final = "(enter keeps it, ↑ goes back)"
LONGEST: Final = 200
"""So many characters Monday's sentence may have."""

COMPUTING: Final = "Playing it again, every other way"
COMPUTING_WHY: Final = (
    "Each decision, with everything else that you could have chosen; then all of them, with other "
    "luck. It takes a few seconds."
)

_FRICTIONS: Final = Table(
    ("the question", "as this game plays it", "as the Scrum Guide has it (2020)"),
    (
        (
            "why, who, what",
            "the product manager's",
            "no such role; one product owner answers for the value of the product",
        ),
        (
            "how it is built",
            "the product owner's, with the team",
            "the developers', and nobody else's",
        ),
        (
            "a board with limits on it",
            "how the team works",
            "not part of Scrum; it is Kanban, and many use both",
        ),
    ),
    "Two ways of drawing the line",
)
_FRICTIONS_SAID: Final = (
    "People who do this for a living disagree here, so there are no marks for it. Ask which line "
    "your own company draws, and whether the people on both sides of it would draw the same."
)
_GLANCED: Final = 14
_LINES: Final[tuple[tuple[str, tuple[Metric, ...]], ...]] = (
    ("Outside: what stakeholders saw", STAKEHOLDER_SIDE),
    ("Inside: how the team fared", TEAM_SIDE),
)


def debrief_pages(
    pack: Pack, facts: Facts, examination: Examination | None, notes: Notes
) -> list[Page]:
    """The whole debrief in its order; without an `examination` it has no re-runs to tell of."""
    pages = [how_it_went(facts), pivotal_page(pack, facts, examination, notes.pivotal)]
    if examination is not None:
        pages.append(luck_page(facts, examination.luck))
    pages += _bets(facts)
    pages += [promises_page(facts), charter_page(facts), practice_page(facts)]
    pages += _letters(facts)
    return [*pages, reviews_page(facts), questions_page(facts, notes)]


def as_data(facts: Facts, examination: Examination | None, notes: Notes) -> dict[str, Any]:
    """The debrief for scripts: facts, re-runs, reviews and questions."""
    return {
        "facts": msgspec.to_builtins(facts),
        "examination": msgspec.to_builtins(examination),
        "reviews": {review.by: review.text for review in reviews(facts)},
        "questions": {each.about: each.text for each in questions(facts)},
        "notes": asdict(notes),
    }


def decisions_made(facts: Facts) -> list[tuple[int, str, str, str]]:
    """The decisions to name one from: number, phase, scene and what was decided."""
    return [
        (each.moment.number, facts.phases[each.moment.phase], title_of(each), decided(each))
        for each in facts.made
    ]


# ── the pages ───────────────────────────────────────────────────────────────────────────


def how_it_went(facts: Facts) -> Page:
    """The eight metrics from the start, round by round, to where the run stands."""
    lines = {each.metric: each.line for each in facts.metrics}
    marks = ("start", *_where(facts))
    if any(each.now != each.line[-1] for each in facts.metrics):
        lines = {each.metric: (*each.line, each.now) for each in facts.metrics}
        marks += ("the end" if facts.over else "now",)
    blocks: list[Block] = []
    if facts.ending:
        blocks.append(Notice(f"{facts.ending}. {facts.because}"))
    blocks += (
        Plot(tuple(Series(metric, lines[metric]) for metric in side), title, marks)
        for title, side in _LINES
    )
    blocks.append(Entries(tuple(_turns(facts)), "What moved them most, all causes added up"))
    gates = tuple(
        Entry(gate.title, _gate(gate.result), facts.phases[gate.phase])
        for gate in facts.gates
        if gate.result != "ends"
    )
    if gates:
        blocks.append(Entries(gates, "The gates"))
    return Page("aside", "How it went", tuple(blocks))


def promises_page(facts: Facts) -> Page:
    """The promises in the words in which they were given, by what became of them."""
    groups = (
        ("Kept", [p for p in facts.pledges if p.fate == "kept" and not p.moved]),
        ("Renegotiated, and kept", [p for p in facts.pledges if p.fate == "kept" and p.moved]),
        ("Broken", [p for p in facts.pledges if p.fate == "broken"]),
        ("Still open", [p for p in facts.pledges if p.fate == "open"]),
    )
    blocks: list[Block] = []
    for title, pledges in groups:
        if pledges:
            blocks.append(Heading(title, str(len(pledges))))
            blocks.append(Entries(tuple(_pledge(facts, pledge) for pledge in pledges)))
    return Page(
        "aside", "What was promised", tuple(blocks) or (Notice("Nobody was promised anything."),)
    )


def charter_page(facts: Facts) -> Page:
    """The working charter, the calls that were made across it, and where people disagree."""
    blocks: list[Block] = []
    if facts.charter is None:
        blocks.append(
            Notice("No charter was drawn up, so there is none to hold your calls against.")
        )
    else:
        changed = f", changed {words.times(facts.charter.amended)}" if facts.charter.amended else ""
        rows = tuple(Entry(title, "; ".join(calls)) for title, calls in facts.charter.rows)
        blocks.append(Entries(rows, f"Whose call it was, by your charter{changed}"))
        if facts.oversteps:
            crossed = tuple(_overstep(facts, each) for each in facts.oversteps)
            blocks.append(Entries(crossed, "Calls that were made across it"))
        else:
            blocks.append(Notice("No call was made by anybody whose it was not."))
    return Page("aside", "Whose call it was", (*blocks, _FRICTIONS, Prose(_FRICTIONS_SAID)))


def practice_page(facts: Facts) -> Page:
    """The twelve competencies, as far as this job practised them."""
    unpractised = sum(not each.practised for each in facts.practice)
    said = "Practice is counted here, and not marked."
    if unpractised:
        said += f" {unpractised} of the {len(facts.practice)} you did not practise."
    return Page(
        "aside",
        "What you practised",
        (levels("In this job alone", facts.practice), Notice(said)),
    )


def questions_page(facts: Facts, notes: Notes) -> Page:
    """Three questions, to be answered by nobody but the player, and what they do on Monday."""
    blocks: list[Block] = [
        block
        for each in questions(facts)
        for block in (Heading(words.capitalised(each.about)), Prose(each.text))
    ]
    if notes.monday:
        blocks += [Heading("On Monday"), Quote(notes.monday, facts.player)]
    return Page("aside", "Three questions", tuple(blocks))


def _bets(facts: Facts) -> Iterator[Page]:
    """What was expected, beside what happened; no page where nothing was."""
    if facts.foreseen:
        right = sum(bet.right is True for bet in facts.foreseen)
        settled = sum(bet.right is not None for bet in facts.foreseen)
        yield Page(
            "aside",
            "What you expected",
            (
                Notice(f"{words.plural(settled, 'bet')} settled, {right} right."),
                *_bet_blocks(facts.foreseen),
            ),
        )


def _bet_blocks(bets: Iterable[Foreseen]) -> Iterator[Block]:
    for bet in bets:
        fate = "not settled" if bet.right is None else "right" if bet.right else "wrong"
        yield Heading(bet.title, fate, bet.hat)
        yield Quote(bet.said, "your bet")
        if bet.told:
            yield Prose(bet.told)


def _letters(facts: Facts) -> Iterator[Page]:
    """The letters to the other hat, word for word."""
    if facts.letters:
        yield Page(
            "aside",
            "What you wrote to yourself",
            tuple(
                Quote(
                    letter.text,
                    f"the {words.HAT_NAMES[letter.hat]}, in “{letter.title}”, "
                    f"{_when(facts, letter.moment)}",
                )
                for letter in facts.letters
            ),
        )


# ── small words ─────────────────────────────────────────────────────────────────────────


def _where(facts: Facts) -> Iterator[str]:
    """The phase of each round, named where it begins."""
    before = ""
    for phase in facts.rounds:
        title = facts.phases[phase]
        yield title if title != before else ""
        before = title


def _turns(facts: Facts) -> Iterator[Entry]:
    """For each metric from where to where it went, what raised it most, and what lowered it."""
    for each in facts.metrics:
        parts = [
            f"{moved.by:+d} {words.why(moved.movement)}" for moved in (each.up, each.down) if moved
        ]
        if parts:
            yield Entry(each.metric, "; ".join(parts), f"{each.line[0]} to {each.now}")


def _gate(result: str) -> str:
    return {
        "passes": "passed",
        "sent-back": "sent you back",
        "rescued": "let you through, on harsher terms",
    }.get(result, result)


def _pledge(facts: Facts, pledge: Pledge) -> Entry:
    given = f"In “{pledge.title}”"
    if pledge.hat and pledge.said != pledge.item:
        given += f", as {words.HAT_NAMES[pledge.hat]}: “{words.glance(pledge.said, _GLANCED)}”."
    elif pledge.hat:
        given += f", as {words.HAT_NAMES[pledge.hat]}."
    else:
        given += ", without you." if pledge.given else ", by your predecessor."
    parts = [given]
    if pledge.moved:
        parts.append(f"Said in time, and moved {words.times(pledge.moved)}.")
    if pledge.settled:
        how = "Broken by its date" if pledge.overdue else words.capitalised(pledge.fate)
        by = f", by the {words.HAT_NAMES[pledge.settled_by]}" if pledge.settled_by else ""
        parts.append(f"{how} in {facts.phases[pledge.settled.phase]}{by}.")
    return Entry(f"“{pledge.words}”", " ".join(parts), f"to {pledge.to}")


def _overstep(facts: Facts, crossing: Overstep) -> Entry:
    how = "said so" if crossing.declared else "told nobody"
    mended = "; set right later" if crossing.mended else ""
    return Entry(
        f"“{crossing.call}”",
        f"{words.capitalised(crossing.whose)} call. The {words.HAT_NAMES[crossing.hat]} made it in "
        f"“{crossing.title}” (“{words.glance(crossing.said, _GLANCED)}”) and {how}{mended}.",
        _when(facts, crossing.moment),
    )


def _when(facts: Facts, moment: Moment) -> str:
    return facts.phases[moment.phase]
