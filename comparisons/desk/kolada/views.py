"""The screen of an indicator's link to Kolada: search, choose, fetch now, decimals, seen, let go."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property

from comparisons.desk.views import DeskView
from comparisons.desk.worklist.kinds import edit_url
from comparisons.intake import work
from comparisons.intake.kolada import KoladaError, linking, sync
from comparisons.intake.kolada.answers import Kpi
from comparisons.intake.kolada.client import Client
from comparisons.models import Indicator, Intake, KoladaLink

CHANGE, FETCH = "comparisons.change_indicator", "comparisons.add_release"


class DecimalsForm(forms.Form):
    """How many decimals the figures are shown with."""

    decimals = forms.IntegerField(
        label="Antal decimaler",
        min_value=0,
        max_value=8,
        help_text="Kolada avrundar inte. Gäller från nästa hämtning, för alla siffror därifrån.",
    )


class SearchForm(forms.Form):
    """What to look for in Kolada."""

    sok = forms.CharField(
        label="Ord i namnet, eller beteckning",
        required=False,
        help_text="Till exempel anmälda våldsbrott, eller U07418.",
    )


class KoladaView(DeskView):
    """One indicator and its KPI."""

    permission = CHANGE
    template_name = "comparisons/desk/kolada/kolada.html"
    header_icon = "download"
    page_title = "Kolada"

    @cached_property
    def indicator(self) -> Indicator:
        """The indicator of the address."""
        return get_object_or_404(Indicator, pk=self.kwargs["pk"])

    @cached_property
    def link(self) -> KoladaLink | None:
        """Its link, if it has one."""
        return (
            KoladaLink.objects.select_related("source", "indicator").filter(indicator=self.indicator).first()
        )

    @property
    def url(self) -> str:
        """This screen."""
        return reverse("kolada", args=[self.indicator.pk])

    def trail(self) -> list[dict[str, Any]]:
        """The indicator."""
        return [{"url": edit_url(Indicator, self.indicator.pk), "label": str(self.indicator)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what Kolada has that fits the search, or why it cannot be asked."""
        words = " ".join(self.request.GET.get("sok", "").replace("\x00", "").split())[:200]
        found: list[Kpi] = []
        fault = ""
        if words:
            try:
                with Client(hurried=True) as client:
                    found = linking.search(client, words)
            except KoladaError as error:
                fault = str(error)
        shown = found[: linking.MOST_FOUND]
        others = KoladaLink.objects.filter(kpi__in=[kpi.id for kpi in shown]).select_related("indicator")
        taken = {link.kpi: link.indicator for link in others if link.indicator_id != self.indicator.pk}
        return super().get_context_data(
            indicator=self.indicator,
            link=self.link,
            words=words,
            found=[(kpi, taken.get(kpi.id)) for kpi in shown],
            unlisted=len(found) - len(shown),
            number=len(found),
            fault=fault,
            search_form=SearchForm(initial={"sok": words}),
            decimals_form=DecimalsForm(initial={"decimals": self.link.decimals if self.link else 1}),
            may_fetch=self.user.has_perm(FETCH),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the step whose button was pressed; a refusal is told and changes nothing."""
        step = STEPS.get(request.POST.get("step", ""))
        if step is None:
            raise PermissionDenied
        try:
            return redirect(step(self))
        except (KoladaError, linking.NotLinked, ValueError) as error:
            messages.error(request, f"Inget är ändrat. {error}")
        words = request.POST.get("sok", "")  # what she searched for stays
        return redirect(f"{self.url}?{urlencode({'sok': words})}" if words else self.url)

    def choose(self) -> str:
        """Link it to the KPI that was chosen."""
        made = linking.link(self.indicator, self.request.POST.get("kpi", ""), self.user)
        messages.success(
            self.request,
            f"Kopplat till {made.kpi}. Läs igenom beskrivningen, och hämta sedan siffrorna.",
        )
        return self.url

    def fetch(self) -> str:
        """Have the figures fetched by a worker, and show how far it comes."""
        link = self._linked()
        if not self.user.has_perm(FETCH):
            raise PermissionDenied
        intake: Intake = sync.waiting(f"{link.indicator}, från Kolada", [link.indicator_id], self.user)
        work.plan_intake.enqueue(intake.pk)
        return intake.get_admin_url()

    def decimals(self) -> str:
        """Another number of decimals."""
        form = DecimalsForm(self.request.POST)
        if not form.is_valid():
            raise ValueError("Välj mellan 0 och 8 decimaler.")
        linking.set_decimals(self._linked(), form.cleaned_data["decimals"], self.user)
        messages.success(self.request, "Sparat. Det gäller från nästa hämtning.")
        return self.url

    def seen(self) -> str:
        """She has read the new title."""
        if not linking.see_title(self._linked(), self.request.POST.get("title", ""), self.user):
            raise ValueError("Kolada har ändrat namnet en gång till. Läs det igen.")
        messages.success(self.request, "Tack. Vi säger till om namnet ändras igen.")
        return self.url

    def unlink(self) -> str:
        """Fetch nothing more."""
        linking.unlink(self._linked(), self.user)
        messages.success(self.request, "Kopplingen är borta. Siffrorna finns kvar, men hämtas inte längre.")
        return self.url

    def _linked(self) -> KoladaLink:
        if self.link is None:
            raise ValueError("Nyckeltalet är inte kopplat till Kolada.")
        return self.link


#: Buttons by name.
STEPS: dict[str, Callable[[KoladaView], str]] = {
    "choose": KoladaView.choose,
    "fetch": KoladaView.fetch,
    "decimals": KoladaView.decimals,
    "seen": KoladaView.seen,
    "unlink": KoladaView.unlink,
}
