"""A whole pack of two dozen small scenes, written to disk, for tests that need files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scenes.vocabulary import HATS, PHASES

WORLDS = ("counted", "ordered", "thrown")

PACK = """
[pack]
id = "small"
title = "Small"
version = "1"
format = 1
blurb = "A company for tests."
authors = ["Nobody"]
company = "Small & Co"
setting = "You are {name}, and there is nobody else."

[start]
runway = 70000
burn = 9000

[start.metrics]
customers = 45
sponsor = 50
business = 50
market = 50
morale = 50
clarity = 48
flow = 50
quality = 50

[bailout]
text = "Somebody lends."
effects = ["runway +20000", "trust ife -1"]
"""

CAST = """
[[person]]
id = "ife"
name = "Ife Adeyemi"
role = "storekeeper"
want = "to go home"
fear = "a wrong count"
tell = "Turns the page."
side = "pm"

[[person]]
id = "tomas"
name = "Tomas Quispe"
role = "developer"
want = "to build it once"
fear = "coming back to it"
tell = "Says basically."
side = "po"
trust = 1
"""

THINGS = """
[[evidence]]
id = "counting"
title = "why counts go wrong"

[[segment]]
id = "hotels"
title = "Hotels"
reach = 20
price = 50
pays = { counted = 60, ordered = 10, thrown = 20 }

[[item]]
id = "scanning"
title = "Counting takes too long"
kind = "opportunity"

[[item]]
id = "fast-count"
title = "Count faster"
kind = "requirement"
of = "scanning"

[[item]]
id = "scanner"
title = "A scanner"
kind = "story"
of = "fast-count"
effort = 4
estimate = [2, 6]
kano = { hotels = "performance" }
value = { counted = { hotels = 3 }, ordered = { hotels = -2 }, thrown = {} }

[[promise]]
id = "demo"
to = "ife"
words = "You will see it first"
broken = "She saw it last."
effects = ["business -2"]

[[term]]
id = "spike"
term = "Spike"
text = "A short piece of work to learn something."

[[thread]]
id = "the-page"
title = "The page"
opens = ["discover-pm"]
returns = ["build-pm"]

[[ending]]
id = "kept"
title = "Kept"
when = ["promise demo kept"]
because = "You kept your word."
text = "They stay, {name}."

[[ending]]
id = "clear"
title = "Clear"
when = ["clarity >= 55"]
because = "Everybody knew."
text = "It was clear."
memory = [{ when = ["visited discover-note"], text = "You once wrote: {letter note}" }]

[[ending]]
id = "over"
title = "Over"
because = "It was time."
text = "That was that."
"""


def write_small_pack(folder: Path, *, express: bool = False) -> Path:
    """Write the pack, with or without an express edition, into a new folder, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "pack.toml": PACK,
        "cast.toml": CAST,
        "worlds.toml": "".join(_worlds()),
        "things.toml": THINGS,
        "phases.toml": "".join(_phase(phase, express=express) for phase in PHASES),
        **{f"{number}-{p}.toml": "".join(_scenes(p)) for number, p in enumerate(PHASES, 1)},
    }
    for name, text in files.items():
        (folder / name).write_text(text.lstrip(), "utf-8")
    return folder


def _worlds() -> Iterator[str]:
    for world in WORLDS:
        words = f'title = "It was {world}"\ntruth = "{world.title()} it was."'
        yield f'[[world]]\nid = "{world}"\n{words}\n\n'


def _phase(phase: str, *, express: bool) -> str:
    gate = '[phase.gate]\ntitle = "The gate"\npasses = "On you go."\n'
    if phase != "renew":
        gate += (
            'needs = ["clarity >= 50"]\nrescue = { text = "On, but.", effects = ["sponsor -4"] }\n'
        )
    if phase == "define":
        gate += 'send-back = { to = "discover", text = "Back.", effects = ["runway -500"] }\n'
    if phase == "grow":
        gate += 'end = { when = ["runway <= 0"], text = "The money is gone." }\n'
    again = (
        '[[phase.again]]\nhalf-days = 1\npm = ["discover-again"]\n' if phase == "discover" else ""
    )
    handover = f'handover = "{phase}-note"\n' if phase == "discover" else ""
    extra = {"define": ', "define-rank"', "build": ', "build-bet"'}.get(phase, "")
    return f"""
[[phase]]
id = "{phase}"
title = "{phase.title()}"
opening = "It is {phase} now."
shows = {'["customers", "sponsor", "morale", "clarity"]' if phase == "discover" else "[]"}
review = "That was {phase}."

[[phase.round]]
half-days = 1
diary = ["{phase}-invites-pm", "{phase}-invites-po"]
pm = ["{phase}-pm", "*"{extra}]
po = ["{phase}-po"]
{handover}
{again}
{EXPRESS.format(phase=phase) if express else ""}
{gate}
"""


def _scenes(phase: str) -> Iterator[str]:
    for hat in HATS:
        yield (
            _scene(f"{phase}-{hat}", phase, hat, f'cues = ["{WORLDS[PHASES.index(phase) % 3]}"]')
            + CHOICES
        )
        yield _scene(f"{phase}-invites-{hat}", phase, hat, INVITED) + CHOICES
    for number in (1, 2):
        cue = f'weight = {number}\ncues = ["{WORLDS[number]}", "{WORLDS[0]}"]'
        yield _scene(f"{phase}-deck-{number}", phase, "pm", cue) + CHOICES
    match phase:
        case "discover":
            yield _scene("discover-note", phase, "pm", '[scene.write]\nletter = "note"') + NOTE
            yield _scene("discover-again", phase, "pm", "") + CHOICES
        case "define":
            yield _scene("define-rank", phase, "pm", "[scene.rank]\nkeep = 2") + RANKED
        case "build":
            yield _scene("build-bet", phase, "pm", "[scene.predict]\nafter = 1") + BETS
            yield _scene("build-crisis", phase, "po", 'crisis = "morale"') + CHOICES
        case "launch":
            picks = '[scene.pick]\nbudget = 3\nunit = "lines"\nleast = 1'
            yield _scene("launch-deck-3", phase, "pm", picks) + PICKED


def _scene(name: str, phase: str, hat: str, fields: str) -> str:
    return f"""
[[scene]]
id = "{name}"
phase = "{phase}"
hat = "{hat}"
title = "{name.replace("-", " ").title()}"
who = "{"ife" if hat == "pm" else "tomas"}"
terms = ["spike"]
text = \"\"\"
It is Tuesday in {phase}. "Well?" says somebody.

Somebody else waits, and *means* it.
\"\"\"
{fields}
"""


EXPRESS = """
[[phase.express]]
half-days = 0
pm = ["{phase}-pm"]
po = ["{phase}-po"]
"""

INVITED = """
[scene.invitation]
says = "Come and look"
where = "in the fridge"
default = "It goes on."
missed = { then = "You were {where} when it went on.", effects = ["customers -1"] }
"""

CHOICES = """
[[scene.memory]]
when = ["promised demo"]
text = "You said: {promise demo}."

[[scene.choice]]
id = "ask"
say = "Ask what is on the other side"
effects = ["clarity +2", "evidence counting +1", "trust ife +1 if trust ife >= 0 else -1"]
then = "It is another list."
later = [{ after = 1, effects = ["morale -2"], then = "The list comes back." }]

[[scene.choice]]
id = "promise"
say = "Promise to show it first"
effects = ["customers +2", "promise demo by launch", "clarity -2"]
then = "She writes it down."

[[scene.choice]]
id = "spend"
say = "Buy a better pencil"
effects = ["runway -1200", "half-days -1", "keep demo if rounds >= 3"]
branch = [
    { when = ["world counted"], effects = ["flow +2"], then = "It counts." },
    { when = ["not world counted"], weight = 2, effects = ["flow -1"], then = "It breaks." },
    { when = ["not world counted"], effects = ["quality +2"], then = "It writes." },
]
"""

NOTE = """
[[scene.choice]]
id = "seal"
say = "Fold it"
"""

RANKED = """
[[scene.choice]]
id = "first"
say = "The scanner"
effects = ["add scanner", "narrow effort scanner"]
then = "Begun."
left-out = { effects = ["drop scanner"], then = "Not now." }

[[scene.choice]]
id = "second"
say = "The list"
effects = ["clarity +2"]
then = "Listed."

[[scene.choice]]
id = "third"
say = "The rest"
effects = ["quality +2"]
then = "Rested."
"""

BETS = """
[[scene.choice]]
id = "up"
say = "Clarity goes up"
holds = ["clarity > 60"]
right = "It went up."
wrong = "It did not."

[[scene.choice]]
id = "down"
say = "Clarity stays down"
holds = ["clarity <= 60"]
right = "It stayed."
wrong = "It did not stay."
"""

PICKED = """
[[scene.choice]]
id = "one"
say = "The first line"
cost = 2
effects = ["clarity +2"]
then = "Read."

[[scene.choice]]
id = "two"
say = "The second line"
cost = 2
effects = ["ship scanner if item scanner backlog"]
then = "Shipped."
left-out = { effects = ["quality -1"], then = "Left." }

[[scene.choice]]
id = "three"
say = "The third line"
effects = ["users hotels +12", "revenue +240"]
then = "Sold."
"""
