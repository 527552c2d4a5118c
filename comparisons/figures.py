"""The only reader of figures. Tables, pages, previews and files ask a ``Figures`` and never the tables.

``live()`` is what readers see, ``as_of(moment)`` what they saw then, ``with_release(release)`` what
they will see when the release is published.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from comparisons.models import (
    KEY,
    Area,
    Distribution,
    Indicator,
    Membership,
    Observation,
    Population,
    Release,
    StagedFigure,
)
from comparisons.models.areas import is_other_municipality
from comparisons.models.observations import Figure as FigureRow
from comparisons.periods import Period
from comparisons.records import AreaTerms, Column, Figure, MunicipalFigure, OwnPeriods, Wanted
from comparisons.spreads import Group, Spreads, Summed
from comparisons.terms import SUMMARY_STATISTICS, AreaKind, Statistic, Status

#: So many others an indicator may have for all to be shown on its page; with one more, and the own, they
#: are ``FEWEST_MUNICIPALITIES``.
FEW = 8
#: What Kolada calls the group that is alike over all; the municipality's name follows, and the year.
_ALIKE = "Liknande kommuner, övergripande"


@dataclass(frozen=True)
class AreasShown:
    """The areas whose figures an indicator's page shows by primary key, and the picked ones' codes.

    ``are_many`` when there are more municipalities than can all be shown.
    """

    by_id: dict[int, AreaTerms] = field(default_factory=dict)
    picked: dict[str, int] = field(default_factory=dict)
    are_many: bool = False


class Figures:
    """A source of figures: one or more layers of rows, in which a key occurs once.

    ``ledger`` is every row that has been published, superseded ones too; ``coming`` are the staged
    rows of a release that is looked at before it is published.
    """

    def __init__(
        self,
        *layers: QuerySet[Any],
        ledger: QuerySet[Observation],
        distributions: QuerySet[Distribution],
        coming: QuerySet[StagedFigure] | None = None,
    ) -> None:
        self._layers = [layer.exclude(status=Status.WITHDRAWN) for layer in layers]
        self._ledger = ledger
        self._coming = coming
        self._spreads = Spreads(distributions, self._layers, coming)

    def own_area(self) -> AreaTerms | None:
        """The own municipality, or None while nobody has entered it."""
        area = Area.objects.own()
        return area.terms() if area else None

    def cells(self, wanted: Iterable[Wanted]) -> list[Figure]:
        """Every figure the tables can show; one query a layer, however many tables and indicators.

        One more where a column shows what we compute.
        """
        alternatives = [
            (table.indicators, column, table.allow_earlier) for table in wanted for column in table.columns
        ]
        stored = [alternative for alternative in alternatives if not alternative[1].is_computed]
        computed = [alternative for alternative in alternatives if alternative[1].is_computed]
        return [*self._stored(stored), *self._computed(computed)]

    def _stored(self, alternatives: Sequence[tuple[frozenset[int], Column, bool]]) -> list[Figure]:
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

    def _computed(self, alternatives: Sequence[tuple[frozenset[int], Column, bool]]) -> list[Figure]:
        if not alternatives:
            return []
        found = self._spreads.find(
            (ids, Group(0, column.population, column.gender, column.period.code), allow_earlier)
            for ids, column, allow_earlier in alternatives
        )
        asked = {
            (column.area.id, column.statistic, column.population, column.gender)
            for _, column, _ in alternatives
        }
        return list(
            {
                (summed.group, figure.series): figure
                for summed in found
                for area, statistic, population, gender in asked
                if (population, gender) == (summed.group.population, summed.group.gender)
                for figure in [summed.figure(area, statistic)]
            }.values()
        )

    def spread(self, group: Group) -> Summed | None:
        """The spread of one group, or None while too few municipalities have a value in it."""
        found = self._spreads.find([([group.indicator], group, False)])
        return found[0] if found else None

    def municipalities(self, group: Group) -> list[MunicipalFigure]:
        """Every municipality's own figure in a group, also those without a value. One query a layer."""
        return self._spreads.municipalities(group)

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

    def areas_of(self, indicator: int, picked: Collection[str] = ()) -> AreasShown:
        """Whose figures the page of an indicator shows. One query.

        The own municipality, the country, groups that have figures, the municipalities whose codes are
        ``picked``; and the other municipalities and regions that have figures, where they are few.
        """
        has_figures = Q()
        for layer in self._layers:
            has_figures |= Q(Exists(layer.filter(indicator=indicator, area=OuterRef("pk"))))
        own, single = Q(code=settings.OWN_MUNICIPALITY), Q(kind__in=(AreaKind.MUNICIPALITY, AreaKind.REGION))
        others = Area.objects.filter(single, has_figures).exclude(own).order_by("pk").values("pk")[: FEW + 1]
        is_picked = Q(code__in=list(picked), kind=AreaKind.MUNICIPALITY) & ~own
        found = Area.objects.filter(
            own
            | is_picked
            | Q(kind=AreaKind.COUNTRY)
            | (Q(kind=AreaKind.GROUP) & has_figures)
            | Q(pk__in=others)
        ).annotate(
            is_other=Case(When(single & ~own & has_figures, then=Value(True)), default=Value(False)),
            is_picked=Case(When(is_picked, then=Value(True)), default=Value(False)),
        )
        areas: list[Any] = list(found)
        are_many = sum(area.is_other for area in areas) > FEW
        return AreasShown(
            {area.pk: area.terms() for area in areas if area.is_picked or not (area.is_other and are_many)},
            {area.code: area.pk for area in areas if area.is_picked},
            are_many,
        )

    def of_indicator(self, indicator: int, areas: Collection[int] | None = None) -> list[Figure]:
        """The figures of one indicator, oldest first, of the areas that its page shows, or of ``areas``."""
        if areas is None:
            areas = self.areas_of(indicator).by_id
        found = [
            row.record()
            for layer in self._layers
            for row in layer.filter(indicator=indicator, area__in=sorted(areas)).select_related("source")
        ]
        return sorted(found, key=lambda figure: (figure.period, figure.area, figure.statistic))

    def trails(self, indicator: int, areas: Collection[int] | None = None) -> list[list[FigureRow]]:
        """The figures of one indicator that were published more than once: all rows of each, oldest first.

        Of ``areas``, or of those that its page shows. Withdrawals are among the rows. One query, and one
        for the coming ones; each row with its release and all that names it.
        """
        if areas is None:
            areas = self.areas_of(indicator).by_id
        of = {"indicator": indicator, "area__in": sorted(areas)}
        same_key = {name: OuterRef(name) for name in KEY}
        again = Q(Exists(self._ledger.filter(superseded_by__isnull=False, **same_key)))
        if self._coming is not None:
            again |= Q(Exists(self._coming.filter(**same_key)))
        related = ("indicator", "area", "population", "source", "release")
        rows: list[FigureRow] = [
            *self._ledger.filter(again, **of).select_related(*related).order_by("release__published_at")
        ]
        if self._coming is not None:
            rows += self._coming.filter(**of).select_related(*related)
        trails: dict[tuple[Any, ...], list[FigureRow]] = {}
        for row in rows:
            trails.setdefault(row.identity, []).append(row)
        return [trail for trail in trails.values() if len(trail) > 1]


def alike(peers: int | None, own: AreaTerms) -> list[int]:
    """The municipalities that are called similar: those of the group ``peers``, or of the overall one.

    That is the newest that Kolada has made for the own municipality. One query.
    """
    if peers is None:
        overall = Area.objects.filter(kind=AreaKind.GROUP).filter(
            Q(name=_ALIKE) | Q(name__startswith=f"{_ALIKE}, {own.name}")
        )
        newest = overall.order_by(F("year").desc(nulls_last=True), "-name").values("pk")[:1]
        members = Membership.objects.filter(group=Subquery(newest))
    else:
        members = Membership.objects.filter(group=peers)
    return list(members.exclude(member=own.id).values_list("member", flat=True))


def named(found: Sequence[Figure]) -> tuple[dict[int, AreaTerms], dict[int, str]]:
    """What the figures are about: the areas and the names of the populations, by primary key."""
    areas = Area.objects.filter(pk__in={figure.area for figure in found})
    return {area.pk: area.terms() for area in areas}, populations(found)


def populations(found: Sequence[Figure]) -> dict[int, str]:
    """The names of the populations that the figures are about, by primary key."""
    named = Population.objects.filter(pk__in={figure.population for figure in found})
    return dict(named.values_list("pk", "name"))


def published(indicator: Indicator) -> QuerySet[Observation]:
    """The rows that readers see of one indicator, newest first, with all that names them: for the desk."""
    return (
        Observation.objects.filter(indicator=indicator, superseded_by=None)
        .exclude(status=Status.WITHDRAWN)
        .select_related("indicator", "area", "population", "source", "release")
        .order_by(
            "-period",
            is_other_municipality("area"),
            "area__name",
            "population__name",
            "statistic",
            "gender",
        )
    )


def live() -> Figures:
    """What readers see now."""
    return Figures(
        Observation.objects.filter(superseded_by=None),
        ledger=Observation.objects.all(),
        distributions=Distribution.objects.filter(superseded_by=None),
    )


def as_of(moment: datetime) -> Figures:
    """What readers saw at ``moment``: published by then, and superseded later or never.

    Times are those of the releases, not of the rows. A withdrawn figure is absent, as it was.
    """
    ledger = Observation.objects.filter(release__published_at__lte=moment)
    in_force = Q(superseded_by=None) | Q(superseded_by__published_at__gt=moment)
    return Figures(
        ledger.filter(in_force),
        ledger=ledger,
        distributions=Distribution.objects.filter(in_force, release__published_at__lte=moment),
    )


def with_release(release: Release) -> Figures:
    """What readers will see: the release's staged figures in place of the live ones of their keys."""
    staged = StagedFigure.objects.filter(release=release)
    replaced = staged.filter(**{name: OuterRef(name) for name in KEY})
    return Figures(
        Observation.objects.filter(~Exists(replaced), superseded_by=None),
        staged,
        ledger=Observation.objects.all(),
        distributions=Distribution.objects.filter(superseded_by=None),
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
