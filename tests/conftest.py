"""What every test can rely on: a home of its own, nothing of the terminal, a small company."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from scenes import Pack, find_pack, load_pack
from tests.packs import write_small_pack

_SHARED = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.register_profile("desk", _SHARED)
settings.register_profile("ci", _SHARED, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# Textual reads these once, when it is imported, so a fixture would come too late.
for _name in [name for name in os.environ if name == "NO_COLOR" or name.startswith("TEXTUAL_")]:
    del os.environ[_name]
os.environ["TEXTUAL_ANIMATIONS"] = "none"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the saves, empty and the test's own; whoever first writes to it makes it."""
    path = tmp_path / "twohats-home"
    monkeypatch.setenv("TWOHATS_HOME", str(path))
    return path


@pytest.fixture(scope="session")
def small_pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The small company of `tests.packs`, loaded."""
    return load_pack(write_small_pack(tmp_path_factory.mktemp("packs") / "small"))


@pytest.fixture(scope="session")
def larder() -> Pack:
    """The company that comes with the game."""
    return load_pack(find_pack("larder"))
