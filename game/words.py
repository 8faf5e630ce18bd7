"""How numbers and names are said: labels, money, changes, prices. The game's own small words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from scenes.vocabulary import METRICS, ArtifactId, Hat, Metric

if TYPE_CHECKING:
    from game.blocks import PageKind
    from game.shelf import RunCard
    from state_machine.desk import SegmentFacts
    from state_machine.events import Wanted
    from state_machine.telling import CauseTold, Movement
    from state_machine.view import Ask, ItemFacts, Met, Option, Owed, View

HAT_NAMES: Final[dict[Hat, str]] = {"pm": "product manager", "po": "product owner"}
HAT_SHORT: Final[dict[Hat, str]] = {"pm": "PM", "po": "PO"}
HAT_CALLS: Final[dict[Hat, str]] = {"pm": "why, who, what", "po": "how, in which order"}
HAT_GLYPHS: Final[dict[Hat, str]] = {"pm": "◆", "po": "●"}

TAGLINE: Final = "A product career in your terminal. You have to live with yourself."
TWO_HATS: Final = (
    "You wear two hats. What you promise under the product manager's, you inherit under the "
    "product owner's. What you ship as product owner, you explain as product manager. There is "
    "nobody else to blame."
)
HANDOVER: Final = (
    "The product manager's hat comes off. The product owner's goes on. Same head, same desk, "
    "other questions: how, and in which order."
)
HANDOVER_AGAIN: Final = "The other hat, the same head. This is what it finds."
UNDONE: Final = (
    "You take your last decision back. The run goes on as if it had not been made, and remembers "
    "that it was."
)
NO_UNDO: Final = (
    "There is nothing to take back: only the last decision can be, and only once in a row."
)
ON_KEPT: Final = "It goes on by the story and the rules that were kept with it."
STORY_GONE: Final = (
    f"The story that this run was begun with is not where it was, or cannot be read. {ON_KEPT}"
)
BY_THOSE_OF_THEN: Final = (
    "The story or the rules have changed since. A branch goes on by those of then, so that it can "
    "be compared."
)
NOT_KEPT: Final = (
    "What this run was played on was not kept with it. It is told by the story and the rules of "
    "today."
)
SHARED: Final = ".twohats"
"""How the name of a file ends that holds a run, to be given away."""

CONTINUE: Final = "Continue"
NEW_RUN: Final = "New run"
SAVED_RUNS: Final = "Saved runs"
STUDIED_BY: Final = (
    "To study one, leave and type `twohats replay RUN --plain`, `twohats debrief RUN` or "
    "`twohats compare RUN RUN`, with what stands before the colon."
)
CAREER: Final = "Career"
QUIT: Final = "Quit"
LOOK_BACK: Final = "Look back on this run?"

GLOVE: Final = "On the glove"
"""Where open promises stand, as on Ife's."""

_NOTHING_PROMISED: Final = "nothing yet; what you promise is written here"
DESK: Final = "Your desk"
DIARY: Final = "Your diary"
ARTIFACTS: Final[dict[ArtifactId, str]] = {
    "vision-card": "The vision card",
    "requirement-document": "The requirement document",
    "roadmap": "The roadmap",
    "product-backlog": "The product backlog, from the top",
    "user-stories": "User stories, those that come next",
    "sprint-plan": "The sprint plan",
    "charter": "Whose call: the charter",
}
_QUALITY: Final[tuple[tuple[int, str], ...]] = (
    (24, "thin"),
    (49, "shaky"),
    (74, "sound"),
    (100, "strong"),
)
PEOPLE: Final = "People you have met"
PEOPLE_BEFORE: Final = "People whom this desk has met"
"""The same where somebody sits at it who has taken it over."""
NOTHING_MOVED: Final = "Nothing has moved yet."
WHY_MOVED: Final = "Why the numbers moved"
TAKEN_BACK: Final = "taken back"
"""What is said of a decision that was made and then unmade."""

LEFT_TO_HAPPEN: Final = "If you don't"
"""What stands before the default of an invitation."""

METRIC_SHORT: Final[dict[Metric, str]] = {
    "customers": "cust",
    "sponsor": "spons",
    "business": "biz",
    "market": "mkt",
    "morale": "morale",
    "clarity": "clarity",
    "flow": "flow",
    "quality": "qual",
}
METRIC_MEANINGS: Final[dict[Metric, str]] = {
    "customers": "what the people who use it think of it",
    "sponsor": "how far the one who pays still believes in you",
    "business": "whether sales, support and finance can work with it",
    "market": "how the product stands beside what else can be bought",
    "morale": "how the team feels about coming in",
    "clarity": "whether the team knows what is wanted, and why",
    "flow": "how smoothly work gets from started to finished",
    "quality": "whether what is built holds",
}

_BANDS: Final[dict[PageKind, tuple[str, str]]] = {
    "diary": ("YOUR DIARY", "both hats, one you"),
    "sprint": ("THE SPRINT", "ten days on the board"),
    "fortnight": ("TWO WEEKS LATER", ""),
    "review": ("LOOKING BACK", ""),
    "gate": ("THE GATE", ""),
    "ending": ("THE END", ""),
}
OTHER_MEANINGS: Final[dict[str, str]] = {
    "runway": "the money that is left, and how long it lasts if nothing changes",
    "half-days": "what a diary has to give; a choice that takes one takes it from the next",
    "trust": "how far somebody believes you, from -5 to 5; a result shows it as a number, "
    "the list of people in words",
    "gate": "what ends a phase; what it wants stands on the desk all along",
    "known": "how much you found out about a question; later, people ask for it",
}
_RULES: Final[dict[str, str]] = {
    "crossing": "a call that was not yours, and nobody was told",
    "mended": "what was crossed has been set right",
    "burn": "two weeks of salaries and rent",
    "crisis": "it was faced",
    "revenue": "two weeks of what customers pay",
    "diary": "half-days that earlier choices gave or took",
    "acquisition": "heard of it, tried it and stayed",
    "attention": "where you spent the fortnight",
    "referral": "were told by somebody who uses it",
    "churn": "stopped using it",
    "subscriptions": "those who pay for it, by segment",
    "delivered": "what the product does for them as it is",
    "sprint": "what the sprint paid off",
    "sprint-over": "a new sprint begins with the usual time",
    "haste": "a card that was hurried over the line",
    "debt-grows": "debt that nobody pays off grows",
    "voices": "how far those trust you who speak for it",
    "promises": "how many of your promises were kept",
    "money": "how long the money will last",
    "income": "how much of its cost the product earns",
    "satisfaction": "what its users think of it",
    "standing": "how many use it, of those who could",
    "known": "how much has been found out",
    "vision-card": "how far the vision card holds together",
    "requirement-document": "what the requirement document rests on",
    "roadmap": "whether the roadmap can be done",
    "order": "whether the backlog is in a sensible order",
    "ready": "how many of the next cards are ready to be built",
    "finishing": "how much of the last plan got done",
    "lead-time": "how long a card takes from begun to done",
    "soundness": "what the test let through, and open bugs",
    "debt": "technical debt",
    "undisturbed": "how far the team was left alone in the sprint",
}
OUTSIDE: Final[dict[str, str]] = {
    "interview": "the interview",
    "succession": "the first hour",
    "offers": "the offers",
    "ended": "the end",
}
"""What the states of a run are called that lie in no phase."""

EXPRESS: Final = "express"
_WORTH_SAYING: Final = ("story", "requirement", "opportunity")
_MARKED: Final = ("bug", "debt", "enabler")
_REFINED: Final = ("story", "enabler")
_OPINIONS: Final[tuple[tuple[int, str], ...]] = (
    (25, "close to leaving"),
    (40, "something they need is missing"),
    (54, "lukewarm"),
    (69, "pleased"),
    (100, "telling others"),
)
_TRUST: Final[tuple[tuple[int, str], ...]] = (
    (-3, "has stopped believing you"),
    (-1, "is wary of you"),
    (0, "has not decided about you"),
    (2, "trusts you"),
    (5, "would vouch for you"),
)


def plural(number: int, noun: str) -> str:
    """`1 round`, `2 rounds`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def so_many(number: int, unit: str) -> str:
    """`1 morning`, `3 mornings`, of a unit that is given as several."""
    return f"{number} {unit.removesuffix('s') if number == 1 else unit}"


def times(number: int) -> str:
    """How often something was: `once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def practised(number: int) -> str:
    """How often something was practised: `never practised`, `practised once`."""
    return f"practised {times(number)}" if number else "never practised"


def nothing_to_inherit(run_id: str, at: int) -> str:
    """Why nobody can take a run over."""
    after = f" after decision {at}" if at else ""
    return (
        f"The run {run_id} has no desk to sit down at{after}: one can be taken over at a diary of "
        "Launch, Grow or Renew, before the ending. Some express editions have none."
    )


def branched(run_id: str, number: int) -> str:
    """That a run is a branch, whose decision of this number is made anew."""
    return (
        f"A branch of {run_id}: decision {number} is to be made anew, and all before it stays. "
        "It is there to be studied, and no job."
    )


def goes_on_as(run_id: str) -> str:
    """That somebody else's run goes on in a branch of it."""
    return f"This is somebody else's run, and stays as it is. You go on in a branch, `{run_id}`."


def migrated(run_id: str, left_behind: Sequence[str] = ()) -> str:
    """That a run goes on by newer rules, as another run, and what it had to leave behind."""
    left = (
        f" Left behind, as they are there no more: {', '.join(left_behind)}." if left_behind else ""
    )
    return (
        "The story or the rules have changed since this run was begun. It goes on by the new ones "
        f"as `{run_id}`; the run before stays as it is, and can be replayed as it was played.{left}"
    )


def cannot_migrate(lacking: Sequence[str]) -> str:
    """That a run cannot follow a changed story, and goes on as it was begun."""
    more = f" and {len(lacking) - 3} more" if len(lacking) > 3 else ""
    return (
        "The story has changed so much since this run was begun that it cannot follow: "
        f"{', '.join(lacking[:3])}{more} would be missing. {ON_KEPT}"
    )


def moment(number: int) -> str:
    """A decision by its number, from 1; 0 is the beginning."""
    return f"decision {number}" if number else "the beginning"


def taken_back(undos: int) -> str:
    """That so many decisions were taken back on the way."""
    were = "was" if undos == 1 else "were"
    return f"{plural(undos, 'decision')} {were} taken back on the way."


def tenths(number: int) -> str:
    """A number of tenths: `5.3`, or `5` where there are none."""
    whole, rest = divmod(number, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def glance(text: str, most: int) -> str:
    """A text with its first words alone, if it has more than so many; a quotation stays closed."""
    first = text.split()[:most]
    if len(first) == len(text.split()):
        return text
    short = " ".join(first).rstrip(",;:.!?")
    closed = "”" if short.count("“") > short.count("”") else ""
    return f"{short} …{closed}"


def capitalised(text: str) -> str:
    """A text with its first letter large and the others as they are."""
    return text[:1].upper() + text[1:]


def euros(amount: int) -> str:
    """Money as it is said: `€800`, `€12k`, `€9.5k`, `-€4k`."""
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    if size < 1000:
        return f"{sign}€{size}"
    thousands, rest = divmod(size, 1000)
    tenth = rest // 100
    if size >= 100_000 or not tenth:
        return f"{sign}€{thousands}k"
    return f"{sign}€{thousands}.{tenth}k"


def runway(view: View) -> str:
    """The money left and how long it lasts: `€142k, about 15 weeks`."""
    return f"{euros(view.runway)}, {_lasting(view)}"


def _lasting(view: View) -> str:
    """How long the money lasts at the present burn (a fortnight) and revenue (a month)."""
    weekly = view.burn * 26 - view.revenue * 12
    if view.runway <= 0:
        return "nothing left"
    weeks = view.runway * 52 // weekly if weekly > 0 else 99
    if weeks > 60:
        return "over a year"
    return f"about {plural(weeks, 'week')}" if weeks else "less than a week"


def account(view: View) -> str:
    """What came of the product, once something did, and the money: `40 users · €65k, about …`."""
    parts = [plural(view.users, "user")] if view.users or view.revenue else []
    if view.revenue:
        parts.append(f"{euros(view.revenue)} a month")
    return " · ".join([*parts, runway(view)])


def label(movement: Movement) -> str:
    """The name of the number that moved, as it is shown: `customers`, `Ife's trust`."""
    return number(movement.key, movement.subject)


def number(key: str, subject: str) -> str:
    """The name of a number: `subject` is whom or what it is about, if anything."""
    kind = key.partition(" ")[0]
    match kind:
        case "trust":
            return f"{subject.partition(' ')[0]}'s trust"
        case "evidence":
            return f"known: {subject}"
        case "half-days":
            return "next diary"
        case "users":
            return f"users: {subject}"
        case "satisfaction":
            return f"opinion: {subject}"
        case "price":
            return f"price: {subject}"
        case "focus":
            return "time for the board"
        case "wip-limit":
            return "work in progress"
    return key


def change(movement: Movement) -> str:
    """By how much a number moved, with its unit: `+3`, `-€4k`, `+1 half-day`."""
    sign = "+" if movement.by > 0 else "-"
    size = abs(movement.by)
    match movement.key:
        case "runway":
            return f"{sign}{euros(size)}"
        case "revenue":
            return f"{sign}{euros(size)} a month"
        case "half-days":
            return f"{sign}{plural(size, 'half-day')}"
    return f"{sign}{size}"


def amount(key: str, size: int) -> str:
    """How much a number is, with its unit: `53`, `€9.5k`."""
    return euros(size) if key in ("runway", "revenue") else str(size)


def span(movement: Movement) -> str:
    """From where to where: `50 to 53`; empty for what is counted anew each time."""
    if movement.key == "half-days":
        return ""
    return f"{amount(movement.key, movement.before)} to {amount(movement.key, movement.after)}"


def why(movement: Movement, *, just_chosen: bool = False) -> str:
    """The cause of a movement, in one line. A choice that was `just_chosen` is not quoted."""
    odds = f", a chance of {movement.odds[0]} in {movement.odds[1]}" if movement.odds else ""
    if just_chosen and movement.cause in ("choice", "draw", "left-out"):
        return f"this choice{odds}"
    return cause(movement.cause, movement.title, movement.quote) + odds


def cause(kind: CauseTold, title: str, quote: str) -> str:
    """What a kind of cause is called, with what it goes back to: as in a `Movement`."""
    match kind:
        case "choice" | "draw":
            return f"“{quote}”, in “{title}”"
        case "left-out":
            return f"left out: “{quote}”, in “{title}”"
        case "later":
            return f"come due: “{quote}”, in “{title}”"
        case "missed":
            return f"“{title}” went on without you"
        case "promise":
            return f"your promise to {title}: “{quote}”"
        case "gate":
            return f"the terms of “{title}”"
        case "bailout":
            return "the money was running out"
        case "rule":
            return _RULES[title]


def weight(movement: Movement) -> int:
    """How much a movement matters beside others, to choose the few that are shown first."""
    return weight_of(movement.key, movement.by)


def weight_of(key: str, by: int) -> int:
    """How much it matters beside others that a number is so much more or less."""
    size = abs(by)
    match key.partition(" ")[0]:
        case "trust":
            return size * 4
        case "evidence" | "half-days":
            return size * 3
        case "runway" | "revenue":
            return size // 700
        case "users":
            return size // 4
        case "debt":
            return size
    return size if key in METRICS else 0


def price(option: Option, ask: Ask) -> str:
    """What an option takes, exactly, and who will care; empty if nothing of the sort."""
    parts: list[str] = []
    if ask.kind == "diary":
        parts.append(plural(option.cost, "half-day"))
    elif ask.kind == "pick":
        parts.append(f"{option.cost} of {ask.budget}")
    if option.euros > 0:
        parts.append(f"costs {euros(option.euros)}")
    elif option.euros < 0:
        parts.append(f"brings {euros(-option.euros)}")
    if option.half_days > 0:
        parts.append(f"{plural(option.half_days, 'half-day')} of your next diary")
    if option.focus > 0:
        parts.append(f"{option.focus} in 100 of the team's hours")
    if option.item:
        parts.append(known(option.item))
    if option.call:
        parts.append(f"by the charter {option.call} call")
    if option.cares:
        parts.append(f"{listed([name.split()[0] for name in option.cares])} will care")
    return " · ".join(parts)


def explained(ask: Ask) -> str:
    """How many words of the field a scene uses that can be looked up there."""
    return f"? explains {plural(len(ask.terms), 'word')}" if ask.terms else ""


def listed(names: list[str]) -> str:
    """`Ife`, `Ife and Marek`, `Ife, Marek and Tomas`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def nothing_owed(settled: tuple[int, int]) -> str:
    """What stands where promises stand if none is open: how many were kept and broken."""
    kept, broken = settled
    return f"nothing is open; {kept} kept, {broken} broken" if any(settled) else _NOTHING_PROMISED


def wanted(each: Wanted, about: str) -> str:
    """What a gate wants: `quality 46 or more`, `something known about what breaks first`."""
    least = {">=": each.number, ">": each.number + 1}.get(each.op)
    amount = f"{least} or more" if least is not None else f"{each.op} {each.number}"
    if each.key.startswith("evidence "):
        return f"something known about {about}" if least == 1 else f"more known about {about}"
    if each.key in ("runway", "revenue"):
        return f"{each.key} {euros(each.number)} or more"
    return f"{each.key} {amount}"


def debt(promise: Owed) -> str:
    """To whom a promise was given and when it falls due."""
    return f"to {promise.to}, before {promise.due} is over"


def debt_in_short(promise: Owed) -> str:
    """The same where there is little room: `to Ife, by Build`."""
    return f"to {promise.to.split()[0]}, by {promise.due}"


def given(promise: Owed) -> str:
    """The moment in which a promise was made."""
    if promise.said:
        who = promise.giver or "you"
        return f"given in “{promise.moment}”, when {who} said: “{promise.said}”"
    return f"given without you, in “{promise.moment}”"


def crossed(call: str, owner: str, *, declared: bool = False) -> str:
    """What the charter says of a call that somebody else made."""
    how = ", and you said so." if declared else ", and nobody was told."
    return f"By the charter “{call}” is {owner} call{how}"


def people(view: View) -> str:
    """What stands over the people whom the player has to do with."""
    return PEOPLE_BEFORE if view.predecessor else PEOPLE


def stance(person: Met) -> str:
    """How far a person trusts the player, in words."""
    return next(words for most, words in _TRUST if person.trust <= most)


def quality(number: int) -> str:
    """How good an artifact is, in a word."""
    return next(word for most, word in _QUALITY if number <= most)


def segment(facts: SegmentFacts) -> str:
    """What is known of a segment: `12 users at €29 a month, lukewarm`."""
    opinion = ""
    if facts.opinion is not None:
        opinion = next(f", {word}" for most, word in _OPINIONS if facts.opinion <= most)
    return f"{plural(facts.users, 'user')} at {euros(facts.price)} a month{opinion}"


def known(item: ItemFacts) -> str:
    """What is known of an item: `worth -3 to 6, 2 to 7 half-days, not refined`."""
    parts = []
    if item.kind in _WORTH_SAYING:
        parts.append(f"worth {item.value[0]} to {item.value[1]}")
    elif item.kind in _MARKED:
        parts.append(item.kind)
    if item.kind != "opportunity":
        least, most = item.effort
        parts.append(plural(least, "half-day") if least == most else f"{least} to {most} half-days")
    if item.kind in _REFINED:
        parts.append("ready" if item.ready else "not refined")
    if item.waits_for:
        parts.append(f"waits for {listed([f'“{title}”' for title in item.waits_for])}")
    return ", ".join(parts)


def taken_over(view: View) -> str:
    """What it means to sit down at somebody else's desk, and when that is."""
    round_of = f"round {view.round} of {view.rounds_in_phase}"
    return (
        f"You take over from {view.predecessor}, in {view.phase_title}, {round_of}. Whatever was "
        "promised, owed and agreed here is yours now, whoever said it."
    )


def where(view: View) -> str:
    """Where in its phase a run is, or outside of all: `round 1 of 2, again`, `the interview`."""
    again = ", again" if view.again else ""
    place = OUTSIDE.get(view.state, f"round {view.round} of {view.rounds_in_phase}{again}")
    return f"{EXPRESS} · {place}" if view.edition == "express" else place


def band(kind: PageKind) -> tuple[str, str]:
    """What stands over a kind of page while no hat is on, and a word beside it."""
    return _BANDS.get(kind, ("TWO HATS", ""))


def saved_run(card: RunCard) -> str:
    """A saved run in one line, `Larder as Ada, in Build, 3 minutes ago`, or what ails it."""
    where = ended(card) if card.over else f"in {card.phase}"
    if card.problem:
        return card.problem
    more = "".join(f"; {each}" for each in provenance(card))
    return f"{card.title} as {card.player}{edition(card)}, {where}, {card.played}{more}"


def ended(card: RunCard) -> str:
    """That a run is over, and how: `over (one more winter)`."""
    return f"over ({card.ending})" if card.ending else "over"


def provenance(card: RunCard, *, beneath: bool = False) -> list[str]:
    """Where a run came from, and how often something was taken back in it; mostly nothing.

    One that is listed `beneath` the run that it comes from need not name it.
    """
    said = []
    if came := card.origin:
        after = f"from decision {came.at + 1} on"
        of, of_whom = ("", "") if beneath else (f" of {came.run}", f" from {came.run}")
        match came.kind:
            case "branch":
                said.append(f"a branch{of} {after}")
            case "migration":
                said.append(f"goes on{of_whom} by newer rules")
            case "inheritance":
                said.append(f"inherited{of_whom} {after}")
            case "import":
                said.append("imported")
    if card.undos:
        said.append(f"{plural(card.undos, 'decision')} taken back")
    return said


def decision_number(number: int, of: int, *, taken_back: bool = False) -> str:
    """Which decision of how many: `decision 12 of 59, taken back`; before the first, that."""
    if not number:
        return "before the first decision"
    return f"decision {number} of {of}{f', {TAKEN_BACK}' if taken_back else ''}"


def edition(card: RunCard) -> str:
    """`, express` where the run is in that edition; else nothing."""
    return f", {EXPRESS}" if card.edition == "express" else ""
