"""What the municipalities' figures are together: computed by us, never mixed up with what a source says."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from comparisons.models.areas import Population
from comparisons.models.indicators import Indicator
from comparisons.terms import EMPTY_POPULATION, Gender

#: What makes a distribution unique; the period last, as in the key of a figure.
GROUP = ("indicator", "population", "gender", "period")


def _figure(name: str) -> "models.DecimalField[models.DecimalField, models.DecimalField]":
    return models.DecimalField(name, max_digits=18, decimal_places=8)


class Distribution(models.Model):
    """Fördelning: the municipalities' own values of one indicator, period, gender and population, summed up.

    Computed when a release that touches the group is published, and kept as observations are: a newer
    one supersedes it, so that what readers saw on a day can be shown again.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, db_index=False)
    population = models.ForeignKey(Population, models.PROTECT, default=EMPTY_POPULATION, db_index=False)
    gender = models.CharField("kön", max_length=1, choices=Gender, default=Gender.TOTAL)
    period = models.IntegerField("period")
    n = models.IntegerField("antal kommuner")
    minimum = _figure("lägsta värde")
    q1 = _figure("undre kvartil")
    median = _figure("median")
    q3 = _figure("övre kvartil")
    maximum = _figure("högsta värde")
    mean = _figure("ovägt medelvärde")
    decimals = models.SmallIntegerField("decimaler")
    release = models.ForeignKey("Release", models.PROTECT, related_name="distributions")
    superseded_by = models.ForeignKey("Release", models.PROTECT, null=True, related_name="+", db_index=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "fördelning"
        verbose_name_plural = "fördelningar"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=GROUP, condition=Q(superseded_by__isnull=True), name="distribution_live_once"
            ),
            models.UniqueConstraint(fields=[*GROUP, "release"], name="distribution_once_a_release"),
            models.CheckConstraint(condition=Q(n__gte=1), name="distribution_of_some"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period} {self.gender}: {self.n}"
