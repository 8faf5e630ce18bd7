"""What the re-runs say: which decisions mattered, and how much was luck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from game import words
from game.blocks import Block, Entries, Entry, Heading, Lines, Notice, Page, Prose, Quote
from game.reports.otherwise import otherwise
from scenes.schema import Pack
from state_machine.counterfactual import Alternative, Examination, Examined, Range
from state_machine.deeds import Facts, Made
from state_machine.luck import Luck, Stroke

PIVOTAL: Final = 3
"""So many decisions are shown that mattered, beside the one that the player named."""

_OTHERS: Final = 3
"""So many alternatives to a decision are shown: the best of them, then the clearest."""

_COARSE: Final = 50
"""From so many tenths on, whole points say enough."""

_SLIGHT: Final = 5
"""What is less than so many tenths is not spoken of."""

_GLANCED: Final = 24
"""So many words of a decision are repeated."""

_HOW: Final = (
    "Each decision was played again with everything else that you could have chosen there, on the "
    "same luck, up to the next gate. Nobody knows how you would have gone on, so four ways were "
    "tried: as you did, as somebody sensible would, as somebody who wants to please, and as "
    "somebody who counts every euro. What you see is the range over the four. Where it runs "
    "from worse to better, it says *unclear*. A decision is weighed by the best of the other ways, "
    "which stands first: where one was as good, it did not matter much which you took."
)
_LIMITS: Final = (
    "What this cannot see: anything that comes due after the gate, promises that were still open "
    "there, and what a decision meant to the people in it. It finds what moved the numbers. "
    "What was right is another question, and yours. If you think that one mattered later, branch "
    "there and play it on; the comparison of the two shows what came of it."
)
_RESULTS: Final = {
    "passes": "passed",
    "sent-back": "sent the product back",
    "rescued": "let it through on harsher terms",
    "ends": "ended the run",
    "open": "not been reached",
}
_HABITS: Final = {
    "sensible": "somebody sensible",
    "people-pleaser": "somebody who wants to please",
    "penny-pincher": "somebody who counts every euro",
}


def pivotal_page(
    pack: Pack, facts: Facts, examination: Examination | None, named: int | None
) -> Page:
    """The decision that the player named, beside those that the re-runs point at."""
    blocks: list[Block] = []
    made = {each.moment.number: each for each in facts.made}
    if examination is None:
        blocks += _only_named(made, named)
        return Page("aside", "What mattered", tuple(blocks))
    pivotal = examination.pivotal(PIVOTAL)
    blocks += _side_by_side(made, pivotal, examination, named)
    blocks.append(Prose(_HOW))
    shown = list(pivotal)
    if named is not None and all(each.number != named for each in pivotal):
        shown = [each for each in examination.decisions if each.number == named] + shown
    for each in shown:
        blocks += _examined(pack, facts, made[each.number], each, named)
    blocks.append(Prose(_LIMITS))
    return Page("aside", "What mattered", tuple(blocks))


def luck_page(facts: Facts, luck: Luck) -> Page:
    """How much of a run was judgement and how much luck, as far as re-runs can tell."""
    low, quarter, middle, three, high = (_measured(luck, n) for n in luck.quartiles)
    what = "score" if luck.measure == "score" else "standing"
    blocks: list[Block] = [
        Prose(
            f"Your decisions were played again under {len(luck.others)} other seeds, in the same "
            "hidden world: other invitations, other days in the sprint, other turns. Where the "
            "story then asked something else, somebody sensible answered for you."
        ),
        Entries(
            (
                Entry("yours", f"a {what} of {_measured(luck, luck.own)}"),
                Entry(
                    "the others",
                    f"from {low} to {high}; the middle one {middle}, half of them between "
                    f"{quarter} and {three}",
                ),
                Entry("so", _placed(luck)),
            ),
            "The same decisions, other luck",
        ),
        Entries(
            tuple(
                Entry(_HABITS.get(name, name), f"a {what} of {_measured(luck, came_to)}")
                for name, came_to in luck.habits
            ),
            "Other habits, from your first day and with your luck",
        ),
    ]
    for title, strokes in (
        ("Where luck helped you", [s for s in luck.luckiest() if s.worth >= _SLIGHT]),
        ("Where luck cost you", [s for s in luck.unluckiest() if -s.worth >= _SLIGHT]),
    ):
        if strokes:
            made = {each.moment.number: each for each in facts.made}
            rows = tuple(_stroke(each, made[each.number]) for each in strokes)
            blocks.append(Lines(title, rows))
    blocks.append(Notice(_spread(luck)))
    return Page("aside", "Judgement and luck", tuple(blocks))


# ── what mattered ───────────────────────────────────────────────────────────────────────


def _only_named(made: dict[int, Made], named: int | None) -> Iterator[Block]:
    if named in made:
        yield Quote(decided(made[named]), f"what you named, in “{title_of(made[named])}”")
    yield Notice("The re-runs were not waited for, so there is nothing to hold it against.")


def _side_by_side(
    made: dict[int, Made],
    pivotal: Sequence[Examined],
    examination: Examination,
    named: int | None,
) -> Iterator[Block]:
    """What the player named and what the re-runs name, as a list, and what to make of it."""
    rows = [
        Entry(f"the re-runs, {place}", _place(made[each.number]))
        for place, each in enumerate(pivotal, start=1)
    ]
    if named in made:
        rows.insert(0, Entry("you", _place(made[named])))
    if rows:
        yield Entries(tuple(rows), "Which decision mattered")
    yield Notice(_verdict(pivotal, examination, named))


def _verdict(pivotal: Sequence[Examined], examination: Examination, named: int | None) -> str:
    if not pivotal:
        return (
            "No single decision made a clear difference up to its gate. It was the sum of them, or "
            "what stood behind them."
        )
    if named is None:
        return "You named none. Keep your own guess in mind while you read theirs."
    numbers = [each.number for each in pivotal]
    if named == numbers[0]:
        return "You and the re-runs name the same one."
    if named in numbers:
        return "The re-runs have it too, not in the first place."
    if named in dict(examination.skipped):
        return (
            "What you named is of a kind that re-runs cannot weigh: a sentence, a bet, or the only "
            "thing that could be done. You may be right all the same."
        )
    return (
        "The re-runs name others. They look at numbers up to the next gate; you may have looked "
        "further."
    )


def _examined(
    pack: Pack, facts: Facts, made: Made, examined: Examined, named: int | None
) -> Iterator[Block]:
    note = f"decision {examined.number}, in {facts.phases[examined.phase]}"
    yours = ", the one that you named" if examined.number == named else ""
    yield Heading(title_of(made), f"{note}{yours}", made.hat)
    yield Quote(decided(made), "what you decided")
    clear = sorted(
        examined.alternatives, key=lambda a: (-a.difference.distance, -a.difference.widest)
    )
    ranked = [examined.rival, *(each for each in clear if each is not examined.rival)]
    said: dict[str, str] = {}
    for each in ranked:  # of several that are said alike, the first
        other = otherwise(pack, examined.scene, examined.decision, each.decision)
        said.setdefault(other or "another way of it", _compared(each))
    rows = [Entry(other, told) for other, told in said.items()]
    yield Entries(tuple(rows[:_OTHERS]), "What else there was")
    if len(rows) > _OTHERS:
        yield Notice(f"And {words.plural(len(rows) - _OTHERS, 'other way')}, less clear.")


def _compared(other: Alternative) -> str:
    """How an alternative compares: at the gate, in which number most, and in the gate's result."""
    told = [_difference(other.difference)]
    better = other.difference.low > 0
    clear = other.difference.distance > 0
    sure = [(metric, by) for metric, by in other.metrics if by.distance]
    why = [each for each in sure if not clear or (each[1].low > 0) == better]
    if why and (clear or other.difference.widest < _SLIGHT):
        metric, by = why[0]
        told.append(f"With yours {metric} stood {_points(by)} {_way(by)}.")
    if other.turned:
        ways = {each.other for each in other.compared}
        result = _RESULTS[ways.pop()] if len(ways) == 1 else "gone another way"
        told.append(f"With this the gate would have {result}, however you had gone on.")
    elif other.gates:
        some = f"{len(other.gates)} of {words.plural(len(other.compared), 'way')}"
        told.append(f"With this the gate would have gone another way in {some} of going on.")
    return " ".join(told)


def _difference(by: Range) -> str:
    if by.widest < _SLIGHT:
        return "As a whole, no difference to speak of at the gate."
    if by.unclear:
        better, worse = _amount(_tenths(-by.low)), _amount(_tenths(by.high))
        return f"Unclear: anything from {better} better than yours to {worse} worse."
    side = "better" if by.low > 0 else "worse"
    return f"What you did stood {_points(by, tenths=True)} {side} at the gate."


def _way(by: Range) -> str:
    return "higher" if by.low > 0 else "lower"


def _points(by: Range, *, tenths: bool = False) -> str:
    """A range that does not span zero: `3 points`, `2 to 4 points`."""
    sizes = sorted((abs(by.low), abs(by.high)))
    low, high = (_tenths(size) if tenths else str(size) for size in sizes)
    if low == high:
        return f"about {_amount(low)}"
    return f"{low} to {_amount(high)}"


def _amount(size: str) -> str:
    """So many points, with their noun: `1 point`, `0.4 points`."""
    return f"{size} {'point' if size == '1' else 'points'}"


def _tenths(size: int) -> str:
    """Tenths of a point in as many digits as they deserve."""
    return words.tenths(size) if size < _COARSE else str((size + 5) // 10)


def _place(made: Made) -> str:
    return f"decision {made.moment.number}, “{title_of(made)}”: {words.glance(decided(made), 12)}"


def decided(made: Made) -> str:
    """What was decided, at a glance; of a diary, where the player went."""
    return words.glance(made.said, _GLANCED) or "to go nowhere"


def title_of(made: Made) -> str:
    """What a decision was about: the scene, or the diary."""
    return made.title if made.scene else words.DIARY


# ── luck ────────────────────────────────────────────────────────────────────────────────


def _measured(luck: Luck, number: int) -> str:
    return str(number) if luck.measure == "score" else words.tenths(number)


def _placed(luck: Luck) -> str:
    of = len(luck.others)
    if luck.worse >= of * 3 // 4:
        word = "you had more luck than most"
    elif luck.better >= of * 3 // 4:
        word = "you had less luck than most"
    else:
        word = "you had about the luck that one has"
    return f"{luck.worse} of {of} came to less and {luck.better} to more: {word}"


def _spread(luck: Luck) -> str:
    low, _, _, _, high = luck.quartiles
    habits = [came_to for _, came_to in luck.habits]
    apart = max((*habits, luck.own)) - min((*habits, luck.own))
    sizes = (
        f"Luck alone could move it by {_measured(luck, high - low)} points, habits alone by "
        f"{_measured(luck, apart)}."
    )
    if 2 * (high - low) > 3 * apart:
        return f"{sizes} Judge the decisions here, and not the result."
    return f"{sizes} Neither is all of it."


def _stroke(stroke: Stroke, made: Made) -> str:
    """A moment in which chance had a say, and what it was worth beside other draws."""
    draws = [f", a chance of {cause.odds} in {cause.of}" for cause in stroke.draws if cause.of]
    what = f"sprint {stroke.sprints[0]}" if stroke.sprints else f"what came of “{title_of(made)}”"
    odds = draws[0] if draws and not stroke.sprints else ""
    kind = stroke.worth > 0
    beaten, way = (stroke.worse, "better") if kind else (stroke.better, "worse")
    of = stroke.worse + stroke.better
    return (
        f"{what}{odds}: {_amount(_tenths(abs(stroke.worth)))} {way} than on the average of other "
        f"draws, {way} than {beaten} of the {of} that came out otherwise"
    )
