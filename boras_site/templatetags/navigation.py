"""Menu, breadcrumbs and addresses for the templates."""

from dataclasses import dataclass, field

from django import template
from django.conf import settings
from django.db.models import Exists, F, Q
from django.template import Context
from wagtail.models import Page

from boras_site.open_pages import restrictions_on

register = template.Library()


@dataclass(frozen=True)
class Link:
    """A way to a page; ``weave`` is a theme's mark."""

    title: str
    url: str
    weave: str = ""
    current: bool = False


@dataclass
class Navigation:
    """The menu's two lists, the steps to the page from the start, and the accessibility statement."""

    themes: list[Link] = field(default_factory=list)
    pages: list[Link] = field(default_factory=list)
    crumbs: list[Link] = field(default_factory=list)
    statement: Link | None = None


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> Navigation:
    """Menu, breadcrumbs and statement for the page in the context: one query for all of it.

    The menu holds what is published and open to everyone. The page itself is not a crumb. The statement
    stands in the footer whether it is in the menu or not.
    """
    request = context.get("request")
    page = context.get("page")
    if not isinstance(page, Page):
        page = None
    path = page.path if page and page.path else ""
    above = [path[:end] for end in range(2 * Page.steplen, len(path), Page.steplen)]
    is_open = Q(live=True) & ~Exists(restrictions_on("path"))
    in_menu = is_open & (Q(show_in_menus=True) | Q(themepage__isnull=False))
    is_statement = is_open & Q(accessibilitystatementpage__isnull=False)
    found = Navigation()
    pages = Page.objects.filter(in_menu | is_statement | Q(path__in=above, live=True)).annotate(
        weave=F("themepage__weave"), in_menu=in_menu, is_statement=is_statement
    )
    for other in pages.order_by("path"):
        url = other.get_url(request) or "/"
        if other.path in above:
            title = "Start" if other.depth == 2 else other.title
            found.crumbs.append(Link(title, url))
        link = Link(other.title, url, other.weave or "", bool(page and other.pk == page.pk))
        if other.in_menu:
            (found.themes if other.weave else found.pages).append(link)
        if other.is_statement:
            found.statement = link
    return found


@register.simple_tag
def site_url(path: str | None = "") -> str:
    """An absolute address on this site, for sharing; ``path`` starts with a slash."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path or ''}"
