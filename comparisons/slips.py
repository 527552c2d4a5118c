"""Whether a figure looks like a slip of the hand. Pure: no database, no HTML.

A slip is a warning, which an editor can overrule with a reason: the figure may be right. What a
figure may never be is refused as an error in ``rules.py``, and so are values outside the
indicator's scale; nothing is said of those here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from comparisons.records import IndicatorTerms, bare
from comparisons.svenska import NBSP
from comparisons.terms import Statistic, ValueType

#: From this many times another figure a value is suspected of a moved decimal comma …
_FAR = Decimal(8)
#: … but counts below this jump by themselves.
_SMALL_COUNT = 20
#: Where a moved comma is one of two places (a share written for per cent) rather than one or three.
_ABOUT_HUNDRED = (Decimal("31.6"), Decimal(316))

_TIMES = (
    (Decimal(1000), "tusen gånger", "en tusendel"),
    (Decimal(100), "hundra gånger", "en hundradel"),
    (Decimal(10), "tio gånger", "en tiondel"),
)


@dataclass(frozen=True)
class Neighbour:
    """A figure to hold another against: where it stands in words, and its value.

    The words are such as ``2016`` and ``det publicerade värdet``.
    """

    where: str
    value: Decimal


def slip(indicator: IndicatorTerms, statistic: str, value: Decimal, neighbours: Sequence[Neighbour]) -> str:
    """A Swedish sentence that says why the value looks like a slip, or an empty string.

    ``neighbours`` are figures of the same series, nearest first; the sentence names the nearest. One
    neighbour that is like the value is enough to believe it. A value outside the indicator's scale
    is no slip but an error, which ``rules.py`` refuses.
    """
    if indicator.value_type == ValueType.RANK:
        return ""
    if indicator.value_type == ValueType.YES_NO and statistic != Statistic.SHARE_YES:
        return ""
    is_percent = indicator.value_type == ValueType.PERCENT or statistic == Statistic.SHARE_YES
    if is_percent and (impossible := _no_percentage(indicator, value, neighbours)):
        return impossible
    valued = [neighbour for neighbour in neighbours if neighbour.value]  # zero has neither sign nor size
    if not value or not valued:
        return ""
    alike = [neighbour for neighbour in valued if (neighbour.value > 0) == (value > 0)]
    if not alike:
        return _turned(value, valued[0])
    # What is now above zero and now below goes through it, where a ratio says nothing.
    if len(alike) < len(valued) or any(_is_near(indicator, value, other.value) for other in alike):
        return ""
    return _far(indicator, value, alike[0], is_percent=is_percent)


def _no_percentage(indicator: IndicatorTerms, value: Decimal, neighbours: Sequence[Neighbour]) -> str:
    """Over 100 or below 0, where neither a scale nor a neighbour allows for it."""
    if indicator.scale_max is not None:
        return ""
    if value > 100 and all(neighbour.value <= 100 for neighbour in neighbours):
        return f"{bare(value)}{NBSP}% är mer än 100{NBSP}%. Stämmer kommat?"
    if value < 0 and all(neighbour.value >= 0 for neighbour in neighbours):
        return f"{bare(value)}{NBSP}% är mindre än noll. Stämmer minustecknet?"
    return ""


def _turned(value: Decimal, nearest: Neighbour) -> str:
    """Below zero where the neighbours are above it, or the other way round."""
    told = f"{nearest.where} är det inte ({bare(nearest.value)})"
    if value < 0:
        return f"{bare(value)} är mindre än noll, men {told}. Stämmer minustecknet?"
    return f"{bare(value)} är större än noll, men {told}. Saknas ett minustecken?"


def _ratio(one: Decimal, other: Decimal) -> Decimal:
    """How many times the smaller goes into the larger, without signs; neither is zero."""
    small, large = sorted((abs(one), abs(other)))
    return large / small


def _is_near(indicator: IndicatorTerms, value: Decimal, other: Decimal) -> bool:
    small = max(abs(value), abs(other)) < _SMALL_COUNT
    return _ratio(value, other) < _FAR or (indicator.value_type == ValueType.COUNT and small)


def _far(indicator: IndicatorTerms, value: Decimal, nearest: Neighbour, *, is_percent: bool) -> str:
    """How many times more or less it is than the nearest, and what to look for."""
    ratio = _ratio(value, nearest.value)
    is_more = abs(value) > abs(nearest.value)
    unit, times, part = next((row for row in _TIMES if ratio >= row[0] * _FAR / 10), _TIMES[-1])
    if is_more:
        about = {-1: "nästan ", 0: "", 1: "mer än "}[_order(ratio, unit)]
        words = f"{about}{times} så mycket som"
    else:
        about = {-1: "drygt ", 0: "", 1: "mindre än "}[_order(ratio, unit)]
        words = f"{about}{part} av"
    least, most = _ABOUT_HUNDRED
    if is_percent and not is_more and 0 < value <= 1 and least <= ratio < most:
        ask = f"Är det en andel? {bare(value)} kan vara {bare(value * 100)}{NBSP}%."
    elif indicator.value_type == ValueType.COUNT:
        ask = "Har talet rätt antal siffror?"
    else:
        ask = "Stämmer kommat?"
    return f"{bare(value)} är {words} {nearest.where} ({bare(nearest.value)}). {ask}"


def _order(one: Decimal, other: Decimal) -> int:
    return (one > other) - (one < other)
