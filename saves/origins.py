"""Where a run comes from, if it is not one that was begun from nothing."""

from __future__ import annotations

from typing import Literal

import msgspec

OriginKind = Literal["branch", "migration", "inheritance", "import"]
"""How a run can come from another one.

A branch goes on from an earlier decision, a migration follows newer rules from the last one, an
inheritance has another player, and an import is the same run, from elsewhere.
"""


class Origin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The run that another one comes from, and after how many of its decisions."""

    kind: OriginKind
    run: str
    """Its id, where it was played."""
    begun: str
    at: int
    digest: str = ""
    """Of an import, the digest of its last line as it came."""


def is_imported(origin: Origin | None) -> bool:
    """Whether a run whose last origin this is came from a file, and stays as it is."""
    return origin is not None and origin.kind == "import"
