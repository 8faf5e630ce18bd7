"""Runs that come from another run: the journal that each of them begins with.

Pure: a journal that was read goes in, a header and lines come out. The library gives the new run
its id, its moment and its ground.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from saves.beginning import FORMAT, READABLE_BY
from saves.errors import SaveError
from saves.origins import Origin, OriginKind
from saves.records import AnyLine, Header, that_count

if TYPE_CHECKING:
    from saves.journal import Journal
    from scenes.schema import Pack
    from state_machine.events import Outcome
    from state_machine.run import Run


def branched(journal: Journal, at: int) -> tuple[Header, tuple[AnyLine, ...]]:
    """The run once more, up to a decision; what was taken back and noted stays behind.

    `at` counts the decisions that are kept, from 0. Raises `SaveError` if there are not so many,
    or nothing can be decided behind them.
    """
    counting = journal.recorded
    last = len(counting) - journal.run.over
    if not 0 <= at <= last:
        raise SaveError(
            f"The run `{journal.run_id}` has {len(counting)} decisions; one from 1 to {last + 1} "
            "can be made anew."
        )
    kept = tuple(msgspec.structs.replace(each, undos=0) for each in counting[:at])
    return _from(journal, "branch", at, study=True), kept


def migrated_on(journal: Journal, run: Run, pack: Pack) -> Header:
    """The run as it stands by newer rules; its past stays with the original.

    Raises `SaveError` if it is over, as nothing of it can go on.
    """
    if run.over:
        raise SaveError(f"The run `{journal.run_id}` is over, and so goes on by no rules.")
    return msgspec.structs.replace(
        _from(journal, "migration", len(journal.recorded), study=journal.header.study),
        pack_id=pack.info.id,
        pack_title=pack.info.title,
        pack_version=pack.info.version,
        rules_hash=pack.rules_hash,
        text_hash=pack.text_hash,
        state=run,
        events=(),
    )


def inherited(journal: Journal, at: int, outcome: Outcome) -> Header:
    """A run that somebody else takes over after so many decisions: `outcome` begins it.

    Raises `SaveError` if there is nothing to take over.
    """
    if outcome.run.over:
        raise SaveError(f"The run `{journal.run_id}` is over; there is nothing to take over.")
    return msgspec.structs.replace(
        _from(journal, "inheritance", at, study=False),
        player=outcome.run.player,
        state=outcome.run,
        events=outcome.events,
    )


def imported(
    header: Header, lines: tuple[AnyLine, ...], digest: str
) -> tuple[Header, tuple[AnyLine, ...]]:
    """A run from elsewhere, whole; `digest` is that of its last line as it came."""
    origin = Origin(
        kind="import",
        run=header.run,
        begun=header.begun,
        at=len(that_count(lines)),
        digest=digest,
    )
    return _coming_from(header, origin, study=True, pack_folder=""), lines


def _from(journal: Journal, kind: OriginKind, at: int, *, study: bool) -> Header:
    origin = Origin(kind=kind, run=journal.run_id, begun=journal.header.begun, at=at)
    return _coming_from(journal.header, origin, study=study)


def _coming_from(header: Header, origin: Origin, **fields: Any) -> Header:
    """The header of a run that comes from the one of this header; as this version writes it."""
    origins = (*header.origins, origin)
    return msgspec.structs.replace(
        header, format=FORMAT, readable_by=READABLE_BY, origins=origins, **fields
    )
