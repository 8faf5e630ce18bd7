"""All that writes into a home of saves, each to be prepared and done, and what then stands there.

Everything happens at the same moment, so that what is done twice gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from saves import DamagedProfile, Library, SaveError
from saves.chain import Reading, read_journal
from saves.exchange import export_run, import_run, write_export
from saves.migrate import migrated
from saves.packstore import Ground, read_kept
from saves.verify import verify
from scenes import load_pack
from scenes.loader import load_files
from scenes.schema import Pack
from state_machine import Outcome, advance
from state_machine.bots import PERSONAS, decisions
from tests.packs import write_small_pack
from tests.saves.runs import WHEN, Step

PLAYER: Final = "Ada"
SEED: Final = 7
RUN: Final = "small-ada-2026-11-23"
EXPORTS: Final = "*.twohats"


@cache
def filed_pack() -> Pack:
    """A small story that was read from files, and so is kept with its runs."""
    with TemporaryDirectory() as folder:
        return load_pack(write_small_pack(Path(folder)))


@cache
def changed_pack() -> Pack:
    """The same with other rules."""
    files = dict(filed_pack().files)
    files["pack.toml"] = files["pack.toml"].replace("burn = 9000", "burn = 9100")
    return load_files(files)


@cache
def steps(persona: str = "random", seed: int = SEED) -> tuple[Step, ...]:
    """All decisions of one run."""
    played = decisions(filed_pack(), seed, PERSONAS[persona], PLAYER)
    return tuple((decision, outcome) for decision, outcome in played if decision is not None)


def begin(library: Library, count: int = 0, player: str = PLAYER) -> None:
    """A run with so many decisions."""
    with library.begin(filed_pack(), SEED, player, when=WHEN, game="0.1.0") as journal:
        for decision, _ in steps()[:count]:
            journal.append(decision, advance(filed_pack(), journal.run, decision), when=WHEN)


@cache
def given_away(count: int) -> bytes:
    """A run with so many decisions, an undo and a note, as the file that gives it away."""
    with TemporaryDirectory() as home:
        library = Library(Path(home))
        begin(library, count)
        with library.open(RUN) as journal:
            journal.undo(when=WHEN)
            journal.append(*steps()[count - 1], when=WHEN)
            journal.note("monday", "Ask Ife first.", when=WHEN)
        return export_run(library, RUN)


@cache
def shared_run() -> bytes:
    """A run as a stranger gives it away."""
    with TemporaryDirectory() as home:
        library = Library(Path(home))
        begin(library, 5)
        return export_run(library, RUN)


@dataclass(frozen=True)
class Act:
    """Something that is done to a home in which so many `decisions` of a run were made.

    `first` is what was done before, after them.
    """

    name: str
    decisions: int
    do: Callable[[Library], object]
    first: Callable[[Library], object] = lambda _library: None

    def prepare(self, library: Library) -> None:
        """Bring a home to where this can be done."""
        if self.decisions >= 0:
            begin(library, 6, "Ife")  # a run that nobody touches
            begin(library, self.decisions)
        self.first(library)


def _play(library: Library) -> None:
    with library.open(RUN) as journal:
        journal.append(*steps()[len(journal.recorded)], when=WHEN)


def _undo(library: Library) -> None:
    with library.open(RUN) as journal:
        journal.undo(when=WHEN)


def _note(library: Library) -> None:
    with library.open(RUN) as journal:
        journal.note("monday", "Ask Ife first.", when=WHEN)


def _branch(library: Library) -> None:
    library.branch(library.open(RUN, for_writing=False), 2, when=WHEN).close()


def _migrate(library: Library) -> None:
    journal = library.open(RUN, for_writing=False)
    run, _ = migrated(journal.run, changed_pack())
    library.migrate(journal, run, changed_pack(), when=WHEN).close()


def _inherit(library: Library) -> None:
    journal = library.open(RUN, for_writing=False)
    outcome = Outcome(msgspec.structs.replace(journal.run, player="Tomas"), ())
    library.inherit(journal, 4, outcome, when=WHEN).close()


def _export(library: Library) -> None:
    """Into a file that is not there yet, as nothing is ever written over."""
    there = len(list(library.home.glob(EXPORTS)))
    write_export(library, RUN, library.home / f"ada-{there}.twohats")


def _record_job(library: Library) -> None:
    library.record_job(filed_pack(), library.open(RUN, for_writing=False))


def _damage(library: Library) -> None:
    path = library.runs / f"{RUN}.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"number":4', b'"number":5'))


ACTS: Final = (
    Act("begin", -1, begin),
    Act("begin beside others", 3, begin),
    Act("play", 3, _play),
    Act("play again after an undo", 3, _play, _undo),
    Act("undo", 3, _undo),
    Act("note", 3, _note),
    Act("branch", 4, _branch),
    Act("migrate", 4, _migrate),
    Act("inherit", 4, _inherit),
    Act("import into an empty home", -1, lambda library: import_run(library, shared_run())),
    Act("import beside others", 4, lambda library: import_run(library, shared_run())),
    Act("export", 4, _export),
    Act("recover", 6, lambda library: library.recover(RUN).close(), _damage),
    Act("delete", 4, lambda library: library.delete(RUN)),
    Act("restore", 4, lambda library: library.restore(RUN), lambda library: library.delete(RUN)),
    Act("empty the trash", 4, lambda lib: lib.trash.empty(), lambda lib: lib.delete(RUN)),
    Act("record a job", len(steps()), _record_job),
)


@dataclass(frozen=True)
class Standing:
    """What stands in a home: the digest of the last line of each run, and so on.

    What was never acknowledged and cannot be read, such as half a beginning, does not count.
    """

    runs: Mapping[str, str]
    trash: frozenset[str]
    damaged: frozenset[bytes]
    exported: bool
    jobs: tuple[str, ...]


def standing(home: Path) -> Standing:
    """What stands in a home. Every run that can be read has to verify on what is kept."""
    library = Library(home)
    runs = _readings(home, "runs")
    for reading in runs.values():
        assert verifies(home, reading)
    trash = _readings(home, "trash")
    return Standing(
        runs={name: reading.digest for name, reading in runs.items()},
        trash=frozenset(reading.digest for reading in trash.values()),
        damaged=frozenset(path.read_bytes() for path in home.glob("runs/*") if _is_damaged(path)),
        exported=_is_exported(library),
        jobs=_jobs(library),
    )


def _jobs(library: Library) -> tuple[str, ...]:
    try:
        return tuple(job.run for job in library.profile().jobs)
    except DamagedProfile:
        return ("damaged",)


def _is_exported(library: Library) -> bool:
    files = library.home.glob(EXPORTS)
    return any(path.read_bytes() == export_run(library, RUN) for path in files)


def _readings(home: Path, folder: str) -> dict[str, Reading]:
    found = {}
    for path in home.glob(f"{folder}/*"):
        with suppress(SaveError):
            if ".jsonl." not in path.name:
                found[path.name] = read_journal(path.stem, path.read_bytes())
    return found


def _is_damaged(path: Path) -> bool:
    try:
        return bool(read_journal(path.stem, path.read_bytes()).damage)
    except SaveError:
        return False


_grounds: Final[dict[bytes, tuple[Ground, str]]] = {}
_verified: Final[set[str]] = set()
"""The digests of last lines, each of which stands for a journal that needs no second look."""


def verifies(home: Path, reading: Reading) -> bool:
    """Whether a run is what its decisions lead to, on the pack that is kept for it."""
    line = home.joinpath("packs", f"{reading.header.kept}.json").read_bytes()
    if line not in _grounds:
        _grounds[line] = read_kept(line)
    ground, digest = _grounds[line]
    if reading.digest not in _verified and not verify(reading.header, reading.lines, ground):
        _verified.add(reading.digest)
    return digest == reading.header.kept and reading.digest in _verified


def agrees(found: Standing, before: Standing, after: Standing, *, acknowledged: bool) -> bool:
    """Whether a home is as before something was done or as after it, and no run is lost.

    Once that was `acknowledged`, only as after it.
    """
    either = (after,) if acknowledged else (before, after)
    return (
        found.runs in [each.runs for each in either]
        and found.trash in [each.trash for each in either]
        and found.jobs in [each.jobs for each in either]
        and found.exported in [each.exported for each in either]
        and before.damaged <= found.damaged
        and _digests(found) in (_digests(before), _digests(after))
    )


def counted(found: Standing) -> tuple[int, int, int, bool]:
    """How much stands there; what failed first may have taken the name of what came then."""
    return len(found.runs), len(found.trash), len(found.jobs), found.exported


def _digests(here: Standing) -> set[str]:
    return {*here.runs.values(), *here.trash}
