"""A run: the one immutable value that holds all the state of a game.

Nothing about a game is kept anywhere else. Two equal runs have the same future under the same
decisions, on every machine. The records here are plain data; the rules that change them are
in the modules beside this one, and only `advance` puts them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

import msgspec

from scenes.vocabulary import Hat, ItemStatus, PhaseId, PromiseState


class Value(msgspec.Struct, frozen=True, omit_defaults=True):
    """What all records of a run share: immutable, and written down without its defaults."""


class Given(Value, frozen=True):
    """A promise that was given: how it stands, when it is due, and the choice that gave it."""

    state: PromiseState
    due: PhaseId
    by: str
    """The choice `scene/choice` in which it was given."""


class Played(Value, frozen=True):
    """A scene that was played: with which hat, in which phase and round of the run."""

    scene: str
    hat: Hat
    phase: PhaseId
    round: int


class Pending(Value, frozen=True):
    """A `later` of a choice that has still to come due: `due` counts the run's rounds."""

    choice: str
    index: int
    due: int


class Bet(Value, frozen=True):
    """A prediction that has still to be settled: `due` counts the run's rounds."""

    scene: str
    choice: str
    due: int


class Mark(Value, frozen=True):
    """The eight metrics, in the order of the vocabulary, as a round ended."""

    phase: PhaseId
    round: int
    metrics: tuple[int, ...]


class Run(Value, frozen=True, kw_only=True):
    """All the state of a game.

    `state` is a state of the lifecycle, such as `build_po_turn`; it contains the phase.
    `numbers` holds everything that is counted, under keys that read like the language of
    packs (`customers`, `runway`, `trust ife`). `round` counts within the phase, `rounds`
    within the run, both from 1.
    """

    pack: str
    seed: int
    player: str
    world: str
    state: str
    numbers: Mapping[str, int]
    round: int = 0
    rounds: int = 0
    again: bool = False
    """Whether this phase is being played again, after a gate sent the product back."""
    entered: tuple[PhaseId, ...] = ()
    """The phases entered so far, in order; one that was sent back to stands here twice."""
    half_days: int = 0
    """What this round's diary has to give."""
    diary: tuple[str, ...] = ()
    """The scenes whose invitations lie open now; empty once the diary is settled."""
    accepted: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    """Of this round's invitations, those that were accepted and those that were not."""
    attended: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    """The same over the whole run."""
    scene: str = ""
    """The scene that waits for a decision; empty if none does."""
    agenda: tuple[str, ...] = ()
    """What this turn has still to bring: scene ids, and `*` for one from the deck."""
    crises: tuple[str, ...] = ()
    """Crisis scenes that wait for the next turn of their hat."""
    chosen: Mapping[str, tuple[str, ...]] = {}
    """For each scene played, the choices taken: one, those picked, or all in order of rank."""
    placed: Mapping[str, str] = {}
    """For each choice `scene/choice` that was sorted, its bucket."""
    points: Mapping[str, int] = {}
    """For each choice `scene/choice` that points were given to, how many."""
    played: tuple[Played, ...] = ()
    letters: Mapping[str, str] = {}
    flags: tuple[str, ...] = ()
    promises: Mapping[str, Given] = {}
    items: Mapping[str, ItemStatus] = {}
    """Items that are no longer mere ideas."""
    narrowed: tuple[str, ...] = ()
    """What was narrowed, as `value ITEM` or `effort ITEM`."""
    pending: tuple[Pending, ...] = ()
    bets: tuple[Bet, ...] = ()
    predictions: Mapping[str, bool] = {}
    """For each settled prediction, whether it came true."""
    sent_back: tuple[PhaseId, ...] = ()
    rescued: tuple[PhaseId, ...] = ()
    bailed_out: bool = False
    """Whether the account was filled once already."""
    marks: tuple[Mark, ...] = ()
    ending: str = ""

    @property
    def decisions(self) -> int:
        """How many scenes have been decided."""
        return len(self.played)

    @property
    def over(self) -> bool:
        """Whether an ending has been reached."""
        return bool(self.ending)


_encoder = msgspec.json.Encoder(order="deterministic")


def fingerprint(run: Run) -> str:
    """A digest of the whole state, equal for equal runs on every machine."""
    return blake2b(_encoder.encode(run), digest_size=16).hexdigest()
