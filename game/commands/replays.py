"""A recorded run, looked at: in the full screen, in plain text, as a picture and as a film."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Final

from game.commands import Refused
from game.new_file import AlreadyThere, must_be_free, write_new
from game.recording import Recording

_PICTURES: Final = (".svg", ".png")


def screen(recording: Recording, run_id: str, at: int = 0) -> int:
    """The replay in the full screen, from the moment `at` on."""
    from game.commands.screen import need_terminal  # noqa: PLC0415
    from game.storage import DiskShelf  # noqa: PLC0415
    from game.tui.replaying import ReplayApp  # noqa: PLC0415

    need_terminal()
    with closing(DiskShelf()) as shelf:
        ReplayApp(shelf, recording, run_id, at).run()
    return 0


def plain(recording: Recording) -> int:
    """Print the run as it was played."""
    from game.plain.replay import replay  # noqa: PLC0415

    for line in replay(recording):
        print(line)
    return 0


def moment_of(recording: Recording, decision: int | None) -> int:
    """The moment that asked for a decision; without one, the first. Raises `Refused`."""
    if decision is None:
        return 0
    try:
        return recording.of_decision(decision)
    except IndexError as error:
        raise Refused(str(error)) from error


def write_picture(recording: Recording, at: int, path: Path, run_id: str) -> int:
    """Write a moment as a picture, SVG or PNG as the file's name says."""
    if path.suffix.lower() not in _PICTURES:
        raise Refused(f"“{path.name}” is neither .svg nor .png, which a picture can be")
    _refuse_taken(path)
    from game.tui.pictures import picture, png  # noqa: PLC0415

    svg = picture(recording, at, run_id=run_id)
    return _write(path, png(svg) if path.suffix.lower() == ".png" else svg.encode())


def write_cast(recording: Recording, path: Path, run_id: str, speed: int | None = None) -> int:
    """Write the whole replay as an asciinema cast, so many times as fast as one reads."""
    _refuse_taken(path)
    from game.tui.casts import SPEED, cast  # noqa: PLC0415

    return _write(path, cast(recording, speed=speed or SPEED, run_id=run_id).encode())


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
