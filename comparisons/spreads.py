"""What ``figures.py`` reads of the municipalities together: published distributions, and coming ones.

A distribution is computed and kept when a release is published (``distributions.py``). Before that, a
preview computes those the release touches, from the same rows and by the same function.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, Expression, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from comparisons.distributions import Spread, of_municipalities, spreads
from comparisons.models import GROUP, Distribution, StagedFigure
from comparisons.periods import Period
from comparisons.records import AreaTerms, Figure, MunicipalFigure
from comparisons.svenska import share_decimals
from comparisons.terms import (
    FEWEST_MUNICIPALITIES,
    AreaKind,
    Computed,
    Statistic,
    Status,
    ValueType,
    statistic_for,
)

#: The rows' names for ``GROUP``.
_GROUP = ("indicator_id", "population_id", "gender", "period")
_SAYS = tuple(field.name for field in fields(Spread))
#: What is read of a municipality, and of its figure.
_OF_AREA = ("area", "area__code", "area__name", "area__name_in_text")
_OF_FIGURE = ("value", "decimals", "n", "status", "preliminary")
#: What a computed column shows of a distribution.
_SHOWN = {
    Computed.MEDIAN: "median",
    Computed.MEAN: "mean",
    Computed.Q1: "q1",
    Computed.Q3: "q3",
    Computed.MINIMUM: "minimum",
    Computed.MAXIMUM: "maximum",
}


@dataclass(frozen=True)
class Group:
    """Whose values are held side by side: one indicator, population, gender and period."""

    indicator: int
    population: int
    gender: str
    period: int


@dataclass(frozen=True)
class Summed:
    """The spread of a group; ``origin`` is whom its data come from, in a word: ``Kolada``."""

    group: Group
    spread: Spread
    origin: str
    value_type: str

    def figure(self, area: int, statistic: str) -> Figure:
        """What a computed column of the country (``area``) shows of it.

        Of Ja and Nej the share of Ja, where others have a median or a mean; they have no quartiles or ends.
        """
        statistic = statistic_for(self.value_type, statistic)
        figure = Figure(
            self.group.indicator,
            area,
            str(statistic),
            Period(self.group.period),
            self.group.population,
            self.group.gender,
            n=self.spread.n,
            source=self.origin,
        )
        if statistic == Computed.SHARE_YES:
            value = share(self.spread)
            return replace(figure, value=value, decimals=share_decimals(value))
        if self.value_type == ValueType.YES_NO:
            return replace(figure, status=Status.NOT_APPLICABLE)
        value = getattr(self.spread, _SHOWN[Computed(statistic)])
        return replace(figure, value=value, decimals=self.spread.decimals_of(value))


def share(answers: Spread) -> Decimal:
    """How many per cent of Ja and Nej are Ja."""
    return answers.mean * 100


@dataclass(frozen=True)
class Spreads:
    """Distributions as a source of figures has them: those in force, and over them those of ``coming``."""

    distributions: QuerySet[Distribution]
    layers: Sequence[QuerySet[Any]]
    coming: QuerySet[StagedFigure] | None = None

    def find(self, wanted: Iterable[tuple[Iterable[int], Group, bool]]) -> list[Summed]:
        """The spreads of some indicators each in a group, whose own indicator does not count.

        None of a group with too few municipalities: the median of those that have reported first is not the
        country's, and on the first day it is the own value itself. With True as the third, also the newest
        earlier one of the same length. One query; with coming figures one more, and one a layer when they
        touch any of it.
        """
        kept, touched = Q(pk__in=[]), Q(pk__in=[])
        for indicators, group, allow_earlier in wanted:
            of = Q(indicator__in=sorted(indicators), population=group.population, gender=group.gender)
            exact = Q(period=group.period)
            kept |= of & (exact | Q(period=self._newest_before(group)) if allow_earlier else exact)
            touched |= of & (Q(period__lte=group.period) if allow_earlier else exact)
        found = {
            group: Summed(
                group,
                Spread(**{name: getattr(row, name) for name in _SAYS}),
                row.origin,  # type: ignore[attr-defined]
                row.value_type,  # type: ignore[attr-defined]
            )
            for row in self._of_enough.filter(kept).annotate(
                origin=Coalesce(self._origin(), _named("indicator__source")),
                value_type=F("indicator__value_type"),
            )
            for group in [Group(*(getattr(row, name) for name in _GROUP))]
        }
        if self.coming is not None:
            groups = self._touched(touched)
            found = {group: one for group, one in found.items() if group not in groups}
            found |= self._as_coming(groups)
        return list(found.values())

    def _touched(self, condition: Q) -> set[Group]:
        """The groups that the coming figures touch, withdrawals too."""
        assert self.coming is not None
        own_values = Q(statistic=Statistic.VALUE, area__kind=AreaKind.MUNICIPALITY)
        rows = self.coming.filter(condition, own_values).values_list(*_GROUP).distinct()
        return {Group(*row) for row in rows}

    def _as_coming(self, groups: set[Group]) -> dict[Group, Summed]:
        """The groups summed up as they will be; without those that nothing is left of."""
        touched = Q(pk__in=[])
        for group in groups:
            touched |= Q(**{name: getattr(group, name) for name in GROUP})
        rows: list[tuple[Any, ...]] = []
        about: dict[Group, tuple[str, str]] = {}
        for layer in self.layers if groups else ():
            for *row, code, origin, value_type in (
                of_municipalities(layer)
                .filter(touched)
                .annotate(origin=_named("source"))
                .values_list(*_GROUP, "value", "decimals", "area__code", "origin", "indicator__value_type")
            ):
                rows.append(tuple(row))
                if code != settings.OWN_MUNICIPALITY:
                    about[Group(*row[:4])] = (origin, value_type)
        found = ((Group(*key), one) for key, one in spreads(sorted(rows, key=lambda row: row[0])))
        return {
            group: Summed(group, one, *about[group]) for group, one in found if one.n >= FEWEST_MUNICIPALITIES
        }

    def municipalities(self, group: Group) -> list[MunicipalFigure]:
        """Every municipality's own figure in a group, with or without a value. One query a layer."""
        period, own = Period(group.period), settings.OWN_MUNICIPALITY
        # Hundreds of rows, so no instances of models: they would take most of the time.
        rows = [
            row
            for layer in self.layers
            for row in layer.filter(
                indicator=group.indicator,
                statistic=Statistic.VALUE,
                population=group.population,
                gender=group.gender,
                period=group.period,
                area__kind=AreaKind.MUNICIPALITY,
            ).values_list(*_OF_AREA, *_OF_FIGURE, _named("source"))
        ]
        return [
            MunicipalFigure(
                code,
                AreaTerms(area, name, in_text, code == own),
                Figure(
                    group.indicator,
                    area,
                    Statistic.VALUE,
                    period,
                    group.population,
                    group.gender,
                    **dict(zip(_OF_FIGURE, said, strict=True)),
                    source=origin,
                ),
            )
            for area, code, name, in_text, *said, origin in rows
        ]

    @property
    def _of_enough(self) -> QuerySet[Distribution]:
        return self.distributions.filter(n__gte=FEWEST_MUNICIPALITIES)

    def _newest_before(self, group: Group) -> Subquery:
        return Subquery(
            self._of_enough.annotate(length=F("period") % 10)
            .filter(
                indicator=OuterRef("indicator"),
                population=group.population,
                gender=group.gender,
                period__lt=group.period,
                length=group.period % 10,
            )
            .order_by("-period")
            .values("period")[:1]
        )

    def _origin(self) -> Subquery:
        """Whom the data come from: as one of the other municipalities' figures has it."""
        return Subquery(
            of_municipalities(self.layers[0])
            .filter(**{name: OuterRef(name) for name in GROUP})
            .exclude(area__code=settings.OWN_MUNICIPALITY)
            .values(named=_named("source"))[:1]
        )


def _named(source: str) -> Expression:
    """A source in a word: who passed the figures on, or else who made them."""
    return Case(
        When(**{f"{source}__fetched_from": "", "then": F(f"{source}__producer")}),
        default=F(f"{source}__fetched_from"),
        output_field=CharField(),
    )
