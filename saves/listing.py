"""The list of runs: read from the first and last line of each, without the rules."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from saves.errors import explained
from saves.names import is_run_id
from saves.origins import is_imported
from saves.summaries import Summary, summarise

RUNS: Final = "runs"
"""The folder of the runs in a home."""

SUFFIX: Final = ".jsonl"
"""How the name of a journal's file ends."""


def journal_path(runs: Path, run_id: str) -> Path:
    """The file of a run's journal in the folder of runs."""
    return runs / f"{run_id}{SUFFIX}"


def run_ids(runs: Path) -> tuple[str, ...]:
    """The ids of all runs in a folder, in no order. Raises `SaveError` if it cannot be read."""
    try:
        names = os.listdir(runs)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise explained("The saved runs cannot be listed", error, runs) from error
    ids = (name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX))
    return tuple(run_id for run_id in ids if is_run_id(run_id))


def list_runs(runs: Path) -> tuple[Summary, ...]:
    """All runs in a folder, the last played first; those that cannot be read stand at the end.

    Raises `SaveError` if the folder cannot be read.
    """
    found = (summarise(journal_path(runs, run_id)) for run_id in run_ids(runs))
    return tuple(sorted(found, key=_by_time, reverse=True))


def latest_unfinished(runs: Path) -> Summary | None:
    """The last played run that has not reached its ending; None if there is none.

    Somebody else's, from a file, is nothing to go on with: it is there to be studied.
    """
    found = (run for run in list_runs(runs) if not run.over and not run.problem)
    return next((run for run in found if not is_imported(run.origin)), None)


def _by_time(summary: Summary) -> tuple[str, str]:
    return summary.last_played, summary.run_id
