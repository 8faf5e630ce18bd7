"""What goes wrong with packs and saves, as trouble that can be told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from game.shelf import Trouble
from saves import SaveError
from scenes.diagnostics import PackError


@contextmanager
def told() -> Iterator[None]:
    """Whatever goes wrong inside with packs or saves becomes `Trouble`."""
    try:
        yield
    except (PackError, SaveError) as error:
        raise Trouble(str(error)) from error
