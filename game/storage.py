"""The shelf as it really is: packs from the disk, runs in the library of saves.

The title screen needs only the list of runs, and what it does not need is imported where it is
first used, so that the first frame does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from game import words
from game.saved import SavedRun
from game.shelf import PackCard, RunCard, Trouble
from game.version import version
from game.words import OUTSIDE, plural
from saves import RUNS, MissingPack, SaveError, home, latest_unfinished, list_runs
from scenes.diagnostics import PackError

if TYPE_CHECKING:
    from game.session import Session
    from saves import Header, Journal, Library, Profile, Summary
    from saves.origins import OriginKind
    from saves.packstore import Ground
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


Clock = Callable[[], datetime]


def local_clock() -> datetime:
    """Now, with the time zone of this machine."""
    return datetime.now(UTC).astimezone()


def read_pack(name: str) -> Pack:
    """A pack by its id or its folder. Raises `Trouble` with all that is wrong with it."""
    from scenes.loader import find_pack, load_pack  # noqa: PLC0415

    with _told():
        return load_pack(find_pack(name))


class DiskShelf:
    """Packs and saved runs on this machine; what goes wrong comes as `Trouble`.

    One run is open at a time: beginning or resuming one lets go of the one before.
    """

    def __init__(self, library: Library | None = None, clock: Clock = local_clock) -> None:
        """Use a library, by default the one at the home of saves."""
        with _told():
            self._home = library.home if library else home()
        self._opened_library = library
        self._clock = clock
        self._journal: Journal | None = None
        self._packs: dict[Path, Pack] = {}

    def packs(self) -> Sequence[PackCard]:
        """The companies that come with the game."""
        from scenes.loader import installed_packs  # noqa: PLC0415

        with _told():
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
            if self._load(installed_pack(info.id)).has_express:
                return info.express_length
        return ""

    def pack(self, name: str) -> Pack:
        """A pack by its id or its folder, read once."""
        from scenes.loader import find_pack  # noqa: PLC0415

        with _told():
            return self._load(find_pack(name))

    def latest(self) -> RunCard | None:
        """The run that was played last and is not over."""
        with _told():
            summary = latest_unfinished(self._home / RUNS)
        return self._card(summary) if summary else None

    def runs(self) -> Sequence[RunCard]:
        """All saved runs, the latest first."""
        with _told():
            return [self._card(summary) for summary in list_runs(self._home / RUNS)]

    def profile(self) -> Profile:
        """All jobs so far."""
        with _told():
            return self._library.profile()

    def begin(
        self, pack_id: str, seed: int | None, player: str, edition: Edition = "full"
    ) -> Session:
        """Begin a run and save its beginning. Without a seed one is drawn."""
        from scenes.loader import PACKS, find_pack  # noqa: PLC0415

        drawn = drawn_seed() if seed is None else seed
        with _told():
            folder = find_pack(pack_id)
            pack = self._load(folder)
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
        with _told():
            return self._go_on(self._library.open(run_id))

    def recover(self, run_id: str) -> Session:
        """Go on with a damaged run from its last good decision."""
        self.close()
        with _told():
            return self._go_on(self._library.recover(run_id))

    def study(self, run_id: str) -> SavedRun:
        """A saved run opened to be looked at, with what it was played on."""
        with _told():
            journal = self._library.open(run_id, for_writing=False)
            kept, notice = self._kept(journal), journal.notice
            if kept is not None:
                pack, rules = kept.pack, kept.rules
            else:
                pack, rules = self._load(_folder_of(journal.header)), None
                fit = journal.fits(pack)
                if fit.refusal:
                    raise Trouble(fit.refusal)
                notice = notice or words.NOT_KEPT
        notices = (notice,) if notice else ()
        return SavedRun(run_id, journal.header, tuple(journal.lines), pack, rules, notices)

    def note(self, run_id: str, about: About, text: str) -> None:
        """Save what the player notes of a run that is not open."""
        with _told(), self._library.open(run_id) as journal:
            journal.note(about, text, when=self._clock())

    def branch(self, run_id: str, at: int) -> Session:
        """Begin a run that is another one up to a decision, and play it on from there."""
        self.close()
        with _told():
            parent = self._library.open(run_id, for_writing=False)
            return self._go_on(self._library.branch(parent, at, when=self._clock(), game=version()))

    def inherit(self, run_id: str, player: str, at: int = 0) -> Session:
        """Take over a saved run at its first diary from Launch on, or from a decision on.

        `at` counts the decisions that the predecessor has made at least.
        """
        from state_machine import succeed  # noqa: PLC0415
        from state_machine.succession import heritable  # noqa: PLC0415

        self.close()
        saved = self.study(run_id)
        runs = [outcome.run for _, outcome in saved.steps]
        places = [number for number, run in enumerate(runs) if heritable(run) and number >= at]
        if not places:
            raise Trouble(words.nothing_to_inherit(run_id, at))
        with _told():
            past, notices = self._past()
            outcome = succeed(saved.pack, runs[places[0]], player, saved.rules, past=past)
            parent = self._library.open(run_id, for_writing=False)
            journal = self._library.inherit(
                parent, places[0], outcome, when=self._clock(), game=version()
            )
            return self._go_on(journal, notices)

    def export(self, run_id: str, target: Path) -> None:
        """Write a run with what it was played on into a new file."""
        from saves.exchange import write_export  # noqa: PLC0415

        with _told():
            write_export(self._library, run_id, target)

    def import_file(self, source: Path) -> RunCard:
        """Take in a run from a file."""
        from saves.exchange import import_file  # noqa: PLC0415

        with _told():
            run_id = import_file(self._library, source)
        return next(card for card in self.runs() if card.id == run_id)

    def trash(self) -> Sequence[RunCard]:
        """The deleted runs; their ids are the names of their files."""
        with _told():
            found = self._library.trash.list()
        return [replace(self._card(each.summary), id=each.name) for each in found]

    def restore(self, name: str) -> str:
        """Take a run out of the trash; returns its id."""
        with _told():
            return self._library.restore(name)

    def empty_trash(self) -> int:
        """Take all deleted runs off the disk for good; returns how many there were."""
        with _told():
            return self._library.trash.empty()

    def delete(self, run_id: str) -> None:
        """Put a run into the trash."""
        if self._journal is not None and self._journal.run_id == run_id:
            self.close()
        with _told():
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
        """A session on an opened journal; the journal is let go if that cannot be.

        `more` is what the player should know beside what is to be said of the journal.
        """
        try:
            way = self._way_on(journal)
        except BaseException:
            journal.close()
            raise
        if way.journal is not journal:
            journal.close()
        notices = tuple(text for text in (journal.notice, way.notice, *more) if text)
        done = self._recorded(way.pack, way.journal, way.rules)
        return self._session(way.pack, way.journal, (*notices, *done), way.rules)

    def _way_on(self, journal: Journal) -> _Way:
        """By which pack and rules a run goes on, and in which journal.

        By today's pack, if its rules are those of then. By newer rules it goes on as a run of
        its own, the old one untouched; where it cannot, by what was kept with it. Somebody
        else's run goes on in a branch, too.
        """
        if journal.header.is_imported and not journal.run.over:
            at = len(journal.recorded)
            branch = self._went_on(journal, "branch") or self._library.branch(
                journal, at, when=self._clock(), game=version()
            )
            return self._way_on(branch)._replace(notice=words.goes_on_as(branch.run_id))
        kept = self._kept(journal)
        try:
            pack = self._load(_folder_of(journal.header))
        except (Trouble, PackError):
            if kept is None:
                raise
            return _Way(journal, kept.pack, kept.rules, words.STORY_GONE)
        fit = journal.fits(pack, kept)
        if kept is None or fit.kinship in ("same", "text changed"):
            if fit.refusal:
                raise Trouble(fit.refusal)
            return _Way(journal, pack, None, fit.notice)
        if journal.run.over:
            return _Way(journal, kept.pack, kept.rules, "")
        if fit.kinship == "other pack":
            return _Way(journal, kept.pack, kept.rules, words.STORY_GONE)
        return self._by_newer_rules(journal, kept, pack)

    def _by_newer_rules(self, journal: Journal, kept: Ground, pack: Pack) -> _Way:
        """The run that goes on from this one by newer rules, which may have been begun before."""
        from saves.fit import missing  # noqa: PLC0415
        from saves.migrate import migrated  # noqa: PLC0415

        if then := self._went_on(journal, "migration"):
            return _Way(then, pack, None, words.migrated(then.run_id))
        run, left_behind = migrated(journal.run, pack)
        lacking = sorted(set(missing(run, pack)))
        if lacking:
            return _Way(journal, kept.pack, kept.rules, words.cannot_migrate(lacking))
        new = self._library.migrate(journal, run, pack, when=self._clock(), game=version())
        return _Way(new, pack, None, words.migrated(new.run_id, left_behind))

    def _went_on(self, journal: Journal, kind: OriginKind) -> Journal | None:
        """The run that already goes on from where this one stands, if there is one."""
        wanted = (kind, journal.run_id, journal.header.begun, len(journal.recorded))
        for each in list_runs(self._home / RUNS):
            came = each.origin
            if came and (came.kind, came.run, came.begun, came.at) == wanted:
                return self._library.open(each.run_id)
        return None

    def _kept(self, journal: Journal) -> Ground | None:
        """What the run was played on, if it was kept and can be read."""
        try:
            return self._library.ground(journal)
        except MissingPack:
            return None

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

    def _load(self, folder: Path) -> Pack:
        """The pack in a folder, read once."""
        from scenes.loader import load_pack  # noqa: PLC0415

        if folder not in self._packs:
            self._packs[folder] = load_pack(folder)
        return self._packs[folder]

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
        decisions = [each.decision for each in journal.recorded]
        return Session(pack, journal.outcomes, record, notices, rules, decisions=decisions)

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
            undos=summary.undos,
            study=summary.study,
            origin=summary.origin,
            begun=summary.begun,
            problem=summary.problem,
        )


class _Way(NamedTuple):
    """How a run goes on: in which journal, by which pack and rules, and what is said of it."""

    journal: Journal
    pack: Pack
    rules: Rules | None
    notice: str


def _folder_of(header: Header) -> Path:
    """Where the pack of a saved run lies. Raises `PackError` or `Trouble` if it is not there."""
    from scenes.loader import installed_pack  # noqa: PLC0415

    if not header.pack_folder:
        return installed_pack(header.pack_id)
    folder = Path(header.pack_folder)
    try:
        is_there = folder.is_dir()
    except (OSError, ValueError):
        is_there = False
    if not is_there:
        raise Trouble(
            f"The story of this run, “{header.pack_title}”, was in the folder {folder}, which is "
            "not there any more. Put it back, and the run goes on."
        )
    return folder


def ago(moment: str, now: datetime) -> str:
    """How long ago a moment in ISO 8601 was, in words; empty for no moment."""
    if not moment:
        return ""
    try:
        then = datetime.fromisoformat(moment).astimezone(now.tzinfo)
    except OverflowError:  # a year that there is only in another time zone
        return moment[:10]
    passed = now - then
    if passed < timedelta(minutes=1):
        return "just now"
    if passed < timedelta(hours=1):
        return f"{plural(passed // timedelta(minutes=1), 'minute')} ago"
    days = (now.date() - then.date()).days
    if days == 0:
        return f"{plural(passed // timedelta(hours=1), 'hour')} ago"
    return "yesterday" if days == 1 else f"{then:%Y-%m-%d}"


@contextmanager
def _told() -> Iterator[None]:
    """Whatever goes wrong inside with packs or saves becomes trouble that can be told."""
    try:
        yield
    except (PackError, SaveError) as error:
        raise Trouble(str(error)) from error
