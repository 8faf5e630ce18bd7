"""The career as it is read, and as it is handed to others."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path

from game import cv
from game.blocks import Levels, Page
from game.career import MOST_JOBS, career_page
from game.endings import ending_pages
from game.plain import draw
from game.plain.menu import choose_session
from game.shelf import Trouble
from saves import Job, Library, Profile
from scenes.concepts import teaching
from state_machine.run import Past
from tests.game.test_cli import twohats
from tests.jobs import a_job
from tests.stories import choice, play, scene, story
from tests.tui.shelves import MemoryShelf

LARDER = Past(
    company="Larder",
    title="product manager, slash, product owner",
    reputation="asks before building",
    reference="Comes to the fridge.",
    referee="Ife Adeyemi, storekeeper",
    promise="It will be green",
)


def job(number: int = 1, **fields: object) -> Job:
    """A job at Larder."""
    usual: dict[str, object] = {
        "pack": "larder",
        "ending": "half",
        "ending_title": "Half a house",
        "endings": 8,
        "ended": f"2026-11-{number:02}T20:00:00.000Z",
        "past": LARDER,
    }
    return a_job(f"larder-ada-{number}", **(usual | fields))


def text_of(*jobs: Job) -> str:
    """The career page as plain text, however it is wrapped."""
    return flat(draw.page_lines(career_page(Profile(jobs=jobs))))


def flat(lines: Iterable[str]) -> str:
    """Lines as one."""
    return " ".join(" ".join(lines).split())


# ── read ────────────────────────────────────────────────────────────────────────────────────


def test_a_newcomer_is_welcomed() -> None:
    page = career_page(Profile())
    assert len(page.blocks) == 1
    assert "the first interview is a friendly one" in text_of()


def test_all_twelve_competencies_are_there_practised_or_not() -> None:
    page = career_page(Profile(jobs=(job(practice={"empathy": 4}),)))
    (levels,) = (block for block in page.blocks if isinstance(block, Levels))
    assert [len(column.rows) for column in levels.columns] == [6, 6]
    rows = {row.name: (row.level, row.practised) for col in levels.columns for row in col.rows}
    assert rows["Empathy with customers"] == (2, 4)
    assert rows["Stakeholders"] == (0, 0)


def test_jobs_say_their_title_and_their_ending_the_last_one_first() -> None:
    text = text_of(job(1), job(2, ending_title="Thirteen chairs", edition="express"))
    assert "Product manager, slash, product owner. “Half a house”, 50 of 100." in text
    assert "“Thirteen chairs”, 50 of 100, express." in text
    assert text.index("2026-11-02") < text.index("2026-11-01")


def test_of_a_long_career_the_last_jobs_are_listed() -> None:
    text = text_of(*(job(number + 1) for number in range(MOST_JOBS + 2)))
    assert text.count("(2026-11-") == MOST_JOBS
    assert "And 2 jobs before that." in text


def test_of_the_endings_only_those_found_are_named() -> None:
    text = text_of(
        job(1),
        job(2),
        job(3, ending="grown", ending_title="Thirteen chairs"),
        a_job(),
    )
    assert "Larder: 2 of 8: “Half a house”, “Thirteen chairs”" in text
    assert "Tiny & Co: 1 of 1: “Over”" in text


def test_of_a_company_that_has_fewer_endings_now_none_are_counted_that_there_are_not() -> None:
    jobs = (job(1, ending="gone", ending_title="Gone", endings=9), job(2, endings=1))
    assert "Larder: 2 of 2: “Gone”, “Half a house”" in text_of(*jobs)
    assert cv.as_data(Profile(jobs=jobs))["endings"]["larder"]["of"] == 2


def test_what_goes_ahead_of_the_player_is_what_the_last_job_left() -> None:
    text = text_of(a_job(), job())
    assert "what is said of you: Ada asks before building" in text
    assert "the reference by Ife Adeyemi, storekeeper: Comes to the fridge." in text
    assert "promised at Larder and broken; you will be asked: It will be green" in text
    assert "Nobody at Tiny & Co has written you a reference." in text_of(job(), a_job("x"))


# ── at the end of a run ─────────────────────────────────────────────────────────────────────


def last_page(past: Past | None = None, **fields: object) -> Page:
    """The last page of a run that teaches empathy, in which a promise was broken."""
    taught = teaching().competency[0]
    pack = story(
        scene("first", choice("a", "promise demo by discover"), concepts=taught.concepts[:1]),
        **fields,  # type: ignore[arg-type]
    )
    *_, last = play(pack, "a", past=past)
    return ending_pages(pack, last.run)[-1]


def test_the_last_page_says_what_the_job_leaves() -> None:
    page = last_page(
        career={"boss": "ife", "title": "both"},
        titles=[{"id": "both", "name": "slash", "calls": []}],
        reputations=[{"id": "r", "name": "is quiet", "text": "T."}],
        references={"tomas": "{name} says why."},
    )
    text = flat(draw.page_lines(page))
    assert page.title == "What you take with you"
    assert "-- Slash (Tiny & Co) --" in text
    assert "Sam is quiet" in text
    assert "Nobody at Tiny & Co has written you a reference." in text
    assert "you will be asked: I will show you" in text
    assert "Direction: level 1 of 5, was 0, practised once" in text
    assert "Analysis" not in text


def test_a_contract_that_was_signed_on_leaving_is_not_the_job_that_was_held() -> None:
    pack = story(
        scene("first"),
        scene("envelopes", choice("tram", "title harbour"), phase="renew", career="offers"),
        career={"boss": "ife", "title": "both", "offers": "envelopes"},
        titles=[
            {"id": "both", "name": "slash", "calls": []},
            {"id": "harbour", "name": "port authority", "calls": []},
        ],
        reputations=[{"id": "r", "name": "is quiet", "text": "T."}],
    )
    *_, last = play(pack, "go", "tram")
    text = flat(draw.page_lines(ending_pages(pack, last.run)[-1]))
    assert "-- Slash (Tiny & Co) --" in text
    assert "The contract that you have signed says: port authority." in text


def test_a_competency_that_stays_at_its_level_is_not_named_at_the_end() -> None:
    past = Past(company="C", practice={teaching().competency[0].id: 2})
    assert "Direction" not in flat(draw.page_lines(last_page(past)))


def test_a_run_that_leaves_nothing_ends_with_the_run_once_more() -> None:
    pack = story(scene("first"))
    *_, last = play(pack, "go")
    assert ending_pages(pack, last.run)[-1].title == "Your run"


# ── handed to others ────────────────────────────────────────────────────────────────────────


def test_the_curriculum_vitae_fits_on_a_page_and_is_markdown() -> None:
    jobs = tuple(job(number + 1, practice={"empathy": 3}) for number in range(20))
    lines = list(cv.markdown(Profile(jobs=jobs)))
    assert lines[0] == "# Ada"
    assert len(lines) < 60
    assert lines.count("### Product manager, slash, product owner, Larder") == cv.MOST_JOBS
    assert "> Comes to the fridge." in lines
    assert "| Empathy with customers | ●●●●● | Scrum events and flow | ○○○○○ |" in lines
    assert not any("green" in line for line in lines), "nobody writes that into theirs"


def test_nothing_in_a_curriculum_vitae_is_read_as_markup() -> None:
    odd = Past(company="<b>A|B</b>", reference="# *No* [link](x)", referee="`I`")
    text = "\n".join(cv.markdown(Profile(jobs=(job(past=odd),))))
    assert r"\<b\>A\|B\</b\>" in text
    assert r"> \# \*No\* \[link\](x)" in text


def test_the_career_for_scripts_says_it_all() -> None:
    data = json.loads(json.dumps(cv.as_data(Profile(jobs=(a_job(), job())))))
    assert data["player"] == "Ada"
    assert [each["company"] for each in data["jobs"]] == ["Tiny & Co", "Larder"]
    assert data["endings"]["larder"] == {"found": {"half": "Half a house"}, "of": 8}
    assert len(data["competencies"]) == 12
    assert data["broken_promise"] == "It will be green"
    assert cv.as_data(Profile())["jobs"] == []


# ── asked for ───────────────────────────────────────────────────────────────────────────────


def finished_home(home: Path) -> str:
    """A home with one job in it."""
    from saves.profile import record_job
    from tests.saves.disks import FailingDisk

    record_job(home, home / "locks", job(), FailingDisk())
    assert Library(home).profile().jobs
    return str(home)


def test_the_command_prints_text_json_or_markdown(home: Path) -> None:
    where = finished_home(home)
    assert "Half a house" in twohats("career", TWOHATS_HOME=where).stdout
    assert json.loads(twohats("career", "--json", TWOHATS_HOME=where).stdout)["jobs"]
    assert twohats("career", "--markdown", TWOHATS_HOME=where).stdout.startswith("# Ada\n")
    both = twohats("career", "--json", "--markdown", TWOHATS_HOME=where)
    assert (both.returncode, both.stdout) == (2, "")


def test_without_a_job_the_command_says_how_to_come_by_one(home: Path) -> None:
    assert "no job yet" in twohats("career").stdout
    done = twohats("career", "--markdown")
    assert done.returncode == 1
    assert "`twohats play` begins one" in done.stderr
    assert not home.exists()


def test_a_damaged_profile_is_said_by_the_command(home: Path) -> None:
    home.mkdir()
    (home / "profile.json").write_text("\x1b[2J")
    done = twohats("career")
    assert done.returncode == 1
    assert "Your career cannot be read" in done.stderr


def chosen(shelf: MemoryShelf, *answers: str) -> tuple[object, str]:
    """What the plain menu leads to, and what it said."""
    out = io.StringIO()
    source = io.StringIO("".join(f"{answer}\n" for answer in answers))
    session = choose_session(shelf, lambda: shelf.begin("tiny", 7, "Sam"), source, out)
    return session, out.getvalue()


def test_the_plain_menu_shows_the_career_and_goes_on() -> None:
    shelf = MemoryShelf(story(scene("first")))
    shelf.jobs = Profile(jobs=(job(),))
    session, said = chosen(shelf, "3", "5", "1")
    assert session is shelf.sessions["run-1"]
    assert "Half a house" in said
    assert "Type a number from 1 to 4." in said
    assert chosen(shelf, "5")[0] is None
    assert chosen(shelf, "1")[0] is session


def test_the_plain_menu_goes_on_with_any_saved_run() -> None:
    shelf = MemoryShelf(story(scene("first")))
    first = shelf.begin("tiny", 7, "Ada")
    shelf.begin("tiny", 8, "Bo")
    session, said = chosen(shelf, "3", "2")
    assert session is first
    assert "2. run-1: Tiny as Ada" in said
    session, said = chosen(shelf, "3", "", "3", "9", "5")
    assert session is None
    assert said.count("Go on with which (1 to 2") == 2
    shelf.damaged.add("run-1")
    assert chosen(shelf, "3", "2")[0] is first, "a damaged run is recovered"


def test_who_has_never_played_begins_without_a_menu() -> None:
    shelf = MemoryShelf(story(scene("first")))
    session, said = chosen(shelf)
    assert session is not None
    assert said == ""


def test_a_career_that_cannot_be_read_keeps_nobody_from_the_plain_menu() -> None:
    class Damaged(MemoryShelf):
        def profile(self) -> Profile:
            raise Trouble("Your career cannot be read.")

    session, said = chosen(Damaged(story(scene("first"))), "3", "1")
    assert session is not None
    assert "Your career cannot be read." in said
