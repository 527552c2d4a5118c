"""What the municipalities' figures are together: median, unweighted mean, quartile limits, ends and number.

Computed by us when a release that touches them is published, by one function for both databases (SQLite
has no percentiles of its own), and kept in ``Distribution``. A median that a source publishes is a
figure in the ledger, and never mixed up with these.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from comparisons import rows
from comparisons.models import GROUP, Area, Distribution, Indicator, Observation, Release
from comparisons.rules import OWN_VALUE
from comparisons.terms import AreaKind, Statistic, ValueType

#: What a distribution says, beside its group.
_SAYS = ("n", "minimum", "q1", "median", "q3", "maximum", "mean", "decimals")
#: Indicator, population, gender and period, by primary key and code: the values of ``GROUP``.
Group = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """The values of some municipalities, summed up. ``decimals`` are those of the finest value."""

    n: int
    minimum: Decimal
    q1: Decimal
    median: Decimal
    q3: Decimal
    maximum: Decimal
    mean: Decimal
    decimals: int

    def decimals_of(self, value: Decimal) -> int:
        """How many decimals to show of a number in it: one where it falls between whole numbers."""
        return self.decimals or int(value != value.to_integral_value())


def spread(values: Iterable[Decimal], decimals: int) -> Spread:
    """Sum up one or more values, the finest of which has ``decimals`` decimals.

    Quartiles by linear interpolation between the two nearest values (method 7 of Hyndman and Fan, as in
    PostgreSQL's percentile_cont and Excel's QUARTILE.INC). Raises ValueError when there is no value.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("there is nothing to sum up")
    q1, median, q3 = (_quantile(ordered, quarters) for quarters in (1, 2, 3))
    mean = rows.normalise(sum(ordered, Decimal(0)) / len(ordered))
    return Spread(len(ordered), ordered[0], q1, median, q3, ordered[-1], mean, decimals)


def _quantile(ordered: Sequence[Decimal], quarters: int) -> Decimal:
    whole, rest = divmod((len(ordered) - 1) * quarters, 4)
    low = ordered[whole]
    if not rest:
        return low
    return rows.normalise(low + (ordered[whole + 1] - low) * rest / 4)


def spreads(values: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Group, Spread]]:
    """The spread of each group. ``values`` are a group's four values, a value and its decimals each.

    They come with their indicators in order, so that no more than one indicator is held at a time.
    """
    for _, of_indicator in groupby(values, key=lambda row: row[0]):
        groups: dict[Group, list[tuple[Decimal, int]]] = {}
        for *group, value, decimals in of_indicator:
            groups.setdefault(tuple(group), []).append((value, decimals))
        for key, found in groups.items():
            yield key, spread((value for value, _ in found), max(decimals for _, decimals in found))


def of_municipalities(layer: QuerySet[Any]) -> QuerySet[Any]:
    """The rows among figures that a distribution is made of: municipalities' own values.

    Places in a ranking are no values that can be summed up.
    """
    return layer.filter(OWN_VALUE, area__kind=AreaKind.MUNICIPALITY).exclude(
        indicator__value_type=ValueType.RANK
    )


def compute(release: Release) -> None:
    """Compute the distributions that a release touches, which has just been published, anew.

    Called by ``ledger.publish``, in its transaction; as many queries whatever the release holds. Without any
    join: the database does not know yet what was just written, would plan for a single row, and read all
    areas once a figure.
    """
    names = rows.attributes(GROUP, Distribution)
    municipalities = set(Area.objects.filter(kind=AreaKind.MUNICIPALITY).values_list("pk", flat=True))
    written = Observation.objects.filter(release=release, statistic=Statistic.VALUE, area__in=municipalities)
    touched = set(written.values_list(*names).distinct())
    indicators = {group[0] for group in touched}
    ranked = Indicator.objects.filter(pk__in=indicators, value_type=ValueType.RANK)
    about = {"superseded_by": None, "period__in": {group[-1] for group in touched}}
    values = (
        Observation.objects.filter(OWN_VALUE, area__in=municipalities, **about)
        .filter(indicator__in=indicators - set(ranked.values_list("pk", flat=True)))
        .order_by("indicator_id")
        .values_list(*names, "value", "decimals")
        .iterator(chunk_size=20_000)
    )
    found = spreads(row for row in values if row[:-2] in touched)
    made = [(*group, *(getattr(spread, name) for name in _SAYS), release.pk) for group, spread in found]
    before = Distribution.objects.filter(indicator__in=indicators, **about).values_list("pk", *names)
    stale = [pk for pk, *group in before if tuple(group) in touched]
    Distribution.objects.filter(pk__in=stale).update(superseded_by=release)
    rows.insert(Distribution, [*GROUP, *_SAYS, "release"], made)
