"""The glove: one strip of what has been promised, in the words that were given."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from game.tui.messages import LookedAtPromises
from state_machine.view import Owed

_HEAD = "on the glove  "


class Glove(Static):
    """The open promises in one line; a click shows them in full."""

    def __init__(self) -> None:
        """Empty; `show` fills it."""
        super().__init__(markup=False)

    def show(self, promises: tuple[Owed, ...], width: int) -> None:
        """Draw one promise and say how many more there are."""
        if not promises:
            self.update(Content.styled(f"{_HEAD}nothing promised", "$quiet"))
            return
        first, more = promises[0], len(promises) - 1
        tail = f" to {first.to.split()[0]}, by {first.due}"
        count = f"  and {more} more (p)" if more else ""
        room = width - len(_HEAD) - len(tail) - len(count) - 2
        said = Content(first.words).truncate(max(8, room), ellipsis=True).plain
        self.update(
            Content.assemble((_HEAD, "$hat"), (f"“{said}”", "italic"), tail, (count, "$quiet"))
        )

    def on_click(self) -> None:
        """Show them in full."""
        self.post_message(LookedAtPromises())
