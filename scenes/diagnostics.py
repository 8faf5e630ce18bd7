"""What is wrong with a pack, said so that its author can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from scenes.sanitise import clean_line

_LONGEST: Final = 500
"""In characters; what is quoted from a pack may be of any length."""

KeyPath = tuple[str | int, ...]
"""The way to a value in a file, such as `("scene", 3, "choice", 0, "effects", 1)`."""


class Diagnostic(msgspec.Struct, frozen=True, order=True):
    """One mistake: in which file and line (from 1; 0 where there is no line), and what it is.

    `code` is stable and made for tools; `where` names the scene or record in words.
    """

    file: str
    line: int
    code: str
    message: str
    where: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        where = f" ({self.where})" if self.where else ""
        return clean_line(f"{place}: {self.message}{where}", _LONGEST)


class PackError(Exception):
    """A pack that cannot be played, with everything that is wrong with it."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Sort them by file and line; there is at least one."""
        self.diagnostics = tuple(sorted(set(diagnostics)))
        super().__init__("\n".join(map(str, self.diagnostics)))
