"""What commands print for people in three forms, and for scripts in one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from game.blocks import Page
from game.commands import Form
from game.plain import draw
from game.reports import markdown


def report(
    form: Form, title: str, pages: Sequence[Page], data: Callable[[], object], note: str = ""
) -> str:
    """A report in one of the forms: its pages under a title with a note, or its data."""
    match form:
        case "json":
            return json_text(data())
        case "md":
            return "\n".join(markdown.document(title, pages, note))
        case "html":
            from game.reports import html  # noqa: PLC0415  # lists of runs do without

            return html.document(title, pages, note).rstrip("\n")
        case "text":
            return "\n".join(_text(title, pages, note))


def json_text(data: object) -> str:
    """Plain data for scripts."""
    return json.dumps(data, indent=2, ensure_ascii=False)


def _text(title: str, pages: Sequence[Page], note: str) -> Iterator[str]:
    yield title
    if note:
        yield note
    for page in pages:
        yield ""
        yield from draw.page_lines(page)
