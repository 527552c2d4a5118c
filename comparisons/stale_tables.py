"""Tables whose columns somebody chose by hand, and that newer figures have left behind.

A table that follows the latest periods is never behind. Here is no HTML: the work list says it in words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from comparisons.chosen import preloaded
from comparisons.figures import Figures
from comparisons.periods import Length, Period
from comparisons.records import AreaTerms, Column, OwnPeriods, Wanted
from comparisons.table_values import TableValue
from comparisons.terms import Statistic

#: Whom a column of the own municipality is about: population and gender.
Whom = tuple[int, str]


@dataclass(frozen=True)
class StaleTable:
    """A table whose newest column is older than what is published.

    ``path`` is where the table stands in the page's editor (``results.<id>.body.<id>``). Of its ``of``
    indicators, so many as ``indicators`` says have a value for ``newer``.
    """

    page: Page
    path: str
    caption: str
    shown: Period
    newer: Period
    indicators: int
    of: int


def stale_tables(pages: Iterable[Any], source: Figures) -> list[StaleTable]:
    """The stale tables of the pages, in the order of the pages and of each page.

    ``pages`` are of the models that show figures. Compared are the own municipality's values, year with
    year and tertial with tertial, for the populations and genders that the table shows. Five queries,
    however many pages, tables and indicators.
    """
    candidates = [page for page in pages if any(_has_chosen(stream) for _, stream in _streams(page))]
    streams = [stream for page in candidates for _, stream in _streams(page)]
    with preloaded(streams) as own:
        tables = [
            _Table(page, path, value, own.terms())
            for page in candidates
            for path, value in _tables(page)
            if own is not None and not value.follows_own
        ]
    tables = [table for table in tables if table.newest]
    known = _known(tables, source)
    return [stale for table in tables if (stale := table.behind(known))]


class _Table:
    """One table with columns chosen by hand; ``newest`` is its newest own column of each length."""

    def __init__(self, page: Page, path: str, value: TableValue, own: AreaTerms) -> None:
        value.resolve(own, ())
        self.page, self.path, self.value, self.own = page, path, value, own
        self.indicators = frozenset(row.indicator.id for row in value.shown_rows)
        self.columns = [
            column
            for column in value.settled_columns
            if (column.area.id, column.statistic) == (own.id, Statistic.VALUE)
        ]
        self.newest: dict[Length, Period] = {}
        for column in self.columns if self.indicators else ():
            length = column.period.length
            self.newest[length] = max(column.period, self.newest.get(length, column.period))

    @property
    def whom(self) -> set[Whom]:
        """Whom its own columns are about."""
        return {(column.population, column.gender) for column in self.columns}

    def behind(self, known: dict[tuple[Whom, Period], set[int]]) -> StaleTable | None:
        """What has left it behind, the newest of it; None when nothing has."""
        newer: dict[Period, set[int]] = {}
        for column in self.columns:
            whom = (column.population, column.gender)
            length = column.period.length
            for (about, period), indicators in known.items():
                if about == whom and period.length is length and period > self.newest[length]:
                    newer.setdefault(period, set()).update(indicators & self.indicators)
        having = [period for period, indicators in newer.items() if indicators]
        if not having:
            return None
        newest = max(having)
        return StaleTable(
            page=self.page,
            path=self.path,
            caption=self.value.get("caption") or "",
            shown=self.newest[newest.length],
            newer=newest,
            indicators=len(newer[newest]),
            of=len(self.indicators),
        )


def _known(tables: Sequence[_Table], source: Figures) -> dict[tuple[Whom, Period], set[int]]:
    """Which indicators have an own value, for whom and of which period, newer than some table shows.

    Asked once for all tables that are about the same, so that the query is small however many they are.
    """
    indicators: dict[Whom, set[int]] = {}
    oldest: dict[Whom, Period] = {}
    columns: dict[Whom, Column] = {}
    for table in tables:
        least = min(table.newest.values())
        for whom in table.whom:
            indicators.setdefault(whom, set()).update(table.indicators)
            oldest[whom] = min(least, oldest.get(whom, least))
            population, gender = whom
            columns[whom] = Column(table.own, Statistic.VALUE, least, population, "", gender)
    asked = list(indicators)
    answers = source.own_periods(
        [OwnPeriods(frozenset(indicators[whom]), columns[whom].area.id, *whom) for whom in asked]
    )
    wanted = [
        Wanted(
            frozenset(indicators[whom]),
            tuple(columns[whom].at(period) for period in periods if period > oldest[whom]),
        )
        for whom, periods in zip(asked, answers, strict=True)
    ]
    known: dict[tuple[Whom, Period], set[int]] = {}
    for figure in source.cells(wanted):
        if figure.value is not None:
            key = ((figure.population, figure.gender), figure.period)
            known.setdefault(key, set()).add(figure.indicator)
    return known


def _streams(page: Any) -> Iterator[tuple[str, Any]]:
    for name in page.streams:
        yield name, getattr(page, name)


def _tables(page: Any) -> Iterator[tuple[str, TableValue]]:
    """Every table of a page, with where it stands in the editor."""
    for name, stream in _streams(page):
        for block in stream:
            path = f"{name}.{block.id}"
            if isinstance(block.value, TableValue):
                yield path, block.value
            elif block.block_type == "section":
                for inner in block.value.get("body") or ():
                    if isinstance(inner.value, TableValue):
                        yield f"{path}.body.{inner.id}", inner.value


def _has_chosen(stream: Any) -> bool:
    """Whether stored blocks hold columns chosen by hand; told without making the blocks."""

    def holds(raw: Any) -> bool:
        if isinstance(raw, dict):
            return raw.get("type") == "by_hand" or any(holds(value) for value in raw.values())
        return isinstance(raw, list) and any(holds(item) for item in raw)

    return any(holds(raw) for raw in stream.raw_data)
