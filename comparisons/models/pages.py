"""The pages of the comparisons: the index, and one page for each theme."""

from datetime import timedelta
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from comparisons.blocks import KeyFiguresBlock, LinkBlock, SectionBlock, TextBlock
from comparisons.desk.address import ADDRESS, ADDRESS_AND_MENU
from comparisons.desk.weaves import WeavePicker
from comparisons.models.changes import TextChangedMixin
from comparisons.models.figure_pages import FigurePageMixin
from comparisons.periods import FIRST_YEAR, LAST_YEAR
from comparisons.richtext import SHORT_TEXT


class Weave(models.TextChoices):
    """Bindningen som är temats märke; the cloth bindings that the stylesheet can draw."""

    TABBY = "tuskaft", "Tuskaft"
    TWILL = "kypert", "Kypert"
    PANAMA = "panama", "Panama"
    SATIN = "satin", "Satin"


class ComparisonsIndexPage(TextChangedMixin, Page):
    """The list of all themes, at /oppna-jamforelser/."""

    introduction = RichTextField("ingress", blank=True, features=SHORT_TEXT)

    parent_page_types: ClassVar = ["boras_site.HomePage"]
    subpage_types: ClassVar = ["comparisons.ThemePage"]
    max_count = 1
    template = "comparisons/comparisons_index_page.html"
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("minor_edit"),
    ]
    promote_panels: ClassVar = ADDRESS_AND_MENU

    class Meta:
        verbose_name = "Öppna jämförelser, alla teman"
        verbose_name_plural = "Öppna jämförelser, alla teman"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds ``themes``: the published themes, in the order of the page tree."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["themes"] = ThemePage.objects.child_of(self).live().public()
        return context


class ThemePage(FigurePageMixin, Page):
    """A theme: its figures in tables, what they mean, and what the city does about them."""

    edition_year = models.PositiveSmallIntegerField(
        "årgång",
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
        help_text="Året som jämförelsen gäller.",
    )
    summary = models.CharField(
        "i en mening",
        max_length=160,
        blank=True,
        help_text="Vad temat handlar om. Visas på startsidan och när sidan delas.",
    )
    weave = models.CharField(
        "märke",
        max_length=20,
        choices=Weave,
        default=Weave.TABBY,
        help_text="Vävens bindning, som är temats märke.",
    )
    conclusion = models.CharField(
        "slutsats",
        max_length=300,
        blank=True,
        help_text=(
            "En eller två meningar om hur vi står oss. Stämmer den när siffrorna ändras? Under den står "
            "alltid hur många nyckeltal som är bättre och sämre, och det räknas ut."
        ),
    )
    introduction = RichTextField("ingress", blank=True, features=SHORT_TEXT)
    key_figures = StreamField(
        [("key_figures", KeyFiguresBlock())],
        verbose_name="stora siffror",
        blank=True,
        max_num=1,
    )
    results_introduction = RichTextField("inledning till resultatet", blank=True, features=SHORT_TEXT)
    results = StreamField([("section", SectionBlock())], verbose_name="resultat", blank=True)
    improvements = StreamField(
        [("text", TextBlock(headings=("h3",))), ("section", SectionBlock())],
        verbose_name="vad vi gör för att förbättra",
        blank=True,
    )
    links = StreamField([("link", LinkBlock())], verbose_name="länkar", blank=True)
    about_figures = RichTextField(
        "om källor och siffror",
        blank=True,
        features=SHORT_TEXT,
        help_text="Varifrån siffrorna kommer och vad läsaren bör veta om dem.",
    )
    responsible_unit = models.CharField(
        "ansvarig enhet", max_length=120, blank=True, help_text="Visas som ”Ändrad av”."
    )

    streams: ClassVar = ("key_figures", "results", "improvements")
    parent_page_types: ClassVar = ["comparisons.ComparisonsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "comparisons/theme_page.html"
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("conclusion"),
        index.SearchField("introduction"),
        index.SearchField("results_introduction"),
        index.SearchField("results"),
        index.SearchField("improvements"),
        index.SearchField("about_figures"),
    ]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("edition_year"),
        MultiFieldPanel(
            # One or two sentences do not fit in a field of one line.
            [FieldPanel("conclusion", widget=AdminAutoHeightTextInput), FieldPanel("introduction")],
            "Överst på sidan",
        ),
        FieldPanel("key_figures"),
        MultiFieldPanel(
            [FieldPanel("results_introduction"), FieldPanel("results", heading="Avsnitt")], "Resultat"
        ),
        FieldPanel("improvements", heading="Vad gör vi för att förbättra?"),
        FieldPanel("links", heading="Länkar till andra webbplatser"),
        FieldPanel("about_figures", heading="Källor"),
        MultiFieldPanel([FieldPanel("responsible_unit"), FieldPanel("minor_edit")], "Om sidan"),
        MultiFieldPanel(
            [FieldPanel("summary"), FieldPanel("weave", widget=WeavePicker)],
            "I listor och när sidan delas",
            classname="collapsed",
        ),
    ]
    promote_panels: ClassVar = ADDRESS

    class Meta:
        verbose_name = "tema"
        verbose_name_plural = "teman"

    @property
    def shared_text(self) -> str:
        """What a link to the page says when it is shared. Wants the page to be prepared."""
        tally = self.tally
        counted = f"{self.title} {self.edition_year}: {tally}" if tally else ""
        return self.search_description or self.conclusion or counted or self.summary

    @property
    def latest_change(self) -> str:
        """What it was that last changed: ``siffrorna har ändrats``, ``nytt tema``, ``texten har ändrats``."""
        text, figures, first = self.text_changed_at, self.data_changed_at, self.first_published_at
        if figures is not None and (text is None or figures >= text):
            return "siffrorna har ändrats"
        if text is not None and first is not None and text - first < timedelta(minutes=1):
            return "nytt tema"
        return "texten har ändrats"
