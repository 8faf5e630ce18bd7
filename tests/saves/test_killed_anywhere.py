"""Whatever the game is doing when it is killed, what it acknowledged is there and verifies."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from saves import Journal, Library, SaveError
from saves.chain import read_journal
from saves.exchange import export_run, import_run
from saves.migrate import migrated
from scenes.schema import Pack
from state_machine import advance
from state_machine.bots import PERSONAS
from state_machine.view import observe
from tests.saves.acts import changed_pack, filed_pack, verifies
from tests.saves.children import Child, Say
from tests.saves.runs import WHEN
from tests.saves.torture import times

KILLS: Final = times(60, 7_500)
MOST_RUNS: Final = 12
"""When there are more, the next thing that is done throws one away."""

AT_ONCE: Final = 6
"""So many things are done to a run that was opened, before it is closed again."""


@cache
def strangers_runs() -> tuple[bytes, ...]:
    """Runs of others, to be imported; each began at another moment."""
    shares = []
    for minute in range(times(6, 30)):
        with TemporaryDirectory() as home:
            library = Library(Path(home))
            moment = f"2026-11-23T20:{minute:02}:00+01:00"
            with library.begin(filed_pack(), minute, "Ife", when=moment) as journal:
                for _ in range(3):
                    _play(journal, "sensible")
            shares.append(export_run(library, journal.run_id))
    return tuple(shares)


def _play(journal: Journal, persona: str) -> None:
    changed = journal.header.rules_hash == changed_pack().rules_hash
    pack = changed_pack() if changed else filed_pack()
    decision = PERSONAS[persona](observe(pack, journal.run), journal.run.seed)
    journal.append(decision, advance(pack, journal.run, decision), when=WHEN)


def another_pack(lots: random.Random) -> Pack:
    """The small story with some remark in it, so that it is kept besides."""
    pack = filed_pack()
    remark = f"{pack.files['pack.toml']}\n# {lots.randrange(10)}\n"
    return msgspec.structs.replace(pack, files={**pack.files, "pack.toml": remark})


@dataclass
class Player:
    """Somebody who does all that can be done to a home, and says what was acknowledged."""

    library: Library
    lots: random.Random
    say: Say

    def go_on(self) -> None:
        """One thing after the other, without end."""
        while True:
            runs = [each.run_id for each in self.library.list() if not each.problem]
            self.say("saving")
            if len(runs) < 2:
                self._begin()
            elif len(runs) > MOST_RUNS:
                self._throw_away(self.lots.choice(runs))
            else:
                self._do(self.lots.choice(runs))

    def _do(self, run_id: str) -> None:
        acts: list[Callable[[str], None]] = [self._play, self._play, self._play]
        acts += [self._branch, self._migrate, self._record]
        acts += [lambda _run: self._begin(), lambda _run: self._import()]
        self.lots.choice(acts)(run_id)

    def _acknowledged(self, journal: Journal) -> None:
        self.say(f"saved {journal.run_id} {journal.digest}")
        self.say("saving")

    def _begin(self) -> None:
        with self.library.begin(another_pack(self.lots), 7, "Ada", when=WHEN) as journal:
            self._acknowledged(journal)

    def _play(self, run_id: str) -> None:
        with self.library.open(run_id) as journal:
            for _ in range(AT_ONCE):
                lot = self.lots.random()
                if lot < 0.2 and journal.can_undo:
                    journal.undo(when=WHEN)
                elif lot < 0.3 or journal.run.over:
                    journal.note("monday", f"Ask {lot} first.", when=WHEN)
                else:
                    _play(journal, "random")
                self._acknowledged(journal)

    def _branch(self, run_id: str) -> None:
        parent = self.library.open(run_id, for_writing=False)
        at = self.lots.randrange(len(parent.recorded) + 1)
        if at and parent.recorded[at - 1].state.over:
            at -= 1
        with self.library.branch(parent, at, when=WHEN) as journal:
            self._acknowledged(journal)

    def _migrate(self, run_id: str) -> None:
        old = self.library.open(run_id, for_writing=False)
        if old.run.over:
            return
        run, _ = migrated(old.run, changed_pack())
        with self.library.migrate(old, run, changed_pack(), when=WHEN) as journal:
            self._acknowledged(journal)

    def _import(self) -> None:
        try:
            run_id = import_run(self.library, self.lots.choice(strangers_runs()))
        except SaveError as error:
            assert "is here already" in str(error)
            return
        self._acknowledged(self.library.open(run_id, for_writing=False))

    def _record(self, run_id: str) -> None:
        journal = self.library.open(run_id, for_writing=False)
        if journal.run.over:
            self.library.record_job(filed_pack(), journal)
            self.say(f"recorded {journal.header.run}")
            self.say("saving")

    def _throw_away(self, run_id: str) -> None:
        self.say(f"moving {run_id}")
        file = self.library.delete(run_id).name
        self.say(f"deleted {run_id} {file}")
        if self.lots.random() < 0.5:
            self.say(f"moving {file}")
            self.say(f"restored {file} {self.library.restore(file)}")
        else:
            self.say("emptying all")
            self.library.trash.empty()
            self.say("emptied all")


class Witness:
    """Somebody who hears what was acknowledged, and looks whether it is there.

    Of each run, by its id, and of each deleted one, by its file, it is known how far it is at the
    least.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.runs: dict[str, str] = {}
        self.deleted: dict[str, str] = {}
        self.recorded: set[str] = set()
        self.moving = ""
        """A run that is being deleted or restored, and so may be here or there."""
        self.emptying = False

    def hear(self, lines: list[str]) -> None:
        """Take in what was said."""
        for what, name, *rest in (line.split() for line in lines if " " in line):
            match what:
                case "saved":
                    self.runs[name] = rest[0]
                case "recorded":
                    self.recorded.add(name)
                case "moving":
                    self.moving = name
                case "deleted":
                    self.deleted[rest[0]], self.moving = self.runs.pop(name), ""
                case "restored":
                    self.runs[rest[0]], self.moving = self.deleted.pop(name), ""
                case "emptying":
                    self.emptying = True
                case "emptied":
                    self.emptying = False
                    self.deleted.clear()

    def look(self) -> None:
        """Compare with what is there, and go on from that."""
        here, trash = self._in(self.library.runs), self._in(self.library.trash.folder)
        everywhere = [*here.values(), *trash.values()]
        for name, digest in self.runs.items():
            places = everywhere if name == self.moving else [here[f"{name}.jsonl"]]
            assert any(digest in digests for digests in places), name
        for name, digest in self.deleted.items():
            places = everywhere if name == self.moving else list(trash.values())
            assert self.emptying or any(digest in digests for digests in places), name
        assert self.recorded <= {job.run for job in self.library.profile().jobs}
        self.runs = {name.partition(".")[0]: digests[-1] for name, digests in here.items()}
        self.deleted = {name: digests[-1] for name, digests in trash.items()}
        self.moving, self.emptying = "", False

    def _in(self, folder: Path) -> dict[str, list[str]]:
        """The digests of the lines of each run in a folder; half a beginning is thrown away."""
        found = {}
        for path in folder.glob("*.jsonl*"):
            data = path.read_bytes()
            if not data or path.suffix == ".writing":
                path.unlink()
                continue
            reading = read_journal(path.stem, data)
            assert not reading.damage
            assert verifies(self.library.home, reading), path
            lines = data[: reading.length].splitlines()
            found[path.name] = [line[-34:-2].decode() for line in lines]
        return found

    def forget_packs(self) -> None:
        """Throw away what is kept for no run that is here, so that it has to be kept again."""
        kept = {
            read_journal(path.stem, path.read_bytes()).header.kept
            for folder in (self.library.runs, self.library.trash.folder)
            for path in folder.glob("*.jsonl*")
        }
        for path in self.library.home.glob("packs/*.json"):
            if path.stem not in kept:
                path.unlink()


def test_killed_at_any_moment_of_anything_all_that_was_acknowledged_is_there(
    tmp_path: Path,
) -> None:
    lots = random.Random(7)
    library = Library(tmp_path / "home")
    witness = Witness(library)
    strangers_runs()
    begun = time.monotonic()
    in_the_middle = 0
    for kill in range(KILLS):
        seed = lots.random()

        def work(say: Say, seed: float = seed) -> None:
            Player(library, random.Random(seed), say).go_on()

        child = Child(work)
        first = child.hear()
        time.sleep(lots.random() * 0.03)
        said = [first, *child.kill()]
        in_the_middle += said[-1] == "saving" or said[-1].startswith(("moving", "emptying"))
        witness.hear(said)
        witness.look()
        if lots.random() < 0.3:
            witness.forget_packs()
        if kill % 1000 == 999:
            taken = time.monotonic() - begun
            print(f"{kill + 1} kills in {taken:.0f} s, {in_the_middle} in the middle")
    assert in_the_middle > KILLS // 10
