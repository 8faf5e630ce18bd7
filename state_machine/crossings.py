"""Whose call it was: what the working charter says of a choice, and what crossing it costs.

The charter sorts calls to the PM, the PO or the team. Whoever makes a call that is not theirs
crosses it. That is sometimes right; it costs clarity, and morale if the call was the team's,
unless the choice says so aloud, and trust if it was the boss's: calls that the player's title
does not give. It can be mended afterwards, or the charter be changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from scenes.decisions import Choice
from scenes.schema import Scene
from state_machine.career import kept_by_boss
from state_machine.events import Cause, Crossed
from state_machine.run import Crossing

if TYPE_CHECKING:
    from state_machine.draft import Draft

BOSS: Final = "boss"
"""Who owns a call that the player's title does not give."""


def judge(draft: Draft, scene: Scene, choice: Choice) -> None:
    """Hold a choice against the charter, if there is one and it says anything of its call."""
    call = choice.call
    owner = owner_of(draft, call) if call else None
    if call is None or owner is None or owner == scene.hat:
        return
    by, cause = f"{scene.id}/{choice.id}", Cause("rule", "crossing")
    with draft.recording() as entries:
        if not choice.declares:
            draft.change("clarity", draft.rules.crossing_clarity, cause)
            if owner == "team":
                draft.change("morale", draft.rules.crossing_morale, cause)
            if owner == BOSS and draft.pack.career:
                boss = f"trust {draft.pack.career.boss}"
                draft.change(boss, draft.rules.career.crossing_trust, cause)
    draft.crossings.append(Crossing(call=call, by=by, owner=owner, open=not choice.declares))
    draft.events.append(
        Crossed(call=call, by=by, owner=owner, declared=choice.declares, entries=tuple(entries))
    )


def owner_of(draft: Draft, call: str) -> str | None:
    """Whose a call is: a bucket of the charter, or the boss; None before there is a charter."""
    charter = draft.artifacts.get("charter")
    if charter is None:
        return None
    return BOSS if call in kept_by_boss(draft) else charter.buckets.get(call)


def mend(draft: Draft) -> None:
    """Set right what was crossed: half of its clarity comes back, and it is no longer open."""
    for crossing in draft.crossings:
        if crossing.open:
            draft.change("clarity", -draft.rules.crossing_clarity // 2, Cause("rule", "mended"))
    _close(draft)


def change_charter(draft: Draft) -> None:
    """Change the charter to what is done: each call that was crossed goes to who made it."""
    charter = draft.artifacts.get("charter")
    if charter is None:
        return
    made = {
        c.call: draft.scene_record(c.by.partition("/")[0]).hat
        for c in draft.crossings
        if c.owner != BOSS
    }
    draft.artifacts["charter"] = msgspec.structs.replace(
        charter, buckets={**charter.buckets, **made}, amended=charter.amended + 1
    )
    _close(draft)


def _close(draft: Draft) -> None:
    draft.crossings = [msgspec.structs.replace(c, open=False) for c in draft.crossings]
