"""Two reviews, one person: what the product manager says of the product owner, and the reverse.

Each is put together from what says most of this run: how it begins, what there is to thank
for, what to complain of, what to own up to, and one thing to ask for. What one hat has told,
the other does not tell again, and no two sentences begin alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from game import words
from game.blocks import Block, Heading, Notice, Page, Prose
from game.reports import said_by_pm, said_by_po
from game.reports.saying import Observe, Said
from scenes.vocabulary import Hat
from state_machine.chance import below
from state_machine.deeds import Facts

ENOUGH: Final = 110
"""With so many words a review has said enough before it asks for anything."""

MOST: Final = 160
"""It is meant to have no more than so many in all."""

_REQUEST: Final = 26
"""So many words are kept for what it asks for."""

_BODY: Final = 5
_FOLLOWS: Final = 4
"""What a request gains that follows from what was said."""

_LOTS: Final = 4
"""Of things that say about as much of a run, a lot of so many sides decides which is said."""

_Part = Literal["thanks", "complaints", "confessions"]
_PARTS: Final[tuple[_Part, ...]] = ("thanks", "complaints", "confessions")
_NEVER_WITHOUT: Final[tuple[_Part, ...]] = ("complaints", "thanks", "confessions")
_MOST_OF: Final[dict[_Part, int]] = {"thanks": 2, "complaints": 2, "confessions": 1}

_SENTENCE: Final = re.compile(r"(?<=[.!?:])\s+(?=[^\sa-z])")


@dataclass(frozen=True, slots=True)
class Review:
    """What a hat has to say of the other, in paragraphs, and the observations it is made of."""

    by: Hat
    of: Hat
    paragraphs: tuple[str, ...]
    said: tuple[Said, ...]

    @property
    def text(self) -> str:
        """The whole review."""
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class _Voice:
    """All that a hat can say, by where in a review it stands."""

    openings: Sequence[Observe]
    thanks: Sequence[Observe]
    complaints: Sequence[Observe]
    confessions: Sequence[Observe]
    requests: Sequence[Observe]


_VOICES: Final[dict[Hat, _Voice]] = {
    "pm": _Voice(
        said_by_pm.OPENINGS,
        said_by_pm.THANKS,
        said_by_pm.COMPLAINTS,
        said_by_pm.CONFESSIONS,
        said_by_pm.REQUESTS,
    ),
    "po": _Voice(
        said_by_po.OPENINGS,
        said_by_po.THANKS,
        said_by_po.COMPLAINTS,
        said_by_po.CONFESSIONS,
        said_by_po.REQUESTS,
    ),
}


def reviews(facts: Facts) -> tuple[Review, Review]:
    """What the PM says of the PO, and the PO of the PM."""
    told: list[Said] = []
    pm = _review(facts, "pm", "po", told)
    return pm, _review(facts, "po", "pm", told)


def reviews_page(facts: Facts) -> Page:
    """Both reviews on one page, signed."""
    blocks: list[Block] = []
    for review in reviews(facts):
        by, of = words.HAT_NAMES[review.by], words.HAT_NAMES[review.of]
        blocks += [
            Heading(f"The {by} says of the {of}", hat=review.by),
            Prose(review.text),
            Notice(f"Signed: {facts.player}, {by}."),
        ]
    return Page("aside", "Two reviews, one person", tuple(blocks))


def openings(text: str) -> list[str]:
    """The first two words of each sentence of a text."""
    return [" ".join(s.split()[:2]).strip("“”,:;.").lower() for s in _SENTENCE.split(text)]


def _review(facts: Facts, by: Hat, of: Hat, told: list[Said]) -> Review:
    voice = _VOICES[by]
    opening = _tell(told, _surely(facts, voice.openings, told))
    parts: dict[_Part, list[Said]] = {part: [] for part in _PARTS}
    for part in _NEVER_WITHOUT:
        parts[part] += (
            _tell(told, said) for said in _sayable(facts, getattr(voice, part), told)[:1]
        )
    while True:
        so_far = [opening, *(said for part in parts.values() for said in part)]
        room = MOST - _REQUEST - _length(so_far)
        more = [
            (part, said)
            for part in _PARTS
            if len(parts[part]) < _MOST_OF[part]
            for said in _sayable(facts, getattr(voice, part), told)
            if _length([said]) <= room
        ]
        if len(so_far) > _BODY or _length(so_far) >= ENOUGH or not more:
            break
        part, said = max(more, key=lambda each: _weighed(facts, each[1]))
        parts[part].append(_tell(told, said))
    request = _tell(told, _surely(facts, voice.requests, told, so_far))
    first = (opening, *parts["thanks"], *parts["complaints"])
    last = (*parts["confessions"], request)
    return Review(
        by=by,
        of=of,
        paragraphs=tuple(" ".join(each.text for each in part) for part in (first, last)),
        said=(*first, *last),
    )


def _sayable(
    facts: Facts, observes: Iterable[Observe], told: list[Said], before: Sequence[Said] = ()
) -> list[Said]:
    """What can still be told, first what says most, or follows from what was said `before`."""
    names = {word for said in before for word in (said.name, said.about)}

    def weight(said: Said) -> int:
        return _weighed(facts, said) + (_FOLLOWS if names.intersection(said.after) else 0)

    found = [said for observe in observes for said in observe(facts) if _is_new(said, told)]
    return sorted(found, key=lambda said: (-weight(said), said.name, said.about))


def _surely(
    facts: Facts, observes: Sequence[Observe], told: list[Said], before: Sequence[Said] = ()
) -> Said:
    """What says most; in a young run rather something that begins like another than nothing."""
    fresh = _sayable(facts, observes, told, before)
    return (fresh or _sayable(facts, observes, [], before))[0]


def _weighed(facts: Facts, said: Said) -> int:
    return said.weight + below(_LOTS, facts.seed, "review", said.name, said.about)


def _tell(told: list[Said], said: Said) -> Said:
    told.append(said)
    return said


def _is_new(said: Said, told: list[Said]) -> bool:
    """Whether neither this was told before nor a sentence that begins like one of its."""
    if said.about != "ask" and any(said.about == other.about for other in told):
        return False
    begun = {opening for other in told for opening in openings(other.text)}
    mine = openings(said.text)
    return len(set(mine)) == len(mine) and begun.isdisjoint(mine)


def _length(said: Iterable[Said]) -> int:
    return sum(len(each.text.split()) for each in said)
