"""From views and events to pages: the one place where the game's own words stand.

Both front ends and the transcript draw what is made here, so that the same decisions give the
same words everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Final

from game import words
from game.blocks import (
    Bar,
    Bars,
    Block,
    Change,
    Heading,
    Lines,
    Notice,
    Page,
    PageKind,
    Prose,
    Quote,
)
from game.boards import board, came_of_it
from game.changes import change_blocks, change_of
from game.endings import ending_pages
from game.inheritance import inheritance_page
from scenes.schema import Pack
from scenes.vocabulary import Hat
from state_machine import Outcome, Run, View, narrate, observe
from state_machine.desk import lay_out
from state_machine.rules import Rules
from state_machine.telling import Passage, setting
from state_machine.view import Ask

_PAGE_OF: Final[dict[str, PageKind]] = {
    "taken-over": "setting",
    "phase-opened": "phase",
    "answered": "consequence",
    "crisis-faced": "consequence",
    "decided": "consequence",
    "left-out": "consequence",
    "crossed": "consequence",
    "crossing-declared": "consequence",
    "wrote": "consequence",
    "handed-over": "handover",
    "sprint-started": "sprint",
    "day-passed": "sprint",
    "sprint-ended": "sprint",
    "happened-without": "fortnight",
    "came-due": "fortnight",
    "untold": "fortnight",
    "prediction-settled": "fortnight",
    "fortnight-passed": "fortnight",
    "bailed-out": "fortnight",
    "crisis-looms": "fortnight",
    "reviewed": "review",
    "gate-passes": "gate",
    "gate-sent-back": "gate",
    "gate-rescued": "gate",
    "gate-ends": "gate",
    "ended": "ending",
}
_LAST_DECISIONS: Final = 3
_PROMISES: Final = 4
"""So many of them are repeated where the hat changes."""

_GLANCED: Final = 10
"""So many words of a decision are."""

_TITLES: Final[dict[PageKind, str]] = {
    "consequence": "What happened",
    "handover": "Change of hat",
    "sprint": "The sprint",
    "fortnight": "Two weeks later",
}
_GATE_WORDS: Final[dict[str, str]] = {
    "gate-passes": "The gate passes.",
    "gate-sent-back": "The gate sends you back.",
    "gate-rescued": "The gate lets you through, on harsher terms.",
    "gate-ends": "The run ends here.",
}


def setting_page(pack: Pack, run: Run, rules: Rules | None = None) -> Page:
    """Where a new run begins: the company, and who the player is in it."""
    return Page("setting", pack.info.company, (Prose(setting(pack, run, rules)),))


def notice_pages(notices: Iterable[str], title: str = "Before you go on") -> list[Page]:
    """What a player should know before going on with a run; empty if there is nothing."""
    blocks = tuple(Notice(text) for text in notices)
    return [Page("notice", title, blocks)] if blocks else []


def ask_page(view: View) -> Page:
    """The page that waits for a decision. Raises `ValueError` if the view asks nothing."""
    ask = view.ask
    if ask is None:
        raise ValueError("this view asks for no decision")
    blocks: list[Block] = []
    if ask.text:
        blocks.append(Prose(ask.text))
    if ask.kept:
        blocks.append(Lines(f"Not yours to give: {ask.boss} keeps", ask.kept))
    kind: PageKind = "diary" if ask.kind == "diary" else "turn"
    title = f"{words.DIARY} · {ask.title}" if kind == "diary" else ask.title
    return Page(kind, title, tuple(blocks), view.hat, ask, _instruction(view, ask))


def outcome_pages(
    pack: Pack, outcome: Outcome, rules: Rules | None = None, *, undos: int = 0
) -> list[Page]:
    """What happened, as the pages that are read one after the other.

    `undos` is how many decisions of the run were taken back, which its ending says.
    """
    pages: list[Page] = []
    moved: dict[str, int] = {}
    for kind, group in groupby(_with_kinds(narrate(pack, outcome, rules)), key=itemgetter(0)):
        passages = [passage for _, passage in group]
        moved |= {m.key: m.after for passage in passages for m in passage.movements}
        numbers = tuple(moved.items())
        promises = any(passage.kind.startswith("promise-") for passage in passages)
        pages += (
            replace(page, numbers=numbers, promises=promises)
            for page in _pages(pack, outcome.run, kind, passages, rules, undos=undos)
        )
    return pages


def ledger_rows(pack: Pack, outcome: Outcome, rules: Rules | None = None) -> list[Change]:
    """Every change of every number in an outcome, in the order in which it came about."""
    return [
        change_of(movement)
        for passage in narrate(pack, outcome, rules)
        for movement in passage.movements
    ]


# ── pages of an outcome ─────────────────────────────────────────────────────────────────


def _with_kinds(passages: Iterable[Passage]) -> Iterator[tuple[PageKind, Passage]]:
    """Each passage with the kind of page that it belongs on.

    What becomes of a promise belongs to the page that it happens on, whichever that is.
    """
    current: PageKind = "consequence"
    for passage in passages:
        if passage.kind in ("round-opened", "diary-settled"):
            continue
        current = _PAGE_OF.get(passage.kind, current)
        yield current, passage


def _pages(
    pack: Pack,
    run: Run,
    kind: PageKind,
    passages: list[Passage],
    rules: Rules | None,
    *,
    undos: int,
) -> list[Page]:
    match kind:
        case "phase":
            return [_phase_page(passages[0], first=len(run.entered) == 1)]
        case "setting":
            return [inheritance_page(observe(pack, run, rules=rules), lay_out(pack, run, rules))]
        case "handover":
            return [
                Page(kind, _TITLES[kind], _handover_blocks(observe(pack, run, rules=rules)), "po")
            ]
        case "review":
            return [_review_page(passages[0])]
        case "gate":
            return [_gate_page(passages)]
        case "ending":
            return ending_pages(pack, run, rules, undos)
        case "sprint":
            return [_sprint_page(passages)]
        case "fortnight":
            return [_fortnight_page(passages)]
        case _:
            return _consequence_pages(passages)


def _phase_page(passage: Passage, *, first: bool) -> Page:
    """How a phase opens; before the first, what it is to have the job."""
    if not passage.text:
        return Page("phase", passage.title, (Notice("Back here again, with what you know now."),))
    hats = (Notice(words.TWO_HATS),) if first else ()
    return Page("phase", passage.title, (*hats, Prose(passage.text)))


def _consequence_pages(passages: list[Passage]) -> list[Page]:
    """What a decision came to; no page if nothing is to be said of it."""
    blocks: list[Block] = []
    several = sum(passage.kind in ("decided", "left-out") for passage in passages) > 1
    for passage in passages:
        blocks += _consequence_blocks(passage, several=several)
    blocks += change_blocks([m for p in passages for m in p.movements], just_chosen=not several)
    if not blocks:
        return []
    title = next((p.title for p in passages if p.kind in ("decided", "left-out")), "")
    hat = next((p.hat for p in passages if p.hat), None)
    return [Page("consequence", title or _TITLES["consequence"], tuple(blocks), hat)]


def _consequence_blocks(passage: Passage, *, several: bool) -> Iterator[Block]:
    match passage.kind:
        case "decided":
            if several and passage.text:
                yield Heading(passage.quote)
            elif passage.text:
                yield Quote(passage.quote)
        case "left-out" if passage.text:
            yield Heading(passage.quote, "left out")
        case "crossed":
            yield Notice(words.crossed(passage.quote, passage.title))
        case "crossing-declared":
            yield Notice(words.crossed(passage.quote, passage.title, declared=True))
        case "wrote":
            yield Notice("Kept. It will come back to you when it matters.")
        case _ if passage.kind.startswith("promise-"):
            yield Notice(_promise_line(passage))
    if passage.text:
        yield Prose(passage.text)


def _promise_line(passage: Passage) -> str:
    said = f"“{passage.quote}”"
    match passage.kind:
        case "promise-given":
            return f"Promised to {passage.title}, in these words: {said}"
        case "promise-kept":
            return f"Promise kept to {passage.title}: {said}"
        case "promise-renegotiated":
            return f"Said in time to {passage.title}, and moved: {said}"
    return f"Promise broken to {passage.title}: {said}"


def _handover_blocks(view: View) -> tuple[Block, ...]:
    """A glance at what is left: the last decisions, and the promises that fall due first."""
    blocks: list[Block] = [Notice(words.HANDOVER if view.rounds == 1 else words.HANDOVER_AGAIN)]
    if view.decided:
        rows = tuple(
            f"{scene}: {said if said.startswith('“') else words.glance(said, _GLANCED)}"
            for scene, said in view.decided[-_LAST_DECISIONS:]
        )
        blocks.append(Lines("What the product manager leaves on the desk", rows))
    if view.promises:
        order = [title for _, title in view.phases]
        first = sorted(view.promises, key=lambda promise: order.index(promise.due))[:_PROMISES]
        rows = tuple(f"“{promise.words}” {words.debt(promise)}" for promise in first)
        more = len(view.promises) - len(first)
        rows += (f"and {more} more on the glove",) if more else ()
        blocks.append(Lines("What is promised", rows))
    return tuple(blocks)


def _sprint_page(passages: list[Passage]) -> Page:
    blocks: list[Block] = []
    started = [passage for passage in passages if passage.kind == "sprint-started"]
    days = [passage.board for passage in passages if passage.board]
    if started and days and started[0].title:
        blocks.append(Notice(f"The goal: “{started[0].title}”."))
    if days:
        blocks.append(board(days))
    for passage in passages:
        if passage.sprint:
            blocks += came_of_it(passage.sprint)
    blocks += change_blocks([m for p in passages for m in p.movements])
    return Page("sprint", _TITLES["sprint"], tuple(blocks), "po")


def _fortnight_page(passages: list[Passage]) -> Page:
    blocks: list[Block] = []
    for passage in passages:
        blocks += _fortnight_blocks(passage)
    blocks += change_blocks([m for p in passages for m in p.movements])
    return Page("fortnight", _TITLES["fortnight"], tuple(blocks))


def _fortnight_blocks(passage: Passage) -> Iterator[Block]:
    match passage.kind:
        case "happened-without":
            yield Heading(passage.title, "without you", passage.hat)
        case "came-due":
            yield Heading(passage.title, "comes due")
            yield Quote(passage.quote, f"what {passage.said_by or 'you'} said then")
        case "untold":
            yield Heading(f"Nobody told {passage.title}")
            yield Quote(passage.quote, "the line that was missing")
        case "prediction-settled":
            whose = f"{passage.said_by}'s" if passage.said_by else "your"
            yield Heading(passage.title, f"{whose} prediction")
            yield Quote(passage.quote, f"what {passage.said_by or 'you'} bet on")
        case _ if passage.kind.startswith("promise-"):
            yield Notice(_promise_line(passage))
        case "bailed-out":
            yield Heading("The account cannot pay another fortnight")
        case "crisis-looms":
            yield Notice("Something has given way. It will be waiting for you.")
    if passage.text:
        yield Prose(passage.text)


def _review_page(passage: Passage) -> Page:
    bars = tuple(Bar(metric, after, before) for metric, before, after in passage.readings)
    return Page(
        "review",
        f"{passage.title}: looking back",
        (Prose(passage.text), Bars(bars, "Since the phase began")),
    )


def _gate_page(passages: list[Passage]) -> Page:
    gate, *promises = passages
    blocks: tuple[Block, ...] = (
        Prose(gate.text),
        Notice(_GATE_WORDS[gate.kind]),
        *_missing(gate),
        *(Notice(_promise_line(promise)) for promise in promises),
        *change_blocks([movement for passage in passages for movement in passage.movements]),
    )
    return Page("gate", gate.title, blocks)


def _missing(gate: Passage) -> Iterator[Block]:
    """What a gate that did not pass had wanted."""
    if gate.missing:
        missing = "; ".join(words.wanted(each, about) for each, about in gate.missing)
        yield Notice(f"What was missing: {missing}.")


def _instruction(view: View, ask: Ask) -> str:
    match ask.kind:
        case "diary":
            wanted = sum(option.cost for option in ask.options)
            unusual = ask.budget != ask.usual
            instead = f" instead of {ask.usual}, after earlier choices," if unusual else ""
            return (
                f"You have {words.plural(ask.budget, 'half-day')}{instead} and "
                f"are wanted for {wanted}. What you leave will happen without you."
            )
        case "pick":
            least = f", at least {ask.least}" if ask.least else ""
            return ask.ask or f"Pick what fits into {ask.budget} {ask.unit}{least}."
        case "rank":
            return ask.ask or f"Put them in order. The first {ask.keep} get done."
        case "write":
            hat: Hat = view.hat or "pm"
            other: Hat = "po" if hat == "pm" else "pm"
            return ask.ask or f"Write one sentence to the {words.HAT_NAMES[other]}, who is you."
        case "predict":
            when = f"in {words.plural(ask.after, 'round')}" if ask.after else "in two weeks"
            return ask.ask or f"What do you expect? You will see {when}."
        case "sort":
            return ask.ask or "Put each of them where it belongs."
        case "allocate":
            most = f", at most {ask.most} to one" if ask.most is not None else ""
            return ask.ask or f"Share out all {ask.budget} {ask.unit}{most}."
        case "compose":
            return ask.ask or "Fill each gap."
        case "choose":
            return ask.ask
