"""Saved runs: a journal for each, in which every acknowledged decision survives.

What is promised, and which test proves it, stands in `docs/saves.md`. The public face is
below; behind it, `chain` says how a journal is written, `journal` how it grows, `library`
where journals live, and `files` is the one layer through which they are written.
"""

from saves.errors import (
    DamagedJournal,
    NewerJournal,
    RunInUse,
    SaveError,
    UnknownRun,
)
from saves.fit import Fit
from saves.home import home
from saves.journal import Journal
from saves.library import Library
from saves.records import Header, Recorded
from saves.summaries import Summary

__all__ = [
    "DamagedJournal",
    "Fit",
    "Header",
    "Journal",
    "Library",
    "NewerJournal",
    "Recorded",
    "RunInUse",
    "SaveError",
    "Summary",
    "UnknownRun",
    "home",
]
