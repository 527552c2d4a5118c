"""The accessibility statement (tillgänglighetsredogörelse) that the law wants of every public site.

The editor fills in facts. The sentences that the law and Digg's model statement prescribe stand in the
template, so that they are right whatever the facts are.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from boras_site.models.faults import FaultBlock, Reason
from comparisons.desk.address import ADDRESS_AND_MENU
from comparisons.models.changes import TextChangedForm, TextChangedMixin
from comparisons.richtext import RUNNING_TEXT
from comparisons.svenska import SOFT_HYPHEN


class Conformance(models.TextChoices):
    """How far the site meets the law."""

    FULL = "full", "Helt förenlig med lagen"
    PARTIAL = "partial", "Delvis förenlig med lagen"
    NONE = "none", "Inte förenlig med lagen"


class Assessment(models.TextChoices):
    """Who tested."""

    OWN = "own", "Intern testning: vi har testat själva"
    EXTERNAL = "external", "Extern granskning: någon annan har testat"
    BOTH = "both", "Både intern testning och extern granskning"


class StatementForm(TextChangedForm):
    """Tells the page whether it is saved as a draft, which may be half done."""

    def clean(self) -> dict[str, Any]:
        """The form's own values."""
        cleaned: dict[str, Any] = super().clean()
        self.instance.is_half_done = self.is_deferred_validation
        return cleaned


class AccessibilityStatementPage(TextChangedMixin, Page):
    """The statement: one on the site, linked from every footer."""

    #: Set by the form that saves a draft; what is published is always checked.
    is_half_done = False

    service_name = models.CharField(
        "tjänstens namn",
        max_length=120,
        help_text="Webbplatsen som redogörelsen gäller, till exempel: Öppna jämförelser.",
    )
    service_url = models.URLField("tjänstens adress")
    conformance = models.CharField(
        "hur väl uppfylls lagen?", max_length=10, choices=Conformance, default=Conformance.PARTIAL
    )
    answer_time = models.CharField(
        "svarstid",
        max_length=80,
        blank=True,
        help_text="Hur snart den som hör av sig får svar, till exempel: två arbetsdagar.",
    )
    standard = models.TextField(
        "krav som vi testar mot",
        max_length=400,
        default=(
            "Lagens krav är standarden EN 301 549 V3.2.1, som bygger på WCAG 2.1 nivå AA. "
            "Vi bygger och testar mot WCAG 2.2 nivå AA."
        ),
    )
    faults = StreamField(
        [("fault", FaultBlock())],
        verbose_name="innehåll som inte är tillgängligt",
        blank=True,
        help_text="En rad för varje brist, och för varje slag av innehåll som lagen inte omfattar.",
    )
    assessment = models.CharField(
        "vem har testat?", max_length=10, choices=Assessment, default=Assessment.OWN
    )
    assessment_text = RichTextField(
        "så har vi testat",
        features=RUNNING_TEXT,
        help_text="Hur testen gick till, och vad som har testats.",
    )
    assessed_on = models.DateField("senast bedömd", null=True)
    site_published_on = models.DateField(
        "webbplatsen publicerad",
        null=True,
        blank=True,
        help_text="När webbplatsen öppnade. Tomt: raden visas inte.",
    )
    published_on = models.DateField("redogörelsen publicerad", null=True)
    updated_on = models.DateField("redogörelsen uppdaterad", null=True)

    base_form_class = StatementForm
    parent_page_types: ClassVar = ["boras_site.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 1
    template = "boras_site/accessibility_statement_page.html"
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("service_name"),
        index.SearchField("faults"),
        index.SearchField("assessment_text"),
    ]
    content_panels: ClassVar = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("service_name"), FieldPanel("service_url")], "Tjänsten"),
        FieldPanel("conformance"),
        FieldPanel("answer_time"),
        FieldPanel("standard", classname="collapsed"),
        FieldPanel("faults"),
        MultiFieldPanel([FieldPanel("assessment"), FieldPanel("assessment_text")], "Så har vi testat"),
        MultiFieldPanel(
            [
                FieldPanel("assessed_on"),
                FieldPanel("site_published_on"),
                FieldPanel("published_on"),
                FieldPanel("updated_on"),
            ],
            "Datum",
        ),
        FieldPanel("minor_edit"),
    ]
    promote_panels: ClassVar = ADDRESS_AND_MENU

    class Meta:
        verbose_name = "tillgänglighetsredogörelse"
        verbose_name_plural = "tillgänglighetsredogörelser"

    def clean(self) -> None:
        """Refuse what contradicts itself. Raises ValidationError; a draft may be half done."""
        super().clean()
        if not self.is_half_done and (wrong := {**self._wrong_dates(), **self._wrong_faults()}):
            raise ValidationError(wrong)

    @property
    def heading(self) -> str:
        """The title, with its long word divided where a phone must."""
        return self.title.replace("lighetsred", f"lighets{SOFT_HYPHEN}red")

    def faults_by_reason(self) -> list[tuple[str, str, list[Any]]]:
        """The faults under the law's three headings: (reason, heading, faults), empty ones left out."""
        found = [(reason.value, reason.label, self._of([reason])) for reason in Reason]
        return [one for one in found if one[2]]

    def _of(self, reasons: Iterable[str]) -> list[Any]:
        return [block.value for block in self.faults if block.value.get("reason") in reasons]

    def _wrong_faults(self) -> dict[str, str]:
        breaches = self._of([Reason.UNMET, Reason.BURDEN])
        if self.conformance == Conformance.FULL and breaches:
            return {
                "conformance": "Webbplatsen kan inte vara helt förenlig med lagen så länge det finns "
                "brister. Välj delvis förenlig, eller ta bort bristerna."
            }
        if self.conformance in (Conformance.PARTIAL, Conformance.NONE) and not breaches:
            return {
                "faults": "Skriv minst en brist. Finns det inga brister väljer du helt förenlig. "
                "Innehåll som lagen inte omfattar räknas inte som en brist."
            }
        return {}

    def _wrong_dates(self) -> dict[str, str]:
        today = timezone.localdate()
        wrong = {
            name: "Datumet är inte här än. Välj i dag eller en tidigare dag."
            for name in ("assessed_on", "site_published_on", "published_on", "updated_on")
            if _after(getattr(self, name), today)
        }
        if "updated_on" not in wrong and _after(self.published_on, self.updated_on):
            wrong["updated_on"] = "Redogörelsen kan inte vara uppdaterad innan den publicerades."
        return wrong


def _after(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one > other
