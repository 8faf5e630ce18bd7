"""What the game teaches: the concepts that scenes show in play, and the competencies they grow."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import tomli

from scenes.records import Ids, Record
from scenes.vocabulary import Hat, Id, Line


class Concept(Record, frozen=True, kw_only=True):
    """Something that a faithful game about the two roles shows; `by` is who carries it."""

    id: Id
    by: Literal["pm", "po", "both", "frame"]
    text: Line


class Competency(Record, frozen=True, kw_only=True):
    """Something that a person gets better at by doing it: the practice of these concepts."""

    id: Id
    hat: Hat
    title: Line
    concepts: Annotated[Ids, msgspec.Meta(min_length=1)]


class Teaching(Record, frozen=True, kw_only=True):
    """All of `concepts.toml`."""

    concept: tuple[Concept, ...]
    competency: tuple[Competency, ...]


@cache
def teaching() -> Teaching:
    """What stands in `concepts.toml`, read once."""
    text = Path(__file__).with_name("concepts.toml").read_text("utf-8")
    return msgspec.convert(tomli.loads(text), Teaching)
