"""A new run: which company, which edition, which name, which seed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from game.shelf import DEFAULT_NAME, LONGEST_NAME, PackCard, player_name
from game.tui.messages import RunBegun
from game.tui.widgets.key_bar import KeyBar
from game.tui.widgets.pointing import PointingList

LONGEST_SEED: Final = 12
ROOMY: Final = 26
"""From so many rows on there is space between the questions."""

_HINT: Final = "The same seed brings the same luck. Enter in the seed begins."


class PackList(PointingList):
    """The companies that can be played."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "Next", False, id="packs.down"),
        Binding("up,k", "cursor_up", "Before", False, id="packs.up"),
        Binding("enter,space", "app.focus_next", "On", id="packs.take", tooltip="To the name"),
    ]


class EditionList(PointingList):
    """The editions of a company that has two."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "Next", False, id="editions.down"),
        Binding("up,k", "cursor_up", "Before", False, id="editions.up"),
        Binding("enter,space", "app.focus_next", "On", id="editions.take", tooltip="To the name"),
    ]


class NewRunScreen(Screen[None]):
    """Three or four questions. Only the name needs an answer."""

    CSS_PATH = "new_run.tcss"
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (ROOMY, "-tall")]  # noqa: RUF012  # as in Screen
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "begin", "Begin", id="new.begin", tooltip="Begin the run"),
        Binding("tab", "app.focus_next", "Next field", id="new.next", tooltip="Next field"),
        Binding("shift+tab", "app.focus_previous", "Field before", False, id="new.before"),
        Binding("escape", "back", "Back", id="new.back", tooltip="Back to the title"),
    ]

    def __init__(self, packs: Sequence[PackCard]) -> None:
        """These companies to choose from."""
        super().__init__()
        self._cards = packs
        self._packs = PackList(*(Option(_card(card), id=card.id) for card in packs), markup=False)
        self._editions = EditionList(markup=False)
        self._player = Input(max_length=LONGEST_NAME, placeholder=DEFAULT_NAME, id="name")
        self._seed = Input(max_length=LONGEST_SEED, placeholder="drawn for you", id="seed")
        self._offered: PackCard | None = None
        self._word = Static(markup=False, id="word")

    def compose(self) -> ComposeResult:
        """The questions, one under the other."""
        with Vertical(id="form"):
            yield Static(Content("A new run"), classes="title")
            yield Static(Content("The company"), classes="label")
            yield self._packs
            with Vertical(id="edition"):
                yield Static(Content("The edition"), classes="label")
                yield self._editions
            with Horizontal(id="inputs"):
                with Vertical():
                    yield Static(Content("Your name"), classes="label")
                    yield self._player
                with Vertical():
                    yield Static(Content("Seed"), classes="label")
                    yield self._seed
            yield self._word
        yield KeyBar()

    def on_mount(self) -> None:
        """Point at the first company."""
        if self._cards:
            self._packs.highlighted = 0
            self._offer_editions()
            first = (self._packs, len(self._cards) > 1), (self._editions, self._has_express)
            next((each for each, asks in first if asks), self._player).focus()
            self._say("")
        else:
            self._say("There is no company here to play.")

    @on(OptionList.OptionHighlighted)
    def _offer_editions(self) -> None:
        """Offer the editions of the company that is pointed at, if there is a choice."""
        card = self._card
        self.query_one("#edition").display = self._has_express
        if card is None or card is self._offered:
            return
        self._offered = card
        self._editions.set_options(
            [_edition("The whole story", card.length), _edition("Express", card.express)]
        )
        self._editions.highlighted = 0

    @on(OptionList.OptionSelected)
    def _to_next(self) -> None:
        self.app.action_focus_next()

    @on(Input.Submitted, "#name")
    def _to_seed(self) -> None:
        self._seed.focus()

    @on(Input.Submitted, "#seed")
    def action_begin(self) -> None:
        """Begin, if the answers will do."""
        card = self._card
        if card is None:
            self._say("Choose a company first.")
            return
        name = player_name(self._player.value)
        seed = self._seed.value.strip()
        if seed and not (seed.isascii() and seed.isdigit()):
            self._say("A seed is a whole number, such as 4711. Leave it empty to have one drawn.")
            self._seed.focus()
            return
        express = self._has_express and self._editions.highlighted == 1
        self.post_message(
            RunBegun(card.id, int(seed) if seed else None, name, "express" if express else "full")
        )

    @on(Input.Changed)
    def _hush(self) -> None:
        self._say("")

    def action_back(self) -> None:
        """Back to the title."""
        self.app.pop_screen()

    @property
    def _card(self) -> PackCard | None:
        """The company that is pointed at."""
        at = self._packs.highlighted
        return None if at is None else self._cards[at]

    @property
    def _has_express(self) -> bool:
        return self._card is not None and bool(self._card.express)

    def _say(self, word: str) -> None:
        """Say what is wrong, or else what helps."""
        self._word.update(Content.styled(word, "$warning") if word else Content(_HINT))


def _card(card: PackCard) -> Content:
    company = f"  {card.company}" if card.company != card.title else ""
    return Content.assemble(
        (card.title, "bold"),
        company,
        (f" · {card.length}\n", "$quiet"),
        (" ".join(card.blurb.split()), "$quiet"),
    )


def _edition(name: str, length: str) -> Content:
    return Content.assemble(name, (f"  {length}", "$quiet"))
