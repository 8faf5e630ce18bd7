"""A comparison as it is read: in pages, as data, and printed by the command."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from game.blocks import Entries, Page, Plot, Table
from game.commands import Form, Refused
from game.commands.forms import report
from game.commands.studies import compared
from game.plain import draw
from game.reports.compare import as_data, compare_pages, title
from game.shelf import Trouble
from scenes.schema import Pack
from state_machine import Decision, Pick, Rank, Sort, Write, begin
from state_machine.alignment import Entrant
from state_machine.bots import PERSONAS, decisions
from state_machine.comparison import compare
from state_machine.events import Step
from state_machine.run import Past
from tests.stories import choice, invitation, scene, steps_of, story


def run_of(pack: Pack, name: str, *made: Decision | str, seed: int = 7) -> Entrant:
    """A run under these decisions; a bare word chooses."""
    return Entrant(name, pack, steps_of(pack, *made, seed=seed))


def office() -> Pack:
    """A company with a lunch that can be missed, and a call that goes one way or the other."""
    return story(
        scene("lunch", choice("soup"), choice("salad"), invitation=invitation()),
        scene("call", choice("ask", "customers +2", "trust ife +2"), choice("tell")),
        scene("note", choice("send"), write={"letter": "to-po"}),
        scene("board", choice("move"), choice("leave"), hat="po"),
    )


STAY, GO, HM = Pick(()), Pick(("lunch",)), Write("Hm.")


def text_of(*entrants: Entrant) -> str:
    """A comparison as plain text in one line."""
    lines = (line for page in compare_pages(compare(entrants)) for line in draw.page_lines(page))
    return " ".join(" ".join(lines).split())


def page_of(name: str, *entrants: Entrant) -> Page:
    """The page of a comparison with this title."""
    return next(page for page in compare_pages(compare(entrants)) if page.title == name)


def of_larder(pack: Pack, persona: str, seed: int = 7, until: int | None = None) -> Entrant:
    """A run of Larder by a persona."""
    steps = list(decisions(pack, seed, PERSONAS[persona]))[:until]
    return Entrant(f"larder-{persona}-{seed}", pack, steps)


# ── the first page ──────────────────────────────────────────────────────────────────────────


def test_the_first_page_says_where_they_part_and_what_each_chose() -> None:
    pack = office()
    one = run_of(pack, "one", STAY, "ask", HM, "move")
    other = run_of(pack, "other", STAY, "tell", HM, "move")
    text = text_of(one, other)
    assert "-- “Call” (decision 2, in Discover, round 1) --" in text
    assert "Both made the first decision alike; here they decided otherwise." in text
    assert "one (45 of 100): Ask other (45 of 100): Tell" in text
    assert "so they met the same luck" in text
    assert "customers, 47 and 46; most of it: “Ask”, in “Call” (+2 and 0)" in text


def test_runs_that_never_part_are_said_to_agree_as_far_as_they_have_come() -> None:
    pack = office()
    one = run_of(pack, "one", STAY, "ask", HM, "move")
    text = text_of(one, Entrant("other", pack, one.steps[:2]))
    assert "They have decided alike, as far as they have come." in text
    assert "other: not over: in Discover, after 1 decision" in text


def test_other_beginnings_are_said_before_luck_is_blamed() -> None:
    pack = office()
    text = text_of(run_of(pack, "one", STAY), run_of(pack, "other", GO, seed=8))
    assert "They did not begin alike: - the seed: 7 for one; 8 for other" in text
    assert "same luck" not in text


def test_of_several_runs_those_that_went_on_together_are_named_together() -> None:
    pack = office()
    text = text_of(
        run_of(pack, "one", STAY, "ask"),
        run_of(pack, "two", STAY, "ask", HM, "move"),
        run_of(pack, "three", STAY, "tell"),
    )
    assert "All of them made the first decision alike" in text
    assert "one and two (not over, 45 of 100): Ask three (not over): Tell" in text


def test_the_difference_is_told_of_two_that_parted() -> None:
    pack = office()
    whole = run_of(pack, "two", STAY, "ask", HM, "move")
    runs = Entrant("one", pack, whole.steps[:3]), whole, run_of(pack, "three", STAY, "tell")
    assert "most of the difference between two and three" in text_of(*runs)


def test_numbers_that_went_one_way_are_not_among_those_that_tell() -> None:
    pack = office()
    runs = [run_of(pack, name, STAY, name, HM, "move") for name in ("ask", "tell")]
    plots = [block for block in page_of("How it went", *runs).blocks if isinstance(block, Plot)]
    assert [plot.title for plot in plots] == ["Customers"]


# ── the others ──────────────────────────────────────────────────────────────────────────────


def test_of_long_answers_only_what_is_not_the_same_is_said() -> None:
    fields: dict[str, Any] = {
        "sort": {"bucket": [{"id": "now", "title": "Now"}, {"id": "later", "title": "Later"}]}
    }
    pack = story(scene("map", choice("a"), choice("b"), choice("c"), **fields))
    one = run_of(pack, "one", Sort({"a": "now", "b": "now", "c": "now"}))
    other = run_of(pack, "other", Sort({"a": "now", "b": "later", "c": "now"}))
    table = page_of("What they decided otherwise", one, other).blocks[-1]
    assert isinstance(table, Table)
    assert table.rows == (("Map", "B: Now; the other 2 alike", "B: Later; the other 2 alike"),)


def test_a_very_long_answer_is_cut_and_says_so() -> None:
    names = [f"item-{number}" for number in range(8)]
    pack = story(scene("sort", *map(choice, names), rank={"keep": 1}))
    one = run_of(pack, "one", Rank(tuple(names)))
    other = run_of(pack, "other", Rank(tuple(reversed(names))))
    table = page_of("What they decided otherwise", one, other).blocks[-1]
    assert isinstance(table, Table)
    assert table.rows[0][1].endswith("4. Item-3; and 4 more")


def test_what_one_run_has_only_not_come_to_is_no_difference(larder: Pack) -> None:
    whole = of_larder(larder, "sensible")
    half = Entrant("half", larder, whole.steps[:20])
    text = " ".join(draw.page_lines(page_of("What only some were asked", whole, half)))
    assert "As far as they have come, they were all asked the same." in " ".join(text.split())


def test_plots_come_first_whose_runs_end_furthest_apart_and_all_are_there(larder: Pack) -> None:
    runs = of_larder(larder, "sensible"), of_larder(larder, "people-pleaser")
    pages = compare_pages(compare(runs))
    plots = [block for page in pages for block in page.blocks if isinstance(block, Plot)]
    assert len({plot.title for plot in plots}) == len(plots) == 8
    spreads = [abs(a.values[-1] - b.values[-1]) for a, b in (plot.series for plot in plots)]
    assert min(spreads[:3]) >= max(spreads[3:])


def test_where_runs_are_not_in_step_rounds_are_counted_and_each_has_its_own_phases(
    larder: Pack,
) -> None:
    runs = of_larder(larder, "sensible"), of_larder(larder, "people-pleaser")
    page = page_of("How it went", *runs)
    plot = next(b for b in page.blocks if isinstance(b, Plot))
    assert plot.marks[:3] == ("start", "r1", "r2")
    assert not any("Launch" in mark for mark in plot.marks)
    phases = next(b for b in page.blocks if isinstance(b, Entries))
    assert [row.name for row in phases.rows] == [run.name for run in runs]
    for run, row in zip(runs, phases.rows, strict=True):
        assert row.text.startswith("Discover r1")
        assert row.text.endswith(f"r{len(run.last.marks)}")


def test_where_runs_are_in_step_a_phase_is_named_where_it_begins(larder: Pack) -> None:
    whole = of_larder(larder, "sensible")
    part = Entrant("part", larder, [*whole.steps[:25]])
    other = of_larder(larder, "people-pleaser", until=12)
    plots = [b for b in page_of("How it went", part, other).blocks if isinstance(b, Plot)]
    assert plots
    assert plots[0].marks[:2] == ("start", "Discover")


def test_two_jobs_at_one_company_are_said_to_be_two(larder: Pack) -> None:
    runs = [
        Entrant(name, larder, [(None, begin(larder, 7, "Sam", past=past))])
        for name, past in (
            ("ada", Past(company="Larder", reputation="is quiet")),
            ("bo", Past(company="Larder", reputation="is loud")),
            ("cem", Past(company="Larder", reputation="is quiet")),
        )
    ]
    text = text_of(*runs)
    assert "the job before: Larder for ada and cem; another, also Larder for bo" in text
    assert "under the same seed all the same, and so with the same luck" in text


def test_every_run_has_a_column_or_if_they_are_many_a_row(larder: Pack) -> None:
    runs = [of_larder(larder, persona, until=12) for persona in PERSONAS]
    (few,), (many,) = (page_of("What came of it", *some).blocks for some in (runs[:2], runs[:5]))
    assert isinstance(few, Table)
    assert isinstance(many, Table)
    assert few.columns == ("run", runs[0].name, runs[1].name)
    assert [row[0] for row in many.rows] == [run.name for run in runs[:5]]


# ── for scripts, and printed ────────────────────────────────────────────────────────────────


def opened(name: str) -> Entrant:
    """A run by its name: which way it went stands in it."""
    if name == "phone":
        return Entrant(name, *_another())
    if name == "gone":
        raise Trouble("There is no run `gone`.")
    return run_of(office(), name, STAY, "ask" if name.startswith("a") else "tell", HM, "move")


def _another() -> tuple[Pack, list[Step]]:
    pack = story(scene("phone"))
    info = pack.info
    pack = msgspec.structs.replace(pack, info=msgspec.structs.replace(info, id="x", title="Other"))
    return pack, [(None, begin(pack, 7, "Sam"))]


def test_the_data_of_a_comparison_says_it_all() -> None:
    comparison = compare([opened("ada"), opened("bo")])
    data = json.loads(json.dumps(as_data(comparison)))
    assert title(comparison) == "Tiny: 2 runs compared"
    assert data["pair"] == ["ada", "bo"]
    assert data["timelines"]["customers"].keys() == {"ada", "bo"}
    assert [row["scene"] for row in data["crossroads"] if row["differs"]] == ["call"]
    assert data["partings"][0]["number"] == 2


def test_a_comparison_is_printed_in_each_form() -> None:
    beginnings: dict[Form, str] = {
        "text": "Tiny: 2 runs compared\n\nWhere they part\n===",
        "md": "# Tiny: 2 runs compared\n",
        "html": "<!DOCTYPE html>\n",
        "json": "{\n",
    }
    found = compared(["ada", "bo"], opened)
    for form, beginning in beginnings.items():
        printed = report(form, title(found), compare_pages(found), lambda: as_data(found))
        assert printed.startswith(beginning)


@pytest.mark.parametrize("names", [["ada"], ["ada", "ada"], [f"a{at}" for at in range(9)]])
def test_the_command_refuses_what_cannot_be_compared(names: list[str]) -> None:
    with pytest.raises(Refused, match=r"compared"):
        compared(names, opened)


def test_runs_of_two_companies_are_trouble_that_is_said() -> None:
    with pytest.raises(Trouble, match="only runs of the same company can be compared"):
        compared(["ada", "phone"], opened)
    with pytest.raises(Trouble, match="no run `gone`"):
        compared(["ada", "gone"], opened)
