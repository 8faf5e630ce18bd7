"""The head of the play screen: where the run is, whose turn it is, how the numbers stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.content import Content

from game import words
from game.tui.render import EMPTY, apart
from game.tui.widgets.plate import Plate
from scenes.vocabulary import Hat, Metric
from state_machine.view import View

_MARGIN: Final = 2
_NOWHERE: Final = -1
"""The place among the phases of a run that has not come to any."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the head and the sidebar show.

    `place` is where the run is, `now` how its numbers stand and `before` how they stood before
    the last decision; while the player still reads what happened, `place` may lag behind.
    """

    place: View
    now: View
    before: View
    hat: Hat | None
    title: str
    more: str
    """What stands in the band when no hat is on, and beside it where there is room."""


class Masthead(Plate):
    """The phases, the hat's band and the metrics, each on a line."""

    _rows = 0

    @property
    def rows(self) -> int:
        """How many rows it takes."""
        return self._rows

    def show(self, standing: Standing, width: int, *, metrics: bool) -> None:
        """Draw it; where the sidebar has the metrics, the third line is left out."""
        inner = width - 2 * _MARGIN
        lines = [_ribbon(standing.place, inner), _band(standing, inner)]
        if metrics:
            lines += _metrics(standing, inner)
        self._rows = len(lines)
        margin = Content(" " * _MARGIN)
        lines = [margin + line for line in lines]
        lines[1] = (
            lines[1]
            .pad_right(max(0, width - lines[1].cell_length))
            .stylize_before("$band-text on $band")
        )
        self.draw(Content("\n").join(lines))


def _ribbon(view: View, width: int) -> Content:
    titles = [title for _, title in view.phases]
    at = [phase for phase, _ in view.phases].index(view.phase) if view.rounds else _NOWHERE
    right = Content.styled(words.where(view), "$quiet")
    full = _phases(titles, at)
    if full.cell_length + right.cell_length + 2 <= width:
        return apart(full, right, width)
    here = "" if at == _NOWHERE else f"{' ' if at else ''}▸ {titles[at]} "
    short = Content.assemble(
        ("■" * at, "$quiet"),
        (here, "bold $hat"),
        ("□" * (len(titles) - at - 1), "$quiet"),
    )
    return apart(short, right, width)


def _phases(titles: list[str], at: int) -> Content:
    parts: list[Content | tuple[str, str]] = []
    for number, title in enumerate(titles):
        here = number == at
        between = " · " if number else ""
        parts.append(("▸ " if here and not number else " ▸ " if here else between, "$quiet"))
        parts.append((title, "bold underline $hat" if here else "$quiet"))
    return Content.assemble(*parts)


def _band(standing: Standing, width: int) -> Content:
    now, hat = standing.now, standing.hat
    account = Content(words.account(now) if now.rounds else now.company)
    if hat is None:
        name, more = Content.styled(f"◇ {standing.title}", "bold"), standing.more
    else:
        name = Content.styled(f"{words.HAT_GLYPHS[hat]} {words.HAT_NAMES[hat].upper()}", "bold")
        more = words.HAT_CALLS[hat]
    runway = Content(words.runway(now)) if now.rounds else account
    full = name + f"  {more}" if more else name
    for left, right in ((full, account), (name, account), (name, runway)):
        line = apart(left, right, width)
        if line is not left:
            return line
    return name


def _metrics(standing: Standing, width: int) -> list[Content]:
    """In full if there is room; else shortened; else on two lines; none before the first round."""
    if not standing.now.metrics:
        return []
    full = _cells(standing, {metric: metric for metric, _ in standing.now.metrics})
    line = Content("  ").join(full)
    if line.cell_length <= width:
        return [line]
    short = _cells(standing, words.METRIC_SHORT)
    line = Content(" ").join(short)
    if line.cell_length <= width:
        return [line]
    half = (len(full) + 1) // 2
    return [Content("  ").join(full[:half]), Content("  ").join(full[half:])]


def _cells(standing: Standing, names: dict[Metric, str]) -> list[Content]:
    before = dict(standing.before.metrics)
    parts: list[Content] = []
    for metric, value in standing.now.metrics:
        was = before.get(metric, value)
        mark = EMPTY if was == value else Content("▲" if value > was else "▼")
        style = "$gain" if value > was else "$loss"
        parts.append(
            Content.assemble(
                (f"{names[metric]} ", "$quiet"), (str(value), "bold"), mark.stylize(style) or " "
            )
        )
    return parts
