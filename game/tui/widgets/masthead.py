"""The head of the play screen: where the run is, whose turn it is, how the numbers stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.content import Content
from textual.widgets import Static

from game import words
from game.tui.render import EMPTY, apart
from scenes.vocabulary import Hat, Metric
from state_machine.view import View

_SHORT: Final[dict[Metric, str]] = {
    "customers": "cust",
    "sponsor": "spons",
    "business": "biz",
    "market": "mkt",
    "morale": "morale",
    "clarity": "clarity",
    "flow": "flow",
    "quality": "qual",
}
_MARGIN: Final = 2


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
    """What stands in the band when no hat is on."""


class Masthead(Static):
    """Three lines: the phases, the hat's band, the metrics."""

    def __init__(self) -> None:
        """Empty; `show` fills it."""
        super().__init__(markup=False)

    def show(self, standing: Standing, width: int, *, metrics: bool) -> None:
        """Draw it; where the sidebar has the metrics, the third line is left out."""
        inner = width - 2 * _MARGIN
        lines = [_ribbon(standing.place, inner), _band(standing, inner)]
        if metrics:
            lines.append(_metrics(standing, inner))
        margin = Content(" " * _MARGIN)
        lines = [margin + line for line in lines]
        lines[1] = (
            lines[1]
            .pad_right(max(0, width - lines[1].cell_length))
            .stylize_before("$band-text on $band")
        )
        self.update(Content("\n").join(lines))


def _ribbon(view: View, width: int) -> Content:
    at = [phase for phase, _ in view.phases].index(view.phase)
    again = ", again" if view.again else ""
    right = Content.styled(f"round {view.round} of {view.rounds_in_phase}{again}", "$quiet")
    full = _phases([title for _, title in view.phases], at)
    if full.cell_length + right.cell_length + 2 <= width:
        return apart(full, right, width)
    title = view.phases[at][1]
    short = Content.assemble(
        ("■" * at, "$quiet"), (f" ▸ {title} ", "bold $hat"), ("□" * (5 - at), "$quiet")
    )
    return apart(short, right, width)


def _phases(titles: list[str], at: int) -> Content:
    parts: list[Content | tuple[str, str]] = []
    for number, title in enumerate(titles):
        if number:
            parts.append((" ▸ " if number == at else " · ", "$hat" if number == at else "$quiet"))
        style = "bold underline $hat" if number == at else "$quiet"
        parts.append((title, style))
    return Content.assemble(*parts)


def _band(standing: Standing, width: int) -> Content:
    now, hat = standing.now, standing.hat
    money = words.runway(now)
    if now.users or now.revenue:
        income = f" · {words.euros(now.revenue)} a month" if now.revenue else ""
        money = f"{words.plural(now.users, 'user')}{income} · {money}"
    right = Content(money)
    if hat is None:
        left = Content.styled(f"◇ {standing.title}", "bold")
        return apart(left, right, width)
    name = Content.styled(f"{words.HAT_GLYPHS[hat]} {words.HAT_NAMES[hat].upper()}", "bold")
    full = name + f"  {words.HAT_CALLS[hat]}"
    line = apart(full, right, width)
    return line if line is not full else apart(name, right, width)


def _metrics(standing: Standing, width: int) -> Content:
    full = _cells(standing, {metric: metric for metric, _ in standing.now.metrics}, 2)
    return full if full.cell_length <= width else _cells(standing, _SHORT, 1)


def _cells(standing: Standing, names: dict[Metric, str], gap: int) -> Content:
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
    return Content(" " * gap).join(parts)
