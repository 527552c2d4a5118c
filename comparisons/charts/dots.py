"""The dot plot: the own municipality among its comparisons of one period, a row each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from textwrap import wrap
from typing import TYPE_CHECKING

from comparisons.cells import Cell
from comparisons.charts.axis import Axis, axis_for
from comparisons.charts.marks import APART, Text, short, text_width
from comparisons.records import IndicatorTerms
from comparisons.terms import SUMMARY_STATISTICS, ValueType

if TYPE_CHECKING:
    from comparisons.history import Series

#: Px: a line of a label, from the label's last line to its thread, from a row to the next, the axis.
_LINE, _THREAD, _BETWEEN, _AXIS = 18, 14, 24, 26
#: Characters of a label in one line, and px of drawing, at least.
_LABEL, _NARROW = 30, 186
_ROWS = 12


@dataclass(frozen=True)
class Dot:
    """A row: the label's lines, then a thread from zero to the value. x in per cent, y in px."""

    series: "Series"
    cell: Cell
    label: tuple[Text, ...]
    x: Decimal
    y: Decimal

    @property
    def kind(self) -> str:
        """How it is drawn: ``own``, ``summary`` (a country, a group, a median) or ``one`` (municipality)."""
        if self.series.is_own:
            return "own"
        is_summary = self.series.area.is_summary or self.series.statistic in SUMMARY_STATISTICS
        return "summary" if is_summary else "one"

    @property
    def value(self) -> Decimal:
        """The value it stands for."""
        return value_of(self.cell)


@dataclass(frozen=True)
class Dots:
    """The drawing. ``base`` is the x of zero; ``has_threads`` where a length from there says something."""

    rows: tuple[Dot, ...]
    axis: Axis
    base: Decimal
    has_threads: bool
    grid: tuple[Decimal, ...]
    ticks: tuple[Text, ...]
    height: int

    @property
    def foot(self) -> int:
        """The y where the axis ends."""
        return self.height - _AXIS

    @property
    def values(self) -> tuple[Text, ...]:
        """Each row's value, to the right of its dot and of zero."""
        return tuple(Text(row.cell.text, max(row.x, self.base), row.y + 5) for row in self.rows)

    @property
    def pairs(self) -> tuple[tuple[Dot, Text], ...]:
        """Each row with its value."""
        return tuple(zip(self.rows, self.values, strict=True))


def dots(indicator: IndicatorTerms, compared: Iterable[tuple["Series", Cell]]) -> Dots | None:
    """A row for each that has a value, the highest first (with places, the first).

    The own municipality is among them. None where nothing is left to hold it against. Of many it
    draws at most twelve: the own one, all that sum up others, and then those nearest in value.
    """
    known = [(series, cell) for series, cell in compared if not cell.sign]
    if len(known) < 2 or not any(series.is_own for series, _ in known):
        return None
    is_rank = indicator.value_type == ValueType.RANK
    known.sort(key=lambda pair: value_of(pair[1]), reverse=not is_rank)
    chosen = _nearest(known)
    axis = axis_for(indicator, [cell.figure for _, cell in chosen if cell.figure])
    rows, height = _rows(chosen, axis)
    base = short(axis.along(axis.low if is_rank else Decimal(0)) * 100)
    return Dots(
        rows=rows,
        axis=axis,
        base=base,
        has_threads=not is_rank,
        grid=tuple(x for tick in axis.ticks if (x := short(axis.along(tick.value) * 100)) != base),
        ticks=_tick_labels(axis, height),
        height=height + _AXIS,
    )


def value_of(cell: Cell) -> Decimal:
    """The value of a cell that has one."""
    assert cell.figure is not None and cell.figure.value is not None
    return cell.figure.value


def _nearest(known: Sequence[tuple["Series", Cell]]) -> list[tuple["Series", Cell]]:
    """At most as many as are drawn, in the order they came in."""
    own = next(value_of(cell) for series, cell in known if series.is_own)

    def importance(pair: tuple["Series", Cell]) -> tuple[bool, bool, Decimal]:
        series, cell = pair
        one = not (series.area.is_summary or series.statistic in SUMMARY_STATISTICS)
        return not series.is_own, one, abs(value_of(cell) - own)

    kept = sorted(known, key=importance)[:_ROWS]
    return [pair for pair in known if pair in kept]


def _rows(chosen: Sequence[tuple["Series", Cell]], axis: Axis) -> tuple[tuple[Dot, ...], int]:
    """The rows below each other, and the height they take."""
    labels = [wrap(series.short_label, _LABEL) for series, _ in chosen]
    heights = [_LINE * len(lines) + _THREAD + _BETWEEN for lines in labels]
    tops = [0, *accumulate(heights)]
    rows = []
    for (series, cell), lines, top in zip(chosen, labels, tops, strict=False):
        last = top + _LINE * len(lines) - 3
        rows.append(
            Dot(
                series,
                cell,
                tuple(
                    Text(line, Decimal(0), Decimal(last - _LINE * (len(lines) - 1 - number)))
                    for number, line in enumerate(lines)
                ),
                short(axis.along(value_of(cell)) * 100),
                Decimal(last + _THREAD),
            )
        )
    return tuple(rows), tops[-1] - _BETWEEN + 16


def _tick_labels(axis: Axis, height: int) -> tuple[Text, ...]:
    """The ticks under the axis, the first within it; on narrow screens the ends, where all do not fit."""
    needed = max(text_width(tick.label) for tick in axis.ticks) + APART
    fits = needed * (len(axis.ticks) - 1) <= _NARROW
    ends = (axis.ticks[0], axis.ticks[-1])
    y = Decimal(height + 20)
    return tuple(
        Text(
            tick.label,
            short(axis.along(tick.value) * 100),
            y,
            "" if tick is ends[0] else "mid",
            not (fits or tick in ends),
        )
        for tick in axis.ticks
    )
