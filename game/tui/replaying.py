"""The app, opened at a recorded run instead of the title."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from game.recording import Recording
from game.shelf import Shelf
from game.tui.app import TwoHatsApp


class ReplayApp(TwoHatsApp):
    """The game in a terminal, beginning with the replay of a run; leaving that leaves the game."""

    def __init__(self, shelf: Shelf, recording: Recording, run_id: str, at: int = 0) -> None:
        """The replay of this saved run, from the moment `at` on."""
        super().__init__(shelf, first="stage.tcss")
        self._recording = recording
        self._run_id = run_id
        self._at = at

    def get_default_screen(self) -> Screen[Any]:
        """The replay."""
        from game.tui.screens.replay import ReplayScreen  # noqa: PLC0415

        return ReplayScreen(self._recording, self._run_id, self._at)
