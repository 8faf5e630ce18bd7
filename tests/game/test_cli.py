"""The command line, called as a shell would call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from game.version import version
from tests.packs import write_small_pack

ROOT = Path(__file__).parents[2]


def twohats(
    *arguments: str, typed: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Call the command; without `typed` there is nothing to read."""
    done = subprocess.run(
        [sys.executable, "-m", "game.cli", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        input=typed or "",
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def pack(tmp_path: Path) -> str:
    return str(write_small_pack(tmp_path / "small"))


def test_it_says_its_version() -> None:
    assert twohats("--version").stdout == f"twohats {version()}\n"


def test_the_same_seed_prints_the_same_transcript_everywhere() -> None:
    here = twohats("demo", "--seed", "7", PYTHONHASHSEED="0", LC_ALL="C", TZ="UTC")
    there = twohats(
        "demo", "--seed", "7", PYTHONHASHSEED="99", LC_ALL="C.UTF-8", TZ="Asia/Tokyo", COLUMNS="200"
    )
    assert here.returncode == there.returncode == 0
    assert here.stdout == there.stdout
    assert "The score" in here.stdout


def test_another_seed_is_another_run() -> None:
    assert twohats("demo", "--seed", "7").stdout != twohats("demo", "--seed", "8").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["demo", "--seed", "abc"], "`abc` is not a whole number"),
        (["demo", "--seed", "-1"], "is not a whole number"),
        (["demo", "--seed", "9" * 400], "is not a whole number"),
        (["pley"], "Did you mean `play`?"),
        (["demo", "--persona", "randm"], "did you mean `random`?"),
        (["play"], "this is no terminal"),
        ([], "this is no terminal"),
    ],
)
def test_what_is_called_wrongly_is_explained(arguments: list[str], says: str) -> None:
    done = twohats(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == ""


def test_the_express_edition_is_the_same_everywhere_and_shorter(tmp_path: Path) -> None:
    pack = str(write_small_pack(tmp_path / "small", express=True))
    full = twohats("demo", pack, "--seed", "7").stdout
    short = twohats("demo", pack, "--seed", "7", "--express").stdout
    assert short.startswith("Small, express, seed 7")
    assert short == twohats("demo", pack, "--seed", "7", "--express").stdout
    assert len(short.splitlines()) < len(full.splitlines())


@pytest.mark.parametrize("command", [["demo"], ["play", "--plain"]])
def test_a_company_without_an_express_edition_says_so(command: list[str], pack: str) -> None:
    done = twohats(*command, pack, "--express")
    assert done.returncode == 2
    assert "“Small” has no express edition" in done.stderr
    assert done.stdout == ""


def test_an_express_run_is_played_and_listed_as_one(tmp_path: Path) -> None:
    pack = str(write_small_pack(tmp_path / "short", express=True))
    begun = twohats("play", pack, "--plain", "--express", "--name", "Ada").stdout
    assert "Discover, express · round 1 of 1." in begun
    (run,) = json.loads(twohats("runs", "--json").stdout)
    assert run["edition"] == "express"
    assert "Small as Ada, express, in Discover" in twohats("runs").stdout


def test_a_company_that_is_not_there_is_answered_with_the_closest_one() -> None:
    done = twohats("demo", "lader")
    assert done.returncode in (1, 2)
    assert "larder" in done.stderr


def test_a_reader_that_leaves_is_no_crash() -> None:
    script = f"{sys.executable} -m game.cli demo --seed 7 | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    "command",
    [
        "demo --seed 7 >/dev/full",
        "runs >/dev/full",
        "--version >/dev/full",
        "--help >/dev/full",
        "demo --seed 7 >&-",
        "play --plain --seed 7 <&-",
        "--plain <&- >&-",
        "demo --seed 7 2>&-",
        f"demo {'a' * 300}",
        "demo ''",
    ],
)
def test_whatever_the_shell_does_to_its_streams_is_no_crash(command: str) -> None:
    line = f"{sys.executable} -m game.cli {command}"
    done = subprocess.run(
        ["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode in (0, 1, 2)
    assert "Traceback" not in done.stderr
    if "full" in command:
        assert done.returncode == 1
        assert "could not be written" in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin1", "utf-8"])
def test_letters_that_a_terminal_cannot_show_are_no_crash(encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "game.cli", "play", "--plain", "--seed", "7"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        input=b"J\xff\n" + b"1" * 5000 + b"\n1\n",
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert b"Use numbers from 1" in done.stdout


def test_a_run_is_taken_up_where_it_was_left(pack: str) -> None:
    begun = twohats("play", pack, "--plain", "--name", "Ada", typed="")
    assert begun.returncode == 0
    assert "takes up this run" in begun.stdout
    (run,) = json.loads(twohats("runs", "--json").stdout)
    assert (run["player"], run["decisions"], run["over"]) == ("Ada", 0, False)
    assert run["id"] in twohats("runs").stdout


def test_no_runs_yet_says_how_to_begin_one(home: Path) -> None:
    assert "`twohats play` begins one" in twohats("runs").stdout
    assert not home.exists()


def test_a_home_that_cannot_be_written_is_said_plainly(tmp_path: Path, pack: str) -> None:
    (tmp_path / "file").write_text("in the way")
    done = twohats("play", pack, "--plain", typed="", TWOHATS_HOME=str(tmp_path / "file"))
    assert done.returncode == 1
    assert str(tmp_path / "file") in done.stderr


def test_a_broken_pack_is_refused_with_every_mistake(tmp_path: Path) -> None:
    folder = write_small_pack(tmp_path / "broken")
    for path in sorted(folder.glob("*.toml")):
        path.write_text(path.read_text("utf-8").replace("effects", "efects"), "utf-8")
    done = twohats("demo", str(folder))
    assert done.returncode == 1
    assert "did you mean `effects`?" in done.stderr
    assert ".toml:" in done.stderr
