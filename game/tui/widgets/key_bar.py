"""The foot of a screen: the few keys that matter now, which are also buttons."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style

from game.tui.widgets.plate import Plate

MOST: Final = 7
"""So many keys fit into 80 columns; all of them are in the help."""

_LAST: Final = 2
"""So many keys at the end stay in a narrow window: how to leave, and the help."""


class KeyBar(Plate):
    """The keys that the active bindings want shown."""

    def __init__(self, aside: str = "") -> None:
        """`aside` stands at the end of the line, where there is room."""
        super().__init__()
        self._aside = aside

    def on_mount(self) -> None:
        """Follow the bindings of whatever has the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._show)
        self._show(self.screen)

    def on_resize(self) -> None:
        """Fill the new width."""
        self._show(self.screen)

    def _show(self, screen: Screen[object]) -> None:
        shown: dict[str, tuple[str, Binding]] = {}
        for _, binding, enabled, _ in screen.active_bindings.values():
            if not binding.show or not enabled:
                continue
            key = self.app.get_key_display(binding)
            if binding.action not in shown or shown[binding.action][0].startswith("^"):
                shown[binding.action] = (key, binding)
        parts = [_button(key, binding) for key, binding in list(shown.values())[:MOST]]
        keys, width = Content("   ").join(parts), self.content_size.width
        while keys.cell_length > width > 0 and len(parts) > _LAST:
            del parts[-_LAST - 1]
            keys = Content("   ").join(parts)
        room = width - keys.cell_length - len(self._aside)
        if self._aside and room > 1:
            keys = keys + Content.styled(" " * room + self._aside, "$quiet")
        self.draw(keys)


def _button(key: str, binding: Binding) -> Content:
    press = Style.from_meta({"@click": f"app.simulate_key('{binding.key}')"})
    words = Content.assemble((key, "bold $hat"), " ", (binding.description, "$quiet"))
    return words.stylize(press)
