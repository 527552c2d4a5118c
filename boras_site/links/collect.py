"""Every link that readers can meet: where it stands, its address, its words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.db.models import Model, URLField
from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock, URLBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from boras_site.links.models import MAX_URL
from comparisons.models import Indicator, Source

#: How a link that was chosen in the editor is named: ``page:12``, ``document:5``.
CHOSEN = re.compile(r"(page|document):([0-9]+)")
_MAX_TEXT, _MAX_PATH = 300, 300


@dataclass(frozen=True)
class Link:
    """One link. ``holder`` is the field of BrokenLink that ``key`` belongs to: page, indicator or source.

    ``base`` is the address of the page that readers meet it on, ``path`` where it stands in the editor.
    """

    holder: str
    key: int
    base: str
    path: str
    url: str
    text: str


def every_link() -> Iterator[Link]:
    """The links of all that is published: pages, indicators, and the sources under their tables."""
    for page in Page.objects.live().filter(depth__gt=1).specific().order_by("path").iterator():
        yield from links_of(page)
    for indicator in Indicator.objects.filter(live=True).iterator():
        yield from links_of(indicator)
    for source in Source.objects.iterator():
        yield from links_of(source)


def links_of(holder: Model) -> Iterator[Link]:
    """The links of one page (of its own model, not just ``Page``), indicator or source, as it is saved."""
    name = "page" if isinstance(holder, Page) else str(holder._meta.model_name)
    base = getattr(holder, "full_url", "") or ""
    for path, url, text in _in_fields(holder):
        address = url.strip()
        address = f"https:{address}" if address.startswith("//") else address
        if address and len(address) <= MAX_URL:
            yield Link(name, holder.pk, base, path[:_MAX_PATH], address, (text or address)[:_MAX_TEXT])


#: What is found in a piece of content: where, the address, the words.
_Piece = tuple[str, str, str]


def _in_fields(holder: Model) -> Iterator[_Piece]:
    for field in holder._meta.concrete_fields:
        if isinstance(field, RichTextField):
            yield from _in_html(field.name, getattr(holder, field.name) or "")
        elif isinstance(field, StreamField):
            stream = getattr(holder, field.name)
            yield from _in_block(field.name, field.stream_block, list(stream.raw_data))
        elif isinstance(field, URLField):
            yield field.name, getattr(holder, field.name) or "", ""


def _in_block(path: str, block: Any, raw: Any) -> Iterator[_Piece]:
    """The links of stored block data, which is walked as it lies, so that it costs no query."""
    if isinstance(block, RichTextBlock):
        yield from _in_html(path, raw or "")
    elif isinstance(block, URLBlock):
        yield path, raw or "", ""
    elif isinstance(block, StructBlock):
        words = next((raw[name] for name in ("text", "label") if isinstance(raw.get(name), str)), "")
        for name, child in block.child_blocks.items():
            for where, url, text in _in_block(f"{path}.{name}", child, raw.get(name)):
                yield where, url, text or words
    elif isinstance(block, StreamBlock):
        for item in raw or ():
            if child := block.child_blocks.get(item["type"]):
                yield from _in_block(_at(path, item), child, item["value"])
    elif isinstance(block, ListBlock):
        for item in raw or ():
            # Lists were stored without ids once, and tests and imports may still write them so.
            is_item = isinstance(item, dict) and item.get("type") == "item" and "value" in item
            inner = item["value"] if is_item else item
            yield from _in_block(_at(path, item) if is_item else path, block.child_block, inner)


def _at(path: str, item: dict[str, Any]) -> str:
    return f"{path}.{item['id']}" if item.get("id") else path


def _in_html(path: str, html: str) -> Iterator[_Piece]:
    reader = _Anchors()
    reader.feed(html)
    reader.close()
    for url, text in reader.found:
        yield path, url, " ".join(text.split())


class _Anchors(HTMLParser):
    """Reads links out of rich text as Wagtail stores it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._url: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a link leads."""
        if tag == "a":
            given = dict(attrs)
            kind = given.get("linktype")
            self._url = f"{kind}:{given.get('id')}" if kind in ("page", "document") else given.get("href")
            self._text = ""

    def handle_data(self, data: str) -> None:
        """Note the words of a link."""
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        """A link is whole."""
        if tag == "a" and self._url:
            self.found.append((self._url, self._text))
        if tag == "a":
            self._url = None
