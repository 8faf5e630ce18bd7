"""What is done with a recorded run: printing it, and files that take nobody's place."""

from __future__ import annotations

import os
from errno import ENOSPC
from pathlib import Path

import pytest

from game.commands import Refused, replays
from game.new_file import AlreadyThere, write_free, write_new
from game.shelf import Trouble
from saves.files import Disk


def test_a_run_is_printed_with_what_was_taken_back(
    run: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replays.plain(run, None) == 0
    printed = capsys.readouterr().out
    assert printed.count("Decision 4 of 6") == 2
    assert "Decision 4 of 6, taken back" in printed
    assert "where the run stands" in printed


def test_a_decision_that_never_was_is_refused_in_words(run: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="there is no decision 999; they are 1 to 6"):
        replays.write_picture(run, 999, str(tmp_path / "moment.svg"))


def test_a_picture_and_a_cast_are_written_and_never_over_anything(run: str, tmp_path: Path) -> None:
    path = tmp_path / "moment.svg"
    assert replays.write_picture(run, 2, str(path)) == 0
    written = path.read_bytes()
    assert written.startswith(b"<svg")
    with pytest.raises(Refused, match="there already"):
        replays.write_picture(run, None, str(path))
    with pytest.raises(Refused, match="there already"):
        replays.write_cast(run, str(path))
    assert path.read_bytes() == written
    assert replays.write_cast(run, str(tmp_path / "run.cast")) == 0
    with pytest.raises(Refused, match=r"neither \.svg nor \.png"):
        replays.write_picture(run, 1, str(tmp_path / "moment.gif"))


def test_a_new_file_takes_nobodys_place(tmp_path: Path) -> None:
    write_new(tmp_path / "a.svg", b"first")
    with pytest.raises(AlreadyThere):
        write_new(tmp_path / "a.svg", b"second")
    assert write_free(tmp_path, "a", ".svg", b"second") == tmp_path / "a-2.svg"
    assert (tmp_path / "a.svg").read_bytes() == b"first"


def test_a_file_that_cannot_be_written_is_explained_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Trouble, match="No such file or directory"):
        write_new(tmp_path / "nowhere" / "a.svg", b"text")

    def write(_disk: Disk, file: int, data: bytes) -> int:
        os.write(file, data[:1])
        raise OSError(ENOSPC, os.strerror(ENOSPC))

    monkeypatch.setattr(Disk, "write", write)
    with pytest.raises(Trouble, match="No space left on device"):
        write_new(tmp_path / "a.svg", b"text")
    assert not list(tmp_path.iterdir())
