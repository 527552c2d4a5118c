"""A spark line: the shape of a table row's own figures, so small that it needs words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from comparisons.cells import Cell
from comparisons.charts.labels import ordinal
from comparisons.charts.marks import Point, Run, path_of, short
from comparisons.differences import difference
from comparisons.periods import Period
from comparisons.records import Column, IndicatorTerms
from comparisons.sentences.changes import direction_words, is_noticeable
from comparisons.standings import comparison_pair
from comparisons.terms import Statistic, ValueType

if TYPE_CHECKING:
    from comparisons.tables import TableRow

#: Px; the air keeps line and knot whole at the edges.
WIDTH, HEIGHT, AIR = 96, 28, 6
_FEWEST_PERIODS, _FEWEST_VALUES = 3, 2


@dataclass(frozen=True)
class Spark:
    """The line, in px of a drawing of 96 × 28, and how the last value stands to the first.

    Its foot is the row's own lowest value and its top the highest: it shows a shape and no size, so
    the drawing is for the eye alone and the words are text.
    """

    runs: tuple[Run, ...]
    words: str
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def points(self) -> tuple[Point, ...]:
        """Every value, oldest first; here x too is in px."""
        return tuple(point for run in self.runs for point in run)

    @property
    def path(self) -> str:
        """What is drawn as a line."""
        return path_of(self.runs)

    @property
    def lone(self) -> tuple[Point, ...]:
        """Values that no line goes through, but for the last."""
        return tuple(run[0] for run in self.runs if len(run) == 1 and run[0] is not self.last)

    @property
    def last(self) -> Point:
        """The newest value, which has a knot."""
        return self.runs[-1][-1]


def spark(row: "TableRow", columns: Sequence[Column]) -> Spark | None:
    """The spark line of a row, whose cells stand under ``columns``, or None where it would say nothing.

    It needs three own periods of one length, population and gender, and values of two of them. Of
    several such groups it takes the one that is held against something, else the first; the words
    say whom the line is of where the table is about several.
    """
    if row.indicator.value_type == ValueType.YES_NO:
        return None
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, column in enumerate(columns):
        if column.area.is_own and column.statistic == Statistic.VALUE:
            groups.setdefault((column.population, column.gender, column.period.length), []).append(place)
    pair = comparison_pair(columns)
    own = [column for at, column in enumerate(columns) if pair is None or at == pair[0]]
    told = max((column.period for column in own if column.area.is_own), default=None)
    # The line must end in the value that the row is told by: tertials beside a year would say otherwise.
    groups = {key: places for key, places in groups.items() if told and key[2] is told.length}
    ordered = sorted(groups.values(), key=lambda places: pair is None or pair[0] not in places)
    several = len({group[:2] for group in groups}) > 1
    for places in ordered:
        if found := _drawn(row.indicator, [(columns[at].period, row.cells[at]) for at in places]):
            whom = columns[places[0]].whom if several else ""
            return replace(found, words=f"{whom}: {found.words}") if whom else found
    return None


def _drawn(indicator: IndicatorTerms, cells: Sequence[tuple[Period, Cell]]) -> Spark | None:
    """The line of one group. A cell that shows an older figure counts at that figure's own period."""
    values: dict[Period, Cell] = {}
    for _, cell in cells:
        if cell.figure is not None and cell.figure.value is not None:
            values[cell.figure.period] = cell
    periods = sorted({period for period, _ in cells} | set(values))
    if len({period for period, _ in cells}) < _FEWEST_PERIODS or len(values) < _FEWEST_VALUES:
        return None
    first, last = ordinal(periods[0]), ordinal(periods[-1])
    numbers = [_value(cell) for cell in values.values()]
    low, high = min(numbers), max(numbers)
    runs: list[list[Point]] = [[]]
    for number in range(first, last + 1):
        found = next((period for period in values if ordinal(period) == number), None)
        if found is None:
            runs.append([])
            continue
        across = Decimal(number - first) / (last - first)
        up = (_value(values[found]) - low) / (high - low) if high > low else Decimal("0.5")
        down = up if indicator.value_type == ValueType.RANK else 1 - up
        x, y = (short(AIR + part * (size - 2 * AIR), 1) for part, size in ((across, WIDTH), (down, HEIGHT)))
        runs[-1].append(Point(x, y, values[found], found))
    shown = tuple(tuple(run) for run in runs if run)
    return Spark(
        shown, _words(indicator, shown[0][0], shown[-1][-1], is_newest=shown[-1][-1].period == periods[-1])
    )


def _words(indicator: IndicatorTerms, first: Point, last: Point, *, is_newest: bool) -> str:
    """``högre än 2016``; which period it is about, where that is not the newest of the table."""
    assert first.cell.figure is not None and last.cell.figure is not None
    change = difference(last.cell.figure, first.cell.figure)
    more, less = direction_words(indicator)
    how = f"{more if change.direction > 0 else less} än"
    if not is_noticeable(indicator, change):
        how = "samma som" if change.exact else "ungefär som"
    subject = "" if is_newest else f"{last.period.label} "
    return f"{subject}{how} {first.period.label}"


def _value(cell: Cell) -> Decimal:
    assert cell.figure is not None and cell.figure.value is not None
    return cell.figure.value
