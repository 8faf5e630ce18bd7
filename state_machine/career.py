"""The player's career: which calls a title gives, what was practised, and what is left behind.

Competencies grow from practice alone: each scene that was played with a hat practises what its
concepts belong to. What a job leaves for the next one is a `Past`: the title, a reference, a
reputation, a broken promise, and the practice.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scenes.concepts import teaching
from scenes.schema import Pack, Person, Reputation, Title
from scenes.vocabulary import PHASES
from state_machine.rules import Rules, default_rules
from state_machine.run import Past, Played, Run, Value
from state_machine.succession import is_own_promise, own_scenes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from state_machine.draft import Draft


class Practised(Value, frozen=True, kw_only=True):
    """A competency as the player has it: how often it was practised, and its level from 0 to 5."""

    competency: str
    practised: int
    level: int


# ── whose call it is ────────────────────────────────────────────────────────────────────


def title_of(draft: Draft) -> Title | None:
    """What stands in the player's contract; None where the pack has no careers."""
    return draft.pack.titles.get(draft.title)


def kept_by_boss(draft: Draft) -> tuple[str, ...]:
    """The calls of the charter that the player's title does not give: they are the boss's."""
    title = title_of(draft)
    if title is None:
        return ()
    return tuple(call for call in draft.pack.calls if call not in title.calls)


def review_scene(draft: Draft) -> str | None:
    """The scene in which the boss reviews the phase that ends now, if there is one.

    A phase that is played again is reviewed once. The express edition has time for the first.
    """
    career, phase = draft.pack.career, draft.phase
    if career is None or draft.again:
        return None
    first = next((each for each in PHASES if each in career.reviews), None)
    if draft.edition == "express" and phase != first:
        return None
    return career.reviews.get(phase)


# ── what was practised ──────────────────────────────────────────────────────────────────


def practice(pack: Pack, played: Iterable[Played]) -> dict[str, int]:
    """How often each competency was practised in these scenes."""
    counts = Counter(name for each in played for name in pack.practises[each.scene])
    return {each.id: counts[each.id] for each in teaching().competency}


def practice_so_far(pack: Pack, run: Run | Draft) -> dict[str, int]:
    """How often each competency was practised, in this job and in all before."""
    before = run.past.practice if run.past else {}
    here = practice(pack, own_scenes(run))
    return {name: before.get(name, 0) + times for name, times in here.items()}


def level(practised: int, rules: Rules | None = None) -> int:
    """The level that so much practice makes, from 0."""
    return sum(practised >= least for least in (rules or default_rules()).career.levels)


def competencies(pack: Pack, run: Run) -> tuple[Practised, ...]:
    """The player's competencies, six a role, in the order in which they are taught."""
    return competencies_from(practice_so_far(pack, run))


def competencies_from(practised: Mapping[str, int]) -> tuple[Practised, ...]:
    """The competencies that so much practice makes, six a role, in the same order."""
    counts = {each.id: practised.get(each.id, 0) for each in teaching().competency}
    return tuple(
        Practised(competency=name, practised=count, level=level(count))
        for name, count in counts.items()
    )


def level_of(draft: Draft, competency: str) -> int:
    """The level of one competency now."""
    before = draft.past.practice.get(competency, 0) if draft.past else 0
    here = sum(competency in draft.pack.practises[played.scene] for played in own_scenes(draft))
    return level(before + here, draft.rules)


# ── what is left behind ─────────────────────────────────────────────────────────────────


def reputation(draft: Draft) -> Reputation | None:
    """What would be said of the player now: the first in the pack whose conditions hold."""
    found = draft.pack.reputations.values()
    return next((each for each in found if draft.all_hold(each.when, each.any)), None)


def referee(draft: Draft) -> Person | None:
    """Who writes the player a reference: of those who would, whoever trusts them most, and enough.

    Of two who trust alike the first in the cast writes it.
    """
    would = [person for person in draft.pack.persons.values() if person.reference]
    trust = {person.id: draft.numbers.get(f"trust {person.id}", 0) for person in would}
    least = draft.rules.career.trust_for_reference
    best = max(would, key=lambda person: trust[person.id], default=None)
    return best if best is not None and trust[best.id] >= least else None


def leave(draft: Draft) -> Past:
    """What this job leaves for the next one."""
    pack = draft.pack
    signed, held = title_of(draft), pack.titles.get(draft.held)
    said, writes = reputation(draft), referee(draft)
    broken = [
        pack.promises[name].words
        for name, given in draft.promises.items()
        if given.state == "broken" and name in pack.promises and is_own_promise(draft, name)
    ]
    return Past(
        company=pack.info.company,
        title=held.name if held else "",
        offer=signed.name if signed and signed is not held else "",
        reputation=said.name if said else "",
        gossip=said.text.strip() if said else "",
        reference=(writes.reference or "").strip() if writes else "",
        referee=f"{writes.name}, {writes.role}" if writes else "",
        promise=broken[-1] if broken else "",
        practice=practice_so_far(pack, draft),
    )
