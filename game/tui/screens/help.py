"""Help: the keys that work here, the words of the scene, the numbers, the two hats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from game.asides import help_page
from game.blocks import Entries, Entry
from game.tui.screens.play import PlayScreen
from game.tui.screens.replay import ReplayScreen
from game.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from textual.app import App


class HelpSheet(Sheet):
    """What the player may want to know where the app is now."""

    def __init__(self, app: App[Any]) -> None:
        """Explain what can be seen and done on the app's screen."""
        screen = app.screen
        view = None
        if isinstance(screen, PlayScreen):
            view = screen.session.view
        elif isinstance(screen, ReplayScreen):
            view = screen.moment.now
        super().__init__(help_page(view, _keys(app)))


def _keys(app: App[Any]) -> Entries:
    """The keys that work on the app's screen, those that do the same together."""
    keys: dict[str, list[str]] = {}
    for _, binding, _, tooltip in app.screen.active_bindings.values():
        if binding.id:
            shown = app.get_key_display(binding)
            said = keys.setdefault(tooltip or binding.description, [])
            if shown not in said:
                said.append(shown)
    rows = tuple(Entry(" ".join(shown), said) for said, shown in keys.items())
    return Entries(rows, "Keys here")
