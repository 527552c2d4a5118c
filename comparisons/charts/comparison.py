"""The own municipality beside its comparisons of one period: drawing, sentence and table alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from comparisons.cells import Cell
from comparisons.charts.dots import Dots, dots
from comparisons.differences import difference
from comparisons.records import Figure, IndicatorTerms
from comparisons.svenska import capitalise, count_of, format_number, join_words
from comparisons.terms import Sign, Statistic, ValueType

if TYPE_CHECKING:
    from comparisons.history import History, HistoryRow, Series


@dataclass(frozen=True)
class ComparedRow:
    """One area and statistic: its value, and the value minus the own one as it is written."""

    series: "Series"
    cell: Cell
    difference: str

    @property
    def label(self) -> str:
        """``Median riket``."""
        return self.series.short_label


@dataclass(frozen=True)
class Comparison:
    """Everything the section shows. Missing comparisons stand in ``rows`` and not in ``dots``."""

    indicator: IndicatorTerms
    period: str
    meaning: str
    rows: tuple[ComparedRow, ...]
    dots: Dots

    @property
    def own(self) -> ComparedRow:
        """The own municipality's row."""
        return next(row for row in self.rows if row.series.is_own)

    @property
    def name(self) -> str:
        """The own municipality's name."""
        return self.own.series.area.name

    @property
    def heading(self) -> str:
        """``Borås jämfört med andra``."""
        return f"{self.name} jämfört med andra"

    @property
    def caption(self) -> str:
        """The table's: ``Värden 2017``, ``Värden 2018, kommunala skolor``."""
        whom = self.own.series.whom
        return f"Värden {self.period}{f', {whom}' if whom else ''}"

    @property
    def drawn_name(self) -> str:
        """What a listener hears that the drawing is."""
        return f"Punktdiagram: {self.heading}, {self.period}"

    @cached_property
    def sentence(self) -> str:
        """How many comparisons are higher and how many lower; nothing about better or worse."""
        name = self.own.series.label
        name = f"{name}," if "," in name else name
        when = capitalise(f"år {self.period}" if self.period.isdigit() else self.period)
        year = f"{when} ({self.meaning})" if self.meaning else when
        is_rank = self.indicator.value_type == ValueType.RANK
        what = "placeringen" if is_rank else "värdet"
        sentences = [f"{year} hade {name} {what} {self.own.cell.spoken}."]
        others = [row for row in self.rows if not row.series.is_own and not row.cell.sign]
        if len(others) == 1:
            sentences.append(f"{capitalise(others[0].series.noun)}: {others[0].cell.spoken}.")
        else:
            sentences.append(self._count(others, is_rank))
        missing = sum(1 for row in self.rows if row.cell.sign)
        if missing:
            sentences.append(f"{capitalise(count_of(missing, 'jämförelse', 'jämförelser'))} har inget värde.")
        return " ".join(sentences)

    def _count(self, others: Sequence[ComparedRow], is_rank: bool) -> str:
        """How many are higher, how many lower and how many the same, at the precision of the differences."""
        gaps = [difference(row.cell.figure, self._own_figure).direction for row in others if row.cell.figure]
        counts = [gaps.count(1), gaps.count(-1), gaps.count(0)]
        kinds = ("ett högre värde", "ett lägre", "samma")
        alone = ("ett högre värde", "ett lägre värde", "samma värde")
        if is_rank:
            kinds = ("en placering längre ner", "en högre upp", "samma")
            alone = ("en placering längre ner", "en placering högre upp", "samma placering")
        if max(counts) == len(others):
            who = "Båda jämförelserna" if len(others) == 2 else f"Alla {len(others)} jämförelser"
            return f"{who} har {alone[counts.index(len(others))]}."
        found = [(count, place) for place, count in enumerate(counts) if count]
        parts = [f"{count} {(alone if not at else kinds)[place]}" for at, (count, place) in enumerate(found)]
        return f"Av {len(others)} jämförelser har {join_words(parts)}."

    @property
    def _own_figure(self) -> Figure:
        figure = self.own.cell.figure
        assert figure is not None
        return figure

    @property
    def notes(self) -> str:
        """How the differences are made, and what the drawing leaves to the table."""
        sentences = [f"Skillnaden är vår egen bearbetning: områdets värde minus värdet för {self.name}."]
        if self.indicator.value_type == ValueType.PERCENT:
            sentences.append("Den är i procentenheter.")
        if self.indicator.value_type == ValueType.RANK:
            sentences.append("Den är i antal placeringar.")
        if len({row.cell.figure.decimals for row in self.rows if row.cell.figure and not row.cell.sign}) > 1:
            sentences.append("Har två värden olika många decimaler räknas den med det lägre antalet.")
        with_value = sum(1 for row in self.rows if not row.cell.sign)
        if with_value > len(self.dots.rows):
            sentences.append(
                f"Bilden visar {len(self.dots.rows)} av {with_value} värden. Alla står i tabellen."
            )
        return " ".join(sentences)

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        """The signs for missing figures that stand in the table, for the legend."""
        return tuple(dict.fromkeys(row.cell.sign for row in self.rows if row.cell.sign))


def comparison(indicator: IndicatorTerms, history: "History") -> Comparison | None:
    """The own newest period beside everything of the same period, population and gender.

    None for Ja and Nej, where the own value is missing, and where nothing is there to compare with.
    """
    if indicator.value_type == ValueType.YES_NO:
        return None
    row = next(
        (row for row in history.rows if any(_is_own_figure(*pair) for pair in _pairs(history, row))), None
    )
    if row is None:
        return None
    for mine, own_cell in _pairs(history, row):
        if not (mine.is_own and mine.statistic == Statistic.VALUE):
            continue
        compared = [
            (series, cell)
            for series, cell in _pairs(history, row)
            if series.group == mine.group and (series is mine or not series.is_own)
        ]
        drawing = dots(indicator, compared)
        if drawing is not None:
            return Comparison(
                indicator=indicator,
                period=row.label,
                meaning=row.meaning,
                rows=tuple(
                    ComparedRow(series, cell, _written(own_cell.figure, cell.figure))
                    for series, cell in _in_order(drawing, compared)
                ),
                dots=drawing,
            )
    return None


def _pairs(history: "History", row: "HistoryRow") -> Iterable[tuple["Series", Cell]]:
    return zip(history.series, row.cells, strict=True)


def _is_own_figure(series: "Series", cell: Cell) -> bool:
    return series.is_own and cell.figure is not None


def _in_order(drawing: Dots, compared: Sequence[tuple["Series", Cell]]) -> Iterable[tuple["Series", Cell]]:
    """As drawn, the others by value among them; those without a value last, as they came."""
    is_up = drawing.axis.is_turned

    def order(pair: tuple["Series", Cell]) -> tuple[bool, Decimal]:
        figure = pair[1].figure
        value = figure.value if figure is not None else None
        return value is None, Decimal(0) if value is None else value if is_up else -value

    return sorted(compared, key=order)


def _written(own: Figure | None, other: Figure | None) -> str:
    """``+2,2``, ``−2,2``, ``0,0``; empty where one of them is missing."""
    if own is None or other is None or own.value is None or other.value is None:
        return ""
    gap = difference(other, own)
    return f"{'+' if gap.direction > 0 else ''}{format_number(gap.amount, gap.decimals)}"
