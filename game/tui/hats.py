"""The two hats, drawn in half blocks: large on the title, small where the hat changes."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from textual.content import Content

WIDTH: Final = 52
"""How many columns the wordmark takes."""

_FEDORA: Final = """
......####...####......
.....######.######.....
.....#############.....
....###############....
....###############....
....bbbbbbbbbbbbbbb....
....bbbbbbbbbbbbbbb....
#..#################..#
#######################
..###################..
"""
_BOWLER: Final = """
........#######........
......###########......
.....#############.....
....###############....
....###############....
....bbbbbbbbbbbbbbb....
....bbbbbbbbbbbbbbb....
.#..###############..#.
.##.###############.##.
..###################..
"""
_SMALL_FEDORA: Final = """
....###.###....
...#########...
...bbbbbbbbb...
...#########...
#.###########.#
.#############.
"""
_SMALL_BOWLER: Final = """
.....#####.....
...#########...
...bbbbbbbbb...
...#########...
.#.#########.#.
..###########..
"""
_NAME: Final = "T W O   H A T S"


def wordmark() -> Content:
    """The two hats in their colours, each with a band in the other's, and the name under them."""
    fedora = _drawn(_FEDORA, "$pm-hat", "$po-hat")
    bowler = _drawn(_BOWLER, "$po-hat", "$pm-hat")
    rows = [left + "      " + right for left, right in zip(fedora, bowler, strict=True)]
    shelf = Content.styled("▔" * WIDTH, "$panel")
    name = Content.styled(_NAME.center(WIDTH), "bold $text-plain")
    return Content("\n").join([*rows, shelf, name])


def change_of_hat() -> list[Content]:
    """The product manager's hat comes off, the product owner's goes on."""
    off = _drawn(_SMALL_FEDORA, "$quiet", "$panel")
    on = _drawn(_SMALL_BOWLER, "$po-hat", "$pm-hat")
    between = ("       ", "   ▸   ", "       ")
    rows = [
        Content.assemble(left, (arrow, "$quiet"), right)
        for left, arrow, right in zip(off, between, on, strict=True)
    ]
    labels = f"{'◆ off':^15}{'':7}", f"{'● on':^15}"
    return [*rows, Content.assemble((labels[0], "$quiet"), (labels[1], "bold $hat"))]


def _drawn(picture: str, hat: str, band: str) -> list[Content]:
    """A picture as lines of half blocks, two of its rows to a line."""
    colours = {"#": hat, "b": band}
    rows = picture.split()
    return [
        Content.assemble(
            *(
                _run(above, below, len(list(run)), colours)
                for (above, below), run in groupby(zip(upper, lower, strict=True))
            )
        )
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]


def _run(above: str, below: str, length: int, colours: dict[str, str]) -> tuple[str, str] | str:
    """So many equal cells side by side."""
    upper, lower = colours.get(above), colours.get(below)
    if upper and lower:
        same = upper == lower
        return ("█" * length, upper) if same else ("▀" * length, f"{upper} on {lower}")
    if upper:
        return ("▀" * length, upper)
    return ("▄" * length, lower) if lower else " " * length
