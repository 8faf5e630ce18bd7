"""Promises: given in exact words, then kept, moved in time, or broken, each with its price."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from scenes.schema import Pack
from scenes.vocabulary import PHASES, PhaseId
from state_machine.events import Cause, PromiseMoved
from state_machine.run import Given

if TYPE_CHECKING:
    from state_machine.draft import Draft


def give(draft: Draft, promise: str, due: PhaseId, cause: Cause) -> None:
    """Give a promise. One that was given before stays as it is."""
    if promise not in draft.promises:
        draft.promises[promise] = Given("open", due, cause.ref)
        draft.events.append(PromiseMoved(promise=promise, what="given"))


def settle(draft: Draft, promise: str, *, kept: bool, overdue: bool = False) -> None:
    """Keep or break an open promise, with what the rules and the pack make that cost."""
    given = draft.promises.get(promise)
    if given is None or given.state != "open":
        return
    cause = Cause("promise", promise)
    draft.promises[promise] = msgspec.structs.replace(given, state="kept" if kept else "broken")
    rules, record = draft.rules, draft.pack.promises.get(promise)
    broken = rules.date_broken_trust if given.item else rules.promise_broken_trust
    trust = rules.promise_kept_trust if kept else broken
    with draft.recording() as entries:
        draft.change(f"trust {recipient(draft.pack, draft.promises, promise)}", trust, cause)
        if not kept and record:
            draft.apply(record.effects, cause)
    draft.events.append(
        PromiseMoved(
            promise=promise,
            what="kept" if kept else "broken",
            overdue=overdue,
            entries=tuple(entries),
        )
    )


def renegotiate(draft: Draft, promise: str, due: PhaseId) -> None:
    """Move an open promise to another phase, for the price that saying so in time has."""
    given = draft.promises.get(promise)
    if given is None or given.state != "open":
        return
    draft.promises[promise] = msgspec.structs.replace(given, due=due)
    with draft.recording() as entries:
        draft.change(
            f"trust {recipient(draft.pack, draft.promises, promise)}",
            draft.rules.promise_renegotiated_trust,
            Cause("promise", promise),
        )
    draft.events.append(PromiseMoved(promise=promise, what="renegotiated", entries=tuple(entries)))


def recipient(pack: Pack, given: Mapping[str, Given], promise: str) -> str:
    """To whom a promise was given: a person's id."""
    record = pack.promises.get(promise)
    return record.to if record else given[promise].to


def run_out(draft: Draft) -> None:
    """Break what falls due with this phase and is still open; keep what has been shipped."""
    now = PHASES.index(draft.phase)
    for promise, given in sorted(draft.promises.items()):
        if given.state != "open" or PHASES.index(given.due) > now:
            continue
        shipped = bool(given.item) and draft.items.get(given.item) == "shipped"
        settle(draft, promise, kept=shipped, overdue=not shipped)
