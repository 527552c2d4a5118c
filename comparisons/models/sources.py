"""Where figures come from."""

from typing import ClassVar

from django.db import models
from wagtail.search import index

from comparisons.models.kept import KeptWhileUsed
from comparisons.svenska import SWEDISH_COLLATION


class Source(KeptWhileUsed, index.Indexed, models.Model):
    """Källa: who made the figures, where they were published, and on what terms."""

    producer = models.CharField(
        "vem som tagit fram siffrorna",
        max_length=200,
        db_collation=SWEDISH_COLLATION,
        help_text="Till exempel Brå, eller MSB och SKL.",
    )
    publication = models.CharField(
        "publikation",
        max_length=200,
        blank=True,
        help_text="Rapporten eller statistiken: Öppna jämförelser Trygghet och säkerhet.",
    )
    fetched_from = models.CharField(
        "hämtat från",
        max_length=200,
        blank=True,
        help_text="Om någon annan förmedlat siffrorna: Kolada.",
    )
    url = models.URLField("webbadress", blank=True)
    licence = models.CharField("licens eller villkor", max_length=200, blank=True)
    fetched_at = models.DateField("hämtat den", null=True, blank=True)

    search_fields: ClassVar = [
        index.SearchField("producer"),
        index.SearchField("publication"),
        index.AutocompleteField("producer"),
        index.AutocompleteField("publication"),
    ]

    class Meta:
        verbose_name = "källa"
        verbose_name_plural = "källor"
        ordering: ClassVar = ["producer", "publication"]

    def __str__(self) -> str:
        return self.citation

    @property
    def citation(self) -> str:
        """The source as it stands under a table: ``Brå, Öppna jämförelser …, hämtat från Kolada``."""
        parts = [self.producer, self.publication]
        if self.fetched_from:
            parts.append(f"hämtat från {self.fetched_from}")
        return ", ".join(part for part in parts if part)
