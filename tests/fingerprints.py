"""`python -m tests.fingerprints`: the state of runs after each step, as digests.

Needs nothing but what the game needs, so that any Python can say them. The locale of the
environment is put in force first, as a terminal's app may do.
"""

from __future__ import annotations

import json
import locale
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from saves import Journal, Library
from scenes import Pack, find_pack, load_pack
from scenes.vocabulary import Edition
from state_machine import advance, fingerprint
from state_machine.bots import PERSONAS, decisions
from state_machine.view import observe
from tests.packs import write_small_pack

SEED: Final = 7
WHEN: Final = "2026-11-23T20:16:00+01:00"
PLAYER: Final = "İpek Şahin"
"""What the upper and lower case of these letters is depends on the locale elsewhere."""


def all_of_them() -> Iterator[str]:
    """The steps of whole runs of larder, then of a small one with an undo and a branch."""
    larder = load_pack(find_pack("larder"))
    yield from (larder.rules_hash, larder.text_hash)
    editions: tuple[Edition, ...] = ("full", "express")
    for edition in editions:
        for _, outcome in decisions(larder, SEED, PERSONAS["sensible"], PLAYER, edition):
            yield fingerprint(outcome.run)
    with TemporaryDirectory() as home:
        yield from _saved(Library(Path(home, "saves")), load_pack(write_small_pack(Path(home))))


def _saved(library: Library, pack: Pack) -> Iterator[str]:
    with library.begin(pack, SEED, PLAYER, when=WHEN) as journal:
        yield from _played(journal, pack, "random", 12)
        journal.undo(when=WHEN)
        yield from _played(journal, pack, "people-pleaser", 15)
        with library.branch(journal, 6, when=WHEN) as branch:
            yield from _played(branch, pack, "sensible", 1000)
        yield from _played(journal, pack, "pm-only", 1000)


def _played(journal: Journal, pack: Pack, persona: str, until: int) -> Iterator[str]:
    """Play on, to a number of decisions or the ending; the last digest is the file's."""
    while len(journal.recorded) < until and not journal.run.over:
        decision = PERSONAS[persona](observe(pack, journal.run), SEED)
        journal.append(decision, advance(pack, journal.run, decision), when=WHEN)
        yield fingerprint(journal.run)
    yield journal.digest


def main() -> None:
    """Print them, with what they were made by."""
    where = {"python": sys.version.split()[0], "locale": locale.setlocale(locale.LC_ALL, "")}
    print(json.dumps(where | {"fingerprints": list(all_of_them())}))


if __name__ == "__main__":
    main()
