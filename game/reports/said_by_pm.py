"""What the product manager can say of the product owner, each where it is true of the run."""

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

_MANY: Final = 3
"""So many cards that were misread are a habit."""

_SHORT: Final = 9
"""A letter of so many words is a short one."""

# ── how it begins ───────────────────────────────────────────────────────────────────────


def _own_letter(facts: Facts) -> Iterator[Said]:
    for letter in facts.letters:
        if letter.hat == "pm":
            where = facts.phases[letter.moment.phase]
            yield Said(
                "own-letter",
                "letter pm",
                6,
                one_of(
                    facts,
                    "own-letter",
                    f"In {where} I wrote the product owner one sentence: {quoted(letter.text)}. "
                    + (
                        "I kept that short, and I will keep this short."
                        if len(letter.text.split()) <= _SHORT
                        else "It took me longer than this will."
                    ),
                    f"My letter to the product owner, from {where}, read {quoted(letter.text)}. "
                    "I know that they still have it, as I have the same pocket.",
                    f"To the product owner I have written once before, in {where}: "
                    f"{quoted(letter.text)}. Here is the rest of it.",
                ),
                (letter.text, where),
            )
            return


def _after_the_end(facts: Facts) -> Iterator[Said]:
    if facts.ending:
        yield Said(
            "after-the-end",
            "ending",
            5,
            f"This is written after “{facts.ending}”, by one of the two who brought it about. The "
            "product owner is the other.",
            (facts.ending,),
        )


def _half_days(facts: Facts) -> Iterator[Said]:
    spent = facts.attention
    if spent.pm >= spent.po + 3:
        all_of = "all " if not spent.po else ""
        yield Said(
            "took-most",
            "half-days",
            8,
            one_of(
                facts,
                "took-most",
                f"Of the {number(spent.pm + spent.po)} half-days that our diary gave away, I took "
                f"{all_of}{number(spent.pm)}. The product owner managed on {how_many(spent.po)}, "
                "and what follows should be read with that in mind.",
                f"Our diary gave away {number(spent.pm + spent.po)} half-days, and {all_of}"
                f"{number(spent.pm)} went to me. How the product owner did the rest on "
                f"{how_many(spent.po)} I cannot say, as I was out.",
            ),
            (number(spent.pm), how_many(spent.po)),
        )


def _same_desk(facts: Facts) -> Iterator[Said]:
    rounds = fortnights(len(facts.rounds))
    yield Said(
        "same-desk",
        "desk",
        1,
        f"For {rounds} I have shared a desk, a coat and a head with the product owner. "
        "It is hard to be objective about somebody whose tea one drinks.",
        (rounds,),
    )


# ── what there is to thank for ──────────────────────────────────────────────────────────


def _dates_met(facts: Facts) -> Iterator[Said]:
    dated = [p for p in facts.pledges if p.item and p.hat == "pm" and p.fate != "open"]
    met = [p for p in dated if p.fate == "kept"]
    if not met:
        return
    best = max(met, key=lambda p: (p.moved == 0, -len(p.words), p.id))
    moved = sum(p.moved > 0 for p in met)
    late = f", counting {number(moved)} that I had moved" if moved else ""
    if len(dated) == len(met) and len(met) > 1:
        told = (
            f"Every date that I drew on a roadmap was met, all {number(len(met))} of them{late}. "
        )
    else:
        told = (
            f"Of {numbered(len(dated), 'date')} on my roadmap they met {number(len(met))}{late}. "
        )
    yield Said(
        "dates-met",
        f"pledge {best.id}",
        1 + 7 * len(met) // len(dated),
        f"{told}{quoted(best.words)} was a line that I had read out to {first_name(best.to)}; "
        "now one can press it.",
        (best.words, number(len(met))),
    )


def _good_sprint(facts: Facts) -> Iterator[Said]:
    for sprint in facts.sprints:
        result = sprint.result
        planned = result.number in facts.planned
        if planned and result.goal_met and result.done * 5 >= result.planned * 4:
            done = "all of them" if result.done == result.planned else number(result.done)
            yield Said(
                "good-sprint",
                f"sprint {result.number}",
                result.done,
                f"Sprint {number(result.number)}: {numbered(result.planned, 'card')} planned, "
                f"{done} done, and the goal reached, which was {quoted(sprint.goal)}. "
                "I have tried not to look surprised.",
                (sprint.goal, number(result.planned)),
            )


def _team_trust(facts: Facts) -> Iterator[Said]:
    for person in facts.people:
        best = gains(said_by(person.moved, "po"), (f"trust {person.person}",))
        if person.side == "po" and person.after > person.before and person.by["po"] > 0 and best:
            title, said = best[0].movement.title, best[0].movement.quote
            name = first_name(person.name)
            yield Said(
                "team-trust",
                f"scene {title}",
                1 + 3 * person.by["po"] // 2,
                f"Ask {name} about “{title}”. They settled it with {quoted(said)}, and {name} has "
                "thought better of the two of us since.",
                (title, said, name),
            )


def _nothing_late(facts: Facts) -> Iterator[Said]:
    sprints = facts.sprints
    if len(sprints) >= 3 and not any(s.result.late for s in sprints):
        yield Said(
            "nothing-late",
            "late",
            2,
            f"Through {numbered(len(sprints), 'sprint')} not one card was slipped in after it had "
            "begun. I know who would have asked for it.",
            (number(len(sprints)),),
        )


def _pays_for_me(facts: Facts) -> Iterator[Said]:
    for made in facts.made:
        won = gains(made.moved, SIDES["pm"])
        if made.hat == "po" and won and made.said:
            yield Said(
                "pays-for-me",
                f"scene {made.title}",
                weigh(won),
                f"What they decided in “{made.title}” brought {price(won)}, and that is my side of "
                f"the desk. {quoted(made.said)}: it would not have occurred to me.",
                (made.title, made.said),
            )


def _clean(facts: Facts) -> Iterator[Said]:
    done = sum(s.result.done for s in facts.sprints)
    if done >= 6 and not any(s.result.escaped for s in facts.sprints):
        yield Said(
            "clean",
            "escaped",
            8,
            f"Out of {numbered(done, 'finished card')} not a single bug got past the test. "
            "Nobody has rung me to say so, which is how one notices.",
            (number(done),),
        )


def _bet_won(facts: Facts) -> Iterator[Said]:
    for bet in facts.foreseen:
        if bet.hat == "po" and bet.right:
            yield Said(
                "bet-won",
                f"scene {bet.title}",
                6,
                f"Their bet in “{bet.title}” was {quoted(bet.said)}. It came true, and I had not "
                "been asked.",
                (bet.title, bet.said),
            )


def _crisis(facts: Facts) -> Iterator[Said]:
    for crisis in facts.crises:
        if crisis.metric in SIDES["po"] and crisis.faced:
            where = facts.phases[crisis.moment.phase]
            yield Said(
                "crisis",
                f"scene {crisis.title}",
                8,
                f"When {crisis.metric} gave way in {where}, they went in and faced it, in "
                f"“{crisis.title}”, with {quoted(crisis.faced)}. I held the door.",
                (crisis.metric, where, crisis.title),
            )


# ── what there is to say all the same ───────────────────────────────────────────────────


def _misread(facts: Facts) -> Iterator[Said]:
    cards = misread(facts)
    if cards:
        title, criterion = min(cards, key=lambda pair: len(pair[1]))
        first = (
            f"{words.capitalised(number(len(cards)))} cards went out as nobody had meant them. On "
            f"{quoted(title)}"
            if len(cards) > 1
            else f"They let {quoted(title)} be built exactly as it stood. On the card"
        )
        yield Said(
            "misread",
            "misread",
            min(9, 1 + 3 * len(cards) // 2),
            f"{first} one line was missing, {quoted(criterion)}, and "
            + one_of(
                facts,
                "misread",
                "I have been saying it aloud to people ever since.",
                "I know it by heart now.",
                "it is not a long line.",
            ),
            (title, criterion),
        )


def _my_word(facts: Facts) -> Iterator[Said]:
    for pledge in facts.pledges:
        lost = losses(pledge.cost)
        if pledge.hat == "pm" and pledge.overdue and pledge.settled and lost:
            where = facts.phases[pledge.settled.phase]
            name = first_name(pledge.to)
            yield Said(
                "my-word",
                f"pledge {pledge.id}",
                2 + weigh(lost) // 2 + (0 if pledge.item else 3),
                f"My word to {name} was {quoted(pledge.words)}. It ran out in {where} with "
                f"nothing behind it, and took {price(lost)} along. The word was mine, the "
                "fortnights were theirs.",
                (pledge.words, name, where),
            )


def _their_pen(facts: Facts) -> Iterator[Said]:
    for pledge in facts.pledges:
        if pledge.hat == "pm" and pledge.fate == "broken" and pledge.settled_by == "po":
            yield Said(
                "their-pen",
                f"pledge {pledge.id}",
                9,
                f"They broke {quoted(pledge.words)} with a decision of their own. It was I who "
                f"had said it to {first_name(pledge.to)}.",
                (pledge.words, first_name(pledge.to)),
            )


def _short_sprint(facts: Facts) -> Iterator[Said]:
    for sprint in facts.sprints:
        result = sprint.result
        if result.planned >= 3 and result.done * 2 <= result.planned:
            done = number(result.done) if result.done else "none"
            rueful = f"I can sell {done}, if I am told {done}."
            yield Said(
                "short-sprint",
                f"sprint {result.number}",
                8 if result.done * 3 <= result.planned else 5,
                f"Sprint {number(result.number)} began with {numbered(result.planned, 'card')} "
                f"and ended with {done} done. "
                f"{rueful if result.done else 'I had no words for that, and words are my trade.'}",
                (number(result.planned), number(result.number)),
            )


def _escaped(facts: Facts) -> Iterator[Said]:
    escaped = sum(s.result.escaped for s in facts.sprints)
    if escaped >= 2:
        yield Said(
            "escaped",
            "escaped",
            2 * escaped,
            f"{words.capitalised(number(escaped))} bugs got past the test and were introduced to "
            "our users before they were introduced to me.",
            (number(escaped),),
        )


def _took_my_call(facts: Facts) -> Iterator[Said]:
    for crossing in undeclared(facts, "po", ("pm",)):
        yield Said(
            "took-my-call",
            f"call {crossing.title}",
            7,
            f"By our charter “{crossing.call}” is my call. They made it{in_scene(crossing)}, with "
            f"{quoted(crossing.said)}, and told nobody, in a room where there was only me.",
            (crossing.call, crossing.title, crossing.said),
        )


def _debt(facts: Facts) -> Iterator[Said]:
    highest, last = facts.debt
    if last >= 6:
        yield Said(
            "debt",
            "debt",
            5 + last // 4,
            f"Debt eats {number(last)} of every hundred hours that the team has. It is called "
            "technical, so nobody asks them what they do all day; they ask me.",
            (number(last),),
        )
    elif highest >= 6:
        yield Said(
            "debt-was",
            "debt",
            5,
            f"At its worst debt ate {number(highest)} of every hundred hours, and it is down to "
            f"{number(last)}. I had wanted those hours for something that shows.",
            (number(highest), number(last)),
        )


def _late_cards(facts: Facts) -> Iterator[Said]:
    late = sum(s.result.late for s in facts.sprints)
    if late:
        yield Said(
            "late-cards",
            "late",
            3 + late,
            f"{words.capitalised(numbered(late, 'card'))} went into sprints that had already "
            "begun. Being obliging is my department.",
            (number(late),),
        )


def _their_bill(facts: Facts) -> Iterator[Said]:
    for due, chosen, lost in came_back(facts, "po", "pm"):
        yield Said(
            "their-bill",
            f"scene {due.title}",
            6 + weigh(lost) // 2,
            f"Their decision in “{due.title}” was {quoted(due.said)}. "
            f"{words.capitalised(later(chosen, due.moment))} the bill came to me: "
            f"{price(lost)}. I paid without having seen the order.",
            (due.title, due.said),
        )


def _dear(facts: Facts) -> Iterator[Said]:
    dearest = facts.money.dearest.get("po")
    if dearest and dearest.by <= -5000 and dearest.movement.quote:
        said, title = dearest.movement.quote, dearest.movement.title
        amount = words.euros(-dearest.by)
        yield Said(
            "dear",
            f"scene {title}",
            7,
            f"{amount} went on {quoted(said)}, in “{title}”. The account is mine to explain, and I "
            "would have liked to hear that one coming up the stairs.",
            (amount, said, title),
        )


def _gate(facts: Facts) -> Iterator[Said]:
    for gate in facts.gates:
        theirs = [(each, about) for each, about in gate.missing if each.key in SIDES["po"]]
        if theirs:
            wanted = words.wanted(*theirs[0])
            yield Said(
                "gate",
                f"gate {gate.title}",
                7,
                f"“{gate.title}” did not open as it should have: it wanted {wanted}. That number "
                "lives on their side of the desk, and I had dressed for the occasion.",
                (gate.title, wanted),
            )


# ── what there is to own up to ──────────────────────────────────────────────────────────


def _kept_them_waiting(facts: Facts) -> Iterator[Said]:
    for missed in facts.missed:
        where, lost = where_instead(missed.instead, "pm"), losses(missed.moved)
        if missed.hat == "po" and where and lost:
            yield Said(
                "kept-them-waiting",
                f"scene {missed.title}",
                weigh(lost) - 2,
                one_of(
                    facts,
                    "kept-them-waiting",
                    f"While I had us {where}, “{missed.title}” happened to them with nobody there "
                    f"to say yes or no. It cost {price(lost)}. They have not mentioned it, so I do."
                    if any(each.key.startswith("trust ") for each in lost)
                    else f"They had “{missed.title}” to themselves because I had us {where}. It "
                    f"cost {price(lost)}, and was put down to the weather.",
                    f"“{missed.title}” was theirs to go to, and I had us {where}. It came to "
                    f"{price(lost)}, which I put here, on my side.",
                ),
                (where, missed.title),
            )


def _my_bill(facts: Facts) -> Iterator[Said]:
    for due, chosen, lost in came_back(facts, "pm", "po"):
        yield Said(
            "my-bill",
            f"scene {due.title}",
            3 + weigh(lost),
            f"As for {quoted(due.said)}, in “{due.title}”: that was me. "
            f"{words.capitalised(later(chosen, due.moment))} they paid for it, {price(lost)}.",
            (due.said, due.title),
        )


def _left_a_line_out(facts: Facts) -> Iterator[Said]:
    for due, lost in unheard(facts, SIDES["po"]):
        name = first_name(due.untold)
        yield Said(
            "left-a-line-out",
            "untold",
            3 + weigh(lost),
            f"There is a line that I never passed on to {name}: {quoted(due.said)}. They had to "
            f"build beside that silence, and it took {price(lost)}.",
            (name, due.said),
        )


def _took_their_call(facts: Facts) -> Iterator[Said]:
    for crossing in undeclared(facts, "pm", ("po", "team")):
        yield Said(
            "took-their-call",
            f"call {crossing.title}",
            6,
            f"“{crossing.call}” was {_whose(crossing.owner)} to decide. I decided it"
            f"{in_scene(crossing)}, and said nothing. "
            + one_of(
                facts,
                "took-their-call",
                "That they noticed I put down to our sharing a pulse.",
                "So I say it now, which is late, but in writing.",
            ),
            (crossing.call, crossing.title),
        )


def _whose(owner: str) -> str:
    return "the team's" if owner == "team" else "theirs"


# ── what to ask for ─────────────────────────────────────────────────────────────────────


def _ask_for_the_line(facts: Facts) -> Iterator[Said]:
    cards = misread(facts)
    if cards:
        yield Said(
            "ask-for-the-line",
            "ask",
            2 + len(cards),
            "One thing I would ask: before a card counts as ready, read it to me as if I were "
            "new here."
            if len(cards) >= _MANY
            else one_of(
                facts,
                "ask-for-the-line",
                "What I would ask for is one more line on each card, the one that everybody "
                "knows. Everybody is rarely in the room.",
                "Would they write what everybody knows onto the card as well? I ask because I do "
                "not know it.",
            ),
            (),
            ("misread",),
        )


def _ask_for_the_day(facts: Facts) -> Iterator[Said]:
    broken = [p for p in facts.pledges if p.hat == "pm" and p.overdue]
    if broken:
        yield Said(
            "ask-for-the-day",
            "ask",
            2 + len(broken),
            one_of(
                facts,
                "ask-for-the-day",
                "My one request: when a word of mine will not hold, tell me on the day that you "
                "know it, and not on the day that I gave.",
                "I ask for bad news while it is young. With a fortnight left I can go to somebody; "
                "with none I can only be sorry.",
            ),
            (),
            ("my-word", "their-pen"),
        )


def _ask_for_less(facts: Facts) -> Iterator[Said]:
    planned = [s.result for s in facts.sprints if s.result.number in facts.planned]
    short = [result for result in planned if result.done < result.planned]
    if len(short) >= 2:
        cards, done = sum(r.planned for r in short), sum(r.done for r in short)
        yield Said(
            "ask-for-less",
            "ask",
            1 + (cards - done) // 2,
            f"If I may ask for one thing, then smaller plans. Of the {number(cards)} cards "
            f"in the {number(len(short))} sprints that fell short I got {number(done)}, and "
            f"{number(done)} would have been enough, had I known it.",
            (number(done), number(cards)),
            ("short-sprint",),
        )


def _ask_to_turn_round(facts: Facts) -> Iterator[Said]:
    for crossing in undeclared(facts, "po", ("pm",)):
        yield Said(
            "ask-to-turn-round",
            "ask",
            4,
            f"What I ask: the next time “{crossing.call}” comes up, turn round. It is not far.",
            (crossing.call,),
            (f"call {crossing.title}",),
        )


def _ask_for_the_price(facts: Facts) -> Iterator[Said]:
    yield Said(
        "ask-for-the-price",
        "ask",
        3,
        "All I would ask: when I come in with a promise, tell me what it costs before I have "
        "my coat off.",
        (),
        ("debt", "debt-was", "dear", "their-bill"),
    )


OPENINGS: Final[tuple[Observe, ...]] = (_own_letter, _after_the_end, _half_days, _same_desk)
THANKS: Final[tuple[Observe, ...]] = (
    _dates_met,
    _good_sprint,
    _team_trust,
    _nothing_late,
    _pays_for_me,
    _clean,
    _bet_won,
    _crisis,
)
COMPLAINTS: Final[tuple[Observe, ...]] = (
    _misread,
    _my_word,
    _their_pen,
    _short_sprint,
    _escaped,
    _took_my_call,
    _debt,
    _late_cards,
    _their_bill,
    _dear,
    _gate,
)
CONFESSIONS: Final[tuple[Observe, ...]] = (
    _kept_them_waiting,
    _my_bill,
    _left_a_line_out,
    _took_their_call,
)
REQUESTS: Final[tuple[Observe, ...]] = (
    _ask_for_the_line,
    _ask_for_the_day,
    _ask_for_less,
    _ask_to_turn_round,
    _ask_for_the_price,
)
