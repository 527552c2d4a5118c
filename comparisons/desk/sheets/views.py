"""The sheets in the admin: an indicator's figures, a table's figures, and the answers while she writes."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View
from wagtail.admin import messages
from wagtail.models import Page

from comparisons import figures
from comparisons.desk.sheets.entries import BadRequest, Entry, Sheetful, Verdict, storable
from comparisons.desk.sheets.keys import CellKey
from comparisons.desk.sheets.layout import Sheet, indicator_sheet, table_sheet
from comparisons.desk.sheets.saving import Draft, Refused, save
from comparisons.desk.views import DeskView, tables_of
from comparisons.models import Area, Indicator, Population, Release, Source
from comparisons.periods import Period
from comparisons.prepared import prepare
from comparisons.records import SeriesKey
from comparisons.svenska import format_datetime
from comparisons.table_values import TableValue
from comparisons.terms import EMPTY_POPULATION, Gender, PeriodBasis, Statistic

if TYPE_CHECKING:
    from boras_site.accounts.models import User

PERMISSION = "comparisons.add_release"
#: More digits than the largest primary key.
LONGEST_NUMBER = 20


class SheetView(DeskView):
    """A sheet, its details, and the form that saves it. Subclasses say what is on it."""

    permission = PERMISSION
    template_name = "comparisons/desk/sheet.html"
    header_icon = "table"

    def make_sheet(self, release: int | None, periods: list[Period]) -> Sheet:
        """The sheet in the draft asked for, with these periods beside those that have figures."""
        raise NotImplementedError

    def proposed_title(self) -> str:
        """What a new draft of this sheet is called unless she says otherwise."""
        raise NotImplementedError

    @property
    def counts_school_years(self) -> bool:
        """Whether a school year is a way to name a period here."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the sheet, the words of its draft, and what the details are chosen from."""
        release = _number(self.request.GET.get("publicering"))
        periods, wrong_period = self._periods()
        sheet = self.make_sheet(release, periods)
        return super().get_context_data(
            sheet=sheet,
            periods=periods,
            wrong_period=wrong_period,
            draft_title=sheet.release.title if sheet.release else self.proposed_title(),
            sources=Source.objects.all(),
            **kwargs,
        )

    def _periods(self) -> tuple[list[Period], str]:
        """The periods she added, and a sentence when the last one is none."""
        found: list[Period] = []
        for text in self.request.GET.getlist("period"):
            if not text.strip():
                continue
            try:
                period = Period.parse(text)
            except ValueError as error:
                return found, str(error)
            if "/" in text and not self.counts_school_years:
                return found, f"Här räknas inte i läsår. Skriv ett år, som {period}."
            found.append(period)
        return found, ""


class IndicatorSheetView(SheetView):
    """All figures of one indicator."""

    @cached_property
    def indicator(self) -> Indicator:
        """The indicator of the address."""
        return get_object_or_404(Indicator.objects.select_related("source"), pk=self.kwargs["pk"])

    @property
    def counts_school_years(self) -> bool:
        """Whether the indicator does."""
        return self.indicator.period_basis == PeriodBasis.SCHOOL_YEAR

    def get_page_title(self) -> str:
        """Figures, and of what."""
        return f"Siffror: {self.indicator}"

    def trail(self) -> list[dict[str, Any]]:
        """Indicators, and this one."""
        viewset = Indicator.snippet_viewset  # type: ignore[attr-defined]
        return [
            {"url": reverse(viewset.get_url_name("list")), "label": "Nyckeltal"},
            {
                "url": reverse(viewset.get_url_name("edit"), args=[self.indicator.pk]),
                "label": str(self.indicator),
            },
        ]

    def proposed_title(self) -> str:
        """The indicator's name."""
        return str(self.indicator)

    def make_sheet(self, release: int | None, periods: list[Period]) -> Sheet:
        """Periods down, series across."""
        return indicator_sheet(
            self.indicator, release_id=release, more_periods=periods, more_series=self._more_series()
        )

    def _more_series(self) -> list[SeriesKey]:
        """The columns she added, each as ``area.statistic.population.gender``; others are left out."""
        found: list[SeriesKey] = []
        for text in [*self.request.GET.getlist("kolumn"), self._added_column()]:
            area, _, rest = text.partition(".")
            try:
                key = CellKey.parse(f"{self.indicator.pk}.{area}.{rest}.{Period.of(2000).code}")
            except ValueError:
                continue
            found.append((key.area, key.statistic, key.population, key.gender))
        return found

    def _added_column(self) -> str:
        asked = self.request.GET
        parts = (
            asked.get("omrade", ""),
            asked.get("statistik", ""),
            asked.get("urval") or EMPTY_POPULATION,
            asked.get("kon") or Gender.TOTAL,
        )
        return ".".join(str(part) for part in parts)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the indicator and what a new column is made from."""
        columns = [".".join(str(part) for part in series) for series in self._more_series()]
        return super().get_context_data(
            indicator=self.indicator,
            unit=self.indicator.terms().unit_words,
            areas=Area.objects.all(),
            populations=Population.objects.exclude(pk=EMPTY_POPULATION),
            statistics=Statistic.choices,
            genders=Gender.choices,
            columns=columns,
            **kwargs,
        )


class TableSheetView(SheetView):
    """A table of a page: all its indicators, for the newest periods and the new one."""

    @cached_property
    def page(self) -> Page:
        """The page of the address, as its newest draft has it."""
        found = get_object_or_404(Page, pk=self.kwargs["page"]).specific
        if not found.permissions_for_user(self.user).can_edit():
            raise PermissionDenied
        return cast(Page, found.get_latest_revision_as_object())

    @cached_property
    def table(self) -> TableValue:
        """The table of the address, with its columns settled. 404 for one that is not on the page."""
        for block in tables_of(self.page):
            if block.id == self.kwargs["block"]:
                prepare([block.value], figures.live())
                return cast(TableValue, block.value)
        raise Http404

    @cached_property
    def indicators(self) -> list[Indicator]:
        """The indicators of its rows, each once."""
        chosen = [row["indicator"] for row in self.table.get("rows") or () if row["indicator"]]
        return list({indicator.pk: indicator for indicator in chosen}.values())

    @property
    def counts_school_years(self) -> bool:
        """Whether all of its indicators do."""
        return all(one.period_basis == PeriodBasis.SCHOOL_YEAR for one in self.indicators)

    def get_page_title(self) -> str:
        """Figures, and of which table."""
        return f"Siffror: {self.table.get('caption') or 'Tabell'}"

    def trail(self) -> list[dict[str, Any]]:
        """The page."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [{"url": edit, "label": str(self.page)}]

    def proposed_title(self) -> str:
        """The table's caption and its page."""
        return f"{self.page}: {self.table.get('caption') or 'siffror'}"

    def make_sheet(self, release: int | None, periods: list[Period]) -> Sheet:
        """Indicators down, the table's series for some periods across."""
        return table_sheet(
            self.indicators, self.table.settled_columns, release_id=release, more_periods=periods
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the page, and whether the table takes up new periods by itself."""
        kwargs |= {"page": self.page, "follows": self.table.follows_own}
        return super().get_context_data(**kwargs)


class AnswerView(View):
    """A question from a sheet, answered in JSON."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who may not change figures, and what no sheet of ours sends."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except BadRequest as error:
            return JsonResponse({"message": f"Begäran gick inte att förstå: {error}"}, status=400)

    def sent(self) -> dict[str, Any]:
        """What the browser sent. Raises BadRequest when it is no object with a list of cells."""
        try:
            sent = json.loads(self.request.body)
            if not isinstance(sent["cells"], list):
                raise TypeError("cells is no list")
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise BadRequest(str(error)) from error
        return cast(dict[str, Any], sent)

    def post(self, request: HttpRequest) -> JsonResponse:
        """The answer."""
        sent = self.sent()
        return self.answer([Entry.parse(cell) for cell in sent["cells"]], sent)

    def answer(self, entries: list[Entry], sent: dict[str, Any]) -> JsonResponse:
        """The answer to these cells."""
        raise NotImplementedError


class CheckView(AnswerView):
    """How each cell was understood, what is wrong with it, and what looks like a slip. Saves nothing."""

    def answer(self, entries: list[Entry], sent: dict[str, Any]) -> JsonResponse:
        """Every verdict."""
        number = _number(sent.get("release"))
        release = Release.objects.filter(pk=number).first() if number else None
        return JsonResponse({"cells": _told(Sheetful(entries, release).verdicts.items())})


class SaveView(AnswerView):
    """Save all of the cells into a draft, or none."""

    def answer(self, entries: list[Entry], sent: dict[str, Any]) -> JsonResponse:
        """200 with the draft, or 409 with what stands in the way."""
        names = ("title", "reason", "seen_title", "seen_reason")
        words = {name: storable(sent.get(name)) for name in names}
        user = cast("User", self.request.user)
        try:
            saved = save(entries, release_id=_number(sent.get("release")), draft=Draft(**words), user=user)
        except Refused as refused:
            return JsonResponse(_refusal(refused), status=409)
        if saved.release is None:
            messages.success(self.request, "Sparat. Siffrorna är som de publicerade, så utkastet är borta.")
            return JsonResponse({"release": None})
        messages.success(
            self.request,
            f"Sparat i utkastet ”{saved.release}”. Inget är publicerat än.",
            buttons=[messages.button(saved.release.get_admin_url(), "Granska och skicka")],
        )
        return JsonResponse({"release": saved.release.pk, "url": saved.release.get_admin_url()})


def _refusal(refused: Refused) -> dict[str, Any]:
    release = refused.release
    return {
        "message": refused.message,
        "cells": _told(refused.verdicts.items()),
        "reason": refused.reason,
        "release": release and {"id": release.pk, "title": refused.seen_title, "reason": refused.seen_reason},
        "conflicts": [
            {
                "key": str(one.key),
                "name": one.name,
                "mine": one.mine,
                "theirs": one.theirs.text,
                "beside": one.beside,
                "token": one.theirs.token,
                "preliminary": one.theirs.preliminary,
                "n": one.theirs.n,
                "source": one.theirs.source,
                "overruled": one.theirs.overruled,
                "who": one.who or "Någon annan",
                "when": format_datetime(timezone.localtime(one.when)) if one.when else "",
                "locked": one.locked,
            }
            for one in refused.conflicts
        ],
    }


def _told(verdicts: Iterable[tuple[CellKey, Verdict]]) -> dict[str, Any]:
    return {
        str(key): {"text": verdict.text, "error": verdict.error, "warning": verdict.warning}
        for key, verdict in verdicts
    }


def _number(text: object) -> int | None:
    """A primary key from an address or from JSON; None for anything else."""
    digits = str(text or "")
    return int(digits) if digits.isdecimal() and len(digits) < LONGEST_NUMBER else None
