"""The small language of conditions and effects, read by the one table of verbs.

A pack says `"trust ife >= 1"` or `"customers +3 if flag cold-hands"`. Each form is one row of
`CONDITIONS` or `EFFECTS` in `verbs`. Texts are parsed once, when a pack is loaded, into the
records `Condition` and `Effect`. Nothing in a pack is ever evaluated as code.

Numbers live under keys that read like the language: `customers`, `runway`, `trust ife`,
`evidence counting`. The same key names the number in a run, in its ledger and on the screen.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Final, Literal, get_args

from scenes.verbs import CONDITIONS, EFFECTS, Verb
from scenes.vocabulary import (
    ARTIFACTS,
    ASPECTS,
    ITEM_STATUSES,
    MEMENTOS,
    METRICS,
    MONEY,
    PHASES,
    PROMISE_STATES,
    RESOURCES,
    SKILLS,
)

LARGEST_NUMBER: Final = 1_000_000
"""No number in a pack is further from zero than this."""

Comparison = Literal["<", "<=", "=", ">=", ">"]

Reference = Literal[
    "person",
    "evidence",
    "promise",
    "segment",
    "item",
    "world",
    "scene",
    "choice",
    "flag",
    "invitation",
    "title",
    "competency",
    "reputation",
]
"""What an argument can name that is declared elsewhere in the pack."""


class LanguageError(ValueError):
    """A condition or effect that cannot be read; the message says why and what may be meant."""


class Spoken:
    """What conditions and effects share: they are equal if they were written alike.

    These are plain classes, because msgspec hands only types that it does not know to the hook
    that parses them.
    """

    __slots__ = ("args", "key", "text", "verb")

    def __init__(self, verb: str, args: tuple[str, ...], text: str, key: str = "") -> None:
        """`verb` names a row of the table, `args` its words, `key` the number it is about."""
        self.verb: Final = verb
        self.args: Final = args
        self.text: Final = text
        self.key: Final = key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Spoken) and (type(self), self.text) == (type(other), other.text)

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"


class Condition(Spoken):
    """A question with a yes or no about a run, such as `not trust ife >= 1`.

    Where the row of `CONDITIONS` compares a number, `op` and `number` are the comparison.
    """

    __slots__ = ("negated", "number", "op")

    def __init__(
        self,
        verb: str,
        args: tuple[str, ...],
        text: str,
        key: str = "",
        *,
        op: Comparison = "=",
        number: int = 0,
        negated: bool = False,
    ) -> None:
        super().__init__(verb, args, text, key)
        self.op: Final = op
        self.number: Final = number
        self.negated: Final = negated


class Effect(Spoken):
    """A change to a run, such as `trust ife +1 if flag cold-hands else -1`.

    Where the row of `EFFECTS` changes a number, `by` is the signed amount. With a `condition`
    the effect applies only if it holds; otherwise `otherwise` is the amount instead (0:
    nothing happens).
    """

    __slots__ = ("by", "condition", "otherwise")

    def __init__(
        self,
        verb: str,
        args: tuple[str, ...],
        text: str,
        key: str = "",
        *,
        by: int = 0,
        condition: Condition | None = None,
        otherwise: int = 0,
    ) -> None:
        super().__init__(verb, args, text, key)
        self.by: Final = by
        self.condition: Final = condition
        self.otherwise: Final = otherwise


_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "metric": METRICS,
    "resource": RESOURCES,
    "money": MONEY,
    "artifact": ARTIFACTS,
    "phase": PHASES,
    "promise-state": PROMISE_STATES,
    "item-status": ITEM_STATUSES,
    "aspect": ASPECTS,
    "memento": MEMENTOS,
    "skill": SKILLS,
}
_ID: Final = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_PATTERNS: Final[dict[str, str]] = {
    "compare": r"<=|>=|<|>|=",
    "number": r"-?\d{1,7}",
    "change": r"[+-]\d{1,7}",
    "choice": rf"{_ID}/{_ID}",
}
_EXPLAINED: Final[dict[str, str]] = {
    "compare": "one of < <= = >= >",
    "number": "a whole number",
    "change": "a signed whole number such as +2 or -3",
    "choice": "a choice written as scene/choice",
}
_REFERENCES: Final = frozenset(get_args(Reference))
_NUMBERED: Final = frozenset(("metric", "resource", "trust", "evidence", "half-days"))
_WHOLE: Final = ("half-days", "rounds", "focus", "wip-limit", "debt", "bugs", "finished")
"""Verbs that are the key of their number themselves."""


def parse_condition(text: str) -> Condition:
    """Read one condition. Raises `LanguageError` with a suggestion where it can make one."""
    words = text.split()
    negated = bool(words) and words[0] == "not"
    verb, args = _match(words[1:] if negated else words, CONDITIONS, "condition")
    if "<compare>" not in verb.slots:
        return Condition(verb.name, args, text, negated=negated)
    *rest, op, number = args
    return Condition(
        verb.name,
        tuple(rest),
        text,
        key=_number_key(verb, rest),
        op=op,  # type: ignore[arg-type]  # the row's pattern admits only a Comparison
        number=_bounded(number),
        negated=negated,
    )


def parse_effect(text: str) -> Effect:
    """Read one effect. Raises `LanguageError` with a suggestion where it can make one."""
    words = text.split()
    condition: Condition | None = None
    otherwise = 0
    if "if" in words:
        at = words.index("if")
        words, tail = words[:at], words[at + 1 :]
        if "else" in tail:
            at = tail.index("else")
            otherwise = _else_amount(tail[at + 1 :])
            tail = tail[:at]
        condition = parse_condition(" ".join(tail))
    verb, args = _match(words, EFFECTS, "effect")
    if "<change>" not in verb.slots:
        if otherwise:
            raise LanguageError(f"`else` goes with a number, and `{verb.name}` has none")
        return Effect(verb.name, args, text, condition=condition)
    *rest, change = args
    return Effect(
        verb.name,
        tuple(rest),
        text,
        key=_number_key(verb, rest),
        by=_bounded(change),
        condition=condition,
        otherwise=otherwise,
    )


def parse_spoken(kind: type, text: object) -> Condition | Effect:
    """Msgspec's hook for the types that it does not know: a text becomes what it says."""
    if not isinstance(text, str):
        raise LanguageError("a condition or an effect is a text")
    return parse_condition(text) if kind is Condition else parse_effect(text)


def references(spoken: Spoken) -> Iterable[tuple[Reference, str]]:
    """What a condition or effect names that must be declared elsewhere in the pack."""
    rows = CONDITIONS if isinstance(spoken, Condition) else EFFECTS
    verb = next(row for row in rows if row.name == spoken.verb)
    arguments = [slot[1:-1] for slot in verb.slots if slot.startswith("<")]
    for kind, word in zip(arguments, spoken.args, strict=False):
        if kind in _REFERENCES:
            yield kind, word  # type: ignore[misc]  # the frozen set holds only References
    if isinstance(spoken, Effect) and spoken.condition is not None:
        yield from references(spoken.condition)


def closest(word: str, known: Iterable[str]) -> str:
    """The end of an error message: `; did you mean ...?` where something is close, else empty."""
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean `{found[0]}`?" if found else ""


def _match(words: list[str], rows: tuple[Verb, ...], what: str) -> tuple[Verb, tuple[str, ...]]:
    """The row that the words fit, with its arguments; or the most helpful error there is."""
    if not words:
        raise LanguageError(f"an empty {what}")
    for row in rows:
        if _fits(words, row):
            pairs = zip(words, row.slots, strict=True)
            return row, tuple(word for word, slot in pairs if slot.startswith("<"))
    raise _nearest_error(words, rows, what)


def _fits(words: list[str], row: Verb) -> bool:
    """Whether the words are this row of the language."""
    return len(words) == len(row.slots) and all(
        _is_kind(word, slot[1:-1]) if slot.startswith("<") else word == slot
        for word, slot in zip(words, row.slots, strict=True)
    )


def _is_kind(word: str, kind: str) -> bool:
    """Whether a word can stand for this kind of argument."""
    if kind in _WORDS:
        return word in _WORDS[kind]
    return re.fullmatch(_PATTERNS.get(kind, _ID), word) is not None


def _nearest_error(words: list[str], rows: tuple[Verb, ...], what: str) -> LanguageError:
    """What to say of words that are no row: what keeps them from the row that they fit furthest."""
    nearest: tuple[int, LanguageError] | None = None
    for row in rows:
        fitted, problem = _misfit(words, row)
        if fitted and (nearest is None or fitted > nearest[0]):
            nearest = fitted, problem
    if nearest is not None:
        return nearest[1]
    heads = {row.slots[0] for row in rows if not row.slots[0].startswith("<")}
    if len(words) > 1 and re.fullmatch(r"[+-]?\d+|<=|>=|<|>|=", words[1]):
        heads = {*METRICS, *RESOURCES, *(head for head in heads if head in _NUMBERED)}
        return LanguageError(f"unknown metric `{words[0]}`{closest(words[0], heads)}")
    known = {*heads, *METRICS, *RESOURCES}
    return LanguageError(f"unknown {what} `{words[0]}`{closest(words[0], known)}")


def _misfit(words: list[str], row: Verb) -> tuple[int, LanguageError]:
    """How many words fit a row that they are not, and what is wrong with the next."""
    for at, slot in enumerate(row.slots):
        if at >= len(words):
            return at, LanguageError(f"`{' '.join(words)}` stops early; write `{row.form}`")
        word, kind = words[at], slot[1:-1]
        if not slot.startswith("<"):
            if word != slot:
                expected = f"`{word}` where `{slot}` was expected"
                return at, LanguageError(f"{expected}; write `{row.form}`")
        elif not _is_kind(word, kind):
            problem = _wrong_word(word, kind)
            return at, LanguageError(f"{problem}; write `{row.form}`" if at else problem)
    extra = " ".join(words[len(row.slots) :])
    return len(row.slots), LanguageError(f"`{extra}` is left over; write `{row.form}`")


def _wrong_word(word: str, kind: str) -> str:
    """Why a word cannot stand for this kind of argument."""
    if kind in _WORDS:
        known = ", ".join(_WORDS[kind])
        return f"unknown {kind} `{word}`{closest(word, _WORDS[kind]) or f' (one of {known})'}"
    return f"`{word}` is not {_EXPLAINED.get(kind, f'the id of a {kind}')}"


def _number_key(verb: Verb, args: list[str]) -> str:
    if verb.name in _WHOLE:
        return verb.name
    return args[0] if verb.name in ("metric", "resource", "money") else f"{verb.name} {args[0]}"


def _bounded(number: str) -> int:
    value = int(number)
    if abs(value) > LARGEST_NUMBER:
        raise LanguageError(f"{number} is too large; no number goes beyond {LARGEST_NUMBER}")
    return value


def _else_amount(words: list[str]) -> int:
    if len(words) != 1 or not re.fullmatch(_PATTERNS["change"], words[0]):
        raise LanguageError(
            f"after `else` comes one signed number, and `{' '.join(words)}` is not one"
        )
    return _bounded(words[0])
