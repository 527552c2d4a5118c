"""The indicator's own page, /nyckeltal/<slug>/, and the list of all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from comparisons import figures, picking, usage
from comparisons.among_page import AmongAll
from comparisons.charts import comparison, history_charts
from comparisons.corrections import corrections
from comparisons.history import History, history
from comparisons.models import Indicator, ThemePage
from comparisons.picking import Picked
from comparisons.records import Figure, IndicatorTerms
from comparisons.spreads import Group
from comparisons.svenska import sort_key
from comparisons.terms import Statistic, ValueType

if TYPE_CHECKING:
    _IndicatorSitemap = Sitemap[Indicator]
else:  # Django's class takes no parameter when it runs
    _IndicatorSitemap = Sitemap


@dataclass(frozen=True)
class IndicatorGroup:
    """Some of the indicators under a heading."""

    title: str
    indicators: list[Indicator]


@dataclass(frozen=True)
class Choice:
    """A municipality that the reader has picked, and the address of the page without it."""

    name: str
    code: str
    without: str


def indicator_context(
    indicator: Indicator, source: figures.Figures, picked: Picked | None = None
) -> dict[str, Any]:
    """Everything the template of an indicator's page needs; ``source`` says which figures.

    ``picked`` are the municipalities that the reader compares with.
    """
    terms = indicator.terms()
    picked = picked or Picked()
    areas = figures.AreasShown() if indicator.pk is None else source.areas_of(indicator.pk, picked.codes)
    found = [] if indicator.pk is None else source.of_indicator(indicator.pk, areas.by_id)
    pages = (
        usage.pages_showing(Indicator.objects.filter(pk=indicator.pk).values("pk"))
        .live()
        .public()
        .order_by("path")
        if indicator.pk
        else []
    )
    # Where all are few the picked are there anyway, and the newest figure is told as without them.
    aside = list(areas.picked.values()) if areas.are_many else []
    laid_out = history(terms, found, areas.by_id, figures.populations(found), aside)
    return {
        "indicator": indicator,
        "terms": terms,
        "history": laid_out,
        "history_charts": history_charts(terms, laid_out, list(areas.picked.values())),
        "among_all": _among_all(indicator, terms, found, areas, source),
        "comparison": comparison(terms, laid_out),
        "shared_text": _shared_text(terms, laid_out),
        "corrections": corrections([] if indicator.pk is None else source.trails(indicator.pk, areas.by_id)),
        "picked": picked,
        "choices": _choices(areas, indicator),
        "has_unknown": picked.unreadable or len(areas.picked) < len(picked.codes),
        "most_picked": picking.MOST,
        "address": f"{indicator.get_absolute_url()}{picking.question(list(areas.picked))}",
        "pages": pages,
        "changed_at": _latest(indicator.last_published_at, indicator.data_changed_at),
    }


def _among_all(
    indicator: Indicator,
    terms: IndicatorTerms,
    found: list[Figure],
    areas: figures.AreasShown,
    source: figures.Figures,
) -> AmongAll | None:
    """The own newest value among those of all municipalities, where there are enough of them.

    No query where the indicator has few; one to count them, and two more to show them.
    """
    own = [
        figure
        for figure in found
        if areas.by_id[figure.area].is_own
        and figure.statistic == Statistic.VALUE
        and figure.value is not None
    ]
    if not areas.are_many or not own or terms.value_type == ValueType.RANK:
        return None
    # Of the newest period everyone rather than a part, as in the history's order of series.
    newest = max(own, key=lambda figure: (figure.period, -figure.population, figure.gender == "T"))
    group = Group(terms.id, newest.population, newest.gender, newest.period.code)
    summed = source.spread(group)
    if summed is None:
        return None
    everyone = source.municipalities(group)
    mine = next(one for one in everyone if one.area.id == newest.area)
    peers = figures.alike(indicator.peers_id, mine.area)
    chosen = sorted((areas.by_id[key] for key in areas.picked.values()), key=lambda area: sort_key(area.name))
    return AmongAll(terms, mine, everyone, summed, frozenset(peers), chosen)


def _choices(areas: figures.AreasShown, indicator: Indicator) -> list[Choice]:
    """The picked municipalities in Swedish order."""
    here = indicator.get_absolute_url()
    choices = [
        Choice(
            areas.by_id[key].name,
            code,
            f"{here}{picking.question([other for other in areas.picked if other != code])}#jamfor",
        )
        for code, key in areas.picked.items()
    ]
    return sorted(choices, key=lambda choice: sort_key(choice.name))


def _shared_text(indicator: IndicatorTerms, laid_out: History) -> str:
    """What a link to the page says when it is shared: the newest figure, told so that it stands alone."""
    if laid_out.newest is None or laid_out.newest.told is None:
        return f"{indicator.title}: definition och källa."
    return laid_out.newest.told.standing_alone(indicator.title)


def indicator_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The page of one published indicator; 404 for a draft or an unpublished one.

    The address may name municipalities to compare with; in another order than ours it leads to the
    same page in our order, so that what is kept of it is kept once.
    """
    picked = picking.read(request.GET)
    if not picked.is_tidy:
        return redirect(f"{request.path}{picking.question(picked.codes)}")
    indicator = get_object_or_404(Indicator.objects.filter(live=True).select_related("source"), slug=slug)
    context = indicator_context(indicator, figures.live(), picked)
    return render(request, "comparisons/indicator_page.html", context)


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
