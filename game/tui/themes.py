"""The colours of the game: one theme for each hat, and a neutral one between them.

Every theme has the same variables, so that one stylesheet serves all: `quiet` for what stands
back, `gain` and `loss` for numbers that moved, `cursor` for the line that is pointed at, `hat`
and `hat-text` for what belongs to the hat that is on, `band` and `band-text` for the line that
says whose turn it is, `pm-hat` and `po-hat` for the marks of
both hats side by side.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

NEUTRAL: Final = "between"
"""The name of the theme without a hat; the others are named for their hats, `pm` and `po`."""

_AMBER: Final = "#f0ab3c"
_TEAL: Final = "#45c4b6"


def _theme(  # a theme is its colours
    name: str,
    *,
    hat: str,
    hat_text: str,
    band: str = "",
    text: str,
    quiet: str,
    background: str,
    surface: str,
    panel: str,
    cursor: str,
) -> Theme:
    return Theme(
        name=name,
        primary=hat,
        secondary=hat,
        accent=hat,
        foreground=text,
        background=background,
        surface=surface,
        panel=panel,
        success="#93cf7f",
        warning="#e8c15a",
        error="#f08673",
        variables={
            "hat": hat,
            "hat-text": hat_text,
            "band": band or hat,
            "band-text": text if band else hat_text,
            "pm-hat": _AMBER,
            "po-hat": _TEAL,
            "text-plain": text,
            "quiet": quiet,
            "gain": "#93cf7f",
            "loss": "#f08673",
            "cursor": cursor,
            "scrollbar": panel,
            "scrollbar-hover": quiet,
            "scrollbar-active": hat,
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-corner-color": background,
            "input-cursor-background": hat,
            "input-cursor-foreground": hat_text,
            "border": hat,
            "border-blurred": panel,
        },
    )


THEMES: Final[tuple[Theme, ...]] = (
    _theme(
        NEUTRAL,
        hat="#c9c3b4",
        hat_text="#17171b",
        band="#34343d",
        text="#e6e3dd",
        quiet="#9b98a0",
        background="#141418",
        surface="#1b1b20",
        panel="#303037",
        cursor="#2b2b33",
    ),
    _theme(
        "pm",
        hat=_AMBER,
        hat_text="#1d1405",
        text="#f0e6d4",
        quiet="#ab9b7d",
        background="#18130b",
        surface="#201a10",
        panel="#3a2f1c",
        cursor="#372a13",
    ),
    _theme(
        "po",
        hat=_TEAL,
        hat_text="#04191a",
        text="#dcebe9",
        quiet="#83a5a4",
        background="#0b1517",
        surface="#101d20",
        panel="#1d363a",
        cursor="#12363a",
    ),
)
