"""Every mistake in a pack at once, in words, with its line. Only imported when there is one.

The schema that msgspec makes of the records is held against each file by jsonschema, which goes
on after the first error; conditions and effects are read by the language's own parser, so that
their errors keep their suggestions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any, Final

import msgspec
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from scenes import joined as joining
from scenes.diagnostics import Diagnostic, KeyPath
from scenes.joined import SINGLE, TABLES, Joined, Placed, Problem, Source
from scenes.language import (
    Condition,
    LanguageError,
    Spoken,
    closest,
    parse_condition,
    parse_effect,
    parse_spoken,
)
from scenes.positions import Positions
from scenes.schema import Part
from scenes.vocabulary import ID_PATTERN, METRICS

_checker: Final = FormatChecker(formats=())
# To JSON Schema 1.0 is a whole number; to TOML it is none.
_Validator: Final = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine(
        "integer", lambda _, value: isinstance(value, int) and not isinstance(value, bool)
    ),
)
_FORMAT: Final = ("pack", "format")
_CONDITIONS: Final = ("when", "any", "needs", "express-needs", "asserts", "holds")
_WRONG_KEY: Final = re.compile(r"Invalid enum value '(.+)' - at `key` in `\$\.(.+)`")
_QUOTED: Final = re.compile("`([^`]+)`")


@_checker.checks("condition", raises=LanguageError)
def _is_condition(text: object) -> bool:
    return not isinstance(text, str) or bool(parse_condition(text))


@_checker.checks("effect", raises=LanguageError)
def _is_effect(text: object) -> bool:
    return not isinstance(text, str) or bool(parse_effect(text))


def explain(sources: list[Source], most: int) -> tuple[Joined, list[Problem]]:
    """Each record that can be read, joined, and a problem for everything that cannot.

    At most `most` and one more problems are found in a file.
    """
    schema = msgspec.json.schema(Part, schema_hook=_schema_of)
    validator = _Validator(schema, format_checker=_checker)
    problems: list[Problem] = []
    joined = joining.empty()
    for source in sources:
        found = list(islice(_found(validator, source), most + 1))
        problems += _without_misspelt(found) or list(_unexplained(source))
        _salvage(joined, source, {problem.path[:2] for problem in found})
    return joined, problems


def _found(validator: Validator, source: Source) -> Iterator[Problem]:
    for error in validator.iter_errors(source.values):
        yield from _problems(source.name, error)


def placed(problems: list[Problem], sources: list[Source]) -> list[Diagnostic]:
    """Problems with their lines, and in words what they are part of."""
    by_name = {source.name: source for source in sources}
    positions: dict[str, Positions] = {}
    diagnostics: list[Diagnostic] = []
    for problem in problems:
        source = by_name.get(problem.file)
        if source is None:
            diagnostics.append(Diagnostic(problem.file, 0, problem.code, problem.message))
            continue
        if problem.file not in positions:
            positions[problem.file] = Positions(source.text)
        lines = positions[problem.file]
        diagnostics.append(
            Diagnostic(
                problem.file,
                lines.line(problem.path),
                problem.code,
                problem.message,
                _where(source.values, problem.path),
            )
        )
    return diagnostics


def _unexplained(source: Source) -> Iterator[Problem]:
    """What msgspec has against a file that its own schema has nothing against."""
    try:
        msgspec.convert(source.values, Part, dec_hook=parse_spoken)
    except msgspec.ValidationError as error:
        if wrong_key := _WRONG_KEY.fullmatch(str(error)):
            key, where = wrong_key.groups()
            message = f"unknown key `{key}`{closest(key, METRICS)}"
            yield Problem(source.name, (*where.split("."), key), "unknown-key", message)
        else:
            yield Problem(source.name, (), "unreadable", str(error))


def _schema_of(kind: type) -> dict[str, Any]:
    return {"type": "string", "format": "condition" if kind is Condition else "effect"}


def _salvage(joined: Joined, source: Source, broken: set[KeyPath]) -> None:
    """Add the whole records of a broken file, and the ids of the others."""
    for name in SINGLE:
        if name in source.values:
            whole = not any(path[:1] == (name,) for path in broken)
            record = _read(name, source.values[name]) if whole else None
            joined.singles[name].append(Placed(source.name, (name,), name, record))
    for table in TABLES:
        values = source.values.get(table, [])
        for number, value in enumerate(values if isinstance(values, list) else [values]):
            name = value.get("id", "") if isinstance(value, dict) else ""
            path = (table, number)
            whole = not any(path[: len(each)] == each for each in broken)
            records = _read(table, [value]) if whole else None
            record = records[0] if records else None
            spoken = () if record else tuple(_spoken(value, path))
            joined.tables[table].append(Placed(source.name, path, str(name), record, spoken))


def _spoken(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Spoken]]:
    """The conditions and effects that can be read in a record that cannot."""
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _spoken(each, (*path, key))
        return
    key = path[-2] if isinstance(path[-1], int) else ""
    if isinstance(value, str) and key in (*_CONDITIONS, "effects"):
        with suppress(LanguageError):
            yield path, (parse_effect if key == "effects" else parse_condition)(value)


def _read(table: str, value: Any) -> Any:
    """A table as its record; None if it cannot be read."""
    try:
        return getattr(msgspec.convert({table: value}, Part, dec_hook=parse_spoken), table)
    except msgspec.ValidationError:
        return None


# ── words for what jsonschema finds ─────────────────────────────────────────────────────


def _problems(file: str, error: ValidationError) -> Iterator[Problem]:
    path: KeyPath = tuple(error.absolute_path)
    value: Any = error.instance
    limit: Any = error.validator_value
    match error.validator:
        case "anyOf" if error.context:
            yield from _best_of(file, error)
        case "additionalProperties":
            schema: Any = error.schema
            known = schema.get("properties", {})
            for key in sorted(set(value) - set(known)):
                message = f"unknown key `{key}`{closest(key, known)}"
                yield Problem(file, (*path, key), "unknown-key", message)
        case "required":
            for key in (key for key in limit if key not in value):
                yield Problem(file, path, "missing-key", f"`{key}` is missing")
        case "format":
            yield Problem(file, path, "language", str(error.cause))
        case "enum":
            known = [str(word) for word in limit]
            guess = closest(str(value), known) or f"; it is one of {', '.join(known)}"
            yield Problem(file, path, "unknown-word", f"unknown word `{value}`{guess}")
        case "maximum" if path == _FORMAT:
            message = f"a pack of format {value}; this version of the game reads up to {limit}"
            yield Problem(file, path, "newer-format", message)
        case "propertyNames":
            yield Problem(file, path, "unknown-key", _plainly(error))
        case "pattern" if limit != ID_PATTERN:
            yield Problem(file, path, "several-lines", "this should be a text on one line")
        case "pattern":
            said = f"`{_short(value)}` is no id: lower-case words with hyphens, such as `minus-two`"
            yield Problem(file, path, "bad-id", said)
        case _:
            yield Problem(file, path, str(error.validator), _plainly(error))


def _best_of(file: str, error: ValidationError) -> Iterator[Problem]:
    """Of alternatives, the problems of the one that fits the value's type."""
    of_this_type = [each for each in error.context or [] if each.validator != "type" or each.path]
    if not of_this_type:
        yield Problem(file, tuple(error.absolute_path), "wrong-type", _plainly(error))
    for each in of_this_type:
        yield from _problems(file, each)


def _without_misspelt(found: list[Problem]) -> list[Problem]:
    """The problems without those of a key that is missing because it was misspelt."""
    meant = {
        (problem.path[:-1], guess)
        for problem in found
        if problem.code == "unknown-key"
        for guess in _QUOTED.findall(problem.message)[1:]
    }
    return [
        problem
        for problem in found
        if problem.code != "missing-key"
        or (problem.path, _QUOTED.findall(problem.message)[0]) not in meant
    ]


def _plainly(error: ValidationError) -> str:
    """A jsonschema error in the words of this project."""
    value: Any = error.instance
    limit: Any = error.validator_value
    match error.validator:
        case "type" | "anyOf":
            wanted = limit if isinstance(limit, str) else _wanted(limit)
            return f"this should be {_TYPES.get(wanted, wanted)}, and is {_named(value)}"
        case "minimum":
            return f"{value} is too small; {limit} is the least"
        case "maximum":
            return f"{value} is too large; {limit} is the most"
        case "maxLength":
            return f"too long: {len(value)} characters, and {limit} are the most"
        case "minLength":
            return "this is empty"
        case "maxItems":
            return f"too many: {len(value)}, and {limit} are the most"
        case "minItems":
            return f"too few: {len(value)}, and {limit} are the least"
    return str(error.message)


def _wanted(alternatives: Any) -> str:
    """The type that is meant by "this or nothing"."""
    types = ("object" if "$ref" in each else each.get("type", "") for each in alternatives)
    return next((name for name in types if name != "null"), "something else")


_TYPES: Final = {
    "string": "a text",
    "integer": "a whole number",
    "object": "a table",
    "array": "a list",
    "boolean": "true or false",
}


def _named(value: Any) -> str:
    kinds = (
        (bool, "true or false"),
        (str, "a text"),
        (int, "a whole number"),
        (float, "a fraction"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), _container(value))


def _container(value: Any) -> str:
    return (
        "a list" if isinstance(value, list) else "a table" if isinstance(value, dict) else "a date"
    )


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _where(values: Any, path: KeyPath) -> str:
    """The records that a path leads through, the innermost first: `choice x of scene y`."""
    names: list[str] = []
    kind = ""
    for key in path:
        try:
            values = values[key]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(key, str):
            kind = key
        if isinstance(values, dict) and isinstance(values.get("id"), str):
            names.append(f"{kind} {_short(values['id'])}")
    return " of ".join(reversed(names))
