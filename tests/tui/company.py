"""A small company with every kind of decision in it, for playing on a screen."""

from __future__ import annotations

from typing import Any

from scenes.schema import Pack
from tests.stories import choice, invitation, scene, story

KITCHEN = """\
Ife Adeyemi counts tomatoes inside the walk-in fridge because it is the only room in the hotel
where nobody asks her anything. You hold the door with your foot. Clipboard, pencil, fingerless
gloves.

"Your app," she says. "Would it work in *here*?"

Your phone shows no bars. It has shown no bars since the service corridor.

"What happens when a count is wrong?" you ask.

"It's never wrong." The pencil stops. She looks at the third shelf a second too long, then turns
the page over, so that you have the clean side."""

MARKUP = "[@click=app.quit]Tomas[/] shrugs at [bold red]the board[/bold red] and says [nothing"


def small_company(**scenes_of_discover: Any) -> Pack:
    """Six phases, one round each; Discover and Define hold one decision of each kind."""
    return story(
        scene(
            "minus-two",
            choice(
                "other-side",
                "trust ife +1",
                "customers +3",
                say="Ask what is on the other side of the page",
            ),
            choice(
                "count-along",
                "runway -1000",
                "trust ife +2",
                "half-days -1",
                say="Take the next shelf and count with her until your fingers give up",
                cares=["tomas"],
            ),
            choice(
                "on-the-roadmap",
                "customers +2",
                "promise demo by build",
                say="Tell her offline mode is on the roadmap",
                then='"Is it," says Ife, and writes it on the back of her glove.',
            ),
            title="Minus two",
            who="ife",
            text=KITCHEN,
            invitation=invitation(
                says="Ife Adeyemi, hotel kitchen, Tuesday 6:10. Bring a coat.",
                default="She will show Marek instead.",
            ),
        ),
        scene(
            "board",
            hat="po",
            title="The board",
            who="tomas",
            text=MARKUP,
            invitation=invitation(
                says="Tomas, the board, Tuesday 6:15. He has moved a card.",
                default="The card stays where he put it.",
            ),
        ),
        scene(
            "page-one",
            choice("price", "clarity +3", say="What it costs"),
            choice("promise", "sponsor +3", say="What was promised to the hotel", cost=2),
            choice("risk", "quality +3", say="What could go wrong", cost=3),
            title="One page",
            text="The handover has room for four lines.",
            pick={"budget": 4, "unit": "lines", "least": 1},
        ),
        scene(
            "order",
            choice("scanner", "flow +2", say="Scanner"),
            choice("offline", "customers +2", say="Offline mode"),
            choice("report", "business +2", say="Report for the controller"),
            choice("login", "quality +2", say="Log in with a glove on"),
            hat="po",
            title="In which order",
            text="Four cards, two weeks.",
            rank={"keep": 2},
        ),
        scene(
            "note",
            choice("keep", say="Put it in the drawer"),
            phase="define",
            title="A note",
            text="You will be somebody else on Monday.",
            write={"letter": "note"},
        ),
        scene(
            "bet",
            choice(
                "up",
                say="They will like it",
                holds=["customers >= 50"],
                right="They do.",
                wrong="They do not.",
            ),
            choice(
                "down",
                say="They will not",
                holds=["customers < 50"],
                right="They do not.",
                wrong="They do.",
            ),
            phase="define",
            title="A bet",
            text="Where will it go?",
            predict={"after": 1},
        ),
        scene("build-it", phase="build", hat="po", who="tomas"),
        scene("launch-it", phase="launch"),
        scene("grow-it", phase="grow"),
        scene("renew-it", phase="renew"),
        **scenes_of_discover,
    )


def career_company(**fields: Any) -> Pack:
    """A company that interviews, and makes offers; its first and last phase have a scene."""
    return story(
        scene("slash", choice("both", "trust ife +1"), choice("one"), career="interview"),
        scene("first", choice("go", "customers +3"), choice("stay")),
        scene("last", phase="renew"),
        scene("envelopes", choice("tram"), choice("fridge"), phase="renew", career="offers"),
        career={"boss": "ife", "title": "both", "interview": "slash", "offers": "envelopes"},
        titles=[{"id": "both", "name": "slash", "calls": []}],
        reputations=[{"id": "quiet", "name": "is quiet", "text": "T."}],
        **fields,
    )
