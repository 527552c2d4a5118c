"""Which of Kolada's KPIs an indicator is, and what Kolada says of it."""

import re
from typing import ClassVar

from django.db import models

from comparisons.models.indicators import Indicator
from comparisons.models.sources import Source

#: How Kolada tells that a KPI is discontinued: the last year, in its title.
_ENDED = re.compile(r"\(-\s?(\d{4})\)\s*$")


class KoladaLink(models.Model):
    """An indicator's KPI in Kolada. Not part of the indicator's drafts: the nightly fetch writes it."""

    indicator = models.OneToOneField(Indicator, models.CASCADE, related_name="kolada")
    kpi = models.CharField("nyckeltal i Kolada", max_length=20, unique=True, help_text="Till exempel U07418.")
    title = models.CharField("namn när det valdes", max_length=500)
    title_now = models.CharField("namn nu", max_length=500)
    description = models.TextField("beskrivning", blank=True)
    producer = models.CharField("källa enligt beskrivningen", max_length=200, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="+", help_text="The source that its figures are given."
    )
    decimals = models.SmallIntegerField(
        "decimaler", help_text="Kolada avrundar inte. Så många decimaler visas."
    )
    by_gender = models.BooleanField("delas upp på kön", default=False)
    municipality_type = models.CharField("gäller", max_length=5, blank=True)
    next_publication_on = models.DateField("nästa publicering", null=True, blank=True)
    is_gone = models.BooleanField("finns inte längre", default=False)
    fault = models.CharField("varför siffrorna inte kom med", max_length=500, blank=True)
    fetched_at = models.DateTimeField("senast hämtad", null=True, blank=True)

    class Meta:
        verbose_name = "koppling till Kolada"
        verbose_name_plural = "kopplingar till Kolada"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(decimals__range=(0, 8)), name="kolada_link_decimals_0_8"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kpi} {self.title_now}"

    @property
    def is_retitled(self) -> bool:
        """Whether Kolada calls it something else than when the editor picked it."""
        return self.title_now != self.title

    @property
    def ended(self) -> int | None:
        """The last year of a discontinued KPI, which Kolada tells in its title only."""
        match = _ENDED.search(self.title_now)
        return int(match[1]) if match else None
