"""The story as data: what a pack of TOML says, read into typed records and checked.

This package knows no rules of the game and no terminal. Its public face is below; the
modules behind it can be read one at a time:

* `vocabulary`: the words that every layer shares.
* `schema`, `decisions`: the typed, immutable records of a pack.
* `verbs`, `language`: the one table of conditions and effects, and how they are read.
* `loader`: from a folder of TOML to a `Pack`, or to every error in it at once.

The face is imported name by name, when a name is asked for: whoever only needs a word of the
vocabulary does not wait for the loader.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from scenes.diagnostics import Diagnostic, PackError
    from scenes.loader import find_pack, installed_pack, installed_packs, load_files, load_pack
    from scenes.schema import Pack

__all__ = [
    "Diagnostic",
    "Pack",
    "PackError",
    "find_pack",
    "installed_pack",
    "installed_packs",
    "load_files",
    "load_pack",
]

_HOMES: Final = {
    "Diagnostic": "diagnostics",
    "Pack": "schema",
    "PackError": "diagnostics",
    "find_pack": "loader",
    "installed_pack": "loader",
    "installed_packs": "loader",
    "load_files": "loader",
    "load_pack": "loader",
}


def __getattr__(name: str) -> object:
    """A name of the public face, from the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module `scenes` has no attribute `{name}`")
    return getattr(import_module(f"scenes.{_HOMES[name]}"), name)
