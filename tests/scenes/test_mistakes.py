"""A bad pack is refused with all its mistakes, each with its file, line and a suggestion."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenes import PackError, find_pack, load_pack
from tests.packs import write_small_pack


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_small_pack(tmp_path / "small")


def swap(pack: Path, file: str, old: str, new: str) -> int:
    """Replace the first `old` in a file; the line it stands in."""
    path = pack / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def mistakes(pack: Path) -> dict[tuple[str, int], str]:
    """What is wrong, by file and line."""
    with pytest.raises(PackError) as caught:
        load_pack(pack)
    return {(d.file, d.line): str(d) for d in caught.value.diagnostics}


MISTAKES = [
    ("1-discover.toml", '"clarity +2', '"claritty +2', "did you mean `clarity`?"),
    ("1-discover.toml", "say = ", "sai = ", "unknown key `sai`; did you mean `say`?"),
    ("2-define.toml", 'hat = "pm"', 'hat = "pn"', "it is one of pm, po"),
    (
        "2-define.toml",
        "trust ife +1",
        "trust iffe +1",
        "unknown person `iffe`; did you mean `ife`?",
    ),
    ("3-build.toml", "promise demo by launch", "promise demo by lunch", "did you mean `launch`?"),
    ("3-build.toml", '"morale -2"', '"morale less"', "not a signed whole number"),
    ("4-launch.toml", "budget = 3", 'budget = "3"', "a whole number, and is a text"),
    ("4-launch.toml", "cost = 2", "cost = 200", "200 is too large; 20 is the most"),
    ("5-grow.toml", '"spike"', '"spyke"', "unknown term `spyke`; did you mean `spike`?"),
    ("cast.toml", 'side = "pm"', 'side = "sales"', "it is one of pm, po"),
    ("cast.toml", "trust = 1", "trust = 1.0", "a whole number, and is a fraction"),
    ("phases.toml", '"discover-pm"', '"discover-pmm"', "did you mean `discover-pm`?"),
    ("things.toml", "counted = { h", "countid = { h", "unknown world `countid`"),
    ("pack.toml", "morale = 50\n", "", "`morale` is missing"),
    ("pack.toml", "format = 1", "format = 2", "this version of the game reads up to 1"),
]


def test_every_mistake_is_reported_at_once_with_its_line(pack: Path) -> None:
    expected = [(file, swap(pack, file, old, new), says) for file, old, new, says in MISTAKES]
    found = mistakes(pack)
    for file, line, says in expected:
        places = [(file, line)] if (file, line) in found else [p for p in found if p[0] == file]
        assert any(says in found[place] for place in places), (file, line, found)
    assert len(found) == len(expected)


@pytest.mark.parametrize(("file", "old", "new", "says"), MISTAKES)
def test_each_mistake_alone_is_the_only_thing_reported(
    pack: Path, file: str, old: str, new: str, says: str
) -> None:
    swap(pack, file, old, new)
    found = mistakes(pack)
    assert any(says in text for text in found.values())
    assert {name for name, _ in found} == {file}


STRUCTURE = [
    ("3-build.toml", 'id = "build-po"', 'id = "build-pm"', "a second scene with the id `build-pm`"),
    ("3-build.toml", 'id = "promise"', 'id = "ask"', "`ask` stands here more than once"),
    ("phases.toml", 'id = "renew"', 'id = "grow"', "the phase `renew` is missing"),
    ("phases.toml", "half-days = 1", "half-days = 2", "nothing has to be missed"),
    ("phases.toml", 'pm = ["discover-pm"', 'pm = ["discover-po"', "is the po's"),
    ("phases.toml", 'handover = "discover-note"', 'handover = "discover-po"', "is the po's"),
    ("phases.toml", 'pm = ["discover-pm"', 'pm = ["define-pm"', "is of the phase `define`"),
    ("phases.toml", 'pm = ["discover-pm"', 'pm = ["discover-invites-pm"', "comes by invitation"),
    ("phases.toml", 'diary = ["discover-invites-pm"', 'diary = ["discover-pm"', "has no invitation"),
    ("phases.toml", 'to = "discover"', 'to = "launch"', "comes after `define`"),
    ("phases.toml", 'to = "discover"', 'to = "define"', "has no [[phase.again]]"),
    (
        "things.toml",
        "ordered = { hotels = -2 }, thrown = {}",
        "ordered = { hotels = 2 }, thrown = { hotels = 1 }",
        "good in every world",
    ),
    ("things.toml", 'of = "fast-count"', 'of = "scanning"', "a story is of requirement"),
    ("things.toml", 'of = "fast-count"', 'of = "fast-cuont"', "did you mean `fast-count`?"),
    ("things.toml", "effort = 4\n", "", "`effort` is missing"),
    ("things.toml", "estimate = [2, 6]", "estimate = [5, 6]", "does not hold the effort 4"),
    ("things.toml", 'hotels = "performance"', 'hotel = "performance"', "did you mean `hotels`?"),
    ("things.toml", "effort = 4\n", 'effort = 4\nneeds = ["scanner"]\n', "waits for itself"),
    ("1-discover.toml", '"clarity +2"', '"clarity +5"', "by 2 at most"),
    ("4-launch.toml", "users hotels +12", "users hotel +12", "did you mean `hotels`?") ,
    ("things.toml", 'returns = ["build-pm"]', 'returns = ["define-pm"]', "less than 2 phases"),
    ("things.toml", '[[ending]]\nid = "over"', '[[ending]]\nwhen = ["rounds > 1"]\nid = "over"', "without conditions"),
    ("things.toml", "{letter note}", "{letter nota}", "did you mean `note`?"),
    ("things.toml", "{letter note}", "{letter note", "without its other half"),
    ("1-discover.toml", "You were {where}", "You were {were}", "did you mean `where`?"),
    ("1-discover.toml", "It is Tuesday", "It is {where} Tuesday", "belongs in `missed.then`"),
    ("2-define.toml", "keep = 2", "keep = 3", "something must be left out"),
    ("3-build.toml", 'right = "It went up."\n', "", "`right` is missing"),
    ("4-launch.toml", "budget = 3", "budget = 9", "the budget fits everything"),
    ("1-discover.toml", "then = \"She writes it down.\"", 'cost = 2\nthen = "She."', "`cost` belongs to pick"),
    ("1-discover.toml", 'effects = ["customers +2"', 'when = ["flag nope"]\neffects = ["customers +2"', "no effect notes it"),
    ("1-discover.toml", 'weight = 1\n', 'weight = 1\ncrisis = "morale"\n', "the crisis of morale is"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "says"), STRUCTURE)
def test_a_story_that_cannot_be_played_says_why(
    pack: Path, file: str, old: str, new: str, says: str
) -> None:
    line = swap(pack, file, old, new)
    found = mistakes(pack)
    assert any(says in text for text in found.values()), found
    assert all(number > 0 for _, number in found), (line, found)


def test_a_syntax_error_has_its_line(pack: Path) -> None:
    line = swap(pack, "cast.toml", 'role = "developer"', 'role = "developer')
    assert ("cast.toml", line) in mistakes(pack)


def test_what_a_broken_file_declares_is_not_called_unknown_elsewhere(pack: Path) -> None:
    swap(pack, "3-build.toml", 'title = "Build Pm"', "title = 3")
    assert len(mistakes(pack)) == 1


def test_an_id_that_cannot_be_read_is_one_mistake_and_not_thirty(pack: Path) -> None:
    swap(pack, "cast.toml", 'id = "ife"', 'id = "Ife A"')
    ((_, text),) = mistakes(pack).items()
    assert "lower-case words with hyphens" in text


def test_a_scene_that_can_never_come_is_a_mistake(pack: Path) -> None:
    swap(pack, "phases.toml", '"build-pm", "*"', '"build-pm"')
    found = mistakes(pack)
    assert all("draws from its deck" in text for text in found.values())


def test_no_pack_of_this_name_names_the_closest() -> None:
    with pytest.raises(PackError, match="did you mean `larder`"):
        find_pack("ladder")


CAREER = """
[career]
boss = "ife"
title = "junior"
interview = "interview"
offers = "offers"
succession = "first-morning"
reviews = { build = "half-time" }

[[title]]
id = "junior"
name = "junior of everything"
calls = ["how", "who"]

[[reputation]]
id = "kept-a-promise"
name = "keeps promises"
when = ["promise demo kept"]
text = "So they say."

[[reputation]]
id = "was-there"
name = "was there"
text = "So they say."

[[scene]]
id = "charter"
phase = "build"
hat = "pm"
title = "Charter"
text = "Whose is it?"
then = "It hangs."
artifact = "charter"
sort = { bucket = [{ id = "pm", title = "the PM's" }, { id = "team", title = "the team's" }] }
choice = [{ id = "how", say = "How it is built" }, { id = "who", say = "Whom it is for" }]

[[scene]]
id = "told"
phase = "build"
hat = "pm"
title = "Told"
text = "Who is told?"
then = "You go home."
sort = { bucket = [{ id = "ife", title = "Ife", reader = "ife" }, { id = "no", title = "Nobody" }] }

[[scene.choice]]
id = "gloves"
say = "They wear gloves"
untold = [{ reader = "ife", after = 0, then = "She takes them off." }]

[[scene.choice]]
id = "date"
say = "They come on Thursday"
"""


def in_a_career(phase: str, name: str) -> str:
    """A scene that comes by the career."""
    return f"""
[[scene]]
id = "{name}"
phase = "{phase}"
hat = "pm"
title = "{name}"
text = "She asks, as {{title}}."
choice = [
    {{ id = "yes", say = "Yes", effects = ["title junior"], then = "Good." }},
    {{ id = "no", say = "No", then = "Well." }},
]
"""


@pytest.fixture
def career(pack: Path) -> Path:
    scenes = (
        ("discover", "interview"),
        ("build", "half-time"),
        ("launch", "first-morning"),
        ("renew", "offers"),
    )
    text = CAREER + "".join(in_a_career(phase, name) for phase, name in scenes)
    (pack / "career.toml").write_text(text, "utf-8")
    return pack


def test_a_career_can_be_added_to_a_pack(career: Path) -> None:
    assert load_pack(career).career is not None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('boss = "ife"', 'boss = "iffe"', "did you mean `ife`?"),
        ('title = "junior"', 'title = "senior"', "unknown title `senior`"),
        ('interview = "interview"', 'interview = "intervew"', "did you mean `interview`?"),
        ('interview = "interview"', 'interview = "offers"', "comes in `discover`"),
        ("{ build =", "{ launch =", "comes in `launch`"),
        ('offers = "offers"', 'offers = "renew-pm"', "comes in another way already"),
        ('succession = "first-m', 'succession = "first-n', "did you mean `first-morning`?"),
        ('succession = "first-morning"', 'succession = "renew-pm"', "comes in `launch`"),
        ("text = \"She asks", 'when = ["inherited half-tim"]\ntext = "She', "`half-time`?"),
        ("{title}", "{predecesor}", "did you mean `predecessor`?"),
        ('interview = "interview"\noffers = "offers"', 'offers = "half-time"', "a second scene `half-time`"),
        ('artifact = "charter"', 'artifact = "vision-card"', "a compose makes the vision-card"),
        ('calls = ["how", ', 'calls = ["howw", ', "did you mean `how`?"),
        ('calls = ["how", ', "calls = [", "at least two calls"),
        ('id = "was-there"', 'id = "was-there"\nwhen = ["bugs > 1"]', "everybody has one"),
        ('when = ["promise demo kept"]\n', "", "hides all that come after"),
        ('{ reader = "ife"', '{ reader = "tomas"', "unknown reader `tomas`"),
        ('reader = "ife" }, {', 'reader = "iffe" }, {', "did you mean `ife`?"),
        ('["title junior"]', '["title junor"]', "did you mean `junior`?"),
        ("{title}", "{titel}", "did you mean `title`?"),
        ("{title}", "{past titel}", "did you mean `title`?"),
        ("{title}", "{chose chartre}", "did you mean `charter`?"),
        ('["promise demo kept"]', '["competency empaty > 1"]', "did you mean `empathy`?"),
        ("text = \"She asks", 'when = ["reputation was-here"]\ntext = "She', "`was-there`?"),
        ('["promise demo kept"]', '["reputation was-there"]', "which it is to decide"),
    ],
)  # fmt: skip
def test_a_career_that_cannot_be_says_why(career: Path, old: str, new: str, says: str) -> None:
    swap(career, "career.toml", old, new)
    assert any(says in text for text in mistakes(career).values()), mistakes(career)


def test_a_record_that_cannot_be_read_makes_no_mistake_of_those_that_name_it(pack: Path) -> None:
    line = swap(pack, "things.toml", 'id = "hotels"', 'id = "Hotels"')
    assert list(mistakes(pack)) == [("things.toml", line)]
