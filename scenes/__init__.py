"""The story as data: what a pack of TOML says, read into typed records and checked.

This package knows no rules of the game and no terminal. Its public face is below; the
modules behind it can be read one at a time:

* `vocabulary`: the words that every layer shares.
* `schema`: the typed, immutable records of a pack.
* `language`: the one table of verbs for conditions and effects.
* `loader`: from a folder of TOML to a `Pack`, or to every error in it at once.
"""

from scenes.diagnostics import Diagnostic, PackError
from scenes.loader import find_pack, installed_packs, load_pack
from scenes.schema import Pack

__all__ = ["Diagnostic", "Pack", "PackError", "find_pack", "installed_packs", "load_pack"]
