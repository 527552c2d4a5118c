"""Teman in the menu: every theme with its edition, where it stands, and who last changed it."""

from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Prefetch, Q, QuerySet
from django.db.models.functions import Cast
from django.forms import RadioSelect
from django.http import HttpRequest
from django_filters import ChoiceFilter  # type: ignore[import-untyped]
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Revision, WorkflowState
from wagtail.permissions import policy_registry

from comparisons.models import ThemePage

Themes = QuerySet[ThemePage]

STATES = [
    ("live", "Publicerat"),
    ("changed", "Publicerat, med ändringar i ett utkast"),
    ("draft", "Utkast som inte är publicerat"),
    ("waiting", "Väntar på granskning"),
]


def in_state(state: str) -> Themes:
    """The themes that stand where one of ``STATES`` says."""
    if state == "waiting":
        waiting = WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS,
            content_type=ContentType.objects.get_for_model(ThemePage),
        )
        return ThemePage.objects.filter(pk__in=waiting.values(theme=Cast("object_id", BigIntegerField())))
    asked = {
        "live": Q(live=True),
        "changed": Q(live=True, has_unpublished_changes=True),
        "draft": Q(live=False),
    }
    return ThemePage.objects.filter(asked[state])


class ThemeFilters(WagtailFilterSet):  # type: ignore[misc]
    """By where it stands, and by edition.

    Both by way of primary keys, for a search knows no other fields of a theme.
    """

    state = ChoiceFilter(
        label="Läge", choices=STATES, empty_label="Alla", widget=RadioSelect, method="by_state"
    )
    edition = ChoiceFilter(
        label="Årgång",
        choices=lambda: [(year, year) for year in _editions()],
        empty_label="Alla",
        widget=RadioSelect,
        method="by_edition",
    )

    class Meta:
        model = ThemePage
        fields: ClassVar[list[str]] = []

    def by_state(self, themes: Themes, name: str, value: str) -> Themes:
        """Those that stand there."""
        return themes.filter(pk__in=in_state(value).values("pk"))

    def by_edition(self, themes: Themes, name: str, value: str) -> Themes:
        """Those of that year."""
        return themes.filter(pk__in=ThemePage.objects.filter(edition_year=value).values("pk"))


def _editions() -> list[int]:
    years = ThemePage.objects.order_by("-edition_year").values_list("edition_year", flat=True)
    return list(years.distinct())


def _last_changed_by(theme: ThemePage) -> str:
    user = theme.latest_revision and theme.latest_revision.user
    return get_user_display_name(user) if user else ""


class TemplateColumn(Column):  # type: ignore[misc]
    """A workbook with the theme's figures, for those who may bring it in again."""

    cell_template_name = "comparisons/desk/intakes/template_cell.html"

    def get_cell_context_data(self, instance: ThemePage, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Adds whether the user may read files in."""
        may = parent_context["request"].user.has_perm("comparisons.add_release")
        return {**super().get_cell_context_data(instance, parent_context), "may_read_in": may}


class ThemeListView(IndexView):  # type: ignore[misc]
    """The list."""

    page_title = "Teman"
    add_item_label = "Lägg till tema"
    results_template_name = "comparisons/desk/themes_results.html"

    def annotate_queryset(self, pages: Themes) -> Themes:
        """Wagtail's, and who made the latest revision; not what stands in it, which may be long."""
        revisions = Revision.objects.defer("content").select_related("user")
        return super().annotate_queryset(pages).prefetch_related(Prefetch("latest_revision", revisions))


class ThemesMenuItem(MenuItem):  # type: ignore[misc]
    """Teman, for those who may do anything with pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the list would open."""
        policy = policy_registry.get_by_type(ThemePage)
        return bool(policy.user_has_any_permission(request.user, ThemeListView.any_permission_required))


class ThemeListingViewSet(PageListingViewSet):  # type: ignore[misc]
    """Teman. A new one lands under the list of themes without asking, for there is no other place."""

    model = ThemePage
    index_view_class = ThemeListView
    filterset_class = ThemeFilters
    icon = "clipboard-list"
    menu_label = "Teman"
    menu_order = 100
    menu_item_class = ThemesMenuItem
    add_to_admin_menu = True
    columns: ClassVar = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label="Tema", sort_key="title", classname="title"),
        Column("edition_year", label="Årgång", width="10%"),
        PageStatusColumn("status", label="Läge", sort_key="live", width="14%"),
        DateColumn(
            "latest_revision_created_at",
            label="Ändrat",
            sort_key="latest_revision_created_at",
            width="14%",
        ),
        Column("changed_by", label="Ändrat av", accessor=_last_changed_by, width="16%"),
        TemplateColumn("pk", label="Excel", width="12%"),
    ]


themes = ThemeListingViewSet("teman")
