"""The packages keep to themselves: see `[tool.importlinter]` for the rest of the contracts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

IMPORT_ALL = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if not module.name.endswith(".__main__"):
        importlib.import_module(module.name)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def loaded_by(package: str) -> set[str]:
    """The top-level packages in memory once a fresh Python has imported all of `package`."""
    command = [sys.executable, "-c", IMPORT_ALL, package]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return set(answer.stdout.split())


@pytest.mark.parametrize("package", ["scenes", "state_machine", "saves"])
def test_the_layers_below_the_game_draw_nothing(package: str) -> None:
    assert loaded_by(package).isdisjoint({"rich", "textual"})


@pytest.mark.parametrize(
    ("package", "above"),
    [
        ("scenes", {"state_machine", "saves", "game"}),
        ("state_machine", {"saves", "game"}),
        ("saves", {"game"}),
    ],
)
def test_no_layer_loads_one_above_it(package: str, above: set[str]) -> None:
    assert loaded_by(package).isdisjoint(above)


def test_the_title_screen_waits_for_no_rules() -> None:
    script = """
import sys
from game.commands import screen
from game.storage import DiskShelf
from game.tui.screens import title
DiskShelf().latest()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
    command = [sys.executable, "-c", script]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(answer.stdout.split()).isdisjoint({"state_machine", "transitions", "tomli"})
