"""What is done with saved runs as files: verify, branch, give away, take in, throw away."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import msgspec

from game import words
from game.commands.forms import json_text
from game.saved import SavedRun
from game.storage import DiskShelf
from saves.verify import Divergence


def verify(run: str, *, as_json: bool) -> int:
    """Compute a saved run again, step by step; 0 if all of it is as it was recorded, else 1."""
    with closing(DiskShelf()) as shelf:
        saved = shelf.study(run)
    found = saved.verified()
    if as_json:
        print(json_text(_as_data(saved, found)))
        return int(found is not None)
    for notice in saved.notices:
        print(notice)
    decisions = words.plural(len(saved.steps) - 1, "decision")
    undone = f" and {words.plural(saved.undos, 'undo')}" if saved.undos else ""
    if found is None:
        print(f"{run}: {decisions}{undone} computed again, all as they were recorded.")
        return 0
    print(f"{run}: {words.moment(found.number)} is not as it was recorded.")
    for difference in found.differences:
        print(f"  {difference}")
    return 1


def branch(run: str, at: int) -> int:
    """Begin a run that is another one up to a decision, which is to be made anew."""
    with closing(DiskShelf()) as shelf:
        shelf.branch(run, at - 1)
        new = shelf.open_run
    print(f"{new} is {run} up to decision {at}, to be made anew. `twohats resume {new}` plays it.")
    return 0


def export(run: str, target: str) -> int:
    """Write a saved run with what it was played on into a new file."""
    path = Path(target)
    with closing(DiskShelf()) as shelf:
        shelf.export(run, path)
    print(f"{run} is in {path}, with the story and the rules that it was played on.")
    return 0


def import_file(source: str) -> int:
    """Take in a run that somebody exported."""
    with closing(DiskShelf()) as shelf:
        card = shelf.import_file(Path(source))
        found = shelf.study(card.id).verified()
    print(
        f"{card.id}: {card.title} as {card.player}, {words.plural(card.decisions, 'decision')}, "
        f"{'over' if card.over else card.phase}.\n"
        "It is there to be studied, and does not count as a job of yours. "
        f"`twohats replay {card.id}` shows it."
    )
    if found:
        print(f"Computed again, {words.moment(found.number)} is not as it was recorded here.")
    return 0


def delete(run: str) -> int:
    """Put a run into the trash."""
    with closing(DiskShelf()) as shelf:
        shelf.delete(run)
    print(f"{run} is in the trash. `twohats trash --restore {run}` takes it out again.")
    return 0


def trash(*, as_json: bool) -> int:
    """List the deleted runs."""
    cards = DiskShelf().trash()
    if as_json:
        print(json_text(msgspec.to_builtins(cards)))
        return 0
    for card in cards:
        print(f"{card.id}\n    {words.saved_run(card)}")
    if not cards:
        print("The trash is empty.")
    return 0


def restore(name: str) -> int:
    """Take a run out of the trash."""
    print(f"{DiskShelf().restore(name)} is among the saved runs again.")
    return 0


def empty_trash() -> int:
    """Take all deleted runs off the disk for good."""
    print(f"{words.plural(DiskShelf().empty_trash(), 'run')} taken off the disk for good.")
    return 0


def _as_data(saved: SavedRun, found: Divergence | None) -> dict[str, object]:
    return {
        "run": saved.id,
        "decisions": len(saved.steps) - 1,
        "undos": saved.undos,
        "verified": found is None,
        "differs_at": found.number if found else None,
        "differences": list(found.differences) if found else [],
        "notices": list(saved.notices),
    }
