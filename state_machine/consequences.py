"""The end of a round: what was missed, what comes due, money, and promises that ran out."""

from __future__ import annotations

from scenes.decisions import Later
from scenes.vocabulary import LAST_PHASES, METRICS, PHASES
from state_machine import gauges, market, promises
from state_machine.chance import finishing_time
from state_machine.draft import Draft
from state_machine.events import (
    BailedOut,
    CameDue,
    Cause,
    CrisisLooms,
    FortnightPassed,
    HappenedWithout,
    PredictionSettled,
)
from state_machine.lifecycle import no_rounds_left
from state_machine.run import UNTOLD, Mark, Pending
from state_machine.texts import laters


def end_round(draft: Draft) -> None:
    """Bring about all that the end of a round brings, in its fixed order."""
    _what_was_missed(draft)
    _what_comes_due(draft)
    if no_rounds_left(draft):
        promises.run_out(draft)
    _fortnight(draft)
    _predictions(draft)
    _bail_out(draft)
    _looming_crises(draft)
    draft.marks.append(Mark(draft.phase, draft.rounds, metrics(draft)))


def metrics(draft: Draft) -> tuple[int, ...]:
    """The eight metrics now, in the vocabulary's order."""
    return tuple(draft.numbers[metric] for metric in METRICS)


def _what_was_missed(draft: Draft) -> None:
    for name in draft.declined:
        _happen_without(draft, name)


def _happen_without(draft: Draft, name: str) -> None:
    """A declined invitation takes its course."""
    invitation = draft.scene_record(name).invitation
    assert invitation is not None
    draft.bring_about(
        invitation.missed.effects,
        Cause("missed", name),
        lambda entries: HappenedWithout(scene=name, attended=draft.accepted, entries=entries),
    )


def _what_comes_due(draft: Draft) -> None:
    """What was to come due by now either happens, or its conditions fail and it never does."""
    due = [pending for pending in draft.pending if _is_due(draft, pending)]
    draft.pending = [pending for pending in draft.pending if pending not in due]
    overlooked = _stepped_over(draft, due)
    for pending in due:
        later = _later(draft, pending)
        if pending not in overlooked and _holds(draft, later):
            _come_due(draft, pending, later)


def _is_due(draft: Draft, pending: Pending) -> bool:
    phase = _later(draft, pending).phase
    too_early = phase is not None and PHASES.index(draft.phase) < PHASES.index(phase)
    return draft.rounds >= pending.due and not too_early


def _stepped_over(draft: Draft, due: list[Pending]) -> list[Pending]:
    """Of the lines that somebody was not told, those that nobody misses after all, by luck."""
    missing = [p for p in due if p.source == UNTOLD and _holds(draft, _later(draft, p))]
    missing.sort(key=lambda p: finishing_time(1, draft.seed, "untold", p.choice, p.index))
    return missing[draft.rules.missed_lines :]


def _holds(draft: Draft, later: Later) -> bool:
    return draft.all_hold(later.when, later.any)


def _later(draft: Draft, pending: Pending) -> Later:
    """The pack's record of what is pending."""
    return laters(draft.pack.choice(pending.choice), pending.source)[pending.index]


def _come_due(draft: Draft, pending: Pending, later: Later) -> None:
    draft.bring_about(
        later.effects,
        Cause("later", pending.choice),
        lambda entries: CameDue(
            choice=pending.choice, index=pending.index, source=pending.source, entries=entries
        ),
    )


def _predictions(draft: Draft) -> None:
    for bet in draft.bets:
        if bet.due > draft.rounds:
            continue
        choice = draft.pack.choice(f"{bet.scene}/{bet.choice}")
        right = draft.all_hold(choice.holds)
        draft.predictions[bet.scene] = right
        draft.events.append(PredictionSettled(scene=bet.scene, choice=bet.choice, right=right))
    draft.bets = [bet for bet in draft.bets if bet.due > draft.rounds]


def _fortnight(draft: Draft) -> None:
    """The market moves, money is spent and earned, and the metrics follow what there is."""
    share, of = draft.rules.revenue_share
    with draft.recording() as entries:
        market.move(draft)
        draft.change("runway", -draft.pack.start.burn, Cause("rule", "burn"))
        earned = draft.numbers["revenue"] * share // of
        draft.change("runway", earned, Cause("rule", "revenue"))
        gauges.move(draft)
    draft.events.append(FortnightPassed(entries=tuple(entries)))


def _bail_out(draft: Draft) -> None:
    """Before the last two phases, an account that cannot pay another fortnight is filled, once."""
    can_pay = draft.numbers["runway"] >= draft.pack.start.burn
    if can_pay or draft.bailed_out or draft.phase in LAST_PHASES:
        return
    draft.bailed_out = True
    draft.bring_about(
        draft.pack.bailout.effects,
        Cause("bailout", draft.phase),
        lambda entries: BailedOut(entries=entries),
    )


def _looming_crises(draft: Draft) -> None:
    for metric, scene in draft.pack.crisis_scenes.items():
        fresh = scene.id not in draft.chosen and scene.id not in draft.crises
        if draft.numbers[metric] <= draft.rules.crisis_at and fresh:
            draft.crises.append(scene.id)
            draft.events.append(CrisisLooms(scene=scene.id))
