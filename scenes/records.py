"""What all records of a pack are made of: the base of them, and the types of their fields."""

from __future__ import annotations

from typing import Annotated

import msgspec

from scenes.language import Condition, Effect
from scenes.vocabulary import Id

When = tuple[Condition, ...]
Effects = tuple[Effect, ...]
Ids = tuple[Id, ...]
Count = Annotated[int, msgspec.Meta(ge=0, le=20)]
HalfDays = Annotated[int, msgspec.Meta(ge=1, le=60)]
Rounds = Annotated[int, msgspec.Meta(ge=0, le=12)]
"""How many rounds later; 0 is at the end of the round that runs."""


class Record(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename="kebab",
    omit_defaults=True,
):
    """What all records of a pack share: immutable, and an unknown key is an error."""
