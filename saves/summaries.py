"""A run in a few words, for the list of runs: read from its first and last line alone."""

from __future__ import annotations

import io
import stat
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from saves.beginning import MAX_LINE, check_beginning
from saves.errors import SaveError, explained, printable
from saves.files import MAX_FILE
from saves.moments import utc
from saves.origins import Origin
from scenes.vocabulary import Edition

_BLOCK: Final = 32 * 1024
"""As much is read at a time; most journals' first and last lines are shorter."""


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What the list of runs says of one. `problem` says in words why it cannot be read."""

    run_id: str
    pack_id: str = ""
    pack_title: str = ""
    player: str = ""
    seed: int = 0
    edition: Edition = "full"
    state: str = ""
    """Where in the lifecycle the run is, such as `interview` or `build_po_turn`."""
    phase: str = ""
    decisions: int = 0
    undos: int = 0
    """How many more were taken back."""
    begun: str = ""
    last_played: str = ""
    """Like `begun`, a moment in UTC, such as `2026-11-23T20:16:00.000Z`; a branch is begun later
    than its first decisions were made."""
    ending: str = ""
    origin: Origin | None = None
    """The run that this one comes from, if it was not begun as it is."""
    study: bool = False
    digest: str = ""
    """The digest that the last line says to have."""
    problem: str = ""

    @property
    def over(self) -> bool:
        """Whether the run has reached its ending."""
        return bool(self.ending)


class _State(msgspec.Struct, frozen=True):
    state: str
    edition: Edition = "full"
    entered: tuple[str, ...] = ()
    ending: str = ""


class _Header(msgspec.Struct, frozen=True):
    pack_id: str
    pack_title: str
    player: str
    seed: int
    begun: str
    state: _State
    origins: tuple[Origin, ...] = ()
    study: bool = False
    digest: str = ""


class _Last(msgspec.Struct, frozen=True):
    kind: Literal["decision", "undo", "note"]
    number: Annotated[int, msgspec.Meta(ge=0)]
    state: _State
    when: str
    undos: int = 0
    digest: str = ""

    @property
    def decisions(self) -> int:
        """How many decisions count."""
        return self.number - (self.kind == "undo")


_header_decoder: Final = msgspec.json.Decoder(_Header)
_last_decoder: Final = msgspec.json.Decoder(_Last)


def summarise(path: Path) -> Summary:
    """The summary of a journal; digests are not checked, and nothing is raised."""
    run_id = path.stem
    try:
        return _summarise(run_id, path)
    except OSError as error:
        problem = str(explained("The save cannot be read", error, path))
    except SaveError as error:
        problem = str(error)
    except (msgspec.DecodeError, ValueError, OverflowError, RecursionError):
        problem = f"The run `{run_id}` cannot be summed up; open it to see what is wrong with it."
    return Summary(run_id=run_id, problem=problem)


def _summarise(run_id: str, path: Path) -> Summary:
    info = path.stat()
    if not stat.S_ISREG(info.st_mode) or info.st_size > MAX_FILE:
        raise SaveError(f"No journal of this game looks like this: {path}.")
    with path.open("rb", buffering=0) as file:
        data = file.read(_BLOCK) or b""
        first = _first_line(file, data, info.st_size)
        check_beginning(run_id, first, data)
        last = _last_line(file, data, info.st_size)
    header = _header_decoder.decode(first or b"")
    played = _last_decoder.decode(last) if last else None
    state = played.state if played else header.state
    return Summary(
        run_id=run_id,
        pack_id=printable(header.pack_id),
        pack_title=printable(header.pack_title),
        player=printable(header.player),
        seed=header.seed,
        edition=state.edition,
        state=printable(state.state),
        phase=printable(state.entered[-1]) if state.entered else "",
        decisions=played.decisions if played else 0,
        undos=played.undos if played else 0,
        begun=utc(header.begun),
        last_played=max(utc(header.begun), utc(played.when) if played else ""),
        ending=printable(state.ending),
        origin=_printable_origin(header.origins[-1]) if header.origins else None,
        study=header.study,
        digest=printable(played.digest if played else header.digest),
    )


def _printable_origin(origin: Origin) -> Origin:
    return msgspec.structs.replace(
        origin,
        run=printable(origin.run),
        begun=printable(origin.begun),
        digest=printable(origin.digest),
    )


def _first_line(file: io.FileIO, data: bytes, size: int) -> bytes | None:
    """The first line without its newline; None if there is no whole one. `data` begins the file."""
    if b"\n" not in data and size > len(data):
        data += file.read(MAX_LINE) or b""
    end = data.find(b"\n")
    return None if end < 0 else data[:end]


def _last_line(file: io.FileIO, data: bytes, size: int) -> bytes:
    """The last whole line behind the first; empty if there is none. `data` begins the file."""
    tail, start = (data, 0) if size <= len(data) else (b"", size)
    while True:
        end = tail.rfind(b"\n")
        before = tail.rfind(b"\n", 0, max(end, 0))
        if start == 0 or before >= 0:
            return tail[before + 1 : end] if before >= 0 else b""
        if len(tail) > 2 * MAX_LINE:
            raise ValueError("no line is so long")
        step = min(_BLOCK, start)
        start -= step
        file.seek(start)
        tail = (file.read(step) or b"") + tail
