"""Saved runs from the command line: verified, branched, given away, taken in, thrown away."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.game.test_cli import twohats
from tests.saves.sealing import reseal


def test_a_run_is_computed_again_also_after_its_story_was_changed(
    run: str, pack_folder: Path
) -> None:
    done = twohats("replay", run, "--verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert "6 decisions and 1 undo computed again, all as they were recorded" in done.stdout
    for path in pack_folder.glob("*.toml"):
        path.write_text(path.read_text("utf-8").replace("customers", "sponsor"), "utf-8")
    assert twohats("replay", run, "--verify").stdout == done.stdout
    shutil.rmtree(pack_folder)
    assert twohats("replay", run, "--verify").stdout == done.stdout


def test_what_was_changed_by_hand_is_named_with_its_decision(run: str, home: Path) -> None:
    path = home / "runs" / f"{run}.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b'"morale":', b'"morale":1', 1)
    path.write_bytes(reseal(b"".join(lines)))
    done = twohats("replay", run, "--verify")
    assert done.returncode == 1
    assert "decision 2 is not as it was recorded" in done.stdout
    assert "morale: recorded 1" in done.stdout
    told = json.loads(twohats("replay", run, "--verify", "--json").stdout)
    assert (told["verified"], told["differs_at"]) == (False, 2)


def test_a_branch_says_what_it_is_called_and_stands_under_its_parent(run: str) -> None:
    done = twohats("branch", run, "--at", "5")
    assert done.returncode == 0
    assert f"is {run} up to decision 5" in done.stdout
    parent, _, child, _ = twohats("runs").stdout.splitlines()
    assert (parent, child) == (f"{run}, 6 decisions", f"    {run}-2, 4 decisions")
    assert [card["study"] for card in json.loads(twohats("runs", "--json").stdout)] == [True, False]


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["branch", "RUN", "--at", "8"], 1, "has 6 decisions; one from 1 to 7"),
        (["branch", "RUN", "--at", "0"], 1, "has 6 decisions; one from 1 to 7"),
        (["branch", "RUN", "--at", "-1"], 2, "is not the number of a decision"),
        (["branch", "RUN"], 2, "--at"),
        (["branch", "RUM", "--at", "1"], 1, "no run `RUM`"),
        (["replay", "RUN-2", "--verify"], 1, "did you mean"),
        (["resume", "RUN"], 2, "this is no terminal"),
        (["export", "RUN", "no/such/folder/x"], 1, "not there"),
        (["import", "no-such-file"], 1, "there is no file"),
        (["trash", "--restore", "RUN"], 1, "There is no `RUN` in the trash"),
    ],
)
def test_what_cannot_be_done_is_explained(
    run: str, arguments: list[str], status: int, says: str
) -> None:
    done = twohats(*(each.replace("RUN", run) for each in arguments))
    assert done.returncode == status
    assert says.replace("RUN", run) in done.stderr


def test_a_run_is_given_away_in_a_file_and_taken_in_elsewhere(
    run: str, pack_folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "ada.twohats"
    assert twohats("export", run, str(file)).returncode == 0
    again = twohats("export", run, str(file))
    assert again.returncode == 1
    assert "already" in again.stderr
    assert "here already" in twohats("import", str(file)).stderr
    shutil.rmtree(pack_folder)
    elsewhere = str(tmp_path / "elsewhere")
    taken = twohats("import", str(file), TWOHATS_HOME=elsewhere)
    assert (taken.returncode, taken.stderr) == (0, "")
    verified = twohats("replay", run, "--verify", TWOHATS_HOME=elsewhere)
    assert (verified.returncode, "all as they were recorded" in verified.stdout) == (0, True)
    going_on = twohats("resume", run, "--plain", TWOHATS_HOME=elsewhere)
    assert f"go on in a branch, `{run}-2`" in " ".join(going_on.stdout.split())
    assert "no job yet" in twohats("career", "--markdown", TWOHATS_HOME=elsewhere).stderr


def test_a_run_goes_on_line_by_line_and_takes_a_decision_back(run: str) -> None:
    done = twohats("resume", run, "--plain", typed="undo\n1\nundo\nundo\nquit\n")
    assert done.returncode == 0
    assert done.stdout.count("Taken back") >= 1
    assert "only the last decision can be" in " ".join(done.stdout.split())
    assert "taken back" in twohats("runs").stdout


def test_a_deleted_run_lies_in_the_trash_until_that_is_emptied(run: str, home: Path) -> None:
    assert twohats("delete", run).returncode == 0
    assert "There are no saved runs" in twohats("runs").stdout
    assert run in twohats("trash").stdout
    assert json.loads(twohats("trash", "--json").stdout)[0]["decisions"] == 6
    assert twohats("trash", "--restore", run).returncode == 0
    assert twohats("trash").stdout == "The trash is empty.\n"
    twohats("delete", run)
    assert "1 run taken off the disk" in twohats("trash", "--empty").stdout
    assert os.listdir(home / "trash") == []
