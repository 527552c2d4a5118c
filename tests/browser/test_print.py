"""The founding page on paper: all its figures and sentences, none of what only a screen has use for."""

import io
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from tests.browser.faults import Faults
from tests.browser.pages import FOUNDING
from tests.reading import soup, text

#: What is for those who can click, by its words and by where it stands in the text.
FURNITURE = (
    "Hoppa till innehållet",
    "Meny",
    "Hjälpte sidan dig?",
    "Dela sidan",
    "Kopiera länken",
    "Facebook",
    "LinkedIn",
    "Sök",
)
ONLY_ON_SCREEN = ".toc, .crumbs, .files, .scroll-hint, form, button, script, [hidden], .no-print"


def squeezed(said: str) -> str:
    """The text without white space and soft hyphens: a line may break anywhere on paper."""
    return "".join(unicodedata.normalize("NFKC", said).replace("\u00ad", "").split())


@pytest.fixture
def paper(look: Callable[..., Page], sites: Any) -> tuple[PdfReader, str]:
    """The founding page of the demo as a PDF, and its HTML."""
    page = look(sites["demo"].url)
    page.goto(FOUNDING)
    printed = page.pdf(format="A4", tagged=True, outline=True)
    return PdfReader(io.BytesIO(printed)), page.content()


def test_everything_that_is_to_be_read_is_on_paper(paper: tuple[PdfReader, str]) -> None:
    pdf, html = paper
    said = squeezed("".join(page.extract_text() for page in pdf.pages))
    page = soup(html)
    (main,) = page.select("main")
    for told_apart in main.select(".unseen"):
        told_apart.extract()  # what sets one button apart from another, for those who listen
    with Faults() as faults:
        figures = 0
        for table in main.select("table"):
            for row in table.select("tbody tr"):
                cells = [squeezed(text(cell)) for cell in row.select("td")]
                figures += len(cells)
                # Cell after cell, as the row stands on the screen.
                if "".join(cells) not in said:
                    faults.add(
                        FOUNDING, text(table.select("caption")[0]), f"a row is not on paper: {text(row)}"
                    )
        assert figures >= 30
        for unseen in main.select(ONLY_ON_SCREEN):
            unseen.extract()
        for words in main.find_all(string=True):
            if squeezed(words) not in said:
                faults.add(FOUNDING, "", f"is not on paper: {words.strip()[:100]}")
        for words in (*FURNITURE, *(text(link) for link in page.select(".menu a"))):
            if squeezed(words) in said and squeezed(words) not in squeezed(text(main)):
                faults.add(FOUNDING, "", f"is on paper, where nobody can click: {words}")
        for link in main.select("a[href^=http]"):
            if squeezed(str(link["href"])) not in said:
                faults.add(FOUNDING, "", f"a link's address is not on paper: {link['href']}")


def test_the_paper_has_a_title_a_language_and_tables_to_listen_to(
    paper: tuple[PdfReader, str],
) -> None:
    pdf, html = paper
    root = pdf.trailer["/Root"]
    assert pdf.metadata is not None and pdf.metadata.title == text(soup(html).select("title")[0])
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"]
    kinds = list(structure(root["/StructTreeRoot"]))
    written = soup(html).select("main table")
    assert kinds.count("/Table") == len(written)
    assert kinds.count("/TH") == sum(len(table.select("th")) for table in written)
    assert kinds.count("/TD") == sum(len(table.select("td")) for table in written)
    assert {"/H1", "/H2", "/H3", "/P", "/L"} <= set(kinds)


def structure(node: DictionaryObject) -> Iterator[str]:
    """The kind of every element of a PDF's structure, from the top."""
    if "/S" in node:
        yield str(node["/S"])
    below = node.get("/K", [])
    for child in below if isinstance(below, list) else [below]:
        child = child.get_object()
        if isinstance(child, DictionaryObject):
            yield from structure(child)
