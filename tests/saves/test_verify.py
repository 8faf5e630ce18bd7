"""A run that was played verifies, and whatever was changed in it is found where it was changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from saves import Header, Library
from saves.chain import lines_of, read_journal
from saves.origins import Origin
from saves.packstore import Ground
from saves.records import Recorded, Undone
from saves.verify import verify
from scenes import load_pack
from scenes.loader import load_files
from scenes.schema import Pack
from scenes.vocabulary import Edition
from state_machine import Choose
from state_machine.bots import PERSONAS
from state_machine.events import AnyEvent
from state_machine.rules import default_rules
from state_machine.run import Run
from tests.packs import write_small_pack
from tests.saves.lines import Lines, played
from tests.saves.runs import RUN_ID, WHEN, saved_bytes, small_pack, steps
from tests.saves.sealing import reseal

Place = tuple[str | int, ...]


@cache
def pack() -> Pack:
    """A small story in files, with an express edition."""
    with TemporaryDirectory() as folder:
        return load_pack(write_small_pack(Path(folder), express=True))


def ground(of: Pack) -> Ground:
    """A pack with the game's rules."""
    return Ground(of, default_rules())


@cache
def a_run() -> tuple[Header, Lines]:
    """A run in which decisions were taken back."""
    return played(pack(), undone={2, 5, 6})


def changed(old: str, new: str, file: str = "") -> Pack:
    """The small story with other words in its files."""
    files = {
        name: text.replace(old, new) if file in name else text
        for name, text in pack().files.items()
    }
    assert files != dict(pack().files)
    return load_files(files)


# ── what was played ─────────────────────────────────────────────────────────────────────────


@given(
    st.integers(0, 10_000),
    st.sampled_from(sorted(PERSONAS)),
    st.sampled_from(["full", "express"]),
    st.sets(st.integers(1, 30), max_size=4),
    st.integers(1, 40),
)
@settings(max_examples=20)
def test_every_run_that_was_played_verifies_with_all_that_was_taken_back(
    seed: int, persona: str, edition: Edition, undone: set[int], until: int
) -> None:
    header, lines = played(
        pack(), seed, persona=persona, edition=edition, undone=undone, until=until
    )
    assert verify(header, lines, ground(pack())) is None


def test_a_run_is_verified_by_the_rules_of_then() -> None:
    header, lines = a_run()
    gauges = msgspec.structs.replace(default_rules().gauges, part=1)
    others = msgspec.structs.replace(default_rules(), gauges=gauges)
    assert verify(header, lines, ground(pack())) is None
    assert verify(header, lines, Ground(pack(), others)) is not None


# ── what was changed ────────────────────────────────────────────────────────────────────────


def numbers_in(value: Any, at: Place = ()) -> Iterator[Place]:
    """Where numbers stand in plain data."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from numbers_in(each, (*at, key))
    elif isinstance(value, list | tuple):
        for index, each in enumerate(value):
            yield from numbers_in(each, (*at, index))
    elif isinstance(value, int) and not isinstance(value, bool):
        yield at


def with_change(value: Any, kind: Any, place: Place, by: int) -> Any:
    """A record with another number at a place."""
    data = msgspec.json.decode(msgspec.json.encode(value))
    at = data
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] += by
    return msgspec.convert(data, kind)


@given(st.data())
@settings(max_examples=60)
def test_any_number_that_is_changed_in_a_state_or_an_event_is_found_at_its_decision(
    data: st.DataObject,
) -> None:
    header, lines = a_run()
    decisions = [at for at, line in enumerate(lines) if isinstance(line, Recorded)]
    at = data.draw(st.sampled_from(decisions))
    line = lines[at]
    assert isinstance(line, Recorded)
    what, kind = data.draw(st.sampled_from([("state", Run), ("events", tuple[AnyEvent, ...])]))
    plain = msgspec.json.decode(msgspec.json.encode(getattr(line, what)))
    places = list(numbers_in(plain))
    assume(places)
    place = data.draw(st.sampled_from(places))
    by = data.draw(st.sampled_from([-1000, -1, 1, 7]))
    forged = msgspec.structs.replace(
        line, **{what: with_change(getattr(line, what), kind, place, by)}
    )
    found = verify(header, (*lines[:at], forged, *lines[at + 1 :]), ground(pack()))
    assert found is not None
    assert found.number == line.number
    was, words = number_at(plain, place), " ".join(found.differences)
    told = (f"recorded {was + by}, computed {was}", f"recorded none, computed {was}")
    assert any(each in words for each in told)
    assert isinstance(place[-1], int) or place[-1].replace("_", " ") in words


def number_at(plain: Any, place: Place) -> int:
    """The number at a place in plain data."""
    for key in place:
        plain = plain[key]
    assert isinstance(plain, int)
    return plain


def test_what_was_changed_at_the_beginning_is_found_there() -> None:
    header, lines = a_run()
    numbers = {**header.state.numbers, "customers": 99}
    forged = msgspec.structs.replace(
        header, state=msgspec.structs.replace(header.state, numbers=numbers)
    )
    found = verify(forged, lines, ground(pack()))
    assert found is not None
    assert (found.number, found.differences) == (
        0,
        (f"customers: recorded 99, computed {header.state.numbers['customers']}",),
    )
    found = verify(msgspec.structs.replace(header, seed=8), lines, ground(pack()))
    assert found is not None
    assert found.number == 0


def test_what_was_changed_in_a_decision_that_was_taken_back_is_found_too() -> None:
    header, lines = a_run()
    at = next(at for at, line in enumerate(lines) if isinstance(line, Undone)) - 1
    numbers = {**lines[at].state.numbers, "morale": 3}
    state = msgspec.structs.replace(lines[at].state, numbers=numbers)
    forged = msgspec.structs.replace(lines[at], state=state)
    found = verify(header, (*lines[:at], forged, *lines[at + 1 :]), ground(pack()))
    assert found is not None
    assert found.number == lines[at].number
    assert found.differences[0].startswith("morale: recorded 3, computed ")


def test_a_decision_that_cannot_be_made_there_is_named_with_why() -> None:
    header, lines = a_run()
    line = lines[3]
    assert isinstance(line, Recorded)
    forged = msgspec.structs.replace(line, decision=Choose("fly"))
    found = verify(header, (*lines[:3], forged, *lines[4:]), ground(pack()))
    assert found is not None
    assert found.number == line.number
    assert "cannot be made there" in found.differences[0]


def test_of_two_long_values_it_is_told_where_they_differ() -> None:
    header, lines = a_run()
    line = lines[-1]
    assert isinstance(line, Recorded)
    entered = (*line.state.entered[:-1], "grow")
    forged = msgspec.structs.replace(
        line, state=msgspec.structs.replace(line.state, entered=entered)
    )
    found = verify(header, (*lines[:-1], forged), ground(pack()))
    assert found is not None
    assert found.differences == (f"entered {len(entered)}: recorded grow, computed renew",)


def test_what_happened_that_is_told_otherwise_is_found_in_its_place() -> None:
    header, lines = a_run()
    line = lines[0]
    assert isinstance(line, Recorded)
    forged = msgspec.structs.replace(line, events=line.events[:-1])
    found = verify(header, (forged, *lines[1:]), ground(pack()))
    assert found is not None
    assert found.number == 1
    assert found.differences[0].startswith(f"what happened, step {len(line.events)}: recorded none")


# ── other packs ─────────────────────────────────────────────────────────────────────────────


def test_mended_prose_keeps_a_run_verifying() -> None:
    header, lines = a_run()
    mended = changed("She writes it down.", "She writes it on her glove.")
    assert mended.text_hash != pack().text_hash
    assert verify(header, lines, ground(mended)) is None


def test_a_changed_rule_is_found_where_it_first_matters_and_said() -> None:
    header, lines = a_run()
    start = verify(header, lines, ground(changed("customers = 45", "customers = 46")))
    assert start is not None
    assert (start.number, start.differences) == (0, ("customers: recorded 45, computed 46",))
    later = verify(header, lines, ground(changed('"clarity +2"', '"clarity +1"', file="6-")))
    assert later is not None
    decided = [line for line in lines if isinstance(line, Recorded)]
    before = next(line for line in decided if line.number == later.number - 1)
    assert before.state.entered[-1] == "renew"
    assert "clarity: recorded" in later.differences[0]


# ── runs that do not begin as their pack does ───────────────────────────────────────────────


def inherited(header: Header, lines: Lines, at: int) -> tuple[Header, Lines]:
    """A run that goes on from the state after a line, as if somebody had inherited it."""
    origin = Origin(kind="inheritance", run=header.run, begun=header.begun, at=at)
    header = msgspec.structs.replace(header, origins=(origin,), state=lines[at].state, events=())
    return header, lines[at + 1 :]


def test_a_run_that_comes_from_another_is_taken_as_it_began_and_verified_from_there() -> None:
    whole, lines = played(pack())
    header, rest = inherited(whole, lines, 9)
    assert verify(header, rest, ground(pack())) is None
    numbers = {**rest[2].state.numbers, "flow": 1}
    state = msgspec.structs.replace(rest[2].state, numbers=numbers)
    forged = (*rest[:2], msgspec.structs.replace(rest[2], state=state), *rest[3:])
    found = verify(header, forged, ground(pack()))
    assert found is not None
    assert found.number == rest[2].number


def test_a_beginning_that_its_pack_does_not_know_is_said_to_be_none() -> None:
    whole, lines = played(pack())
    header, rest = inherited(whole, lines, 9)
    state = msgspec.structs.replace(header.state, scene="nowhere")
    found = verify(msgspec.structs.replace(header, state=state), rest, ground(pack()))
    assert found is not None
    assert (found.number, found.differences) == (0, ("the scene `nowhere` is not there",))


@given(st.data())
@settings(max_examples=60)
def test_no_number_in_a_forged_beginning_breaks_the_verification(data: st.DataObject) -> None:
    whole, lines = played(pack())
    header, rest = inherited(whole, lines, data.draw(st.integers(0, len(lines) - 2)))
    plain = msgspec.json.decode(msgspec.json.encode(header.state))
    place = data.draw(st.sampled_from(list(numbers_in(plain))))
    by = data.draw(st.sampled_from([-(10**6), -1, 1, 10**6]))
    state = with_change(header.state, Run, place, by)
    verify(msgspec.structs.replace(header, state=state), rest, ground(pack()))


# ── the first format ────────────────────────────────────────────────────────────────────────


def of_format_1(count: int) -> bytes:
    """A journal as the first format had it."""
    data = saved_bytes(count)
    old = data.replace(b'"format":2,"readable_by":2', b'"format":1,"readable_by":1', 1)
    assert old != data
    return reseal(old)


def test_a_journal_of_the_first_format_is_read_played_on_and_verified(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.runs.mkdir()
    path = library.runs / f"{RUN_ID}.jsonl"
    path.write_bytes(of_format_1(5))
    with library.open(RUN_ID) as journal:
        assert journal.header.format == 1
        for decision, outcome in steps()[5:]:
            journal.append(decision, outcome, when=WHEN)
        assert journal.run.over
    reading = read_journal(RUN_ID, path.read_bytes())
    assert (reading.damage, reading.decisions) == ("", len(steps()))
    assert verify(reading.header, reading.lines, ground(small_pack())) is None


def test_what_is_made_of_a_run_of_the_first_format_is_of_this_one(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.runs.mkdir()
    (library.runs / f"{RUN_ID}.jsonl").write_bytes(of_format_1(5))
    with library.branch(library.open(RUN_ID, for_writing=False), 3, when=WHEN) as branch:
        assert (branch.header.format, branch.header.readable_by) == (2, 2)
        reading = read_journal(branch.run_id, branch.path.read_bytes())
    assert lines_of(reading.header, reading.lines)[0] == branch.path.read_bytes()
