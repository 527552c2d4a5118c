"""Geometry of the drawings, from figures alone. Pure: no database, no HTML."""

from dataclasses import dataclass
from decimal import Decimal

from comparisons.records import Figure, IndicatorTerms
from comparisons.terms import ValueType

#: Upper ends an axis may have, times a power of ten.
_NICE = tuple(Decimal(step) for step in ("1", "1.2", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10"))
_AIR = Decimal("1.2")


@dataclass(frozen=True)
class Threads:
    """Two lengths from zero, in per cent of the width: the own municipality's and the comparison's."""

    own: str
    other: str


def threads(indicator: IndicatorTerms, own: Figure | None, other: Figure | None) -> Threads | None:
    """How long the two threads are, or None where lengths would say nothing (ja/nej, minus, missing)."""
    if indicator.value_type in (ValueType.YES_NO, ValueType.RANK):
        return None
    if own is None or other is None or own.value is None or other.value is None:
        return None
    if own.value < 0 or other.value < 0 or max(own.value, other.value) == 0:
        return None
    end = axis_end(indicator, max(own.value, other.value))
    return Threads(*(f"{value / end * 100:.1f}%" for value in (own.value, other.value)))


def axis_end(indicator: IndicatorTerms, highest: Decimal) -> Decimal:
    """The end of an axis from zero: the scale's own, or a round number with some air above ``highest``."""
    if indicator.scale_max is not None and indicator.scale_min is not None:
        return max(indicator.scale_max, highest)
    if indicator.value_type == ValueType.PERCENT and 50 <= highest <= 100:
        return Decimal(100)
    wanted = highest * _AIR
    power = Decimal(1).scaleb(wanted.adjusted())
    return next(step * power for step in _NICE if step * power >= wanted)
