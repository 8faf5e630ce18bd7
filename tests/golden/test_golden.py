"""The game computes what it computed when the golden runs were played."""

from __future__ import annotations

import lzma
from pathlib import Path
from typing import Final

import msgspec
import pytest

from saves import Library
from saves.exchange import import_run
from saves.packstore import as_kept
from saves.share import shared
from scenes.schema import Pack
from tests.golden import store
from tests.golden.__main__ import main
from tests.golden.recipes import RECIPES
from tests.golden.store import Golden
from tests.golden.verdicts import GOOD, verdict
from tests.saves.acts import begin, changed_pack, filed_pack
from tests.saves.sealing import reseal

MOST: Final = 1024 * 1024
"""All golden runs together have fewer bytes than this."""

GOES_ON: Final = "goes on from decision 17 to the ending `kept`"
"""What is said of the run of the small story that stands for all."""


@pytest.mark.parametrize("name", store.names())
def test_a_golden_run_is_computed_as_it_was_and_goes_on(name: str, larder: Pack) -> None:
    found = verdict(store.read(name), larder)
    assert found.kind in GOOD, f"{name} {found.kind}: {found.words}"


def test_there_is_a_golden_run_of_each_recipe_and_they_are_small() -> None:
    assert store.names() == sorted(RECIPES)
    files = [*store.RUNS.iterdir(), *store.PACKS.iterdir()]
    assert sum(path.stat().st_size for path in files) < MOST


def test_a_golden_run_can_be_taken_in_like_any_that_somebody_gave_away(tmp_path: Path) -> None:
    golden = store.read("full-branch")
    library = Library(tmp_path)
    run_id = import_run(library, shared(golden.name, golden.journal, golden.kept))
    with library.open(run_id) as journal:
        assert [origin.kind for origin in journal.header.origins] == ["branch", "import"]
        assert library.ground(journal).pack.info.id == "larder"


def test_the_table_names_all_golden_runs_and_changes_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["golden"])
    monkeypatch.delattr(store, "write")
    assert main() == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == store.names()


# ── the verdicts, of runs that were made for them ───────────────────────────────────────────


@pytest.fixture
def golden(tmp_path: Path) -> Golden:
    """A run of the small story."""
    library = Library(tmp_path)
    begin(library, 100)
    (path,) = library.runs.iterdir()
    return Golden("small", path.read_bytes(), as_kept(filed_pack())[0])


def test_on_the_same_rules_a_run_is_the_same(golden: Golden) -> None:
    found = verdict(golden, filed_pack())
    assert (found.kind, found.words) == ("same", GOES_ON)


def test_on_changed_rules_a_run_is_migrated(golden: Golden) -> None:
    found = verdict(golden, changed_pack())
    assert (found.kind, found.words) == ("migrated", GOES_ON)


def test_what_a_migrated_run_leaves_behind_is_said(golden: Golden) -> None:
    pack = changed_pack()
    lacking = {name: each for name, each in pack.scenes.items() if name != "discover-note"}
    found = verdict(golden, msgspec.structs.replace(pack, scenes=lacking))
    assert found.kind == "migrated"
    assert "without" in found.words
    assert "the scene `discover-note`" in found.words


def test_a_run_whose_world_is_gone_is_stranded(golden: Golden) -> None:
    worlds = {"elsewhere": next(iter(filed_pack().worlds.values()))}
    changed = msgspec.structs.replace(changed_pack(), worlds=worlds)
    assert verdict(golden, changed).kind == "stranded"


def test_a_step_that_is_computed_otherwise_is_named_with_what_differs(golden: Golden) -> None:
    lines = golden.journal.splitlines(keepends=True)
    lines[9] = lines[9].replace(b'"sponsor":', b'"sponsor":1', 1)
    found = verdict(Golden("small", reseal(b"".join(lines)), golden.kept), filed_pack())
    assert found.kind == "diverged"
    assert found.words.startswith("at decision 9: sponsor: recorded 1")


def test_a_run_that_cannot_be_read_any_more_has_diverged(golden: Golden) -> None:
    later = golden.journal.replace(b'"readable_by":2', b'"readable_by":99')
    assert verdict(Golden("small", reseal(later), golden.kept), filed_pack()).kind == "diverged"
    unread = golden.kept.replace(b"[pack]", b"[pick]")
    found = verdict(Golden("small", golden.journal, unread), filed_pack())
    assert found.kind == "diverged"
    assert "cannot be read" in found.words


def test_a_run_that_is_renewed_takes_the_place_of_the_old_one_and_an_idle_pack_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Golden
) -> None:
    for name, place in (("RUNS", "runs"), ("PACKS", "packs"), ("GROUNDS", "grounds.json")):
        monkeypatch.setattr(store, name, tmp_path / "golden" / place)
    (tmp_path / "golden").mkdir()
    store.write(golden, "one")
    store.write(Golden("other", b"journal", b"pack"), "two")
    store.write(Golden("other", b"journal", golden.kept), "one")
    assert store.names() == ["other", "small"]
    assert store.read("small") == golden
    assert [path.name for path in store.PACKS.iterdir()] == ["one.json.xz"]
    assert lzma.decompress((store.RUNS / "other.jsonl.xz").read_bytes()) == b"journal"
