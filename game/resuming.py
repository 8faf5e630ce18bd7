"""How a saved run goes on: in which journal, and by which story and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from game import words
from game.clock import Clock
from game.grounds import Grounds
from game.shelf import Trouble
from game.version import version
from scenes.diagnostics import PackError

if TYPE_CHECKING:
    from saves import Journal, Library
    from saves.origins import OriginKind
    from saves.packstore import Ground
    from scenes import Pack
    from state_machine.rules import Rules


class Way(NamedTuple):
    """The journal that a run goes on in, its pack and rules, and what is said of it."""

    journal: Journal
    pack: Pack
    rules: Rules | None
    notice: str


class Resuming:
    """Finds for a run that was opened how it goes on."""

    def __init__(self, library: Library, grounds: Grounds, clock: Clock) -> None:
        """Begin runs that go on from another in this library."""
        self._library = library
        self._grounds = grounds
        self._clock = clock

    def way_on(self, journal: Journal) -> Way:
        """By which pack and rules a run goes on, and in which journal.

        By today's pack, if its rules are those of then. By newer rules it goes on as a run of
        its own, the old one untouched; where it cannot, by what was kept with it, and so does a
        branch, to be comparable. Somebody else's run goes on in a branch. A journal that is not
        gone on in is closed. Raises `Trouble`, `PackError` or `SaveError`.
        """
        try:
            way = self._from(journal)
        except BaseException:
            journal.close()
            raise
        if way.journal is not journal:
            journal.close()
        return way

    def _from(self, journal: Journal) -> Way:
        if journal.run.over:
            return self._at_its_end(journal)
        if journal.header.is_imported:
            branch = self._went_on(journal, "branch") or self._library.branch(
                journal, len(journal.recorded), when=self._clock(), game=version()
            )
            way = self.way_on(branch)
            return way._replace(notice=words.goes_on_as(way.journal.run_id))
        kept = self._grounds.kept(journal)
        try:
            pack = self._grounds.today(journal.header)
        except (Trouble, PackError):
            if kept is None:
                raise
            return Way(journal, kept.pack, kept.rules, words.STORY_GONE)
        fit = journal.fits(pack, kept)
        if kept is None or fit.kinship in ("same", "text changed"):
            if fit.refusal:
                raise Trouble(fit.refusal)
            return Way(journal, pack, None, fit.notice)
        if fit.kinship == "other pack":
            return Way(journal, kept.pack, kept.rules, words.STORY_GONE)
        if journal.header.study:
            return Way(journal, kept.pack, kept.rules, words.BY_THOSE_OF_THEN)
        return self._by_newer_rules(journal, kept, pack)

    def _at_its_end(self, journal: Journal) -> Way:
        """A run that is over is told by what it was played on."""
        if kept := self._grounds.kept(journal):
            return Way(journal, kept.pack, kept.rules, "")
        pack = self._grounds.today(journal.header)
        fit = journal.fits(pack)
        if fit.refusal:
            raise Trouble(fit.refusal)
        return Way(journal, pack, None, fit.notice)

    def _by_newer_rules(self, journal: Journal, kept: Ground, pack: Pack) -> Way:
        """The run that goes on from this one by newer rules, which may have been begun before."""
        from saves.fit import missing  # noqa: PLC0415
        from saves.migrate import migrated  # noqa: PLC0415

        if then := self._went_on(journal, "migration"):
            way = self.way_on(then)
            return way._replace(notice=way.notice or words.migrated(way.journal.run_id))
        run, left_behind = migrated(journal.run, pack)
        if lacking := sorted(set(missing(run, pack))):
            return Way(journal, kept.pack, kept.rules, words.cannot_migrate(lacking))
        new = self._library.migrate(journal, run, pack, when=self._clock(), game=version())
        return Way(new, pack, None, words.migrated(new.run_id, left_behind))

    def _went_on(self, journal: Journal, kind: OriginKind) -> Journal | None:
        """The run that already goes on from where this one stands, if there is one."""
        wanted = (kind, journal.run_id, journal.header.begun, len(journal.recorded))
        for each in self._library.list():
            came = each.origin
            if came and (came.kind, came.run, came.begun, came.at) == wanted:
                return self._library.open(each.run_id)
        return None
