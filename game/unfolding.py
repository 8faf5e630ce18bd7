"""Nothing is shown before it is told: what is known while what happened is still being read.

One decision can end a fortnight, a phase and a year; a player reads that over several pages.
Each page carries the numbers as they stand at its end, and these are known then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from game.blocks import Page
from state_machine.view import View

_LAGGING: Final = ("fortnight", "review", "gate")
"""Pages on which and before which the run still seems to be where it was."""

_TURNING: Final = (*_LAGGING, "phase", "ending")
"""Pages before which it does; on a phase's or an ending's own it is where that is."""

_ARRIVING: Final = ("phase", "setting", "ending")


def arrives(page: Page, after: Iterable[Page]) -> bool:
    """Whether, on this page, the run has come to where the pages `after` it leave it."""
    return page.ask is not None or page.kind in _ARRIVING or not _lags(page, after)


def known(before: View, view: View, page: Page, after: Sequence[Page]) -> View:
    """What is known at the end of a page, of a decision that led from `before` to `view`."""
    if not _lags(page, after):
        return view
    told = not any(each.promises for each in after)
    return _so_far(before, page, view if told else before)


def _lags(page: Page, after: Iterable[Page]) -> bool:
    """Whether this page, or one that comes after it, still tells of what is over."""
    return page.kind in _LAGGING or any(each.kind in _TURNING for each in after)


def _so_far(before: View, page: Page, promised: View) -> View:
    """What was known before a decision, with the numbers as they stand at the end of a page."""
    numbers = dict(page.numbers)
    return msgspec.structs.replace(
        before,
        metrics=tuple((metric, numbers.get(metric, value)) for metric, value in before.metrics),
        runway=numbers.get("runway", before.runway),
        users=numbers.get("users", before.users),
        revenue=numbers.get("revenue", before.revenue),
        promises=promised.promises,
        settled=promised.settled,
    )
