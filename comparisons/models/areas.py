"""Where and whom figures are about: areas, and populations within them."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, When
from wagtail.search import index

from comparisons.models.kept import KeptQuerySet, KeptWhileUsed
from comparisons.records import AreaTerms
from comparisons.svenska import SWEDISH_COLLATION, slug
from comparisons.terms import EMPTY_POPULATION, AreaKind


def is_other_municipality(path: str = "") -> Case:
    """For ordering: 1 for a municipality that is not the own one, else 0. ``path`` leads to the area."""
    prefix = f"{path}__" if path else ""
    other = Q(**{f"{prefix}kind": AreaKind.MUNICIPALITY}) & ~Q(**{f"{prefix}code": settings.OWN_MUNICIPALITY})
    return Case(When(other, then=1), default=0)


class AreaQuerySet(KeptQuerySet["Area"]):
    """Areas by what they are for."""

    def own(self) -> "Area | None":
        """The own municipality, or None while nobody has entered it."""
        return self.filter(code=settings.OWN_MUNICIPALITY).first()


class Area(KeptWhileUsed, index.Indexed, models.Model):
    """A place or group of places that has figures: Borås 1490, Riket 0000, Liknande kommuner."""

    code = models.CharField(
        "kod",
        max_length=20,
        unique=True,
        help_text="Kommunkod enligt SCB (1490), 0000 för riket, eller en egen kod för en grupp.",
    )
    name = models.CharField("namn", max_length=120, db_collation=SWEDISH_COLLATION)
    name_in_text = models.CharField(
        "namn inne i en text",
        max_length=120,
        blank=True,
        help_text="Fyll bara i om namnet skrivs annorlunda inne i en mening: ”riket” för Riket.",
    )
    kind = models.CharField("slag", max_length=20, choices=AreaKind, default=AreaKind.MUNICIPALITY)

    kolada_id = models.CharField(
        "beteckning i Kolada",
        max_length=20,
        blank=True,
        help_text="Om Kolada har en annan kod: en grupp får en ny varje år.",
    )
    year = models.SmallIntegerField(
        "gäller år",
        null=True,
        blank=True,
        help_text="För en grupp som väljs om varje år: vilket år dess kommuner gäller.",
    )
    members = models.ManyToManyField(
        "self", through="Membership", symmetrical=False, related_name="groups", verbose_name="kommuner"
    )

    objects = AreaQuerySet.as_manager()  # type: ignore[misc]

    search_fields: ClassVar = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.AutocompleteField("code"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = "område"
        verbose_name_plural = "områden"
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(code=""), name="area_has_code"),
            models.CheckConstraint(condition=models.Q(kind__in=AreaKind.values), name="area_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse another kind than what its figures were counted as."""
        super().clean()
        if self.is_own and self.kind != AreaKind.MUNICIPALITY:
            raise ValidationError({"kind": f"{self.name} är den egna kommunen. Välj slaget Kommun."})
        if not self.pk or self.kind == Area.objects.values_list("kind", flat=True).get(pk=self.pk):
            return
        if self.observation_set.exists():
            raise ValidationError(
                {
                    "kind": "Området har publicerade siffror, som är räknade efter slaget, så det går inte "
                    "att ändra. Är det fel säger du till den som sköter webbplatsen."
                }
            )

    @property
    def is_own(self) -> bool:
        """Whether this is the municipality whose site it is."""
        return self.code == settings.OWN_MUNICIPALITY

    def terms(self) -> AreaTerms:
        """The area as tables know it."""
        return AreaTerms(
            id=self.pk,
            name=self.name,
            in_label=self.name_in_text,
            is_own=self.is_own,
            kind=self.kind,
        )


class Membership(models.Model):
    """That a municipality belongs to a group, such as Borås's similar municipalities."""

    group = models.ForeignKey(Area, models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Area, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "member"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} i {self.group_id}"


class Population(KeptWhileUsed, index.Indexed, models.Model):
    """Urval: whom within the area a figure is about. The first row is the empty one: everyone."""

    slug = models.SlugField("kortnamn", max_length=80, unique=True, blank=True)
    name = models.CharField("namn", max_length=120, blank=True, db_collation=SWEDISH_COLLATION)

    search_fields: ClassVar = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("id"),  # the chooser leaves the empty one out
    ]

    class Meta:
        verbose_name = "urval"
        verbose_name_plural = "urval"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name or "(inget särskilt urval)"

    def clean(self) -> None:
        """Make the short name from the name, and refuse a second empty one."""
        if self.pk != EMPTY_POPULATION:
            if not self.name.strip():
                raise ValidationError({"name": "Skriv vad urvalet heter, till exempel kommunala skolor."})
            self.slug = self.slug or slug(self.name)
            if Population.objects.filter(slug=self.slug).exclude(pk=self.pk).exists():
                raise ValidationError({"name": f"Det finns redan ett urval som heter ”{self.name}”."})
