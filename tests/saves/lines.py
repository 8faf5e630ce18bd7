"""Whole runs as the lines of a journal, made in memory, with decisions that were taken back."""

from __future__ import annotations

from collections.abc import Container
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from saves import Header, Library
from saves.chain import lines_of
from saves.records import AnyLine, Noted, Recorded, Undone
from scenes.schema import Pack
from scenes.vocabulary import Edition
from state_machine import Decision, advance, begin
from state_machine.bots import PERSONAS
from state_machine.view import observe
from tests.saves.runs import WHEN, small_pack
from tests.stories import any_decision

Lines = tuple[AnyLine, ...]


@cache
def some_header() -> Header:
    """The header of a run of a story that was not read from files."""
    with TemporaryDirectory() as home, Library(Path(home)).begin(
        small_pack(), 7, "Ada", when=WHEN, game="0.1.0"
    ) as journal:  # fmt: skip
        return journal.header


def header_of(pack: Pack, seed: int = 7, edition: Edition = "full") -> Header:
    """The header of a run of a pack."""
    outcome = begin(pack, seed, "Ada", edition=edition)
    return msgspec.structs.replace(
        some_header(),
        pack_id=pack.info.id,
        pack_title=pack.info.title,
        pack_version=pack.info.version,
        rules_hash=pack.rules_hash,
        text_hash=pack.text_hash,
        seed=seed,
        state=outcome.run,
        events=outcome.events,
    )


def played(
    pack: Pack,
    seed: int = 7,
    *,
    persona: str = "random",
    edition: Edition = "full",
    undone: Container[int] = (),
    until: int = 1000,
) -> tuple[Header, Lines]:
    """A run by a persona. Each decision that is `undone` is first made otherwise, if it can be."""
    header = header_of(pack, seed, edition)
    run, lines = header.state, list[AnyLine]()
    number, undos = 0, 0

    def made(decision: Decision) -> Recorded:
        outcome = advance(pack, run, decision)
        return Recorded(
            number=number,
            decision=decision,
            state=outcome.run,
            events=outcome.events,
            when=WHEN,
            undos=undos,
        )

    while not run.over and number < until:
        number += 1
        view = observe(pack, run)
        if number in undone:
            other = made(any_decision(view, [number, 3, 1, 2]))
            if not other.state.over:
                undos += 1
                back = Undone(number=number, state=run, when=WHEN, undos=undos)
                lines += [other, back]
        lines.append(made(PERSONAS[persona](view, seed)))
        run = lines[-1].state
    return header, tuple(lines)


@cache
def journal_of_all_kinds() -> bytes:
    """A short journal in which stands a line of each kind."""
    header, lines = played(small_pack(), undone={2, 3}, until=3)
    last = lines[-1]
    note = Noted(
        number=last.number, state=last.state, when=WHEN, undos=last.undos,
        about="monday", text="Ask Ife first.",
    )  # fmt: skip
    return lines_of(header, (*lines, note))[0]
