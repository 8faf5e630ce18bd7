"""The time where the player is, and how long ago something was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from game.words import plural

Clock = Callable[[], datetime]


def local_clock() -> datetime:
    """Now, with the time zone of this machine."""
    return datetime.now(UTC).astimezone()


def ago(moment: str, now: datetime) -> str:
    """How long ago a moment in ISO 8601 was, in words; empty for no moment."""
    if not moment:
        return ""
    try:
        then = datetime.fromisoformat(moment).astimezone(now.tzinfo)
    except OverflowError:  # a year that there is only in another time zone
        return moment[:10]
    passed = now - then
    if passed < timedelta(minutes=1):
        return "just now"
    if passed < timedelta(hours=1):
        return f"{plural(passed // timedelta(minutes=1), 'minute')} ago"
    days = (now.date() - then.date()).days
    if days == 0:
        return f"{plural(passed // timedelta(hours=1), 'hour')} ago"
    return "yesterday" if days == 1 else f"{then:%Y-%m-%d}"
