"""The lifecycle of a run: one table of states and transitions, and two ways to walk it.

An interview opens a run, and offers end it; a run that somebody takes over opens with that, and
goes on where it stood. Between them lie six phases, in each the same steps:
the diary, the PM's turn, the handover, the PO's turn, the sprint and its end, consequences; then
the next round, or the phase's review and its gate. A gate passes, sends the product back to this
or an earlier phase, rescues it on harsher terms or ends the run.

`TRANSITIONS` is the definition. `machine` makes a `transitions.Machine` of it, whose diagram is
in the docs and which walks the run when people play; `successor` walks the same table by
look-up, for bots that play thousands of runs. Guards are pure functions of the draft, and of
the transitions out of a state at most one is ever open, so both walks agree.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import msgspec

from scenes.vocabulary import HERITABLE, LAST_PHASES, PHASES, PhaseId
from state_machine.draft import Draft
from state_machine.run import DAYS
from state_machine.states import (
    ENDED,
    INTERVIEW,
    OFFERS,
    START,
    STATES,
    STEPS,
    SUCCESSION,
    state,
)

if TYPE_CHECKING:
    from transitions import Machine

Guard = Callable[[Draft], bool]
Stepper = Callable[[Draft], "Transition | None"]


class Transition(msgspec.Struct, frozen=True):
    """One arrow of the lifecycle: from a state to another, under a guard, named by its trigger."""

    trigger: str
    source: str
    dest: str
    guard: Guard


def nothing_to_decide(draft: Draft) -> bool:
    """The diary is settled, and the last scene of this step is played."""
    return not draft.diary and not draft.scene and not draft.agenda


def sprint_is_over(draft: Draft) -> bool:
    """The tenth day is over and nobody has a question, or the round has no sprint."""
    return not draft.scene and (draft.sprint is None or draft.sprint.day == DAYS)


def rounds_left(draft: Draft) -> bool:
    """The phase has another round."""
    return draft.round < len(draft.rounds_of_phase)


def no_rounds_left(draft: Draft) -> bool:
    """The phase's last round is over."""
    return not rounds_left(draft)


def run_ends(draft: Draft) -> bool:
    """The last gate, or one of the last two phases whose gate says that it is over."""
    phase, end = draft.phase, draft.phase_record.gate.end
    if phase == PHASES[-1]:
        return True
    return phase in LAST_PHASES and end is not None and draft.all_hold(end.when, end.any)


def gate_passes(draft: Draft) -> bool:
    """All that the gate needs is there."""
    return not run_ends(draft) and draft.all_hold(draft.phase_record.gate.needed(draft.edition))


def goes_back(draft: Draft) -> bool:
    """The gate fails, wants to send the product back, and has not done so before.

    The express edition has no time for it.
    """
    back = draft.phase_record.gate.send_back
    return (
        not run_ends(draft)
        and not gate_passes(draft)
        and back is not None
        and draft.edition == "full"
        and draft.phase not in draft.sent_back
        and len(draft.sent_back) < draft.rules.send_backs
        and draft.all_hold(back.when, back.any)
    )


def goes_back_to(phase: PhaseId) -> Guard:
    """The guard of the arrow that leads back to one phase."""

    def guard(draft: Draft) -> bool:
        back = draft.phase_record.gate.send_back
        return back is not None and back.to == phase and goes_back(draft)

    guard.__name__ = f"goes_back_to_{phase}"
    guard.__doc__ = f"The gate sends the product back to {phase}."
    return guard


def rescue_comes(draft: Draft) -> bool:
    """The gate fails and does not send back: the product goes on, on harsher terms."""
    return not run_ends(draft) and not gate_passes(draft) and not goes_back(draft)


def goes_on_in(phase: PhaseId) -> Guard:
    """The guard of the arrow that leads to where a run stood that is taken over."""

    def guard(draft: Draft) -> bool:
        return draft.phase == phase and nothing_to_decide(draft)

    guard.__name__ = f"goes_on_in_{phase}"
    guard.__doc__ = f"The desk has been taken over, and its diary lies open in {phase}."
    return guard


def _arrows() -> list[Transition]:
    arrows = [
        Transition("hired", INTERVIEW, state(PHASES[0], STEPS[0]), nothing_to_decide),
        Transition("offer_taken", OFFERS, ENDED, nothing_to_decide),
        *(
            Transition("taken_over", SUCCESSION, state(phase, "diary"), goes_on_in(phase))
            for phase in HERITABLE
        ),
    ]
    for at, phase in enumerate(PHASES):
        diary, pm_turn, handover, po_turn, sprint, sprint_end, consequences, review, gate = (
            state(phase, step) for step in STEPS
        )
        arrows += [
            Transition("plan_is_made", diary, pm_turn, nothing_to_decide),
            Transition("pm_hat_comes_off", pm_turn, handover, nothing_to_decide),
            Transition("po_hat_goes_on", handover, po_turn, nothing_to_decide),
            Transition("sprint_starts", po_turn, sprint, nothing_to_decide),
            Transition("sprint_ends", sprint, sprint_end, sprint_is_over),
            Transition("fortnight_ends", sprint_end, consequences, nothing_to_decide),
            Transition("next_round", consequences, diary, rounds_left),
            Transition("phase_is_over", consequences, review, no_rounds_left),
            Transition("gate_opens", review, gate, nothing_to_decide),
            Transition("run_ends", gate, OFFERS, run_ends),
        ]
        if phase != PHASES[-1]:
            onward = state(PHASES[at + 1], "diary")
            arrows.append(Transition("gate_passes", gate, onward, gate_passes))
            arrows += [
                Transition("sent_back", gate, state(earlier, "diary"), goes_back_to(earlier))
                for earlier in PHASES[: at + 1]
            ]
            arrows.append(Transition("rescued", gate, onward, rescue_comes))
    return arrows


TRANSITIONS: Final[tuple[Transition, ...]] = tuple(_arrows())

_FROM: Final[dict[str, tuple[Transition, ...]]] = {
    name: tuple(arrow for arrow in TRANSITIONS if arrow.source == name) for name in STATES
}


def successor(draft: Draft) -> Transition | None:
    """The transition that is open now, found by look-up; None while a decision is waited for."""
    for arrow in _FROM[draft.state]:
        if arrow.guard(draft):
            return arrow
    return None


def machine() -> Machine:
    """The lifecycle as a `transitions.Machine`; its triggers take the draft that guards ask."""
    from transitions import Machine  # noqa: PLC0415  # bots never need it

    return Machine(
        model=None,
        states=list(STATES),
        initial=START,
        auto_transitions=False,
        transitions=[
            {
                "trigger": arrow.trigger,
                "source": arrow.source,
                "dest": arrow.dest,
                "conditions": arrow.guard,
            }
            for arrow in TRANSITIONS
        ],
    )


class Walker:
    """Walks the lifecycle with a `transitions.Machine`; called like `successor`."""

    state: str

    def __init__(self) -> None:
        """Attach to a machine of its own."""
        self._machine = machine()
        self._machine.add_model(self)

    def __call__(self, draft: Draft) -> Transition | None:
        """The transition that the machine takes from the draft's state; None if it stays."""
        self._machine.set_state(draft.state, model=self)
        for trigger in self._machine.get_triggers(draft.state):
            if self._machine.events[trigger].trigger(self, draft):
                return next(
                    arrow
                    for arrow in _FROM[draft.state]
                    if arrow.trigger == trigger and arrow.dest == self.state
                )
        return None
