"""The deck: which scene comes where a round asks for one to be drawn.

Each scene runs a race of its own against the others of the deck (see `chance.finishing_time`);
the first past the post that is eligible is drawn.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final

from scenes.schema import Scene
from scenes.vocabulary import Hat
from state_machine.artifacts import offered
from state_machine.chance import finishing_time
from state_machine.draft import Draft

_FEWEST_LAID_OUT: Final = 2


def draw_scene(draft: Draft, hat: Hat) -> str | None:
    """The scene that the deck of this phase and hat brings now, if any is eligible."""
    phase = draft.phase
    return _winner(
        draft,
        (
            scene
            for scene in draft.pack.deck
            if scene.invitation is None
            and scene.day is None
            and scene.phase == phase
            and scene.hat == hat
        ),
    )


def draw_question(draft: Draft, day: int) -> str | None:
    """The scene from the deck that comes on the morning of this day of a sprint, if any may."""
    phase = draft.phase
    return _winner(
        draft,
        (scene for scene in draft.pack.deck if scene.day == day and scene.phase == phase),
    )


def draw_invitation(draft: Draft, besides: Container[str]) -> str | None:
    """The invitation that comes into the diary now, beside those that are in it."""
    phase = draft.phase
    return _winner(
        draft,
        (
            scene
            for scene in draft.pack.deck
            if scene.invitation is not None and scene.phase == phase and scene.id not in besides
        ),
    )


def is_fresh(draft: Draft, scene: Scene) -> bool:
    """Whether a scene may still come: not played, not missed, its conditions and claims hold.

    One that lays out items needs a few of them to lay out.
    """
    return (
        scene.id not in draft.chosen
        and scene.id not in draft.missed
        and draft.all_hold(scene.when, scene.any)
        and (scene.offers is None or len(offered(draft, scene)) >= _FEWEST_LAID_OUT)
        and claims_hold(draft, scene)
    )


def claims_hold(draft: Draft, scene: Scene) -> bool:
    """Whether all that a scene's text asserts about the past is so."""
    return draft.all_hold(scene.asserts)


def _winner(draft: Draft, scenes: Iterable[Scene]) -> str | None:
    runners = [
        (finishing_time(scene.weight, draft.seed, "deck", scene.id), scene.id)
        for scene in scenes
        if is_fresh(draft, scene)
    ]
    return min(runners)[1] if runners else None
