"""A plate: text in a place whose size does not depend on it."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Plate(Static):
    """Static text that costs nothing to draw again unchanged, and never moves its neighbours."""

    def __init__(self) -> None:
        """Empty; `draw` fills it."""
        super().__init__(markup=False)
        self.auto_links = False
        self._drawn: Content | None = None

    def draw(self, text: Content) -> None:
        """Show this text, if it is not the one that is shown."""
        if self._drawn is None or not text.is_same(self._drawn):
            self._drawn = text
            self.update(text, layout=False)
