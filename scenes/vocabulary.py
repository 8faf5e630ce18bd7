"""The words that every layer shares: phases, hats, metrics, resources, ids.

One word per idea. The same word stands in a pack's TOML, in the code, on the screen and in
the docs, so whoever wants to rename one starts here.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, get_args

import msgspec

Hat = Literal["pm", "po"]
"""Product manager (why, who, what) or product owner (how, in which order)."""

PhaseId = Literal["discover", "define", "build", "launch", "grow", "renew"]
"""The six phases of a product's life, in this order."""

Metric = Literal[
    "customers", "sponsor", "business", "market", "morale", "clarity", "flow", "quality"
]
"""What is watched, 0 to 100 each: four on the stakeholders' side, then four on the team's."""

Resource = Literal["runway", "users", "revenue"]
"""What is counted: runway in euros left, users as kitchens, revenue in euros a month."""

DecisionKind = Literal["pick", "rank", "sort", "allocate", "compose", "write", "predict", "choose"]
"""What a scene can ask for; a scene without a table for one of the others asks to choose."""

PromiseState = Literal["open", "kept", "broken"]

ItemKind = Literal["opportunity", "requirement", "story", "enabler", "bug", "debt"]
"""Opportunities become requirements become stories; enablers, bugs and debt are work as well."""

Memento = Literal["promise", "reference", "here", "elsewhere"]
"""What a player may bring along from the last job: a broken promise, a reference, and having had
it in this company or in another."""

MEMORABLE: Final = ("title", "company", "reference", "reputation", "gossip", "promise")
"""What a text can quote of the job before."""

ItemStatus = Literal["idea", "backlog", "shipped", "dropped"]
Aspect = Literal["value", "effort"]
"""The two hidden truths of an item that work can narrow: research value, refinement effort."""

Kano = Literal["must-be", "performance", "attractive", "indifferent", "reverse"]
"""How a customer segment feels about a feature, after Noriaki Kano (1984)."""

Skill = Literal["design", "build", "test"]
"""What work on a card asks for, in the order in which it passes over the board."""

Offer = Literal["backlog", "unready", "requirements", "ideas"]
"""What a scene can lay out in place of choices of its own: cards of the backlog, those of them
that nobody has refined, requirements that are in scope, or those that are not."""

SprintTelling = Literal["played", "told"]
"""Whether a round's sprint is drawn day by day and asks, or is told in a paragraph."""

ArtifactId = Literal[
    "vision-card",
    "requirement-document",
    "roadmap",
    "product-backlog",
    "user-stories",
    "sprint-plan",
    "charter",
]
"""What the roles make and keep: the PM's three, the PO's three, and the working charter."""

Edition = Literal["full", "express"]
"""How much of the story a run plays: all of it, or the short edit of a quarter of an hour."""

HATS: Final[tuple[Hat, ...]] = get_args(Hat)
PHASES: Final[tuple[PhaseId, ...]] = get_args(PhaseId)
METRICS: Final[tuple[Metric, ...]] = get_args(Metric)
RESOURCES: Final[tuple[Resource, ...]] = get_args(Resource)
MONEY: Final[tuple[Resource, ...]] = ("runway", "revenue")
"""The resources that an effect can move as a whole; users come and go by segment."""
KINDS: Final[tuple[DecisionKind, ...]] = get_args(DecisionKind)
PROMISE_STATES: Final[tuple[PromiseState, ...]] = get_args(PromiseState)
ITEM_STATUSES: Final[tuple[ItemStatus, ...]] = get_args(ItemStatus)
MEMENTOS: Final[tuple[Memento, ...]] = get_args(Memento)
ASPECTS: Final[tuple[Aspect, ...]] = get_args(Aspect)
SKILLS: Final[tuple[Skill, ...]] = get_args(Skill)
ARTIFACTS: Final[tuple[ArtifactId, ...]] = get_args(ArtifactId)
WORKED_ON: Final[frozenset[ItemKind]] = frozenset(("story", "enabler", "bug", "debt"))
"""The kinds of item that become cards on the board."""

STAKEHOLDER_SIDE: Final[tuple[Metric, ...]] = METRICS[:4]
TEAM_SIDE: Final[tuple[Metric, ...]] = METRICS[4:]
LAST_PHASES: Final[tuple[PhaseId, ...]] = ("grow", "renew")
"""The only phases that can end a run; before them a failed gate sends back or rescues."""

HERITABLE: Final[tuple[PhaseId, ...]] = ("launch", "grow", "renew")
"""The phases in which somebody else can take a run over; before them nothing is out yet."""

DRAWN: Final = "*"
"""In a round's list of scenes: one drawn from the deck, in place of a scene that always comes."""

METRIC_RANGE: Final = (0, 100)
TRUST_RANGE: Final = (-5, 5)

ID_PATTERN: Final = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$(?!\n)"
"""In Python a `$` alone would let a last line break through."""

Id = Annotated[str, msgspec.Meta(pattern=ID_PATTERN, max_length=48)]
"""A stable name made of lower-case words and hyphens, such as `minus-two`."""

Line = Annotated[str, msgspec.Meta(pattern=r"^[^\n]+$(?!\n)", max_length=200)]
"""A short text that stands on one line."""

Words = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
"""A longer text. A blank line ends a paragraph; other line breaks are only for the author's eye."""
