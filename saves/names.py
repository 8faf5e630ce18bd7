"""The ids of runs: readable, such as `larder-ada-2026-11-23`, and safe as the name of a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Final

_LONGEST_NAME: Final = 24
_NOT_IN_SLUG: Final = re.compile(r"[^a-z0-9]+")
_LONGEST_ID: Final = 200
"""In bytes: with its endings, the name of the file stays below the 255 that systems allow."""


def run_stem(pack_id: str, player: str, day: date) -> str:
    """What the id of a run begins with, and mostly is."""
    return f"{slug(pack_id) or 'run'}-{slug(player) or 'player'}-{day.isoformat()}"


def slug(words: str) -> str:
    """Words as lower-case letters, digits and hyphens; empty if nothing in them is of that kind."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return _NOT_IN_SLUG.sub("-", plain.lower()).strip("-")[:_LONGEST_NAME].strip("-")


def is_run_id(words: str) -> bool:
    """Whether these words can be the id of a run, and so name no file elsewhere."""
    return (
        words.isprintable()
        and 0 < len(words.encode()) <= _LONGEST_ID
        and not words.startswith(".")
        and not set(words) & set("/\\:")
    )


def closest(run_id: str, known: Iterable[str]) -> str:
    """The end of an error message: `; did you mean …?` where an id is close, else empty."""
    import difflib  # noqa: PLC0415  # seldom needed

    found = difflib.get_close_matches(run_id, sorted(known), n=1, cutoff=0.4)
    return f"; did you mean `{found[0]}`?" if found else ""
