"""The site around the comparisons: its home page, plain pages, and what it is called."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from comparisons.blocks import SectionBlock, TextBlock
from comparisons.models import ThemePage
from comparisons.models.changes import TextChangedMixin
from comparisons.models.figure_pages import FigurePageMixin, fill
from comparisons.svenska import genitive


class HomePage(TextChangedMixin, Page):
    """The front page: what this is, every theme with two figures."""

    introduction = RichTextField("ingress", blank=True, features=["bold", "link"])

    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["comparisons.ComparisonsIndexPage", "boras_site.ContentPage"]
    max_count = 1
    template = "boras_site/home_page.html"
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("minor_edit"),
    ]

    class Meta:
        verbose_name = "startsida"
        verbose_name_plural = "startsidor"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a theme by its whole address at once; everything else step by step, as Wagtail does."""
        if len(path_components) == 2:
            address = f"{self.url_path}{'/'.join(path_components)}/"
            if theme := ThemePage.objects.filter(url_path=address).first():
                return theme.route(request, [])  # type: ignore[no-any-return]
        return super().route(request, path_components)  # type: ignore[no-any-return]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds ``themes``, every published theme with its key figures filled, and ``own``."""
        from comparisons import figures

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        source = figures.live()
        themes = list(ThemePage.objects.live().public().order_by("path"))
        fill([theme.key_figures for theme in themes], source)
        context["themes"] = themes
        context["own"] = source.own_area()
        return context


class ContentPage(FigurePageMixin, Page):
    """Ordinary text: how the comparisons are made, about the site."""

    introduction = RichTextField("ingress", blank=True, features=["bold", "link"])
    body = StreamField(
        [("text", TextBlock()), ("section", SectionBlock())],
        verbose_name="innehåll",
        blank=True,
    )
    responsible_unit = models.CharField("ansvarig enhet", max_length=120, blank=True)

    streams: ClassVar = ("body",)
    parent_page_types: ClassVar = ["boras_site.HomePage", "boras_site.ContentPage"]
    subpage_types: ClassVar = ["boras_site.ContentPage"]
    template = "boras_site/content_page.html"
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("responsible_unit"),
        FieldPanel("minor_edit"),
    ]

    class Meta:
        verbose_name = "textsida"
        verbose_name_plural = "textsidor"


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """What the site and its owner are called, and the logo."""

    organisation = models.CharField("organisation", max_length=80, default="Borås Stad")
    site_name = models.CharField("webbplatsens namn", max_length=80, default="Öppna jämförelser")
    logo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="logotyp",
        help_text="Visas i sidhuvudet i stället för organisationens namn.",
    )

    panels: ClassVar = [
        MultiFieldPanel([FieldPanel("organisation"), FieldPanel("site_name")], "Namn"),
        FieldPanel("logo"),
    ]

    class Meta:
        verbose_name = "webbplatsens namn och logotyp"

    @property
    def organisation_genitive(self) -> str:
        """``Borås Stads``."""
        return genitive(self.organisation)

    def __str__(self) -> str:
        return f"{self.site_name}, {self.organisation}"
