"""What the block picker shows in an example: real indicators, held against the country."""

from comparisons.terms import AreaKind


def some_indicators() -> list[int]:
    """The primary keys of three published indicators with figures."""
    from comparisons.models import Indicator

    with_figures = Indicator.objects.filter(live=True, observation__superseded_by=None)
    found = with_figures.exclude(observation=None).distinct().order_by("pk")
    return list(found.values_list("pk", flat=True)[:3])


def country() -> int | None:
    """The primary key of the country, or None while nobody has entered it."""
    from comparisons.models import Area

    return Area.objects.filter(kind=AreaKind.COUNTRY).values_list("pk", flat=True).first()
