"""Pictures of a moment: as SVG, and from that as PNG.

Both are set in DejaVu Sans Mono. It comes with the game, so that a PNG looks the same on a
machine without any fonts; an SVG names it, and whoever opens that sees it or what stands in.
"""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Final

from game.recording import Recording
from game.tui.offstage import Size, drawn

SIZE: Final[Size] = (120, 40)
"""How large a picture is if nothing else is wanted."""

FONTS: Final = Path(__file__).parent / "fonts"
FAMILY: Final = "DejaVu Sans Mono"

_ADVANCE: Final = 1233 / 2048
"""How wide a letter of that family is, in its own size."""

_CELL: Final = 12.2
"""How wide a cell of the picture is."""

_ZOOM: Final = 1.5
"""So many dots of a PNG for one of an SVG."""


def picture(recording: Recording, at: int, size: Size = SIZE, run_id: str = "replay") -> str:
    """A moment as SVG. Raises `IndexError` if there is no such moment."""
    return asyncio.run(_picture(recording, at, size, run_id))


def png(svg: str) -> bytes:
    """A picture as PNG."""
    import resvg_py  # noqa: PLC0415  # large, and seldom needed

    return resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=_ZOOM,
        skip_system_fonts=True,
        font_files=[str(path) for path in sorted(FONTS.glob("*.ttf"))],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
        monospace_family=FAMILY,
    )


def set_in_our_font(svg: str) -> str:
    """A screenshot of Textual's without the fonts that it would fetch, set in the game's."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    family = f'"{FAMILY}", Menlo, Consolas, monospace'
    svg = svg.replace("font-family: Fira Code, monospace", f"font-family: {family}")
    svg = svg.replace("font-family: arial", f"font-family: {family}")
    return svg.replace("font-size: 20px", f"font-size: {_CELL / _ADVANCE:.3f}px")


async def _picture(recording: Recording, at: int, size: Size, run_id: str) -> str:
    async with drawn(recording, run_id, at, size) as app:
        app.replay.go(at, whole=True)
        await app.settle()
        return set_in_our_font(app.export_screenshot(title=run_id, simplify=True))
