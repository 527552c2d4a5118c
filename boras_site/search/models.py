"""The index: what can be found, and the words that find it. Written by index.py only."""

from typing import ClassVar

from django.db import models

from boras_site.search.words import MAX_LENGTH
from comparisons.models import Indicator


class SearchDocument(models.Model):
    """A page or an indicator as the search knows it."""

    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, null=True, related_name="+")
    indicator = models.OneToOneField(Indicator, models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=255)
    #: Every ``documents.Part`` as a dictionary, in reading order.
    parts = models.JSONField(default=list)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(page=None, indicator__isnull=False)
                | models.Q(page__isnull=False, indicator=None),
                name="search_document_is_of_one",
            )
        ]

    def __str__(self) -> str:
        return self.title


class SearchTerm(models.Model):
    """A word of a document, once for each spelling."""

    document = models.ForeignKey(SearchDocument, models.CASCADE, related_name="terms")
    spelling = models.CharField(max_length=MAX_LENGTH)
    word = models.CharField("the spelling, folded", max_length=MAX_LENGTH)
    stem = models.CharField("the stem, folded", max_length=MAX_LENGTH)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "spelling"], name="search_term_once_a_document")
        ]

    def __str__(self) -> str:
        return self.spelling
