"""`write`: one sentence in the player's own words."""

from __future__ import annotations

from typing import Final

from textual.content import Content
from textual.widgets import Input

from game.tui.messages import Changed, Decided
from state_machine.decisions.records import Decision, Write
from state_machine.decisions.write import LONGEST
from state_machine.view import Ask

_HEIGHT: Final = 3
_FEW_LEFT: Final = 20


class WriteLine(Input):
    """A line to write on, with a count of what is left."""

    def __init__(self) -> None:
        """An empty line; `offer` says what it is for."""
        super().__init__(max_length=LONGEST, select_on_focus=False)
        self._ask: Ask | None = None
        self._word = ""

    def offer(self, ask: Ask) -> None:
        """An empty line for this."""
        self._ask = ask
        self._word = ""
        self.value = ""
        self.disabled = False

    def show(self, decision: Decision | None) -> None:
        """Show what was written, if anything was; nothing can be changed."""
        self.value = decision.text if isinstance(decision, Write) else ""
        self.disabled = True

    def lines(self, width: int, *, airy: bool) -> int:
        """The line and its frame."""
        return _HEIGHT

    def outer(self, width: int) -> int:
        """How wide the widget is: its frame stands where lines would begin and end."""
        return width

    def legend(self, width: int) -> list[Content]:
        """Nothing; the line is enough."""
        return []

    def fit(self, width: int, *, airy: bool) -> None:
        """Nothing to draw again."""

    def hidden(self) -> tuple[int, int]:
        """Nothing is out of sight."""
        return 0, 0

    def hush(self) -> None:
        """Nothing hangs on what was said."""

    @property
    def status(self) -> Content:
        """How much has been written, of how much."""
        if self._word:
            return Content.styled(self._word, "$warning")
        used = len(self.value)
        few = "$warning" if LONGEST - used <= _FEW_LEFT else "$quiet"
        return Content.styled(f"{used} of {LONGEST} characters", few)

    @property
    def button(self) -> str:
        """The words of the scene's one choice."""
        assert self._ask is not None
        return self._ask.options[0].say if self._ask.options else "keep it"

    def settle(self) -> None:
        """Keep the sentence, if there is one."""
        if self.value.strip():
            self.post_message(Decided(Write(self.value)))
        else:
            self._word = "Write at least a word."
            self.post_message(Changed())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Count again."""
        event.stop()
        self._word = ""
        self.post_message(Changed())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter keeps the sentence."""
        event.stop()
        self.settle()
