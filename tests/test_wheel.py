"""What is installed is what is on disk, all of it, and it plays where there is no checkout.

The wheel goes into an empty environment that is given what the wheel says it depends on, and
nothing else: links to what this environment has, so that no network is needed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PACKAGES = ("game", "saves", "scenes", "state_machine")


@dataclass(frozen=True)
class Installed:
    """An environment that the wheel was installed in, and a folder far from the checkout."""

    venv: Path
    elsewhere: Path

    @property
    def site_packages(self) -> Path:
        """Where the packages are."""
        (folder,) = self.venv.glob("lib/python*/site-packages")
        return folder

    def run(self, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the environment's commands, with a home of its own."""
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
            "TWOHATS_HOME": str(self.elsewhere / "home"),
        }
        return subprocess.run(
            [str(self.venv / "bin" / command), *arguments],
            cwd=self.elsewhere,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


def run(*command: str | Path) -> None:
    """Run a command of this environment; it has to succeed."""
    answer = subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def needed_by(found: Distribution, extras: frozenset[str] = frozenset()) -> Iterator[Distribution]:
    """Everything that a distribution asks for here, and what that asks for in turn."""
    for line in found.requires or ():
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""}):
            wanted = distribution(requirement.name)
            yield wanted
            yield from needed_by(wanted, frozenset(requirement.extras))


def link(found: Distribution, site_packages: Path) -> None:
    """Make a distribution of this environment importable in another."""
    for top in {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}:
        target = site_packages / top
        if not target.exists():
            target.symlink_to(Path(str(found.locate_file(top))))


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The project, built and installed as a stranger would have it."""
    folder = tmp_path_factory.mktemp("wheel")
    run("build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    (wheel,) = folder.glob("*.whl")

    environment = Installed(folder / "venv", folder / "elsewhere")
    environment.elsewhere.mkdir()
    venv.create(environment.venv, symlinks=True)
    python = environment.venv / "bin" / "python"
    run("pip", "--python", python, "install", "--no-deps", "--no-index", "--no-compile", wheel)

    (metadata,) = environment.site_packages.glob("twohats-*.dist-info")
    for dependency in needed_by(Distribution.at(metadata)):
        link(dependency, environment.site_packages)
    return environment


def files_of(package: Path) -> dict[str, bytes]:
    """Everything in a package, by its path, but for what Python puts there itself."""
    return {
        path.relative_to(package.parent).as_posix(): path.read_bytes()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize("package", PACKAGES)
def test_the_wheel_holds_every_file_of_the_checkout(installed: Installed, package: str) -> None:
    on_disk = files_of(ROOT / package)
    in_wheel = files_of(installed.site_packages / package)

    assert in_wheel.keys() == on_disk.keys()
    assert [path for path, content in on_disk.items() if in_wheel[path] != content] == []


def test_nothing_but_the_four_packages_is_installed(installed: Installed) -> None:
    (metadata,) = installed.site_packages.glob("twohats-*.dist-info")
    record = (metadata / "RECORD").read_text(encoding="utf-8")

    tops = {line.partition("/")[0] for line in record.splitlines() if not line.startswith("..")}
    assert tops == {*PACKAGES, metadata.name}


def test_the_installed_game_says_its_version(installed: Installed) -> None:
    answer = installed.run("twohats", "--version")

    assert (answer.returncode, answer.stdout) == (0, f"twohats {version('twohats')}\n"), (
        answer.stderr
    )


def test_the_installed_game_plays_a_run_away_from_the_checkout(installed: Installed) -> None:
    where = installed.run("python", "-P", "-c", "import game; print(game.__file__)")
    demo = installed.run("twohats", "demo", "--seed", "7")

    assert Path(where.stdout.strip()).is_relative_to(installed.venv), where.stderr
    assert demo.returncode == 0, demo.stderr
    assert demo.stdout.strip()


def test_git_ignores_no_file_of_the_packages() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout of git")
    command = ["git", "ls-files", "--others", "--ignored", "--exclude-standard", "-z", *PACKAGES]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    ignored = [name for name in answer.stdout.split("\0") if name and "__pycache__" not in name]
    assert ignored == []
