"""The readers' answers in the admin: to read, tick off and export. Nobody writes or changes one there."""

import re
import unicodedata
from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone
from django_filters import DateFromToRangeFilter  # type: ignore[import-untyped]
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import EditView, IndexView, InspectView, SnippetViewSet

from boras_site.feedback.models import Feedback
from comparisons.svenska import format_datetime

# What a spreadsheet takes for a formula, also after spaces and in its wide East Asian form.
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")


def defused(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would compute.

    Signs that nobody sees do not hide it: some programs drop them before they read the cell.
    """
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return f"'{text}" if _FORMULA.match(seen) else text


def _when(moment: datetime) -> datetime:
    # Without its time zone, which a spreadsheet has none for, but by the clock on the wall in Borås.
    return timezone.localtime(moment).replace(tzinfo=None, microsecond=0)


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else "Ja" if value else "Nej"


class ReadOnlyPolicy(ModelPermissionPolicy):
    """As the groups say, but nobody adds an answer: not an administrator either."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the user may do it."""
        return action != "add" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Whether the user may do any of it."""
        return any(self.user_has_permission(user, action) for action in actions)


class FeedbackFilters(WagtailFilterSet):
    """By form, answer, whether it is ticked off, and day."""

    received_at = DateFromToRangeFilter(label="Kom in", widget=DateRangePickerWidget)

    class Meta:
        model = Feedback
        fields: ClassVar = ["kind", "helped", "handled", "received_at"]


class FeedbackIndexView(IndexView):
    """The list, and its export in Swedish with cells that no spreadsheet computes."""

    custom_field_preprocess: ClassVar = {
        "received_at": {"csv": _when, "xlsx": _when},
        "helped": {"csv": _yes_or_no, "xlsx": _yes_or_no},
        "handled": {"csv": _yes_or_no, "xlsx": _yes_or_no},
        "page": {"csv": defused, "xlsx": defused},
        "message": {"csv": defused, "xlsx": defused},
    }


def _beginning(feedback: Feedback) -> str:
    text = " ".join(feedback.message.split())
    return text if len(text) <= 120 else f"{text[:120].rstrip()} …"


def _handled(feedback: Feedback) -> str:
    return _yes_or_no(feedback.handled)


class FeedbackInspectView(InspectView):
    """One answer, with its time and its yes and no as they are said."""

    def get_received_at_display_value(self) -> str:
        """``1 mars 2018 kl. 15.06``."""
        return format_datetime(timezone.localtime(self.object.received_at))

    def get_handled_display_value(self) -> str:
        """``Ja``, ``Nej``."""
        return _handled(self.object)


class FeedbackEditView(EditView):
    """The tick. Nothing else is written, so that words a reader adds meanwhile are not lost."""

    def save_instance(self) -> Feedback:
        """The answer, ticked off or not."""
        feedback: Feedback = self.form.save(commit=False)
        feedback.save(update_fields=["handled"])
        log(instance=feedback, action="wagtail.edit", user=self.request.user)
        return feedback


class FeedbackViewSet(SnippetViewSet):
    """Läsarnas svar."""

    model = Feedback
    icon = "mail"
    menu_label = "Läsarnas svar"
    menu_order = 160
    add_to_admin_menu = True
    copy_view_enabled = False
    edit_view_class = FeedbackEditView
    inspect_view_enabled = True
    inspect_view_class = FeedbackInspectView
    inspect_view_fields: ClassVar = ["received_at", "kind", "page", "helped", "message", "handled"]
    index_view_class = FeedbackIndexView
    filterset_class = FeedbackFilters
    search_fields: ClassVar = ["message", "page"]
    list_per_page = 50
    list_display: ClassVar = [
        "received_at",
        "kind",
        "helped",
        "page",
        Column("message", label="Meddelande", accessor=_beginning),
        Column("handled", label="Åtgärdad", accessor=_handled, sort_key="handled"),
    ]
    list_export: ClassVar = ["received_at", "get_kind_display", "helped", "page", "message", "handled"]
    export_headings: ClassVar = {
        "received_at": "Kom in",
        "get_kind_display": "Slag",
        "helped": "Hjälpte sidan",
        "page": "Sida",
        "message": "Meddelande",
        "handled": "Åtgärdad",
    }
    export_filename = "lasarnas-svar"
    edit_handler = ObjectList(
        [
            *(FieldPanel(name, read_only=True) for name in inspect_view_fields if name != "handled"),
            FieldPanel("handled"),
        ]
    )
