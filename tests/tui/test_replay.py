"""A recorded run in the full screen: what was decided is seen there, and nothing can be changed."""

from __future__ import annotations

import pytest

from game.recording import RecordedStep, Recording
from game.tui.messages import BranchWanted
from game.tui.replaying import ReplayApp
from game.tui.screens.replay import ReplayScreen
from state_machine import Choose, Pick, Rank, Write, advance
from state_machine.decisions.records import Decision
from tests.recordings import recorded
from tests.stories import steps_of
from tests.tui.company import small_company
from tests.tui.screens import NARROW, seen, told
from tests.tui.shelves import MemoryShelf

pytestmark = pytest.mark.asyncio

DECISIONS: tuple[Decision, ...] = (
    Pick(("minus-two",)),
    Choose("on-the-roadmap"),
    Pick(("price", "risk")),
    Rank(("offline", "login", "scanner", "report")),
    Write("Say no to the second hotel."),
)


def a_recording() -> Recording:
    """The first decisions of a run, of which the second was made twice."""
    pack = small_company()
    run = steps_of(pack, *DECISIONS)
    steps = list(recorded(run))
    other = Choose("other-side")
    taken_back = RecordedStep(2, other, advance(pack, run[1][1].run, other), taken_back=True)
    return Recording(pack, [*steps[:2], taken_back, *steps[2:]])


def an_app(at: int = 0) -> tuple[ReplayApp, Recording]:
    """An app that opens the replay at a moment, and what is replayed."""
    recording = a_recording()
    return ReplayApp(MemoryShelf(recording.pack), recording, "tiny-sam", at), recording


def at(app: ReplayApp) -> int:
    """Which moment is shown."""
    assert isinstance(app.screen, ReplayScreen)
    return app.screen.moment.at


async def test_a_replay_is_stepped_through_and_shows_what_was_decided() -> None:
    app, recording = an_app()
    shown: dict[int, str] = {}
    async with app.run_test(size=NARROW) as pilot:
        for _ in range(80):
            shown[at(app)] = seen(app)
            if at(app) == len(recording) - 1:
                break
            await pilot.press("right")
        assert list(shown) == list(range(len(recording)))
        await pilot.press("left")
        assert at(app) == len(recording) - 2
    text = "\n".join(shown.values())
    assert "✓ 1 [x] ◆ PM  Ife Adeyemi" in text
    assert "✓ 1 Ask what is on the other side" in text
    assert "decision 2 of 5 · TAKEN BACK" in text
    assert "✓ 3 Tell her offline mode is on the roadmap" in text
    assert "✓ 1 [x] What it costs" in text
    assert "  2 [ ] What was promised to the hotel" in text
    assert "✓   1. Offline mode" in text
    assert "✓   2. Log in with a glove on" in text
    assert "    3. Scanner" in text
    assert "Say no to the second hotel." in text
    assert "decision 6, still open" in shown[len(recording) - 1]


async def test_a_replay_jumps_to_decisions_and_phases_and_finds_what_is_typed() -> None:
    app, recording = an_app()
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("]")
        assert at(app) == recording.of_decision(1)
        await pilot.press("end", "[")
        assert at(app) == recording.of_decision(5)
        await pilot.press("home", "n")
        first_phase = at(app)
        assert recording.moment(first_phase).page.kind == "phase"
        await pilot.press("g")
        assert "Offline mode; Log in with a glove on" in told(app)
        await pilot.press(*"which order", "enter")
        assert at(app) == recording.of_decision(4)


async def test_nothing_can_be_decided_in_a_replay() -> None:
    app, recording = an_app(a_recording().of_decision(2))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        before = seen(app)
        await pilot.press("1", "down", "x")
        await pilot.click("ChooseMenu")
        assert seen(app) == before
        assert at(app) == recording.of_decision(2)


async def test_what_is_looked_up_in_a_replay_is_as_it_was_then() -> None:
    app, recording = an_app(a_recording().of_decision(2))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("p")
        assert "You have promised nobody anything" in told(app)
        await pilot.press("escape", "right", "p")
        assert "given in “Minus two”" in told(app)
        await pilot.press("escape", "w")
        assert "customers +2" in told(app)
        assert "customers +3" not in told(app), "that was taken back"
        assert recording.moment(at_of(app)).number == 2


def at_of(app: ReplayApp) -> int:
    """Which moment is shown under a sheet."""
    return next(s for s in app.screen_stack if isinstance(s, ReplayScreen)).moment.at


async def test_a_replay_goes_on_by_itself_to_its_end_unless_it_is_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stays = {1: 3600.0, 2: 0.001}
    monkeypatch.setattr("game.tui.screens.replay.seconds", lambda _page, speed: stays[speed])
    app, recording = an_app()
    async with app.run_test(size=NARROW) as pilot:
        assert "‖ 1×" in seen(app)
        await pilot.press("space")
        assert "▶ 1×" in seen(app)
        await pilot.press("space")
        assert "‖ 1×" in seen(app)
        await pilot.press("minus", "plus", "space")
        for _ in range(200):
            await pilot.pause()
            if at(app) == len(recording) - 1:
                break
        await pilot.pause()
        assert at(app) == len(recording) - 1
        assert "‖ 2×" in seen(app)


async def test_a_branch_is_asked_for_at_the_decision_that_is_read_about() -> None:
    asked: list[tuple[str, int]] = []

    class Listening(ReplayApp):
        def on_branch_wanted(self, message: BranchWanted) -> None:
            asked.append((message.run_id, message.number))

    recording = a_recording()
    app = Listening(MemoryShelf(recording.pack), recording, "tiny-sam", recording.of_decision(3))
    async with app.run_test(size=NARROW) as pilot:
        assert "b Branch" in seen(app)
        await pilot.press("b")
        assert "Decision 3 is decided anew" in told(app)
        await pilot.press("escape")
        assert at(app) == recording.of_decision(3)
        await pilot.press("b", "y", "escape", "right", "b", "enter", "escape", "home", "b", "y")
        await pilot.pause()
    assert asked == [("tiny-sam", 3), ("tiny-sam", 3), ("tiny-sam", 1)]


async def test_a_picture_of_what_is_shown_is_kept() -> None:
    recording = a_recording()
    shelf = MemoryShelf(recording.pack)
    app = ReplayApp(shelf, recording, "tiny-sam")
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("s")
        await pilot.pause()
    assert list(shelf.pictures) == ["tiny-sam-1"]
    assert "DejaVu Sans Mono" in shelf.pictures["tiny-sam-1"]
    assert "@font-face" not in shelf.pictures["tiny-sam-1"], "nothing is fetched"
