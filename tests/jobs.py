"""Jobs that were held, made up."""

from __future__ import annotations

from typing import Any

from saves import Job
from state_machine.run import Past


def a_job(run: str = "tiny-ada-2026-11-23", **fields: Any) -> Job:
    """A job that says what it says."""
    whole: dict[str, Any] = {
        "run": run,
        "begun": "2026-11-23T19:16:00.000Z",
        "ended": "2026-11-23T20:16:00.000Z",
        "pack": "tiny",
        "player": "Ada",
        "ending": "over",
        "ending_title": "Over",
        "endings": 1,
        "score": 50,
        "promises_given": 1,
        "promises_kept": 1,
        "past": Past(company="Tiny & Co"),
    }
    return Job(**(whole | fields))
