"""Two lengths from zero: the own municipality's thread and the comparison's, under a key figure."""

from dataclasses import dataclass

from comparisons.charts.axis import axis_end
from comparisons.records import Figure, IndicatorTerms
from comparisons.terms import ValueType


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
