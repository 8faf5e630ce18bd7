"""A run goes on with its pack, says so if that has changed, and refuses what cannot work."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from saves import Journal, Library
from saves.fit import fit
from scenes.schema import Pack
from scenes.vocabulary import PhaseId
from state_machine import advance
from state_machine.run import (
    Artifact,
    Bet,
    Card,
    Crossing,
    Given,
    Mark,
    Pending,
    Played,
    Sprint,
    Succession,
)
from tests.saves.runs import begin_run, play_on, small_pack, steps

Change = Callable[[Pack], Pack]


def changed(pack: Pack, **fields: Any) -> Pack:
    """The pack with other fields, and so of other rules."""
    return msgspec.structs.replace(pack, **{"rules_hash": "rules-2", **fields})


def without_scene(name: str) -> Change:
    return lambda pack: changed(pack, scenes={k: v for k, v in pack.scenes.items() if k != name})


def without_choice(scene: str, choice: str) -> Change:
    def change(pack: Pack) -> Pack:
        record = pack.scenes[scene]
        left = tuple(c for c in record.choice if c.id != choice)
        return changed(
            pack, scenes={**pack.scenes, scene: msgspec.structs.replace(record, choice=left)}
        )

    return change


def taken_over(invited: str, phase: PhaseId = "launch", name: str = "Ada") -> Succession:
    """A desk with one invitation in its diary."""
    return Succession(predecessor=name, phase=phase, rounds=1, diary=(invited,))


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A run with half of its decisions."""
    with begin_run(Library(tmp_path)) as journal:
        play_on(journal, len(steps()) // 2)
    return journal


def test_the_pack_that_it_was_begun_on_fits_without_a_word(journal: Journal) -> None:
    found = journal.fits(small_pack())
    assert (found.kinship, found.notice, found.refusal) == ("same", "", "")


def test_a_mended_typo_breaks_nobodys_run(journal: Journal) -> None:
    found = journal.fits(msgspec.structs.replace(small_pack(), text_hash="text-2"))
    assert (found.kinship, found.notice, found.refusal) == ("text changed", "", "")


def test_another_pack_is_refused_by_name(journal: Journal) -> None:
    pack = small_pack()
    info = msgspec.structs.replace(pack.info, id="ferry", title="The Ferry")
    found = journal.fits(msgspec.structs.replace(pack, info=info))
    assert found.kinship == "other pack"
    assert found.refusal == "This is a run of “Tiny” (`tiny`), not of “The Ferry” (`ferry`)."


def test_changed_rules_that_still_have_everything_go_on_with_a_notice(journal: Journal) -> None:
    pack = changed(small_pack())
    found = journal.fits(pack)
    assert found.kinship == "rules changed"
    assert "has changed since this run was begun" in found.notice
    assert found.refusal == ""
    decision, _ = steps()[len(journal.recorded)]
    assert advance(pack, journal.run, decision).run != journal.run


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without_scene("ask-ife"), "the scene `ask-ife`"),
        (without_scene("fridge"), "the scene `fridge`"),
        (without_choice("sort", "one"), "the choice `sort/one`"),
        (lambda pack: changed(pack, worlds={}), "the hidden world"),
        (lambda pack: changed(pack, persons={}), "the person `ife`, the person `tomas`"),
        (lambda pack: changed(pack, evidence={}), "the question `counting`"),
        (lambda pack: changed(pack, phases={}), "the phase"),
        (lambda pack: changed(pack, scenes={}), r"and \d+ more that it needs"),
    ],
)
def test_changed_rules_that_lack_what_the_run_needs_are_refused_with_what_it_is(
    journal: Journal, change: Change, words: str
) -> None:
    found = journal.fits(change(small_pack()))
    assert found.kinship == "rules changed"
    assert found.notice == ""
    assert re.search(words, found.refusal)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"items": {"lift": "backlog"}}, "the item `lift`"),
        ({"narrowed": ("value stairs",)}, "the item `stairs`"),
        ({"promises": {"moon": Given("open", "grow", "ask-ife/promise")}}, "the promise `moon`"),
        (
            {"promises": {"demo": Given("open", "grow", "ask-ife/swear")}},
            "the choice `ask-ife/swear`",
        ),
        (
            {"promises": {"roadmap-x": Given("open", "grow", "ask-ife/promise", "x", "ife")}},
            "the item `x`",
        ),
        (
            {"promises": {"demo": Given("open", "grow", "upstairs")}},
            "the moment `upstairs`",
        ),
        ({"backlog": ("lift",)}, "the item `lift`"),
        ({"sprint": Sprint(number=1, played=True, goal="lift")}, "the item `lift`"),
        ({"carried": (Card(item="lift"),)}, "the item `lift`"),
        ({"artifacts": {"roadmap": Artifact(scene="wall", round=1)}}, "the scene `wall`"),
        ({"artifacts": {"roadmap": Artifact(scene="", round=1)}}, "the scene ``"),
        ({"placed": {"sort/nine": "now"}}, "the choice `sort/nine`"),
        ({"played": (Played("walk", "pm", "discover", 1),)}, "the scene `walk`"),
        ({"pending": (Pending("sort/one", 3, 9),)}, "what `sort/one` brings about later"),
        ({"pending": (Pending("ask-ife/promise", -1, 9),)}, "`ask-ife/promise` brings about later"),
        ({"pending": (Pending("nowhere/go", 0, 9),)}, "the choice `nowhere/go`"),
        (
            {"crossings": (Crossing(call="price", by="walk/go", owner="po", open=True),)},
            "the choice `walk/go`",
        ),
        (
            {"artifacts": {"charter": Artifact(scene="sort", round=1, buckets={"x": "pm"})}},
            "`x`, which was sorted in `sort`",
        ),
        ({"bets": (Bet("bet", "perhaps", 9),)}, "the choice `bet/perhaps`"),
        ({"crises": ("fire",)}, "the scene `fire`"),
        ({"agenda": ("*", "walk")}, "the scene `walk`"),
        ({"diary": ("sort",)}, "the invitation to `sort`"),
        ({"round": 9}, "round 9 of the phase"),
        ({"round": 0}, "round 0 of the phase"),
        ({"state": "build_lunch"}, "the state `build_lunch`"),
        ({"numbers": {}}, "the number `business`"),
        ({"player": "Ada\x1b]52;c;aGk=\x07"}, "a text of the player's that can be shown"),
        ({"letters": {"to-po": "a\nb"}}, "a text of the player's that can be shown"),
        ({"letters": {}}, "the letter `to-po`"),
        ({"ending": "over", "marks": ()}, "the end of a round"),
        ({"marks": (Mark("discover", 1, (50,)),)}, "how the metrics stood"),
        ({"ending": "glory"}, "the ending `glory`"),
        ({"state": "succession"}, "the desk that it takes over"),
        ({"succession": taken_over("walk")}, "the scene `walk`"),
        ({"succession": taken_over("sort")}, "the invitation to `sort`"),
        (
            {"state": "succession", "succession": taken_over("fridge", "build")},
            "a desk to take over",
        ),
        ({"state": "succession", "succession": taken_over("fridge"), "round": 9}, "round 9 of the"),
        ({"succession": taken_over("fridge", name="Ada\x07")}, "a text of the player's that"),
        ({"title": "duke"}, "the title `duke`"),
        ({"held": "duke"}, "the title `duke`"),
    ],
)
def test_everything_that_a_run_can_refer_to_is_looked_for(
    journal: Journal, fields: dict[str, Any], words: str
) -> None:
    run = msgspec.structs.replace(journal.run, **fields)
    assert fit(journal.header, run, small_pack()).refusal, "also where the rules are the same"
    assert words in fit(journal.header, run, changed(small_pack())).refusal


def test_a_finished_run_fits_too(tmp_path: Path) -> None:
    with begin_run(Library(tmp_path)) as journal:
        play_on(journal, len(steps()))
    assert journal.fits(changed(small_pack())).refusal == ""
    assert "the ending `over`" in journal.fits(changed(small_pack(), endings={})).refusal
