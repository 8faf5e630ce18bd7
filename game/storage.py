"""The shelf as it really is: packs from the disk, runs in the library of saves.

The title screen needs only the list of runs, and what it does not need is imported where it is
first used, so that the first frame does not wait for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from game import words
from game.clock import Clock, ago, local_clock
from game.grounds import Grounds
from game.saved import SavedRun
from game.shelf import PackCard, RunCard, Trouble
from game.told import told
from game.version import version
from game.words import OUTSIDE
from saves import RUNS, SaveError, home, latest_unfinished, list_runs
from scenes.diagnostics import PackError

if TYPE_CHECKING:
    from game.session import Session
    from saves import Journal, Library, Profile, Summary
    from saves.records import About
    from scenes import Pack
    from scenes.schema import PackInfo
    from scenes.vocabulary import Edition
    from state_machine.rules import Rules
    from state_machine.run import Past

DRAWN_SEEDS: Final = 100_000
"""A drawn seed lies below this, short enough to be said across a room."""


def drawn_seed() -> int:
    """A seed that nobody chose."""
    import secrets  # noqa: PLC0415

    return secrets.randbelow(DRAWN_SEEDS)


def read_pack(name: str) -> Pack:
    """A pack by its id or its folder. Raises `Trouble` with all that is wrong with it."""
    from scenes.loader import find_pack, load_pack  # noqa: PLC0415

    with told():
        return load_pack(find_pack(name))


class DiskShelf:
    """Packs and saved runs on this machine; what goes wrong comes as `Trouble`.

    One run is open at a time: beginning or resuming one lets go of the one before.
    """

    def __init__(self, library: Library | None = None, clock: Clock = local_clock) -> None:
        """Use a library, by default the one at the home of saves."""
        with told():
            self._home = library.home if library else home()
        self._opened_library = library
        self._clock = clock
        self._journal: Journal | None = None
        self._grounds = Grounds(lambda: self._library)

    def packs(self) -> Sequence[PackCard]:
        """The companies that come with the game."""
        from scenes.loader import installed_packs  # noqa: PLC0415

        with told():
            return [
                PackCard(
                    info.id, info.title, info.blurb, info.company, info.length, self._express(info)
                )
                for info in installed_packs()
            ]

    def _express(self, info: PackInfo) -> str:
        """How long the express edition of an installed company takes; empty if it has none.

        One that has mistakes in it says so when somebody wants to begin it.
        """
        from scenes.loader import installed_pack  # noqa: PLC0415

        with suppress(PackError):
            if self._grounds.pack(installed_pack(info.id)).has_express:
                return info.express_length
        return ""

    def pack(self, name: str) -> Pack:
        """A pack by its id or its folder, read once."""
        from scenes.loader import find_pack  # noqa: PLC0415

        with told():
            return self._grounds.pack(find_pack(name))

    def latest(self) -> RunCard | None:
        """The run that was played last and is not over."""
        with told():
            summary = latest_unfinished(self._home / RUNS)
        return self._card(summary) if summary else None

    def runs(self) -> Sequence[RunCard]:
        """All saved runs, the latest first."""
        with told():
            return [self._card(summary) for summary in list_runs(self._home / RUNS)]

    def profile(self) -> Profile:
        """All jobs so far."""
        with told():
            return self._library.profile()

    def begin(
        self, pack_id: str, seed: int | None, player: str, edition: Edition = "full"
    ) -> Session:
        """Begin a run and save its beginning. Without a seed one is drawn."""
        from scenes.loader import PACKS, find_pack  # noqa: PLC0415

        drawn = drawn_seed() if seed is None else seed
        with told():
            folder = find_pack(pack_id)
            pack = self._grounds.pack(folder)
            past, notices = self._past()
            journal = self._library.begin(
                pack,
                drawn,
                player,
                when=self._clock(),
                game=version(),
                folder="" if folder.parent == PACKS else str(folder.resolve()),
                edition=edition,
                past=past,
            )
        return self._session(pack, journal, notices)

    def resume(self, run_id: str) -> Session:
        """Go on with a saved run."""
        self.close()
        with told():
            return self._go_on(self._library.open(run_id))

    def recover(self, run_id: str) -> Session:
        """Go on with a damaged run from its last good decision."""
        self.close()
        with told():
            return self._go_on(self._library.recover(run_id))

    def study(self, run_id: str) -> SavedRun:
        """A saved run opened to be looked at, with what it was played on."""
        with told():
            return self._studied(self._library.open(run_id, for_writing=False))

    def _studied(self, journal: Journal) -> SavedRun:
        kept, notice = self._grounds.kept(journal), journal.notice
        if kept is not None:
            pack, rules = kept.pack, kept.rules
        else:
            pack, rules = self._grounds.today(journal.header), None
            fit = journal.fits(pack)
            if fit.refusal:
                raise Trouble(fit.refusal)
            notice = notice or words.NOT_KEPT
        notices = (notice,) if notice else ()
        return SavedRun(journal.run_id, journal.header, tuple(journal.lines), pack, rules, notices)

    def note(self, run_id: str, about: About, text: str) -> None:
        """Save what the player notes of a run that is not open."""
        with told(), self._library.open(run_id) as journal:
            journal.note(about, text, when=self._clock())

    def branch(self, run_id: str, at: int) -> Session:
        """Begin a run that is another one up to a decision, and play it on from there."""
        self.close()
        with told():
            parent = self._library.open(run_id, for_writing=False)
            journal = self._library.branch(parent, at, when=self._clock(), game=version())
            return self._go_on(journal, (words.branched(run_id, at + 1),))

    def inherit(self, run_id: str, player: str, at: int = 0) -> Session:
        """Take over a saved run at its first diary from Launch on, or from a decision on.

        `at` counts the decisions that the predecessor has made at least.
        """
        from state_machine import succeed  # noqa: PLC0415
        from state_machine.succession import heritable  # noqa: PLC0415

        self.close()
        with told():
            parent = self._library.open(run_id, for_writing=False)
            saved = self._studied(parent)
            runs = enumerate(outcome.run for outcome in parent.outcomes)
            places = ((number, run) for number, run in runs if number >= at and heritable(run))
            place, run = next(places, (0, None))
            if run is None:
                raise Trouble(words.nothing_to_inherit(run_id, at))
            past, notices = self._past()
            outcome = succeed(saved.pack, run, player, saved.rules, past=past)
            journal = self._library.inherit(
                parent, place, outcome, when=self._clock(), game=version()
            )
            return self._go_on(journal, notices)

    def export(self, run_id: str, target: Path) -> None:
        """Write a run with what it was played on into a new file."""
        from saves.exchange import write_export  # noqa: PLC0415

        with told():
            write_export(self._library, run_id, target)

    def import_file(self, source: Path) -> RunCard:
        """Take in a run from a file."""
        from saves.exchange import import_file  # noqa: PLC0415

        with told():
            run_id = import_file(self._library, source)
        return next(card for card in self.runs() if card.id == run_id)

    def trash(self) -> Sequence[RunCard]:
        """The deleted runs; their ids are the names of their files."""
        with told():
            found = self._library.trash.list()
        return [replace(self._card(each.summary), id=each.name) for each in found]

    def restore(self, name: str) -> str:
        """Take a run out of the trash; returns its id."""
        with told():
            return self._library.restore(name)

    def empty_trash(self) -> int:
        """Take all deleted runs off the disk for good; returns how many there were."""
        with told():
            return self._library.trash.empty()

    def delete(self, run_id: str) -> None:
        """Put a run into the trash."""
        if self._journal is not None and self._journal.run_id == run_id:
            self.close()
        with told():
            self._library.delete(run_id)

    @property
    def open_run(self) -> str:
        """The id of the run that is open to be played; empty if none is."""
        return self._journal.run_id if self._journal else ""

    def keep_picture(self, name: str, svg: str) -> str:
        """Keep a picture in the folder that the game was started in; returns where it is."""
        from game.new_file import write_free  # noqa: PLC0415

        return str(write_free(Path.cwd(), name, ".svg", svg.encode()))

    def close(self) -> None:
        """Let go of the run that is open."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    @property
    def _library(self) -> Library:
        if self._opened_library is None:
            from saves import Library  # noqa: PLC0415  # lists do without it

            self._opened_library = Library(self._home)
        return self._opened_library

    def _go_on(self, journal: Journal, more: Sequence[str] = ()) -> Session:
        """A session on an opened journal, or on one that goes on from it.

        `more` is what the player should know beside what is to be said of the journal.
        """
        from game.resuming import Resuming  # noqa: PLC0415

        way = Resuming(self._library, self._grounds, self._clock).way_on(journal)
        notices = tuple(text for text in (journal.notice, way.notice, *more) if text)
        done = self._recorded(way.pack, way.journal, way.rules)
        return self._session(way.pack, way.journal, (*notices, *done), way.rules)

    def _past(self) -> tuple[Past | None, Sequence[str]]:
        """The last job, for the interview that comes, and what the player should know of that."""
        try:
            return self._library.profile().past, ()
        except SaveError as error:
            return None, (f"{error} In this interview nobody has heard of you.",)

    def _recorded(self, pack: Pack, journal: Journal, rules: Rules | None) -> Sequence[str]:
        """Put a run that is over into the profile; what the player should know of that.

        Its ending is on the disk already, and stays acknowledged whatever happens here. A run
        that is there to be studied was no job of the player's.
        """
        if not journal.run.over or journal.header.study:
            return ()
        try:
            notice = self._library.record_job(pack, journal, rules)
        except SaveError as error:
            return (f"{error} The run itself is saved; open it again, and its job is as well.",)
        return (notice,) if notice else ()

    def _session(
        self,
        pack: Pack,
        journal: Journal,
        notices: Sequence[str],
        rules: Rules | None = None,
    ) -> Session:
        from game.journaling import JournalRecord  # noqa: PLC0415
        from game.session import Session  # noqa: PLC0415

        self.close()
        self._journal = journal
        record = JournalRecord(journal, self._clock, lambda: self._recorded(pack, journal, rules))
        return Session(pack, journal.steps, record, notices, rules)

    def _card(self, summary: Summary) -> RunCard:
        return RunCard(
            id=summary.run_id,
            title=summary.pack_title,
            player=summary.player,
            seed=summary.seed,
            phase=OUTSIDE.get(summary.state, summary.phase.capitalize()),
            decisions=summary.decisions,
            played=ago(summary.last_played, self._clock()),
            edition=summary.edition,
            over=summary.over,
            ending=summary.ending.replace("-", " "),
            undos=summary.undos,
            study=summary.study,
            origin=summary.origin,
            begun=summary.begun,
            problem=summary.problem,
        )
