"""Every public page that the checks of this folder read, in one list.

The list makes itself: the live pages of the page tree, a published indicator of each value type, every
address without parameters that answers a reader, and a page that is missing. What cannot be found that
way stands in ``SEARCHES``, and what a reader does on a page before it is read in ``STATES``.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

MISSING = "/finns-inte/"
FOUNDING = "/oppna-jamforelser/trygghet-och-sakerhet/"
#: Addresses that are no pages, or that are not for readers.
NOT_PAGES = ("admin/", "_util/", "dokument/", "media/", "sitemap.xml", "robots.txt")
#: Pages of which there is one, and that grow with what the database holds.
LISTS = ("/nyckeltal/",)
#: On how many pages each of STATES is looked at: those that have most of what it is about.
SAMPLES = 2
#: Questions to ask of an address, where the site has it.
SEARCHES = {"/sok/": ("?q=brott", "?q=finns-inte-alls")}


@dataclass(frozen=True)
class Place:
    """An address of a site, the status it answers with, and the state to bring it into (``STATES``).

    ``alike`` is true of a page whose like is in the list already: other figures in the same frame.
    """

    path: str
    status: int = 200
    state: str = ""
    alike: bool = False

    def __str__(self) -> str:
        return f"{self.path} ({self.state})" if self.state else self.path


def open_menu(page: Page) -> None:
    """The menu, opened by its button."""
    page.locator(".menu-button").click()


def open_details(page: Page) -> None:
    """Everything that folds out, folded out."""
    page.evaluate("for (const details of document.querySelectorAll('main details')) details.open = true")


def send_empty(page: Page) -> None:
    """The page's own form, sent with nothing in it; what the browser would stop is let through."""
    form = page.locator("main form[method=post i]").first
    form.evaluate("form => { form.noValidate = true }")
    form.locator("button:not([type=button]), [type=submit]").first.click()
    page.wait_for_load_state()


#: What to do on a page, by the name it has in a list of faults: which pages have it, and how.
STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "menyn öppen": ("", open_menu),
    "allt utfällt": ("<details", open_details),
    "tomt formulär skickat": ('method="post"', send_empty),
}


def visit(page: Page, place: Place) -> None:
    """Open the page and bring it into its state; fails unless it answers as it should."""
    response = page.goto(place.path)
    assert response is not None and response.status == place.status, (place, response and response.status)
    if place.state:
        STATES[place.state][1](page)


def find(*, fixed: bool) -> list[Place]:
    """Every place of the site whose database this is. Needs Django; asks the site itself.

    ``fixed``: also the pages that say the same whatever the database holds, forms for instance.
    """
    from django.test import Client

    client = Client()
    indicators = dict.fromkeys(_of_indicators())
    paths = dict.fromkeys((*_of_the_tree(), *indicators, *(_fixed() if fixed else LISTS), MISSING))
    places = []
    mains = {}
    for path in paths:
        response = client.get(path, headers={"host": "localhost"})
        if response.status_code in (302, 405):
            continue  # an address that only takes what a form sends
        assert response.status_code == (404 if path == MISSING else 200), (path, response.status_code)
        if not response["Content-Type"].startswith("text/html"):
            continue
        html = response.content.decode()
        places.append(Place(path, response.status_code, alike=path in list(indicators)[2:]))
        places += [Place(path + question) for question in SEARCHES.get(path, ())]
        if path in indicators and (question := _picking(html)):
            places.append(Place(path + question))
        mains[path] = html.partition("<main")[2].partition("</main>")[0].lower()
    for state, (sign, _) in STATES.items():
        most = sorted(mains, key=lambda path: -mains[path].count(sign)) if sign else []
        places += [Place(path, state=state) for path in most[:SAMPLES] if sign in mains[path]]
    # The menu is the same everywhere: once is enough, on the front page.
    return [*places, Place("/", state="menyn öppen")]


def _picking(html: str) -> str:
    """What an indicator's page asks for when a reader picks the first five municipalities it offers."""
    codes = re.findall(r'<option value="(\w+)">', html)[:5]
    return "?" + "&".join(f"jamfor={code}" for code in sorted(codes)) if codes else ""


def _of_the_tree() -> Iterator[str]:
    """Every live page; of text pages that have no text, one."""
    from wagtail.models import Page as TreePage
    from wagtail.models import Site

    from boras_site.models import ContentPage

    root = Site.objects.get(is_default_site=True).root_page
    live = TreePage.objects.descendant_of(root, inclusive=True).live().order_by("path")
    bare = list(ContentPage.objects.filter(introduction="", body=[]).values_list("pk", flat=True))
    for page in live.exclude(pk__in=bare[1:]):
        yield page.get_url() or "/"


def _of_indicators() -> Iterator[str]:
    """The page of an indicator of each value type: the longest names, the most figures, none."""
    from django.db.models import Count
    from django.db.models.functions import Length

    from comparisons.models import Indicator
    from comparisons.terms import ValueType

    live = Indicator.objects.filter(live=True).annotate(figures=Count("observation"), length=Length("title"))
    for order in (("-length", "pk"), ("-figures", "pk")):
        for value_type in ValueType:
            for indicator in live.filter(value_type=value_type).order_by(*order)[:1]:
                yield indicator.get_absolute_url()
    for indicator in live.order_by("figures", "pk")[:1]:
        yield indicator.get_absolute_url()


def _fixed() -> Iterator[str]:
    """Addresses without parameters, as the site's own list of addresses has them."""
    from django.urls import get_resolver

    def walk(patterns: Any, before: str) -> Iterator[str]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if route.startswith(NOT_PAGES):
                continue
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, route)
            elif pattern.name and not any(sign in route for sign in "<^(["):
                yield f"/{route}"

    yield from walk(get_resolver().url_patterns, "")
