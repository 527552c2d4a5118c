"""All figures of one indicator laid out by time, for its own page. Pure: no database, no HTML."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from comparisons.cells import Cell, FigureIndex, make_cell
from comparisons.periods import Period
from comparisons.records import AreaTerms, Column, Figure, IndicatorTerms, Row, SeriesKey
from comparisons.sentences import Against, Told, comparison_noun, earlier_figure, tell, unit_after
from comparisons.standings import Standing, comparison_pair
from comparisons.svenska import sort_key
from comparisons.tables import build_table
from comparisons.terms import AreaKind, Gender, Sign, Status

#: Areas that stand for many municipalities.
_ALL_OF_THEM = (AreaKind.COUNTRY, AreaKind.GROUP)


@dataclass(frozen=True)
class Series:
    """One column of the history: what its figures are about, and how that is said.

    ``short_label`` leaves out whom it is about (``Median riket``), ``whom`` says only that
    (``kommunala skolor, kvinnor``; empty for everyone), ``noun`` is the name in a sentence
    (``mediankommunen``).
    """

    label: str
    short_label: str
    noun: str
    whom: str
    area: AreaTerms
    key: SeriesKey

    @classmethod
    def of(cls, column: Column) -> "Series":
        """The series that a column, of whatever period, belongs to."""
        everyone = replace(column, population_name="", gender=Gender.TOTAL)
        return cls(
            label=column.series_label,
            short_label=everyone.series_label,
            noun=comparison_noun(column),
            whom=column.whom,
            area=column.area,
            key=column.series,
        )

    @property
    def is_own(self) -> bool:
        """Whether it is the own municipality's."""
        return self.area.is_own

    @property
    def statistic(self) -> str:
        """Which number of the area it is."""
        return self.key[1]

    @property
    def group(self) -> tuple[int, str]:
        """Population and gender: only what agrees in these is held side by side."""
        return self.key[2:]


@dataclass(frozen=True)
class HistoryRow:
    """One period of the history, with a cell for each series."""

    period: Period
    label: str
    meaning: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Newest:
    """The own municipality's newest figure, what it is held against, how it stands, and all of it told.

    ``unit`` stands small after the value: ``%``, ``av 10``.
    """

    label: str
    meaning: str
    cell: Cell
    against_label: str = ""
    against: Cell | None = None
    standing: Standing | None = None
    told: Told | None = None
    unit: str = ""


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
    aside: Collection[int] = (),
) -> History:
    """Lay the figures out. ``areas`` and ``populations`` name what they refer to by primary key.

    The newest figure is not held against the areas ``aside``: those that a reader picked; nor against one
    of several other municipalities or regions, of which none is the one to be measured by. A withdrawn figure
    is as if it never stood there.
    """
    found = [figure for figure in found if figure.status != Status.WITHDRAWN]
    index = FigureIndex(found)
    keys = sorted(
        {figure.series for figure in found},
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
        series=tuple(Series.of(column) for column in (columns_at(periods[0]) if periods else ())),
        rows=tuple(
            HistoryRow(
                period,
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
        newest=_newest(
            indicator,
            index,
            _to_measure_by([column for column in columns_at(newest) if column.area.id not in aside]),
            found,
        )
        if newest
        else None,
    )


def _to_measure_by(columns: list[Column]) -> list[Column]:
    """The own columns and those of the country and groups; of another area only where it is the only one."""
    single = {c.area.id for c in columns if not c.area.is_own and c.area.kind not in _ALL_OF_THEM}
    return [c for c in columns if len(single) == 1 or c.area.id not in single]


def _newest(
    indicator: IndicatorTerms, index: FigureIndex, columns: list[Column], found: Sequence[Figure]
) -> Newest:
    """The newest own figure, beside the first comparison that has one of the same period."""
    found_at = [(column, index.find(indicator, column)) for column in columns]
    # A comparison without a value stands in the way of one that has it, unless none has.
    valued = any(f is not None and f.value is not None and not c.area.is_own for c, f in found_at)
    present = [
        column
        for column, figure in found_at
        if figure is not None and (column.area.is_own or not valued or figure.value is not None)
    ]
    (row,) = build_table("", [Row(indicator)], present, index).rows
    pair = comparison_pair(present)
    own = pair[0] if pair else next(i for i, c in enumerate(present) if c.area.is_own)
    column, figure = present[own], row.cells[own].figure
    series = [other for other in found if other.series == column.series]
    against = Against(present[pair[1]], row.cells[pair[1]].figure) if pair else None
    return Newest(
        label=present[own].auto_label(),
        meaning=present[own].period.meaning(indicator.period_basis),
        cell=row.cells[own],
        against_label=present[pair[1]].series_label if pair else "",
        against=row.cells[pair[1]] if pair else None,
        standing=row.standing,
        unit="" if row.cells[own].sign else unit_after(indicator, figure),
        told=tell(indicator, column, figure, against, earlier_figure(column.period, series)),
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
