"""What is indexed of a page and of an indicator: its title, and its parts in reading order.

A page is read by what it declares, not by its class: the ``SearchField``s of its ``search_fields``, be
they plain fields, rich text or streams, and the ``streams`` of a page with figures.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from boras_site.search.words import clean, tokens
from comparisons.chosen import preloaded
from comparisons.key_figures import KeyFiguresValue
from comparisons.models import Indicator
from comparisons.table_values import TableValue

#: What ``Part.kind`` is beside the name of a field.
SECTION, TABLE = "section", "table"

#: Where templates put a field, for those that have an address of their own.
ANCHORS = {
    "results_introduction": "resultat",
    "improvements": "battre",
    "key_figures": "kort",
    "about_figures": "kallor",
    "definition": "om",
}

_TITLE, _NAME, _HEADING, _ROW, _TEXT, _MOST_TEXT = 8, 6, 4, 2, 1, 3
#: What a word counts that stands in the text of a part; any other kind is running text.
_WEIGHTS = {"synonyms": _NAME, "short_title": _NAME, TABLE: _ROW, "key_figures": _ROW}


@dataclass(frozen=True)
class Part:
    """A piece of a page that a result can point to.

    ``kind`` is SECTION, TABLE or the name of the field it comes from; ``heading`` is the section's or
    the table's; ``anchor`` is its address on the page, or empty.
    """

    kind: str
    text: str
    heading: str = ""
    anchor: str = ""


def parts_of_indicator(indicator: Indicator) -> list[Part]:
    """The parts of an indicator: its short name, its synonyms (one a line), its definition."""
    return _filled(
        [
            Part("short_title", clean(indicator.short_title)),
            Part("synonyms", "\n".join(filter(None, map(clean, indicator.other_words)))),
            Part("definition", _plain_text(indicator.definition), anchor=ANCHORS["definition"]),
        ]
    )


def parts_of_page(page: Page) -> list[Part]:
    """The parts of a page in its own class (``page.specific``), as its ``search_fields`` say."""
    fields = [field for field in page.get_search_fields() if isinstance(field, index.SearchField)]
    names = dict.fromkeys([field.field_name for field in fields] + list(getattr(page, "streams", ())))
    names.pop("title", None)
    rich_fields = {field.name for field in page._meta.fields if isinstance(field, RichTextField)}
    values = {name: getattr(page, name) for name in names}
    parts: list[Part] = []
    streams = [value for value in values.values() if isinstance(value, StreamValue)]
    with preloaded(streams):
        for name, value in values.items():
            if isinstance(value, StreamValue):
                parts += _of_stream(name, value, getattr(page, "anchors", {}))
            else:
                text = str((value() if callable(value) else value) or "")
                rich = name in rich_fields
                parts.append(
                    Part(name, _plain_text(text) if rich else clean(text), anchor=ANCHORS.get(name, ""))
                )
    return _filled(parts)


def weights(title: str, parts: Iterable[Part]) -> dict[str, int]:
    """How much every spelling counts in a document: where it stands, and how often in running text."""
    places: dict[str, set[int]] = {}
    times: dict[str, int] = {}

    def note(text: str, weight: int) -> None:
        for token in tokens(text):
            if weight == _TEXT:
                times[token.spelling] = times.get(token.spelling, 0) + 1
            else:
                places.setdefault(token.spelling, set()).add(weight)

    note(title, _TITLE)
    for part in parts:
        note(part.heading, _HEADING)
        note(part.text, _WEIGHTS.get(part.kind, _TEXT))
    return {
        spelling: sum(places.get(spelling, ())) + min(times.get(spelling, 0), _MOST_TEXT)
        for spelling in places | times
    }


def _of_stream(name: str, stream: StreamValue, anchors: dict[str, str]) -> Iterator[Part]:
    """Sections and tables with their addresses; before them whatever stands in no section."""
    loose: list[str] = []
    found: list[Part] = []
    for block in stream:
        if block.block_type == SECTION:
            found += _of_section(block, anchors)
        elif isinstance(block.value, TableValue):
            found.append(_of_table(block, anchors))
        elif isinstance(block.value, KeyFiguresValue):
            loose += _of_key_figures(block.value)
        else:
            loose += block.block.get_searchable_content(block.value)
    yield Part(name, _joined(loose), anchor=ANCHORS.get(name, ""))
    yield from found


def _of_section(section: Any, anchors: dict[str, str]) -> list[Part]:
    texts: list[str] = []
    tables = []
    for block in section.value.get("body") or ():
        if isinstance(block.value, TableValue):
            tables.append(_of_table(block, anchors))
        else:
            texts += block.block.get_searchable_content(block.value)
    heading = clean(section.value.get("heading") or "")
    return [Part(SECTION, _joined(texts), heading, anchors.get(section.id, "")), *tables]


def _of_table(block: Any, anchors: dict[str, str]) -> Part:
    """A table: the labels of its rows, then its notes. Without a published row it is not shown."""
    rows = block.value.shown_rows
    if not rows:
        return Part(TABLE, "")
    labels = [row.label or row.indicator.title for row in rows]
    notes = [row.footnote for row in rows] + [block.value.get("note") or ""]
    sentences = ["; ".join(map(clean, labels)), *map(clean, notes)]
    text = ". ".join(sentence.removesuffix(".") for sentence in sentences if sentence)
    return Part(TABLE, text, clean(block.value.get("caption") or ""), anchors.get(block.id, ""))


def _of_key_figures(value: KeyFiguresValue) -> list[str]:
    headings = [
        item["heading"] or item["indicator"].short_title or item["indicator"].title for item in value.chosen
    ]
    return ["; ".join(headings)]


def _joined(texts: Iterable[str]) -> str:
    return clean(" ".join(texts))


def _plain_text(html: str) -> str:
    """Rich text as a reader sees it."""
    return clean(get_text_for_indexing(html))


def _filled(parts: Iterable[Part]) -> list[Part]:
    return [part for part in parts if part.text or part.heading]
