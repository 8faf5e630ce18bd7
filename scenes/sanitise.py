"""Text from strangers made harmless, once, where it enters.

Terminals obey control characters, and readers are fooled by invisible ones; Textual lets both
through. Whatever comes out of a pack or from a player's keyboard passes here first.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNWANTED: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # control characters but the newline
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks and overrides of direction
    "\u00ad\u180e\u200b\u200c\u2060-\u2065\ufeff"  # of no width
    "\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f]"  # surrogates, annotations, tags
)
_JOINER: Final = "\u200d"
_PICTURES: Final = re.compile("[\u2190-\u2bff\u3030\ufe0f\U0001f000-\U0001faff]")


_STACKED: Final = re.compile("[^\x00-\u02ff\u2000-\u2bff]{9}")
"""Nine in a row that may be accents over one letter; nearly all text has none such."""

_MOST_ACCENTS: Final = 8


def clean(text: str) -> str:
    """The text in NFC, without anything that a terminal would obey or a reader not see.

    Newlines stay and tabs become spaces; a zero-width joiner stays only inside an emoji.
    """
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    text = _UNWANTED.sub("", text)
    if _STACKED.search(text):
        text = _without_stacks(text)
    text = unicodedata.normalize("NFC", text)
    return _only_joining_pictures(text) if _JOINER in text else text


def shows(text: str) -> bool:
    """Whether a text has nothing that a terminal would obey or a reader not see."""
    return text.isprintable() or not _UNWANTED.search(text)


def clean_line(text: str, longest: int) -> str:
    """The text cleaned, on one line, with single spaces, of at most `longest` characters."""
    return " ".join(clean(text).split())[:longest].strip()


def _without_stacks(text: str) -> str:
    """The text with at most a few accents to a letter; sorting thousands would take minutes."""
    kept: list[str] = []
    accents = 0
    for character in text:
        accents = accents + 1 if unicodedata.combining(character) else 0
        if accents <= _MOST_ACCENTS:
            kept.append(character)
    return "".join(kept)


def _only_joining_pictures(text: str) -> str:
    """The text without joiners that do not stand between two pictures."""
    parts = text.split(_JOINER)
    joined = parts[0]
    for part in parts[1:]:
        between = bool(joined and part) and _PICTURES.match(joined[-1]) and _PICTURES.match(part)
        joined += (_JOINER if between else "") + part
    return joined
