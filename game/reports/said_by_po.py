"""What the product owner can say of the product manager, each where it is true of the run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from game import words
from game.reports.saying import (
    SIDES,
    Observe,
    Said,
    came_back,
    first_name,
    fortnights,
    gains,
    how_many,
    in_scene,
    later,
    losses,
    misread,
    number,
    numbered,
    one_of,
    price,
    quoted,
    said_by,
    undeclared,
    unheard,
    weigh,
    where_instead,
)
from state_machine.deeds import Facts

# ── how it begins ───────────────────────────────────────────────────────────────────────


def _inherited(facts: Facts) -> Iterator[Said]:
    given = [p for p in facts.pledges if p.hat == "pm"]
    if len(given) >= 3:
        kept = sum(p.fate == "kept" for p in given)
        shortest = min(given, key=lambda p: (len(p.words), p.id))
        yield Said(
            "inherited",
            f"pledge {shortest.id}",
            3 + len(given) - kept,
            one_of(
                facts,
                "inherited",
                f"{words.capitalised(number(len(given)))} promises came to me from the product "
                f"manager, already given, the shortest of them {quoted(shortest.words)}. ",
                "From the product manager I had a list of what we had said, "
                f"{number(len(given))} promises long. {quoted(shortest.words)} was the one that I "
                "could learn by heart. ",
            )
            + f"{words.capitalised(_of_them(kept, len(given)))} kept. {_remark(kept, len(given))}",
            (number(len(given)), shortest.words, number(kept)),
        )


def _half_days(facts: Facts) -> Iterator[Said]:
    spent = facts.attention
    if spent.po >= spent.pm + 3:
        yield Said(
            "took-most",
            "half-days",
            9,
            f"The diary had {number(spent.pm + spent.po)} half-days, and I got "
            f"{number(spent.po)} of them for the team. The product manager was out there on "
            f"{how_many(spent.pm)}, which is worth knowing before one judges.",
            (number(spent.po), how_many(spent.pm)),
        )


def _own_letter(facts: Facts) -> Iterator[Said]:
    for letter in facts.letters:
        if letter.hat == "po":
            where = facts.phases[letter.moment.phase]
            yield Said(
                "own-letter",
                "letter po",
                5,
                f"{quoted(letter.text)} is what I wrote to the product manager in {where}, on "
                "the only paper that they were sure to read. I stand by it.",
                (letter.text, where),
            )
            return


def _same_coat(facts: Facts) -> Iterator[Said]:
    rounds = fortnights(len(facts.rounds))
    yield Said(
        "same-coat",
        "coat",
        1,
        one_of(
            facts,
            "same-coat",
            f"After {rounds} with the product manager in one coat, I can say which of us turns the "
            "collar up.",
            f"The product manager and I have had one coat between us for {rounds}, and it is "
            "warmer on one side.",
        ),
        (rounds,),
    )


# ── what there is to thank for ──────────────────────────────────────────────────────────


def _kept_alone(facts: Facts) -> Iterator[Said]:
    for pledge in facts.pledges:
        if pledge.hat == "pm" and pledge.settled_by == "pm" and pledge.fate == "kept":
            name = first_name(pledge.to)
            yield Said(
                "kept-alone",
                f"pledge {pledge.id}",
                7,
                f"They told {name}: {quoted(pledge.words)}. And then they kept it, themselves, "
                "in a conversation that I would not have wanted to have.",
                (name, pledge.words),
            )


def _said_in_time(facts: Facts) -> Iterator[Said]:
    moved = [p for p in facts.pledges if p.hat == "pm" and p.moved]
    if moved:
        pledge = max(moved, key=lambda p: (p.fate == "kept", p.moved, p.id))
        name = first_name(pledge.to)
        end = " It has been kept since." if pledge.fate == "kept" else ""
        yield Said(
            "said-in-time",
            f"pledge {pledge.id}",
            5 + len(moved),
            f"When {quoted(pledge.words)} was not going to happen as given, {name} heard it from "
            f"them while there was still time to be annoyed.{end}",
            (pledge.words, name),
        )


def _trust_won(facts: Facts) -> Iterator[Said]:
    for person in facts.people:
        best = gains(said_by(person.moved, "pm"), (f"trust {person.person}",))
        if person.side == "pm" and person.after > person.before and person.by["pm"] > 0 and best:
            title, said, name = (
                best[0].movement.title,
                best[0].movement.quote,
                first_name(person.name),
            )
            yield Said(
                "trust-won",
                f"scene {title}",
                1 + 3 * person.by["pm"] // 2,
                f"What {name} believes of us was earned without me, in “{title}”: {quoted(said)}. "
                "I build for that sort of sentence.",
                (name, title, said),
            )


def _found_out(facts: Facts) -> Iterator[Said]:
    found = sum(own for _, _, own in facts.known)
    question, _, most = max(facts.known, key=lambda known: known[2], default=("", 0, 0))
    if found >= 3:
        yield Said(
            "found-out",
            "evidence",
            min(7, 1 + found // 2),
            f"They went and asked: {numbered(found, 'piece')} of evidence came back, "
            f"{number(most)} of them on {question}. One builds differently with an answer in "
            "the room.",
            (number(found), question),
        )


def _bets(facts: Facts) -> Iterator[Said]:
    settled = [b for b in facts.foreseen if b.hat == "pm" and b.right is not None]
    right = [b for b in settled if b.right]
    if len(right) >= 2:
        yield Said(
            "bets",
            f"scene {right[0].title}",
            3 + len(right),
            f"Out of {numbered(len(settled), 'bet')} they won {number(len(right))}, "
            f"{quoted(right[0].said)} among them. My estimates should do so well.",
            (right[0].said, number(len(right))),
        )


def _gates(facts: Facts) -> Iterator[Said]:
    held = [g for g in facts.gates if g.result != "ends"]
    if len(held) >= 4 and all(g.result == "passes" for g in held):
        yield Said(
            "gates",
            "gates",
            9,
            f"All {number(len(held))} gates opened at the first knock, “{held[-1].title}” "
            "included, and it was they who knocked.",
            (number(len(held)), held[-1].title),
        )


def _customers(facts: Facts) -> Iterator[Said]:
    if facts.users >= 20 and facts.revenue >= 500:
        paid = words.euros(facts.revenue)
        yield Said(
            "customers",
            "users",
            min(8, 3 + facts.revenue // 700),
            f"There are {facts.users} out there who use what I had built, for {paid} a month. "
            "I can make a thing. Somebody had to find them.",
            (str(facts.users), paid),
        )


def _vision(facts: Facts) -> Iterator[Said]:
    for metric in facts.metrics:
        rise = metric.now - metric.line[0]
        why = metric.up.movement.title if metric.up else ""
        if metric.metric == "clarity" and rise >= 12 and why == "vision-card":
            yield Said(
                "vision",
                "clarity",
                8,
                f"Clarity went from {metric.line[0]} to {metric.now}, and the ledger puts "
                "most of it down to their vision card. I only work from it.",
                (str(metric.line[0]), str(metric.now)),
            )


def _crisis(facts: Facts) -> Iterator[Said]:
    for crisis in facts.crises:
        if crisis.metric in SIDES["pm"] and crisis.faced:
            where = facts.phases[crisis.moment.phase]
            yield Said(
                "crisis",
                f"scene {crisis.title}",
                8,
                f"When the number for {crisis.metric} collapsed, in {where}, they went out and "
                f"faced it: {quoted(crisis.faced)}, in “{crisis.title}”. I was glad to have a "
                "board to look at.",
                (crisis.metric, where, crisis.title),
            )


# ── what there is to say all the same ───────────────────────────────────────────────────


def _broken(facts: Facts) -> Iterator[Said]:
    broken = [p for p in facts.pledges if p.hat == "pm" and p.fate == "broken" and p.overdue]
    for pledge in broken:
        lost = losses(pledge.cost)
        name = first_name(pledge.to)
        if lost:
            yield Said(
                "broken",
                f"pledge {pledge.id}",
                2 + weigh(lost) // 2 + (0 if pledge.item else 3),
                f"I was there when {quoted(pledge.words)} was broken to {name}, and was not there "
                f"when it was given. It cost {price(lost)}.",
                (pledge.words, name),
            )


def _their_own_pen(facts: Facts) -> Iterator[Said]:
    for pledge in facts.pledges:
        if pledge.hat == "pm" and pledge.fate == "broken" and pledge.settled_by == "pm":
            name = first_name(pledge.to)
            yield Said(
                "their-own-pen",
                f"pledge {pledge.id}",
                9,
                f"It was also they who broke {quoted(pledge.words)}, which they had promised "
                f"{name}. For once I had nothing to do with it.",
                (pledge.words, name),
            )


def _their_bill(facts: Facts) -> Iterator[Said]:
    for due, chosen, lost in came_back(facts, "pm", "po"):
        yield Said(
            "their-bill",
            f"scene {due.title}",
            2 + weigh(lost),
            f"Their answer in “{due.title}” was {quoted(due.said)}. "
            f"{words.capitalised(later(chosen, due.moment))} it reached the people I sit with, "
            f"and took {price(lost)}.",
            (due.title, due.said),
        )


def _untold(facts: Facts) -> Iterator[Said]:
    for due, lost in unheard(facts):
        name = first_name(due.untold)
        yield Said(
            "untold",
            "untold",
            1 + weigh(lost),
            f"{name} was never told this: {quoted(due.said)}. They knew it, and it would have "
            f"fitted on a card. It took {price(lost)}.",
            (name, due.said),
        )


def _took_our_call(facts: Facts) -> Iterator[Said]:
    for crossing in undeclared(facts, "pm", ("po", "team")):
        whose = "the team's" if crossing.owner == "team" else "mine"
        yield Said(
            "took-our-call",
            f"call {crossing.title}",
            7,
            f"Our charter says that “{crossing.call}” is {whose}. They made that call"
            f"{in_scene(crossing)}, with {quoted(crossing.said)}, and left me to find out by being "
            "me.",
            (crossing.call, crossing.title, crossing.said),
        )


def _half_a_seat(facts: Facts) -> Iterator[Said]:
    spent = facts.attention
    if spent.pm >= 2 * spent.po and spent.pm >= 4:
        without = next((m for m in facts.missed if m.hat == "po"), None)
        if without:
            yield Said(
                "half-a-seat",
                "half-days",
                6,
                f"With {number(spent.po)} half-days to their {number(spent.pm)} I was a rumour in "
                f"my own team. “{without.title}” went on without me.",
                (number(spent.po), number(spent.pm), without.title),
            )


def _dear(facts: Facts) -> Iterator[Said]:
    dearest = facts.money.dearest.get("pm")
    if dearest and dearest.by <= -4000 and dearest.movement.quote:
        amount, said = words.euros(-dearest.by), dearest.movement.quote
        title = dearest.movement.title
        yield Said(
            "dear",
            f"scene {title}",
            7,
            f"For {amount} they chose this, in “{title}”: {quoted(said)}. I would have had ideas "
            f"for {amount}.",
            (amount, title, said),
        )


def _never_asked(facts: Facts) -> Iterator[Said]:
    for question, known, _ in facts.known:
        if not known and len(facts.sprints) >= 3:
            yield Said(
                "never-asked",
                f"question {question}",
                8,
                one_of(
                    facts,
                    "never-asked",
                    f"Nobody was ever sent to find out {question}. I built on it all the same, for "
                    f"{numbered(len(facts.sprints), 'sprint')}.",
                    f"As to {question}, there was a guess, and it was nobody's turn to check it. "
                    f"It has lasted for {numbered(len(facts.sprints), 'sprint')}.",
                ),
                (question, number(len(facts.sprints))),
            )


def _trust_lost(facts: Facts) -> Iterator[Said]:
    for person in facts.people:
        worst = losses(said_by(person.moved, "pm"), (f"trust {person.person}",))
        if person.side == "po" and person.after < person.before and worst:
            title, said = worst[0].movement.title, worst[0].movement.quote
            name = first_name(person.name)
            yield Said(
                "trust-lost",
                f"scene {title}",
                6,
                f"{name} trusts us less than at the start, and there was “{title}” in it, where "
                f"they said {quoted(said)}. {name} works next to me.",
                (name, title, said),
            )


def _gate(facts: Facts) -> Iterator[Said]:
    for gate in facts.gates:
        theirs = [
            (each, about)
            for each, about in gate.missing
            if each.key in SIDES["pm"] or each.key.startswith("evidence ")
        ]
        if theirs:
            wanted = words.wanted(*theirs[0])
            back = "sent us back" if gate.result == "sent-back" else "let us by on harsher terms"
            yield Said(
                "gate",
                f"gate {gate.title}",
                6,
                one_of(
                    facts,
                    "gate",
                    f"“{gate.title}” {back}: it wanted {wanted}. I can build a good deal, but not "
                    "that.",
                    f"“{gate.title}” wanted {wanted}. What it got was the two of us, and it "
                    f"{back}.",
                ),
                (gate.title, wanted),
            )


# ── what there is to own up to ──────────────────────────────────────────────────────────


def _kept_them_in(facts: Facts) -> Iterator[Said]:
    for missed in facts.missed:
        where, lost = where_instead(missed.instead, "po"), losses(missed.moved)
        if missed.hat == "pm" and where and lost:
            yield Said(
                "kept-them-in",
                f"scene {missed.title}",
                weigh(lost) - 2,
                one_of(
                    facts,
                    "kept-them-in",
                    f"They were missing from “{missed.title}” because I had us {where}. Their side "
                    f"of the desk paid for my half-day with {price(lost)}.",
                    f"“{missed.title}” went on without them, as I had us {where}. I know what that "
                    f"came to, which is {price(lost)}, and whose idea it was.",
                ),
                (missed.title, where),
            )


def _my_bill(facts: Facts) -> Iterator[Said]:
    for due, chosen, lost in came_back(facts, "po", "pm"):
        yield Said(
            "my-bill",
            f"scene {due.title}",
            6 + weigh(lost) // 2,
            f"{quoted(due.said)} was my decision, in “{due.title}”. It came out "
            f"{later(chosen, due.moment)}, on their side, as {price(lost)}, and they were the one "
            "to explain it.",
            (due.said, due.title),
        )


def _no_line_on_the_card(facts: Facts) -> Iterator[Said]:
    cards = misread(facts)
    for title, criterion in cards:
        yield Said(
            "no-line-on-the-card",
            "misread",
            3 + len(cards) // 2,
            f"I let {quoted(title)} be built without the line {quoted(criterion)}. Writing it "
            "would have taken me a minute. Explaining it has taken them longer.",
            (title, criterion),
        )


def _my_lateness(facts: Facts) -> Iterator[Said]:
    for pledge in facts.pledges:
        if pledge.hat == "pm" and pledge.overdue and pledge.settled and pledge.item:
            where, name = facts.phases[pledge.settled.phase], first_name(pledge.to)
            yield Said(
                "my-lateness",
                f"pledge {pledge.id}",
                5,
                one_of(
                    facts,
                    "my-lateness",
                    f"The date for {quoted(pledge.item)} was theirs and the lateness mine. It was "
                    f"not there when {where} closed, and {name} did not come to me about it.",
                    f"They had told {name} when there would be {quoted(pledge.item)}, and had only "
                    f"me to build it. When {where} closed it was not done. My reasons "
                    "hang on a board; they had only their face.",
                ),
                (pledge.item, where, name),
            )


def _took_their_call(facts: Facts) -> Iterator[Said]:
    for crossing in undeclared(facts, "po", ("pm",)):
        mended = "It has been put right since" if crossing.mended else "It still stands so"
        yield Said(
            "took-their-call",
            f"call {crossing.title}",
            5,
            f"In “{crossing.title}” I made a call that our charter gives to them, "
            f"“{crossing.call}”, and did not say so. {mended}.",
            (crossing.title, crossing.call),
        )


# ── what to ask for ─────────────────────────────────────────────────────────────────────


def _ask_to_hear_it_first(facts: Facts) -> Iterator[Said]:
    broken = [p for p in facts.pledges if p.hat == "pm" and p.fate == "broken"]
    if broken:
        name = first_name(broken[-1].to)
        yield Said(
            "ask-to-hear-it-first",
            "ask",
            2 + len(broken),
            f"I ask for one thing: say the next promise to me before you say it to {name}. I am "
            "never further off than the other hat.",
            (name,),
            ("broken", "their-own-pen"),
        )


def _ask_for_the_obvious(facts: Facts) -> Iterator[Said]:
    untold = unheard(facts)
    if untold:
        yield Said(
            "ask-for-the-obvious",
            "ask",
            1 + len(untold),
            f"Please write down the line that seems too obvious to say. {_times(len(untold))} that "
            "was the one that was missing.",
            (),
            ("untold",),
        )


def _ask_for_the_charter(facts: Facts) -> Iterator[Said]:
    for crossing in undeclared(facts, "pm", ("po", "team")):
        yield Said(
            "ask-for-the-charter",
            "ask",
            4,
            one_of(
                facts,
                "ask-for-the-charter",
                f"Leave “{crossing.call}” where we put it, is all I ask, or change the charter. I "
                "will hold the pen.",
                f"“{crossing.call}” stands in our charter, with a name beside it. I ask that one "
                "of us looks there before the next time.",
            ),
            (crossing.call,),
            (f"call {crossing.title}",),
        )


def _ask_for_a_half_day(facts: Facts) -> Iterator[Said]:
    without = [m for m in facts.missed if m.hat == "po"]
    if facts.attention.pm > facts.attention.po and without:
        yield Said(
            "ask-for-a-half-day",
            "ask",
            1 + facts.attention.pm - facts.attention.po,
            one_of(
                facts,
                "ask-for-a-half-day",
                "One half-day in every diary for the people who build it: that is my request. "
                f"“{without[-1].title}” would have been a good one to begin with.",
                "Put the team down for a half-day while the diary is still white, I ask. "
                f"“{without[-1].title}” had to do without.",
            ),
            (without[-1].title,),
            ("half-a-seat", "trust-lost"),
        )


def _ask_for_the_why(facts: Facts) -> Iterator[Said]:
    yield Said(
        "ask-for-the-why",
        "ask",
        3,
        one_of(
            facts,
            "ask-for-the-why",
            "For the next product I ask for one thing: bring me the reason along with the date. I "
            "can work without the date.",
            "What I ask for is a why with every when. By a when I can be hurried, but it takes a "
            "why to leave something out.",
        ),
        (),
        ("their-bill", "dear", "never-asked", "gate"),
    )


def _of_them(kept: int, given: int) -> str:
    """How many of several were kept: `all of them were`, `one of them was`."""
    if kept == given:
        return "all of them were"
    return "one of them was" if kept == 1 else f"{number(kept)} of them were"


def _remark(kept: int, given: int) -> str:
    """What the one who had the list says of that."""
    if kept == given:
        return "I put it in writing here, as nobody else is going to."
    if kept * 2 < given:
        return "The list hangs on my side of the desk."
    if kept * 4 >= given * 3:
        return "That is more than I would have bet, had anybody taken the bet."
    return "It could be worse, and I was braced for it."


def _times(count: int) -> str:
    return {1: "Once", 2: "Twice"}.get(count, f"{words.capitalised(number(count))} times")


OPENINGS: Final[tuple[Observe, ...]] = (_inherited, _half_days, _own_letter, _same_coat)
THANKS: Final[tuple[Observe, ...]] = (
    _kept_alone,
    _said_in_time,
    _trust_won,
    _found_out,
    _bets,
    _gates,
    _customers,
    _vision,
    _crisis,
)
COMPLAINTS: Final[tuple[Observe, ...]] = (
    _broken,
    _their_own_pen,
    _their_bill,
    _untold,
    _took_our_call,
    _half_a_seat,
    _dear,
    _never_asked,
    _trust_lost,
    _gate,
)
CONFESSIONS: Final[tuple[Observe, ...]] = (
    _kept_them_in,
    _my_bill,
    _no_line_on_the_card,
    _my_lateness,
    _took_their_call,
)
REQUESTS: Final[tuple[Observe, ...]] = (
    _ask_to_hear_it_first,
    _ask_for_the_obvious,
    _ask_for_the_charter,
    _ask_for_a_half_day,
    _ask_for_the_why,
)
