"""A turn: the scenes that a hat plays, one after the other, and what a decision in one does."""

from __future__ import annotations

from scenes.decisions import Choice, Later
from scenes.schema import Scene
from scenes.vocabulary import DRAWN, Hat, Metric
from state_machine import crossings
from state_machine.artifacts import keep
from state_machine.chance import weighted
from state_machine.decisions import allocate, choose, compose, pick, rank, sort, write
from state_machine.decisions.menu import Settled
from state_machine.decisions.records import (
    Allocate,
    Choose,
    Compose,
    Decision,
    IllegalDecision,
    Pick,
    Predict,
    Rank,
    Sort,
    Write,
)
from state_machine.deck import draw_question, draw_scene, is_fresh
from state_machine.draft import Draft
from state_machine.events import Answered, Cause, CrisisFaced, Decided, HandedOver, Wrote
from state_machine.run import UNTOLD, Bet, Pending, Played


def open_turn(draft: Draft, hat: Hat) -> None:
    """Lay out a hat's turn: crises first, then the diary's scenes, then the round's own."""
    looming = [s for s in draft.crises if draft.scene_record(s).hat == hat]
    draft.crises = [s for s in draft.crises if s not in looming]
    invited = [s for s in draft.accepted if draft.scene_record(s).hat == hat]
    own = draft.round_record.pm if hat == "pm" else draft.round_record.po
    draft.agenda = [*looming, *invited, *own]
    next_scene(draft)


def open_handover(draft: Draft) -> None:
    """Lay out the round's handover scene, if it has one: the last that the PM decides."""
    open_scene(draft, draft.round_record.handover)


def open_scene(draft: Draft, scene: str | None) -> None:
    """Lay out one scene that comes between the rounds, if there is one."""
    draft.agenda = [scene] if scene else []
    next_scene(draft)


def close_sprint(draft: Draft) -> None:
    """Lay out the end of the sprint: its review, its retrospective, whatever the round names."""
    draft.agenda = list(draft.round_record.close)
    next_scene(draft)


def question_for(draft: Draft, day: int) -> str:
    """The scene that comes on the morning of a day of the running sprint; empty if none does."""
    sprint = draft.sprint
    if sprint is None or not sprint.played:
        return ""
    for name in draft.round_record.during:
        scene = draw_question(draft, day) if name == DRAWN else name
        if (
            scene
            and scene not in sprint.asked
            and draft.scene_record(scene).day == day
            and is_fresh(draft, draft.scene_record(scene))
        ):
            return scene
    return ""


def change_hats(draft: Draft) -> None:
    """The PM's hat comes off and the PO's goes on, where there is something to do in it."""
    waiting = (*draft.accepted, *draft.crises)
    if draft.round_record.po or any(draft.scene_record(s).hat == "po" for s in waiting):
        draft.events.append(HandedOver(taken_off="pm", put_on="po"))


def next_scene(draft: Draft) -> None:
    """Bring up the next scene of the turn that may come; what may not is passed over."""
    draft.scene = ""
    hat: Hat = "pm" if draft.state.endswith("pm_turn") else "po"
    while draft.agenda and not draft.scene:
        name: str | None = draft.agenda.pop(0)
        if name == DRAWN:
            name = draw_scene(draft, hat)
        if name and (name in draft.accepted or is_fresh(draft, draft.scene_record(name))):
            draft.scene = name


def play(draft: Draft, decision: Decision) -> None:
    """Bring about what a decision does in the waiting scene. Raises `IllegalDecision`."""
    scene = draft.scene_record(draft.scene)
    settled = _settle(draft, scene, decision)
    draft.chosen[scene.id] = tuple(s.choice.id for s in settled if s.taken or scene.rank)
    draft.played.append(Played(scene.id, scene.hat, draft.phase, draft.rounds))
    if scene.write:
        draft.events.append(Wrote(scene=scene.id, letter=scene.write.letter))
    if scene.then:
        draft.events.append(Answered(scene=scene.id))
    if scene.crisis:
        _face_crisis(draft, scene.crisis)
    keep(draft, scene, _in_order(settled, decision))
    for each in settled:
        if each.bucket:
            _put_into(draft, scene, each)
        elif each.taken:
            _bring_about(draft, scene, each)
        else:
            _leave_out(draft, scene, each.choice)
    next_scene(draft)


def _face_crisis(draft: Draft, metric: Metric) -> None:
    """Facing a crisis lifts what had collapsed, whichever way it is faced."""
    with draft.recording() as entries:
        draft.change(metric, draft.rules.crisis_relief, Cause("rule", "crisis"))
    draft.events.append(CrisisFaced(entries=tuple(entries)))


def _in_order(settled: list[Settled], decision: Decision) -> list[Settled]:
    """What was settled, in the order in which a pick names it."""
    if not isinstance(decision, Pick):
        return settled
    order = {name: place for place, name in enumerate(decision.choices)}
    return sorted(settled, key=lambda each: order.get(each.choice.id, len(order)))


def _settle(draft: Draft, scene: Scene, decision: Decision) -> list[Settled]:
    match scene.kind, decision:
        case "choose", Choose():
            return choose.settle(draft, scene, decision)
        case "predict", Predict():
            return choose.settle(draft, scene, decision)
        case "pick", Pick():
            return pick.settle(draft, scene, decision)
        case "rank", Rank():
            return rank.settle(draft, scene, decision)
        case "sort", Sort():
            return sort.settle(draft, scene, decision)
        case "allocate", Allocate():
            return allocate.settle(draft, scene, decision)
        case "compose", Compose():
            return compose.settle(draft, scene, decision)
        case "write", Write():
            return write.settle(draft, scene, decision)
    asked = scene.kind
    raise IllegalDecision(f"“{scene.title}” asks for `{asked}`")


def _bring_about(draft: Draft, scene: Scene, settled: Settled) -> None:
    choice, points = settled.choice, settled.points
    ref = f"{scene.id}/{choice.id}"
    at = len(draft.events)
    index: int | None = None
    with draft.recording() as entries:
        draft.apply(choice.effects, Cause("choice", ref))
        if points:
            draft.points[ref] = points
            reached = allocate.highest_reached(choice, points)
            draft.apply(reached.effects if reached else (), Cause("choice", ref))
        if choice.branch:
            index, cause = _draw_branch(draft, choice, ref)
            if index is not None:
                draft.apply(choice.branch[index].effects, cause)
    if scene.predict:
        draft.bets.append(Bet(scene.id, choice.id, draft.rounds + scene.predict.after))
    _pend(draft, ref, choice.later)
    decided = Decided(
        scene=scene.id, choice=choice.id, branch=index, points=points, entries=tuple(entries)
    )
    draft.events.insert(at, decided)
    crossings.judge(draft, scene, choice)


def _put_into(draft: Draft, scene: Scene, settled: Settled) -> None:
    choice, bucket = settled.choice, settled.bucket
    ref = f"{scene.id}/{choice.id}"
    draft.placed[ref] = bucket
    follows = choice.into.get(bucket)
    draft.bring_about(
        follows.effects if follows else (),
        Cause("choice", ref),
        lambda entries: Decided(scene=scene.id, choice=choice.id, bucket=bucket, entries=entries),
    )
    if follows:
        _pend(draft, ref, follows.later, bucket)
    if choice.untold and scene.sort:
        told = next(b.reader for b in scene.sort.bucket if b.id == bucket)
        for number, untold in enumerate(choice.untold):
            if untold.reader != told:
                draft.pending.append(Pending(ref, number, draft.rounds + untold.after, UNTOLD))


def _pend(draft: Draft, ref: str, laters: tuple[Later, ...], source: str = "") -> None:
    """Note what a choice brings about in later rounds."""
    draft.pending += [
        Pending(ref, number, draft.rounds + later.after, source)
        for number, later in enumerate(laters)
    ]


def _draw_branch(draft: Draft, choice: Choice, ref: str) -> tuple[int | None, Cause]:
    """The branch that comes, and the cause that its effects have; None if none may come."""
    open_branches = [
        (number, branch)
        for number, branch in enumerate(choice.branch)
        if draft.all_hold(branch.when, branch.any)
    ]
    if len(open_branches) < 2:  # nothing to draw between
        return (open_branches[0][0] if open_branches else None), Cause("choice", ref)
    weights = [branch.weight for _, branch in open_branches]
    drawn = weighted(weights, draft.seed, "branch", ref)
    number, branch = open_branches[drawn]
    return number, Cause("draw", ref, branch.weight, sum(weights))


def _leave_out(draft: Draft, scene: Scene, choice: Choice) -> None:
    if choice.left_out is None:
        return
    draft.bring_about(
        choice.left_out.effects,
        Cause("choice", f"{scene.id}/{choice.id}"),
        lambda entries: Decided(scene=scene.id, choice=choice.id, left_out=True, entries=entries),
    )
