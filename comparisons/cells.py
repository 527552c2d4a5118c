"""Figures looked up by their key, and one figure as it stands in a cell. Pure: no database, no HTML."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from comparisons.periods import Period
from comparisons.records import Column, Figure, IndicatorTerms, bare
from comparisons.svenska import format_number, format_percent
from comparisons.terms import SHARES, SIGNS, Sign, Status, ValueType, statistic_for, statistic_name


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


class FigureIndex:
    """Figures by their key, and per series, for looking up cells. Withdrawn ones are not there."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._series: dict[tuple[object, ...], dict[Period, Figure]] = {}
        for figure in figures:
            if figure.status != Status.WITHDRAWN:
                self._series.setdefault((figure.indicator, *figure.series), {})[figure.period] = figure

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


def format_value(indicator: IndicatorTerms, figure: Figure) -> str:
    """A figure's value as it stands in a cell: ``0,34``, ``Ja``, ``79 %``, ``87 av 290``.

    Raises ValueError for a figure that has no value.
    """
    if figure.value is None:
        raise ValueError("a missing figure has a sign, not a value")
    decimals = figure.decimals or 0
    if figure.statistic in SHARES:
        return format_percent(figure.value, decimals)
    if indicator.value_type == ValueType.YES_NO:
        return "Ja" if figure.value else "Nej"
    number = format_number(figure.value, decimals)
    if indicator.value_type == ValueType.RANK and figure.n:
        return f"{number} av {format_number(Decimal(figure.n), 0)}"
    return number


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
    if figure.statistic in SHARES:
        details.append("av kommunerna")
        spoken = f"{text} av kommunerna svarade ja"
    else:
        if indicator.value_type == ValueType.PERCENT:
            spoken = format_percent(figure.value, figure.decimals or 0)
        elif indicator.value_type == ValueType.POINTS and indicator.scale_max is not None:
            spoken = f"{text} av {bare(indicator.scale_max)}"
        if name_statistic:
            name = statistic_name(figure.statistic).lower()
            details.append(name)
            spoken = f"{spoken}, {name}"
    if figure.period != column.period:
        details.append(f"({figure.period.label})")
        spoken = f"{spoken}, {figure.period.label}"
    if figure.preliminary:
        details.append("preliminär")
        spoken = f"{spoken}, preliminär"
    return Cell(text, " ".join(details), spoken, None, figure, is_now)
