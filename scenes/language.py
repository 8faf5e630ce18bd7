"""The small language of conditions and effects, as one table of verbs.

A pack says `"trust ife >= 1"` or `"customers +3 if flag cold-hands"`. Each form is one row of
`CONDITIONS` or `EFFECTS`; the parser, its error messages, the JSON Schema and the page on the
story format are all made from these rows, so a verb exists everywhere or nowhere. Texts are
parsed once, when a pack is loaded, into the records `Condition` and `Effect`. Nothing in a
pack is ever evaluated as code.

Numbers live under keys that read like the language: `customers`, `runway`, `trust ife`,
`evidence counting`. The same key names the number in a run, in its ledger and on the screen.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from scenes.vocabulary import (
    ARTIFACTS,
    ASPECTS,
    ITEM_STATUSES,
    METRICS,
    MONEY,
    PHASES,
    PROMISE_STATES,
    RESOURCES,
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
]
"""What an argument can name that is declared elsewhere in the pack."""


class LanguageError(ValueError):
    """A condition or effect that cannot be read; the message says why and what may be meant."""


class Verb(msgspec.Struct, frozen=True):
    """One row of the language.

    `form` is how it is written: plain words stand for themselves, `<words>` for arguments.
    `reads` and `writes` say which part of the run it touches; `help` is its line in the docs.
    """

    name: str
    form: str
    help: str
    reads: str = ""
    writes: str = ""

    @property
    def slots(self) -> tuple[str, ...]:
        """The parts of the form, one per word."""
        return tuple(self.form.split())


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


CONDITIONS: Final[tuple[Verb, ...]] = (
    Verb("metric", "<metric> <compare> <number>", "a metric, 0 to 100", reads="numbers"),
    Verb("resource", "<resource> <compare> <number>", "runway, users or revenue", reads="numbers"),
    Verb(
        "trust", "trust <person> <compare> <number>", "a person's trust, -5 to 5", reads="numbers"
    ),
    Verb(
        "evidence",
        "evidence <evidence> <compare> <number>",
        "how much is known about a question",
        reads="numbers",
    ),
    Verb("flag", "flag <flag>", "something that an effect `flag` has noted", reads="flags"),
    Verb(
        "promise",
        "promise <promise> <promise-state>",
        "given, and now open, kept or broken",
        reads="promises",
    ),
    Verb("promised", "promised <promise>", "given at all, whatever became of it", reads="promises"),
    Verb("item", "item <item> <item-status>", "where an item stands", reads="items"),
    Verb("ready", "ready <item>", "an item has acceptance criteria", reads="items"),
    Verb("misbuilt", "misbuilt <item>", "an item was built as nobody meant it", reads="items"),
    Verb("crossed", "crossed", "a call was made that the charter gives to others", reads="charter"),
    Verb("made", "made <artifact>", "an artifact has been made", reads="artifacts"),
    Verb(
        "artifact",
        "artifact <artifact> <compare> <number>",
        "how good an artifact is, 0 to 100; 0 if it has not been made",
        reads="artifacts",
    ),
    Verb("aimed-at", "aimed-at <segment>", "the vision card names this segment", reads="artifacts"),
    Verb(
        "scheduled",
        "scheduled <item> <bucket>",
        "the roadmap has an item in this bucket",
        reads="artifacts",
    ),
    Verb(
        "satisfaction",
        "satisfaction <segment> <compare> <number>",
        "what a segment thinks of the product, 0 to 100",
        reads="numbers",
    ),
    Verb("debt", "debt <compare> <number>", "per cent of capacity that debt eats", reads="items"),
    Verb("bugs", "bugs <compare> <number>", "known bugs that are open", reads="items"),
    Verb("blocked", "blocked", "a card of the running sprint is blocked", reads="sprint"),
    Verb(
        "behind",
        "behind",
        "less of the running sprint is done than days have passed",
        reads="sprint",
    ),
    Verb("goal-met", "goal-met", "the last sprint met its goal", reads="sprint"),
    Verb(
        "narrowed",
        "narrowed <aspect> <item>",
        "the value or the effort of an item has been narrowed",
        reads="items",
    ),
    Verb("visited", "visited <scene>", "the scene has been played", reads="chosen"),
    Verb(
        "chose", "chose <choice>", "the choice `scene/choice` was taken or picked", reads="chosen"
    ),
    Verb(
        "rank",
        "rank <choice> <compare> <number>",
        "the place, from 1, that a `rank` scene gave the choice",
        reads="chosen",
    ),
    Verb(
        "placed",
        "placed <choice> <bucket>",
        "the bucket that a `sort` scene put the choice into",
        reads="chosen",
    ),
    Verb(
        "points",
        "points <choice> <compare> <number>",
        "what an `allocate` scene gave to the choice",
        reads="chosen",
    ),
    Verb(
        "attended",
        "attended <invitation>",
        "the invitation of that scene was accepted in the diary",
        reads="diary",
    ),
    Verb(
        "missed",
        "missed <invitation>",
        "the invitation of that scene was declined in the diary",
        reads="diary",
    ),
    Verb(
        "right", "right <scene>", "the prediction made in that scene came true", reads="predictions"
    ),
    Verb(
        "wrong",
        "wrong <scene>",
        "the prediction made in that scene did not come true",
        reads="predictions",
    ),
    Verb("world", "world <world>", "which hidden world this run is in", reads="world"),
    Verb(
        "rounds",
        "rounds <compare> <number>",
        "rounds begun so far in the whole run, from 1",
        reads="clock",
    ),
    Verb(
        "sent-back",
        "sent-back <phase>",
        "the gate of that phase sent the product back",
        reads="gates",
    ),
    Verb(
        "rescued",
        "rescued <phase>",
        "the gate of that phase let the product pass on harsher terms",
        reads="gates",
    ),
)

EFFECTS: Final[tuple[Verb, ...]] = (
    Verb(
        "metric", "<metric> <change>", "moves a metric; it stays within 0 and 100", writes="numbers"
    ),
    Verb(
        "money",
        "<money> <change>",
        "moves runway (euros) or revenue (euros a month, beside what users pay)",
        writes="numbers",
    ),
    Verb("users", "users <segment> <change>", "users of a segment come or go", writes="numbers"),
    Verb(
        "price",
        "price <segment> <number>",
        "what a segment pays, in euros a month",
        writes="numbers",
    ),
    Verb(
        "trust",
        "trust <person> <change>",
        "moves a person's trust; it stays within -5 and 5",
        writes="numbers",
    ),
    Verb(
        "evidence",
        "evidence <evidence> <change>",
        "adds to what is known about a question",
        writes="numbers",
    ),
    Verb(
        "half-days",
        "half-days <change>",
        "adds to or takes from the half-days of the next diary",
        writes="numbers",
    ),
    Verb("flag", "flag <flag>", "notes something that conditions can ask for", writes="flags"),
    Verb("unflag", "unflag <flag>", "takes a note back", writes="flags"),
    Verb(
        "promise",
        "promise <promise> by <phase>",
        "gives a promise, due before that phase's gate",
        writes="promises",
    ),
    Verb("keep", "keep <promise>", "keeps an open promise", writes="promises"),
    Verb("break", "break <promise>", "breaks an open promise", writes="promises"),
    Verb(
        "renegotiate",
        "renegotiate <promise> to <phase>",
        "moves an open promise to a later phase, said in time",
        writes="promises",
    ),
    Verb("add", "add <item>", "puts an item into the backlog", writes="items"),
    Verb("ship", "ship <item>", "gives an item to its users", writes="items"),
    Verb("refine", "refine <item>", "gives an item acceptance criteria", writes="items"),
    Verb("drop", "drop <item>", "takes an item out for good", writes="items"),
    Verb(
        "narrow",
        "narrow <aspect> <item>",
        "narrows what is known of an item's value or effort",
        writes="items",
    ),
    Verb(
        "debt",
        "debt <change>",
        "adds to or takes from the per cent of capacity that debt eats",
        writes="numbers",
    ),
    Verb(
        "focus",
        "focus <change>",
        "gives or takes per cents of the team's time in the sprint that runs or comes next",
        writes="numbers",
    ),
    Verb(
        "wip-limit",
        "wip-limit <change>",
        "moves how many cards may be in progress at once",
        writes="numbers",
    ),
    Verb("mend", "mend", "sets right what was crossed of the charter", writes="charter"),
    Verb(
        "change-charter",
        "change-charter",
        "gives each call that was crossed to whoever made it",
        writes="charter",
    ),
    Verb("unblock", "unblock", "frees the blocked cards of the running sprint", writes="sprint"),
    Verb("pull", "pull <item>", "puts an item into the running sprint, late", writes="sprint"),
    Verb("take-out", "take-out <item>", "takes an item out of the sprint", writes="sprint"),
)

_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "metric": METRICS,
    "resource": RESOURCES,
    "money": MONEY,
    "artifact": ARTIFACTS,
    "phase": PHASES,
    "promise-state": PROMISE_STATES,
    "item-status": ITEM_STATUSES,
    "aspect": ASPECTS,
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
_REFERENCES: Final = frozenset(
    (
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
    )
)
_NUMBERED: Final = frozenset(("metric", "resource", "trust", "evidence", "half-days"))
_WHOLE: Final = ("half-days", "rounds", "focus", "wip-limit", "debt", "bugs")
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
