"""Releases in the admin: the list, and one release with its diff in words and its next steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.models import ModelLogEntry

from comparisons import ledger, releases, rules, usage
from comparisons.changes import changes
from comparisons.desk.forms import CommentForm
from comparisons.desk.views import DeskView
from comparisons.models import Release

PER_PAGE = 50
#: How many changes are listed; a year's turn of every municipality is told by its number.
MOST_LISTED = 500


class ReleaseListView(DeskView):
    """Every release, newest first."""

    permission = "comparisons.add_release"
    template_name = "comparisons/desk/releases.html"
    page_title = "Publiceringar av siffror"
    header_icon = "upload"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds a page of releases."""
        found = Release.objects.select_related("created_by")
        if state := self.request.GET.get("state"):
            found = found.filter(state=state)
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(releases=page, states=Release.State, state=state, **kwargs)


class ReleaseView(DeskView):
    """One release: what it changes, where it shows, what has happened to it, what can be done."""

    permission = "comparisons.add_release"
    template_name = "comparisons/desk/release.html"
    header_icon = "upload"

    @cached_property
    def release(self) -> Release:
        """The release of the address."""
        return get_object_or_404(Release.objects.select_related("undoes"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """The release's title."""
        return self.release.title

    def trail(self) -> list[dict[str, Any]]:
        """The list of releases."""
        return [{"url": reverse("releases:list"), "label": "Publiceringar"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the diff in words, the pages that show it, and its history."""
        release = self.release
        figures: Any = release.observations if release.published_at else release.staged
        count = figures.count()
        kwargs.setdefault("form", CommentForm())
        return super().get_context_data(
            release=release,
            changes=changes(release, most=MOST_LISTED),
            unlisted=max(0, count - MOST_LISTED),
            pages=usage.pages_showing(figures.values("indicator")).order_by("path"),
            history=ModelLogEntry.objects.for_instance(release).select_related("user").order_by("timestamp"),
            may_publish=self.user.has_perm("comparisons.publish_release"),
            **kwargs,
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
            return redirect(step(self))
        except ledger.FiguresMoved as moved:
            messages.error(
                request,
                "Inget är publicerat. Siffror har ändrats sedan publiceringen granskades: "
                + " ".join(moved.lines)
                + " Välj Jämför igen för att granska mot det som gäller nu.",
            )
        except (ledger.LedgerError, rules.BrokenRules) as error:
            messages.error(request, f"Inget är ändrat. {error}")
        return redirect(self.release.get_admin_url())

    def submit(self) -> str:
        """Send it for review."""
        releases.submit(self.release, self.user)
        messages.success(self.request, "Publiceringen är skickad för granskning.")
        return self.release.get_admin_url()

    def publish(self) -> str:
        """Approve and publish what was submitted; a draft is submitted on the way."""
        if self.release.state in Release.OPEN:
            releases.publish_now(self.release, self.user)
        else:
            releases.approve_and_publish(self.release, self.user)
        messages.success(self.request, "Publiceringen är godkänd och publicerad.")
        return self.release.get_admin_url()

    def send_back(self) -> str:
        """Make it a draft again, with a comment."""
        form = CommentForm(self.request.POST)
        if not form.is_valid():
            raise ledger.NotReady("Skriv en kommentar, så att den som rättar vet vad som ska göras.")
        releases.send_back(self.release, self.user, form.cleaned_data["comment"])
        messages.success(self.request, "Publiceringen är tillbaka som utkast.")
        return self.release.get_admin_url()

    def compare_again(self) -> str:
        """Compare it with what is published now."""
        if self.release.published_at:
            raise ledger.NotOpen("Publiceringen är redan publicerad.")
        ledger.compare_again(self.release)
        messages.success(self.request, "Jämförd med det som är publicerat nu. Granska den igen.")
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
            self.request, "Här är ett utkast som tar tillbaka siffrorna. Granska och publicera det."
        )
        return undone.release.get_admin_url()


#: Buttons by name: what they do, and what it takes to press them.
STEPS: dict[str, tuple[Callable[[ReleaseView], str], str]] = {
    "submit": (ReleaseView.submit, "comparisons.add_release"),
    "publish": (ReleaseView.publish, "comparisons.publish_release"),
    "send_back": (ReleaseView.send_back, "comparisons.publish_release"),
    "compare_again": (ReleaseView.compare_again, "comparisons.add_release"),
    "delete": (ReleaseView.delete, "comparisons.delete_release"),
    "undo": (ReleaseView.undo, "comparisons.add_release"),
}
