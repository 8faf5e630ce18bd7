"""How each golden run was played. They differ in what they lead through, not in how well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from saves import Journal, Library
from saves.beginning import MAX_LINE
from saves.packstore import as_kept
from saves.sealing import sealed
from scenes import find_pack, load_pack
from scenes.schema import Pack
from scenes.vocabulary import Edition
from state_machine import Decision, Run, advance, succeed
from state_machine.bots import PERSONAS
from state_machine.events import AnyEvent
from state_machine.run import Past, Value
from state_machine.succession import heritable
from state_machine.view import observe
from tests.golden.store import Golden

WHEN: Final = "2026-11-23T20:16:00+01:00"
GAME: Final = "0.1.0"
PLAYER: Final = "Ada"

A_JOB: Final = Past(
    company="Tinkers & Daughters",
    offer="Product owner",
    reputation="Somebody who asks first.",
    gossip="They say that you ask first.",
    reference="“She asked, and then she did it.”",
    referee="Ife Adeyemi",
    promise="You will see it first",
    practice={"empathy": 3, "evidence": 2},
)


@dataclass(frozen=True)
class Recipe:
    """How a run is played: by whom, with which seed, and what is done on the way.

    After each of the decisions in `undos`, it is taken back and somebody else decides once. With
    a `branch_at`, the run is one that branches off there from one that `persona` played, and
    `then` plays on; with `inherited_by`, it is that of a successor, whom `then` plays as well.
    `first_format` writes it as the first version of the format was.
    """

    persona: str
    seed: int
    edition: Edition = "full"
    past: Past | None = None
    undos: tuple[int, ...] = ()
    branch_at: int | None = None
    inherited_by: str = ""
    then: str = "random"
    first_format: bool = False


RECIPES: Final[Mapping[str, Recipe]] = {
    "full-sensible": Recipe("sensible", 7),
    "full-people-pleaser": Recipe("people-pleaser", 11),
    "full-random": Recipe("random", 3),
    "full-second-job": Recipe("penny-pincher", 20260101, past=A_JOB),
    "full-with-undos": Recipe("sensible", 42, undos=(1, 12, 13, 40)),
    "full-branch": Recipe("sensible", 7, branch_at=25, then="po-only"),
    "full-inherited": Recipe("people-pleaser", 11, inherited_by="Zoe", then="sensible"),
    "express-sensible": Recipe("sensible", 8, "express"),
    "express-pm-only": Recipe("pm-only", 99_999, "express"),
    "format-1": Recipe("sensible", 7, first_format=True),
}


def played(name: str) -> tuple[Golden, str]:
    """A golden run as the game of today plays it, and the digest of its pack."""
    recipe, pack = RECIPES[name], load_pack(find_pack("larder"))
    with TemporaryDirectory() as home:
        journal = _played(recipe, Library(Path(home)), pack)
        data = journal.path.read_bytes()
    if recipe.first_format:
        data = _in_first_format(journal)
    kept, digest = as_kept(pack)
    return Golden(name, data, kept), digest


def _played(recipe: Recipe, library: Library, pack: Pack) -> Journal:
    with library.begin(
        pack, recipe.seed, PLAYER, when=WHEN, game=GAME, edition=recipe.edition, past=recipe.past
    ) as journal:
        until = 10_000 if recipe.branch_at is None else recipe.branch_at
        _play(journal, pack, recipe, recipe.persona, until)
    if recipe.inherited_by:
        return _inherited(recipe, library, pack, journal)
    if recipe.branch_at is None:
        return journal
    with library.branch(journal, recipe.branch_at, when=WHEN, game=GAME) as branch:
        _play(branch, pack, recipe, recipe.then, 10_000)
    return branch


def _inherited(recipe: Recipe, library: Library, pack: Pack, journal: Journal) -> Journal:
    runs = [outcome.run for outcome in journal.outcomes]
    at = next(number for number, run in enumerate(runs) if heritable(run))
    outcome = succeed(pack, runs[at], recipe.inherited_by, past=A_JOB)
    with library.inherit(journal, at, outcome, when=WHEN, game=GAME) as successor:
        _play(successor, pack, recipe, recipe.then, 10_000)
    return successor


def _play(journal: Journal, pack: Pack, recipe: Recipe, persona: str, until: int) -> None:
    undos = set(recipe.undos)
    while not journal.run.over and len(journal.recorded) < until:
        _decide(journal, pack, persona)
        if len(journal.recorded) in undos and journal.can_undo:
            undos.remove(len(journal.recorded))
            journal.undo(when=WHEN)
            _decide(journal, pack, recipe.then)
    if journal.run.over:
        journal.note("pivotal", str(len(journal.recorded) // 2), when=WHEN)
        journal.note("monday", "I will ask who it is for, first.", when=WHEN)


def _decide(journal: Journal, pack: Pack, persona: str) -> None:
    decision = PERSONAS[persona](observe(pack, journal.run), journal.run.seed)
    journal.append(decision, advance(pack, journal.run, decision), when=WHEN)


def _in_first_format(journal: Journal) -> bytes:
    """The journal as the first version of the game wrote it, to the byte."""
    header = msgspec.structs.replace(journal.header, format=1, readable_by=1, kept="")
    lines: list[msgspec.Struct] = [header]
    for each in journal.recorded:
        line = _FirstLine(
            number=each.number,
            decision=each.decision,
            state=each.state,
            events=each.events,
            when=each.when,
        )
        lines.append(line)
    data, digest = b"", ""
    for record in lines:
        sealed_line, digest = sealed(record, digest, MAX_LINE)
        data += sealed_line
    return data


class _FirstLine(Value, frozen=True, kw_only=True, tag_field="kind", tag="decision"):
    """A decision as the first version of the format had it, in this order."""

    number: int
    decision: Decision
    state: Run
    events: tuple[AnyEvent, ...]
    when: str
