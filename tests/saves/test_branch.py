"""A run can branch at any decision: the same up to there, then free, and it knows its parent."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from saves import Journal, Library, SaveError
from saves.origins import Origin
from saves.records import Recorded
from saves.verify import verify
from state_machine import Outcome, advance
from state_machine.view import observe
from tests.saves.acts import RUN, begin, filed_pack, steps
from tests.saves.runs import WHEN
from tests.stories import any_decision

LATER = "2026-11-25T09:00:00+01:00"
COUNT = 8


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library with a run of a few decisions."""
    library = Library(tmp_path)
    begin(library, COUNT)
    return library


def parent(library: Library, run_id: str = RUN) -> Journal:
    """The run, opened to be looked at."""
    return library.open(run_id, for_writing=False)


def verifies(library: Library, journal: Journal) -> bool:
    """Whether a run is what its decisions lead to."""
    return verify(journal.header, tuple(journal.lines), library.ground(journal)) is None


def play_otherwise(journal: Journal) -> None:
    """Make another decision than the run of `steps` did."""
    view = observe(filed_pack(), journal.run)
    decision = any_decision(view, [3, 1, 2])
    journal.append(decision, advance(filed_pack(), journal.run, decision), when=LATER)


@pytest.mark.parametrize("at", [0, 1, 5, COUNT])
def test_a_branch_is_its_parent_up_to_a_decision_and_then_free(library: Library, at: int) -> None:
    before = parent(library).path.read_bytes()
    with library.branch(parent(library), at, when=LATER) as branch:
        assert list(branch.steps) == list(parent(library).steps[: at + 1])
        play_otherwise(branch)
        assert len(branch.recorded) == at + 1
        assert verifies(library, branch)
    assert verifies(library, parent(library, branch.run_id))
    assert parent(library).path.read_bytes() == before


def test_a_branch_can_be_played_to_the_ending(library: Library) -> None:
    with library.branch(parent(library), 3, when=LATER) as branch:
        while not branch.run.over:
            play_otherwise(branch)
    assert verifies(library, parent(library, branch.run_id))
    assert library.list()[0].ending


def test_a_branch_knows_its_parent_and_is_no_job(library: Library) -> None:
    run = parent(library)
    with library.branch(run, 5, when=LATER, game="0.2.0") as branch:
        header = branch.header
    assert header.origins == (Origin(kind="branch", run=RUN, begun=run.header.begun, at=5),)
    assert header.study
    assert (header.run, header.begun) == (branch.run_id, "2026-11-25T08:00:00.000Z")
    assert (header.game, header.player, header.kept) == ("0.2.0", "Ada", run.header.kept)
    summary = next(each for each in library.list() if each.run_id == branch.run_id)
    assert (summary.origin, summary.study, summary.decisions) == (header.origins[0], True, 5)


def test_a_branch_of_a_branch_knows_both(library: Library) -> None:
    with library.branch(parent(library), 5, when=LATER) as branch:
        play_otherwise(branch)
    with library.branch(parent(library, branch.run_id), 6, when=LATER) as twig:
        assert [(each.run, each.at) for each in twig.header.origins] == [
            (RUN, 5),
            (branch.run_id, 6),
        ]
        assert verifies(library, twig)


def test_a_branch_has_only_what_counts_of_a_parent_with_undos(library: Library) -> None:
    with library.open(RUN) as run:
        run.undo(when=WHEN)
        run.note("monday", "Ask Ife first.", when=WHEN)
        play_otherwise(run)
    with library.branch(parent(library), COUNT, when=LATER) as branch:
        assert (branch.undos, branch.noted("monday")) == (0, "")
        assert all(isinstance(line, Recorded) for line in branch.lines)
        assert branch.run == parent(library).run
        assert verifies(library, branch)


@pytest.mark.parametrize("at", [-1, COUNT + 1, 1000])
def test_where_no_decision_is_no_branch_begins(library: Library, at: int) -> None:
    before = sorted(library.home.rglob("*"))
    with pytest.raises(SaveError, match=f"one from 1 to {COUNT + 1} can be made anew"):
        library.branch(parent(library), at, when=LATER)
    assert sorted(library.home.rglob("*")) == before


def test_behind_an_ending_no_branch_begins_but_before_it(tmp_path: Path) -> None:
    library = Library(tmp_path)
    begin(library, len(steps()))
    with pytest.raises(SaveError, match=f"one from 1 to {len(steps())} can be made anew"):
        library.branch(parent(library), len(steps()), when=LATER)
    library.branch(parent(library), len(steps()) - 1, when=LATER).close()


def test_a_finished_run_goes_on_by_no_rules_and_is_taken_over_by_nobody(tmp_path: Path) -> None:
    library = Library(tmp_path)
    begin(library, len(steps()))
    run = parent(library)
    with pytest.raises(SaveError, match="is over"):
        library.migrate(run, run.run, filed_pack(), when=LATER)
    with pytest.raises(SaveError, match="nothing to take over"):
        library.inherit(run, len(steps()), Outcome(run.run, ()), when=LATER)
    assert len(library.list()) == 1


def test_whoever_inherits_a_run_begins_where_it_stood(library: Library) -> None:
    run = parent(library)
    taken_over = msgspec.structs.replace(run.recorded[5].state, player="Tomas")
    with library.inherit(run, 6, Outcome(taken_over, ()), when=LATER) as journal:
        header = journal.header
        assert header.origins == (
            Origin(kind="inheritance", run=RUN, begun=run.header.begun, at=6),
        )
        assert (header.study, header.player, journal.run) == (False, "Tomas", taken_over)
        assert journal.run_id == "small-tomas-2026-11-25"
        play_otherwise(journal)
        assert verifies(library, journal)
