"""What is done with a recorded run: printing it, and files that take nobody's place."""

from __future__ import annotations

from errno import ENOSPC
from io import FileIO
from os import strerror
from pathlib import Path

import pytest

from game.commands import Refused, replays
from game.new_file import AlreadyThere, write_free, write_new
from game.shelf import Trouble
from tests.game.test_recording import small_recording


def test_a_run_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert replays.plain(small_recording()) == 0
    assert "Decision 1 of" in capsys.readouterr().out


def test_a_decision_that_never_was_is_refused_in_words() -> None:
    recording = small_recording()
    assert replays.moment_of(recording, None) == 0
    assert replays.moment_of(recording, 2) == recording.of_decision(2)
    with pytest.raises(Refused, match="there is no decision 999"):
        replays.moment_of(recording, 999)


def test_a_picture_is_written_and_never_over_anything(tmp_path: Path) -> None:
    path = tmp_path / "moment.svg"
    assert replays.write_picture(small_recording(), 0, path, "tiny") == 0
    written = path.read_bytes()
    assert written.startswith(b"<svg")
    with pytest.raises(Refused, match="there already"):
        replays.write_picture(small_recording(), 1, path, "tiny")
    with pytest.raises(Refused, match="there already"):
        replays.write_cast(small_recording(), path, "tiny")
    assert path.read_bytes() == written
    with pytest.raises(Refused, match=r"neither \.svg nor \.png"):
        replays.write_picture(small_recording(), 0, tmp_path / "moment.gif", "tiny")


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

    class Full(FileIO):
        def write(self, data: object) -> int:
            super().write(b"t")
            raise OSError(ENOSPC, strerror(ENOSPC))

    def opened(path: Path, mode: str) -> Full:
        return Full(path, mode)

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(Trouble, match="No space left on device"):
        write_new(tmp_path / "a.svg", b"text")
    assert not list(tmp_path.iterdir())
