"""Moments as journals write them: in UTC, to the millisecond."""

from __future__ import annotations

from datetime import UTC, datetime


def utc(when: datetime | str) -> str:
    """A moment as journals write it, such as `2026-11-23T20:16:00.000Z`.

    Raises `ValueError` if it has no time zone, is not in ISO 8601 or lies in no year of UTC.
    """
    try:
        moment = moment_of(when).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"`{when}` lies in no year") from error
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment_of(when: datetime | str) -> datetime:
    """A moment with its time zone. Raises `ValueError` if it has none or is not in ISO 8601."""
    moment = datetime.fromisoformat(when) if isinstance(when, str) else when
    if moment.tzinfo is None:
        raise ValueError(f"`{when}` does not say its time zone")
    return moment
