"""The whole way of a saved run: kept, carried to another machine, taken apart and learned from."""

from __future__ import annotations

import shutil

import pytest

from game.saved import SavedRun
from game.session import Session
from game.storage import DiskShelf
from saves import Library
from scenes import find_pack
from state_machine import Decision
from state_machine.bots import PERSONAS
from state_machine.comparison import compare
from state_machine.counterfactual import Examination, examine

SEED = 7


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> DiskShelf:
    """The shelf of a machine to which a run was carried whose company is changed and then gone."""
    here = tmp_path_factory.mktemp("here")
    company = here / "larder"
    shutil.copytree(find_pack("larder"), company)
    shelf = DiskShelf(Library(here / "home"))
    play_to_the_end(shelf.begin(str(company), SEED, "Ada"), "random")
    shelf.close()
    (card,) = shelf.runs()
    for path in company.glob("*.toml"):
        text = path.read_text("utf-8").replace("customers", "market").replace("Ife", "Eva")
        path.write_text(text, "utf-8")
    shelf.export(card.id, here / "ada.twohats")
    shutil.rmtree(company)
    there = DiskShelf(Library(tmp_path_factory.mktemp("there")))
    there.import_file(here / "ada.twohats")
    return there


def play_to_the_end(session: Session, persona: str) -> None:
    while not session.over:
        session.decide(PERSONAS[persona](session.view, SEED))


def the_run(shelf: DiskShelf) -> SavedRun:
    """The run that was carried here."""
    return next(shelf.study(card.id) for card in shelf.runs() if card.player == "Ada")


def worst(examination: Examination) -> tuple[int, Decision]:
    """The decision that stood furthest below an alternative for certain, and that alternative."""
    _, number, better = min(
        (other.difference.high, decided.number, other.decision)
        for decided in examination.decisions
        for other in decided.alternatives
        if other.difference.high < 0
    )
    return number, better


def test_the_run_is_told_and_computed_as_it_was_played(carried: DiskShelf) -> None:
    run = the_run(carried)
    assert run.verified() is None
    told = " ".join(str(moment.page) for moment in run.recording)
    assert "Ife" in told
    assert "Eva" not in told


def test_a_branch_from_its_worst_decision_ends_differently_and_is_compared_with_it(
    carried: DiskShelf,
) -> None:
    run = the_run(carried)
    number, better = worst(examine(run.pack, run.steps, run.rules))
    session = carried.branch(run.id, number - 1)
    session.decide(better)
    play_to_the_end(session, "sensible")
    branch = carried.study(carried.open_run)
    carried.close()
    assert branch.verified() is None
    comparison = compare([run.entrant, branch.entrant])
    (parting,) = comparison.partings
    assert parting.number == number
    ends = [standing.score.total for standing in comparison.standings]
    assert ends[0] != ends[1]
    assert all(gap.causes for gap in comparison.gaps), "and the causes of it are named"
