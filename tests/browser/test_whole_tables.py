"""Every table of every place: whole, as it is written and as a screen reader is told."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import Tag
from playwright.sync_api import Page

from tests.browser.accessible import accessible_tables
from tests.browser.faults import Faults
from tests.browser.pages import visit
from tests.browser.probing import SCREENS
from tests.reading import soup, tables, text


@pytest.mark.parametrize("site", ["demo", "states"])
def test_every_table_is_whole_and_has_its_headers_on_any_screen(
    look: Callable[..., Page], sites: Any, site: str
) -> None:
    page = look(sites[site].url)
    seen = 0
    with Faults() as faults:
        for place in sites[site].places:
            visit(page, place)
            html = page.content()
            for table in soup(html).select("table"):
                seen += 1
                for fault in broken(table):
                    faults.add(place, "", f"{fault} in {text(table)[:50]}")
            written = [
                (
                    ["".join(head.split()) for head in table.columns],
                    ["".join(row.split()) for row in table.rows],
                )
                for table in tables(html, drawn=True).values()
            ]
            for screen, size in SCREENS.items() if written else ():
                page.set_viewport_size(size)  # type: ignore[arg-type]
                heard = accessible_tables(page)
                if len(heard) != len(written):
                    faults.add(place, screen, f"{len(written)} tables are written, {len(heard)} are heard")
                for names, (columns, rows) in zip(heard, written, strict=False):
                    told_columns = ["".join(name.split()) for name in names["columnheader"]]
                    told_rows = ["".join(name.split()) for name in names["rowheader"]]
                    if told_columns[1:] != columns:
                        faults.add(place, screen, f"column headers {columns} are heard as {told_columns[1:]}")
                    if len(rows) != len(told_rows) or not all(map(str.startswith, told_rows, rows)):
                        faults.add(place, screen, f"row headers {rows} are heard as {told_rows}")
                    if len(names["cell"]) != len(rows) * len(columns):
                        faults.add(
                            place, screen, f"{len(names['cell'])} cells are heard of {rows} × {columns}"
                        )
    assert seen >= 5


def broken(table: Tag) -> list[str]:
    """What a table lacks to be one: a caption, headers that say of what, cells in every place."""
    found = []
    if not table.caption or not text(table.caption):
        found.append("no caption")
    if any(head.get("scope") not in ("col", "row") for head in table.find_all("th")):
        found.append("a header without scope")
    rows = [row.find_all(["th", "td"]) for row in table.find_all("tr")]
    if len({len(cells) for cells in rows}) != 1:
        found.append(f"rows of different lengths: {[len(cells) for cells in rows]}")
    if any(not text(cell) for cells in rows for cell in cells):
        found.append("an empty cell")
    if any(cell.has_attr("colspan") or cell.has_attr("rowspan") for cells in rows for cell in cells):
        found.append("a merged cell")
    if any(cells[0].name != "th" for cells in rows):
        found.append("a row without a header")
    return found
