"""How the own municipality stands beside a comparison: better, worse, the same, or not to be said.

Pure: no database, no HTML. Better and worse are said only where the indicator has a direction, as
a word and a sign and never by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from comparisons.differences import difference
from comparisons.records import AreaTerms, Column, Figure, IndicatorTerms
from comparisons.terms import COMPUTED, MEANS, MEDIANS, SHARES, Polarity, Statistic, ValueType


@dataclass(frozen=True)
class Standing:
    """``kind`` names the sign (better, worse, same, open); ``words`` say it; ``legend`` explains it."""

    kind: str
    words: str
    legend: str


def standing(
    indicator: IndicatorTerms,
    own: Figure | None,
    other: Figure | None,
    against: AreaTerms,
) -> Standing:
    """Hold ``own`` against ``other``, a figure of the area ``against``.

    A Ja or Nej is not held against the share that answered yes, nor a rank against anything: they
    are unlike kinds.
    """
    if indicator.polarity in (Polarity.NONE, Polarity.UNDECIDED):
        return Standing("open", "Värderas inte", "värderas inte")
    if own is None or other is None or own.value is None or other.value is None:
        return Standing("open", "Går inte att jämföra", "går inte att jämföra")
    if other.statistic in SHARES or indicator.value_type == ValueType.RANK:
        return Standing("open", "Går inte att jämföra", "går inte att jämföra")
    if own.period != other.period:
        return Standing("open", "Olika perioder", "går inte att jämföra")
    name = comparison_name(other, against)
    found = difference(own, other)
    if not found.direction:
        return Standing("same", f"Lika med {name}", "samma värde som jämförelsen")
    if (found.direction > 0) == (indicator.polarity == Polarity.HIGHER_BETTER):
        return Standing("better", f"Bättre än {name}", "bättre än jämförelsen")
    return Standing("worse", f"Sämre än {name}", "sämre än jämförelsen")


def comparison_name(other: Figure, against: AreaTerms) -> str:
    """What a comparison is called in a word: ``medianen``, ``medelvärdet``, ``riket``."""
    if other.statistic in MEDIANS:
        return "medianen"
    if other.statistic in MEANS:
        return "medelvärdet"
    return against.in_label or against.name


def comparison_pair(columns: Sequence[Column]) -> tuple[int, int] | None:
    """The places of the own column and the column it is held against, or None.

    Like is held against like: same period, population and gender; the newest period wins, and of
    several comparisons the first. Of what we compute, only median and mean are comparisons: nobody is
    to be better than the lowest.
    """
    pairs = [
        (mine, other)
        for mine, own in enumerate(columns)
        if own.area.is_own and own.statistic == Statistic.VALUE
        for other, against in enumerate(columns)
        if not against.area.is_own
        and (against.statistic not in COMPUTED or against.statistic in MEDIANS | MEANS)
        and (own.period, own.population, own.gender) == (against.period, against.population, against.gender)
    ]
    return max(
        pairs,
        key=lambda pair: (columns[pair[0]].period, -pair[0], -pair[1]),
        default=None,
    )
