"""How plots and tables are drawn in characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.blocks import Plot, Series, Table
from game.plots import GLYPHS, TOGETHER
from game.tui.plot import COLOURS, plot_lines
from game.tui.render import blocks
from tests.blocks import blocks as any_blocks

RUNS = ("larder-ada-2026-11-23", "larder-bo-2026-11-24")


def drawn(plot: Plot, width: int = 60) -> list[str]:
    """A plot as text."""
    return [line.plain for line in plot_lines(plot, width)]


@given(any_blocks(), st.integers(20, 140))
def test_nothing_is_drawn_wider_than_there_is_room(block: object, width: int) -> None:
    if isinstance(block, Plot | Table):
        assert max((line.cell_length for line in blocks([block], width)), default=0) <= width


def test_each_line_of_a_plot_has_a_mark_and_a_colour_of_its_own() -> None:
    assert len(set(GLYPHS)) == len(set(COLOURS)) == Plot.MOST
    series = tuple(Series(f"run {at}", (10 * at, 10 * at)) for at in range(Plot.MOST))
    text = "\n".join(drawn(Plot(series)))
    assert all(text.count(glyph) == 3 for glyph in GLYPHS)  # two points, and the legend
    assert TOGETHER not in text


def test_where_lines_run_together_it_is_said() -> None:
    plot = Plot((Series(RUNS[0], (50, 50, 90)), Series(RUNS[1], (50, 50, 10))))
    *canvas, legend = drawn(plot)
    assert sum(line.count(TOGETHER) for line in canvas) == 2
    assert legend == f"{TOGETHER} together"


def test_the_highest_point_lies_at_the_top_and_the_lowest_at_the_bottom() -> None:
    lines = drawn(Plot((Series("a", (0, 100)),)))
    assert (lines[0].split()[0], lines[0][-1]) == ("100", "●")
    assert lines[10].split()[0] == "0"
    assert lines[10][5] == "●"


def test_names_that_have_no_room_beside_each_other_stand_in_two_rows() -> None:
    marks = ("start", "Discover", "Define", "Build", "", "", "Launch")
    lines = drawn(Plot((Series("a", (50,) * 7),), marks=marks), 30)
    names = [line for line in lines if "start" in line or "Discover" in line]
    assert len(names) == 2
    assert names[1].index("Discover") == lines[-4].index("┬", 6)


@pytest.mark.parametrize("values", [(), (50,)])
def test_a_run_that_has_hardly_begun_can_be_drawn(values: tuple[int, ...]) -> None:
    assert any("a" in line for line in drawn(Plot((Series("a", values),))))


def test_a_table_that_has_room_stands_in_columns() -> None:
    table = Table(("part", *RUNS), (("score", "64", "51"),))
    lines = [line.plain for line in blocks([table], 60)]
    assert lines[0].split() == ["part", *RUNS]
    assert lines[2].split() == ["score", "64", "51"]
    assert lines[2].index("51") == lines[0].index(RUNS[1])


def test_a_table_that_has_none_says_every_row_by_itself() -> None:
    table = Table(("part", *RUNS * 4), (("score", *"12345678"),))
    lines = [line.plain.split() for line in blocks([table], 72)]
    assert lines[0] == ["score"]
    assert lines[1:3] == [[RUNS[0], "1"], [RUNS[1], "2"]]
