"""The diary of a round: more invitations than half-days, from both hats."""

from __future__ import annotations

from scenes.vocabulary import DRAWN
from state_machine.decisions.menu import refuse_repeats
from state_machine.decisions.pick import refuse_overspending
from state_machine.decisions.records import IllegalDecision, Pick
from state_machine.deck import draw_invitation, is_fresh
from state_machine.draft import Draft
from state_machine.events import Cause, DiarySettled, RoundOpened


def open_diary(draft: Draft) -> None:
    """Begin a round: count its half-days and lay out its invitations."""
    draft.half_days = draft.round_record.half_days
    draft.accepted = draft.declined = ()
    offered: list[str] = []
    for name in draft.round_record.diary:
        scene = draw_invitation(draft, offered) if name == DRAWN else name
        if scene is not None and is_fresh(draft, draft.scene_record(scene)):
            offered.append(scene)
    draft.diary = tuple(offered)
    _tell(draft)


def reopen_diary(draft: Draft) -> None:
    """Lay the diary open again that lay open when the run was taken over, as it was then."""
    assert draft.succession is not None
    draft.diary = draft.succession.diary
    _tell(draft)


def _tell(draft: Draft) -> None:
    """Say that the round is open, with the half-days that earlier choices gave it or took."""
    bonus = draft.numbers.get("half-days", 0)
    draft.half_days = max(draft.rules.least_half_days, draft.half_days + bonus)
    with draft.recording() as entries:
        draft.change("half-days", -bonus, Cause("rule", "diary"))
    draft.events.append(
        RoundOpened(
            phase=draft.phase,
            round=draft.round,
            half_days=draft.half_days,
            again=draft.again,
            entries=tuple(entries),
        )
    )


def half_days_of(draft: Draft, scene: str) -> int:
    """What accepting the invitation of a scene takes."""
    invitation = draft.scene_record(scene).invitation
    assert invitation is not None
    return invitation.half_days


def settle_diary(draft: Draft, decision: Pick) -> None:
    """Accept the invitations picked and decline the others. Raises `IllegalDecision`."""
    refuse_repeats(decision.choices)
    for scene in decision.choices:
        if scene not in draft.diary:
            raise IllegalDecision(f"there is no invitation `{scene}` in the diary")
    cost = sum(half_days_of(draft, scene) for scene in decision.choices)
    refuse_overspending(cost, draft.half_days, "half-days")
    draft.accepted = tuple(scene for scene in draft.diary if scene in decision.choices)
    draft.declined = tuple(scene for scene in draft.diary if scene not in decision.choices)
    draft.attended += draft.accepted
    draft.missed += draft.declined
    draft.diary = ()
    draft.events.append(DiarySettled(accepted=draft.accepted, declined=draft.declined))
