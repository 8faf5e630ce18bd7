"""Pictures and films of a run, made without a terminal and without waiting."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest

from game.tui.casts import cast
from game.tui.pictures import picture, png
from tests.tui.test_replay import a_recording


def words_in(svg: str) -> str:
    """The text of a picture."""
    texts = re.findall(r"<text[^>]*>(.*?)</text>", svg)
    return " ".join(" ".join(texts).replace("&#160;", " ").split())


def test_a_picture_shows_a_moment_with_what_was_decided() -> None:
    recording = a_recording()
    svg = picture(recording, recording.of_decision(2), (100, 34))
    text = words_in(svg)
    assert "✓ 3 Tell her offline mode is on the roadmap" in text
    assert "decision 2 of 5" in text
    assert "enter" not in text, "nobody can press a key on a picture"
    assert "url(" not in svg.replace("url(#", ""), "nothing is fetched"


def test_a_picture_is_the_same_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recording = a_recording()
    before = picture(recording, 3, (80, 24))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setenv("TEXTUAL_DRIVER", "nowhere:Driver")
    assert words_in(picture(recording, 3, (80, 24))) == words_in(before)
    assert "#45c4b6" in picture(recording, recording.of_decision(4), (80, 24)), "the hat's colour"


def test_a_picture_becomes_a_png_of_its_size_with_letters_in_it() -> None:
    recording = a_recording()
    svg = picture(recording, 0, (80, 24))
    image = png(svg)
    assert image.startswith(b"\x89PNG\r\n")
    width, height = (int.from_bytes(image[at : at + 4]) for at in (16, 20))
    assert (width > 80 * 12, height > 24 * 24) == (True, True)
    blank = png(re.sub(r"<text.*?</text>", "", svg))
    assert len(image) > len(blank) * 2, "the letters are drawn, whatever fonts this machine has"


def test_there_is_no_picture_of_a_moment_that_never_was() -> None:
    with pytest.raises(IndexError, match="no moment 999"):
        picture(a_recording(), 999)


def test_a_cast_holds_the_whole_run_with_a_clock_of_its_own() -> None:
    recording = a_recording()
    header, *events = (json.loads(line) for line in cast(recording, (80, 24), 4).splitlines())
    assert (header["version"], header["width"], header["height"]) == (2, 80, 24)
    times = [when for when, _, _ in events]
    assert times == sorted(times)
    assert max(after - before for before, after in pairwise(times)) <= 8
    assert times[-1] > len(recording), "as long as reading takes, however quickly it was made"
    written = "".join(text for _, kind, text in events if kind == "o")
    assert "Say no to the second hotel." in written
    assert "\x1b[38;2;240;171;60" in written, "in the hat's own colour"
    marks = [text for _, kind, text in events if kind == "m"]
    assert marks[:2] == ["The beginning", "Discover"]
    assert "2 Minus two, taken back" in marks
