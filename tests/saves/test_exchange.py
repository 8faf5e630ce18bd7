"""A run can be given away as one file; whoever takes it in trusts nothing of it."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from saves import Library, SaveError
from saves.beginning import MAX_LINE
from saves.chain import line_of, lines_of, read_journal
from saves.exchange import export_run, import_file, import_run, write_export
from saves.files import MAX_FILE
from saves.origins import Origin
from saves.packstore import MAX_KEPT, as_kept, read_kept
from saves.share import MAX_SHARED, opened_share
from saves.verify import verify
from scenes.schema import Pack
from state_machine import advance
from state_machine.view import observe
from tests.saves.acts import PLAYER, RUN, SEED, begin, changed_pack, filed_pack, given_away, steps
from tests.saves.disks import FailingDisk
from tests.saves.lines import Lines
from tests.saves.runs import RUN_ID, WHEN, begin_run, play_on
from tests.saves.sealing import reseal
from tests.stories import any_decision

COUNT = 6


def tree(home: Path) -> Mapping[Path, bytes]:
    """Every file under a home."""
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Somebody else's home, with a run of their own."""
    library = Library(tmp_path / "home")
    begin(library, 2, "Ife")
    return library


def with_journal(change: Callable[[bytes], bytes]) -> bytes:
    """The file with another journal in it."""
    _, journal, kept = opened_share(given_away(COUNT))
    return given_away(COUNT).partition(b"\n")[0] + b"\n" + kept + change(journal)


def with_kept(change: Callable[[bytes], bytes]) -> bytes:
    """The file with another pack in it, to which its run belongs, with right digests."""
    _, journal, kept = opened_share(given_away(COUNT))
    changed = change(kept)
    old, new = (line[-35:-3] for line in (kept, changed))
    named = reseal(journal.replace(old, new))
    return given_away(COUNT).partition(b"\n")[0] + b"\n" + changed + named


def with_files(**files: str) -> bytes:
    """The file with other texts in its pack."""

    def change(kept: bytes) -> bytes:
        content = json.loads(kept)
        content["files"] |= {name.replace("__", "/"): text for name, text in files.items()}
        return resealed(content)

    return with_kept(change)


def resealed(content: dict[str, Any]) -> bytes:
    """A line with the digest that it would have."""
    digest = {"digest": content.pop("digest")}
    return reseal(json.dumps(content | digest, separators=(",", ":")).encode() + b"\n")


def with_lines(change: Callable[[Lines], Lines], **header: object) -> bytes:
    """The file with other lines in its journal, all with right digests."""

    def forge(journal: bytes) -> bytes:
        reading = read_journal(RUN, journal)
        whole = msgspec.structs.replace(reading.header, **header)
        return lines_of(whole, change(reading.lines))[0]

    return with_journal(forge)


def changed_state(lines: Lines, **fields: object) -> Lines:
    """The lines with another state after the first decision."""
    state = msgspec.structs.replace(lines[0].state, **fields)
    return (msgspec.structs.replace(lines[0], state=state), *lines[1:])


# ── to and fro ──────────────────────────────────────────────────────────────────────────────


def test_a_run_that_was_given_away_is_the_same_in_another_home_and_verifies(
    library: Library,
) -> None:
    run_id = import_run(library, given_away(COUNT))
    assert run_id == RUN
    journal = library.open(run_id, for_writing=False)
    original = read_journal(RUN, opened_share(given_away(COUNT))[1])
    assert tuple(journal.lines) == original.lines
    assert (journal.undos, journal.noted("monday")) == (1, "Ask Ife first.")
    ground = library.ground(journal)
    assert dict(ground.pack.files) == dict(filed_pack().files)
    assert verify(journal.header, tuple(journal.lines), ground) is None


def test_a_run_that_was_taken_in_knows_where_it_comes_from_and_is_no_job(library: Library) -> None:
    import_run(library, given_away(COUNT))
    header = library.open(RUN, for_writing=False).header
    original = read_journal(RUN, opened_share(given_away(COUNT))[1])
    (origin,) = header.origins
    assert origin == Origin(
        kind="import", run=RUN, begun=original.header.begun, at=COUNT, digest=original.digest
    )
    assert (header.study, header.pack_folder, header.player) == (True, "", PLAYER)
    assert header.begun == original.header.begun


def test_a_run_whose_id_is_taken_gets_a_number_and_nothing_is_written_over(
    library: Library,
) -> None:
    with library.begin(filed_pack(), 8, PLAYER, when="2026-11-23T21:00:00+01:00"):
        pass
    before = tree(library.home)
    assert import_run(library, given_away(COUNT)) == f"{RUN}-2"
    assert before.items() <= tree(library.home).items()


def test_an_export_is_written_into_a_new_file_and_read_from_it(
    library: Library, tmp_path: Path
) -> None:
    target = tmp_path / "ife.twohats"
    run_id = "small-ife-2026-11-23"
    write_export(library, run_id, target)
    assert target.read_bytes() == export_run(library, run_id)
    with pytest.raises(SaveError, match="already; nothing is ever written over"):
        write_export(library, run_id, target)
    other = Library(tmp_path / "other")
    assert import_file(other, target) == run_id


def test_an_export_has_what_is_whole_of_a_torn_run(library: Library) -> None:
    path = library.runs / "small-ife-2026-11-23.jsonl"
    whole = export_run(library, "small-ife-2026-11-23")
    with path.open("ab") as file:
        file.write(b'{"kind":"decision","numb')
    assert export_run(library, "small-ife-2026-11-23") == whole


def test_a_run_whose_pack_was_never_kept_is_given_away_without_it(tmp_path: Path) -> None:
    library, other = Library(tmp_path / "home"), Library(tmp_path / "other")
    with begin_run(library) as journal:
        play_on(journal, 3)
    import_run(other, export_run(library, RUN_ID))
    there = other.open(RUN_ID, for_writing=False)
    assert (there.recorded, there.header.kept) == (journal.recorded, "")
    assert not (other.home / "packs").exists()


def test_a_run_whose_pack_has_gone_missing_is_not_given_away(library: Library) -> None:
    for path in library.home.glob("packs/*"):
        path.unlink()
    with pytest.raises(SaveError, match="not there any more"):
        export_run(library, "small-ife-2026-11-23")


def test_a_branch_and_a_migrated_run_can_be_given_away_too(
    library: Library, tmp_path: Path
) -> None:
    parent = library.open("small-ife-2026-11-23", for_writing=False)
    with library.branch(parent, 1, when="2026-11-24T20:00:00+01:00") as branch:
        pass
    with library.migrate(
        parent, parent.run, changed_pack(), when="2026-11-25T20:00:00+01:00"
    ) as other:
        pass
    for journal in (branch, other):
        there = Library(tmp_path / journal.run_id)
        found = there.open(
            import_run(there, export_run(library, journal.run_id)), for_writing=False
        )
        kinds = [origin.kind for origin in found.header.origins]
        assert kinds == [journal.header.origins[0].kind, "import"]
        assert verify(found.header, tuple(found.lines), there.ground(found)) is None


# ── twins ───────────────────────────────────────────────────────────────────────────────────


def refused(library: Library, data: bytes, words: str) -> None:
    """A file is refused with these words, harmless ones, and nothing is written."""
    before = tree(library.home)
    with pytest.raises(SaveError, match=words) as found:
        import_run(library, data)
    assert tree(library.home) == before
    assert str(found.value).isprintable()
    assert len(str(found.value)) < 2000


def test_ones_own_run_is_here_already(library: Library) -> None:
    data = export_run(library, "small-ife-2026-11-23")
    refused(library, data, "This run is here already, as `small-ife-2026-11-23`")


def test_a_run_is_taken_in_once_also_if_it_was_played_on_since(library: Library) -> None:
    import_run(library, given_away(COUNT))
    refused(library, given_away(COUNT), f"here already, as `{RUN}`")
    with library.open(RUN) as journal:
        journal.append(*steps()[COUNT], when=WHEN)
    refused(library, given_away(COUNT), f"here already, as `{RUN}`")


def test_a_run_that_comes_back_from_elsewhere_is_here_already(
    library: Library, tmp_path: Path
) -> None:
    other, third = Library(tmp_path / "other"), Library(tmp_path / "third")
    run_id = import_run(other, export_run(library, "small-ife-2026-11-23"))
    back = export_run(other, run_id)
    refused(library, back, "here already")
    import_run(third, back)
    refused(third, export_run(library, "small-ife-2026-11-23"), "here already")
    refused(library, export_run(third, run_id), "here already")


def test_a_run_that_was_played_on_elsewhere_is_another_one(
    library: Library, tmp_path: Path
) -> None:
    other = Library(tmp_path / "other")
    run_id = import_run(other, export_run(library, "small-ife-2026-11-23"))
    with other.open(run_id) as journal:
        decision = any_decision(observe(filed_pack(), journal.run), [1, 2])
        outcome = advance(filed_pack(), journal.run, decision)
        journal.append(decision, outcome, when="2026-11-24T20:00:00+01:00")
    assert import_run(library, export_run(other, run_id)) == f"{run_id}-2"


# ── what is refused ─────────────────────────────────────────────────────────────────────────


def mark(**fields: Any) -> bytes:
    """A first line that says this."""
    whole = {"kind": "two-hats-run", "format": 1, "readable_by": 1, "run": RUN, "kept": True}
    return json.dumps(whole | fields).encode()


def with_mark(line: bytes) -> bytes:
    """The file with another first line."""
    return line + b"\n" + given_away(COUNT).partition(b"\n")[2]


def other_pack() -> Pack:
    """A pack with another id."""
    info = msgspec.structs.replace(filed_pack().info, id="ferry")
    files = {
        name: text.replace('id = "small"', 'id = "ferry"')
        for name, text in filed_pack().files.items()
    }
    return msgspec.structs.replace(filed_pack(), info=info, files=files)


def hostile_rules(kept: bytes) -> bytes:
    """A pack whose rules divide by nothing."""
    content = json.loads(kept)
    content["rules"]["gauges"]["part"] = 0
    return resealed(content)


def a_key_twice(kept: bytes) -> bytes:
    """A pack with a key twice."""
    return reseal(kept.replace(b'"pack_id"', b'"pack_id":"x","pack_id"', 1))


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "holds no run of Two Hats"),
    "a letter": (lambda: b"Dear Ada,\nnothing happened.\n", "holds no run of Two Hats"),
    "not text": (lambda: b"\x7fELF\x00\xff\xfe\n" * 99, "holds no run of Two Hats"),
    "an archive": (lambda: b"PK\x03\x04" + bytes(400), "holds no run of Two Hats"),
    "nesting": (lambda: b"[" * 500_000 + b"\n", "holds no run of Two Hats"),
    "a long first line": (lambda: b"{" * (2 * MAX_LINE) + b"\n", "holds no run of Two Hats"),
    "a first line that is cut": (lambda: given_away(COUNT)[:30], "holds no run of Two Hats"),
    "no kind": (lambda: with_mark(b'{"run":"x","kept":true}'), "holds no run of Two Hats"),
    "another kind": (lambda: with_mark(mark(kind="two-hats-pack")), "holds no run of Two Hats"),
    "a key twice in the first line": (
        lambda: with_mark(mark()[:-1] + b',"kept":true}'),
        "holds no run of Two Hats",
    ),
    "a newer format": (
        lambda: with_mark(mark(format=7, readable_by=2)),
        "made by a newer version of the game: its format is 7, and this one reads up to 1",
    ),
    "a journal alone": (lambda: opened_share(given_away(COUNT))[1], "holds no run of Two Hats"),
    "no journal": (lambda: mark(kept=False) + b"\n", "its file is empty"),
    "no journal behind the pack": (
        lambda: mark() + b"\n" + opened_share(given_away(COUNT))[2],
        "its file is empty",
    ),
    "a pack without an end": (
        lambda: mark() + b"\n" + b"x" * (MAX_KEPT // 2),
        "the pack in it does not end, or is too large",
    ),
    "a pack that is too long": (
        lambda: mark() + b"\n" + b"x" * (MAX_KEPT + 2) + b"\n" + opened_share(given_away(COUNT))[1],
        "the pack in it does not end, or is too large",
    ),
    "a torn journal": (lambda: given_away(COUNT)[:-20], "is whole: its last line has no end"),
    "a journal without its newline": (lambda: given_away(COUNT)[:-1], "its last line has no end"),
    "a damaged journal": (
        lambda: with_journal(lambda journal: journal.replace(b'"number":3', b'"number":4', 1)),
        r"is whole: decision 3 \(line 4 of its file\) does not fit its digest",
    ),
    "a decision twice": (
        lambda: with_lines(lambda lines: (*lines[:3], *lines[2:])),
        "is whole: decision 4 .* says that it is number 3",
    ),
    "a line twice": (
        lambda: with_journal(lambda j: b"".join([*j.splitlines(True), j.splitlines(True)[-1]])),
        "does not fit its digest, so it or its place was changed",
    ),
    "something behind the journal": (
        lambda: given_away(COUNT) + b"rm -rf /\n",
        "does not end with a digest",
    ),
    "a newer journal": (
        lambda: with_journal(
            lambda j: reseal(
                j.replace(b'"format":2,"readable_by":2', b'"format":9,"readable_by":9')
            )
        ),
        "newer version of the game",
    ),
    "a pack that was changed": (
        lambda: given_away(COUNT).replace(b"burn = 9000", b"burn = 9001", 1),
        "its pack does not fit its digest",
    ),
    "a pack that is not its run's": (
        lambda: with_journal(lambda j: j).replace(
            opened_share(given_away(COUNT))[2], as_kept(changed_pack())[0]
        ),
        "not the one that its run was played on",
    ),
    "a pack that is missing": (
        lambda: mark(kept=False) + b"\n" + opened_share(given_away(COUNT))[1],
        "what it was played on is not in it",
    ),
    "a pack of another story": (
        lambda: with_kept(lambda _: as_kept(other_pack())[0]),
        "This is a run of “Small”",
    ),
    "a key twice in the pack": (lambda: with_kept(a_key_twice), "a key stands twice"),
    "rules that divide by nothing": (lambda: with_kept(hostile_rules), "cannot be read: .*>= 1"),
    "a file elsewhere": (lambda: with_files(**{".._x.toml": "", "..__x.toml": ""}), "no name of a"),
    "a file in a folder": (lambda: with_files(**{"a__b.toml": ""}), "no name of a file"),
    "a file that is no TOML": (lambda: with_files(**{"run.py": "import os"}), "no name of a file"),
    "a name with a command in it": (
        lambda: with_files(**{"\x1b[2J.toml": ""}),
        "no name of a file",
    ),
    "too many files": (
        lambda: with_files(**{f"{n}.toml": "" for n in range(99)}),
        "a pack has at most 64",
    ),
    "a large file": (lambda: with_files(**{"x.toml": "#" * 300_000}), "larger than a pack may be"),
    "many dots": (lambda: with_files(**{"x.toml": "a" + ".a" * 40_000 + " = 1"}), "dots"),
    "deep nesting": (lambda: with_files(**{"x.toml": "a = " + "[" * 5_000}), "nested more than"),
    "no TOML": (lambda: with_files(**{"x.toml": "This is a story."}), "x.toml:1"),
    "a pack with mistakes": (
        lambda: with_files(**{"x.toml": '[[scene]]\nid = "x"\nhat = "top"'}),
        "x.toml",
    ),
    "a player who tells the terminal something": (
        lambda: with_journal(
            lambda j: reseal(
                j.replace(b'"player":"Ada"', b'"player":"Ada\\u001b]52;c;aGk=\\u0007"')
            )
        ),
        "holds what a terminal would obey",
    ),
    "a note that does": (
        lambda: with_journal(lambda j: reseal(j.replace(b"Ask Ife", b"\\u009b2J"))),
        "holds what a terminal would obey",
    ),
    "a note that turns letters around": (
        lambda: with_journal(lambda j: reseal(j.replace(b"Ask Ife", "\u202eAsk".encode()))),
        "holds what a terminal would obey",
    ),
    "no moment": (
        lambda: with_lines(lambda ls: (msgspec.structs.replace(ls[0], when="now"), *ls[1:])),
        "it was at no moment",
    ),
    "a beginning at no moment": (
        lambda: with_lines(lambda lines: lines, begun="yesterday"),
        "it was at no moment",
    ),
    "a state that its pack does not know": (
        lambda: with_lines(lambda lines: changed_state(lines, scene="nowhere")),
        "that can be told: .*the scene `nowhere`",
    ),
    "another run's id for a pack": (
        lambda: with_lines(lambda lines: lines, pack_id="larder"),
        "This is a run of “Small”",
    ),
}


@pytest.mark.parametrize(("forge", "words"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_wrong_with_a_file_is_said_and_nothing_is_written(
    library: Library, forge: Callable[[], bytes], words: str
) -> None:
    refused(library, forge(), words)


def test_a_file_that_is_too_large_is_not_even_read(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "huge.twohats"
    path.write_bytes(given_away(COUNT))
    os.truncate(path, MAX_SHARED + 1)
    with pytest.raises(SaveError, match="No run is so large"):
        import_file(library, path)


def test_a_journal_that_is_too_large_to_be_kept_is_not_taken_in(library: Library) -> None:
    line = b"x" * (MAX_LINE - 1) + b"\n"
    data = with_journal(lambda journal: journal + line * (MAX_FILE // MAX_LINE))
    refused(library, data, "is whole: decision .* does not end with a digest")


@pytest.mark.parametrize("what", ["nothing", "folder", "pipe"])
def test_what_is_no_file_is_said_to_be_none(library: Library, tmp_path: Path, what: str) -> None:
    path = tmp_path / "there"
    if what != "nothing":
        (os.mkfifo if what == "pipe" else os.mkdir)(path)
    with pytest.raises(SaveError, match=r"is not imported: (there is no|it is not an ord)"):
        import_file(library, path)


def test_a_pack_in_a_file_is_never_written_as_files(library: Library) -> None:
    import_run(library, given_away(COUNT))
    assert not list(library.home.rglob("*.toml"))
    kept = library.open(RUN, for_writing=False).header.kept
    assert read_kept((library.home / "packs" / f"{kept}.json").read_bytes())[1] == kept


def test_a_forged_pack_id_names_no_file_elsewhere(tmp_path: Path) -> None:
    library, other = Library(tmp_path / "home"), Library(tmp_path / "other")
    begin_run(library).close()
    first, _, journal = export_run(library, RUN_ID).partition(b"\n")
    reading = read_journal(RUN_ID, journal)
    for pack_id in ("../../x", "", ".."):
        header = msgspec.structs.replace(
            reading.header, pack_id=pack_id, begun=f"2026-11-2{len(pack_id)}T10:00:00Z"
        )
        run_id = import_run(other, first + b"\n" + line_of(header, "")[0])
        assert run_id.startswith(("x-ada-", "run-ada-"))
    assert {path.parent.name for path in other.home.rglob("*.jsonl")} == {"runs"}


# ── a disk that fails ───────────────────────────────────────────────────────────────────────


def test_an_import_that_fails_at_any_step_leaves_no_run_and_can_be_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("saves.exchange.read_kept", cache(read_kept))  # it is the same each time
    well = FailingDisk()
    import_run(Library(tmp_path / "well", well), given_away(COUNT))
    for at, step in enumerate(well.done):
        disk = FailingDisk()
        library = Library(tmp_path / f"{at}-{step}", disk)
        disk.break_down(at, error=errno.ENOSPC, share=0.5)
        with pytest.raises(SaveError, match="the disk is full"):
            import_run(library, given_away(COUNT))
        assert library.list() == ()
        assert import_run(library, given_away(COUNT)) == RUN


def test_an_export_that_fails_at_any_step_leaves_no_file_and_can_be_done_again(
    tmp_path: Path,
) -> None:
    disk = FailingDisk()
    library = Library(tmp_path / "home", disk)
    with library.begin(filed_pack(), SEED, PLAYER, when=WHEN):
        begun = len(disk.done)
    write_export(library, RUN, tmp_path / "well")
    for at in range(len(disk.done) - begun):
        target = tmp_path / f"{at}.twohats"
        disk.break_down(at, share=0.5)
        with pytest.raises(SaveError, match=f"The run `{RUN}` is not exported: the disk is full"):
            write_export(library, RUN, target)
        assert not list(tmp_path.glob(f"{at}.twohats*"))
        disk.fail_at = None
        write_export(library, RUN, target)
        assert target.read_bytes() == (tmp_path / "well").read_bytes()
