"""The debrief in words: its pages, and the two reviews, which say nothing that did not happen."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import msgspec
import pytest

from game.blocks import Entries, Page, Plot, Prose, Quote
from game.plain import draw
from game.reports import said_by_pm, said_by_po
from game.reports.debrief import as_data, charter_page, debrief_pages, how_it_went
from game.reports.notes import Notes
from game.reports.otherwise import otherwise
from game.reports.questions import ABOUT, questions
from game.reports.rerun import pivotal_page
from game.reports.reviews import Review, openings, reviews
from game.reports.saying import Said, first_name, how_many, number
from scenes import find_pack, load_pack
from scenes.schema import Pack
from state_machine import Choose, Compose, Pick, Rank, Run, Sort
from state_machine.bots import PERSONAS, decisions
from state_machine.counterfactual import Examination, examine
from state_machine.debrief import facts
from state_machine.deeds import Facts
from state_machine.events import (
    AnyEvent,
    CameDue,
    CrisisFaced,
    Crossed,
    GateHeld,
    HappenedWithout,
    PromiseMoved,
    SprintEnded,
    Step,
)
from state_machine.run import UNTOLD, users
from state_machine.texts import promise_in
from tests.stories import choice, play, scene, story

LEAST_NAMED = 4
"""So many particulars of its run a review names at least."""


@cache
def larder() -> Pack:
    """Larder, loaded once."""
    return load_pack(find_pack("larder"))


@cache
def whole_run(persona: str, seed: int) -> tuple[Step, ...]:
    """A whole run of Larder."""
    return tuple(decisions(larder(), seed, PERSONAS[persona]))


@cache
def found(persona: str, seed: int) -> Facts:
    """Its facts."""
    return facts(larder(), whole_run(persona, seed))


@cache
def examined(persona: str, seed: int) -> Examination:
    """Its examination."""
    return examine(larder(), whole_run(persona, seed))


RUNS = [(persona, seed) for persona in sorted(PERSONAS) for seed in (2, 5, 7)]
TEN = RUNS[:10]
every_run = pytest.mark.parametrize(("persona", "seed"), RUNS)


def words(text: str) -> int:
    """How long a text is."""
    return len(text.split())


def drawn(pages: Sequence[Page]) -> str:
    """Pages as they are read line by line, as one line."""
    return " ".join(" ".join(line.split()) for page in pages for line in draw.page_lines(page))


# ── the two reviews ─────────────────────────────────────────────────────────────────────


@every_run
def test_a_review_is_of_a_length_that_people_read(persona: str, seed: int) -> None:
    for review in reviews(found(persona, seed)):
        assert 95 <= words(review.text) <= 175


@every_run
def test_a_review_names_particulars_of_its_run(persona: str, seed: int) -> None:
    for review in reviews(found(persona, seed)):
        named = {each for said in review.said for each in said.named}
        assert len(named) >= LEAST_NAMED
        for each in named:
            shown = each if len(each) <= 90 else " ".join(each.split()[:4])
            assert shown.rstrip(".").lower() in review.text.lower()


@every_run
def test_no_two_sentences_of_the_reviews_begin_alike(persona: str, seed: int) -> None:
    begun = [o for review in reviews(found(persona, seed)) for o in openings(review.text)]
    assert len(set(begun)) == len(begun)


@every_run
def test_nothing_is_told_by_both_hats(persona: str, seed: int) -> None:
    told = [s.about for r in reviews(found(persona, seed)) for s in r.said if s.about != "ask"]
    assert len(set(told)) == len(told)


@every_run
def test_a_review_thanks_complains_and_asks_for_one_thing(persona: str, seed: int) -> None:
    for review in reviews(found(persona, seed)):
        names = {said.name for said in review.said}
        voice = said_by_pm if review.by == "pm" else said_by_po
        for part in (voice.OPENINGS, voice.THANKS, voice.COMPLAINTS):
            sayable = {s.name for observe in part for s in observe(found(persona, seed))}
            assert names & sayable
        assert review.said[-1].about == "ask"
        assert sum(said.about == "ask" for said in review.said) == 1


@every_run
def test_no_placeholder_is_left_in_anything_that_is_read(persona: str, seed: int) -> None:
    pages = debrief_pages(larder(), found(persona, seed), None, Notes())
    text = drawn(pages)
    assert not re.search(r"[{}]|\bNone\b|“”|\(\)", text)
    for review in reviews(found(persona, seed)):
        assert "  " not in review.text


def test_the_reviews_of_ten_runs_are_ten_different_ones() -> None:
    texts = [(a.text, b.text) for a, b in (reviews(found(*run)) for run in TEN)]
    for one, other in combinations(texts, 2):
        assert one[0] != other[0]
        assert one[1] != other[1]


def test_what_is_often_said_is_said_in_several_ways_and_of_one_run_always_in_the_same() -> None:
    def letters(seed: int) -> set[str]:
        run = msgspec.structs.replace(found("sensible", 7), seed=seed)
        return {said.text for said in all_said("pm", run) if said.name == "own-letter"}

    assert letters(3) == letters(3)
    assert len({text for seed in range(12) for text in letters(seed)}) == 3


def test_over_many_runs_most_observations_are_made() -> None:
    used = {(r.by, s.name) for run in RUNS for r in reviews(found(*run)) for s in r.said}
    assert len(used) >= 30


def test_a_run_with_nothing_to_say_of_still_gets_two_reviews() -> None:
    pack = story(scene("only", choice("go")), scene("end", phase="renew"))
    outcomes = play(pack, "go")
    both = reviews(facts(pack, [(None, outcomes[0]), (Choose("go"), outcomes[1])]))
    assert [review.by for review in both] == ["pm", "po"]
    assert all(review.text for review in both)


@pytest.mark.parametrize(("persona", "seed"), [*RUNS[::3], ("random", 100)])
def test_a_run_that_has_hardly_begun_gets_two_reviews_as_well(persona: str, seed: int) -> None:
    run = whole_run(persona, seed)
    for decided in range(len(run)):
        both = reviews(facts(larder(), run[: decided + 1]))
        assert all(review.said[-1].about == "ask" for review in both), decided


# ── nothing is claimed that did not happen ──────────────────────────────────────────────


@dataclass(frozen=True)
class Truth:
    """A run as its events have it, looked at without the facts."""

    pack: Pack
    run: Run
    events: tuple[AnyEvent, ...]

    def chosen(self, said: str, title: str, hat: str) -> bool:
        """Whether this was chosen, picked or placed by a hat in a scene of this title."""
        for name, record in self.pack.scenes.items():
            if record.title == title and record.hat == hat:
                taken = [*self.run.chosen.get(name, ())]
                taken += [r.partition("/")[2] for r in self.run.placed if r.startswith(f"{name}/")]
                if any(self.pack.choice(f"{name}/{each}").say in said for each in taken):
                    return True
        return False

    def promised(self, words: str, fate: str, hat: str = "pm") -> list[str]:
        """The promises of a hat in these words with this fate."""
        return [
            name
            for name, given in self.run.promises.items()
            if promise_in(self.pack, self.run, name)[1] == words
            and given.state == fate
            and self.pack.scenes[given.by.partition("/")[0]].hat == hat
        ]

    def overdue(self, words: str) -> bool:
        """Whether such a promise was broken by its date."""
        names = self.promised(words, "broken")
        return any(
            isinstance(e, PromiseMoved) and e.promise in names and e.overdue for e in self.events
        )

    def missed(self, title: str, hat: str, where: str = "") -> bool:
        """Whether a hat's scene was missed while the player was there."""
        for event in self.events:
            if isinstance(event, HappenedWithout):
                scene = self.pack.scenes[event.scene]
                places = [self.pack.scenes[s].invitation for s in event.attended]
                there = {place.where for place in places if place}
                if scene.title == title and scene.hat == hat and (not where or where in there):
                    return True
        return False

    def crossed(self, call: str, hat: str, owners: Sequence[str]) -> bool:
        """Whether a hat made a call of theirs without saying so."""
        return any(
            isinstance(e, Crossed)
            and not e.declared
            and self.pack.calls[e.call] == call
            and e.owner in owners
            and self.pack.scenes[e.by.partition("/")[0]].hat == hat
            for e in self.events
        )

    def untold(self, name: str, said: str) -> bool:
        """Whether somebody was not told this."""
        return any(
            isinstance(e, CameDue)
            and e.source == UNTOLD
            and self.pack.choice(e.choice).say == said
            and first_name(
                self.pack.persons[self.pack.choice(e.choice).untold[e.index].reader].name
            )
            == name
            for e in self.events
        )

    def misread(self, title: str, criterion: str) -> bool:
        """Whether such a card was built without that line."""
        return any(
            self.pack.items[name].title == title and self.pack.items[name].criterion == criterion
            for e in self.events
            if isinstance(e, SprintEnded)
            for name in e.misread
        )

    def gate(self, title: str) -> bool:
        """Whether this gate was refused."""
        return any(
            isinstance(e, GateHeld)
            and self.pack.phases[e.phase].gate.title == title
            and e.result in ("sent-back", "rescued")
            for e in self.events
        )

    def letter(self, text: str, hat: str) -> bool:
        """Whether a hat wrote this."""
        return any(
            self.run.letters.get(scene.write.letter) == text
            for scene in self.pack.scenes.values()
            if scene.write and scene.hat == hat
        )

    def trust(self, name: str, *, up: bool) -> bool:
        """Whether this person trusts the player more, or less, than at first."""
        return any(
            first_name(p.name) == name
            and (self.run.numbers[f"trust {p.id}"] > p.trust) == up
            and self.run.numbers[f"trust {p.id}"] != p.trust
            for p in self.pack.persons.values()
        )

    def planned(self, round_of_run: int) -> bool:
        """Whether the player chose the cards of the sprint of a round."""
        return any(
            played.round == round_of_run
            and self.pack.scenes[played.scene].artifact == "sprint-plan"
            for played in self.run.played
        )

    def half_days(self, hat: str) -> int:
        """The half-days of the diaries that a hat took."""
        scenes = [self.pack.scenes[name] for name in self.run.attended]
        return sum(s.invitation.half_days for s in scenes if s.invitation and s.hat == hat)

    def total(self, what: str) -> int:
        """A count added up over all sprints."""
        return sum(getattr(sprint, what) for sprint in self.run.sprints)

    def bet(self, said: str, title: str, hat: str) -> bool:
        """Whether a bet of a hat came true."""
        return any(
            right
            and self.pack.scenes[name].title == title
            and self.pack.scenes[name].hat == hat
            and self.pack.choice(f"{name}/{self.run.chosen[name][0]}").say == said
            for name, right in self.run.predictions.items()
        )


Check = Callable[[Truth, Said], bool]


def _letter(hat: str) -> Check:
    return lambda t, s: t.letter(s.named[0], hat)


def _decided(hat: str, title: int, said: int) -> Check:
    return lambda t, s: t.chosen(s.named[said], s.named[title], hat)


def _misread(t: Truth, s: Said) -> bool:
    return t.misread(*s.named)


def _whole_missed(hat: str, title: int, where: int) -> Check:
    return lambda t, s: t.missed(s.named[title], hat, s.named[where])


def _call(hat: str, owners: Sequence[str], at: int = 0) -> Check:
    return lambda t, s: t.crossed(s.named[at], hat, owners)


def _faced(t: Truth, _: Said) -> bool:
    return any(isinstance(e, CrisisFaced) for e in t.events)


def _always(_t: Truth, _s: Said) -> bool:
    return True


PM_CHECKS: dict[str, Check] = {
    "own-letter": _letter("pm"),
    "after-the-end": lambda t, s: t.pack.endings[t.run.ending].title == s.named[0],
    "took-most": lambda t, s: s.named == (number(t.half_days("pm")), how_many(t.half_days("po"))),
    "same-desk": _always,
    "dates-met": lambda t, s: bool(t.promised(s.named[0], "kept")),
    "good-sprint": lambda t, s: any(
        sprint.goal_met
        and t.pack.items[sprint.goal].title == s.named[0]
        and t.planned(sprint.round)
        for sprint in t.run.sprints
    ),
    "team-trust": lambda t, s: (
        t.trust(s.named[2], up=True) and t.chosen(s.named[1], s.named[0], "po")
    ),
    "nothing-late": lambda t, _: t.total("late") == 0,
    "pays-for-me": _decided("po", 0, 1),
    "clean": lambda t, s: t.total("escaped") == 0 and s.named[0] == number(t.total("done")),
    "bet-won": lambda t, s: t.bet(s.named[1], s.named[0], "po"),
    "crisis": _faced,
    "misread": _misread,
    "my-word": lambda t, s: t.overdue(s.named[0]),
    "their-pen": lambda t, s: bool(t.promised(s.named[0], "broken")) and not t.overdue(s.named[0]),
    "short-sprint": lambda t, s: any(
        number(x.number) == s.named[1]
        and number(x.planned) == s.named[0]
        and x.done * 2 <= x.planned
        for x in t.run.sprints
    ),
    "escaped": lambda t, s: s.named[0] == number(t.total("escaped")),
    "took-my-call": _call("po", ("pm",)),
    "debt": lambda t, s: s.named[0] == number(t.run.numbers["debt"]),
    "debt-was": lambda t, s: s.named[1] == number(t.run.numbers["debt"]),
    "late-cards": lambda t, s: s.named[0] == number(t.total("late")),
    "their-bill": _decided("po", 0, 1),
    "dear": _decided("po", 2, 1),
    "gate": lambda t, s: t.gate(s.named[0]),
    "kept-them-waiting": _whole_missed("po", 1, 0),
    "my-bill": _decided("pm", 1, 0),
    "left-a-line-out": lambda t, s: t.untold(*s.named),
    "took-their-call": _call("pm", ("po", "team")),
    "ask-for-the-line": lambda t, _: any(
        isinstance(e, SprintEnded) and e.misread for e in t.events
    ),
    "ask-for-the-day": lambda t, _: any(
        isinstance(e, PromiseMoved) and e.overdue for e in t.events
    ),
    "ask-for-less": lambda t, _: t.total("done") < t.total("planned"),
    "ask-to-turn-round": _call("po", ("pm",)),
    "ask-for-the-price": _always,
}
PO_CHECKS: dict[str, Check] = {
    "inherited": lambda t, s: any(
        t.promised(s.named[1], fate) for fate in ("open", "kept", "broken")
    ),
    "took-most": lambda t, s: s.named == (number(t.half_days("po")), how_many(t.half_days("pm"))),
    "own-letter": _letter("po"),
    "same-coat": _always,
    "kept-alone": lambda t, s: bool(t.promised(s.named[1], "kept")),
    "said-in-time": lambda t, s: any(
        isinstance(e, PromiseMoved)
        and e.what == "renegotiated"
        and promise_in(t.pack, t.run, e.promise)[1] == s.named[0]
        for e in t.events
    ),
    "trust-won": lambda t, s: (
        t.trust(s.named[0], up=True) and t.chosen(s.named[2], s.named[1], "pm")
    ),
    "found-out": lambda t, s: (
        s.named[0]
        == number(sum(n for key, n in t.run.numbers.items() if key.startswith("evidence ")))
    ),
    "bets": lambda t, s: any(
        t.bet(s.named[0], t.pack.scenes[name].title, "pm") for name in t.run.predictions
    ),
    "gates": lambda t, _: not t.run.sent_back and not t.run.rescued,
    "customers": lambda t, s: s.named[0] == str(users(t.run.numbers)),
    "vision": lambda t, s: s.named[1] == str(t.run.numbers["clarity"]),
    "crisis": _faced,
    "broken": lambda t, s: t.overdue(s.named[0]),
    "their-own-pen": lambda t, s: (
        bool(t.promised(s.named[0], "broken")) and not t.overdue(s.named[0])
    ),
    "their-bill": _decided("pm", 0, 1),
    "untold": lambda t, s: t.untold(*s.named),
    "took-our-call": _call("pm", ("po", "team")),
    "half-a-seat": lambda t, s: t.missed(s.named[2], "po"),
    "dear": _decided("pm", 1, 2),
    "never-asked": lambda t, s: any(
        e.title == s.named[0] and not t.run.numbers.get(f"evidence {name}", 0)
        for name, e in t.pack.evidence.items()
    ),
    "trust-lost": lambda t, s: t.trust(s.named[0], up=False),
    "gate": lambda t, s: t.gate(s.named[0]),
    "kept-them-in": _whole_missed("pm", 0, 1),
    "my-bill": _decided("po", 1, 0),
    "no-line-on-the-card": _misread,
    "my-lateness": lambda t, s: any(
        isinstance(e, PromiseMoved)
        and e.overdue
        and t.pack.items[t.run.promises[e.promise].item or next(iter(t.pack.items))].title
        == s.named[0]
        for e in t.events
    ),
    "took-their-call": _call("po", ("pm",), 1),
    "ask-to-hear-it-first": lambda t, _: any(g.state == "broken" for g in t.run.promises.values()),
    "ask-for-the-obvious": lambda t, _: any(
        isinstance(e, CameDue) and e.source == UNTOLD for e in t.events
    ),
    "ask-for-the-charter": _call("pm", ("po", "team")),
    "ask-for-a-half-day": lambda t, s: t.missed(s.named[0], "po"),
    "ask-for-the-why": _always,
}


def all_said(review_by: str, gathered: Facts) -> list[Said]:
    """All that a hat could say of a run."""
    voice = said_by_pm if review_by == "pm" else said_by_po
    parts = (
        *voice.OPENINGS,
        *voice.THANKS,
        *voice.COMPLAINTS,
        *voice.CONFESSIONS,
        *voice.REQUESTS,
    )
    return [said for observe in parts for said in observe(gathered)]


@every_run
@pytest.mark.parametrize(("by", "checks"), [("pm", PM_CHECKS), ("po", PO_CHECKS)])
def test_whatever_a_hat_can_say_of_a_run_happened_in_it(
    by: str, checks: dict[str, Check], persona: str, seed: int
) -> None:
    steps = whole_run(persona, seed)
    events = tuple(event for _, outcome in steps for event in outcome.events)
    truth = Truth(larder(), steps[-1][1].run, events)
    for said in all_said(by, found(persona, seed)):
        assert said.name in checks, "a new observation comes with its check"
        assert checks[said.name](truth, said), said


def test_nobody_is_praised_for_a_sprint_that_nobody_planned() -> None:
    pack, praised = larder(), 0
    for seed in range(12):
        steps = list(decisions(pack, seed, PERSONAS["sensible"], edition="express"))
        gathered = facts(pack, steps)
        reached = {s.result.number for s in gathered.sprints if s.result.goal_met}
        praised += len(reached - set(gathered.planned))
        told = [said.about for said in all_said("pm", gathered) if said.name == "good-sprint"]
        assert set(told) <= {f"sprint {number}" for number in gathered.planned}
    assert praised, "there were sprints that would have been praised"


# ── the pages ───────────────────────────────────────────────────────────────────────────


def test_the_pages_come_in_the_order_that_debriefings_have() -> None:
    run = ("people-pleaser", 7)
    pages = debrief_pages(larder(), found(*run), examined(*run), Notes(12, "Ask Ife."))
    assert [page.title for page in pages] == [
        "How it went",
        "What mattered",
        "Judgement and luck",
        "What you expected",
        "What was promised",
        "Whose call it was",
        "What you practised",
        "What you wrote to yourself",
        "Two reviews, one person",
        "Three questions",
    ]
    assert "Ask Ife." in drawn(pages[-1:])


def test_what_the_player_named_stands_beside_what_the_re_runs_name() -> None:
    run = ("people-pleaser", 7)
    found_here, examination = found(*run), examined(*run)
    first = examination.pivotal()[0].number
    named = found_here.made[11]
    told = drawn([pivotal_page(larder(), found_here, examination, 12)])
    assert f"you: decision 12, “{named.title}”" in told
    assert f"the re-runs, 1: decision {first}" in told
    assert "the one that you named" in told
    same = drawn([pivotal_page(larder(), found_here, examination, first)])
    assert "You and the re-runs name the same one." in same


def test_without_re_runs_there_is_no_page_about_luck_and_no_verdict() -> None:
    pages = debrief_pages(larder(), found("random", 5), None, Notes(3))
    titles = [page.title for page in pages]
    assert "Judgement and luck" not in titles
    assert "not waited for" in drawn(pages)


@pytest.mark.parametrize(("persona", "seed"), [("sensible", 7), ("random", 2)])
def test_a_range_that_spans_zero_is_called_unclear_and_never_better_or_worse(
    persona: str, seed: int
) -> None:
    examination = examined(persona, seed)
    page = pivotal_page(larder(), found(persona, seed), examination, None)
    rows = [row for block in page.blocks if isinstance(block, Entries) for row in block.rows]
    told = " ".join(row.text for row in rows)
    assert "What you did stood" in told
    shown = examination.pivotal()
    for each in shown:
        for other in each.alternatives:
            if other.difference.unclear and other.difference.widest >= 5:
                said = otherwise(larder(), each.scene, each.decision, other.decision)
                mine = [row.text for row in rows if row.name == said]
                assert not any(text.startswith("What you did stood") for text in mine)


@every_run
def test_there_are_three_questions_of_which_each_is_about_something_else(
    persona: str, seed: int
) -> None:
    asked = questions(found(persona, seed))
    assert [each.about for each in asked] == list(ABOUT)
    assert all(each.text.rstrip().endswith("?") for each in asked)


@every_run
def test_letters_and_promises_are_quoted_word_for_word(persona: str, seed: int) -> None:
    gathered = found(persona, seed)
    pages = debrief_pages(larder(), gathered, None, Notes())
    quotes = [b.text for page in pages for b in page.blocks if isinstance(b, Quote)]
    assert {letter.text for letter in gathered.letters} <= set(quotes)
    rows = [r for page in pages for b in page.blocks if isinstance(b, Entries) for r in b.rows]
    assert {f"“{pledge.words}”" for pledge in gathered.pledges} <= {row.name for row in rows}


def test_a_run_that_goes_on_has_a_debrief_that_gives_nothing_away() -> None:
    steps = whole_run("sensible", 7)[:30]
    gathered = facts(larder(), steps)
    pages = debrief_pages(larder(), gathered, examine(larder(), steps), Notes())
    text = drawn(pages)
    world = larder().worlds[steps[0][1].run.world]
    assert world.title not in text
    assert any(isinstance(b, Prose) for page in pages for b in page.blocks)


def test_a_course_leads_to_where_the_run_stands_also_in_the_middle_of_a_round() -> None:
    steps = whole_run("sensible", 7)
    middle = next(
        at
        for at, (_, each) in enumerate(steps)
        if each.run.marks and each.run.numbers["customers"] > each.run.marks[-1].metrics[0]
    )
    stands = steps[middle][1].run.numbers["customers"]
    page = how_it_went(facts(larder(), steps[: middle + 1]))
    plot = next(block for block in page.blocks if isinstance(block, Plot))
    assert plot.marks[-1] == "now"
    assert len(plot.marks) == len(plot.series[0].values)
    assert plot.series[0].values[-1] == stands
    turns = next(block for block in page.blocks if isinstance(block, Entries))
    assert f"to {stands}" in {row.name: row.note for row in turns.rows}["customers"]


def test_the_debrief_as_data_has_the_reviews_that_the_pages_have() -> None:
    gathered = found("random", 7)
    data = as_data(gathered, None, Notes(4, "Ring Ife."))
    pm, po = reviews(gathered)
    assert data["reviews"] == {"pm": pm.text, "po": po.text}
    assert data["notes"] == {"pivotal": 4, "monday": "Ring Ife."}
    assert data["facts"]["player"] == "Sam"


def test_without_a_charter_no_call_is_said_to_be_nobodys() -> None:
    pack = story(scene("only", choice("go")), scene("end", phase="renew"))
    outcomes = play(pack, "go")
    text = drawn([charter_page(facts(pack, [(None, outcomes[0]), (Choose("go"), outcomes[1])]))])
    assert "No charter was drawn up, so there is none to hold your calls against." in text


# ── alternatives in words ───────────────────────────────────────────────────────────────


def test_of_what_was_picked_only_what_differs_is_named() -> None:
    pack = story(scene("pile", choice("ab"), choice("cd"), choice("ef")))
    made = Pick(("ab", "cd"))
    assert otherwise(pack, "pile", made, Pick(("ab", "ef"))) == "“Ef” in place of “Cd”"
    assert otherwise(pack, "pile", made, Pick(("ab",))) == "without “Cd”"
    assert otherwise(pack, "pile", made, Pick(("ab", "cd", "ef"))) == "“Ef” as well"
    assert otherwise(pack, "pile", made, Pick(("cd", "ab"))) == "“Cd” first"


def test_of_what_was_ordered_sorted_and_put_together_only_what_differs_is_named() -> None:
    pack = story(
        scene("pile", choice("ab"), choice("cd"), choice("ef"), rank={"keep": 1}),
        scene(
            "boxes",
            {"id": "how", "say": "How"},
            {"id": "why", "say": "Why"},
            sort={"bucket": [{"id": "pm", "title": "mine"}, {"id": "po", "title": "yours"}]},
            then="So.",
        ),
    )
    rank = otherwise(pack, "pile", Rank(("ab", "cd", "ef")), Rank(("ef", "cd", "ab")))
    assert rank == "“Ef” in place 1"
    made, other = Sort({"how": "pm", "why": "pm"}), Sort({"how": "po", "why": "pm"})
    assert otherwise(pack, "boxes", made, other) == "“How” under “yours”"
    card = otherwise(pack, "pile", Compose({"for": "ab", "who": "cd"}), Compose({"for": "ef"}))
    assert card == "Ef"


def test_a_review_is_signed_by_the_same_person_twice() -> None:
    pages = debrief_pages(larder(), found("sensible", 5), None, Notes())
    text = drawn([page for page in pages if page.title == "Two reviews, one person"])
    assert "Signed: Sam, product manager." in text
    assert "Signed: Sam, product owner." in text


def test_a_review_knows_by_whom_and_of_whom_it_is() -> None:
    pm, po = reviews(found("random", 2))
    assert isinstance(pm, Review)
    assert (pm.by, pm.of, po.by, po.of) == ("pm", "po", "po", "pm")
    assert "product owner" in pm.text
    assert "product manager" in po.text
