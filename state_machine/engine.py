"""The one entry to the rules: a run and a decision in, the new run and what happened out.

Pure: no clock, no I/O, no hidden state. The same run and decision give the same outcome on
every machine. An illegal decision raises `IllegalDecision` and changes nothing.
"""

from __future__ import annotations

from scenes.schema import Pack
from scenes.vocabulary import METRICS, Edition
from state_machine import gates
from state_machine.career import review_scene
from state_machine.chance import below
from state_machine.consequences import end_round
from state_machine.decisions.records import Decision, IllegalDecision, Pick
from state_machine.diary import open_diary, reopen_diary, settle_diary
from state_machine.draft import Draft
from state_machine.events import Outcome, PhaseOpened, TakenOver
from state_machine.lifecycle import Stepper, Transition, successor
from state_machine.rules import Rules, default_rules
from state_machine.run import Past, Run
from state_machine.states import ENDED, PHASE_OF, START, STEP_OF
from state_machine.succession import taken_over
from state_machine.team import go_on, open_sprint
from state_machine.turns import (
    change_hats,
    close_sprint,
    open_handover,
    open_scene,
    open_turn,
    play,
)


def begin(
    pack: Pack,
    seed: int,
    player: str = "Sam",
    rules: Rules | None = None,
    step: Stepper = successor,
    *,
    edition: Edition = "full",
    past: Past | None = None,
) -> Outcome:
    """A new run of a pack, brought to its first decision. The seed chooses the hidden world.

    `past` is the job that the player had before.
    """
    worlds = sorted(pack.worlds)
    in_force = rules or default_rules()
    run = Run(
        pack=pack.info.id,
        seed=seed,
        player=player,
        world=worlds[below(len(worlds), seed, "world")],
        state=START,
        numbers=numbers_at_first(pack, in_force),
        edition=edition if pack.has_express else "full",
        title=pack.career.title if pack.career else "",
        past=past,
    )
    draft = Draft(pack, run, in_force)
    _enter(draft)
    _settle(draft, step)
    return Outcome(draft.freeze(), tuple(draft.events))


def numbers_at_first(pack: Pack, rules: Rules) -> dict[str, int]:
    """All numbers of a run of a pack, as they stand when it begins."""
    numbers: dict[str, int] = {metric: pack.start.metrics[metric] for metric in METRICS}
    numbers |= {
        "runway": pack.start.runway,
        "revenue": pack.start.revenue,
        "half-days": 0,
        "debt": 0,
    }
    for segment in pack.segments.values():
        numbers[f"users {segment.id}"] = segment.users
        numbers[f"price {segment.id}"] = segment.price
        numbers[f"satisfaction {segment.id}"] = rules.market.at_first
    numbers |= {f"trust {person.id}": person.trust for person in pack.persons.values()}
    return numbers | {f"evidence {question}": 0 for question in pack.evidence}


def advance(
    pack: Pack,
    run: Run,
    decision: Decision,
    rules: Rules | None = None,
    step: Stepper = successor,
) -> Outcome:
    """Bring about what a decision does, up to the next decision or the ending.

    `step` walks the lifecycle: `successor` by look-up, a `lifecycle.Walker` with a machine.
    Raises `IllegalDecision` if the run is over or does not allow the decision.
    """
    if run.over:
        raise IllegalDecision("this run has reached its ending")
    draft = Draft(pack, run, rules or default_rules())
    if draft.diary:
        if not isinstance(decision, Pick):
            raise IllegalDecision("the diary asks for `pick`")
        settle_diary(draft, decision)
    else:
        play(draft, decision)
        if draft.state.endswith("_sprint"):
            go_on(draft)
    _settle(draft, step)
    return Outcome(draft.freeze(), tuple(draft.events))


def succeed(
    pack: Pack,
    run: Run,
    player: str,
    rules: Rules | None = None,
    step: Stepper = successor,
    *,
    past: Past | None = None,
) -> Outcome:
    """Somebody else's run as it stands at an open diary, as the beginning of the player's own.

    All of its world stays; what was decided so far is the predecessor's. `past` is the job that
    the player had before. Raises `ValueError`, in words, if nobody can take the run over now.
    """
    draft = Draft(pack, taken_over(run, player, past), rules or default_rules())
    draft.events.append(TakenOver())
    _enter(draft)
    _settle(draft, step)
    return Outcome(draft.freeze(), tuple(draft.events))


def _settle(draft: Draft, step: Stepper) -> None:
    """Walk the lifecycle until a decision is waited for or the run is over."""
    while draft.state != ENDED:
        arrow = step(draft)
        if arrow is None:
            return
        _leave(draft, arrow)
        draft.state = arrow.dest
        if arrow.trigger == "taken_over":
            _go_on(draft)
        elif draft.state != ENDED:
            if arrow.trigger in ("hired", "gate_passes", "sent_back", "rescued"):
                gates.open_phase(draft)
            _enter(draft)


def _go_on(draft: Draft) -> None:
    """Tell the phase in which the run stood when it was taken over, and open its diary again."""
    draft.events.append(PhaseOpened(phase=draft.phase))
    reopen_diary(draft)


def _leave(draft: Draft, arrow: Transition) -> None:
    """What an arrow of the lifecycle brings about on the way."""
    match arrow.trigger:
        case "po_hat_goes_on":
            change_hats(draft)
        case "gate_passes":
            gates.pass_gate(draft, PHASE_OF[arrow.dest])
        case "sent_back":
            gates.send_back(draft, PHASE_OF[arrow.dest])
        case "rescued":
            gates.rescue(draft, PHASE_OF[arrow.dest])
        case "run_ends":
            gates.close_last(draft)
        case "offer_taken":
            gates.end_run(draft)


def _enter(draft: Draft) -> None:
    """What begins when a state is entered."""
    career = draft.pack.career
    match STEP_OF.get(draft.state, draft.state):
        case "interview":
            open_scene(draft, career.interview if career else None)
        case "succession":
            open_scene(draft, career.succession if career else None)
        case "offers":
            draft.held = draft.title
            open_scene(draft, career.offers if career else None)
        case "diary":
            draft.round += 1
            draft.rounds += 1
            open_diary(draft)
        case "pm_turn":
            open_turn(draft, "pm")
        case "handover":
            open_handover(draft)
        case "po_turn":
            open_turn(draft, "po")
        case "sprint":
            open_sprint(draft)
        case "sprint_end":
            close_sprint(draft)
        case "consequences":
            end_round(draft)
        case "review":
            gates.review_phase(draft)
            open_scene(draft, review_scene(draft))
