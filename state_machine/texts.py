"""Texts of a pack as one run reads them: placeholders filled, and the past coming up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from scenes.decisions import Choice, Later
from scenes.schema import Memory, Pack, Scene
from scenes.vocabulary import PhaseId
from state_machine.crossings import BOSS
from state_machine.draft import Draft
from state_machine.promises import recipient
from state_machine.run import UNTOLD, Run

_PLACE: Final = re.compile(r"\{([^{}]*)\}")


def fill(text: str, draft: Draft, where: str = "") -> str:
    """A text with its placeholders filled; what is not there in this run is filled with nothing.

    They stand in `docs/story-format.md`. `where` is said for `{where}`.
    """

    def word(match: re.Match[str]) -> str:
        name, _, argument = match[1].partition(" ")
        match name:
            case "name":
                return draft.player
            case "where":
                return where
            case "letter":
                return draft.letters.get(argument, "")
            case "predecessor":
                return draft.succession.predecessor if draft.succession else ""
            case "promise":
                return draft.pack.promises[argument].words
            case "title":
                title = draft.pack.titles.get(draft.title)
                return title.name if title else ""
            case "chose":
                return chosen_in(draft.pack, draft, argument)
            case "card":
                card = draft.artifacts.get("vision-card")
                ref = card.slots.get(argument) if card else None
                return draft.pack.choice(ref).say if ref else ""
            case "goal":
                goal = draft.sprints[-1].goal if draft.sprints else ""
                return draft.pack.items[goal].title if goal else ""
            case "past":
                return str(getattr(draft.past, argument)) if draft.past else ""
        return match[0]

    return _PLACE.sub(word, text) if "{" in text else text


def with_memory(
    draft: Draft, text: str, memory: tuple[Memory, ...], most: int | None = None
) -> str:
    """A text with the paragraphs of the past that hold now, `most` of them, before and after it."""
    recalled = [m for m in memory if draft.all_hold(m.when, m.any)][:most]
    parts = (
        *(m.text for m in recalled if m.at == "start"),
        text,
        *(m.text for m in recalled if m.at == "end"),
    )
    return "\n\n".join(fill(part.strip(), draft) for part in parts)


def choice_of(pack: Pack, ref: str) -> tuple[Scene, Choice]:
    """The scene and the choice that `scene/choice` names; an item laid out there is a choice."""
    return pack.scenes[ref.partition("/")[0]], pack.choice(ref)


def laters(choice: Choice, source: str) -> Sequence[Later]:
    """What a choice can bring about later, from this source of a `Pending`."""
    if source == UNTOLD:
        return choice.untold
    follows = choice.into.get(source) if source else choice
    return follows.later if follows else ()


def promise_in(pack: Pack, run: Run, promise: str) -> tuple[str, str]:
    """To whom a promise was given (a person's id), and its words.

    What stands under a date on the roadmap is a promise as well: the item, by that phase.
    """
    to = recipient(pack, run.promises, promise)
    if promise in pack.promises:
        return to, pack.promises[promise].words
    given = run.promises[promise]
    return to, f"{pack.items[given.item].title}: by {pack.phases[given.due].title}"


def moment_of(pack: Pack, ref: str) -> tuple[str, str]:
    """Where something came from, and what was said there: a choice, a scene or a phase's gate."""
    if "/" in ref:
        scene, choice = choice_of(pack, ref)
        return scene.title, choice.say
    if ref in pack.scenes:
        return pack.scenes[ref].title, ""
    return next(phase.gate.title for phase in pack.phases.values() if phase.id == ref), ""


def subject_of(pack: Pack, key: str) -> str:
    """Whom or what a number is about, where its key names somebody or some question."""
    kind, _, argument = key.partition(" ")
    match kind:
        case "trust":
            return pack.persons[argument].name
        case "evidence":
            return pack.evidence[argument].title
        case "users" | "satisfaction" | "price":
            return pack.segments[argument].title
    return ""


def whose(pack: Pack, run: Run | Draft, bucket: str) -> str:
    """A bucket of the charter, as it is called there: `the team's`; of the boss `Hanna's`."""
    if bucket == BOSS and pack.career:
        return f"{pack.persons[pack.career.boss].name.split()[0]}'s"
    sort = pack.scenes[run.artifacts["charter"].scene].sort
    return next((b.title for b in sort.bucket if b.id == bucket), bucket) if sort else bucket


def shown_metrics(pack: Pack, entered: Iterable[PhaseId]) -> frozenset[str]:
    """The metrics that the phases entered so far have brought in."""
    return frozenset(metric for phase in entered for metric in pack.phases[phase].shows)


def chosen_in(pack: Pack, run: Run | Draft, scene: str) -> str:
    """What was chosen in a scene, or written there; empty if it was not played."""
    record = pack.scenes[scene]
    if scene not in run.chosen:
        return ""
    if record.write:
        return f"“{run.letters[record.write.letter]}”"
    taken = run.chosen[scene]
    says = {name: pack.choice(f"{scene}/{name}").say for name in _named(run, record)}
    if record.sort:
        buckets = [(bucket, _sorted_into(run, record, bucket.id)) for bucket in record.sort.bucket]
        return "; ".join(
            f"{bucket.title}: {', '.join(says[choice] for choice in choices)}"
            for bucket, choices in buckets
            if choices
        )
    if record.allocate:
        return "; ".join(f"{says[c]}: {run.points.get(f'{scene}/{c}', 0)}" for c in taken)
    kept = taken[: record.rank.keep] if record.rank else taken
    return "; ".join(says[choice] for choice in kept) or "nothing"


def _sorted_into(run: Run | Draft, scene: Scene, bucket: str) -> tuple[str, ...]:
    """The choices of a scene that were sorted into a bucket."""
    return tuple(c for c in _named(run, scene) if run.placed.get(f"{scene.id}/{c}") == bucket)


def _named(run: Run | Draft, scene: Scene) -> tuple[str, ...]:
    """The choices of a scene that a decision named in some way."""
    inside = f"{scene.id}/"
    sorted_here = (ref.removeprefix(inside) for ref in run.placed if ref.startswith(inside))
    return tuple(dict.fromkeys((*run.chosen.get(scene.id, ()), *sorted_here)))
