"""Nyckeltal: what is measured. Its figures are kept in the ledger."""

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from comparisons.models.changes import DataChangedMixin
from comparisons.models.kept import KeptWhileUsed
from comparisons.models.sources import Source
from comparisons.records import IndicatorTerms, bare
from comparisons.richtext import RUNNING_TEXT
from comparisons.sentences import sentence_fault
from comparisons.svenska import SWEDISH_COLLATION, bind, capitalise, join_words, plain, slug
from comparisons.terms import AreaKind, Comparative, PeriodBasis, Polarity, Processing, ValueType


class Indicator(
    KeptWhileUsed,
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    DataChangedMixin,
    RevisionMixin,
    index.Indexed,
    models.Model,
):
    """Nyckeltal: a reusable record of what is measured. Its figures are kept in the ledger."""

    #: Fields that say what a figure means; fixed once a figure is published.
    MEANING: ClassVar = ("value_type", "unit", "scale_min", "scale_max")

    title = models.CharField("namn", max_length=255, db_collation=SWEDISH_COLLATION)
    slug = models.SlugField(
        "adress",
        max_length=100,
        unique=True,
        editable=False,
        help_text="Ändras inte när namnet ändras.",
    )
    short_title = models.CharField(
        "kort namn",
        max_length=120,
        blank=True,
        help_text="Används där det är ont om plats, till exempel vid stora siffror.",
    )
    definition = RichTextField(
        "definition",
        blank=True,
        features=RUNNING_TEXT,
        help_text="Vad som räknas, vilka som ingår och hur det mäts. Skriv så att en granne förstår.",
    )
    synonyms = models.TextField(
        "andra ord för samma sak",
        blank=True,
        help_text="Ord som läsare söker på, med komma emellan: misshandel, rån, överfall.",
    )
    sentence = models.CharField(
        "värdet i en mening",
        max_length=200,
        blank=True,
        help_text=(
            "Skriv {värde} där värdet ska stå och {kommun} där kommunen ska stå: "
            "{kommun} hade {värde} anmälda våldsbrott per 1 000 invånare. "
            "Perioden och jämförelsen läggs till. Tomt: meningen görs av namnet."
        ),
    )
    noun = models.CharField(
        "kort ord för det som räknas",
        max_length=60,
        blank=True,
        help_text=(
            "För rubriken vid stora siffror: våldsbrott ger ”Fler våldsbrott än i mediankommunen”. "
            "Välj också orden som jämför."
        ),
    )
    comparative = models.CharField(
        "ord som jämför",
        max_length=10,
        choices=Comparative,
        default=Comparative.AUTO,
        help_text="Välj åt mig: fler eller färre om namnet börjar med Antal, annars högre eller lägre.",
    )
    value_type = models.CharField("värdetyp", max_length=20, choices=ValueType)
    unit = models.CharField(
        "enhet",
        max_length=120,
        blank=True,
        help_text="Till exempel antal per 1 000 invånare. Behövs inte för ja och nej.",
    )
    scale_min = models.DecimalField(
        "lägsta möjliga värde", max_digits=18, decimal_places=8, null=True, blank=True
    )
    scale_max = models.DecimalField(
        "högsta möjliga värde", max_digits=18, decimal_places=8, null=True, blank=True
    )
    polarity = models.CharField(
        "riktning",
        max_length=20,
        choices=Polarity,
        default=Polarity.UNDECIDED,
        help_text="Bättre och sämre sägs bara när riktningen är bestämd.",
    )
    period_basis = models.CharField(
        "vad ett år betyder", max_length=20, choices=PeriodBasis, default=PeriodBasis.CALENDAR
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="indicators", verbose_name="källa")
    processing = models.CharField("bearbetning", max_length=10, choices=Processing, default=Processing.RAW)
    method = models.TextField(
        "hur vi har bearbetat siffrorna",
        blank=True,
        help_text="Fylls i när bearbetningen är vår egen.",
    )

    peers = models.ForeignKey(
        "comparisons.Area",
        models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"kind": AreaKind.GROUP},
        related_name="+",
        verbose_name="liknande kommuner",
        help_text="Gruppen vars kommuner nämns vid namn i bilden av alla kommuner. Tomt: den övergripande.",
    )
    next_figure_on = models.DateField(
        "nästa siffra väntas",
        null=True,
        blank=True,
        help_text="Dagen då källan brukar publicera. Då påminner arbetslistan.",
    )

    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="indicator",
        for_concrete_model=False,
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="indicator",
        for_concrete_model=False,
    )

    search_fields: ClassVar = [
        index.SearchField("title", boost=3),
        index.SearchField("short_title", boost=2),
        index.SearchField("definition"),
        index.AutocompleteField("title"),
        index.FilterField("value_type"),
        index.FilterField("polarity"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = "nyckeltal"
        verbose_name_plural = "nyckeltal"
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(value_type__in=ValueType.values),
                name="indicator_value_type_known",
            ),
            models.CheckConstraint(
                condition=models.Q(polarity__in=Polarity.values), name="indicator_polarity_known"
            ),
            models.CheckConstraint(
                condition=models.Q(scale_min__isnull=True, scale_max__isnull=True)
                | models.Q(
                    scale_min__isnull=False,
                    scale_max__isnull=False,
                    scale_min__lt=models.F("scale_max"),
                ),
                name="indicator_scale_rises",
            ),
            models.CheckConstraint(
                condition=~models.Q(value_type=ValueType.POINTS) | models.Q(scale_max__isnull=False),
                name="indicator_points_have_scale",
            ),
        ]

    def __str__(self) -> str:
        return plain(self.title)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save. The address follows the title until the indicator is first published, and then stays.

        Raises ValidationError when the change would alter what published figures mean: an older
        draft can be published without passing through a form.
        """
        stored = self._stored("live", "first_published_at")
        if stored is None or not (stored["live"] or stored["first_published_at"]):
            self.slug = self._free_slug()
        if changed := self.changed_meaning():
            fields = join_words(str(self._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
            raise ValidationError(f"{capitalise(fields)} kan inte ändras, för det finns publicerade siffror.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The indicator's own page; it stays the same when the title changes."""
        return reverse("indicator", args=[self.slug or slug(self.title) or "nytt"])

    def get_full_url(self) -> str:
        """The address with the site's name, for previews and for sharing."""
        return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{self.get_absolute_url()}"

    full_url = property(get_full_url)

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """The object as the revision says, with the address kept that the database knows."""
        obj = super().with_content_json(content)
        obj.slug = self.slug
        return obj

    def terms(self) -> IndicatorTerms:
        """The indicator as tables know it."""
        return IndicatorTerms(
            id=self.pk,
            title=bind(self.title),
            value_type=self.value_type,
            unit=bind(self.unit),
            scale_min=self.scale_min,
            scale_max=self.scale_max,
            polarity=self.polarity,
            period_basis=self.period_basis,
            url=self.get_absolute_url(),
            short_title=bind(self.short_title),
            sentence=bind(self.sentence),
            noun=bind(self.noun),
            comparative=self.comparative,
        )

    @property
    def other_words(self) -> list[str]:
        """The words of the field of synonyms, one by one."""
        words = self.synonyms.replace(",", "\n").splitlines()
        return [stripped for word in words if (stripped := word.strip())]

    @property
    def has_published_figures(self) -> bool:
        """Whether a figure of it has ever been published."""
        return self.pk is not None and self.observation_set.exists()  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Refuse a scale that is none, and a change of what published figures mean."""
        errors: dict[str, str] = {}
        low, high = self.scale_min, self.scale_max
        if (low is None) != (high is None):
            errors["scale_max" if high is None else "scale_min"] = (
                "Skriv både lägsta och högsta möjliga värde, eller inget av dem."
            )
        elif low is not None and high is not None and low >= high:
            errors["scale_max"] = "Det högsta möjliga värdet måste vara större än det lägsta."
        if self.value_type == ValueType.POINTS and high is None:
            errors["scale_max"] = "Poäng behöver en skala. Skriv det lägsta och det högsta möjliga värdet."
        if self.value_type == ValueType.RANK and self.polarity == Polarity.HIGHER_BETTER:
            errors["polarity"] = "En placering är bättre ju lägre den är, för plats 1 är bäst."
        if self.processing == Processing.OWN and not self.method.strip():
            errors["method"] = "Skriv hur vi har bearbetat siffrorna, så att en läsare kan följa det."
        self.sentence = self.sentence.strip().rstrip(".")
        if wrong := sentence_fault(self.sentence, self.value_type):
            errors["sentence"] = wrong
        for name in self.changed_meaning():
            errors[name] = (
                f"Kan inte ändras, för det finns publicerade siffror. De skulle få en annan "
                f"innebörd. Det var ”{self._shown(name)}”. Gör ett nytt nyckeltal i stället."
            )
        if errors:
            raise ValidationError(errors)

    def changed_meaning(self) -> list[str]:
        """Names of the fields that say what a figure means, that differ though figures are published."""
        stored = self._stored(*self.MEANING)
        if stored is None:
            return []
        self._stored_meaning = stored
        changed = [name for name in self.MEANING if stored[name] != getattr(self, name)]
        return changed if changed and self.has_published_figures else []

    def _stored(self, *names: str) -> dict[str, Any] | None:
        """These fields as the database has them; None for an indicator that is not saved."""
        return None if self.pk is None else Indicator.objects.filter(pk=self.pk).values(*names).first()

    def _shown(self, name: str) -> str:
        value = self._stored_meaning[name]
        if isinstance(value, Decimal):
            return bare(value)
        return str(ValueType(value).label) if name == "value_type" else str(value or "tomt")

    def _free_slug(self) -> str:
        base = slug(self.title) or "nyckeltal"
        others = Indicator.objects.filter(slug__startswith=base).exclude(pk=self.pk)
        taken = set(others.values_list("slug", flat=True))
        number = 1
        candidate = base
        while candidate in taken:
            number += 1
            candidate = f"{base}-{number}"
        return candidate

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """The template of the public page."""
        return "comparisons/indicator_page.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """The context of the public page, for the indicator as the editor is writing it."""
        from comparisons import previews
        from comparisons.indicator_page import indicator_context

        return {
            **super().get_preview_context(request, mode_name),
            **indicator_context(self, previews.source(request, mode_name)),
        }

    @cached_property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Wagtail's own, and the page with the figures of each release under way that holds some of it."""
        from comparisons import previews

        return [*super().preview_modes, *previews.modes([self.pk] if self.pk else [])]
