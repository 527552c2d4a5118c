"""The work list's own screens: the panel on the home page, all of a kind, and what its buttons post to."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.log_actions import log
from wagtail.models import Page

from comparisons.desk.views import DeskView
from comparisons.desk.worklist.kinds import MOST, Kind, kind_called, pages_for, work_list
from comparisons.models.changes import TextChangedMixin

if TYPE_CHECKING:
    from boras_site.accounts.models import User

#: What is remembered of a page that somebody read through.
REVIEWED = "comparisons.page.reviewed"


class WorkListPanel(Component):
    """The list on the home page."""

    name = "work_list"
    template_name = "comparisons/desk/worklist.html"
    order = 100

    @property
    def media(self) -> Media:
        """The desk's stylesheet."""
        return Media(css={"all": ["comparisons/desk/desk.css"]})

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """What waits for whoever is logged in."""
        request = parent_context["request"]
        return {
            "request": request,
            "csrf_token": parent_context["csrf_token"],
            "work": work_list(request.user),
        }


def construct_home(request: HttpRequest, panels: list[Component]) -> None:
    """Hook ``construct_homepage_panels``: the work list tells all that Wagtail's panels do, once."""
    panels[:] = [WorkListPanel()]


class KindView(DeskView):
    """All there is of one kind."""

    permission = "wagtailadmin.access_admin"
    template_name = "comparisons/desk/worklist_kind.html"
    header_icon = "list-ul"

    @cached_property
    def kind(self) -> Kind:
        """The kind of the address."""
        return kind_called(self.kwargs["slug"])

    def get_page_title(self) -> str:
        """The kind's heading."""
        return self.kind.heading

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what was found."""
        return super().get_context_data(found=self.kind.find(self.user, MOST), **kwargs)


@require_POST
def reviewed(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember that somebody has read a public page through and that it holds.

    By a query, so that it is no new version and purges nothing. Raises PermissionDenied for who may
    not change the page.
    """
    page = get_object_or_404(Page.objects.live(), pk=pk).specific
    mine = pages_for(cast("User", request.user))
    if not isinstance(page, TextChangedMixin) or not mine.filter(pk=pk).exists():
        raise PermissionDenied
    type(page)._default_manager.filter(pk=pk).update(reviewed_at=timezone.now())
    log(instance=page, action=REVIEWED, user=request.user)
    messages.success(request, f"Sidan ”{page}” är genomläst. Vi påminner igen om ett år.")
    return back(request)


def back(request: HttpRequest) -> HttpResponse:
    """To the screen whose button was pressed; the home page when it is not told."""
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
