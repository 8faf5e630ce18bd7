"""A recorded run, looked at: in the full screen, in plain text, as a picture and as a film."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Final

from game import words
from game.commands import Refused
from game.new_file import AlreadyThere, must_be_free, write_new
from game.recording import Recording
from game.storage import DiskShelf

_PICTURES: Final = (".svg", ".png")


def screen(run: str, at: int | None) -> int:
    """The replay in the full screen, from a decision on."""
    from game.commands.screen import need_terminal  # noqa: PLC0415
    from game.tui.replaying import ReplayApp  # noqa: PLC0415

    with closing(DiskShelf()) as shelf:
        recording = shelf.study(run).recording
        need_terminal()
        ReplayApp(shelf, recording, run, _moment_of(recording, at)).run()
    return 0


def plain(run: str, at: int | None) -> int:
    """Print a run as it was played, from a decision on."""
    from game.plain.replay import replay  # noqa: PLC0415

    saved = DiskShelf().study(run)
    for notice in saved.notices:
        print(f"{notice}\n")
    recording = saved.recording
    for line in replay(recording, _moment_of(recording, at)):
        print(line)
    return 0


def _moment_of(recording: Recording, decision: int | None) -> int:
    """The moment that asked for a decision; without one, the first. Raises `Refused`."""
    if decision is None:
        return 0
    try:
        return recording.of_decision(decision)
    except IndexError as error:
        raise Refused(str(error)) from error


def write_picture(run: str, at: int | None, target: str) -> int:
    """Write the moment of a decision as a picture, SVG or PNG as the file's name says."""
    path = Path(target)
    if path.suffix.lower() not in _PICTURES:
        raise Refused(f"“{path.name}” is neither .svg nor .png, which a picture can be")
    _refuse_taken(path)
    from game.tui.pictures import picture, png  # noqa: PLC0415

    recording = DiskShelf().study(run).recording
    svg = picture(recording, _moment_of(recording, at), run_id=run)
    return _write(path, png(svg) if path.suffix.lower() == ".png" else svg.encode())


def write_cast(run: str, target: str) -> int:
    """Write the whole replay as an asciinema cast."""
    path = Path(target)
    _refuse_taken(path)
    from game.tui.casts import cast  # noqa: PLC0415

    recording = DiskShelf().study(run).recording
    if sys.stderr.isatty():
        pages = words.plural(len(recording), "page")
        print(f"Drawing {pages}; this takes a quarter of a minute or so.", file=sys.stderr)
    return _write(path, cast(recording, run_id=run).encode())


def _refuse_taken(path: Path) -> None:
    """Raise `Refused` before the work is done, if it could not be kept."""
    try:
        must_be_free(path)
    except AlreadyThere as taken:
        raise Refused(str(taken)) from taken


def _write(path: Path, data: bytes) -> int:
    try:
        write_new(path, data)
    except AlreadyThere as taken:
        raise Refused(str(taken)) from taken
    print(f"wrote {path}")
    return 0
