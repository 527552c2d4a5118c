"""All figures of one indicator laid out by time, for its own page. Pure: no database, no HTML."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from comparisons.periods import Period
from comparisons.records import AreaTerms, Column, Figure, IndicatorTerms, Row
from comparisons.standings import Standing
from comparisons.svenska import sort_key
from comparisons.tables import Cell, FigureIndex, build_table, comparison_pair, make_cell
from comparisons.terms import Gender, Sign, Status

#: What a series is known by: area, statistic, population, gender.
SeriesKey = tuple[int, str, int, str]


@dataclass(frozen=True)
class Series:
    """One column of the history."""

    label: str
    is_own: bool


@dataclass(frozen=True)
class HistoryRow:
    """One period of the history, with a cell for each series."""

    label: str
    meaning: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Newest:
    """The own municipality's newest figure, what it is held against, and how it stands."""

    label: str
    meaning: str
    cell: Cell
    against_label: str = ""
    against: Cell | None = None
    standing: Standing | None = None


@dataclass(frozen=True)
class History:
    """All published figures of an indicator, newest period first, the own series first."""

    series: tuple[Series, ...]
    rows: tuple[HistoryRow, ...]
    sources: tuple[str, ...]
    newest: Newest | None

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        """Signs for missing figures that stand in it, for the legend."""
        return tuple(dict.fromkeys(cell.sign for row in self.rows for cell in row.cells if cell.sign))


def history(
    indicator: IndicatorTerms,
    found: Iterable[Figure],
    areas: dict[int, AreaTerms],
    populations: dict[int, str],
) -> History:
    """Lay the figures out. ``areas`` and ``populations`` name what they refer to by primary key.

    A withdrawn figure is as if it never stood there.
    """
    found = [figure for figure in found if figure.status != Status.WITHDRAWN]
    index = FigureIndex(found)
    keys = sorted(
        {(figure.area, figure.statistic, figure.population, figure.gender) for figure in found},
        key=lambda key: _order(key, areas, populations),
    )
    periods = sorted({figure.period for figure in found}, reverse=True)

    def columns_at(period: Period) -> list[Column]:
        return [
            Column(areas[area], statistic, period, population, populations[population], gender)
            for area, statistic, population, gender in keys
        ]

    newest = max((f.period for f in found if areas[f.area].is_own), default=None)
    return History(
        series=tuple(
            Series(column.series_label, column.area.is_own)
            for column in (columns_at(periods[0]) if periods else ())
        ),
        rows=tuple(
            HistoryRow(
                period.label,
                period.meaning(indicator.period_basis),
                tuple(
                    make_cell(
                        indicator,
                        column,
                        index.find(indicator, column),
                        is_now=column.area.is_own and period == newest,
                    )
                    for column in columns_at(period)
                ),
            )
            for period in periods
        ),
        sources=tuple(dict.fromkeys(figure.source for figure in found if figure.source)),
        newest=_newest(indicator, index, columns_at(newest)) if newest else None,
    )


def _newest(indicator: IndicatorTerms, index: FigureIndex, columns: list[Column]) -> Newest:
    """The newest own figure, beside the first comparison that has one of the same period."""
    present = [column for column in columns if index.find(indicator, column)]
    (row,) = build_table("", [Row(indicator)], present, index).rows
    pair = comparison_pair(present)
    own = pair[0] if pair else next(i for i, c in enumerate(present) if c.area.is_own)
    return Newest(
        label=present[own].auto_label(),
        meaning=present[own].period.meaning(indicator.period_basis),
        cell=row.cells[own],
        against_label=present[pair[1]].series_label if pair else "",
        against=row.cells[pair[1]] if pair else None,
        standing=row.standing,
    )


def _order(key: SeriesKey, areas: dict[int, AreaTerms], populations: dict[int, str]) -> tuple[object, ...]:
    """Own first, then summaries (riket, grupper), then others by name; everyone before a part."""
    area, statistic, population, gender = key
    terms = areas[area]
    return (
        not terms.is_own,
        not terms.is_summary,
        sort_key(terms.name),
        statistic,
        sort_key(populations[population]),
        list(Gender.values).index(gender),
    )
