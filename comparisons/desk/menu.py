"""The admin's frame: its menu in the editors' words, with nothing in it that they never need.

Who may open a screen is decided by the screen itself: what is out of sight here is only out of the way.
"""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.menu import MenuItem

#: Wagtail's item Sidor stands first; here the editors' own things do.
_PAGES_ORDER = 200
#: Wagtail's own news and guide, in English.
_WAGTAILS_HELP = ("whats-new-in-wagtail", "editor-guide")


class FiguresMenuItem(MenuItem):  # type: ignore[misc]
    """Siffror, for those who may change them."""

    def __init__(self) -> None:
        super().__init__("Siffror", reverse("releases:list"), name="releases", icon_name="table", order=120)

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this user may make a release."""
        return bool(request.user.has_perm("comparisons.add_release"))  # type: ignore[union-attr]


def arrange_menu(request: HttpRequest, items: list[Any]) -> None:
    """Hook ``construct_main_menu``: pages after the editors' own, reports for administrators."""
    for item in items:
        if item.name == "explorer":
            item.order = _PAGES_ORDER
    if not request.user.is_superuser:  # type: ignore[union-attr]
        items[:] = [item for item in items if item.name != "reports"]


def arrange_help(request: HttpRequest, items: list[Any]) -> None:
    """Hook ``construct_help_menu``: without what Wagtail says of itself."""
    items[:] = [item for item in items if not item.name.startswith(_WAGTAILS_HELP)]


def stylesheet() -> SafeString:
    """Hook ``insert_global_admin_css``: the desk's, for Wagtail's own lists too."""
    return format_html('<link rel="stylesheet" href="{}">', static("comparisons/desk/desk.css"))
