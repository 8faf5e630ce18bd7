"""Phases, rounds and gates: every scene can come, and every diary is a clash."""

from __future__ import annotations

from collections.abc import Iterator, Set

from scenes.checks.common import declared, known_name, problem
from scenes.diagnostics import KeyPath
from scenes.joined import Joined, Placed, Problem
from scenes.schema import Phase, Round, Scene
from scenes.vocabulary import DRAWN, HATS, LAST_PHASES, PHASES, Hat


def all_phases(joined: Joined) -> Iterator[Problem]:
    """All six phases are there."""
    found = declared(joined, "phase")
    for phase in PHASES:
        if phase not in found:
            yield Problem("phases.toml", (), "missing-table", f"the phase `{phase}` is missing")


def rounds_and_diaries(joined: Joined) -> Iterator[Problem]:
    """The scenes that rounds list exist and belong there, and diaries clash."""
    scenes = {scene.id: scene for _, scene in joined.records("scene")}
    known = declared(joined, "scene")
    for placed, phase in joined.records("phase"):
        for key in ("round", "again", "express"):
            for number, a_round in enumerate(getattr(phase, key)):
                path = (key, number)
                yield from _listed(placed, path, (phase, a_round), scenes, known)
                yield from _clash(placed, path, a_round, scenes)


def _listed(
    placed: Placed,
    path: KeyPath,
    where: tuple[Phase, Round],
    scenes: dict[str, Scene],
    known: Set[str],
) -> Iterator[Problem]:
    """The scenes that a round lists exist and belong there."""
    phase, a_round = where
    lists: list[tuple[str, tuple[str, ...]]] = [
        ("diary", a_round.diary),
        ("pm", a_round.pm),
        ("po", a_round.po),
        ("handover", (a_round.handover,) if a_round.handover else ()),
        ("during", a_round.during),
        ("close", a_round.close),
    ]
    for key, names in lists:
        for number, name in enumerate(names):
            at = (*path, key) if key == "handover" else (*path, key, number)
            if name == DRAWN:
                continue
            yield from known_name(placed, at, "scene", name, known)
            if name in scenes:
                why = _misplaced(scenes[name], phase, key)
                if why:
                    yield problem(placed, at, "misplaced", why)


def _misplaced(scene: Scene, phase: Phase, key: str) -> str:
    """Why a scene cannot stand in this list of a round; empty if it can."""
    if scene.phase != phase.id:
        return f"the scene `{scene.id}` is of the phase `{scene.phase}`"
    hat = {"handover": "pm", "during": "po", "close": "po"}.get(key, key)
    if hat in HATS and scene.hat != hat:
        return f"the scene `{scene.id}` is the {scene.hat}'s"
    if (key == "during") != (scene.day is not None):
        why = "needs a `day`" if key == "during" else "belongs in `during`"
        return f"the scene `{scene.id}` {why}"
    if key == "diary" and scene.invitation is None:
        return f"the scene `{scene.id}` has no invitation"
    if key != "diary" and scene.invitation is not None:
        return f"the scene `{scene.id}` comes by invitation; it belongs in `diary`"
    return ""


def _clash(
    placed: Placed, path: KeyPath, a_round: Round, scenes: dict[str, Scene]
) -> Iterator[Problem]:
    """A diary asks for more than there is, and from both hats."""
    if not a_round.diary:
        return
    cost, hats, drawn = 0, set[Hat](), DRAWN in a_round.diary
    for name in a_round.diary:
        scene = scenes.get(name)
        if scene is None or scene.invitation is None:
            cost += 1
            drawn = True
            continue
        cost += scene.invitation.half_days
        hats.add(scene.hat)
        if scene.invitation.half_days > a_round.half_days:
            message = f"`{name}` takes more half-days than the round has"
            yield problem(placed, (*path, "diary"), "no-clash", message)
    if cost <= a_round.half_days:
        message = (
            f"the diary asks for {cost} of {a_round.half_days} half-days; nothing has to be missed"
        )
        yield problem(placed, (*path, "diary"), "no-clash", message)
    if len(hats) < len(HATS) and not drawn:
        yield problem(placed, (*path, "diary"), "no-clash", "all invitations are of one hat")


def gates(joined: Joined) -> Iterator[Problem]:
    """Gates lead on, back or out where they may."""
    phases = {phase.id: phase for _, phase in joined.records("phase")}
    for placed, phase in joined.records("phase"):
        gate, back = phase.gate, phase.gate.send_back
        if gate.rescue is None and phase.id != PHASES[-1]:
            message = "a gate that may fail needs a `rescue`"
            yield problem(placed, ("gate",), "missing-key", message)
        if gate.end is not None and phase.id not in LAST_PHASES:
            message = f"only {' and '.join(LAST_PHASES)} can end a run"
            yield problem(placed, ("gate", "end"), "misplaced", message)
        if back is None:
            continue
        if PHASES.index(back.to) > PHASES.index(phase.id):
            message = f"`{back.to}` comes after `{phase.id}`"
            yield problem(placed, ("gate", "send-back", "to"), "misplaced", message)
        elif back.to in phases and not phases[back.to].again:
            message = f"the phase `{back.to}` has no [[phase.again]] to go back to"
            yield problem(placed, ("gate", "send-back", "to"), "misplaced", message)


def named_in_rounds(joined: Joined) -> set[str]:
    """The scenes that rounds name, and `*` where one draws."""
    return {
        name
        for _, phase in joined.records("phase")
        for a_round in phase.every_round
        for name in a_round.named
    }


def ways_in(joined: Joined) -> Iterator[Problem]:
    """Every scene can come somehow."""
    named = named_in_rounds(joined)
    for placed in joined.singles["career"]:
        if placed.record is None:
            return
        named |= set(placed.record.scenes)
    lists = ("diary", *HATS, "during")
    drawn = {
        (phase.id, key)
        for _, phase in joined.records("phase")
        for a_round in phase.every_round
        for key in lists
        if DRAWN in getattr(a_round, key)
    }
    if any(placed.record is None for placed in joined.tables["phase"]):
        return
    for placed, scene in joined.records("scene"):
        way = "diary" if scene.invitation else "during" if scene.day else scene.hat
        if scene.id not in named and scene.crisis is None and (scene.phase, way) not in drawn:
            message = f"no round of `{scene.phase}` names this scene or draws from its deck"
            yield problem(placed, ("id",), "unreachable", message)
