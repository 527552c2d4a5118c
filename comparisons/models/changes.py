"""When a page's text or a figure it shows last changed, kept apart from the page's own drafts."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm

from comparisons.desk.two_at_once.forms import TwoAtOnceForm


class DataChangedMixin(models.Model):
    """Gives a model ``data_changed_at``: when a published figure it shows last changed.

    Publishing a release moves it by a query, so publishing an older draft must not put it back.
    """

    data_changed_at = models.DateTimeField("siffror ändrade", null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """The object as the revision says, with the time kept that the database knows."""
        obj: Self = super().with_content_json(content)  # type: ignore[misc]
        obj.data_changed_at = self.data_changed_at
        return obj


class TextChangedForm(TwoAtOnceForm, WagtailAdminPageForm):
    """The form of our pages, in which "only a small correction" is never ticked from the last time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "minor_edit" in self.fields:
            self.initial["minor_edit"] = False


class TextChangedMixin(models.Model):
    """Gives a page an honest "Senast ändrad": a typo, marked as such, does not move it."""

    text_changed_at = models.DateTimeField("text ändrad", null=True, blank=True, editable=False)
    minor_edit = models.BooleanField(
        "bara en liten rättning",
        default=False,
        help_text="Kryssa i för stavfel och liknande. Då flyttas inte ”Senast ändrad” när du publicerar.",
    )

    reviewed_at = models.DateTimeField(
        "senast genomläst",
        null=True,
        blank=True,
        editable=False,
        help_text="When somebody last said that the page still holds, without changing it.",
    )

    base_form_class = TextChangedForm

    class Meta:
        abstract = True

    @property
    def changed_at(self) -> datetime | None:
        """When the text, or a figure shown, last changed; None for a page never published."""
        times = [self.text_changed_at, getattr(self, "data_changed_at", None)]
        return max((time for time in times if time), default=None)

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """The object as the revision says, with the times kept that the database knows."""
        obj: Self = super().with_content_json(content)  # type: ignore[misc]
        obj.text_changed_at = self.text_changed_at
        obj.reviewed_at = self.reviewed_at
        return obj


def note_publication(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """Receiver of ``page_published``: move the time of the text, unless it was a small correction."""
    if not isinstance(instance, TextChangedMixin):
        return
    if instance.text_changed_at is None or not instance.minor_edit:
        instance.text_changed_at = timezone.now()
    instance.minor_edit = False
    sender._default_manager.filter(pk=instance.pk).update(
        text_changed_at=instance.text_changed_at, minor_edit=False
    )
