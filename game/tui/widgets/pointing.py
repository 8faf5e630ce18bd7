"""A list in which the row that is pointed at has a sign before it."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import OptionList

POINTER: Final = "▸ "


class PointingList(OptionList):
    """Also shows without colours where it points. Its rows leave two columns free at the left."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pointing--sign"}

    def action_cursor_down(self) -> None:
        """Point at the next row; where nothing is pointed at yet, at the first that is seen."""
        if self.highlighted is None and self.option_count:
            seen = int(self.scroll_offset.y)
            self.highlighted = next(
                (at for at, line in self._index_to_line.items() if line >= seen),
                self.option_count - 1,
            )
        else:
            super().action_cursor_down()

    def render_line(self, y: int) -> Strip:
        """A line, with the sign in its margin if it is the first of the row pointed at."""
        strip = super().render_line(y)
        at = self.highlighted
        if at is None or self._index_to_line.get(at) != self.scroll_offset.y + y:
            return strip
        sign = self.get_component_rich_style("pointing--sign", partial=True)
        margin = next(iter(strip.crop(0, len(POINTER))), Segment(""))
        style = margin.style + sign if margin.style else sign
        return Strip([Segment(POINTER, style), *strip.crop(len(POINTER))])
