"""Help: the keys that work here, the words of the scene, the numbers, the two hats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from textual.content import Content

from game import words
from game.tui.render import EMPTY, Line, wrapped
from game.tui.screens.sheet import Sheet, entry, titled
from scenes.vocabulary import HATS

if TYPE_CHECKING:
    from textual.app import App

_HATS: Final = (
    "You hold two roles. What you promise under the product manager's hat, you inherit under "
    "the product owner's; what you ship as product owner, you explain as product manager."
)
_COLUMN: Final = 16


@dataclass(frozen=True, slots=True)
class Explained:
    """What there is to explain: keys with what they do, and the terms of the scene."""

    keys: tuple[tuple[str, str], ...]
    terms: tuple[tuple[str, str], ...] = ()


def explained(app: App[Any]) -> Explained:
    """What there is to explain where the app is now."""
    from game.tui.screens.play import PlayScreen  # noqa: PLC0415

    screen = app.screen
    keys: dict[str, list[str]] = {}
    for _, binding, _, tooltip in screen.active_bindings.values():
        if binding.id:
            shown = app.get_key_display(binding)
            said = keys.setdefault(tooltip or binding.description, [])
            if shown not in said:
                said.append(shown)
    rows = tuple((" ".join(shown), said) for said, shown in keys.items())
    ask = screen.ask if isinstance(screen, PlayScreen) else None
    return Explained(rows, ask.terms if ask else ())


class HelpSheet(Sheet):
    """What the player may want to know here."""

    def __init__(self, what: Explained) -> None:
        """Explain this."""
        super().__init__("Help")
        self._what = what

    def lines(self, width: int) -> list[Line]:
        """The words of this scene first, as they are looked up most."""
        lines: list[Line] = []
        if self._what.terms:
            lines += titled("Words in this scene", width)
            for term, text in self._what.terms:
                lines += entry(term, text, width, _COLUMN)
            lines.append(EMPTY)
        lines += [*titled("The two hats", width), *wrapped(Content(_HATS), width)]
        for hat in HATS:
            name = f"{words.HAT_GLYPHS[hat]} {words.HAT_SHORT[hat]}"
            said = f"{words.HAT_NAMES[hat]}: {words.HAT_CALLS[hat]}"
            lines += entry(name, said, width, _COLUMN)
        lines += [EMPTY, *titled("The numbers, 0 to 100", width)]
        for metric, meaning in words.METRIC_MEANINGS.items():
            lines += entry(metric, meaning, width, _COLUMN)
        lines += [EMPTY, *titled("Keys here", width)]
        for key, said in self._what.keys:
            lines += entry(key, said, width, _COLUMN)
        return lines
