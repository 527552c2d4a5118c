"""Tables that turn to a new period when a release is published, because they follow the newest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from comparisons import figures
from comparisons.desk.views import tables_of
from comparisons.models import Release
from comparisons.periods import Period
from comparisons.prepared import prepare
from comparisons.table_values import TableValue


@dataclass(frozen=True)
class Turn:
    """A table that shows ``before`` now and ``after`` then; of its ``rows``, so many are ``empty`` then."""

    page: Page
    caption: str
    before: Period
    after: Period
    rows: int
    empty: int


def turns(release: Release, pages: Iterable[Any]) -> Iterator[Turn]:
    """The tables of these pages that would turn. A few queries a page."""
    then = figures.with_release(release)
    for page in pages:
        tables = [block.value for block in tables_of(page) if block.value.follows_own]
        if not tables:
            continue
        prepare(tables, figures.live())
        before = [_newest(table) for table in tables]
        prepare(tables, then)
        for table, shown in zip(tables, before, strict=True):
            newest = _newest(table)
            if shown is None or newest is None or newest <= shown or table.table is None:
                continue
            rows = table.table.rows
            empty = sum(1 for row in rows if row.now is None or row.now.sign is not None)
            yield Turn(page, table.get("caption") or "", shown, newest, len(rows), empty)


def _newest(table: TableValue) -> Period | None:
    return max((column.period for column in table.settled_columns if column.area.is_own), default=None)
