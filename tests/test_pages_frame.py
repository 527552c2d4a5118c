"""What stands around every public page: menu, crumbs, headers, and nothing from anybody else."""

from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from boras_site.models import HomePage
from boras_site.views import server_error
from comparisons import figures
from tests import factories as make
from tests.reading import texts

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
}
PAGES = {
    "home": "/",
    "index": "/oppna-jamforelser/",
    "theme": "/oppna-jamforelser/trygghet-och-sakerhet/",
    "text page": "/om-siffrorna/",
    "indicators": "/nyckeltal/",
    "indicator": "/nyckeltal/antal-anmalda-valdsbrott/",
    "no such page": "/finns-inte/",
}
FILES = {"sitemap": "/sitemap.xml", "robots": "/robots.txt", "moved page": "/oppna-jamforelser"}
#: Other sites that a page may lead to by itself; it never loads anything from them.
SHARING = {"www.facebook.com", "www.linkedin.com"}


@pytest.fixture
def site(db):
    """A page of every kind, with what an editor may put on it."""
    of = make.indicator("Antal anmälda våldsbrott", source=make.source(url="https://bra.se/"))
    other = make.indicator("Andra brott")
    make.publish(make.staged_figure(of), make.staged_figure(other, status="suppressed"))
    make.theme_page(
        tables=[make.table(of, other, columns=[make.column(make.own_area(), "2017")], note="Text under.")],
        key_figures=[of, other],
        introduction="<p>Läs hos <a href='https://skr.se/'>SKR</a>.</p>",
        links='[{"type": "link", "value": {"text": "SKR", "url": "https://skr.se/oppna"}}]',
        responsible_unit="Enheten",
        summary="I en mening.",
    )
    section = {"heading": "Rubrik", "body": [{"type": "text", "value": "<p>Text.</p>"}]}
    body = [{"type": "section", "value": section}]
    make.content_page(body=body, show_in_menus=True)


def attributes(html: bytes, selector: str, *names: str) -> list[str]:
    found = BeautifulSoup(html, "html.parser").select(selector)
    return [str(tag[name]) for tag in found for name in names if tag.has_attr(name)]


# --- Headers and what is loaded ------------------------------------------------------------------


@pytest.mark.parametrize("address", (PAGES | FILES).values(), ids=PAGES | FILES)
def test_a_public_page_sets_no_cookie_and_is_the_same_for_everyone(client, site, address):
    answer = client.get(address)
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_public_page_holds_no_script_and_no_style_of_its_own(client, site, address):
    page = BeautifulSoup(client.get(address).content, "html.parser")
    assert page.h1
    assert not page.find_all("style")
    assert [tag["src"] for tag in page.find_all("script") if not tag.get_text(strip=True)] == [
        "/static/js/site.js"
    ]
    assert len(page.find_all("script")) == 1
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name == "style" or name.startswith("on")], tag
        assert not str(tag.get("href", "")).startswith("javascript:"), tag


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_public_page_loads_nothing_from_elsewhere_and_leads_only_where_it_says(
    client, site, address, settings
):
    html = client.get(address).content
    loaded = attributes(html, "[src], [srcset], [poster], use, image", "src", "srcset", "poster", "href")
    loaded += attributes(html, "link:not([rel=canonical])", "href")
    assert not [one for one in loaded if not one.startswith(("/static/", "#"))]
    own = urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc
    hosts = {urlsplit(link).netloc for link in attributes(html, "[href], [action]", "href", "action")} - {
        "",
        own,
    }
    editors = {"theme": {"skr.se"}, "indicator": {"bra.se"}}
    allowed = SHARING | editors.get(next(name for name, at in PAGES.items() if at == address), set())
    assert hosts <= allowed
    assert hosts >= allowed - SHARING


@pytest.mark.parametrize("name", ["index", "theme", "text page", "indicator"])
def test_sharing_gives_the_pages_whole_address_on_this_site(client, site, name, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://jamforelser.example.se/"
    html = client.get(PAGES[name]).content
    whole = f"https://jamforelser.example.se{PAGES[name]}"
    assert attributes(html, "link[rel=canonical]", "href") == [whole]
    assert attributes(html, "[data-copy]", "data-copy") == [whole]
    quoted = whole.replace(":", "%3A").replace("/", "%2F")
    assert [quoted in link for link in attributes(html, ".share a", "href")] == [True, True, True]
    assert texts(html, ".share li") == ["Kopiera länken", "E-post", "Facebook", "LinkedIn"]


def test_the_admin_is_left_to_wagtail(admin_client):
    assert "Content-Security-Policy" not in admin_client.get("/admin/")


# --- Errors --------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/finns-inte/", "/oppna-jamforelser/finns-inte/", "/nyckeltal/finns-inte/"]
)
def test_a_page_that_is_not_there_is_told_in_swedish_with_the_menu_around(client, site, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert texts(answer.content, "h1") == ["Sidan finns inte"]
    assert attributes(answer.content, "html", "lang") == ["sv"]
    menu = ["Trygghet och säkerhet", "Sök", "Alla nyckeltal", "Om siffrorna"]
    assert texts(answer.content, "#meny li") == menu


def test_a_page_that_is_not_there_is_told_on_an_empty_site_too(client, db):
    assert texts(client.get("/finns-inte/").content, "h1") == ["Sidan finns inte"]


def test_the_page_for_faults_asks_the_database_nothing():
    """No mark for the database: pytest-django stops whoever asks."""
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert texts(answer.content, "h1") == ["Något gick fel hos oss"]
    assert attributes(answer.content, "html", "lang") == ["sv"]


def test_a_fault_shows_the_page_for_faults(client, site, monkeypatch):
    def break_down():
        raise RuntimeError("the figures are gone")

    monkeypatch.setattr(figures, "live", break_down)
    client.raise_request_exception = False
    answer = client.get(PAGES["theme"])
    assert answer.status_code == 500
    assert texts(answer.content, "h1") == ["Något gick fel hos oss"]
    assert "figures are gone" not in answer.content.decode()


# --- Menu and crumbs -----------------------------------------------------------------------------


def menu(client, address: str = "/") -> list[str]:
    return texts(client.get(address).content, "#meny li")


@pytest.mark.django_db
def test_the_menu_holds_the_themes_in_the_order_of_the_tree_and_then_the_pages(client):
    first, second, third = (make.theme_page(title) for title in ("Östra", "Åldrande", "Affärer"))
    make.content_page("Om siffrorna", show_in_menus=True)
    make.content_page("Inte i menyn")
    assert menu(client) == ["Östra", "Åldrande", "Affärer", "Sök", "Alla nyckeltal", "Om siffrorna"]
    first.move(third, pos="right")
    second.unpublish()
    assert menu(client) == ["Affärer", "Östra", "Sök", "Alla nyckeltal", "Om siffrorna"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("closed", "left"),
    [
        ("theme", ["Annat tema", "Sök", "Alla nyckeltal", "Om", "Under"]),
        ("index", ["Sök", "Alla nyckeltal", "Om", "Under"]),
        ("about", ["Tema", "Annat tema", "Sök", "Alla nyckeltal"]),
    ],
)
def test_the_menu_hides_pages_that_are_not_for_everyone_and_those_below(client, closed, left):
    pages = {
        "theme": make.theme_page("Tema"),
        "other": make.theme_page("Annat tema"),
        "index": make.index_page(),
    }
    pages["about"] = make.content_page("Om", show_in_menus=True)
    make.content_page("Under", under=pages["about"], show_in_menus=True)
    assert menu(client) == ["Tema", "Annat tema", "Sök", "Alla nyckeltal", "Om", "Under"]
    PageViewRestriction.objects.create(page=pages[closed], restriction_type=PageViewRestriction.LOGIN)
    assert menu(client) == left


@pytest.mark.parametrize(
    ("address", "here"),
    [
        (PAGES["theme"], ["Trygghet och säkerhet"]),
        (PAGES["text page"], ["Om siffrorna"]),
        (PAGES["indicators"], ["Alla nyckeltal"]),
        (PAGES["home"], []),
        (PAGES["no such page"], []),
    ],
)
def test_the_menu_says_where_the_reader_is(client, site, address, here):
    assert texts(client.get(address).content, "#meny [aria-current=page]") == here


@pytest.mark.parametrize(
    ("name", "crumbs", "links"),
    [
        ("home", [], []),
        ("index", ["Start", "Alla teman"], ["/"]),
        ("theme", ["Start", "Alla teman", "Trygghet och säkerhet"], ["/", PAGES["index"]]),
        ("text page", ["Start", "Om siffrorna"], ["/"]),
        ("indicators", ["Start", "Nyckeltal"], ["/"]),
        ("indicator", ["Start", "Nyckeltal", "Antal anmälda våldsbrott"], ["/", "/nyckeltal/"]),
    ],
)
def test_crumbs_lead_from_the_start_to_the_page(client, site, name, crumbs, links):
    html = client.get(PAGES[name]).content
    assert texts(html, ".crumbs li") == crumbs
    assert attributes(html, ".crumbs a", "href") == links
    assert texts(html, ".crumbs li[aria-current=page]") == crumbs[-1:]


def test_crumbs_hold_every_page_above(client, site):
    below = make.content_page("Under", under=make.content_page("Över"))
    assert texts(client.get(below.url).content, ".crumbs li") == ["Start", "Över", "Under"]


def test_a_page_above_that_is_not_published_is_no_crumb(client, db):
    page = make.theme_page("Skola")
    make.index_page().unpublish()
    crumbs = attributes(client.get(page.url).content, ".crumbs a", "href")
    assert crumbs == ["/"]


def test_the_site_is_called_what_its_settings_say(client, site, settings):
    from boras_site.models import SiteSettings

    made = SiteSettings.for_site(HomePage.objects.get().get_site())
    made.organisation, made.site_name = "Ulricehamns kommun", "Så går det"
    made.save()
    html = client.get(PAGES["theme"]).content
    assert texts(html, ".wordmark") == ["Ulricehamns kommun Så går det"]
    assert texts(html, "title") == ["Öppna jämförelser Trygghet och säkerhet – Ulricehamns kommun"]
    assert texts(html, "#resultat") == ["Ulricehamns kommuns resultat"]
