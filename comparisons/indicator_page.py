"""The indicator's own page, /nyckeltal/<slug>/, and the list of all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from comparisons import figures, usage
from comparisons.charts import comparison, history_charts
from comparisons.corrections import corrections
from comparisons.history import History, history
from comparisons.models import Indicator, ThemePage
from comparisons.records import IndicatorTerms

if TYPE_CHECKING:
    _IndicatorSitemap = Sitemap[Indicator]
else:  # Django's class takes no parameter when it runs
    _IndicatorSitemap = Sitemap


@dataclass(frozen=True)
class IndicatorGroup:
    """Some of the indicators under a heading."""

    title: str
    indicators: list[Indicator]


def indicator_context(indicator: Indicator, source: figures.Figures) -> dict[str, Any]:
    """Everything the template of an indicator's page needs; ``source`` says which figures."""
    terms = indicator.terms()
    found = [] if indicator.pk is None else source.of_indicator(indicator.pk)
    pages = (
        usage.pages_showing(Indicator.objects.filter(pk=indicator.pk).values("pk"))
        .live()
        .public()
        .order_by("path")
        if indicator.pk
        else []
    )
    laid_out = history(terms, found, *figures.named(found))
    return {
        "indicator": indicator,
        "terms": terms,
        "history": laid_out,
        "history_charts": history_charts(terms, laid_out),
        "comparison": comparison(terms, laid_out),
        "shared_text": _shared_text(terms, laid_out),
        "corrections": corrections([] if indicator.pk is None else source.trails(indicator.pk)),
        "pages": pages,
        "changed_at": _latest(indicator.last_published_at, indicator.data_changed_at),
    }


def _shared_text(indicator: IndicatorTerms, laid_out: History) -> str:
    """What a link to the page says when it is shared: the newest figure, told so that it stands alone."""
    if laid_out.newest is None or laid_out.newest.told is None:
        return f"{indicator.title}: definition och källa."
    return laid_out.newest.told.standing_alone(indicator.title)


def indicator_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of one published indicator; 404 for a draft or an unpublished one."""
    indicator = get_object_or_404(Indicator.objects.filter(live=True).select_related("source"), slug=slug)
    return render(request, "comparisons/indicator_page.html", indicator_context(indicator, figures.live()))


def indicator_list(request: HttpRequest) -> HttpResponse:
    """Every published indicator in Swedish order, under the themes that show it."""
    indicators = list(Indicator.objects.filter(live=True).order_by("title"))
    context = {"number": len(indicators), "groups": list(_grouped(indicators))}
    return render(request, "comparisons/indicator_list.html", context)


def _grouped(indicators: list[Indicator]) -> Iterator[IndicatorGroup]:
    themes = ThemePage.objects.live().public().order_by("path")
    shown = usage.indicators_of(themes)
    for theme in themes:
        of_theme = [indicator for indicator in indicators if indicator.pk in shown.get(theme.pk, ())]
        if of_theme:
            yield IndicatorGroup(theme.title, of_theme)
    everywhere = {key for keys in shown.values() for key in keys}
    if left := [indicator for indicator in indicators if indicator.pk not in everywhere]:
        yield IndicatorGroup("Övriga nyckeltal", left)


class IndicatorSitemap(_IndicatorSitemap):
    """Published indicators for search engines."""

    def items(self) -> QuerySet[Indicator]:
        """Every published indicator."""
        return Indicator.objects.filter(live=True).order_by("pk")

    def lastmod(self, item: Indicator) -> datetime | None:
        """When its text or a figure of it last changed."""
        return _latest(item.last_published_at, item.data_changed_at)


def _latest(*times: datetime | None) -> datetime | None:
    return max((time for time in times if time), default=None)
