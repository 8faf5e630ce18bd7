"""Text of blocks as every front end reads it: its paragraphs, and what is emphasised in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_PARAGRAPH: Final = re.compile(r"\n\s*\n")
_EMPHASIS: Final = re.compile(r"\*(?=\S)([^*]+?)(?<=\S)\*")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; a blank line stands between them."""
    return _PARAGRAPH.split(text.strip())


def spans(text: str) -> Iterator[tuple[str, bool]]:
    """A paragraph in one line, in pieces: each with whether it stands between asterisks."""
    text = " ".join(text.split())
    at = 0
    for match in _EMPHASIS.finditer(text):
        yield text[at : match.start()], False
        yield match[1], True
        at = match.end()
    yield text[at:], False
