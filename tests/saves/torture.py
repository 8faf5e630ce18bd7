"""How thorough the long checks are: a slice of each in the suite, all of it in `make torture`."""

from __future__ import annotations

import os


def times(slice_: int, all_: int) -> int:
    """How often to do something: `slice_` in the suite, `all_` under torture."""
    return all_ if os.environ.get("TORTURE") == "1" else slice_
