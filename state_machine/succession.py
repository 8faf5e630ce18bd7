"""Taking over somebody else's run: when it can be done, and what then is whose.

A run changes hands where its diary lies open, from Launch on. The world goes on as it was, with
all that was promised, owed and agreed in it. What was decided, written, bet on and settled before
is the predecessor's; what is still open is the successor's, whoever began it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from scenes.vocabulary import HERITABLE
from state_machine.run import Past, Played, Run, Succession
from state_machine.states import PHASE_OF, STEP_OF, SUCCESSION

if TYPE_CHECKING:
    from state_machine.draft import Draft


# ── whether ─────────────────────────────────────────────────────────────────────────────


def heritable(run: Run) -> bool:
    """Whether somebody else can take the run over as it stands."""
    return not not_heritable(run)


def not_heritable(run: Run) -> str:
    """Why nobody can take the run over as it stands, in a sentence; empty if somebody can."""
    if run.over:
        return "This run is over, and its desk is cleared."
    if run.state in PHASE_OF and PHASE_OF[run.state] not in HERITABLE:
        return "A run can be taken over from Launch on; before that there is little to inherit."
    if STEP_OF.get(run.state) != "diary" or not run.diary:
        return "A run changes hands where a diary lies open, before the round is planned."
    return ""


def taken_over(run: Run, player: str, past: Past | None) -> Run:
    """The run as it is when somebody takes it over. Raises `ValueError` if nobody can."""
    why = not_heritable(run)
    if why:
        raise ValueError(why)
    settled = [name for name, given in run.promises.items() if given.state != "open"]
    return msgspec.structs.replace(
        run,
        state=SUCCESSION,
        player=player,
        past=past,
        diary=(),
        succession=Succession(
            predecessor=run.player,
            phase=PHASE_OF[run.state],
            rounds=run.rounds,
            diary=run.diary,
            played=len(run.played),
            missed=len(run.missed),
            settled=tuple(sorted(settled)),
            foreseen=tuple(sorted(run.predictions)),
        ),
    )


# ── whose ───────────────────────────────────────────────────────────────────────────────


def own_scenes(run: Run | Draft) -> Sequence[Played]:
    """The scenes that the player has played, without those of a predecessor."""
    return run.played[run.succession.played if run.succession else 0 :]


def own_missed(run: Run | Draft) -> Sequence[str]:
    """The invitations that the player has declined, without those of a predecessor."""
    return run.missed[run.succession.missed if run.succession else 0 :]


def is_own_promise(run: Run | Draft, promise: str) -> bool:
    """Whether the player answers for a promise: not for one that was settled before them."""
    return run.succession is None or promise not in run.succession.settled


def is_own_prediction(run: Run | Draft, scene: str) -> bool:
    """Whether a settled prediction is the player's: not one that was settled before them."""
    return run.succession is None or scene not in run.succession.foreseen


def was_handed_down(run: Run | Draft, scene: str) -> bool:
    """Whether a scene was played by a predecessor."""
    before = run.played[: run.succession.played] if run.succession else ()
    return any(played.scene == scene for played in before)


def said_by(run: Run | Draft, ref: str) -> str:
    """Whose a choice `scene/choice` was if not the player's: the predecessor's name, or nothing."""
    if run.succession and was_handed_down(run, ref.partition("/")[0]):
        return run.succession.predecessor
    return ""
