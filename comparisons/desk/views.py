"""What the figure and release screens share."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from comparisons.models.figure_pages import FigurePageMixin, blocks_of

if TYPE_CHECKING:
    from boras_site.accounts.models import User

HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Hem"}


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """A screen of ours with Wagtail's furniture. ``permission`` is what it takes to see it."""

    permission = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who lacks the permission."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> "User":
        """Who is logged in; the admin lets nobody else come this far."""
        return cast("User", self.request.user)

    def trail(self) -> list[dict[str, Any]]:
        """The breadcrumbs between home and this screen."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the trail, and this screen."""
        return [HOME, *self.trail(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what the header needs."""
        return super().get_context_data(
            breadcrumbs_items=self.get_breadcrumbs_items(),
            header_title=self.get_header_title(),
            **kwargs,
        )


def tables_of(page: Page) -> Iterator[Any]:
    """The table blocks of a page, in the order of the page; none for a page that shows no figures."""
    if isinstance(page, FigurePageMixin):
        for block in blocks_of(getattr(page, name) for name in page.streams):
            if block.block_type == "table":
                yield block
