"""Files from strangers cannot hurt: they load, or they are refused in words, and quickly."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes import Pack, PackError, load_pack
from scenes.sanitise import clean, clean_line
from tests.packs import write_small_pack


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_small_pack(tmp_path / "small")


def refusal(pack: Path) -> str:
    begun = time.process_time()
    with pytest.raises(PackError) as caught:
        load_pack(pack)
    assert time.process_time() - begun < 10, "a bomb went off"
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("#" * 5_000_000, "larger than 256 KiB"),
        ("a" + ".a" * 20_000 + " = 1", "dots"),
        ("a = " + "[" * 5_000 + "]" * 5_000, "nested more than"),
        ("a = " + "{a = " * 50 + "1" + "}" * 50, "nested more than"),
        ("a = nan", "unknown key `a`"),
        ("[[scene]]\nid = 1e999", "a fraction"),
        ("[[scene]]\nid = 2020-01-01", "a date"),
        ("a = 1\na = 2", "overwrite"),
        ("\x00", "hostile.toml:1"),
        ('a = """' + "\\x" * 60, "hostile.toml:1"),
        ("a = ['''a'''', " + "[" * 300 + "]" * 300 + ", '']", "nested more than"),
        ("a = 0x" + "f" * 20_000, "more than 32 digits"),
        ("a = " + "1" * 5_000, "more than 32 digits"),
        ("[[scene]]\n" * 20_000, "these are the first 200"),
        ("".join(f"a{n} = 1\n" for n in range(20_000)), "these are the first 200"),
        ("[[scene]]\nwhen = [" + '"no", ' * 10_000 + "]", "these are the first 200"),
        ('[[scene]]\nid = "a' + "\u0327\u0301" * 50_000 + '"', "hostile.toml:2"),
        ('[[scene]]\nid = "small\\n"', "is no id"),
        ('[[scene]]\ntitle = "One\\nTwo"', "on one line"),
    ],
)
def test_a_bomb_is_refused_in_words(pack: Path, text: str, says: str) -> None:
    (pack / "hostile.toml").write_text(text, "utf-8")
    assert says.lower() in refusal(pack).lower()


def test_bytes_that_are_no_text_have_their_line(pack: Path) -> None:
    (pack / "hostile.toml").write_bytes(b"# fine\n\xff\xfe")
    assert "hostile.toml:2: this is not UTF-8" in refusal(pack)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("pack.toml", "morale = 50", "xmorale = 50"),
        ("pack.toml", "morale = 50", "morale = 50.5"),
        ("pack.toml", "format = 1", "format = 2"),
        ("pack.toml", "[bailout]", "[[bailout]]"),
        ("things.toml", "[[item]]", "[item]"),
        ("1-discover.toml", '[[scene.choice]]\nid = "ask"', '[scene.choice]\nid = "ask"'),
        ("1-discover.toml", "effects = [", "effects = [1, "),
        ("1-discover.toml", 'hat = "pm"', "hat = 3"),
    ],
)
def test_whatever_has_the_wrong_shape_is_refused_with_a_line(
    pack: Path, file: str, old: str, new: str
) -> None:
    text = (pack / file).read_text("utf-8")
    assert old in text
    (pack / file).write_text(text.replace(old, new, 1), "utf-8")
    assert f"{file}:" in refusal(pack)


def test_a_link_out_of_the_pack_is_not_followed(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.toml").write_text("a = 1")
    (pack / "hostile.toml").symlink_to(tmp_path / "secret.toml")
    assert "leads out of the pack" in refusal(pack)


def test_what_is_no_plain_file_is_not_opened(pack: Path) -> None:
    os.mkfifo(pack / "pipe.toml")
    assert "pipe.toml: this is no plain file" in refusal(pack)
    (pack / "pipe.toml").unlink()
    (pack / "folder.toml").mkdir()
    assert "folder.toml: this is no plain file" in refusal(pack)
    (pack / "folder.toml").rmdir()
    (pack / "ring.toml").symlink_to(pack / "ring.toml")
    assert refusal(pack).startswith("ring.toml: ")


def test_the_name_of_a_file_is_said_without_what_a_terminal_obeys(pack: Path) -> None:
    (pack / "x\x1b]52;c;aGk=\x07\n.toml").write_text("a = 1")
    assert refusal(pack).startswith("x]52;c;aGk= .toml:1: unknown key `a`")


def test_many_files_are_too_large_together(pack: Path) -> None:
    for number in range(12):
        (pack / f"more-{number}.toml").write_text("#" * 200_000)
    assert "larger than 2048 KiB in all" in refusal(pack)


def test_too_many_files_are_refused(pack: Path) -> None:
    for number in range(100):
        (pack / f"more-{number}.toml").touch()
    assert "at most 64" in refusal(pack)


def test_a_folder_without_a_pack_says_so(tmp_path: Path) -> None:
    assert "no TOML file" in refusal(tmp_path)
    assert "nowhere" in refusal(tmp_path / "nowhere")


def test_escape_sequences_are_taken_out_and_markup_stays_text(pack: Path) -> None:
    path = pack / "1-discover.toml"
    hostile = r"\u001b]52;c;aGk=\u0007[@click=app.quit]Well[/] \u202Eback\u200B"
    text = path.read_text("utf-8").replace('"Well?"', hostile, 1)
    path.write_text(text, "utf-8")
    loaded = load_pack(pack).scenes["discover-pm"].text
    assert "]52;c;aGk=[@click=app.quit]Well[/] back" in loaded
    assert not set(loaded) & {"\x1b", "\x07", "\u202e", "\u200b"}


@given(data=st.binary(max_size=400))
def test_any_bytes_make_a_pack_or_a_refusal(pack: Path, data: bytes) -> None:
    (pack / "hostile.toml").write_bytes(data)
    try:
        assert isinstance(load_pack(pack), Pack)
    except PackError as refused:
        assert refused.diagnostics


@given(
    file=st.sampled_from(["1-discover.toml", "phases.toml", "things.toml", "pack.toml"]),
    place=st.floats(min_value=0, max_value=1),
    length=st.integers(min_value=0, max_value=40),
    new=st.sampled_from(["", "x", '"', "[[scene]]\n", "{", "9", " = ", "when = [1]\n", "\n"]),
)
def test_any_edit_makes_a_pack_or_a_refusal(
    pack: Path, file: str, place: float, length: int, new: str
) -> None:
    path = pack / file
    text = path.read_text("utf-8")
    at = int(place * len(text))
    path.write_text(text[:at] + new + text[at + length :], "utf-8")
    try:
        assert isinstance(load_pack(pack), Pack)
    except PackError as refused:
        assert refused.diagnostics
    finally:
        path.write_text(text, "utf-8")


@given(st.text())
def test_cleaning_leaves_nothing_that_a_terminal_obeys_or_a_reader_cannot_see(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any((ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 for c in cleaned)
    assert not set(cleaned) & set("\u202e\u2066\u200b\ufeff\u2028")


@given(st.text(), st.integers(min_value=1, max_value=40))
def test_a_line_is_one_line_and_no_longer_than_it_may_be(text: str, longest: int) -> None:
    line = clean_line(text, longest)
    assert "\n" not in line
    assert len(line) <= longest
    assert line == line.strip()


def test_a_joiner_stays_only_between_pictures() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert clean(f"{family} a\u200db\u200d") == f"{family} ab"


def test_hashes_ignore_comments_and_file_names_and_tell_rules_from_prose(
    pack: Path, tmp_path: Path
) -> None:
    original = load_pack(pack)
    other = tmp_path / "other"
    shutil.copytree(pack, other)
    (other / "1-discover.toml").rename(other / "renamed.toml")
    text = (other / "cast.toml").read_text("utf-8")
    (other / "cast.toml").write_text(f"# A comment.\n{text}", "utf-8")
    same = load_pack(other)
    assert (same.rules_hash, same.text_hash) == (original.rules_hash, original.text_hash)

    (other / "cast.toml").write_text(text.replace("storekeeper", "store keeper"), "utf-8")
    reworded = load_pack(other)
    assert reworded.rules_hash == original.rules_hash
    assert reworded.text_hash != original.text_hash

    (other / "cast.toml").write_text(text.replace("trust = 1", "trust = 2"), "utf-8")
    retuned = load_pack(other)
    assert retuned.rules_hash != original.rules_hash
    assert retuned.text_hash == original.text_hash
