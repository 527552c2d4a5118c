"""The only reader of figures. Tables, pages, previews and files ask a ``Figures`` and never the tables.

``live()`` is what readers see, ``as_of(moment)`` what they saw then, ``with_release(release)`` what
they will see when the release is published.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from comparisons.models import KEY, Area, Indicator, Observation, Population, Release, StagedFigure
from comparisons.models.observations import Figure as FigureRow
from comparisons.periods import Period
from comparisons.records import AreaTerms, Figure, OwnPeriods, Wanted
from comparisons.terms import SUMMARY_STATISTICS, Statistic, Status


class Figures:
    """A source of figures: one or more layers of rows, in which a key occurs once.

    ``ledger`` is every row that has been published, superseded ones too; ``coming`` are the staged
    rows of a release that is looked at before it is published.
    """

    def __init__(
        self,
        *layers: QuerySet[Any],
        ledger: QuerySet[Observation],
        coming: QuerySet[StagedFigure] | None = None,
    ) -> None:
        self._layers = [layer.exclude(status=Status.WITHDRAWN) for layer in layers]
        self._ledger = ledger
        self._coming = coming

    def own_area(self) -> AreaTerms | None:
        """The own municipality, or None while nobody has entered it."""
        area = Area.objects.own()
        return area.terms() if area else None

    def cells(self, wanted: Iterable[Wanted]) -> list[Figure]:
        """Every figure the tables can show; one query a layer, however many tables and indicators."""
        alternatives = [
            (table.indicators, column, table.allow_earlier) for table in wanted for column in table.columns
        ]
        if not alternatives:
            return []
        grouped: dict[tuple[Any, ...], set[int]] = {}
        for indicators, column, allow_earlier in alternatives:
            key = (
                column.area.id,
                column.statistic,
                column.population,
                column.gender,
                column.period.code,
                allow_earlier,
            )
            grouped.setdefault(key, set()).update(indicators)
        found: list[Figure] = []
        for layer in self._layers:
            condition = Q()
            for key, ids in grouped.items():
                condition |= Q(indicator__in=sorted(ids)) & _column_condition(layer, *key)
            found += [row.record() for row in layer.filter(condition).select_related("source")]
        return found

    def own_periods(self, questions: Sequence[OwnPeriods]) -> list[list[Period]]:
        """For each question its periods, oldest first; one query a layer for them all."""
        if not questions:
            return []
        condition = Q()
        for question in questions:
            condition |= Q(
                indicator__in=sorted(question.indicators),
                area=question.area,
                population=question.population,
                gender=question.gender,
            )
        rows = {
            row
            for layer in self._layers
            for row in layer.filter(condition, statistic=Statistic.VALUE)
            .values_list("indicator", "area", "population", "gender", "period")
            .distinct()
        }
        return [
            sorted(
                {
                    Period(period)
                    for indicator, area, population, gender, period in rows
                    if indicator in question.indicators
                    and (area, population, gender) == (question.area, question.population, question.gender)
                }
            )
            for question in questions
        ]

    def of_indicator(self, indicator: int) -> list[Figure]:
        """Every figure of one indicator, oldest first. Few areas now; narrow it when there are 290."""
        found = [
            row.record()
            for layer in self._layers
            for row in layer.filter(indicator=indicator).select_related("source")
        ]
        return sorted(found, key=lambda figure: (figure.period, figure.area, figure.statistic))

    def trails(self, indicator: int) -> list[list[FigureRow]]:
        """The figures of one indicator that were published more than once: all rows of each, oldest first.

        Withdrawals are among the rows. One query, and one for the coming ones; each row with its
        release and all that names it.
        """
        same_key = {name: OuterRef(name) for name in KEY}
        again = Q(Exists(self._ledger.filter(superseded_by__isnull=False, **same_key)))
        if self._coming is not None:
            again |= Q(Exists(self._coming.filter(**same_key)))
        related = ("indicator", "area", "population", "source", "release")
        rows: list[FigureRow] = [
            *self._ledger.filter(again, indicator=indicator)
            .select_related(*related)
            .order_by("release__published_at")
        ]
        if self._coming is not None:
            rows += self._coming.filter(indicator=indicator).select_related(*related)
        trails: dict[tuple[Any, ...], list[FigureRow]] = {}
        for row in rows:
            trails.setdefault(row.identity, []).append(row)
        return [trail for trail in trails.values() if len(trail) > 1]


def named(found: Sequence[Figure]) -> tuple[dict[int, AreaTerms], dict[int, str]]:
    """What the figures are about: the areas and the names of the populations, by primary key."""
    areas = Area.objects.filter(pk__in={figure.area for figure in found})
    populations = Population.objects.filter(pk__in={figure.population for figure in found})
    return {area.pk: area.terms() for area in areas}, dict(populations.values_list("pk", "name"))


def published(indicator: Indicator) -> QuerySet[Observation]:
    """The rows that readers see of one indicator, newest first, with all that names them: for the desk."""
    return (
        Observation.objects.filter(indicator=indicator, superseded_by=None)
        .exclude(status=Status.WITHDRAWN)
        .select_related("indicator", "area", "population", "source", "release")
        .order_by("-period", "area__name", "population__name", "statistic", "gender")
    )


def live() -> Figures:
    """What readers see now."""
    return Figures(Observation.objects.filter(superseded_by=None), ledger=Observation.objects.all())


def as_of(moment: datetime) -> Figures:
    """What readers saw at ``moment``: published by then, and superseded later or never.

    Times are those of the releases, not of the rows. A withdrawn figure is absent, as it was.
    """
    ledger = Observation.objects.filter(release__published_at__lte=moment)
    return Figures(
        ledger.filter(Q(superseded_by=None) | Q(superseded_by__published_at__gt=moment)),
        ledger=ledger,
    )


def with_release(release: Release) -> Figures:
    """What readers will see: the release's staged figures in place of the live ones of their keys."""
    staged = StagedFigure.objects.filter(release=release)
    replaced = staged.filter(**{name: OuterRef(name) for name in KEY})
    return Figures(
        Observation.objects.filter(~Exists(replaced), superseded_by=None),
        staged,
        ledger=Observation.objects.all(),
        coming=staged,
    )


def _column_condition(
    layer: QuerySet[Any],
    area: int,
    statistic: str,
    population: int,
    gender: str,
    period: int,
    allow_earlier: bool,
) -> Q:
    """Rows of one column; with ``allow_earlier`` also each series' newest earlier value."""
    condition = Q(area=area, population=population, gender=gender)
    if statistic in SUMMARY_STATISTICS:
        condition &= Q(statistic__in=[statistic, Statistic.SHARE_YES])
    else:
        condition &= Q(statistic=statistic)
    if not allow_earlier:
        return condition & Q(period=period)
    newest_earlier = (
        layer.annotate(length=F("period") % 10)
        .filter(
            indicator=OuterRef("indicator"),
            area=area,
            statistic=OuterRef("statistic"),
            population=population,
            gender=gender,
            period__lt=period,
            length=period % 10,
            value__isnull=False,
        )
        .order_by("-period")
        .values("period")[:1]
    )
    return condition & (Q(period=period) | Q(period=Subquery(newest_earlier)))
