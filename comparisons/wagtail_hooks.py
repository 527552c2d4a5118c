"""Registration only: what each thing does is in its own module."""

from django.urls import URLPattern, URLResolver
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from comparisons.desk import checks, guide, menu, publishing, richtext, themes, tidy, urls, viewsets
from comparisons.desk.two_at_once.views import GuardedPageViewSet
from comparisons.desk.worklist import kinds, kolada, registration
from comparisons.desk.worklist import views as worklist
from comparisons.models import Indicator

register_permission_policy(Indicator, publishing.PublishedIsKept(Indicator))
for viewset in viewsets.VIEWSETS:
    register_snippet(viewset)

tidy.register_fields()
# After Wagtail's own, whose place it takes.
hooks.register("register_admin_viewset", GuardedPageViewSet, order=1)
hooks.register("before_delete_snippet", viewsets.refuse_bulk_deletion)
hooks.register("before_delete_snippet", publishing.refuse_deletion_of_published)
hooks.register("construct_page_action_menu", publishing.arrange_buttons)
hooks.register("construct_snippet_action_menu", publishing.arrange_buttons)
hooks.register("register_admin_menu_item", menu.FiguresMenuItem)
hooks.register("construct_main_menu", menu.arrange_menu)
hooks.register("register_help_menu_item", guide.GuideMenuItem)
hooks.register("construct_help_menu", menu.arrange_help)
hooks.register("insert_global_admin_css", menu.stylesheet)
hooks.register("construct_wagtail_userbar", checks.use_own_checks)
hooks.register("register_rich_text_features", richtext.register_languages)
hooks.register("construct_homepage_panels", worklist.construct_home)
hooks.register(kinds.HOOK, registration.own_kinds)
hooks.register(kinds.HOOK, kolada.kinds)


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern | URLResolver]:
    """The figure and release screens."""
    return urls.urlpatterns


@hooks.register("register_admin_viewset")
def theme_listing() -> ViewSet:
    """Teman in the menu."""
    return themes.themes


@hooks.register("register_log_actions")
def release_log_actions(actions: LogActionRegistry) -> None:
    """What is remembered of a release, of a link to Kolada, and of a page that was read through."""
    for step, done in {
        "edit": "Ändrad",
        "submit": "Skickad för granskning",
        "approve": "Godkänd",
        "schedule": "Publiceringen är tidsatt",
        "send_back": "Skickad tillbaka",
        "moved": "Tillbaka som utkast, för publicerade siffror har ändrats",
        "take_back": "Tillbaka som utkast",
        "publish": "Publicerad",
        "fail": "Kunde inte publiceras vid sin tid",
    }.items():
        actions.register_action(f"comparisons.release.{step}", done, done)
    for step, done in {
        "link": "Kopplat till Kolada",
        "unlink": "Inte längre kopplat till Kolada",
        "seen": "Koladas nya namn är läst",
        "decimals": "Antalet decimaler från Kolada är ändrat",
    }.items():
        actions.register_action(f"comparisons.kolada.{step}", done, done)
    done = "Genomläst, stämmer fortfarande"
    actions.register_action(worklist.REVIEWED, done, done)
