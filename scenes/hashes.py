"""Two digests of a pack: of what can change a run, and of what only changes how it reads."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from typing import Any, Final, get_type_hints

import msgspec

from scenes.language import Spoken
from scenes.records import Record
from scenes.schema import Pack
from scenes.vocabulary import Line, Words

_PROSE: Final = (Line, Words, Line | None, Words | None, tuple[Line, ...])
_NEITHER: Final = ("files",)
"""Fields of a pack that say only where it came from."""

_ENCODER: Final = msgspec.json.Encoder(order="deterministic")


def rules_and_text(pack: Pack) -> tuple[str, str]:
    """The digests of a pack's rules and of its prose.

    Neither depends on file names, comments or the order of records, except that of endings,
    which decides between them.
    """
    rules, text = _split(pack)
    order = list(pack.endings)
    return _digest([rules, order]), _digest(text)


def _split(value: Any) -> tuple[Any, Any]:
    """A value as plain data, once with its rules alone and once with its prose alone."""
    if isinstance(value, Spoken):
        return value.text, None
    if isinstance(value, Record):
        prose = _prose_fields(type(value))
        names = [name for name in value.__struct_fields__ if name not in _NEITHER]
        parts = {name: getattr(value, name) for name in names}
        halves = {name: _split(part) for name, part in parts.items() if name not in prose}
        rules = {name: half[0] for name, half in halves.items()}
        text = {name: half[1] for name, half in halves.items() if half[1]}
        return rules, text | {name: parts[name] for name in prose if parts[name]}
    if isinstance(value, dict):
        halves = {key: _split(each) for key, each in value.items()}
        return (
            {key: half[0] for key, half in halves.items()},
            {key: half[1] for key, half in halves.items() if half[1]},
        )
    if isinstance(value, tuple):
        both = [_split(each) for each in value]
        return [half[0] for half in both], [half[1] for half in both if half[1]]
    return value, None


@cache
def _prose_fields(kind: type[Record]) -> frozenset[str]:
    """The fields of a record that are words for a reader."""
    hints = get_type_hints(kind, include_extras=True)
    return frozenset(name for name in kind.__struct_fields__ if hints[name] in _PROSE)


def _digest(value: Any) -> str:
    return blake2b(_ENCODER.encode(value), digest_size=16).hexdigest()
