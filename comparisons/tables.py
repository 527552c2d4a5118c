"""From indicators, columns and figures to a table of rows and cells. Pure: no database, no HTML.

Input: the rows an editor chose (``Row``), the columns (``Column``) and the figures that were read
(``Figure``). Output: a ``Table`` that a template, a file or a sentence can be made from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from comparisons.cells import Cell, FigureIndex, make_cell
from comparisons.charts.spark import Spark, spark
from comparisons.periods import Length, PeriodBasis
from comparisons.records import Column, Figure, IndicatorTerms, Row, bare
from comparisons.sentences import Against, Told, earlier_figure, tell
from comparisons.standings import Standing, comparison_pair, standing
from comparisons.svenska import capitalise, format_range, join_words
from comparisons.terms import (
    COMPUTED,
    MEDIANS,
    SHARES,
    SUMMARY_STATISTICS,
    Computed,
    Sign,
    ValueType,
    statistic_for,
    statistic_name,
)


@dataclass(frozen=True)
class Header:
    """The head of a column of figures."""

    label: str
    is_own: bool
    starts_group: bool = False


@dataclass(frozen=True)
class TableRow:
    """A row as shown: one cell for each column, how the own municipality stands, and all of it in words.

    ``told`` is None where the table has no column of the own municipality.
    """

    indicator: IndicatorTerms
    label: str
    note: str
    cells: tuple[Cell, ...]
    standing: Standing | None = None
    footnote_number: int | None = None
    told: Told | None = None
    now: Cell | None = None
    spark: Spark | None = None

    @property
    def why_no_spark(self) -> str:
        """What stands where other rows have their small line."""
        return "ja och nej ritas inte" if self.indicator.value_type == ValueType.YES_NO else "kan inte visas"

    @property
    def finding(self) -> str:
        """The row in a few words: the standing, or else what can be said of it without a comparison."""
        if self.standing:
            return self.standing.words
        if self.told and self.told.headline:
            return self.told.headline
        return capitalise(self.now.detail) if self.now and self.now.sign else ""


@dataclass(frozen=True)
class Table:
    """A rectangular table with what stands around it.

    ``words_label`` heads the column that tells each row in words; it is empty where there is none.
    ``now`` is the place of the column that the rows tell of, the own municipality's newest.
    """

    caption: str
    headers: tuple[Header, ...]
    rows: tuple[TableRow, ...]
    words_label: str = ""
    footnotes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    columns: tuple[Column, ...] = field(default=(), repr=False)
    now: int | None = None

    @property
    def is_broad(self) -> bool:
        """Whether it has more columns of figures than a phone can show side by side."""
        return len(self.headers) > 4

    @property
    def has_sparks(self) -> bool:
        """Whether any row has three periods or more, and so a small line of its own."""
        return any(row.spark for row in self.rows)

    @property
    def is_judged(self) -> bool:
        """Whether any row is called better or worse, or could have been."""
        return any(row.standing for row in self.rows)

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        """The signs for missing figures that stand in it, for the legend."""
        return tuple(dict.fromkeys(cell.sign for row in self.rows for cell in row.cells if cell.sign))

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """One of each standing that the legend explains."""
        explained = {row.standing.legend: row.standing for row in self.rows if row.standing}
        return tuple(explained.values())


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
        made = TableRow(
            row.indicator,
            label,
            row.indicator.note_under(label),
            cells,
            _verdict(row.indicator, columns, cells, pair) if show_standing and pair else None,
            number,
            None if now is None else _told(row.indicator, columns, cells, now, pair, show_standing),
            None if now is None else cells[now],
        )
        shown.append(replace(made, spark=spark(made, columns)))
    in_words = show_standing and any(row.standing or (row.told and row.told.headline) for row in shown)
    return Table(
        caption=caption,
        headers=tuple(_headers(columns, rows)),
        rows=tuple(shown),
        words_label=(_standing_label(columns, pair) if pair else "I ord") if in_words else "",
        footnotes=tuple(footnotes),
        notes=tuple(_notes(shown, columns)),
        sources=tuple(
            dict.fromkeys(
                cell.figure.source
                for row in shown
                for cell in row.cells
                if cell.figure and cell.figure.source and not cell.figure.is_computed
            )
        ),
        columns=tuple(columns),
        now=now,
    )


def _verdict(
    indicator: IndicatorTerms, columns: Sequence[Column], cells: Sequence[Cell], pair: tuple[int, int]
) -> Standing:
    own, other = (cells[place].figure for place in pair)
    return standing(indicator, own, other, columns[pair[1]].area)


def _told(
    indicator: IndicatorTerms,
    columns: Sequence[Column],
    cells: Sequence[Cell],
    now: int,
    pair: tuple[int, int] | None,
    judge: bool,
) -> Told:
    """The row in words, from what its cells show and nothing else."""
    column, own = columns[now], cells[now].figure
    against = Against(columns[pair[1]], cells[pair[1]].figure) if pair else None
    series = [
        cell.figure for other, cell in zip(columns, cells, strict=True) if other.series == column.series
    ]
    told_of = own.period if own and own.value is not None else column.period
    return tell(indicator, column, own, against, earlier_figure(told_of, series), judge=judge)


def _newest_own(columns: Sequence[Column]) -> int | None:
    own = [place for place, column in enumerate(columns) if column.area.is_own]
    return max(own, key=lambda place: (columns[place].period, -place), default=None)


def _is_mixed(column: Column, rows: Sequence[Row]) -> bool:
    """Whether the label cannot name one statistic that is true of every cell below it."""
    if column.label or column.statistic not in SUMMARY_STATISTICS | COMPUTED:
        return False
    return len({statistic_for(row.indicator.value_type, column.statistic) for row in rows}) > 1


def _headers(columns: Sequence[Column], rows: Sequence[Row]) -> Iterable[Header]:
    for place, column in enumerate(columns):
        shares = any(statistic_for(row.indicator.value_type, column.statistic) in SHARES for row in rows)
        yield Header(
            column.own_label or column.auto_label(with_statistic=not shares),
            column.area.is_own,
            starts_group=_starts_group(columns, place),
        )


def _starts_group(columns: Sequence[Column], place: int) -> bool:
    """Whether a line stands before the column: where the year changes in a broad table."""
    return place > 0 and len(columns) > 4 and columns[place].period.year != columns[place - 1].period.year


def _standing_label(columns: Sequence[Column], pair: tuple[int, int]) -> str:
    own, other = (columns[place] for place in pair)
    population = f", {own.population_name}" if own.population_name else ""
    newest = _newest_own(columns)
    # A newer own value that nothing is held against must not be taken for the one that is judged.
    older = newest is not None and columns[newest].period > own.period
    period = f" {own.period.label}" if older else ""
    against = "kommunerna" if other.is_computed else other.area.in_label or other.area.name
    return f"{own.area.name} mot {against}{period}{population}"


def _notes(rows: Sequence[TableRow], columns: Sequence[Column]) -> Iterable[str]:
    """Plain sentences that the figures need so as not to be misread."""
    statistics = {
        cell.figure.statistic for row in rows for cell in row.cells if cell.figure and not cell.sign
    }
    if statistics & MEDIANS:
        yield "Medianen är det mittersta värdet när kommunerna ställs i ordning."
    if statistics & SHARES:
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
    yield from _computed_notes(
        [
            cell.figure
            for row in rows
            for cell in row.cells
            if cell.figure and cell.figure.is_computed and not cell.sign
        ]
    )


def _computed_notes(figures: Sequence[Figure]) -> Iterable[str]:
    """What we have computed, of whose data and of how many municipalities."""
    if not figures:
        return
    order = list(Computed)
    statistics = sorted({Computed(figure.statistic) for figure in figures}, key=order.index)
    what = join_words(statistic_name(statistic).lower() for statistic in statistics)
    numbers = sorted({figure.n or 0 for figure in figures})
    how_many = bare(Decimal(numbers[0]))
    if len(numbers) > 1:
        how_many = format_range(how_many, bare(Decimal(numbers[-1])))
    origins = join_words(dict.fromkeys(figure.source for figure in figures if figure.source))
    yield (
        f"Egen bearbetning av data från {origins}: {what}, "
        f"av värden från {how_many} {'kommun' if numbers[-1] == 1 else 'kommuner'}."
    )
