"""One release in the admin: its diff in words, where it shows, how that will look, and its next steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import View
from wagtail.models import ModelLogEntry, Page

from comparisons import ledger, previews, releases, rules, usage
from comparisons.changes import changes, summary
from comparisons.desk.forms import CommentForm, ScheduleForm, WordsForm
from comparisons.desk.turning import turns
from comparisons.desk.views import DeskView
from comparisons.models import Indicator, Release

#: How many changes are listed; a year's turn of every municipality is told by its number.
MOST_LISTED = 500
#: How many pages are looked through for tables that turn.
MOST_PAGES = 20

VIEW = "comparisons.view_release"
CHANGE = "comparisons.add_release"
PUBLISH = "comparisons.publish_release"


class ReleaseView(DeskView):
    """One release: what it changes, where it shows, what has happened to it, what can be done."""

    permission = VIEW
    template_name = "comparisons/desk/release.html"
    header_icon = "upload"

    @cached_property
    def release(self) -> Release:
        """The release of the address."""
        found = Release.objects.select_related("undoes", "created_by", "submitted_by", "approved_by")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @property
    def history(self) -> QuerySet[ModelLogEntry]:
        """What has happened to it, oldest first."""
        found = ModelLogEntry.objects.for_instance(self.release).select_related("user")
        return found.order_by("timestamp", "pk")  # type: ignore[no-any-return]

    @property
    def seen(self) -> str:
        """A mark of what the screen shows: every change of a draft is in its log."""
        newest = self.history.last()
        return str(newest.pk) if newest else ""

    def get_page_title(self) -> str:
        """The release's title."""
        return self.release.title

    def trail(self) -> list[dict[str, Any]]:
        """The list of releases."""
        return [{"url": reverse("releases:list"), "label": "Siffror"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the diff in words, the pages that show it, its history, and the forms of its state."""
        release = self.release
        figures: Any = release.observations if release.published_at else release.staged
        pages = usage.pages_showing(figures.values("indicator")).order_by("path")
        under_way = release.published_at is None
        state = release.state
        forms: dict[str, BaseForm] = {
            "words_form": WordsForm(initial={"title": release.title, "reason": release.reason}),
            "comment_form": CommentForm(),
            "schedule_form": ScheduleForm(),
        }
        return super().get_context_data(
            release=release,
            summary=summary(release),
            changes=changes(release, most=MOST_LISTED),
            unlisted=max(0, figures.count() - MOST_LISTED),
            pages=pages,
            indicators=Indicator.objects.filter(pk__in=figures.values("indicator"))
            .annotate(number=Count("pk"))
            .order_by("title"),
            turns=list(turns(release, (page.specific for page in pages[:MOST_PAGES]))) if under_way else [],
            moved=ledger.moved(release) if under_way else [],
            history=self.history,
            seen=self.seen,
            may_publish=self.user.has_perm(PUBLISH),
            may_change=self.user.has_perm(CHANGE),
            is_draft=state in Release.OPEN,
            **(forms | kwargs),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the step whose button was pressed; a refusal is told and changes nothing."""
        name = request.POST.get("step", "")
        if name not in STEPS:
            raise PermissionDenied
        step, permission = STEPS[name]
        if not request.user.has_perm(permission):
            raise PermissionDenied
        try:
            if name in FIXED_BY_READING and request.POST.get("seen", self.seen) != self.seen:
                raise ledger.NotReady("Någon har ändrat utkastet sedan du öppnade det. Läs igenom det igen.")
            return redirect(step(self))
        except ledger.FiguresMoved as moved:
            messages.error(
                request,
                "Inget är publicerat. Siffror har ändrats sedan publiceringen skickades: "
                + " ".join(moved.lines)
                + " Publiceringen är tillbaka som utkast, jämförd med det som gäller nu.",
            )
        except (ledger.LedgerError, rules.BrokenRules) as error:
            messages.error(request, f"Inget är ändrat. {error}")
        return redirect(self.release.get_admin_url())

    def words(self) -> str:
        """Keep its title and reason, while it is a draft."""
        form = WordsForm(self.request.POST)
        if not form.is_valid():
            raise ledger.NotReady("Skriv både rubrik och anledning.")
        releases.reword(self.release, self.user, **form.cleaned_data)
        messages.success(self.request, "Sparat.")
        return self.release.get_admin_url()

    def submit(self) -> str:
        """Send it for review."""
        releases.submit(self.release, self.user)
        messages.success(
            self.request, "Skickad för granskning. Inga läsare ser siffrorna förrän de är godkända."
        )
        return self.release.get_admin_url()

    def publish(self) -> str:
        """Approve and publish what was submitted; a draft is submitted on the way."""
        if self.release.state in Release.OPEN:
            releases.publish_now(self.release, self.user)
        else:
            releases.approve_and_publish(self.release, self.user)
        messages.success(self.request, "Publiceringen är godkänd och publicerad.")
        return self.release.get_admin_url()

    def schedule(self) -> str:
        """Approve what was submitted, for a time to come."""
        form = ScheduleForm(self.request.POST)
        if not form.is_valid():
            raise ledger.NotReady("Välj dag och klockslag.")
        try:
            releases.schedule(self.release, self.user, form.cleaned_data["publish_at"])
        except ledger.FiguresMoved as moved:
            releases.go_back(self.release, moved.lines, user=self.user)
            raise
        messages.success(self.request, "Godkänd. Den publiceras av sig själv när tiden är inne.")
        return self.release.get_admin_url()

    def send_back(self) -> str:
        """Make it a draft again, with a comment."""
        form = CommentForm(self.request.POST)
        if not form.is_valid():
            raise ledger.NotReady("Skriv en kommentar, så att den som rättar vet vad som ska göras.")
        releases.send_back(self.release, self.user, form.cleaned_data["comment"])
        messages.success(self.request, "Publiceringen är tillbaka som utkast.")
        return self.release.get_admin_url()

    def take_back(self) -> str:
        """Make it a draft again, compared with what is published now."""
        if self.release.state in Release.READY and not self.user.has_perm(PUBLISH):
            raise PermissionDenied
        releases.take_back(self.release, self.user)
        messages.success(self.request, "Utkast igen, jämfört med det som är publicerat nu.")
        return self.release.get_admin_url()

    def delete(self) -> str:
        """Throw a draft away."""
        releases.discard(self.release)
        messages.success(self.request, "Utkastet är kastat. Ingen publicerad siffra är ändrad.")
        return reverse("releases:list")

    def undo(self) -> str:
        """Make a draft that takes it back."""
        undone = ledger.undo(self.release, user=self.user)
        if undone.kept:
            messages.warning(
                self.request,
                "Går inte att ta tillbaka, för någon har publicerat nyare siffror sedan dess: "
                + "; ".join(undone.kept)
                + ".",
            )
        if undone.release is None:
            messages.error(self.request, "Det finns inget kvar att ta tillbaka.")
            return self.release.get_admin_url()
        messages.success(
            self.request,
            "Här är ett utkast som tar tillbaka siffrorna. Granska det och skicka det vidare.",
        )
        return undone.release.get_admin_url()


#: Buttons by name: what they do, and what it takes to press them.
STEPS: dict[str, tuple[Callable[[ReleaseView], str], str]] = {
    "words": (ReleaseView.words, CHANGE),
    "submit": (ReleaseView.submit, CHANGE),
    "publish": (ReleaseView.publish, PUBLISH),
    "schedule": (ReleaseView.schedule, PUBLISH),
    "send_back": (ReleaseView.send_back, PUBLISH),
    "take_back": (ReleaseView.take_back, CHANGE),
    "delete": (ReleaseView.delete, "comparisons.delete_release"),
    "undo": (ReleaseView.undo, CHANGE),
}


#: Steps that take what she read, and so refuse what somebody has changed since.
FIXED_BY_READING = ("words", "submit", "publish", "schedule")


class PreviewView(View):
    """A page or an indicator as it will look when the release is published."""

    def get(self, request: HttpRequest, pk: int, kind: str, thing: int) -> HttpResponse:
        """The public page with the figures of the release; as published, or its draft where it is none."""
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        release = get_object_or_404(Release, pk=pk, published_at=None)
        shown: Any = get_object_or_404(Page if kind == "sida" else Indicator, pk=thing)
        if kind == "sida":
            shown = shown.specific
        if not shown.live:
            shown = shown.get_latest_revision_as_object()
        wanted = previews.mode(release)
        if wanted not in dict(shown.preview_modes):
            raise Http404
        return shown.make_preview_request(request, wanted)  # type: ignore[no-any-return]
