"""The debrief without a screen: asked and told line by line, and printed as a file."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser

import pytest

from game.commands import Form
from game.commands.debriefs import debrief
from game.plain.debrief import PlainDebrief
from game.saved import SavedRun
from game.shelf import Trouble
from game.storage import DiskShelf
from saves.records import About
from scenes.schema import Pack
from state_machine.bots import PERSONAS, decisions
from state_machine.events import Step


@pytest.fixture(scope="module")
def ended(small_pack: Pack) -> tuple[Pack, list[Step]]:
    """A whole run of the small company."""
    return small_pack, list(decisions(small_pack, 7, PERSONAS["sensible"]))


def told(
    run: tuple[Pack, list[Step]], *answers: str, refuse: bool = False
) -> tuple[str, list[tuple[About, str]]]:
    """All that is printed under these answers, and what was kept."""
    kept: list[tuple[About, str]] = []

    def keep(about: About, text: str) -> None:
        if refuse:
            raise Trouble("the disk is full.")
        kept.append((about, text))

    out = io.StringIO()
    source = io.StringIO("".join(f"{answer}\n" for answer in answers))
    PlainDebrief(source, out, keep).run(*run)
    return " ".join(out.getvalue().split()), kept


def pages_of(run: tuple[Pack, list[Step]]) -> int:
    """How many pages the debrief of a run has."""
    text, _ = told(run, "")
    return int(text.split("page 1 of ")[1].split(",")[0])


def test_the_player_is_asked_before_anything_is_told(ended: tuple[Pack, list[Step]]) -> None:
    text, kept = told(ended, "none of them", "3", "quit")
    assert kept == [("pivotal", "3")]
    asked, number = text.index("do you think mattered most?"), text.index("Type a number from 1")
    assert asked < number < text.index("How it went")
    assert "What mattered" not in text


def test_page_after_page_is_told_and_then_monday_asked(ended: tuple[Pack, list[Step]]) -> None:
    turns = [""] * (pages_of(ended) - 1)
    text, kept = told(ended, "", *turns, "  Ask\x1b[2J   Ife ")
    assert kept == [("monday", "Ask[2J Ife")]
    order = ("How it went", "What mattered", "Judgement and luck", "Two reviews", "on Monday?")
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_the_debrief_ends_where_the_input_does(ended: tuple[Pack, list[Step]]) -> None:
    assert told(ended)[1] == []


def test_a_note_that_cannot_be_kept_is_said_and_stops_nothing(
    ended: tuple[Pack, list[Step]],
) -> None:
    text, kept = told(ended, "1", refuse=True)
    assert kept == []
    assert "the disk is full." in text
    assert "How it went" in text


@pytest.fixture
def saved(small_pack: Pack) -> Iterator[SavedRun]:
    """A run of Larder's beginning on the disk, with two notes."""
    with closing(DiskShelf()) as shelf:
        session = shelf.begin("larder", 7, "Ada")
        for _ in range(9):
            session.decide(PERSONAS["sensible"](session.view, 7))
        session.note("pivotal", "2")
        session.note("pivotal", "5")
        session.note("monday", "Ask <Ife>.")
        yield shelf.study(shelf.open_run)


def printed(saved: SavedRun, form: Form, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command prints."""
    assert debrief(saved.id, form) == 0
    text, problems = capsys.readouterr()
    assert problems == "", "no progress where nobody watches"
    return text


def test_of_several_notes_the_last_one_counts(saved: SavedRun) -> None:
    notes = saved.notes
    assert (notes.pivotal, notes.monday) == (5, "Ask <Ife>.")


def test_the_debrief_of_a_saved_run_is_text_markdown_html_or_data(
    saved: SavedRun, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(saved, "text", capsys)
    assert text.startswith("Debrief: Larder, Ada\n")
    assert "Two reviews, one person\n=====" in text
    marked = printed(saved, "md", capsys)
    assert marked.startswith("# Debrief: Larder, Ada\n")
    assert "## Two reviews, one person" in marked
    data = json.loads(printed(saved, "json", capsys))
    assert data["notes"] == {"pivotal": 5, "monday": "Ask <Ife>."}
    assert data["reviews"].keys() == {"pm", "po"}
    page = printed(saved, "html", capsys)
    HTMLParser().feed(page)
    assert "Ask &lt;Ife&gt;." in page
