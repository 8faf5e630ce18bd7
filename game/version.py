"""The version of the game that is installed."""

from __future__ import annotations


def version() -> str:
    """The installed version; `unreleased` in a checkout that was never installed."""
    from importlib import metadata  # noqa: PLC0415  # slow to import, and seldom needed

    try:
        return metadata.version("twohats")
    except metadata.PackageNotFoundError:
        return "unreleased"
