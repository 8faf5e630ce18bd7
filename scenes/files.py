"""Reading the files of a pack that may come from a stranger: size first, then the parser.

A short file can keep a parser busy for minutes, by nesting or by a key of forty thousand dots,
so both are counted before anything is parsed.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import tomli

from scenes.diagnostics import Diagnostic
from scenes.sanitise import clean

LARGEST_FILE: Final = 256 * 1024
LARGEST_PACK: Final = 2 * 1024 * 1024
MOST_FILES: Final = 64
DEEPEST: Final = 16
MOST_DOTS: Final = 16
"""A key, such as `scene.choice.id`, has at most so many dots in a line outside of texts."""

MOST_DIGITS: Final = 32
"""A word that begins with a digit, which is a number or a date, is no longer than this."""

_PLAIN_NAME: Final = re.compile(r"[\w-][\w.-]{0,99}\.toml")
_LONG_NUMBER: Final = re.compile(rf"(?<![\w-])\d\w{{{MOST_DIGITS},}}")
_STRINGS: Final = re.compile(
    r'"""(?:\\.|(?!""")[^\\])*"{3,5}|'
    r"'''(?:(?!''').)*'{3,5}|"
    r'"(?:\\.|[^"\\\n])*"|'
    r"'[^'\n]*'|"
    r"#[^\n]*",
    re.DOTALL,
)


class Unreadable(Exception):
    """A file that is no TOML, or that is not safe to parse."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        """`diagnostic` says why."""
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


def toml_files(folder: Path) -> tuple[Path, ...]:
    """The TOML files of a folder in the order of their names. Raises `Unreadable`."""

    def refuse(file: str, message: str) -> Unreadable:
        return Unreadable(Diagnostic(file, 0, "too-large", message))

    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise Unreadable(Diagnostic(str(folder), 0, "no-folder", reason)) from error
    if not found:
        raise Unreadable(Diagnostic(str(folder), 0, "no-folder", "there is no TOML file in it"))
    if len(found) > MOST_FILES:
        raise refuse(str(folder), f"{len(found)} files; a pack has at most {MOST_FILES}")
    home = folder.resolve()
    if sum(min(_size(path, home), LARGEST_FILE) for path in found) > LARGEST_PACK:
        raise refuse(str(folder), f"larger than {LARGEST_PACK // 1024} KiB in all")
    return tuple(found)


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """A file's values, cleaned, and its text. Raises `Unreadable` with the line if it has one."""
    text = _read_text(path)
    return parse_toml(path.name, text), text


def parse_toml(name: str, text: str) -> dict[str, Any]:
    """The values of a file's text, cleaned. Raises `Unreadable` with the line if it has one."""
    _refuse_bombs(name, text)
    try:
        values = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise Unreadable(Diagnostic(name, error.lineno, "syntax", error.msg)) from error
    except (RecursionError, ValueError) as error:
        raise Unreadable(Diagnostic(name, 0, "syntax", "this cannot be parsed")) from error
    cleaned: dict[str, Any] = _cleaned(values)
    return cleaned


def check_files(files: Mapping[str, str]) -> None:
    """Know that texts could be the files of a pack. Raises `Unreadable`."""

    def refuse(message: str) -> Unreadable:
        return Unreadable(Diagnostic("the pack", 0, "too-large", message))

    if not files:
        raise Unreadable(Diagnostic("the pack", 0, "no-folder", "there is no TOML file in it"))
    if len(files) > MOST_FILES:
        raise refuse(f"{len(files)} files; a pack has at most {MOST_FILES}")
    sizes = [len(text.encode(errors="replace")) for text in files.values()]
    if max(sizes) > LARGEST_FILE or sum(sizes) > LARGEST_PACK:
        most = f"{LARGEST_FILE // 1024} KiB in a file, {LARGEST_PACK // 1024} KiB in all"
        raise refuse(f"larger than a pack may be: {most}")
    for name in files:
        if not _PLAIN_NAME.fullmatch(name):
            shown = clean(name)[:40]
            raise Unreadable(Diagnostic("the pack", 0, "no-file", f"no name of a file: {shown}"))


def _size(path: Path, home: Path) -> int:
    """The bytes of a plain file inside `home`. Raises `Unreadable` for anything else."""

    def refuse(code: str, message: str) -> Unreadable:
        return Unreadable(Diagnostic(path.name, 0, code, message))

    try:
        status = path.stat()
        inside = path.resolve().is_relative_to(home)
    except (OSError, RuntimeError) as error:  # a link to itself is a RuntimeError until 3.13
        reason = getattr(error, "strerror", None) or "a link that leads nowhere"
        raise refuse("no-file", reason) from error
    if not inside:
        raise refuse("outside", "this is a link that leads out of the pack")
    if not stat.S_ISREG(status.st_mode):
        raise refuse("no-file", "this is no plain file")
    return status.st_size


def _read_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise Unreadable(Diagnostic(path.name, 0, "no-file", reason)) from error
    if len(data) > LARGEST_FILE:
        limit = f"larger than {LARGEST_FILE // 1024} KiB; split it"
        raise Unreadable(Diagnostic(path.name, 0, "too-large", limit))
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(Diagnostic(path.name, line, "syntax", "this is not UTF-8")) from error


def _refuse_bombs(name: str, text: str) -> None:
    """Raise `Unreadable` for nesting and dotted keys that no story needs."""
    bare = _STRINGS.sub(lambda match: "\n" * match[0].count("\n"), text)
    depth = 0
    for number, line in enumerate(bare.split("\n"), start=1):
        if line.count(".") > MOST_DOTS:
            message = f"a key with {line.count('.')} dots; {MOST_DOTS} are the most"
            raise Unreadable(Diagnostic(name, number, "too-large", message))
        if _LONG_NUMBER.search(line):
            message = f"a number of more than {MOST_DIGITS} digits"
            raise Unreadable(Diagnostic(name, number, "too-large", message))
        for bracket in re.findall(r"[\[\]{}]", line):
            depth += 1 if bracket in "[{" else -1
            if depth > DEEPEST:
                message = f"nested more than {DEEPEST} deep"
                raise Unreadable(Diagnostic(name, number, "too-large", message))


def _cleaned(value: Any) -> Any:
    """A decoded value with all its texts cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(each) for each in value]
    if isinstance(value, dict):
        return {clean(key): _cleaned(each) for key, each in value.items()}
    return value
