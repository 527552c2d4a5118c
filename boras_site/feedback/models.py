"""What a reader sent. Nothing in it says who she is: no address, no browser, no name."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from comparisons.svenska import format_datetime

MAX_PAGE = 500
MAX_MESSAGE = 4000


class Kind(models.TextChoices):
    """Which form it came from."""

    FAULT = "fault", "Rapporterad brist"
    HELPED = "helped", "Hjälpte sidan dig?"


class Feedback(models.Model):
    """One answer: a reported fault, or yes or no to whether a page helped, with what was written."""

    kind = models.CharField("slag", max_length=10, choices=Kind)
    page = models.CharField("sida", max_length=MAX_PAGE, blank=True)
    helped = models.BooleanField(
        "hjälpte sidan",
        null=True,
        blank=True,
        choices=[(None, "Inte besvarad"), (True, "Ja"), (False, "Nej")],
    )
    message = models.TextField("meddelande", max_length=MAX_MESSAGE, blank=True)
    received_at = models.DateTimeField("kom in", default=timezone.now, db_index=True, editable=False)
    handled = models.BooleanField("åtgärdad", default=False)

    class Meta:
        verbose_name = "svar från läsare"
        verbose_name_plural = "läsarnas svar"
        ordering = ["-received_at", "-pk"]
        # Nobody writes one in the admin.
        default_permissions = ("change", "delete", "view")
        constraints = [
            models.CheckConstraint(
                condition=Q(page="") | (Q(page__startswith="/") & ~Q(page__startswith="//")),
                name="feedback_page_is_a_path",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.FAULT, helped__isnull=True) | Q(kind=Kind.HELPED, helped__isnull=False),
                name="feedback_helped_is_answered",
            ),
        ]

    def __str__(self) -> str:
        # Never the message: the name stands in logs and choosers.
        return f"{self.get_kind_display()} {format_datetime(timezone.localtime(self.received_at))}"
