"""Axes that are honest: from zero, to the scale's own end or a round number, with few round ticks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from comparisons.records import Figure, IndicatorTerms
from comparisons.svenska import NBSP, format_number
from comparisons.terms import ValueType

#: Upper ends an axis without ticks may have, times a power of ten.
_NICE = tuple(Decimal(step) for step in ("1", "1.2", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10"))
_AIR = Decimal("1.2")

#: Steps between ticks, times a power of ten; quarters only in whole numbers.
_STEPS = tuple(Decimal(step) for step in ("1", "2", "2.5", "4", "5"))
_QUARTERS_FROM = 25
_FEWEST, _MOST = 3, 5
_WANTED_TICKS = 4
#: From here ticks are written in millions, or they would need half the width of a phone.
_MILLIONS_FROM = 10_000_000


@dataclass(frozen=True)
class Tick:
    """A value on the axis and how it is written."""

    value: Decimal
    label: str


@dataclass(frozen=True)
class Axis:
    """From ``low`` to ``high``; ``is_turned`` where the lowest value stands on top (places)."""

    low: Decimal
    high: Decimal
    ticks: tuple[Tick, ...]
    is_turned: bool = False

    def along(self, value: Decimal) -> Decimal:
        """How far from the low end a value lies: 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    def down(self, value: Decimal) -> Decimal:
        """How far from the top a value lies: 0 to 1."""
        return self.along(value) if self.is_turned else 1 - self.along(value)

    @property
    def base(self) -> Decimal:
        """What lengths are measured from: zero; with places, the end that is not the first place."""
        return self.high if self.is_turned else Decimal(0)


def axis_end(indicator: IndicatorTerms, highest: Decimal) -> Decimal:
    """The end of an axis from zero: the scale's own, or a round number with some air above ``highest``."""
    if indicator.scale_max is not None and indicator.scale_min is not None:
        return max(indicator.scale_max, highest)
    if indicator.value_type == ValueType.PERCENT and 50 <= highest <= 100:
        return Decimal(100)
    wanted = highest * _AIR
    power = Decimal(1).scaleb(wanted.adjusted())
    return next(step * power for step in _NICE if step * power >= wanted)


def axis_for(indicator: IndicatorTerms, figures: Iterable[Figure]) -> Axis:
    """The axis that all the figures, which have values and are at least one, stand on.

    It starts at zero, or at a round number below where a value is negative. Places run from 1 to as
    many as there are.
    """
    known = [(figure.value, figure) for figure in figures if figure.value is not None]
    values = [value for value, _ in known]
    lowest, highest = min(values), max(values)
    whole = all(not figure.decimals for _, figure in known)
    if indicator.value_type == ValueType.RANK:
        return _places(lowest, highest, max((figure.n or 0 for _, figure in known), default=0))
    own_end = _own_end(indicator, lowest, highest)
    if own_end is not None:
        return Axis(Decimal(0), own_end, _written(_ticks(Decimal(0), own_end)))
    if indicator.scale_min is not None and indicator.scale_max is not None:
        lowest, highest = min(lowest, indicator.scale_min), max(highest, indicator.scale_max)
    low, high, step = _rounded(min(lowest, Decimal(0)), max(highest, Decimal(0)), whole)
    return Axis(low, high, _written([low + step * place for place in range(int((high - low) / step) + 1)]))


def written_axis(low: Decimal, high: Decimal, *, whole: bool) -> Axis:
    """An axis between two ends as they are, with round ticks inside them: for places, not for lengths."""
    best: list[Decimal] = []
    for step in _steps(high - low, whole):
        first = (low / step).to_integral_value(ROUND_CEILING)
        ticks = [
            step * number for number in range(int(first), int(first) + _MOST + 4) if step * number <= high
        ]
        if len(ticks) <= _MOST + 2 and len(ticks) > len(best):
            best = ticks
    return Axis(low, high, _written(best))


def _own_end(indicator: IndicatorTerms, lowest: Decimal, highest: Decimal) -> Decimal | None:
    """The end that the scale itself has, where it starts at zero or above and the values keep to it."""
    if lowest < 0 or (indicator.scale_min is not None and indicator.scale_min < 0):
        return None
    if indicator.scale_min is not None and indicator.scale_max is not None:
        return indicator.scale_max if highest <= indicator.scale_max else None
    if indicator.value_type == ValueType.PERCENT and 50 <= highest <= 100:
        return axis_end(indicator, highest)
    return None


def _places(lowest: Decimal, highest: Decimal, among: int) -> Axis:
    """From place 1, on top, to the last there is; where nobody knows that, to a round number."""
    low = min(Decimal(1), lowest)
    end = Decimal(among) if among >= highest else _rounded(Decimal(0), highest, True)[1]
    end = max(end, low + 1)
    return Axis(low, end, _written(_ticks(low, end)), is_turned=True)


def _rounded(lowest: Decimal, highest: Decimal, whole: bool) -> tuple[Decimal, Decimal, Decimal]:
    """Round ends around two values of which one is zero or on either side of it, and the step of ticks.

    The tightest wins, then the one with about four ticks.
    """
    if lowest == highest == 0:
        highest = Decimal(1)
    most = _MOST if lowest == 0 or highest == 0 else _MOST + 1
    found: list[tuple[Decimal, Decimal, Decimal]] = []
    for step in _steps(highest - lowest, whole):
        below = (lowest / step).to_integral_value(ROUND_FLOOR)
        above = (highest / step).to_integral_value(ROUND_CEILING)
        if above - below < _FEWEST - 1:
            # Two steps at least: one tick between the ends.
            below, above = (below, below + 2) if highest > 0 else (above - 2, above)
        if above - below < most:
            found.append((below * step, above * step, step))
    return min(found, key=lambda ends: (ends[1] - ends[0], _from_wanted((ends[1] - ends[0]) / ends[2] + 1)))


def _ticks(low: Decimal, high: Decimal) -> list[Decimal]:
    """Round ticks between two ends that are given, and the ends."""
    candidates = []
    for step in _steps(high - low, whole=high == high.to_integral()):
        first = int((low + step / 2) // step) + 1
        between = [step * n for n in range(first, first + _MOST + 1) if step * n < high - step / 2]
        ticks = [low, *between, high]
        if len(ticks) <= _MOST + 1:
            gaps = [after - before for before, after in pairwise(ticks)]
            # Places start at one and end anywhere, so their gaps are never all alike.
            uneven = low == 0 and len(set(gaps)) > 1
            candidates.append((len(ticks) < _FEWEST, uneven, *_from_wanted(Decimal(len(ticks))), ticks))
    return min(candidates)[-1] if candidates else [low, high]


def _from_wanted(ticks: Decimal) -> tuple[Decimal, Decimal]:
    """The fewer steps from four the better, and rather one more than one less."""
    return abs(ticks - _WANTED_TICKS), -ticks


def _steps(span: Decimal, whole: bool) -> list[Decimal]:
    """Every round step that could divide the span in a few; whole numbers only where ``whole``."""
    powers = (Decimal(1).scaleb(span.adjusted() - down) for down in (2, 1, 0))
    steps = [step * power for power in powers for step in (*_STEPS, Decimal(10))]
    return [
        step
        for step in dict.fromkeys(steps)
        if not (whole and step < 1)
        and (step >= _QUARTERS_FROM or step.normalize().as_tuple().digits != (2, 5))
    ]


def _written(values: Sequence[Decimal]) -> tuple[Tick, ...]:
    """The ticks, all with as many decimals as the finest needs; zero is bare."""
    unit, word = (Decimal(1), "")
    if max(abs(value) for value in values) >= _MILLIONS_FROM:
        unit, word = Decimal(1_000_000), f"{NBSP}milj."
    decimals = max(_decimals(value / unit) for value in values)
    return tuple(
        Tick(value, f"{format_number(value / unit, decimals)}{word}" if value else "0") for value in values
    )


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)
