"""Phases opening and gates closing: what each arrow of the lifecycle between phases does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from scenes.language import Effect
from scenes.vocabulary import METRICS, PhaseId
from state_machine.consequences import metrics
from state_machine.draft import Draft
from state_machine.events import Cause, Ended, GateHeld, PhaseOpened, Reviewed, Wanted


def wanted(draft: Draft) -> tuple[Wanted, ...]:
    """What this phase's gate wants of numbers; what else it asks for shows in the story."""
    needs = draft.phase_record.gate.needed(draft.edition)
    return tuple(
        Wanted(key=need.key, op=need.op, number=need.number, there=draft.holds(need))
        for need in needs
        if need.key and not need.negated
    )


def open_phase(draft: Draft) -> None:
    """Begin the phase that the draft has come to; `again` if it was entered before."""
    draft.again = draft.phase in draft.entered
    draft.entered.append(draft.phase)
    draft.round = 0
    draft.events.append(PhaseOpened(phase=draft.phase, again=draft.again))


def review_phase(draft: Draft) -> None:
    """Look back on the phase: the metrics as it began, and as they are."""
    rounds_here = len(draft.rounds_of_phase)
    earlier = draft.marks[:-rounds_here]
    at_first = tuple(draft.pack.start.metrics[metric] for metric in METRICS)
    start = earlier[-1].metrics if earlier else at_first
    draft.events.append(Reviewed(phase=draft.phase, before=start, after=metrics(draft)))


def pass_gate(draft: Draft, onward: PhaseId) -> None:
    """The gate passes."""
    draft.events.append(GateHeld(phase=draft.phase, result="passes", to=onward))


def send_back(draft: Draft, to: PhaseId) -> None:
    """The gate sends the product back."""
    back = draft.phase_record.gate.send_back
    assert back is not None
    _refuse(draft, "sent-back", to, back.effects)
    draft.sent_back.append(draft.phase)


def rescue(draft: Draft, onward: PhaseId) -> None:
    """The gate lets the product pass on harsher terms."""
    terms = draft.phase_record.gate.rescue
    assert terms is not None
    _refuse(draft, "rescued", onward, terms.effects)
    draft.rescued.append(draft.phase)


def _refuse(
    draft: Draft, result: Literal["sent-back", "rescued"], to: PhaseId, effects: Iterable[Effect]
) -> None:
    """Something is missing: say what, and what follows from it."""
    phase = draft.phase
    missing = tuple(each for each in wanted(draft) if not each.there)
    draft.bring_about(
        effects,
        Cause("gate", phase),
        lambda entries: GateHeld(
            phase=phase, result=result, to=to, missing=missing, entries=entries
        ),
    )


def close_last(draft: Draft) -> None:
    """The last gate of the run closes."""
    draft.events.append(GateHeld(phase=draft.phase, result="ends"))


def end_run(draft: Draft) -> None:
    """The run is over: the first ending whose conditions hold is the one."""
    endings = draft.pack.endings.values()
    draft.ending = next(e.id for e in endings if draft.all_hold(e.when, e.any))
    draft.events.append(Ended(ending=draft.ending))
