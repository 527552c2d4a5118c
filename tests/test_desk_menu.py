"""The admin's frame as each role meets it: the menu, the list of themes, the buttons below a form."""

import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from comparisons import roles
from comparisons.models import ThemePage
from tests import factories
from tests.reading import soup, texts

pytestmark = pytest.mark.django_db

THEMES = "/admin/teman/"
EDITORS_MENU = [
    "Teman",
    "Nyckeltal",
    "Siffror",
    "Källor",
    "Områden",
    "Urval",
    "Läsarnas svar",
    "Sidor",
    "Bilder",
    "Dokument",
]


@pytest.fixture
def administrator(db: None) -> Client:
    return factories.client(factories.user(is_superuser=True))


def menu(browser: Client) -> dict[str, list[str]]:
    """The menu's items, each with what unfolds from it."""
    page = soup(browser.get(reverse("wagtailadmin_home")).content)
    props = json.loads(page.select_one("#wagtail-sidebar-props").get_text())
    (main,) = (module for module in props["modules"] if "MainMenu" in module["_type"])
    found = {}
    for item in main["_args"][0]:
        own, *rest = item["_args"]
        unfolding = rest[0] if rest and isinstance(rest[0], list) else []
        found[own["label"]] = [one["_args"][0]["label"] for one in unfolding]
    return found


# --- The menu --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", roles.ROLES)
def test_editors_meet_their_own_things_in_their_own_words_and_nothing_else(role: str) -> None:
    found = menu(factories.client(factories.user(role)))
    assert list(found)[:-1] == EDITORS_MENU
    assert list(found)[-1] == "Hjälp" and "Genvägar" in found["Hjälp"]
    assert not [label for label in found["Hjälp"] if "Wagtail" in label or "Editor" in label]


def test_administrators_also_have_reports_and_settings(administrator: Client) -> None:
    found = menu(administrator)
    assert list(found) == [*EDITORS_MENU, "Rapporter", "Inställningar", "Hjälp"]
    assert "Användare" in found["Inställningar"]


def test_who_may_do_nothing_has_nothing_in_the_menu() -> None:
    someone = factories.user()
    someone.user_permissions.add(*factories.permissions("access_admin"))
    assert list(menu(factories.client(someone))) == ["Hjälp"]


# --- The list of themes ----------------------------------------------------------------------


def rows(browser: Client, **query: str) -> list[list[str]]:
    """The rows of the list: theme, edition, where it stands, when and by whom it was changed."""
    page = soup(browser.get(THEMES, query).content)
    return [
        [
            " ".join((cell.select_one("[id$=_title]") or cell).get_text(" ").split())
            for cell in row.select("td")[1:]
        ]
        for row in page.select("tbody tr")
    ]


def names(browser: Client, **query: str) -> list[str]:
    return [row[0] for row in rows(browser, **query)]


@pytest.fixture
def themes(db: None) -> dict[str, ThemePage]:
    """A theme in each state: public, public with a draft, a draft, waiting for review."""
    made = {name: factories.theme_page(name, edition_year=2018) for name in ("Publikt", "Ändrat", "Väntande")}
    made["Utkast"] = factories.theme_page("Utkast", edition_year=2020, live=False)
    made["Ändrat"].save_revision(user=factories.user(first_name="Kim", last_name="Karlsson"))
    made["Väntande"].save_revision()
    made["Väntande"].get_workflow().start(made["Väntande"], factories.user(roles.COMMUNICATOR))
    factories.content_page("Om siffrorna")
    return made


def test_every_theme_is_listed_with_its_edition_its_state_and_who_changed_it(
    desk: Client, themes: dict[str, ThemePage]
) -> None:
    found = {row[0]: row[1:] for row in rows(desk)}
    assert set(found) == set(themes)
    assert [found[name][0] for name in themes] == ["2018", "2018", "2018", "2020"]
    assert found["Ändrat"][3] == "Kim Karlsson"
    states = [found[name][1] for name in ("Publikt", "Ändrat", "Väntande", "Utkast")]
    assert len(set(states)) == 4
    assert texts(desk.get(THEMES).content, "title") == ["Teman - Öppna jämförelser"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "live"}, {"Publikt", "Ändrat", "Väntande"}),
        ({"state": "changed"}, {"Ändrat", "Väntande"}),
        ({"state": "draft"}, {"Utkast"}),
        ({"state": "waiting"}, {"Väntande"}),
        ({"edition": "2020"}, {"Utkast"}),
        ({"edition": "2018", "state": "waiting"}, {"Väntande"}),
        ({"q": "Ändr"}, {"Ändrat"}),
        ({"q": "Ändr", "edition": "2018", "state": "live"}, {"Ändrat"}),
        ({"q": "Ändr", "edition": "2020"}, set()),
    ],
)
def test_themes_are_found_by_words_state_and_edition(
    desk: Client, themes: dict[str, ThemePage], query: dict[str, str], found: set[str]
) -> None:
    assert set(names(desk, **query)) == found


@pytest.mark.parametrize("ordering", ["title", "-title", "live", "latest_revision_created_at"])
@pytest.mark.parametrize("q", ["", "t"])
def test_every_order_works_with_and_without_a_search(
    desk: Client, themes: dict[str, ThemePage], ordering: str, q: str
) -> None:
    assert desk.get(THEMES, {"ordering": ordering, "q": q}).status_code == 200


def test_an_empty_list_says_what_to_do(desk: Client, themes: dict[str, ThemePage]) -> None:
    assert "Inget tema stämmer." in desk.get(THEMES, {"q": "finns inte"}).content.decode()
    for theme in themes.values():
        theme.delete()
    page = soup(desk.get(THEMES).content)
    assert "Det finns inga teman än." in page.get_text()
    assert not page.select("table")


def test_a_new_theme_lands_under_the_list_of_themes_without_asking(desk: Client) -> None:
    index = factories.index_page()
    (add,) = (
        link for link in soup(desk.get(THEMES).content).select("header a") if "Lägg till tema" in link.text
    )
    answer = desk.get(add["href"])
    assert answer.headers["Location"] == reverse(
        "wagtailadmin_pages:add", args=["comparisons", "themepage", index.pk]
    )
    assert desk.get(answer.headers["Location"]).status_code == 200


def test_many_themes_cost_as_many_queries_as_one(administrator: Client) -> None:
    # Of other users Wagtail asks for every page whether something public is below it.
    desk = administrator
    author = factories.user(roles.COMMUNICATOR)
    factories.theme_page("Första").save_revision(user=author)
    desk.get(THEMES)
    with CaptureQueriesContext(connection) as one:
        desk.get(THEMES)
    for number in range(8):
        factories.theme_page(f"Nummer {number}").save_revision(user=factories.user(roles.COMMUNICATOR))
    with CaptureQueriesContext(connection) as many:
        desk.get(THEMES)
    assert len(many) == len(one)


@pytest.mark.parametrize("role", roles.ROLES)
def test_nobody_is_offered_a_kind_of_page_that_is_not_to_be_made_there(role: str) -> None:
    browser = factories.client(factories.user(role))
    factories.index_page()
    offered = {}
    for page in Page.objects.filter(depth__gt=1):
        answer = browser.get(reverse("wagtailadmin_pages:add_subpage", args=[page.pk]), follow=True)
        last = answer.redirect_chain[-1][0] if answer.redirect_chain else ""
        kinds = texts(answer.content, "main ul.listing a") if not last else [last.split("/")[-3]]
        offered[page.specific_class.__name__] = sorted(kinds)
    assert offered["ComparisonsIndexPage"] == ["themepage"]
    assert "Startsida" not in offered["HomePage"]


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (factories.home_page, ["search_description"]),
        (factories.index_page, ["slug", "search_description", "show_in_menus"]),
        (factories.theme_page, ["slug", "search_description"]),
        (factories.content_page, ["slug", "search_description", "show_in_menus"]),
        (factories.statement_page, ["slug", "search_description", "show_in_menus"]),
    ],
    ids=["home", "index", "theme", "text", "statement"],
)
def test_the_second_tab_asks_only_for_what_the_site_makes_use_of(
    desk: Client, make: Callable[[], Page], found: list[str]
) -> None:
    screen = desk.get(reverse("wagtailadmin_pages:edit", args=[make().pk]))
    _, tab = soup(screen.content).select("section[role=tabpanel]")
    assert [field["name"] for field in tab.select("input[name], textarea[name]")] == found
