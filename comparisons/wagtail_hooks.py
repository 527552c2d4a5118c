"""Registration only: what each thing does is in its own module."""

from typing import Any

from django.urls import URLPattern, URLResolver, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from comparisons.desk import urls, viewsets

for viewset in viewsets.VIEWSETS:
    register_snippet(viewset)

hooks.register("before_delete_snippet", viewsets.refuse_bulk_deletion)


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern | URLResolver]:
    """The figure and release screens."""
    return [*urls.urlpatterns]


class ReleasesMenuItem(MenuItem):
    """Siffror, for those who may change them."""

    def is_shown(self, request: Any) -> bool:
        """Whether this user may make a release."""
        return bool(request.user.has_perm("comparisons.add_release"))


@hooks.register("register_admin_menu_item")
def releases_menu_item() -> MenuItem:
    """Publiceringar in the menu."""
    return ReleasesMenuItem(
        "Siffror", reverse("releases:list"), name="releases", icon_name="table", order=120
    )


@hooks.register("register_log_actions")
def release_log_actions(actions: LogActionRegistry) -> None:
    """What is remembered of a release."""
    for step, done in {
        "submit": "Skickad för granskning",
        "approve": "Godkänd",
        "send_back": "Skickad tillbaka",
        "publish": "Publicerad",
    }.items():
        actions.register_action(f"comparisons.release.{step}", done, done)
