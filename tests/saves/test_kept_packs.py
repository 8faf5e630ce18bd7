"""What a run was played on is kept beside it, once, and tells it when the pack has gone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from saves import Library, MissingPack
from saves.packstore import as_kept, ground, kept_line, read_kept
from saves.verify import verify
from scenes import load_pack
from state_machine import advance
from state_machine.rules import as_numbers, default_rules, rules_of
from tests.packs import write_small_pack
from tests.saves.acts import PLAYER, RUN, SEED, begin, changed_pack, filed_pack, steps
from tests.saves.runs import RUN_ID, WHEN, begin_run
from tests.saves.sealing import reseal


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library with a run."""
    library = Library(tmp_path / "home")
    begin(library, 3)
    return library


def kept_file(library: Library) -> Path:
    """The one pack that is kept."""
    (path,) = library.home.glob("packs/*")
    return path


def test_a_pack_is_kept_under_its_digest(library: Library) -> None:
    journal = library.open(RUN, for_writing=False)
    path = kept_file(library)
    assert path.name == f"{journal.header.kept}.json"
    assert path.read_bytes() == reseal(path.read_bytes())
    found = library.ground(journal)
    assert dict(found.pack.files) == dict(filed_pack().files)
    assert found.pack.rules_hash == filed_pack().rules_hash
    assert found.rules == default_rules()


def test_runs_of_one_pack_share_what_is_kept_and_it_is_written_once(library: Library) -> None:
    before = kept_file(library).stat()
    begin(library)
    library.branch(library.open(RUN, for_writing=False), 2, when=WHEN).close()
    after = kept_file(library).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_pack_that_has_changed_is_kept_besides(library: Library) -> None:
    with library.begin(changed_pack(), SEED, PLAYER, when=WHEN) as journal:
        assert journal.header.kept != library.open(RUN, for_writing=False).header.kept
    assert len(list(library.home.glob("packs/*"))) == 2


def test_a_pack_that_was_read_from_no_files_is_not_kept(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with begin_run(library) as journal:
        assert journal.header.kept == ""
        with pytest.raises(MissingPack, match="was not kept"):
            library.ground(journal)
    assert not (tmp_path / "packs").exists()
    library.open(RUN_ID).close()


@pytest.mark.parametrize("fate", ["edited", "deleted"])
def test_a_run_verifies_after_its_packs_folder_was_edited_or_deleted(
    tmp_path: Path, fate: str
) -> None:
    library, folder = Library(tmp_path / "home"), tmp_path / "pack"
    pack = load_pack(write_small_pack(folder))
    with library.begin(pack, SEED, PLAYER, when=WHEN, folder=str(folder)) as journal:
        for decision, _ in steps():
            journal.append(decision, advance(pack, journal.run, decision), when=WHEN)
    if fate == "edited":
        (folder / "pack.toml").write_text("This was a story.")
    else:
        shutil.rmtree(folder)
    journal = library.open(RUN, for_writing=False)
    assert verify(journal.header, tuple(journal.lines), library.ground(journal)) is None


def test_the_rules_that_were_in_force_are_kept_with_the_pack() -> None:
    others = msgspec.structs.replace(default_rules(), crisis_at=3)
    line, _ = as_kept(filed_pack(), others)
    assert read_kept(line)[0].rules == others


def _foreign(path: Path) -> None:
    path.write_bytes(as_kept(changed_pack())[0])


def _newer(path: Path) -> None:
    path.write_bytes(reseal(path.read_bytes().replace(b'"readable_by":1', b'"readable_by":9', 1)))


def _huge(path: Path) -> None:
    os.truncate(path, 1024**3)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


HARMS: dict[str, tuple[Callable[[Path], object], str]] = {
    "deleted": (Path.unlink, "not there any more"),
    "emptied": (lambda path: path.write_bytes(b""), "its pack does not end with a digest"),
    "cut": (lambda path: os.truncate(path, 900), "its pack does not end with a digest"),
    "something else": (lambda path: path.write_bytes(b"\xff\n"), "its pack does not end with"),
    "edited": (
        lambda path: path.write_bytes(path.read_bytes().replace(b"9000", b"9001")),
        "its pack does not fit its digest",
    ),
    "another pack": (_foreign, "another pack lies in its place"),
    "newer": (_newer, "a newer version of the game kept it"),
    "huge": (_huge, "1024 MiB"),
    "a folder": (_folder, "not an ordinary file"),
}


@pytest.mark.parametrize(("harm", "words"), HARMS.values(), ids=list(HARMS))
def test_a_kept_pack_that_is_missing_damaged_or_foreign_is_explained_and_the_run_stays(
    library: Library, harm: Callable[[Path], object], words: str
) -> None:
    harm(kept_file(library))
    journal = library.open(RUN, for_writing=False)
    assert len(journal.recorded) == 3
    with pytest.raises(MissingPack, match=words):
        library.ground(journal)


@pytest.mark.parametrize("digest", ["../runs/x", "..", "a/b", "\x1b[2J", "\N{DIGIT ONE}" * 300])
def test_a_digest_that_names_another_file_finds_nothing(tmp_path: Path, digest: str) -> None:
    with pytest.raises(MissingPack) as found:
        kept_line(tmp_path, digest)
    assert str(found.value).isprintable()
    with pytest.raises(MissingPack):
        ground(tmp_path, digest)


@pytest.mark.parametrize(
    "numbers",
    [
        {"gauges": {"part": 0}},
        {"crisis-at": "soon"},
        {"crisis-at": None},
        {"revenue-share": [1, 0]},
        {"revenue-share": []},
        {"sprint": {"shares": {"story": {"design": 0}}}},
        {"watches": {"morale": [{"gauge": "trust", "weight": 0}]}},
    ],
)
def test_rules_that_no_game_can_be_played_by_are_not_read(numbers: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        rules_of(numbers)


def test_rules_of_another_version_are_read_as_far_as_they_mean_something_here() -> None:
    numbers = as_numbers(default_rules())
    del numbers["crisis-at"]
    assert rules_of({**numbers, "weather": 3}) == default_rules()
