"""The home page, and plain pages of text."""

from operator import itemgetter
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from comparisons.blocks import TextBlock, TopSectionBlock
from comparisons.desk.address import ADDRESS_AND_MENU, DESCRIPTION
from comparisons.models import ThemePage
from comparisons.models.changes import TextChangedMixin
from comparisons.models.figure_pages import FigurePageMixin, fill
from comparisons.richtext import SHORT_TEXT

#: How many themes the front page tells of under "Senaste ändringar".
LATEST_CHANGES = 5


class HomePage(TextChangedMixin, Page):
    """The front page: what this is, every theme with two figures."""

    introduction = RichTextField("ingress", blank=True, features=SHORT_TEXT)

    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = [
        "comparisons.ComparisonsIndexPage",
        "boras_site.ContentPage",
        "boras_site.AccessibilityStatementPage",
    ]
    max_count = 1
    template = "boras_site/home_page.html"
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("minor_edit"),
    ]
    promote_panels: ClassVar = DESCRIPTION

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
        """Adds ``themes``, every published theme with its key figures filled, ``own``, and ``changes``:
        the themes that last changed, newest first."""
        from comparisons import figures

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        source = figures.live()
        themes = list(ThemePage.objects.live().public().order_by("path"))
        fill([theme.key_figures for theme in themes], source)
        context["themes"] = themes
        dated = [(theme.changed_at, theme) for theme in themes if theme.changed_at]
        newest = sorted(dated, key=itemgetter(0), reverse=True)[:LATEST_CHANGES]
        context["changes"] = [theme for _, theme in newest]
        context["own"] = source.own_area()
        return context


class ContentPage(FigurePageMixin, Page):
    """Ordinary text: how the comparisons are made, about the site."""

    introduction = RichTextField("ingress", blank=True, features=SHORT_TEXT)
    body = StreamField(
        [("text", TextBlock(headings=("h2", "h3"))), ("section", TopSectionBlock())],
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
        MultiFieldPanel(
            [
                FieldPanel("responsible_unit", help_text="Visas som ”Ändrad av”."),
                FieldPanel("minor_edit"),
            ],
            "Om sidan",
        ),
    ]
    promote_panels: ClassVar = ADDRESS_AND_MENU

    class Meta:
        verbose_name = "textsida"
        verbose_name_plural = "textsidor"
