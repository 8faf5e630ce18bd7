"""Whose call it was: what the working charter says of a choice, and what crossing it costs.

The charter sorts calls to the PM, the PO or the team. Whoever makes a call that is not theirs
crosses it. That is sometimes right; it costs clarity, and morale if the call was the team's,
unless the choice says so aloud. It can be mended afterwards, or the charter be changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from scenes.decisions import Choice
from scenes.schema import Scene
from state_machine.events import Cause, Crossed
from state_machine.run import Crossing

if TYPE_CHECKING:
    from state_machine.draft import Draft


def judge(draft: Draft, scene: Scene, choice: Choice) -> None:
    """Hold a choice against the charter, if there is one and it says anything of its call."""
    charter, call = draft.artifacts.get("charter"), choice.call
    owner = charter.buckets.get(call) if charter and call else None
    if call is None or owner is None or owner == scene.hat:
        return
    by, cause = f"{scene.id}/{choice.id}", Cause("rule", "crossing")
    with draft.recording() as entries:
        if not choice.declares:
            draft.change("clarity", draft.rules.crossing_clarity, cause)
            if owner == "team":
                draft.change("morale", draft.rules.crossing_morale, cause)
    draft.crossings.append(Crossing(call=call, by=by, owner=owner, open=not choice.declares))
    draft.events.append(
        Crossed(call=call, by=by, owner=owner, declared=choice.declares, entries=tuple(entries))
    )


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
    made = {c.call: draft.scene_record(c.by.partition("/")[0]).hat for c in draft.crossings}
    draft.artifacts["charter"] = msgspec.structs.replace(
        charter, buckets={**charter.buckets, **made}, amended=charter.amended + 1
    )
    _close(draft)


def _close(draft: Draft) -> None:
    draft.crossings = [msgspec.structs.replace(c, open=False) for c in draft.crossings]
