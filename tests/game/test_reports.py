"""Pages handed on as files: as Markdown, as HTML, and as they stand in plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from itertools import pairwise
from typing import Final

from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from game.blocks import Board, Page, Plot, Prose, Quote, Series, Table
from game.plain import draw
from game.plots import bounds
from game.reports import html, markdown
from tests.blocks import pages, words

ADA: Final = Series("ada", (50, 52, 60))
BO: Final = Series("bo", (50, 44))
PLOT: Final = Plot((ADA, BO), "customers", ("start", "Build", ""))
TABLE: Final = Table(("scene", "ada", "bo"), (("The fridge", "Ask", "Count"),), "What they chose")

_TAGS: Final = {
    *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section"),
    *("h1", "h2", "h3", "p", "em", "small", "b", "i", "span", "div", "ul", "ol", "li", "a"),
    *("figure", "figcaption", "blockquote", "dl", "dt", "dd"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("svg", "desc", "g", "path", "polyline", "text"),
}
_MARKDOWN: Final = MarkdownIt("gfm-like")


class Reader(HTMLParser):
    """Reads HTML, notes what is not closed in order, and keeps what stands in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def strings(part: object) -> Iterator[str]:
    """Everything that a page says, in lines."""
    if isinstance(part, str):
        yield from part.split("\n\n")
    elif isinstance(part, tuple):
        for each in part:
            yield from strings(each)
    elif isinstance(part, Board):
        yield from (part.days[-1].title, part.days[-1].status)
    elif isinstance(part, Plot):
        yield from (part.title, *(series.label for series in part.series))
    elif is_dataclass(part):
        for field in fields(part):
            if field.name not in ("hat", "tone", "kind"):
                yield from strings(getattr(part, field.name))


def flat(text: str) -> str:
    """A text however it is broken into lines, and without the asterisks that mark emphasis."""
    return " ".join(text.replace("*", "").split())


# ── HTML ────────────────────────────────────────────────────────────────────────────────────


@given(pages(), words(), words())
def test_every_page_becomes_whole_html_that_does_nothing_and_fetches_nothing(
    shown: list[Page], title: str, note: str
) -> None:
    read = Reader(html.document(title, shown, note))
    assert read.open == []
    assert {tag for tag, _ in read.tags} <= _TAGS
    for _, attributes in read.tags:
        assert not any(name.startswith("on") or name == "src" for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")


@given(pages(), words())
def test_every_word_of_a_page_stands_in_its_html_as_it_was_written(
    shown: list[Page], title: str
) -> None:
    text = flat(" ".join(Reader(html.document(title, shown)).text))
    close = text.replace(" ", "")
    for said in (title, *(line for page in shown for line in strings(page))):
        assert flat(said).replace(" ", "") in close


@given(pages())
def test_the_headings_of_a_report_skip_no_level(shown: list[Page]) -> None:
    tags = [tag for tag, _ in Reader(html.document("T", shown)).tags]
    levels = [int(tag[1]) for tag in tags if tag in ("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_plot_is_told_to_whoever_cannot_see_it() -> None:
    read = Reader(html.document("T", [Page("aside", "P", (PLOT,))]))
    ids = {attributes["id"] for _, attributes in read.tags if "id" in attributes}
    (picture,) = (a for tag, a in read.tags if tag == "svg" and a.get("role") == "img")
    assert {picture["aria-labelledby"], picture["aria-describedby"]} <= ids
    said = "ada: from 50 to 60, at least 50, at most 60. start 50, Build 52, 60."
    assert said in "".join(read.text)


def test_no_two_plots_of_a_report_share_their_ids() -> None:
    read = Reader(html.document("T", [Page("aside", "P", (PLOT, PLOT)), Page("aside", "Q", ())]))
    ids = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_a_table_says_what_its_columns_and_rows_are() -> None:
    read = Reader(html.document("T", [Page("aside", "P", (TABLE,))]))
    scopes = [attributes.get("scope") for tag, attributes in read.tags if tag == "th"]
    assert scopes == ["col", "col", "col", "row"]


# ── Markdown ────────────────────────────────────────────────────────────────────────────────


def read_markdown(title: str, shown: list[Page]) -> tuple[set[str], str]:
    """The kinds of things that a reader of Markdown finds in pages, and the words it shows."""
    kinds: set[str] = set()
    text: list[str] = []

    def read(tokens: list[Token]) -> None:
        for token in tokens:
            kinds.add(token.type)
            if token.type in ("text", "text_special"):
                text.append(token.content)
            read(token.children or [])

    read(_MARKDOWN.parse("\n".join(markdown.document(title, shown))))
    return kinds, " ".join(text)


@given(pages(), words())
def test_no_words_of_a_player_are_read_as_markdown(shown: list[Page], title: str) -> None:
    kinds, _ = read_markdown(title, shown)
    assert kinds.isdisjoint(
        {"html_inline", "html_block", "link_open", "image", "code_inline", "fence", "code_block"}
        | {"hr", "ordered_list_open", "s_open"}
    )


@given(pages(), words())
def test_every_word_of_a_page_stands_in_its_markdown(shown: list[Page], title: str) -> None:
    _, text = read_markdown(title, shown)
    close = flat(text).replace(" ", "")
    for said in (title, *(line for page in shown for line in strings(page))):
        assert flat(said).replace(" ", "") in close


def test_emphasis_stays_emphasis_in_both() -> None:
    page = Page("aside", "P", (Prose("It was *her* idea, 2 * 3."),))
    assert r"It was *her* idea, 2 \* 3." in markdown.page_lines(page)
    assert "<p>It was <em>her</em> idea, 2 * 3.</p>" in html.document("T", [page])


def test_a_quotation_is_one_in_markdown_and_says_who_said_it() -> None:
    page = Page("aside", "P", (Quote("It will be green", "promised to Ife"),))
    assert list(markdown.page_lines(page))[2:] == [
        "> “It will be green”",
        ">",
        "> *promised to Ife*",
    ]


def test_a_plot_is_a_table_of_its_points_in_markdown() -> None:
    assert list(markdown.block_lines(PLOT))[2:] == [
        "|  | start | Build |  |",
        "|---|---|---|---|",
        "| ada | 50 | 52 | 60 |",
        "| bo | 50 | 44 |  |",
    ]


# ── plain text ──────────────────────────────────────────────────────────────────────────────


def test_a_plot_is_said_in_words_where_nothing_is_drawn() -> None:
    assert list(draw.block_lines(PLOT)) == [
        "customers:",
        "  - ada: from 50 to 60, at least 50, at most 60.",
        "    start 50, Build 52, 60",
        "  - bo: from 50 to 44, at least 44, at most 50.",
        "    start 50, Build 44",
    ]


def test_every_cell_of_a_table_is_said_with_its_column() -> None:
    assert list(draw.block_lines(TABLE)) == [
        "What they chose:",
        "  - The fridge",
        "    ada: Ask",
        "    bo: Count",
    ]


def test_what_hardly_moved_does_not_look_like_a_mountain() -> None:
    for values in ((50, 51), (0, 1), (99, 100), (100, 100)):
        low, high = bounds(Plot((Series("a", values),)))
        assert high - low >= 30
        assert 0 <= low <= min(values) <= max(values) <= high <= 100
