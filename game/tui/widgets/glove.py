"""The glove: one strip of what has been promised, in the words that were given."""

from __future__ import annotations

from textual.content import Content

from game import words
from game.tui.messages import LookedAtPromises
from game.tui.widgets.plate import Plate
from state_machine.view import Owed

_HEAD = f"{words.GLOVE}  "


class Glove(Plate):
    """The open promises in one line; a click shows them in full."""

    def show(self, promises: tuple[Owed, ...], settled: tuple[int, int], width: int) -> None:
        """Draw one promise and say how many more there are."""
        if not promises:
            self.draw(Content.styled(_HEAD + words.nothing_owed(settled), "$quiet"))
            return
        first, more = promises[0], len(promises) - 1
        tail = f" {words.debt_in_short(first)}"
        count = f"  and {more} more (p)" if more else ""
        room = width - Content(_HEAD + tail + count).cell_length - 2
        said = Content(first.words).truncate(max(8, room), ellipsis=True).plain
        self.draw(
            Content.assemble((_HEAD, "$hat"), (f"“{said}”", "italic"), tail, (count, "$quiet"))
        )

    def on_click(self) -> None:
        """Show them in full."""
        self.post_message(LookedAtPromises())
