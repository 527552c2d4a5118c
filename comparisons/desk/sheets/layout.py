"""How figures are laid out as a sheet: an indicator's whole history, or a table of a page for some years."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from comparisons.desk.sheets.cells import CellStates, SheetCell
from comparisons.desk.sheets.keys import CellKey
from comparisons.models import Area, Indicator, Population, Release
from comparisons.periods import LAST_YEAR, Length, Period
from comparisons.records import Column, IndicatorTerms, SeriesKey
from comparisons.svenska import sort_key
from comparisons.terms import (
    EMPTY_POPULATION,
    SUMMARY_STATISTICS,
    AreaKind,
    Gender,
    Statistic,
    ValueType,
    statistic_for,
)

#: More columns than this are narrowed to the own municipality, groups of areas, and what is asked for.
MOST_COLUMNS = 12
#: The years of a table's sheet before the new one.
YEARS_BEFORE = 3


@dataclass(frozen=True)
class Head:
    """The head of a row or a column. ``is_new`` for a period that has no figure yet."""

    label: str
    note: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class SheetRow:
    """A row of cells."""

    head: Head
    cells: tuple[SheetCell, ...]


@dataclass(frozen=True)
class Sheet:
    """A rectangular sheet. ``corner`` says what the rows are; ``release`` is the draft it works in."""

    corner: str
    columns: tuple[Head, ...]
    rows: tuple[SheetRow, ...]
    release: Release | None
    hidden_columns: int = 0


def indicator_sheet(
    indicator: Indicator,
    *,
    release_id: int | None = None,
    more_periods: Iterable[Period] = (),
    more_series: Iterable[SeriesKey] = (),
) -> Sheet:
    """Periods down, oldest first and one new; areas, statistics, populations and gender across."""
    terms = indicator.terms()
    published, drafted = CellStates.series_of(indicator.pk)
    more_series = list(more_series)
    found = _columns_of(list(dict.fromkeys([*_usual_series(terms), *more_series, *published, *drafted])))
    shown = found
    if len(found) > MOST_COLUMNS:
        # A draft of all municipalities is looked at where it is reviewed, not cell by cell.
        asked = {*more_series, *(drafted if len(drafted) <= MOST_COLUMNS else ())}
        shown = [
            column
            for column in found
            if column.area.is_own or column.area.is_summary or column.series in asked
        ]
    states = CellStates.of_indicators([indicator.pk], area__in={column.area.id for column in shown})
    keys = states.filled()
    known = {Period(key.period) for key in states.published()}
    periods = {*known, *(Period(key.period) for key in keys), *more_periods, *_next(known)}
    return _sheet(
        "Period",
        [Head(column.series_label) for column in shown],
        [
            (
                Head(period.label, period.meaning(indicator.period_basis), period not in known),
                [CellKey(indicator.pk, *column.series, period.code) for column in shown],
            )
            for period in sorted(periods)
        ],
        states,
        {indicator.pk: terms},
        release_id,
        hidden_columns=len(found) - len(shown),
    )


def table_sheet(
    indicators: Sequence[Indicator],
    columns: Sequence[Column],
    *,
    release_id: int | None = None,
    more_periods: Iterable[Period] = (),
) -> Sheet:
    """A table's indicators down; its columns across, for the newest periods and the new one."""
    rows = {indicator.pk: indicator.terms() for indicator in indicators}
    columns = [column for column in columns if not column.is_computed]  # nobody types what we compute
    series = list(dict.fromkeys(column.series for column in columns))
    if not series:
        series = _usual_series(IndicatorTerms(0, "", ValueType.DECIMAL))
    named = _columns_of(series)
    newest_own = max((column.period for column in columns if column.area.is_own), default=None)
    length = newest_own.length if newest_own else Length.YEAR
    states = CellStates.of_indicators(rows, area__in={area for area, *_ in series})
    wanted = {_of_row(terms, one) for one in series for terms in rows.values()}
    published, drafted = (
        {Period(key.period) for key in keys if _series(key) in wanted}
        for keys in (states.published(), set(states.staged))
    )
    known = [period for period in sorted(published) if period.length == length]
    # What the page shows is always here, also a column that it waits for the first figures of.
    shown = {*known[-YEARS_BEFORE:], *drafted, *more_periods, *(column.period for column in columns)}
    if known or not columns:
        shown |= set(_next(set(known)))
    answers = any(terms.value_type == ValueType.YES_NO for terms in rows.values())
    places = [column.at(period) for period in sorted(shown) for column in named]
    return _sheet(
        "Nyckeltal",
        [
            Head(
                column.auto_label(with_statistic=not (answers and column.statistic in SUMMARY_STATISTICS)),
                is_new=column.period not in published,
            )
            for column in places
        ],
        [
            (
                Head(terms.title, terms.unit_words),
                [CellKey(pk, *_of_row(terms, column.series), column.period.code) for column in places],
            )
            for pk, terms in rows.items()
        ],
        states,
        rows,
        release_id,
    )


def _sheet(
    corner: str,
    columns: Sequence[Head],
    rows: Iterable[tuple[Head, Sequence[CellKey]]],
    states: CellStates,
    terms: Mapping[int, IndicatorTerms],
    release_id: int | None,
    hidden_columns: int = 0,
) -> Sheet:
    release = _draft(states, release_id)
    return Sheet(
        corner,
        tuple(columns),
        tuple(SheetRow(head, tuple(states.cell(key, terms, release) for key in keys)) for head, keys in rows),
        release,
        hidden_columns,
    )


def _draft(states: CellStates, release_id: int | None) -> Release | None:
    """The draft the sheet works in: the one asked for, or the newest that holds some of its figures."""
    if release_id is not None:
        return Release.objects.filter(pk=release_id, state__in=Release.OPEN).first()
    drafts = {pk: release for pk, release in states.drafts().items() if release.state in Release.OPEN}
    return drafts[max(drafts)] if drafts else None


def _series(key: CellKey) -> SeriesKey:
    return (key.area, key.statistic, key.population, key.gender)


def _of_row(terms: IndicatorTerms, series: SeriesKey) -> SeriesKey:
    """The series that an indicator answers a column with: a yes/no row shows a share for a median."""
    area, statistic, population, gender = series
    return (area, statistic_for(terms.value_type, statistic), population, gender)


def _usual_series(terms: IndicatorTerms) -> list[SeriesKey]:
    """What nearly every table shows: the own municipality, and the median of the country."""
    areas: Any = Area.objects
    own, country = areas.own(), areas.filter(kind=AreaKind.COUNTRY).first()
    usual: list[tuple[int, str]] = [(own.pk, Statistic.VALUE)] if own else []
    if country and terms.value_type != ValueType.RANK:
        usual.append((country.pk, statistic_for(terms.value_type, Statistic.MEDIAN)))
    return [(area, str(statistic), EMPTY_POPULATION, str(Gender.TOTAL)) for area, statistic in usual]


def _columns_of(series: Sequence[SeriesKey]) -> list[Column]:
    """The series with their names: the own municipality first, then what sums up many, then the rest."""
    areas = Area.objects.in_bulk({area for area, *_ in series})
    populations = Population.objects.in_bulk({population for _, _, population, _ in series})
    columns = [
        Column(
            areas[area].terms(),
            statistic,
            Period.of(LAST_YEAR),
            population,
            populations[population].name,
            gender,
        )
        for area, statistic, population, gender in series
        if area in areas and population in populations
    ]
    statistics, genders = Statistic.values, Gender.values
    return sorted(
        columns,
        key=lambda column: (
            not column.area.is_own,
            not column.area.is_summary,
            sort_key(column.area.name),
            statistics.index(column.statistic),
            sort_key(column.population_name),
            genders.index(column.gender),
        ),
    )


def _next(periods: set[Period]) -> list[Period]:
    """The new period after the newest of each length; last year where there is none at all."""
    newest = {period.length: period for period in sorted(periods)}
    if not newest:
        return [Period.of(timezone.localdate().year - 1)]
    return [period.next for period in newest.values() if period.year < LAST_YEAR]
