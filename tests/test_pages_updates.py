"""What is published shows everywhere at the next request; what is not shows nowhere."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from comparisons import ledger
from comparisons.models import Indicator
from comparisons.svenska import MINUS
from comparisons.templatetags.svenska_tags import tidpunkt
from tests import factories as make
from tests.reading import soup, tables, texts

pytestmark = pytest.mark.django_db

OLD, NEW = "Gammalt namn", "Nytt namn"


@pytest.fixture
def site():
    """An indicator with a figure, on a theme page of its own beside another indicator's."""
    of, other = make.indicator(OLD), make.indicator("Ett annat nyckeltal")
    make.publish(make.staged_figure(of, "10.4"), make.staged_figure(other, "5.5"))
    theme = make.theme_page(tables=[make.table(of, other)], key_figures=[of, other])
    return SimpleNamespace(of=of, theme=theme)


def everywhere(client, site) -> dict[str, str]:
    """The public pages that can show the indicator, its own included where there is one."""
    addresses = {
        "theme": site.theme.url,
        "home": "/",
        "list": "/nyckeltal/",
        "own": site.of.get_absolute_url(),
        "sitemap": "/sitemap.xml",
    }
    found = {name: client.get(address) for name, address in addresses.items()}
    return {name: page.content.decode() for name, page in found.items() if page.status_code == 200}


def where(client, site, text: str) -> set[str]:
    return {name for name, html in everywhere(client, site).items() if text in html}


# --- Indicators ----------------------------------------------------------------------------------


def test_a_title_shows_on_every_page_once_it_is_published_and_nowhere_before(client, site):
    pages = {"theme", "home", "list", "own"}
    assert (where(client, site, OLD), where(client, site, NEW)) == (pages, set())
    site.of.title = NEW
    draft = site.of.save_revision()
    assert (where(client, site, OLD), where(client, site, NEW)) == (pages, set())
    draft.publish()
    assert (where(client, site, OLD), where(client, site, NEW)) == (set(), pages)


def test_an_indicator_that_is_unpublished_shows_nowhere_and_comes_back(client, site):
    address = site.of.get_absolute_url()
    assert where(client, site, address) == {"theme", "home", "list", "own", "sitemap"}
    site.of.unpublish()
    assert set(everywhere(client, site)) == {"theme", "home", "list", "sitemap"}
    assert where(client, site, address) == where(client, site, OLD) == set()
    assert where(client, site, "10,4") == set()
    assert where(client, site, "5,5") == {"theme", "home"}
    site.of.save_revision().publish()
    assert where(client, site, address) == {"theme", "home", "list", "own", "sitemap"}


def test_an_indicator_that_was_never_published_shows_nowhere(client, site):
    draft = make.indicator("Bara ett utkast", live=False)
    draft.save_revision()
    make.publish(make.staged_figure(draft, "77.7"))
    site.theme = make.theme_page("Nytt tema", tables=[make.table(draft)], key_figures=[draft])
    site.of = draft
    assert "own" not in everywhere(client, site)
    for text in ("Bara ett utkast", draft.get_absolute_url(), "77,7"):
        assert where(client, site, text) == set()


# --- Releases ------------------------------------------------------------------------------------


def test_a_release_shows_on_every_page_once_it_is_published_and_nowhere_before(client, site):
    release = make.release(make.staged_figure(site.of, "66.6"), make.staged_figure(site.of, "77.7", "2018"))
    for step in (lambda: None, lambda: make.approve(release)):
        step()
        assert where(client, site, "10,4") == {"theme", "home", "own"}
        assert where(client, site, "66,6") == where(client, site, "77,7") == set()
    ledger.publish(release)
    assert where(client, site, "10,4") == {"own"}  # under Rättade siffror
    assert where(client, site, "66,6") == {"theme", "own"}
    assert where(client, site, "77,7") == {"theme", "home", "own"}


def test_an_undone_release_is_gone_at_the_next_request(client, site):
    release = make.publish(make.staged_figure(site.of, "66.6"))
    assert where(client, site, "66,6") == {"theme", "home", "own"}
    ledger.publish(make.approve(ledger.undo(release).release))
    assert where(client, site, "66,6") == {"own"}  # under Rättade siffror
    assert where(client, site, "10,4") == {"theme", "home", "own"}


# --- Pages ---------------------------------------------------------------------------------------


def everywhere_of_page(client, of: Indicator) -> list[str]:
    addresses = ("/", "/oppna-jamforelser/", of.get_absolute_url(), "/sitemap.xml", "/saknas/")
    return [client.get(address).content.decode() for address in addresses]


def unpublish(page) -> None:
    page.unpublish()


def restrict_to_those_logged_in(page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def restrict_to_a_group(page) -> None:
    made = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    made.groups.add(Group.objects.first())


def restrict_to_those_with_the_password(page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="x")


@pytest.mark.parametrize(
    ("hide", "status"),
    [
        (unpublish, 404),
        (restrict_to_those_logged_in, 302),
        (restrict_to_a_group, 302),
        (restrict_to_those_with_the_password, 200),
    ],
)
def test_a_theme_that_is_not_for_everyone_shows_nowhere(client, site, hide, status):
    title, address = site.theme.title, site.theme.url
    assert all(address in html for html in everywhere_of_page(client, site.of))
    hide(site.theme)
    for html in everywhere_of_page(client, site.of):
        assert address not in html and title not in html
    answer = client.get(address)
    assert answer.status_code == status
    assert "10,4" not in answer.content.decode()


def test_the_text_of_a_draft_shows_nowhere(client, site):
    site.theme.title, site.theme.summary = "Utkastets rubrik", "Utkastets mening."
    draft = site.theme.save_revision()
    pages = [site.theme.url, "/", "/oppna-jamforelser/", site.of.get_absolute_url()]
    assert not any("Utkastets" in client.get(address).content.decode() for address in pages)
    draft.publish()
    assert all("Utkastets rubrik" in client.get(address).content.decode() for address in pages)


def about(html: bytes) -> dict[str, str]:
    """What an indicator's page says under Om nyckeltalet."""
    return dict(zip(texts(html, "#om + dl dt"), texts(html, "#om + dl dd"), strict=True))


def test_the_indicators_page_names_the_themes_that_use_it(client, site):
    make.theme_page("Ett tema till", key_figures=[site.of])
    make.theme_page("Ett tema utan", tables=[make.table(make.indicator("Något annat"))])
    html = client.get(site.of.get_absolute_url()).content
    assert about(html)["Finns i"] == "Trygghet och säkerhetEtt tema till"


def test_an_indicators_own_page_holds_all_of_it(client):
    source = make.source("Brå", publication="Anmälda brott", url="https://bra.se/", licence="Fri att använda")
    of = make.indicator(
        "Våldsbrott",
        source=source,
        unit="antal per 1 000 invånare",
        definition="<p>Brott som har anmälts.</p>",
        polarity="lower_better",
        period_basis="three_year_mean",
        processing="own",
        method="Avrundat.",
    )
    riket = make.country()
    make.publish(
        make.staged_figure(of, "10.3", "2016"),
        make.staged_figure(of, "10.4", "2017"),
        make.staged_figure(of, "8.2", "2017", of_area=riket, statistic="median"),
    )
    html = client.get(of.get_absolute_url()).content
    beside, found = tables(html).values()
    assert beside.rows == {"Borås": ["10,4", "0,0"], "Median riket": ["8,2", f"{MINUS}2,2"]}
    assert found.columns == ["Borås", "Median riket"]
    assert found.rows == {"2017": ["10,4", "8,2"], "2016": ["10,3", "– saknas"]}
    assert texts(html, ".giant") == ["10,4"]
    assert about(html) == {
        "Definition": "Brott som har anmälts.",
        "Enhet": "Antal per 1\u00a0000 invånare",
        "Riktning": "Lägre är bättre.",
        "Period": "Medel för tre år (2017 betyder 2015–2017)",
        "Källa": "Brå, Anmälda brott. Fri att använda",
        "Bearbetning": "Egen bearbetning. Avrundat.",
        "Senast ändrad": tidpunkt(Indicator.objects.get().data_changed_at),
    }


def test_the_list_of_indicators_goes_theme_by_theme(client, site):
    alone = make.indicator("Ett som inget tema visar")
    make.indicator("Ett utkast", live=False)
    make.theme_page("Ett tema till", key_figures=[site.of])
    hidden = make.theme_page("Ett dolt tema", tables=[make.table(alone)])
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    html = client.get("/nyckeltal/").content
    assert texts(html, "main h2")[:3] == ["Trygghet och säkerhet", "Ett tema till", "Övriga nyckeltal"]
    groups = [texts(str(group), "li") for group in soup(html).select("ul.links")]
    both = sorted(one.title for one in Indicator.objects.filter(live=True).exclude(pk=alone.pk))
    assert groups == [both, [site.of.title], [alone.title]]
    assert "3 nyckeltal" in html.decode() and "Ett dolt tema" not in html.decode()


def test_an_empty_list_says_so(client, db):
    make.home_page()
    assert "Inga nyckeltal är publicerade än." in client.get("/nyckeltal/").content.decode()
