"""From a folder of TOML to a `Pack`, or to everything that is wrong with it.

On the happy path this is tomli, msgspec and the checks of `check`. Only when something is wrong
is `faults` imported, which finds every mistake and its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import msgspec

from scenes import joined as joining
from scenes.check import check
from scenes.diagnostics import Diagnostic, PackError
from scenes.files import Unreadable, check_files, parse_toml, read_toml, toml_files
from scenes.hashes import rules_and_text
from scenes.joined import Joined, Problem, Source
from scenes.language import closest, parse_spoken
from scenes.schema import Pack, PackInfo, Part
from scenes.vocabulary import PHASES

MOST_PROBLEMS: Final = 200
"""So many mistakes are listed; whoever has more mends those first."""

PACKS: Final = Path(__file__).parent / "packs"
"""Where the packs that come with the game lie."""


def installed_packs() -> tuple[PackInfo, ...]:
    """The packs that come with the game, read from their `pack.toml` alone."""
    found = (_info(folder) for folder in sorted(PACKS.iterdir()) if folder.is_dir())
    return tuple(info for info in found if info is not None)


def installed_pack(name: str) -> Path:
    """The folder of a pack that comes with the game. Raises `PackError`."""
    known = _known()
    if name in known:
        return PACKS / name
    guess = closest(name, known) or f"; there is {', '.join(known)}"
    message = f"there is no company and no folder of this name{guess}"
    raise PackError([Diagnostic(name, 0, "no-pack", message)])


def find_pack(name: str) -> Path:
    """The folder of a pack that comes with the game, or the folder that `name` is.

    Raises `PackError`.
    """
    with suppress(OSError, ValueError):  # a name too long, or no name at all
        if name and name not in _known() and Path(name).is_dir():
            return Path(name)
    return installed_pack(name)


def load_pack(folder: Path) -> Pack:
    """Read and check a pack. Raises `PackError` with all that is wrong."""
    return _checked(*_read(folder))


def load_files(files: Mapping[str, str]) -> Pack:
    """Check a pack whose files were read before: their texts by name. Raises `PackError`."""
    sources: list[Source] = []
    diagnostics: list[Diagnostic] = []
    try:
        check_files(files)
    except Unreadable as unreadable:
        raise PackError([unreadable.diagnostic]) from unreadable
    for name in sorted(files):
        try:
            sources.append(Source(name, files[name], parse_toml(name, files[name])))
        except Unreadable as unreadable:
            diagnostics.append(unreadable.diagnostic)
    return _checked(sources, diagnostics)


def _checked(sources: list[Source], diagnostics: list[Diagnostic]) -> Pack:
    """The pack that files make. Raises `PackError` with all that is wrong, also with reading."""
    parts: list[Part] = []
    try:
        parts = [msgspec.convert(s.values, Part, dec_hook=parse_spoken) for s in sources]
    except (msgspec.ValidationError, RecursionError):
        diagnostics += _explained(sources)
    if diagnostics:
        raise PackError(diagnostics)
    joined = joining.empty()
    for source, part in zip(sources, parts, strict=True):
        joining.add(joined, source, part)
    problems = list(islice(check(joined), MOST_PROBLEMS + 1))
    if problems:
        raise PackError(_placed(problems, sources))
    files = {source.name: source.text for source in sources}
    return msgspec.structs.replace(_pack(joined), files=files)


def _read(folder: Path) -> tuple[list[Source], list[Diagnostic]]:
    sources: list[Source] = []
    diagnostics: list[Diagnostic] = []
    try:
        paths = toml_files(folder)
    except Unreadable as unreadable:
        raise PackError([unreadable.diagnostic]) from unreadable
    for path in paths:
        try:
            values, text = read_toml(path)
            sources.append(Source(path.name, text, values))
        except Unreadable as unreadable:
            diagnostics.append(unreadable.diagnostic)
    return sources, diagnostics


def _explained(sources: list[Source]) -> list[Diagnostic]:
    """Every mistake in the files' records, and in what the whole records refer to."""
    from scenes.faults import explain  # noqa: PLC0415  # slow to import, and seldom needed

    joined, problems = explain(sources, MOST_PROBLEMS)
    return _placed(chain(problems, check(joined)), sources)


def _placed(problems: Iterable[Problem], sources: list[Source]) -> list[Diagnostic]:
    """The first of these problems with their lines, and a word if there are more."""
    from scenes.faults import placed  # noqa: PLC0415

    first = list(islice(problems, MOST_PROBLEMS + 1))
    diagnostics = placed(first[:MOST_PROBLEMS], sources)
    if len(first) > MOST_PROBLEMS:
        message = f"and more; these are the first {MOST_PROBLEMS}"
        diagnostics.append(Diagnostic("…", 0, "and-more", message))  # sorts last
    return diagnostics


def _pack(joined: Joined) -> Pack:
    def table(name: joining.Table) -> dict[Any, Any]:
        return {placed.id: placed.record for placed in joined.tables[name]}

    phases, career = table("phase"), joined.singles["career"]
    pack = Pack(
        info=joined.singles["pack"][0].record,
        start=joined.singles["start"][0].record,
        bailout=joined.singles["bailout"][0].record,
        career=career[0].record if career else None,
        titles=table("title"),
        reputations=table("reputation"),
        persons=table("person"),
        worlds=table("world"),
        evidence=table("evidence"),
        segments=table("segment"),
        items=table("item"),
        promises=table("promise"),
        phases={phase: phases[phase] for phase in PHASES},
        scenes=table("scene"),
        threads=table("thread"),
        terms=table("term"),
        endings=table("ending"),
        rules_hash="",
        text_hash="",
    )
    rules_hash, text_hash = rules_and_text(pack)
    return msgspec.structs.replace(pack, rules_hash=rules_hash, text_hash=text_hash)


def _known() -> list[str]:
    return [info.id for info in installed_packs()]


def _info(folder: Path) -> PackInfo | None:
    """What a pack says of itself; None if it does not say it where it should."""
    try:
        values, _ = read_toml(folder / "pack.toml")
        return msgspec.convert(values.get("pack"), PackInfo)
    except (Unreadable, msgspec.ValidationError):
        return None
