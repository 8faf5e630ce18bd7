"""What is asked for in one line is taken as it was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.tui.screens.asking import path_of


def test_a_tilde_is_the_players_own_folder_or_nothing_but_a_letter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.setenv("USERPROFILE", "/home/ada")
    assert path_of("~/ada.twohats") == Path("/home/ada/ada.twohats")
    assert path_of("~nobody-of-that-name/ada.twohats") == Path("~nobody-of-that-name/ada.twohats")
