"""The same decisions lead to the same states, on whatever machine, in whatever language."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest

from tests.saves.torture import times

ROOT: Final = Path(__file__).parent.parent

HASH_SEEDS: Final = ("0", "1", "12345", "random")
ZONES: Final = ("UTC", "Asia/Kathmandu", "America/St_Johns")
LOCALES: Final = ("C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8")

A_FEW: Final = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "12345", "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "random", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8"},
)
EVERYWHERE: Final = tuple(
    {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": name}
    for seed, zone, name in product(HASH_SEEDS, ZONES, LOCALES)
)
ENVIRONMENTS: Final = (*A_FEW, *EVERYWHERE)[: times(len(A_FEW), 1000)]


def fingerprints(python: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """What `tests.fingerprints` says there."""
    done = subprocess.run(
        [python, "-m", "tests.fingerprints"],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@cache
def expected() -> list[str]:
    """The fingerprints that this Python comes to as it is."""
    found: list[str] = fingerprints(sys.executable, {})["fingerprints"]
    return found


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Those of the locales that can be had here, each with the `LOCPATH` that it needs.

    One that is not installed is made, where the system has what it is made from.
    """
    folder = tmp_path_factory.mktemp("locales")
    wanted = {environment["LC_ALL"] for environment in ENVIRONMENTS}
    return {name: path for name in wanted if (path := _place_of(name, folder)) is not None}


def _place_of(name: str, folder: Path) -> str | None:
    try:
        said = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout
    except OSError:
        said = ""
    installed = {each.replace("-", "").lower() for each in said.split()} | {"c"}
    if name.replace("-", "").lower() in installed:
        return ""
    if not shutil.which("localedef"):
        return None
    language, _, letters = name.partition(".")
    made = subprocess.run(
        ["localedef", "-i", language, "-f", letters, str(folder / name)],
        capture_output=True,
        check=False,
    )
    return str(folder) if made.returncode == 0 else None


def test_hash_seed_time_zone_and_locale_make_no_difference(locales: dict[str, str]) -> None:
    for environment in ENVIRONMENTS:
        name = environment["LC_ALL"] if environment["LC_ALL"] in locales else "C"
        place = {"LOCPATH": locales[name]} if locales[name] else {}
        found = fingerprints(sys.executable, environment | {"LC_ALL": name} | place)
        assert found["locale"] == name
        assert found["fingerprints"] == expected(), environment


def other_pythons() -> Iterator[str]:
    """Pythons that this game could run on: on the path, of pyenv and uv, or named in `PYTHONS`."""
    yield from filter(None, os.environ.get("PYTHONS", "").split(os.pathsep))
    yield from filter(None, (shutil.which(f"python3.{minor}") for minor in range(11, 20)))
    homes = (Path.home() / ".pyenv" / "versions", Path.home() / ".local/share/uv/python")
    for folder in homes:
        yield from map(str, sorted(folder.glob("*/bin/python3")))


NEEDED: Final = "import sys, filelock, msgspec, tomli, transitions; print(sys.version_info[1])"


def is_usable(python: str) -> bool:
    """Whether it is new enough and has the libraries that the game needs."""
    answer = subprocess.run([python, "-c", NEEDED], capture_output=True, text=True, check=False)
    return int(answer.stdout or "0") >= 11


@pytest.mark.skipif(not times(0, 1), reason="other Pythons are for `make torture`")
def test_other_pythons_come_to_the_same_states() -> None:
    usable = [python for python in dict.fromkeys(other_pythons()) if is_usable(python)]
    if not usable:
        pytest.skip("no other Python here has the libraries; name some in PYTHONS")
    for python in usable:
        found = fingerprints(python, {"PYTHONHASHSEED": "random"})
        print(f"Python {found['python']} comes to the same states ({python})")
        assert found["fingerprints"] == expected(), python
