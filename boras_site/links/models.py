"""What the check of links remembers from one run to the next."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from wagtail.models import Page

from comparisons.models import Indicator, Source

#: No browser takes a longer address, and no index of a database.
MAX_URL = 2000


class Reason(models.TextChoices):
    """Why a link is broken, as the end of a sentence."""

    PAGE_GONE = "page_gone", "leder till en sida som är borttagen"
    PAGE_HIDDEN = "page_hidden", "leder till en sida som inte är publicerad"
    DOCUMENT_GONE = "document_gone", "leder till ett dokument som är borttaget"
    NOT_HERE = "not_here", "leder till en adress som inte finns på vår webbplats"
    NO_FRAGMENT = "no_fragment", "leder till en rubrik eller tabell som inte finns på sidan"
    GONE = "gone", "leder till en sida som inte finns längre"
    NO_SUCH_NAME = "no_such_name", "leder till en webbplats som inte finns"
    UNTRUSTED = "untrusted", "leder till en webbplats med fel på sitt säkerhetscertifikat"
    UNSURE = "unsure", "har inte gått att kontrollera på flera dagar"


class BrokenLink(models.Model):
    """A link that leads nowhere, and the page, indicator or source that holds it.

    ``url`` is the address as it was written; a link that was chosen in the editor is ``page:12`` or
    ``document:5``. ``path`` is where it stands in the editor.
    """

    page = models.ForeignKey(Page, models.CASCADE, null=True, related_name="+")
    indicator = models.ForeignKey(Indicator, models.CASCADE, null=True, related_name="+")
    source = models.ForeignKey(Source, models.CASCADE, null=True, related_name="+")
    path = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=MAX_URL)
    text = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=20, choices=Reason)
    found_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "trasig länk"
        verbose_name_plural = "trasiga länkar"
        ordering: ClassVar = ["found_at", "pk"]
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                name="broken_link_has_one_holder",
                condition=Q(page__isnull=False, indicator__isnull=True, source__isnull=True)
                | Q(page__isnull=True, indicator__isnull=False, source__isnull=True)
                | Q(page__isnull=True, indicator__isnull=True, source__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.holder}: {self.url}"

    @property
    def holder(self) -> Any:
        """The page, indicator or source that holds it."""
        return self.page or self.indicator or self.source


class UnsureAddress(models.Model):
    """An address elsewhere that answered neither that it is there nor that it is gone.

    Many sites turn machines away (403, 429) or are down for a while, so it is told as broken only
    after several days, and not when somebody has looked and found that it works.
    """

    url = models.CharField(max_length=MAX_URL, unique=True)
    days = models.PositiveSmallIntegerField(help_text="On how many days it has failed.")
    failed_on = models.DateField(help_text="The last of those days.")
    works_at = models.DateTimeField(null=True, help_text="When somebody last said that it works.")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "osäker adress"
        verbose_name_plural = "osäkra adresser"
        default_permissions = ()

    def __str__(self) -> str:
        return self.url
