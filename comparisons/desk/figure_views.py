"""An indicator's figures in the admin: see them, add one, change one, take one away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html

from comparisons import figures, ledger, releases
from comparisons.changes import value_in_words
from comparisons.desk.forms import FigureForm, WithdrawForm
from comparisons.desk.views import DeskView
from comparisons.models import Indicator, Observation, Release, StagedFigure
from comparisons.terms import Status


class IndicatorView(DeskView):
    """A screen about one indicator's figures."""

    permission = "comparisons.add_release"
    header_icon = "table"

    @cached_property
    def indicator(self) -> Indicator:
        """The indicator of the address."""
        return get_object_or_404(Indicator.objects.select_related("source"), pk=self.kwargs["pk"])

    @cached_property
    def may_publish(self) -> bool:
        """Whether this user may publish without a reviewer."""
        return self.user.has_perm("comparisons.publish_release")

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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the indicator."""
        return super().get_context_data(indicator=self.indicator, may_publish=self.may_publish, **kwargs)

    def figures_url(self) -> str:
        """The list of the indicator's figures."""
        return reverse("figures:list", args=[self.indicator.pk])

    def tell(self, release: Release) -> None:
        """Say what became of a release, with a way to it."""
        done = (
            "Siffran är publicerad."
            if release.published_at
            else "Siffran är skickad för granskning. Den syns inte för läsare förrän den är godkänd."
        )
        messages.success(
            self.request,
            format_html('{} <a href="{}">Visa publiceringen</a>', done, release.get_admin_url()),
        )


class FigureListView(IndicatorView):
    """All published figures of the indicator, and those under way."""

    template_name = "comparisons/desk/figures.html"
    page_title = "Siffror"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds ``figures``, newest first, and ``waiting``, staged in releases that are not public."""
        published = figures.published(self.indicator)
        waiting = (
            StagedFigure.objects.filter(indicator=self.indicator)
            .select_related("area", "population", "source", "indicator", "release")
            .order_by("release", "-period")
        )
        return super().get_context_data(
            figures=[(figure, value_in_words(figure)) for figure in published],
            waiting=[(figure, value_in_words(figure)) for figure in waiting],
            **kwargs,
        )


class _Superseded(Exception):
    """The figure of the address is no longer the published one."""


class FigureFormView(IndicatorView):
    """Add a figure, or change the published one of the address."""

    template_name = "comparisons/desk/figure_form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Back to the list, with nothing saved, when somebody else has changed the figure since."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except _Superseded:
            messages.error(
                request,
                "Inget är sparat. Någon har ändrat siffran sedan du öppnade den. "
                "Här ser du vad som gäller nu.",
            )
            return redirect(self.figures_url())

    @cached_property
    def figure(self) -> Observation | None:
        """The published figure to change; None when one is added."""
        if "figure" not in self.kwargs:
            return None
        figure = get_object_or_404(
            Observation.objects.select_related("indicator", "area", "population", "source"),
            pk=self.kwargs["figure"],
            indicator=self.indicator,
        )
        if figure.superseded_by_id is not None:
            raise _Superseded
        return figure

    def get_page_title(self) -> str:
        """What is done here."""
        return "Ändra siffra" if self.figure else "Ny siffra"

    def trail(self) -> list[dict[str, Any]]:
        """The figures' list as the last step."""
        return [*super().trail(), {"url": self.figures_url(), "label": "Siffror"}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Publish, or send for review; with errors, the form as it was filled in."""
        form = FigureForm(request.POST, indicator=self.indicator, figure=self.figure)
        publish = "publish" in request.POST and self.may_publish
        if form.is_valid() and (release := form.save(self.user, publish=publish)):
            self.tell(release)
            return redirect(self.figures_url())
        messages.error(request, "Inget är sparat. Rätta det som är markerat och försök igen.")
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form and, when one is changed, what is published."""
        kwargs.setdefault("form", FigureForm(indicator=self.indicator, figure=self.figure))
        if self.figure:
            kwargs["figure"] = self.figure
            kwargs["published"] = value_in_words(self.figure)
        return super().get_context_data(figures_url=self.figures_url(), **kwargs)


class FigureWithdrawView(FigureFormView):
    """Take a published figure away, with a reason."""

    template_name = "comparisons/desk/figure_withdraw.html"
    page_title = "Ta bort siffra"

    def get_page_title(self) -> str:
        """What is done here."""
        return self.page_title

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Stage a withdrawal in a release of its own, and publish it or send it for review."""
        form = WithdrawForm(request.POST)
        figure = self.figure
        if figure is None or not form.is_valid():
            messages.error(request, "Inget är sparat. Rätta det som är markerat och försök igen.")
            return self.render_to_response(self.get_context_data(form=form))
        try:
            release = releases.make(
                [StagedFigure(**figure.key, status=Status.WITHDRAWN, source=figure.source)],
                title=f"Borttagen siffra: {figure.in_words}",
                reason=form.cleaned_data["reason"],
                user=self.user,
                publish="publish" in request.POST and self.may_publish,
                instead_of=figure,
            )
        except ledger.LedgerError as error:
            messages.error(request, str(error))
        else:
            if release:
                self.tell(release)
            else:
                messages.error(request, "Siffran är redan borttagen.")
        return redirect(self.figures_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The reason is all it asks for."""
        kwargs.setdefault("form", WithdrawForm())
        return super().get_context_data(**kwargs)
