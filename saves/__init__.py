"""Saved runs: a journal for each, in which every acknowledged decision survives, and a profile.

What is promised, and which test proves it, stands in `docs/saves.md`. The public face is
below; behind it, `chain` says how a journal is written, `journal` how it grows, `library`
where journals live, `listing` what the list of them needs, `profile` what outlives them, and
`files` is the one layer through which all of it is written.

The face is imported name by name, when a name is asked for: the title screen lists runs, and
does not wait for the rules that playing one needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from saves.errors import (
        DamagedJournal,
        DamagedProfile,
        MissingPack,
        NewerJournal,
        NewerProfile,
        RunInUse,
        SaveError,
        UnknownRun,
    )
    from saves.fit import Fit
    from saves.journal import Journal
    from saves.library import Library
    from saves.listing import RUNS, latest_unfinished, list_runs
    from saves.place import home
    from saves.profile import Job, Profile
    from saves.records import Header, Recorded
    from saves.summaries import Summary

__all__ = [
    "RUNS",
    "DamagedJournal",
    "DamagedProfile",
    "Fit",
    "Header",
    "Job",
    "Journal",
    "Library",
    "MissingPack",
    "NewerJournal",
    "NewerProfile",
    "Profile",
    "Recorded",
    "RunInUse",
    "SaveError",
    "Summary",
    "UnknownRun",
    "home",
    "latest_unfinished",
    "list_runs",
]

_HOMES: Final = {
    "RUNS": "listing",
    "DamagedJournal": "errors",
    "DamagedProfile": "errors",
    "Fit": "fit",
    "Header": "records",
    "Job": "profile",
    "Journal": "journal",
    "Library": "library",
    "MissingPack": "errors",
    "NewerJournal": "errors",
    "NewerProfile": "errors",
    "Profile": "profile",
    "Recorded": "records",
    "RunInUse": "errors",
    "SaveError": "errors",
    "Summary": "summaries",
    "UnknownRun": "errors",
    "home": "place",
    "latest_unfinished": "listing",
    "list_runs": "listing",
}


def __getattr__(name: str) -> object:
    """A name of the public face, from the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module `saves` has no attribute `{name}`")
    return getattr(import_module(f"saves.{_HOMES[name]}"), name)
