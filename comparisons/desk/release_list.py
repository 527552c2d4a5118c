"""Siffror: where to fill figures in, and every release of them."""

from typing import Any

from django.core.paginator import Paginator

from comparisons.desk.release_views import VIEW
from comparisons.desk.views import DeskView, tables_of
from comparisons.models import Release, ThemePage

PER_PAGE = 50


class ReleaseListView(DeskView):
    """The way to each table's sheet, and the releases, newest first."""

    permission = VIEW
    template_name = "comparisons/desk/releases.html"
    page_title = "Siffror"
    header_icon = "table"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds a page of releases, and the tables of every theme as its newest draft has them."""
        found = Release.objects.select_related("created_by")
        state = self.request.GET.get("state", "")
        if state in Release.State.values:
            found = found.filter(state=state)
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            releases=page,
            states=Release.State,
            state=state,
            themes=[] if state or page.number > 1 else list(_themes()),
            may_change=self.user.has_perm("comparisons.add_release"),
            **kwargs,
        )


def _themes() -> list[tuple[ThemePage, list[Any]]]:
    themes = ThemePage.objects.select_related("latest_revision").order_by("path")
    drafts = [theme.get_latest_revision_as_object() for theme in themes]
    return [(theme, blocks) for theme in drafts if (blocks := list(tables_of(theme)))]
