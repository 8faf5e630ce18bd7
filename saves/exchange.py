"""Giving a run away in a file, and taking one in that a stranger made.

Nothing of such a file is trusted: its size is looked at before it is read, its digests, its pack
and its journal are checked as any others, and only then is anything written.
"""

from __future__ import annotations

from pathlib import Path

from saves.chain import Reading, read_journal
from saves.errors import SaveError, explained
from saves.files import read_journal_file, read_ordinary
from saves.fit import fit
from saves.forks import imported
from saves.library import Library
from saves.moments import utc
from saves.origins import is_imported
from saves.packstore import kept_line, read_kept
from saves.share import MAX_SHARED, NO_RUN, opened_share, shared
from saves.summaries import Summary


def export_run(library: Library, run_id: str) -> bytes:
    """A run with what it was played on, as the bytes of one file.

    A run whose pack was never kept goes without it. Raises `UnknownRun`, `DamagedJournal`,
    `NewerJournal` or `MissingPack`.
    """
    journal = library.open(run_id, for_writing=False)
    data = read_journal_file(journal.path)[: journal.length]
    kept = kept_line(library.home, journal.header.kept) if journal.header.kept else b""
    return shared(run_id, data, kept)


def write_export(library: Library, run_id: str, target: Path) -> None:
    """Write a run into a new file. Raises `SaveError`, also if there is one of that name."""
    data = export_run(library, run_id)
    try:
        library.write_new(target, data)
    except FileExistsError as error:
        raise SaveError(
            f"There is a file {target} already; nothing is ever written over."
        ) from error
    except OSError as error:
        raise explained(f"The run `{run_id}` is not exported", error, target) from error


def import_file(library: Library, source: Path) -> str:
    """Take in the run in a file; returns its id here. Raises as `import_run`."""
    what = "The run is not imported"
    data = read_ordinary(source, what, MAX_SHARED, "No run is so large.")
    if data is None:
        raise SaveError(f"{what}: there is no file {source}.")
    return import_run(library, data)


def import_run(library: Library, data: bytes) -> str:
    """Take in a run as `export_run` made it; returns its id here.

    It is there to be studied, and leaves no job. Raises `SaveError` if anything about it is
    wrong, or it is here already; then nothing has been written.
    """
    name, journal, kept = opened_share(data)
    reading = read_journal(name, journal)
    if reading.damage or reading.torn:
        why = reading.damage or "its last line has no end"
        raise SaveError(f"{NO_RUN} that is whole: {why}.")
    begun, played = _moments(reading)
    _refuse_twin(library, reading, begun, played)
    header, lines = imported(reading.header, reading.lines, reading.digest)
    if kept:
        ground, digest = read_kept(kept)
        if digest != header.kept:
            raise SaveError(f"{NO_RUN}: the pack in it is not the one that its run was played on.")
        for run in (header.state, *(line.state for line in lines)):
            if refusal := fit(header, run, ground.pack, ground).refusal:
                raise SaveError(f"{NO_RUN} that can be told: {refusal}")
        library.keep(kept, digest)
    elif header.kept:
        raise SaveError(f"{NO_RUN} that can be told: what it was played on is not in it.")
    return library.take_in(header, lines, when=begun)


def _moments(reading: Reading) -> tuple[str, str]:
    """When a run was begun, and last played. Raises `SaveError` if one of its moments is none."""
    try:
        moments = [utc(reading.header.begun), *(utc(line.when) for line in reading.lines)]
    except ValueError as error:
        raise SaveError(f"{NO_RUN}: it says that it was at no moment ({error}).") from error
    return moments[0], max(moments[0], moments[-1])


def _refuse_twin(library: Library, reading: Reading, begun: str, played: str) -> None:
    """Raise `SaveError` if a run is here already: the same file, or a copy that came around.

    Whoever takes a run in writes that into it, so a run that comes back has other digests.
    """
    header, undos = reading.header, reading.lines[-1].undos if reading.lines else 0
    same = (header.pack_id, header.player, header.seed, begun, played, reading.decisions, undos)
    for there in library.list():
        came = there.origin.digest if there.origin and is_imported(there.origin) else ""
        if reading.digest in (came, there.digest) or same == _told(there):
            raise SaveError(f"This run is here already, as `{there.run_id}`.")


def _told(there: Summary) -> tuple[str, str, int, str, str, int, int]:
    return (
        there.pack_id, there.player, there.seed,
        there.begun, there.last_played, there.decisions, there.undos,
    )  # fmt: skip
