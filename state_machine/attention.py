"""Attention: where the player spent the round, and who had to do without.

There is one of you and two hats. The half-days of a round that go to the PM's invitations are
half-days in which nobody answers the team; those that go to the PO's are half-days in which
nobody is out there. How much that changes stands in `rules.toml`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from state_machine.draft import Draft


def lean(draft: Draft) -> int:
    """How many half-days more of this round's diary went to the PM's hat than to the PO's.

    Below 0 it is the other way round; without a diary it is 0.
    """
    whole = 0
    for name in draft.accepted:
        scene = draft.scene_record(name)
        if scene.invitation is not None:
            half_days = scene.invitation.half_days
            whole += half_days if scene.hat == "pm" else -half_days
    return whole


def of_usual(draft: Draft, per_half_day: int) -> int:
    """What something comes to, in per cent of its usual size, if each half-day changes it so."""
    return max(0, 100 + per_half_day * lean(draft))
