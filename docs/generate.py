"""Writes what the docs say of the code from the code itself: `make docs`.

`rendered()` gives every generated document; a test holds the files on disk against it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS.parent))

from scenes.verbs import CONDITIONS, EFFECTS, Verb  # noqa: E402
from scenes.vocabulary import PHASES  # noqa: E402
from state_machine.lifecycle import TRANSITIONS  # noqa: E402
from state_machine.states import ENDED, STARTS, STEPS, state  # noqa: E402


def verbs(rows: tuple[Verb, ...]) -> str:
    """The table of a part of the language."""
    lines = [f"| `{row.form}` | {row.help} |" for row in rows]
    return "\n".join(["| form | says |", "|---|---|", *lines, ""])


def lifecycle() -> str:
    """The lifecycle as a Mermaid state diagram, a box for each phase."""
    return "\n".join(["```mermaid", *_diagram(), "```", ""])


def _diagram() -> Iterator[str]:
    yield "stateDiagram-v2"
    yield "    direction TB"
    yield from (f"    [*] --> {start}" for start in STARTS)
    for phase in PHASES:
        inside = {state(phase, step) for step in STEPS}
        yield f"    state {phase} {{"
        for step in STEPS:
            yield f"        {state(phase, step)}: {step.replace('_', ' ')}"
        for arrow in TRANSITIONS:
            if {arrow.source, arrow.dest} <= inside:
                yield f"        {arrow.source} --> {arrow.dest}: {arrow.trigger}"
        yield "    }"
    for arrow in TRANSITIONS:
        if arrow.source.split("_")[0] != arrow.dest.split("_")[0]:
            yield f"    {arrow.source} --> {arrow.dest}: {arrow.trigger}"
    yield f"    {ENDED} --> [*]"


def rendered() -> dict[Path, str]:
    """Each document that has generated parts, with those parts made anew."""
    parts = {
        "story-format.md": {"conditions": verbs(CONDITIONS), "effects": verbs(EFFECTS)},
        "lifecycle.md": {"lifecycle": lifecycle()},
    }
    return {
        DOCS / name: _fill((DOCS / name).read_text("utf-8"), made) for name, made in parts.items()
    }


def _fill(text: str, parts: dict[str, str]) -> str:
    for name, made in parts.items():
        pattern = rf"(<!-- {name}: [^\n]*-->\n).*?(<!-- end -->)"
        within = made.replace("\\", "\\\\")
        text, found = re.subn(pattern, rf"\g<1>{within}\g<2>", text, flags=re.DOTALL)
        if found != 1:
            raise SystemExit(f"there is no place for `{name}` in the docs")
    return text


if __name__ == "__main__":
    for path, text in rendered().items():
        path.write_text(text, "utf-8")
        print(f"wrote {path.relative_to(DOCS.parent)}")
