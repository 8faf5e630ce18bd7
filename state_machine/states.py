"""The names of the lifecycle's states: a phase and a step in it, such as `build_po_turn`."""

from __future__ import annotations

from typing import Final, Literal, get_args

from scenes.vocabulary import PHASES, PhaseId

Step = Literal[
    "diary",
    "pm_turn",
    "handover",
    "po_turn",
    "sprint",
    "sprint_end",
    "consequences",
    "review",
    "gate",
]
"""What comes one after the other in a round, and at the end of a phase."""

INTERVIEW: Final = "interview"
"""Before the first round: how the player comes to the job."""

SUCCESSION: Final = "succession"
"""Before the first decision in a run that was somebody else's: how its desk is taken over."""

OFFERS: Final = "offers"
"""After the last gate: where the player goes from here."""

STEPS: Final[tuple[Step, ...]] = get_args(Step)
ENDED: Final = "ended"


def state(phase: PhaseId, step: Step) -> str:
    """The name of the state that a run is in at this step of this phase."""
    return f"{phase}_{step}"


PHASE_OF: Final[dict[str, PhaseId]] = {state(p, s): p for p in PHASES for s in STEPS}
"""The phase that each state lies in; the ways in, the offers and the end lie in none."""

STEP_OF: Final[dict[str, str]] = {state(p, s): s for p in PHASES for s in STEPS}
"""The step that each state within a phase is; the others are steps of their own."""

STATES: Final[tuple[str, ...]] = (INTERVIEW, SUCCESSION, *PHASE_OF, OFFERS, ENDED)
START: Final = INTERVIEW
STARTS: Final = (INTERVIEW, SUCCESSION)
"""Where a run can begin: one of the player's own, or one that is taken over."""
