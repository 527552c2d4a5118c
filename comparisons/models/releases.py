"""Releases: what becomes public together, after one review, in one transaction."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse


class LedgerClock(models.Model):
    """One row, locked by whoever publishes: counts publications and keeps their times in order."""

    version = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pk=1), name="ledger_has_one_clock")
        ]

    def __str__(self) -> str:
        return f"{self.version}"

    @classmethod
    def wait_for_turn(cls) -> "LedgerClock":
        """The row, locked until the transaction ends: nobody else publishes or saves figures meanwhile."""
        return cls.objects.select_for_update().get(pk=1)


class ReleaseState(models.TextChoices):
    """Where a release stands on its way to the public."""

    DRAFT = "draft", "Utkast"
    SUBMITTED = "submitted", "Väntar på granskning"
    APPROVED = "approved", "Godkänd"
    SCHEDULED = "scheduled", "Tidsatt"
    PUBLISHED = "published", "Publicerad"
    FAILED = "failed", "Misslyckad"
    WITHDRAWN = "withdrawn", "Indragen"


class Release(models.Model):
    """Publicering: staged figures and pages with a title and a reason, and its way to the public."""

    State = ReleaseState
    #: States in which its staged figures may still change.
    OPEN = (ReleaseState.DRAFT,)
    #: States from which it can be published.
    READY = (ReleaseState.APPROVED, ReleaseState.SCHEDULED)

    TITLE_LENGTH = 200

    title = models.CharField("rubrik", max_length=TITLE_LENGTH)
    reason = models.TextField("anledning", help_text="Varför siffrorna ändras. Läsare ska kunna förstå det.")
    state = models.CharField(
        "läge", max_length=20, choices=ReleaseState, default=ReleaseState.DRAFT, editable=False
    )
    created_at = models.DateTimeField("skapad", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="skapad av",
    )
    submitted_at = models.DateTimeField("skickad", null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    approved_at = models.DateTimeField("godkänd", null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    publish_at = models.DateTimeField("publiceras", null=True, blank=True)
    published_at = models.DateTimeField("publicerad", null=True, editable=False)
    undoes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="undone_by",
        verbose_name="ångrar",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "publicering"
        verbose_name_plural = "publiceringar"
        ordering: ClassVar = ["-created_at"]
        permissions: ClassVar = [("publish_release", "Kan godkänna och publicera siffror")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="published", published_at__isnull=False)
                | models.Q(~models.Q(state="published"), published_at__isnull=True),
                name="release_published_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ReleaseState.values), name="release_state_known"
            ),
            models.UniqueConstraint(fields=["published_at"], name="release_times_apart"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_admin_url(self) -> str:
        """The release's own screen in the admin."""
        return reverse("releases:inspect", args=[self.pk])


class ReleaseMember(models.Model):
    """A page or an indicator whose draft goes public together with the release's figures."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="members")
    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.CharField(max_length=255)
    content_object = GenericForeignKey("content_type", "object_id")
    revision = models.ForeignKey("wagtailcore.Revision", models.CASCADE, related_name="+")
    base_live_revision = models.ForeignKey(
        "wagtailcore.Revision", models.SET_NULL, null=True, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["release", "content_type", "object_id"], name="release_member_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id}"
