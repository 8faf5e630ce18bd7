"""What is done with saved runs to learn from them: put them side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.commands import Form, Refused
from game.commands.forms import report
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
    found = compared(names, lambda name: shelf.study(name).entrant)
    print(report(form, title(found), compare_pages(found), lambda: as_data(found)))
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
