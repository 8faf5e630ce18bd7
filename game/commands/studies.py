"""What is done with saved runs to learn from them: put them side by side."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from game.commands import Form, Refused
from game.plain import draw
from game.reports import html, markdown
from game.reports.compare import as_data, compare_pages, title
from game.shelf import Trouble
from game.storage import DiskShelf
from state_machine.alignment import Entrant
from state_machine.comparison import LEAST, MOST, Comparison, DifferentPacks
from state_machine.comparison import compare as put_side_by_side


def compare(names: Sequence[str], form: Form) -> int:
    """Print saved runs side by side.

    Raises `Refused` if they are too few, too many or named twice, and `Trouble` if they are of
    different companies.
    """
    shelf = DiskShelf()
    for line in lines(compared(names, lambda name: shelf.study(name).entrant), form):
        print(line)
    return 0


def compared(names: Sequence[str], open_run: Callable[[str], Entrant]) -> Comparison:
    """Saved runs side by side; `open_run` opens one by its name. Raises as `compare` does."""
    if not LEAST <= len(names) <= MOST:
        raise Refused(f"from {LEAST} to {MOST} runs can be compared, and not {len(names)}")
    try:
        return put_side_by_side([open_run(name) for name in names])
    except DifferentPacks as error:
        raise Trouble(f"{error}.") from error
    except ValueError as error:
        raise Refused(str(error)) from error


def lines(comparison: Comparison, form: Form) -> Iterator[str]:
    """A comparison line by line, in one of the forms."""
    name, pages = title(comparison), compare_pages(comparison)
    match form:
        case "json":
            yield json.dumps(as_data(comparison), indent=2, ensure_ascii=False)
        case "md":
            yield from markdown.document(name, pages)
        case "html":
            yield html.document(name, pages).rstrip("\n")
        case "text":
            yield name
            for page in pages:
                yield ""
                yield from draw.page_lines(page)
