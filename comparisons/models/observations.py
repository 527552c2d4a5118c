"""Figures: staged in a release, or published in the ledger. Rules that one row can tell are checks here."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import In

from comparisons.models.areas import Area, Population
from comparisons.models.indicators import Indicator
from comparisons.models.sources import Source
from comparisons.periods import FIRST_YEAR, LAST_YEAR, Length, Period
from comparisons.records import Column
from comparisons.records import Figure as FigureRecord
from comparisons.terms import EMPTY_POPULATION, Gender, Statistic, Status

#: What makes a figure unique; the period last, for "the latest at or before".
KEY = ("indicator", "area", "statistic", "population", "gender", "period")


#: The key of a staged figure, which is looked up whole: numbers are compared and kept at less cost.
_NUMBERS_FIRST = ("indicator", "area", "period", "population", "gender", "statistic")
#: The key of an observation in the index that all municipalities of one period are read by.
_AREA_LAST = ("indicator", "period", "gender", "population", "statistic", "area")
#: The last three digits that a period can have: end month × 10 + length (see periods.py). The whole year
#: first, which nearly every figure is of: the check goes through them one by one.
PERIOD_TAILS = sorted(
    (month * 10 + length for length in Length for month in range(length.months, 13, length.months)),
    reverse=True,
)


class Figure(models.Model):
    """One figure: unique by indicator, area, statistic, population, gender and period."""

    statistic = models.CharField("statistik", max_length=10, choices=Statistic, default=Statistic.VALUE)
    gender = models.CharField("kön", max_length=1, choices=Gender, default=Gender.TOTAL)
    period = models.IntegerField("period")
    value = models.DecimalField("värde", max_digits=18, decimal_places=8, null=True, blank=True)
    decimals = models.SmallIntegerField("decimaler", null=True, blank=True)
    n = models.IntegerField("antal bakom värdet", null=True, blank=True)
    status = models.CharField("status", max_length=15, choices=Status, default=Status.NORMAL)
    preliminary = models.BooleanField("preliminär", default=False)
    source_status = models.CharField("källans egen status", max_length=40, blank=True, default="")
    note = models.CharField("anteckning", max_length=255, blank=True, default="")

    # Each table names these itself: the ledger enforces them, the staging table does not.
    indicator: models.ForeignKey[Any, Indicator]
    area: models.ForeignKey[Any, Area]
    population: models.ForeignKey[Any, Population]
    source: models.ForeignKey[Any, Source]
    indicator_id: int
    area_id: int
    population_id: int
    source_id: int

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.in_words

    @property
    def when(self) -> Period:
        """The period as a ``Period``."""
        return Period(self.period)

    @property
    def key(self) -> dict[str, Any]:
        """What makes the figure unique, as arguments for a query."""
        names = (self._meta.get_field(name).attname for name in KEY)  # type: ignore[union-attr]
        return {name: getattr(self, name) for name in names}

    @property
    def identity(self) -> tuple[Any, ...]:
        """What makes the figure unique, as one value to compare and look up by."""
        return tuple(self.key.values())

    @property
    def column(self) -> Column:
        """The column of a table that the figure would stand in."""
        return Column(
            area=self.area.terms(),
            statistic=self.statistic,
            period=self.when,
            population=self.population_id,
            population_name=self.population.name,
            gender=self.gender,
        )

    @property
    def in_words(self) -> str:
        """Which figure it is: ``Antal anmälda våldsbrott per 1 000 invånare, Median riket 2017``."""
        return f"{self.indicator}, {self.column.auto_label()}"

    def record(self) -> FigureRecord:
        """The figure as tables know it. Wants ``source`` to be fetched already."""
        return FigureRecord(
            indicator=self.indicator_id,
            area=self.area_id,
            statistic=self.statistic,
            period=self.when,
            population=self.population_id,
            gender=self.gender,
            value=self.value,
            decimals=self.decimals,
            n=self.n,
            status=self.status,
            preliminary=self.preliminary,
            source=self.source.citation,
            note=self.note,
        )

    @staticmethod
    def checks(prefix: str) -> list[models.BaseConstraint]:
        """What no row may ever be, for the table whose constraint names start with ``prefix``."""
        normal = Q(status=Status.NORMAL)
        return [
            models.CheckConstraint(name=f"{prefix}_{name}", condition=condition)
            for name, condition in {
                "value_unless_missing": Q(normal, value__isnull=False, decimals__isnull=False)
                | Q(~normal, value__isnull=True, decimals__isnull=True),
                "status_known": Q(status__in=Status.values),
                "statistic_known": Q(statistic__in=Statistic.values),
                "gender_known": Q(gender__in=Gender.values),
                "decimals_0_8": Q(decimals__isnull=True) | Q(decimals__range=(0, 8)),
                "n_positive": Q(n__isnull=True) | Q(n__gte=1),
                "share_0_100": ~Q(statistic=Statistic.SHARE_YES)
                | Q(value__isnull=True)
                | Q(value__range=(0, 100)),
                "period_in_range": Q(period__range=(FIRST_YEAR * 1000, LAST_YEAR * 1000 + 999)),
                "period_is_one": Q(In(F("period") % 1000, PERIOD_TAILS)),
            }.items()
        ]


class StagedFigure(Figure):
    """A figure of a release that is not published. Mutable; no reader ever sees it.

    The foreign keys are not enforced row by row in the database, and have no index of their own:
    figures come in by the million. Those of the ledger are, when the release is published. The key
    starts with the release, by which every question is asked.
    """

    release = models.ForeignKey(
        "Release", models.CASCADE, related_name="staged", db_constraint=False, db_index=False
    )
    indicator = models.ForeignKey(Indicator, models.PROTECT, db_constraint=False, db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, db_constraint=False, db_index=False)
    population = models.ForeignKey(
        Population, models.PROTECT, db_constraint=False, db_index=False, default=EMPTY_POPULATION
    )
    source = models.ForeignKey(Source, models.PROTECT, db_constraint=False, db_index=False)
    base = models.ForeignKey(
        "Observation",
        models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
        help_text="The published figure it was compared with when it was staged.",
    )
    overruled = models.CharField(
        "stämmer ändå, därför att",
        max_length=255,
        blank=True,
        default="",
        help_text="Why the figure is right though it looks like a slip.",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "siffra i en publicering"
        verbose_name_plural = "siffror i en publicering"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", *_NUMBERS_FIRST], name="staged_key_once"),
            *Figure.checks("staged"),
        ]


class Observation(Figure):
    """A published figure. Rows are only ever inserted; ``superseded_by`` is set once.

    Triggers in both databases refuse everything else. ``ledger.py`` is the only writer.
    """

    release = models.ForeignKey("Release", models.PROTECT, related_name="observations")
    indicator = models.ForeignKey(Indicator, models.PROTECT, db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, db_index=False)
    population = models.ForeignKey(Population, models.PROTECT, default=EMPTY_POPULATION, db_index=False)
    source = models.ForeignKey(Source, models.PROTECT, db_index=False)
    superseded_by = models.ForeignKey(
        "Release", models.PROTECT, null=True, related_name="superseded", db_index=False
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "publicerad siffra"
        verbose_name_plural = "publicerade siffror"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=KEY,
                condition=Q(superseded_by__isnull=True),
                name="observation_live_key_once",
            ),
            models.UniqueConstraint(fields=[*_AREA_LAST, "release"], name="observation_key_once_a_release"),
            *Figure.checks("observation"),
        ]
