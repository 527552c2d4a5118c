"""The footer of every page: how to reach the city, the statement, and the way to report a fault."""

import pytest
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from boras_site.models import SiteSettings
from boras_site.templatetags.navigation import navigation
from tests import factories as make
from tests.reading import soup, texts

pytestmark = pytest.mark.django_db

STATEMENT = "/tillganglighetsredogorelse/"


def footer(client, address: str = "/") -> list[str]:
    return texts(client.get(address).content, "footer li")


def settings(**fields: str) -> None:
    SiteSettings.objects.update_or_create(site=make.home_page().get_site(), defaults=fields)


def test_the_footer_leads_to_the_statement_the_form_and_the_pages(client):
    make.theme_page("Skola")
    make.content_page("Om webbplatsen", show_in_menus=True)
    make.content_page("Inte i menyn")
    make.statement_page()
    expected = ["Tillgänglighetsredogörelse", "Rapportera brist", "Alla nyckeltal", "Om webbplatsen"]
    for address in ("/", "/om-webbplatsen/", "/finns-inte/", "/rapportera-brist/", STATEMENT):
        assert footer(client, address) == expected, address


def test_the_statement_is_named_once_also_when_it_is_in_the_menu(client):
    make.statement_page(show_in_menus=True)
    assert footer(client).count("Tillgänglighetsredogörelse") == 1
    assert "Tillgänglighetsredogörelse" in texts(client.get("/").content, "#meny li")


def test_a_statement_that_is_not_in_the_menu_is_not_in_the_menu(client):
    make.statement_page()
    assert "Tillgänglighetsredogörelse" not in texts(client.get("/").content, "#meny li")


@pytest.mark.parametrize("hidden", ["draft", "closed"])
def test_a_statement_that_readers_may_not_see_is_not_named(client, hidden):
    page = make.statement_page()
    if hidden == "draft":
        page.unpublish()
    else:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert footer(client) == ["Rapportera brist", "Alla nyckeltal"]


def test_menu_crumbs_and_statement_are_one_query(client, django_assert_num_queries):
    make.theme_page("Skola")
    page = make.content_page("Om", show_in_menus=True)
    make.statement_page()
    request = RequestFactory().get(page.url)
    page.get_url(request)  # the site's root pages, which Wagtail keeps
    with django_assert_num_queries(1):
        found = navigation({"request": request, "page": page})
    assert found.statement is not None and found.statement.url == STATEMENT
    assert [link.title for link in found.pages] == ["Om"]


def test_contact_stands_in_the_footer_as_links(client):
    settings(
        contact_email="stad@example.se", contact_phone="033-35 70 00", contact_address="Rådhuset\n<b>1</b>"
    )
    html = client.get("/").content
    assert texts(html, "footer h2") == ["Kontakt"]
    links = {link.text: link["href"] for link in soup(html).select("footer section a")}
    assert links == {"stad@example.se": "mailto:stad@example.se", "033-35 70 00": "tel:+4633357000"}
    address = soup(html).select_one("footer address")
    assert address.text == "Rådhuset<b>1</b>"
    assert address.select("br") and not address.select("b")


def test_without_contact_there_is_no_heading_for_it(client):
    make.home_page()
    assert texts(client.get("/").content, "footer h2") == []


@pytest.mark.parametrize(
    ("written", "link"),
    [("033-35 70 00", "+4633357000"), ("+46 33 35 70 00", "+4633357000"), ("112", "112"), ("00 1", "001")],
)
def test_a_phone_number_works_from_abroad(written, link):
    assert SiteSettings(contact_phone=written).phone_link == link


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/", "/rapportera-brist/?sida=/"),
        ("/nyckeltal/", "/rapportera-brist/?sida=/nyckeltal/"),
        ("/rapportera-brist/", "/rapportera-brist/"),
        ("/hjalpte-sidan/tack/", "/rapportera-brist/"),
    ],
)
def test_a_fault_is_reported_on_the_page_where_it_is(client, address, link):
    make.home_page()
    html = client.get(address).content
    assert [tag["href"] for tag in soup(html).select("footer a[href^='/rapportera']")] == [link]
