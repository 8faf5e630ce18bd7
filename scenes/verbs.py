"""The table of verbs: every condition that a pack can state and every effect it can have.

Each form is one row. The parser and its error messages, the JSON Schema and the page on the
story format are all made from these rows, so a verb exists everywhere or nowhere.
"""

from __future__ import annotations

from typing import Final

import msgspec


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
    Verb(
        "finished",
        "finished <compare> <number>",
        "per cent of the last sprint's planned cards that were done",
        reads="sprint",
    ),
    Verb(
        "column",
        "column <skill> <compare> <number>",
        "cards of the running sprint in the column design, build or test",
        reads="sprint",
    ),
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
    Verb("title", "title <title>", "the player's title", reads="career"),
    Verb(
        "competency",
        "competency <competency> <compare> <number>",
        "how practised the player is, 0 to 5",
        reads="career",
    ),
    Verb(
        "reputation",
        "reputation <reputation>",
        "what would be said of the player now",
        reads="career",
    ),
    Verb("experienced", "experienced", "the player has had a job before", reads="career"),
    Verb(
        "remembered",
        "experienced <memento>",
        "such a job, with a broken `promise` or a `reference`, or `here` or `elsewhere`",
        reads="career",
    ),
    Verb(
        "inherited",
        "inherited",
        "the player has taken this run over from somebody else",
        reads="career",
    ),
    Verb(
        "handed-down",
        "inherited <scene>",
        "the scene was played by whoever sat here before the player",
        reads="career",
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
    Verb("title", "title <title>", "gives the player a title", writes="career"),
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
