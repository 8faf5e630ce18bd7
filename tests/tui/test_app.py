"""The game on a screen: from the title to an ending, and whatever comes between."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from game.session import Record, Session
from game.shelf import Trouble
from game.tui.app import TwoHatsApp
from game.tui.screens.debrief import DebriefScreen
from game.tui.screens.play import PlayScreen
from game.tui.screens.title import TitleScreen
from game.tui.screens.too_small import TooSmall
from game.tui.widgets.menu import Menu
from game.tui.widgets.story import Story
from saves import Profile
from state_machine import Decision, Outcome, begin
from state_machine.view import Ask
from tests.jobs import a_job
from tests.stories import choice, scene, story
from tests.tui.company import MARKUP, career_company, small_company
from tests.tui.screens import NARROW, in_run, play_screen, read_on, seen, told
from tests.tui.shelves import MemoryShelf

pytestmark = pytest.mark.asyncio

ANSWERS = {
    "diary": ["1", "space", "enter"],
    "choose": ["3", "2", "enter"],
    "predict": ["1", "enter"],
    "pick": ["1", "space", "enter"],
    "rank": ["2", "K", "enter"],
    "write": ["H", "i", "enter"],
}


def nothing_is_cut_off(screen: PlayScreen) -> None:
    """All of the page and its options can be read: wrapped, in sight or scrolled to."""
    story, foot = screen.query_one(Story), screen.size.height - 2
    page = screen.page
    assert page is not None
    assert story.virtual_size.height == story.lines
    assert story.region.height >= min(story.lines, 3)
    assert max(map(len, str(story.text).splitlines())) <= story.region.width
    assert story.region.bottom <= foot
    if page.ask is None or page.ask.kind == "write":
        return
    menu = next(menu for menu in screen.query(Menu) if menu.display)
    assert menu.region.bottom <= foot
    assert menu.region.height == menu.virtual_size.height, "the options stay in sight"
    options = "\n".join(str(option.prompt) for option in menu.options)
    assert max(map(len, options.splitlines())) <= menu.region.width
    for option in page.ask.options:
        for word in option.say.split():
            assert word in options


async def test_a_whole_run_is_played_with_keys_from_the_title_to_the_ending() -> None:
    shelf = MemoryShelf(small_company())
    app = TwoHatsApp(shelf)
    pages, themes = [], {}
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("n", *"Ada", "enter", "1", "2", "enter")
        for _ in range(90):
            if not isinstance(app.screen, PlayScreen):
                break
            nothing_is_cut_off(app.screen)
            page, ask = app.screen.page, app.screen.ask
            assert page is not None
            pages.append(page.kind)
            themes[page.hat] = app.theme
            await pilot.press(*(ANSWERS[ask.kind] if ask else ["enter"]))
        assert isinstance(app.screen, DebriefScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, TitleScreen)
    (session,) = shelf.sessions.values()
    assert session.over
    assert session.run.player == "Ada"
    assert session.run.seed == 12
    assert {"setting", "diary", "handover", "fortnight", "review", "gate", "ending"} <= set(pages)
    assert themes == {None: "between", "pm": "pm", "po": "po"}


async def test_continue_comes_first_when_there_is_a_run_to_continue() -> None:
    shelf = MemoryShelf(small_company())
    session = shelf.begin("tiny", 7, "Sam")
    app = TwoHatsApp(shelf)
    async with app.run_test(size=NARROW) as pilot:
        assert "Continue" in seen(app)
        await pilot.press("enter")
        assert play_screen(app).session is session


async def test_the_head_shows_what_has_been_told_and_nothing_that_is_still_to_come() -> None:
    """One decision moves a number, ends the fortnight that has to be paid, and the phase."""
    app, _ = in_run(
        story(
            scene("first", choice("a", "customers +3", "promise demo by build"), choice("z")),
            scene("next", choice("b", "customers -20"), choice("c"), phase="define"),
            start={"runway": 90_000, "burn": 20_000},
        )
    )
    heads = {}
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("1", "enter")
        while play_screen(app).ask is None:
            page = play_screen(app).page
            assert page is not None
            heads[page.kind] = seen(app).splitlines()[:3]
            await pilot.press("enter")
    customers = {kind: head[2].split()[1] for kind, head in heads.items()}
    assert set(customers.values()) == {"53▲"}
    runway = {kind: head[1].split("€")[1].split(",")[0] for kind, head in heads.items()}
    assert (runway["consequence"], runway["fortnight"], runway["gate"]) == ("90k", "70k", "70k")


@pytest.mark.parametrize("size", [NARROW, (140, 45)])
async def test_before_the_first_round_there_is_no_round_and_no_number(
    size: tuple[int, int],
) -> None:
    app, session = in_run(career_company())
    kinds, heads = [], []
    async with app.run_test(size=size) as pilot:
        for _ in range(5):
            page = play_screen(app).page
            assert page is not None
            kinds.append(page.kind)
            heads.append(seen(app))
            await pilot.press(*(["1", "enter"] if page.ask else ["enter"]))
    assert kinds == ["setting", "turn", "consequence", "phase", "turn"]
    for head in heads[:3]:
        assert "the interview" in head
        assert "round" not in head
        assert "▸ Discover" not in head
        assert "cust" not in head
        assert "€" not in head
    for head in heads[3:]:
        assert "round 1 of 1" in head
        assert "▸ Discover" in head
        assert "cust" in head
    assert session.run.title == "both"


async def test_after_the_last_round_there_are_the_offers_and_then_the_end() -> None:
    app, session = in_run(career_company())
    places: dict[str, set[str]] = {}
    async with app.run_test(size=NARROW) as pilot:
        while isinstance(app.screen, PlayScreen):
            page = app.screen.page
            assert page is not None
            places.setdefault(page.title, set()).add(
                seen(app).splitlines()[0].split("  ")[-1].strip()
            )
            await pilot.press(*(["1", "enter"] if page.ask else ["enter"]))
    assert session.over
    assert places["After renew"] == {"round 1 of 1"}
    assert places["Envelopes"] == {"the offers"}, "also while its consequence is read"
    assert places["What you take with you"] == {"the end"}


async def test_where_a_company_has_two_editions_one_is_chosen() -> None:
    short = {"discover": [{"half-days": 0, "pm": ["first"]}]}
    shelf = MemoryShelf(story(scene("first"), scene("next"), express=short))
    app = TwoHatsApp(shelf)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("n")
        assert "The whole story  an hour or so" in seen(app)
        assert "Express  about a quarter of an hour" in seen(app)
        await pilot.press("down", "enter", *"Ada", "enter", "enter")
        assert play_screen(app).session.run.edition == "express"
        assert "express · round 1 of 1" in seen(app)
        await pilot.press("escape", "n", "enter", "enter", "enter")
        assert play_screen(app).session.run.edition == "full"
        assert "express" not in seen(app)
        await pilot.press("escape", "s")
        assert "Tiny as Ada, express" in seen(app)


async def test_where_a_company_has_one_edition_nothing_is_asked() -> None:
    app = TwoHatsApp(MemoryShelf(small_company()))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("n")
        assert "edition" not in seen(app)


async def test_a_window_that_shrinks_and_grows_again_loses_nothing() -> None:
    app, session = in_run(small_company())
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("1", "space")
        before = seen(app)
        await pilot.resize_terminal(20, 5)
        await pilot.pause()
        assert isinstance(app.screen, TooSmall)
        await pilot.press("enter", "down")
        await pilot.resize_terminal(140, 45)
        await pilot.pause()
        assert "People" in seen(app) or "On the glove" in seen(app)
        await pilot.resize_terminal(*NARROW)
        await pilot.pause()
        await pilot.pause()
        assert seen(app) == before
        await pilot.press("enter")
        assert session.run.accepted == ("minus-two",)


async def test_markup_in_a_story_is_only_text() -> None:
    shouted = choice("a", say="[red]Go[/red]")
    app, _ = in_run(story(scene("first", shouted, choice("b"), text=MARKUP)))
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        text = told(app)
        assert MARKUP in text
        assert "[red]Go[/red]" in text


async def test_a_decision_that_cannot_be_saved_stays_open_and_can_be_tried_again() -> None:
    full = [True]

    class OnFullDisk(Record):
        def decided(self, decision: Decision, outcome: Outcome) -> Sequence[str]:
            if full[0]:
                raise Trouble("The disk is full.")
            return ()

    pack = story(scene("first"), scene("next"))
    session = Session(pack, [(None, begin(pack, 7, "Sam"))], OnFullDisk())
    app = TwoHatsApp(MemoryShelf(pack), session)
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("2", "enter")
        assert "not saved" in seen(app)
        assert "The disk is full." in seen(app)
        await pilot.press("escape")
        assert not session.run.chosen
        ask = play_screen(app).ask
        assert isinstance(ask, Ask)
        await pilot.press("enter")
        full[0] = False
        await pilot.press("enter")
        assert session.run.chosen["first"] == ("stay",)


async def test_the_ledger_tells_every_change_and_narrows_to_one_number() -> None:
    app, _ = in_run(
        story(scene("first", choice("a", "customers +3", "sponsor -2"), choice("b")), scene("next"))
    )
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("1", "enter", "w")
        assert "customers +3" in seen(app)
        assert "sponsor -2" in seen(app)
        await pilot.press("down")
        assert "sponsor -2" not in seen(app)
        await pilot.press("escape")
        assert isinstance(app.screen, PlayScreen)


async def test_help_explains_keys_and_numbers_and_promises_keep_their_words() -> None:
    app, _ = in_run(
        story(scene("first", choice("a", "promise demo by build"), choice("b")), scene("next"))
    )
    async with app.run_test(size=NARROW) as pilot:
        await read_on(pilot)
        await pilot.press("1", "enter")
        assert "“I will show you” to Ife, by Build" in seen(app)
        await pilot.press("p")
        assert "given in “First”" in seen(app)
        await pilot.press("escape", "question_mark")
        assert "how the team feels about coming in" in seen(app)
        await pilot.press("pagedown", "pagedown")
        text = seen(app)
        assert "Every change and its cause" in text
        assert "Back" in text.splitlines()[-2]
        await pilot.press("escape", "o")
        assert "You have met nobody yet." in seen(app)


async def test_a_damaged_run_is_recovered_and_a_deleted_one_is_asked_about() -> None:
    shelf = MemoryShelf(small_company())
    shelf.begin("tiny", 7, "Ada")
    shelf.begin("tiny", 8, "Bo")
    shelf.damaged.add("run-1")
    app = TwoHatsApp(shelf)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("s")
        assert "damaged: The last page is torn." in seen(app)
        await pilot.press("x", "escape")
        assert len(shelf.sessions) == 2
        await pilot.press("x", "enter")
        assert list(shelf.sessions) == ["run-1"]
        await pilot.press("enter")
        assert isinstance(app.screen, PlayScreen)
        assert not shelf.damaged


async def test_the_career_is_a_key_away_from_the_title() -> None:
    shelf = MemoryShelf(small_company())
    app = TwoHatsApp(shelf)
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("r")
        assert "You have had no job yet" in told(app)
        await pilot.press("escape")
        shelf.jobs = Profile(jobs=(a_job(practice={"empathy": 9}),))
        await pilot.press("r")
        text = seen(app)
        assert "Empathy with customers    ■■■□□  ×9" in text
        assert "Scrum events and flow     □□□□□  ×0" in text
        assert "“Over”, 50 of 100." in text
        await pilot.press("enter")
        assert isinstance(app.screen, TitleScreen)
        assert "Career" in {command.title for command in app.get_system_commands(app.screen)}


async def test_a_career_that_cannot_be_read_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(_shelf: MemoryShelf) -> Profile:
        raise Trouble("Your career cannot be read.")

    monkeypatch.setattr(MemoryShelf, "profile", damaged)
    app = TwoHatsApp(MemoryShelf(small_company()))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("r")
        assert "Your career cannot be read." in seen(app)
        await pilot.press("enter")
        assert isinstance(app.screen, TitleScreen)


async def test_a_seed_that_is_no_number_is_explained_kindly() -> None:
    app = TwoHatsApp(MemoryShelf(small_company()))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("n", "enter", *"x1", "enter")
        assert "A seed is a whole number" in seen(app)
        await pilot.press("escape")
        assert isinstance(app.screen, TitleScreen)


async def test_every_key_of_the_run_is_in_the_command_palette() -> None:
    app, _ = in_run(small_company())
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        names = {command.title for command in app.get_system_commands(app.screen)}
        assert {"Why?", "Promises", "People", "Help", "Quit", "Title screen"} <= names


async def test_what_is_pointed_at_has_a_sign_also_where_there_is_no_colour() -> None:
    shelf = MemoryShelf(story(scene("first"), scene("next")))
    for name in ("Ada", "Bo"):
        shelf.begin(shelf.pack.info.id, 7, name)
    app = TwoHatsApp(shelf)
    async with app.run_test(size=NARROW) as pilot:
        assert "▸ Continue" in seen(app)
        await pilot.press("down")
        assert "▸ New run" in seen(app)
        assert "▸ Continue" not in seen(app)
        await pilot.press("s", "down")
        assert re.search(r"▸ .* as Ada", seen(app))
        await pilot.press("x", "y", "t")
        await pilot.pause()
        assert "▸ run-1" in seen(app)
