"""A page as a reader meets it: its tables by their captions, with headers and cells as text.

Non-breaking spaces are kept; every other run of white space is one space.
"""

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag


@dataclass(frozen=True)
class ReadTable:
    """A table of a page: the heads of its columns of cells, and the cells of each row by its header.

    A row's header is its name only, without what stands small beside it.
    """

    columns: list[str]
    rows: dict[str, list[str]]

    def cell(self, row: str, column: str) -> str:
        """What stands in a row under a head, which must be there once."""
        assert self.columns.count(column) == 1, (column, self.columns)
        return self.rows[row][self.columns.index(column)]


def soup(html: bytes | str) -> BeautifulSoup:
    """The page, to look for things in."""
    return BeautifulSoup(html, "html.parser")


def text(tag: Tag) -> str:
    """What a tag says."""
    return re.sub(r"[ \t\r\n]+", " ", tag.get_text()).strip(" ")


def texts(html: bytes | str, selector: str) -> list[str]:
    """What every tag that the CSS selector finds says, in the order of the page."""
    return [text(tag) for tag in soup(html).select(selector)]


def tables(html: bytes | str, *, drawn: bool = False) -> dict[str, ReadTable]:
    """Every table of the page by its caption.

    The column of small lines is drawn from cells that are there already: only with ``drawn``.
    """
    page = soup(html)
    for trend in () if drawn else page.select(".trend"):
        trend.extract()
    found = page.select("table:has(caption)")
    read = {text(table.select("caption")[0]): _read(table) for table in found}
    assert len(read) == len(found), "two tables have one caption"
    return read


def table(html: bytes | str) -> ReadTable:
    """The only table of the page."""
    (only,) = tables(html).values()
    return only


def _read(tag: Tag) -> ReadTable:
    _, *columns = (text(head) for head in tag.select("thead th"))
    rows: dict[str, list[str]] = {}
    for row in tag.select("tbody tr"):
        header, *cells = row.find_all(["th", "td"])
        assert isinstance(header, Tag)
        for beside in header.select("sup, small"):
            beside.extract()
        assert len(cells) == len(columns), text(row)
        assert text(header) not in rows, f"two rows are called {text(header)}"
        rows[text(header)] = [text(cell) for cell in cells]
    return ReadTable(columns, rows)
