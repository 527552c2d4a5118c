"""The line chart: one own series through time, and the first comparison beside it."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from comparisons.cells import Cell
from comparisons.charts.axis import Axis, axis_for
from comparisons.charts.captions import caption, left_out
from comparisons.charts.labels import along, axis_label, span, time_labels
from comparisons.charts.marks import Point, Run, Text, line_boxes, path_of, short
from comparisons.charts.writing import Gap, end_labels, gaps
from comparisons.periods import Length, Period, PeriodBasis
from comparisons.records import IndicatorTerms
from comparisons.svenska import EN_DASH, capitalise, join_words
from comparisons.terms import Statistic, ValueType

if TYPE_CHECKING:
    from comparisons.history import History, Series

#: Px: the top and the foot of the axis, the baseline of what is written under it, and the whole.
TOP, FOOT, PERIODS, HEIGHT = 32, 280, 304, 312
#: Where the baseline of a text in it may be without leaving the drawing or covering the axis.
_TEXTS = (16, FOOT - 8)


class Margin(NamedTuple):
    """Room for the ticks' labels, up to ``most`` characters: its class, whose width is in site.css.

    What it leaves for the drawing, at least, on a screen of 320 px and on one of 640 px.
    """

    most: int
    css: str
    narrow: int
    wide: int


_MARGINS = (Margin(3, "", 218, 515), Margin(6, "pad-m", 194, 491), Margin(99, "pad-l", 166, 463))


@dataclass(frozen=True)
class Line:
    """A series as drawn. ``runs`` break where a value is missing; a run may be a single point."""

    series: "Series"
    runs: tuple[Run, ...]
    label: Text

    @property
    def points(self) -> tuple[Point, ...]:
        """All its points, oldest first."""
        return tuple(point for run in self.runs for point in run)

    @property
    def path(self) -> str:
        """What is drawn as a line, x in hundredths of the width; empty where every run is a point."""
        return path_of(self.runs)

    @property
    def lone(self) -> tuple[Point, ...]:
        """Points that no line goes through."""
        return tuple(run[0] for run in self.runs if len(run) == 1)


@dataclass(frozen=True)
class HistoryChart:
    """Everything the template draws. ``heading`` is empty where it is the indicator's only chart."""

    indicator: IndicatorTerms
    heading: str
    slots: tuple[Period, ...]
    own: Line
    comparison: Line | None
    picked: tuple[Line, ...]
    gaps: tuple[Gap, ...]
    axis: Axis
    ticks: tuple[Text, ...]
    labels: tuple[Text, ...]
    margin: str
    others: frozenset[Length]
    height: int = HEIGHT

    @property
    def lines(self) -> tuple[Line, ...]:
        """The own line, the comparison's if there is one, and those that the reader picked."""
        return (self.own, *([self.comparison] if self.comparison else []), *self.picked)

    @property
    def name(self) -> str:
        """What a listener hears that it is: ``Linjediagram: Borås och Median riket, 2008–2017``."""
        who = join_words(line.series.label for line in self.lines)
        ends = dict.fromkeys(axis_label(period) for period in (self.slots[0], self.slots[-1]))
        return f"Linjediagram: {who}, {EN_DASH.join(ends)}"

    @cached_property
    def caption(self) -> str:
        """What it shows, in words."""
        return caption(self)

    @property
    def note(self) -> str:
        """Which periods it leaves to the table, and what a year is, where that must be said."""
        sentences = [left_out(self.slots[0].length, self.others)] if self.others else []
        if self.slots[0].length is Length.YEAR:
            newest = self.slots[-1]
            if self.indicator.period_basis == PeriodBasis.SCHOOL_YEAR:
                sentences.append(
                    f"Åren är läsår: {newest.label} är {newest.meaning(PeriodBasis.SCHOOL_YEAR)}."
                )
            if self.indicator.period_basis == PeriodBasis.THREE_YEAR_MEAN:
                sentences.append("Varje värde är ett medelvärde för tre år.")
        return " ".join(sentences)

    @property
    def base(self) -> Decimal:
        """The y of the line that lengths are measured from."""
        return y_of(self.axis, self.axis.base)

    @property
    def grid(self) -> tuple[Decimal, ...]:
        """The y of each other tick."""
        every = (y_of(self.axis, tick.value) for tick in self.axis.ticks)
        return tuple(y for y in every if y != self.base)

    @property
    def warp(self) -> str:
        """A thread from the base to each own value, as a path; x is in hundredths of the width."""
        return "".join(f"M{point.x} {self.base}V{point.y}" for point in self.own.points)


def y_of(axis: Axis, value: Decimal) -> Decimal:
    """Where a value stands, in px from the top."""
    return short(TOP + axis.down(value) * (FOOT - TOP), 1)


def history_charts(
    indicator: IndicatorTerms, history: "History", picked: Collection[int] = ()
) -> tuple[HistoryChart, ...]:
    """A chart for each own series that has a value, with the lines of the areas that the reader picked.

    None for Ja and Nej, which a table says better.
    """
    if indicator.value_type == ValueType.YES_NO:
        return ()
    own = [
        (number, length)
        for number, series in enumerate(history.series)
        if series.is_own and series.statistic == Statistic.VALUE and (length := _length(history, number))
    ]
    return tuple(
        _chart(indicator, history, number, length, picked, named=len(own) > 1) for number, length in own
    )


def _length(history: "History", number: int) -> Length | None:
    """The length of period to draw a series in: that of its newest value, so that the line ends in it.

    Where that is the only one of its length, the length that has most values; of equals, the longest.
    """
    with_value = [row.period for row in history.rows if not row.cells[number].sign]
    lengths = Counter(period.length for period in with_value)
    if with_value and lengths[newest := max(with_value).length] > 1:
        return newest
    return max(lengths, key=lambda length: (lengths[length], length), default=None)


def _chart(
    indicator: IndicatorTerms,
    history: "History",
    number: int,
    length: Length,
    picked: Collection[int],
    *,
    named: bool,
) -> HistoryChart:
    own = history.series[number]
    rows = [row for row in reversed(history.rows) if row.period.length is length]
    beside = [
        place
        for place, series in enumerate(history.series)
        if not series.is_own and series.group == own.group and any(not row.cells[place].sign for row in rows)
    ]
    of_reader = [place for place in beside if history.series[place].area.id in picked]
    other = next((place for place in beside if place not in of_reader), None)
    columns = [number, *([] if other is None else [other]), *of_reader]
    known = [row.period for row in rows if any(row.cells[column].figure for column in columns)]
    slots = span(known[0], known[-1])
    cells = [{row.period: row.cells[column] for row in rows if row.period in slots} for column in columns]
    figures = [cell.figure for column in cells for cell in column.values() if cell.figure]
    axis = axis_for(indicator, figures)
    longest = max(len(tick.label) for tick in axis.ticks)
    _, margin, narrow, wide = next(margin for margin in _MARGINS if longest <= margin.most)
    runs = [_runs(column, slots, axis) for column in cells]
    series = [history.series[column] for column in columns]
    ends = end_labels(series, runs, narrow, _TEXTS)
    lines = [Line(*parts) for parts in zip(series, runs, ends, strict=True)]
    taken = [box for line in runs for box in line_boxes(line, narrow)] + [text.box(narrow) for text in ends]
    return HistoryChart(
        indicator=indicator,
        heading=capitalise(own.whom or "alla") if named else "",
        slots=tuple(slots),
        own=lines[0],
        comparison=lines[1] if other is not None else None,
        picked=tuple(lines[len(columns) - len(of_reader) :]),
        gaps=tuple(gaps(cells[0], slots, lines[0].points, taken, (narrow, wide), _TEXTS)),
        axis=axis,
        ticks=tuple(Text(tick.label, Decimal(0), y_of(axis, tick.value) + 5, "end") for tick in axis.ticks),
        labels=time_labels(slots, PERIODS, narrow, wide),
        margin=margin,
        others=frozenset(
            row.period.length
            for row in history.rows
            if row.period.length is not length and any(not row.cells[column].sign for column in columns)
        ),
    )


def _runs(cells: dict[Period, Cell], slots: Sequence[Period], axis: Axis) -> tuple[Run, ...]:
    """The values as points, in runs of periods that follow on each other."""
    runs: list[list[Point]] = [[]]
    for number, period in enumerate(slots):
        cell = cells.get(period)
        if cell is not None and cell.figure is not None and cell.figure.value is not None:
            x = short(along(len(slots), number))
            runs[-1].append(Point(x, y_of(axis, cell.figure.value), cell, period))
        elif runs[-1]:
            runs.append([])
    return tuple(tuple(run) for run in runs if run)
