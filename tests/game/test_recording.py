"""A recording shows a run as it was played: the same pages, in order, and nothing else."""

from __future__ import annotations

import pytest

from game.blocks import Page
from game.plain.replay import replay
from game.recording import Moment, RecordedStep, Recording
from game.session import Session
from scenes.schema import Pack
from state_machine import Choose, Decision, begin
from state_machine.bots import PERSONAS, decisions
from state_machine.events import Step
from tests.recordings import recorded
from tests.saves.runs import PLAYER, SEED, small_pack, steps
from tests.stories import choice, scene, steps_of, story


def played(pack: Pack, persona: str, seed: int = SEED) -> Recording:
    """The recording of a whole run."""
    return Recording(pack, recorded(decisions(pack, seed, PERSONAS[persona], PLAYER)))


def small_recording() -> Recording:
    """The recording of the small run."""
    begun = begin(small_pack(), SEED, PLAYER)
    return Recording(small_pack(), recorded([(None, begun), *steps()]))


def paid_pack() -> Pack:
    """One decision moves a number, ends the fortnight that has to be paid, and the phase."""
    return story(
        scene("first", choice("a", "customers +3", "promise demo by build"), choice("z")),
        scene("next", choice("b", "customers -20"), choice("c"), phase="define"),
        start={"runway": 90_000, "burn": 20_000},
    )


def decided(pack: Pack, *choices: str) -> list[Step]:
    """The steps of a run in which these were chosen, from its beginning."""
    return steps_of(pack, *choices, seed=SEED, player=PLAYER)


def one_taken_back() -> Recording:
    """Twice something else was chosen first, and both decisions were taken back."""
    pack = paid_pack()
    first = recorded(decided(pack, "a", "b"))
    then = recorded(decided(pack, "z", "c"))
    taken_back = [RecordedStep(s.number, s.decision, s.outcome, taken_back=True) for s in first[1:]]
    return Recording(pack, [first[0], *taken_back, *then[1:]])


@pytest.mark.parametrize("persona", ["random", "people-pleaser"])
def test_every_page_that_was_shown_in_play_is_in_the_recording_in_order(persona: str) -> None:
    pack = small_pack()
    recording = played(pack, persona)
    session = Session(pack, [(None, begin(pack, SEED, PLAYER))])
    shown: list[tuple[Page, Decision | None]] = [(page, None) for page in session.first_pages()]
    for step in recording.steps[1:]:
        assert step.decision is not None
        shown.append((session.ask_page(), step.decision))
        shown += [(page, None) for page in session.decide(step.decision)]
    assert session.over
    assert [(moment.page, moment.decision) for moment in recording] == shown


def test_every_moment_says_which_decision_it_belongs_to() -> None:
    recording = small_recording()
    assert recording.decisions == len(steps())
    numbers = [moment.number for moment in recording]
    assert numbers == sorted(numbers)
    assert numbers[0] == 0
    assert set(numbers) == set(range(len(steps()) + 1))
    for number in range(1, recording.decisions + 1):
        moment = recording.moment(recording.of_decision(number))
        assert (moment.number, moment.page.ask is not None) == (number, True)


def test_the_head_shows_what_has_been_told_and_nothing_that_is_still_to_come() -> None:
    moments = list(Recording(paid_pack(), recorded(decided(paid_pack(), "a"))))
    told = {moment.page.kind: moment for moment in moments if moment.number == 1}

    def head(moment: Moment) -> tuple[int, int, int, str]:
        customers = dict(moment.now.metrics)["customers"]
        return customers, moment.now.runway, len(moment.now.promises), moment.place.phase_title

    assert head(told["turn"]) == (50, 90_000, 0, "Discover")
    assert head(told["consequence"]) == (53, 90_000, 1, "Discover")
    assert head(told["fortnight"]) == (53, 70_000, 1, "Discover")
    assert head(told["gate"]) == (53, 70_000, 1, "Discover")
    assert head(told["phase"]) == (53, 70_000, 1, "Define")


def test_a_run_that_is_not_over_stands_at_the_decision_that_is_still_open() -> None:
    recording = Recording(paid_pack(), recorded(decided(paid_pack(), "a")))
    last = recording.moment(len(recording) - 1)
    assert last.page.ask is not None
    assert (last.number, last.decision, recording.decisions) == (2, None, 1)
    assert recording.contents[-1].text == "still open"


def test_decisions_that_were_taken_back_are_shown_where_they_were_made() -> None:
    recording = one_taken_back()
    asked = [
        (m.number, m.decision, m.taken_back, dict(m.now.metrics)["customers"])
        for m in recording
        if m.page.ask
    ]
    assert asked[:4] == [
        (1, Choose("a"), True, 50),
        (2, Choose("b"), True, 53),
        (1, Choose("z"), False, 50),
        (2, Choose("c"), False, 50),
    ]
    assert [mark.taken_back for mark in recording.contents if mark.kind == "decision"][:4] == [
        True,
        True,
        False,
        False,
    ]
    assert recording.moment(recording.of_decision(1)).decision == Choose("z")


def test_the_ledger_of_a_moment_ends_there_and_leaves_out_what_was_taken_back() -> None:
    recording = one_taken_back()
    end = recording.ledger(recording.of_decision(2))
    assert not [row for row in end if row.label == "customers"]
    taken_back = next(m.at for m in recording if m.decision == Choose("b"))
    assert [row.by for row in recording.ledger(taken_back) if row.label == "customers"] == ["+3"]


def test_the_ledger_at_the_end_is_the_ledger_of_the_run() -> None:
    recording = small_recording()
    session = Session(small_pack(), [(step.decision, step.outcome) for step in recording.steps])
    assert recording.ledger(len(recording) - 1) == session.ledger()


def test_the_contents_name_each_phase_each_decision_and_what_gave_way() -> None:
    pack = story(
        scene("first", choice("a", "morale -60"), choice("b")),
        scene("crisis", choice("talk"), choice("hide"), hat="po", crisis="morale"),
        scene("next", hat="po", phase="define"),
    )
    recording = Recording(pack, recorded(decided(pack, "a", "talk", "go")))
    marks = [(m.kind, m.title, m.text) for m in recording.contents if m.at < len(recording)]
    assert marks[:4] == [
        ("phase", "The beginning", ""),
        ("phase", "Discover", ""),
        ("decision", "First", "A"),
        ("collapse", "Morale gives way", "it is down to 0"),
    ]
    assert ("decision", "Crisis", "Talk") in marks
    collapsed = next(moment for moment in recording if moment.collapsed)
    assert (collapsed.page.kind, collapsed.collapsed) == ("fortnight", ("morale",))
    assert recording.near(0, 1, "collapse") == collapsed.at
    assert recording.near(len(recording) - 1, -1, "collapse") == collapsed.at


def test_the_next_and_the_last_decision_are_found_from_every_moment() -> None:
    recording = small_recording()
    asks = [moment.at for moment in recording if moment.page.ask]
    assert recording.near(asks[3], 1, "decision") == asks[4]
    assert recording.near(asks[3], -1, "decision") == asks[2]
    assert recording.near(asks[3] + 1, -1, "decision") == asks[3]
    assert recording.near(asks[-1], 1, "decision") == len(recording) - 1
    assert recording.near(0, -1, "decision") == 0


def test_the_desk_of_a_moment_has_only_what_was_told() -> None:
    recording = small_recording()
    session = Session(small_pack(), [(step.decision, step.outcome) for step in recording.steps])
    assert recording.desk(len(recording) - 1) == session.desk
    begun = Session(small_pack(), [(None, recording.steps[0].outcome)])
    assert recording.desk(recording.of_decision(1)) == begun.desk


def test_a_recording_without_its_past_is_refused() -> None:
    run = recorded(decided(paid_pack(), "a", "b"))
    with pytest.raises(ValueError, match="begins"):
        Recording(paid_pack(), run[1:])
    with pytest.raises(ValueError, match="decision 2"):
        Recording(paid_pack(), [run[0], run[2]])
    with pytest.raises(IndexError, match="no decision 3"):
        Recording(paid_pack(), run).of_decision(3)


def test_in_plain_text_a_run_is_told_with_what_was_taken_back_and_why_numbers_moved() -> None:
    text = "\n".join(replay(one_taken_back()))
    assert text.index("Decision 1 of 2, taken back") < text.index("Decision 1 of 2 --")
    assert " * 1. A" in text
    assert " * 2. Z" in text
    assert "customers +3 (50 to 53): this choice" in text
    assert "runway -€20k (€90k to €70k): two weeks of salaries and rent" in text
    assert "[This is where the run stands.]" not in text
    open_run = "\n".join(replay(Recording(paid_pack(), recorded(decided(paid_pack(), "a")))))
    assert "Decision 2, still open" in open_run
    assert open_run.endswith("[This is where the run stands.]")
