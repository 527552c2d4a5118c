"""From indicators, columns and figures to a table of rows and cells. Pure: no database, no HTML.

Input: the rows an editor chose (``Row``), the columns (``Column``) and the figures that were read
(``Figure``). Output: a ``Table`` that a template, a file or a sentence can be made from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from comparisons.periods import Length, Period, PeriodBasis
from comparisons.records import Column, Figure, IndicatorTerms, Row, bare
from comparisons.standings import Standing, standing
from comparisons.svenska import format_number, format_percent, join_words
from comparisons.terms import (
    SIGNS,
    SUMMARY_STATISTICS,
    Sign,
    Statistic,
    Status,
    ValueType,
    statistic_for,
)


@dataclass(frozen=True)
class Cell:
    """One cell: ``text`` as seen, ``detail`` in small words under it, ``spoken`` for a listener.

    ``sign`` is set where the figure is missing; its words are then the detail.
    """

    text: str
    detail: str = ""
    spoken: str = ""
    sign: Sign | None = None
    figure: Figure | None = None
    is_now: bool = False
    starts_group: bool = False


@dataclass(frozen=True)
class Header:
    """The head of a column of figures."""

    label: str
    is_own: bool
    starts_group: bool = False


@dataclass(frozen=True)
class TableRow:
    """A row as shown: one cell for each column, and how the own municipality stands."""

    indicator: IndicatorTerms
    label: str
    note: str
    cells: tuple[Cell, ...]
    standing: Standing | None = None
    footnote_number: int | None = None


@dataclass(frozen=True)
class Table:
    """A rectangular table with what stands around it."""

    caption: str
    headers: tuple[Header, ...]
    rows: tuple[TableRow, ...]
    standing_label: str = ""
    footnotes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    columns: tuple[Column, ...] = field(default=(), repr=False)

    @property
    def is_broad(self) -> bool:
        """Whether it has more columns of figures than a phone can show side by side."""
        return len(self.headers) > 4

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        """The signs for missing figures that stand in it, for the legend."""
        return tuple(dict.fromkeys(cell.sign for row in self.rows for cell in row.cells if cell.sign))

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """One of each standing that the legend explains."""
        explained = {row.standing.legend: row.standing for row in self.rows if row.standing}
        return tuple(explained.values())


class FigureIndex:
    """Figures by their key, and per series, for looking up cells. Withdrawn ones are not there."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._series: dict[tuple[object, ...], dict[Period, Figure]] = {}
        for figure in figures:
            if figure.status != Status.WITHDRAWN:
                self._series.setdefault(_series_of(figure), {})[figure.period] = figure

    def find(
        self, indicator: IndicatorTerms, column: Column, *, allow_earlier: bool = False
    ) -> Figure | None:
        """The figure of the column's period; failing that, if allowed, the newest earlier value.

        Earlier means of the same length and with a value: a reason for a missing figure is told
        where it belongs and not carried forward.
        """
        statistic = statistic_for(indicator.value_type, column.statistic)
        key = (
            indicator.id,
            column.area.id,
            statistic,
            column.population,
            column.gender,
        )
        series = self._series.get(key, {})
        if (exact := series.get(column.period)) is not None or not allow_earlier:
            return exact
        earlier = [
            figure
            for period, figure in series.items()
            if period < column.period and period.length == column.period.length and figure.value is not None
        ]
        return max(earlier, key=lambda figure: figure.period, default=None)


def build_table(
    caption: str,
    rows: Sequence[Row],
    columns: Sequence[Column],
    figures: Iterable[Figure] | FigureIndex,
    *,
    allow_earlier: bool = False,
    show_standing: bool = True,
) -> Table:
    """Look every cell up and put the table together.

    ``figures`` may hold more than the table needs. Nothing is read and nothing is typed: a cell
    without a figure says that it is missing.
    """
    index = figures if isinstance(figures, FigureIndex) else FigureIndex(figures)
    pair = comparison_pair(columns)
    now = pair[0] if pair else _newest_own(columns)
    shown: list[TableRow] = []
    footnotes: list[str] = []
    for row in rows:
        label = row.label or row.indicator.title
        number = None
        if row.footnote:
            if row.footnote not in footnotes:
                footnotes.append(row.footnote)
            number = footnotes.index(row.footnote) + 1
        cells = tuple(
            replace(
                make_cell(
                    row.indicator,
                    column,
                    index.find(row.indicator, column, allow_earlier=allow_earlier),
                    name_statistic=_is_mixed(column, rows),
                    is_now=place == now,
                ),
                starts_group=_starts_group(columns, place),
            )
            for place, column in enumerate(columns)
        )
        verdict = None
        if show_standing and pair:
            own, other = (cells[place].figure for place in pair)
            verdict = standing(row.indicator, own, other, columns[pair[1]].area)
        shown.append(
            TableRow(
                row.indicator,
                label,
                row.indicator.note_under(label),
                cells,
                verdict,
                number,
            )
        )
    return Table(
        caption=caption,
        headers=tuple(_headers(columns, rows)),
        rows=tuple(shown),
        standing_label=_standing_label(columns, pair) if show_standing and pair else "",
        footnotes=tuple(footnotes),
        notes=tuple(_notes(shown, columns)),
        sources=tuple(
            dict.fromkeys(
                cell.figure.source
                for row in shown
                for cell in row.cells
                if cell.figure and cell.figure.source
            )
        ),
        columns=tuple(columns),
    )


def format_value(indicator: IndicatorTerms, figure: Figure) -> str:
    """A figure's value as it stands in a cell: ``0,34``, ``Ja``, ``79 %``, ``87 av 290``.

    Raises ValueError for a figure that has no value.
    """
    if figure.value is None:
        raise ValueError("a missing figure has a sign, not a value")
    decimals = figure.decimals or 0
    if figure.statistic == Statistic.SHARE_YES:
        return format_percent(figure.value, decimals)
    if indicator.value_type == ValueType.YES_NO:
        return "Ja" if figure.value else "Nej"
    number = format_number(figure.value, decimals)
    if indicator.value_type == ValueType.RANK and figure.n:
        return f"{number} av {format_number(Decimal(figure.n), 0)}"
    return number


def comparison_pair(columns: Sequence[Column]) -> tuple[int, int] | None:
    """The places of the own column and the column it is held against, or None.

    Like is held against like: same period, population and gender; the newest period wins, and of
    several comparisons the first.
    """
    pairs = [
        (mine, other)
        for mine, own in enumerate(columns)
        if own.area.is_own and own.statistic == Statistic.VALUE
        for other, against in enumerate(columns)
        if not against.area.is_own
        and (own.period, own.population, own.gender) == (against.period, against.population, against.gender)
    ]
    return max(
        pairs,
        key=lambda pair: (columns[pair[0]].period, -pair[0], -pair[1]),
        default=None,
    )


def _newest_own(columns: Sequence[Column]) -> int | None:
    own = [place for place, column in enumerate(columns) if column.area.is_own]
    return max(own, key=lambda place: (columns[place].period, -place), default=None)


def make_cell(
    indicator: IndicatorTerms,
    column: Column,
    figure: Figure | None,
    *,
    name_statistic: bool = False,
    is_now: bool = False,
) -> Cell:
    """The cell of a column that shows ``figure``, or says that it is missing.

    ``name_statistic`` where the column's label does not say which statistic the cell shows.
    """
    if figure is None or figure.value is None:
        sign = SIGNS[figure.status if figure else Status.MISSING]
        return Cell(sign.sign, sign.words, sign.words, sign, figure, is_now)
    text = format_value(indicator, figure)
    details = []
    spoken = text
    if figure.statistic == Statistic.SHARE_YES:
        details.append("av kommunerna")
        spoken = f"{text} av kommunerna svarade ja"
    else:
        if indicator.value_type == ValueType.PERCENT:
            spoken = format_percent(figure.value, figure.decimals or 0)
        elif indicator.value_type == ValueType.POINTS and indicator.scale_max is not None:
            spoken = f"{text} av {bare(indicator.scale_max)}"
        if name_statistic:
            name = str(Statistic(figure.statistic).label).lower()
            details.append(name)
            spoken = f"{spoken}, {name}"
    if figure.period != column.period:
        details.append(f"({figure.period.label})")
        spoken = f"{spoken}, {figure.period.label}"
    if figure.preliminary:
        details.append("preliminär")
        spoken = f"{spoken}, preliminär"
    return Cell(text, " ".join(details), spoken, None, figure, is_now)


def _is_mixed(column: Column, rows: Sequence[Row]) -> bool:
    """Whether the label cannot name one statistic that is true of every cell below it."""
    if column.label or column.statistic not in SUMMARY_STATISTICS:
        return False
    return len({statistic_for(row.indicator.value_type, column.statistic) for row in rows}) > 1


def _headers(columns: Sequence[Column], rows: Sequence[Row]) -> Iterable[Header]:
    only_shares = bool(rows) and all(row.indicator.value_type == ValueType.YES_NO for row in rows)
    for place, column in enumerate(columns):
        named = not (_is_mixed(column, rows) or only_shares)
        yield Header(
            column.label or column.auto_label(with_statistic=named),
            column.area.is_own,
            starts_group=_starts_group(columns, place),
        )


def _starts_group(columns: Sequence[Column], place: int) -> bool:
    """Whether a line stands before the column: where the year changes in a broad table."""
    return place > 0 and len(columns) > 4 and columns[place].period.year != columns[place - 1].period.year


def _standing_label(columns: Sequence[Column], pair: tuple[int, int]) -> str:
    own, other = (columns[place] for place in pair)
    population = f", {own.population_name}" if own.population_name else ""
    return f"{own.area.name} mot {other.area.in_label or other.area.name}{population}"


def _notes(rows: Sequence[TableRow], columns: Sequence[Column]) -> Iterable[str]:
    """Plain sentences that the figures need so as not to be misread."""
    statistics = {
        cell.figure.statistic for row in rows for cell in row.cells if cell.figure and not cell.sign
    }
    if Statistic.MEDIAN in statistics:
        yield "Medianen är det mittersta värdet när kommunerna ställs i ordning."
    if Statistic.SHARE_YES in statistics:
        yield "Procenttalet visar hur stor andel av kommunerna som svarade ja."
    school = [row.label for row in rows if row.indicator.period_basis == PeriodBasis.SCHOOL_YEAR]
    years = [column.period for column in columns if column.period.length is Length.YEAR]
    if school and years:
        newest = max(years)
        where = "" if len(school) == len(rows) else f" för {join_words(school)}"
        meaning = newest.meaning(PeriodBasis.SCHOOL_YEAR)
        yield f"Åren är läsår{where}: {newest.label} är {meaning}."
    if any(cell.figure and cell.figure.preliminary for row in rows for cell in row.cells):
        yield "Preliminära siffror kan ändras."


def _series_of(figure: Figure) -> tuple[object, ...]:
    return (
        figure.indicator,
        figure.area,
        figure.statistic,
        figure.population,
        figure.gender,
    )
