"""The language of conditions and effects: one table, and every row of it works."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.language import LanguageError, parse_condition, parse_effect, references
from scenes.verbs import CONDITIONS, EFFECTS, Verb

EXAMPLES = {
    "metric": "morale",
    "resource": "runway",
    "phase": "build",
    "promise-state": "kept",
    "item-status": "shipped",
    "aspect": "value",
    "memento": "promise",
    "skill": "test",
    "compare": ">=",
    "number": "3",
    "change": "-3",
    "choice": "minus-two/count-along",
    "money": "runway",
    "artifact": "roadmap",
}


def example(row: Verb) -> str:
    words = (slot[1:-1] if slot.startswith("<") else None for slot in row.slots)
    pairs = zip(row.slots, words, strict=True)
    return " ".join(EXAMPLES.get(word, "some-id") if word else slot for slot, word in pairs)


@pytest.mark.parametrize("row", CONDITIONS, ids=lambda row: row.name)
def test_every_condition_can_be_said_and_denied(row: Verb) -> None:
    said, denied = parse_condition(example(row)), parse_condition(f"not {example(row)}")
    assert said.verb == denied.verb == row.name
    assert (said.negated, denied.negated) == (False, True)


@pytest.mark.parametrize("row", EFFECTS, ids=lambda row: row.name)
def test_every_effect_can_be_said_and_made_to_depend(row: Verb) -> None:
    effect = parse_effect(f"{example(row)} if not flag cold-hands")
    assert effect.verb == row.name
    assert effect.condition is not None
    assert ("flag", "cold-hands") in list(references(effect))


def test_an_else_gives_the_other_amount() -> None:
    effect = parse_effect("trust ife +1 if trust ife >= 0 else -2")
    assert (effect.key, effect.by, effect.otherwise) == ("trust ife", 1, -2)


@pytest.mark.parametrize(
    ("said", "suggests"),
    [
        ("moral +3", "did you mean `morale`?"),
        ("trst ife +3", "did you mean `trust`?"),
        ("morale 3", "signed whole number"),
        ("morale +9999999", "goes beyond"),
        ("promise demo by lunch", "did you mean `launch`?"),
        ("flag one two", "`two` is left over"),
        ("flag", "stops early"),
        ("flag a else +2", "left over"),
        ("flag a if flag b else +2", "`else` goes with a number"),
        ("morale +2 if", "an empty condition"),
        ("morale +2 if flag b else lots", "after `else`"),
        ("", "an empty effect"),
        ("__import__('os')", "unknown effect"),
    ],
)
def test_what_cannot_be_read_says_what_may_be_meant(said: str, suggests: str) -> None:
    with pytest.raises(LanguageError) as error:
        parse_effect(said)
    assert suggests in str(error.value)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_condition, parse_effect):
        try:
            assert parse(text).text == text
        except LanguageError as refused:
            assert str(refused)
