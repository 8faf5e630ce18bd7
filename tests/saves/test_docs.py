"""The page on saves names tests that exist, and a way of checking that works."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from tests.saves.runs import saved_bytes

FOLDER = Path(__file__).parent
PAGE = (FOLDER.parents[1] / "docs" / "saves.md").read_text("utf-8")


def test_every_test_that_the_page_names_exists() -> None:
    files = (*FOLDER.glob("test_*.py"), *FOLDER.with_name("game").glob("test_*.py"))
    there = "\n".join(path.read_text("utf-8") for path in files)
    named = re.findall(r"`(test_\w+)`", PAGE)
    assert len(named) > 30
    assert [name for name in named if f"def {name}(" not in there] == []


def test_the_check_on_the_page_accepts_a_journal_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    check = compile(textwrap.dedent(found[1]), "docs/saves.md", "exec")
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "larder-ada-2026-11-23.jsonl"
    path.write_bytes(saved_bytes(5))
    exec(check, {})
    path.write_bytes(saved_bytes(5).replace(b'"number":3', b'"number":4'))
    with pytest.raises(AssertionError):
        exec(check, {})
