"""A run goes on by a changed story: what that lacks is left behind and named, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from saves import Library
from saves.fit import missing
from saves.migrate import (
    STEPS,
    gained_numbers,
    lost_choices,
    lost_items,
    lost_numbers,
    lost_promises,
    lost_scenes,
    migrated,
)
from saves.origins import Origin
from saves.verify import verify
from scenes.loader import load_files
from scenes.schema import Pack
from scenes.vocabulary import HATS, PHASES
from state_machine import Run, advance, begin
from state_machine.bots import PERSONAS
from state_machine.engine import numbers_at_first
from state_machine.rules import default_rules
from state_machine.run import (
    Artifact,
    Bet,
    Card,
    Crossing,
    Given,
    Pending,
    Played,
    Sprint,
    Succession,
)
from state_machine.view import observe
from tests.saves.acts import PLAYER, RUN, SEED, filed_pack
from tests.saves.acts import begin as begin_on_disk
from tests.saves.runs import WHEN
from tests.stories import SCANNER, SEGMENT, choice, invitation, scene, story

LIFT = {**SCANNER, "id": "lift", "title": "Lift"}
CAFES = {**SEGMENT, "id": "cafes", "title": "Cafés"}
PROMISES = [
    {"id": name, "to": "ife", "words": f"I will {name}", "broken": "No.", "effects": ["morale -1"]}
    for name in ("demo", "call")
]


def changed(without: tuple[str, ...] = (), extra: tuple[str, ...] = ()) -> Pack:
    """A story with one of everything, without what is named, or with more."""
    turns = [
        scene(f"{phase}-{hat}", choice("go", "customers +2"), choice("stay"), phase=phase, hat=hat)
        for phase in PHASES
        for hat in HATS
    ]
    scenes = [
        scene(
            "ask",
            choice("swear", "promise demo by renew"),
            choice("nod"),
        ),
        scene(
            "plan",
            choice("lift", "add lift", later=[{"after": 3, "then": "It creaks.", "effects": []}]),
            choice("scan", "add scanner"),
            rank={"keep": 2},
        ),
        scene("walk", choice("left", "promise call by renew"), choice("right")),
        scene("bet", choice("yes", holds=["customers >= 50"]), choice("no"), predict={"after": 3}),
        scene("fridge", invitation=invitation()),
        scene("lunch", invitation=invitation()),
        *turns,
        *(scene(name, phase="grow") for name in extra),
    ]
    kept = [each for each in scenes if each["id"] not in without]
    for each in kept:
        each["choice"] = [
            {**c, "effects": [e for e in c["effects"] if not set(e.split()) & set(without)]}
            for c in each["choice"]
            if f"{each['id']}/{c['id']}" not in without
        ]
    pack = story(
        *kept,
        items=[each for each in (SCANNER, LIFT) if each["id"] not in without],
        segments=[each for each in (SEGMENT, CAFES) if each["id"] not in without],
        promises=[each for each in PROMISES if each["id"] not in without],
    )
    persons = {name: each for name, each in pack.persons.items() if name not in without}
    evidence = {name: each for name, each in pack.evidence.items() if name not in without}
    return msgspec.structs.replace(
        pack, persons=persons, evidence=evidence, rules_hash=" ".join(("r", *without, *extra))
    )


def until(pack: Pack, phase: str, *, persona: str = "sensible", seed: int = 7) -> Run:
    """A run up to a phase."""
    run = begin(pack, seed).run
    while run.entered[-1] != phase:
        run = advance(pack, run, PERSONAS[persona](observe(pack, run), seed)).run
    return run


def to_the_end(pack: Pack, run: Run) -> Run:
    """The run, played on to its ending."""
    while not run.over:
        run = advance(pack, run, PERSONAS["random"](observe(pack, run), run.seed)).run
    return run


# ── the whole way ───────────────────────────────────────────────────────────────────────────


def with_all() -> Run:
    """A run in the middle that has something to do with everything."""
    run = until(changed(), "build")
    return msgspec.structs.replace(
        run,
        chosen={**run.chosen, "ask": ("swear",), "plan": ("lift", "scan"), "walk": ("left",)},
        promises={
            "demo": Given("open", "renew", "ask/swear"),
            "call": Given("open", "renew", "walk/left"),
        },
        items={"lift": "backlog", "scanner": "backlog"},
        backlog=("lift", "scanner"),
        bets=(Bet("bet", "yes", 9),),
        pending=(Pending("plan/lift", 0, 9),),
    )


@pytest.mark.parametrize(
    ("without", "left"),
    [
        (("ask",), {"the scene `ask`", "the choice `ask/swear`", "the moment `ask`"}),
        (("walk",), {"the scene `walk`", "the choice `walk/left`"}),
        (("bet",), {"the scene `bet`", "the choice `bet/yes`"}),
        (("fridge",), {"the scene `fridge`"}),
        (("plan",), {"the scene `plan`", "the choice `plan/lift`"}),
        (("ask/swear",), {"the choice `ask/swear`"}),
        (("plan/lift",), {"the choice `plan/lift`"}),
        (("lift",), {"the item `lift`"}),
        (("demo",), {"the promise `demo`"}),
        (("tomas",), {"the person `tomas`"}),
        (("counting",), {"the question `counting`"}),
        (("cafes",), {"the segment `cafes`"}),
        (("ask", "lift", "call", "cafes", "tomas"), {"the scene `ask`", "the item `lift`"}),
        ((), set()),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_a_run_goes_on_without_what_its_story_has_lost_and_says_what_that_is(
    without: tuple[str, ...], left: set[str]
) -> None:
    assert list(missing(with_all(), changed())) == []
    pack = changed(without)
    run, behind = migrated(with_all(), pack)
    assert list(missing(run, pack)) == []
    assert left & set(missing(with_all(), pack)) <= set(behind)
    assert bool(behind) == bool(without)
    assert to_the_end(pack, run).ending == "over"


def test_a_run_goes_on_with_what_its_story_has_gained() -> None:
    before = changed(("tomas", "counting", "cafes", "lift", "walk", "demo"))
    run = until(before, "define")
    pack = changed(extra=("dance", "sing"))
    run, behind = migrated(run, pack)
    assert behind == ()
    assert run.numbers["trust tomas"] == pack.persons["tomas"].trust
    assert run.numbers["users cafes"] == pack.segments["cafes"].users
    assert run.numbers["evidence counting"] == 0
    ended = to_the_end(pack, run)
    assert {"dance", "sing"} & set(ended.chosen)


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("persona", ["random", "sensible"])
def test_wherever_a_run_stands_it_goes_on_by_a_story_that_has_changed_a_lot(
    phase: str, persona: str
) -> None:
    pack = changed(("walk", "lift", "call", "cafes", "tomas", "lunch"), extra=("dance",))
    run = until(changed(), phase, persona=persona)
    while run.scene == "walk" or run.diary == ("lunch",):
        run = advance(changed(), run, PERSONAS[persona](observe(changed(), run), 7)).run
    run, _ = migrated(run, pack)
    assert list(missing(run, pack)) == []
    assert to_the_end(pack, run).over


def test_what_does_not_change_the_story_changes_nothing() -> None:
    run = with_all()
    assert migrated(run, changed()) == (run, ())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda run: {"scene": "gone"}, "the scene `gone`"),
        (lambda run: {"world": "gone"}, "the hidden world that it plays in"),
        (lambda run: {"title": "duke"}, "the title `duke`"),
        (lambda run: {"round": 9}, "round 9 of the phase"),
        (lambda run: {"state": "build_lunch"}, "the state `build_lunch`"),
    ],
    ids=["scene", "world", "title", "round", "state"],
)
def test_what_a_run_cannot_do_without_is_not_replaced_but_named(
    change: Callable[[Run], dict[str, Any]], words: str
) -> None:
    run = with_all()
    run = msgspec.structs.replace(run, **change(run))
    after, behind = migrated(run, changed())
    assert any(words in each for each in missing(after, changed()))
    assert not any(words in each for each in behind)


# ── step by step ────────────────────────────────────────────────────────────────────────────


def test_gained_numbers_leave_those_that_were_there() -> None:
    run = until(changed(), "build")
    numbers = {k: n for k, n in run.numbers.items() if k not in ("trust ife", "debt")}
    after = gained_numbers(
        msgspec.structs.replace(run, numbers={**numbers, "morale": 12}), changed(), default_rules()
    )
    assert after.numbers["morale"] == 12
    assert after.numbers["trust ife"] == 0
    assert set(after.numbers) == set(run.numbers)


def test_lost_numbers_are_those_of_persons_questions_and_segments_alone() -> None:
    run = until(changed(), "build")
    pack = changed(("tomas", "counting", "cafes"))
    after = lost_numbers(run, pack)
    gone = set(run.numbers) - set(after.numbers)
    assert gone == {
        "trust tomas",
        "evidence counting",
        "users cafes",
        "price cafes",
        "satisfaction cafes",
    }
    odd = msgspec.structs.replace(run, numbers={**run.numbers, "weather": 3})
    assert lost_numbers(odd, pack).numbers["weather"] == 3
    assert set(numbers_at_first(pack, default_rules())) <= set(after.numbers)


def test_lost_scenes_neither_come_nor_came() -> None:
    pack = changed(("walk", "lunch"))
    run = msgspec.structs.replace(
        with_all(),
        agenda=("walk", "*", "ask"),
        crises=("walk",),
        diary=("lunch", "fridge"),
        accepted=("lunch",),
        declined=("fridge", "ask"),
        attended=("lunch", "fridge"),
        missed=("lunch",),
        played=(Played("walk", "pm", "discover", 1), Played("ask", "pm", "discover", 1)),
        predictions={"walk": True, "bet": False},
        sprint=Sprint(number=1, played=True, asked=("walk", "ask")),
    )
    after = lost_scenes(run, pack)
    assert (after.agenda, after.crises) == (("*", "ask"), ())
    assert (after.diary, after.accepted, after.declined) == (("fridge",), (), ("fridge",))
    assert (after.attended, after.missed) == (("fridge",), ())
    assert [each.scene for each in after.played] == ["ask"]
    assert after.predictions == {"bet": False}
    assert after.sprint is not None
    assert after.sprint.asked == ("ask",)
    assert after.scene == run.scene


def test_a_successor_s_part_of_a_run_begins_where_it_did_without_lost_scenes() -> None:
    pack = changed(("walk", "lunch"))
    run = msgspec.structs.replace(
        with_all(),
        played=tuple(Played(each, "pm", "discover", 1) for each in ("walk", "ask", "plan")),
        missed=("lunch", "fridge"),
        succession=Succession(
            predecessor="Ife",
            phase="launch",
            rounds=4,
            diary=("lunch", "fridge"),
            played=2,
            missed=1,
        ),
    )
    succession = lost_scenes(run, pack).succession
    assert succession is not None
    assert succession.diary == ("fridge",)
    assert (succession.played, succession.missed) == (1, 0)


def test_lost_choices_were_never_made_and_bring_nothing_about() -> None:
    pack = changed(("walk", "plan/lift"))
    run = msgspec.structs.replace(
        with_all(),
        placed={"plan/lift": "now", "plan/scan": "now"},
        points={"walk/left": 3, "ask/nod": 2},
        pending=(Pending("plan/lift", 0, 9), Pending("plan/scan", 0, 9)),
        bets=(Bet("walk", "left", 9), Bet("bet", "no", 9)),
        crossings=(
            Crossing(call="price", by="walk/left", owner="po", open=True),
            Crossing(call="price", by="ask/nod", owner="po", open=True),
        ),
    )
    after = lost_choices(run, pack)
    assert "walk" not in after.chosen
    assert (after.chosen["plan"], after.chosen["ask"]) == (("scan",), ("swear",))
    assert (after.placed, after.points) == ({"plan/scan": "now"}, {"ask/nod": 2})
    assert after.pending == ()
    assert after.bets == (Bet("bet", "no", 9),)
    assert [each.by for each in after.crossings] == ["ask/nod"]


def test_lost_promises_are_those_that_are_gone_or_whose_people_or_moments_are() -> None:
    run = msgspec.structs.replace(
        with_all(),
        promises={
            "demo": Given("open", "renew", "ask/swear"),
            "call": Given("kept", "renew", "walk/left"),
            "roadmap-lift": Given("open", "renew", "ask/nod", "lift", "ife"),
            "roadmap-scanner": Given("open", "renew", "ask/nod", "scanner", "tomas"),
            "roadmap-again": Given("open", "renew", "build", "scanner", "ife"),
        },
    )
    kept = {
        (): {"demo", "call", "roadmap-lift", "roadmap-scanner", "roadmap-again"},
        ("demo",): {"call", "roadmap-lift", "roadmap-scanner", "roadmap-again"},
        ("walk",): {"demo", "roadmap-lift", "roadmap-scanner", "roadmap-again"},
        ("lift", "tomas"): {"demo", "call", "roadmap-again"},
    }
    for without, names in kept.items():
        assert set(lost_promises(run, changed(without)).promises) == names


def test_lost_items_are_on_no_list_no_board_and_no_paper() -> None:
    run = msgspec.structs.replace(
        with_all(),
        narrowed=("value lift", "effort scanner"),
        ready=("lift",),
        shipped={"lift": 3, "scanner": 4},
        split=("lift",),
        misbuilt=("lift", "scanner"),
        carried=(Card(item="lift"), Card(item="scanner")),
        artifacts={
            "roadmap": Artifact(
                scene="plan", round=1, items=("lift", "scanner"),
                buckets={"lift": "now", "scanner": "now"},
            ),
            "vision-card": Artifact(scene="ask", round=1, slots={"a": "plan/lift", "b": "ask/nod"}),
            "charter": Artifact(scene="gone", round=1),
        },
        sprint=Sprint(number=1, played=True, goal="lift", cards=(Card(item="lift"),)),
    )  # fmt: skip
    after = lost_items(run, changed(("lift", "plan/lift")))
    assert after.items == {"scanner": "backlog"}
    assert (after.backlog, after.ready, after.split) == (("scanner",), (), ())
    assert (after.narrowed, after.misbuilt) == (("effort scanner",), ("scanner",))
    assert after.shipped == {"scanner": 4}
    assert after.carried == (Card(item="scanner"),)
    assert after.artifacts["roadmap"].items == ("scanner",)
    assert after.artifacts["roadmap"].buckets == {"scanner": "now"}
    assert after.artifacts["vision-card"].slots == {"b": "ask/nod"}
    assert "charter" not in after.artifacts
    assert after.sprint is not None
    assert (after.sprint.goal, after.sprint.cards) == ("", ())


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_no_step_changes_a_run_whose_story_has_everything(step: Callable[..., Run]) -> None:
    assert step(with_all(), changed()) == with_all()


# ── on the disk ─────────────────────────────────────────────────────────────────────────────


def test_the_original_is_untouched_and_the_run_goes_on_in_its_own_file(tmp_path: Path) -> None:
    library = Library(tmp_path)
    begin_on_disk(library, 12)
    old = library.open(RUN, for_writing=False)
    before = old.path.read_bytes()
    files = {
        name: text.replace('"clarity +2"', '"clarity +1"')
        for name, text in filed_pack().files.items()
    }
    pack = load_files(files)
    run, behind = migrated(old.run, pack)
    with library.migrate(old, run, pack, when="2026-11-25T09:00:00+01:00") as journal:
        header = journal.header
        assert header.origins == (Origin(kind="migration", run=RUN, begun=old.header.begun, at=12),)
        assert (header.player, header.seed, header.study) == (PLAYER, SEED, False)
        assert (header.rules_hash, journal.run) == (pack.rules_hash, run)
        while not journal.run.over:
            decision = PERSONAS["random"](observe(pack, journal.run), SEED)
            journal.append(decision, advance(pack, journal.run, decision), when=WHEN)
    assert behind == ()
    assert verify(header, tuple(journal.lines), library.ground(journal)) is None
    assert old.path.read_bytes() == before
    assert verify(old.header, tuple(old.lines), library.ground(old)) is None
