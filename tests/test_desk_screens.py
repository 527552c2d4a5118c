"""The admin as a communicator meets it: in Swedish, and offering only what can be used."""

import json
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comparisons.models import Area, Indicator, Population, Source
from comparisons.terms import EMPTY_POPULATION
from tests import factories
from tests.actions.forms import filled_in
from tests.posting import told
from tests.reading import soup, texts

pytestmark = pytest.mark.django_db

SNIPPETS = {"indicator": Indicator, "area": Area, "population": Population, "source": Source}


@pytest.fixture
def shown() -> Indicator:
    made = factories.indicator("Räddningstid")
    factories.population("kommunala skolor")
    factories.publish(factories.staged_figure(made))
    return made


def title(response: HttpResponse) -> str:
    assert response.status_code == 200
    (words,) = texts(response.content, "title")
    return words.removesuffix(" - Öppna jämförelser")


# --- Language --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "args", "words"),
    [
        ("figures:list", ["indicator"], "Siffror: Räddningstid"),
        ("releases:list", [], "Siffror"),
        ("teman:index", [], "Teman"),
        ("releases:inspect", ["release"], "Rättelse"),
    ],
)
def test_our_own_screens_are_in_swedish(
    desk: Client, shown: Indicator, name: str, args: list[str], words: str
) -> None:
    keys = {"indicator": shown.pk, "release": shown.observation_set.get().release_id}
    response = desk.get(reverse(name, args=[keys[arg] for arg in args]))
    assert title(response) == words
    assert soup(response.content).html["lang"] == "sv"


@pytest.mark.parametrize(
    ("model", "plural", "new"),
    [
        ("indicator", "Nyckeltal", "Ny: Nyckeltal"),
        ("area", "Områden", "Ny: Område"),
        ("population", "Urval", "Ny: Urval"),
        ("source", "Källor", "Ny: Källa"),
    ],
)
def test_the_screens_of_what_figures_are_about_are_in_swedish(
    desk: Client, shown: Indicator, model: str, plural: str, new: str
) -> None:
    def screen(view: str, *args: Any) -> str:
        return title(desk.get(reverse(f"wagtailsnippets_comparisons_{model}:{view}", args=args)))

    thing = SNIPPETS[model].objects.exclude(pk=EMPTY_POPULATION if model == "population" else 0).first()
    assert thing is not None
    assert screen("list") == plural
    assert screen("add") == new
    assert screen("edit", thing.pk) == f"Redigerar: {thing}"
    assert screen("usage", thing.pk).startswith("Användning")
    assert screen("history", thing.pk).startswith("Historik")


def test_the_edit_form_of_a_theme_speaks_of_what_it_holds(desk: Client) -> None:
    page = factories.theme_page("Trygghet")
    response = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert title(response) == "Redigerar Tema: Trygghet"
    headings = texts(response.content, "[data-panel-heading-text]")
    for words in ("Årgång", "Resultat", "Vad gör vi för att förbättra?"):
        assert words in headings


# --- Choosers --------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["choose", "choose_results"])
@pytest.mark.parametrize("query", [{}, {"q": "Nyckeltalet"}, {"q": "Nyckeltalet", "multiple": "1"}])
def test_only_published_indicators_can_be_chosen(desk: Client, view: str, query: dict[str, str]) -> None:
    factories.indicator("Nyckeltalet är publicerat")
    factories.indicator("Nyckeltalet är ett utkast", live=False)
    url = reverse(Indicator.snippet_viewset.chooser_viewset.get_url_name(view))
    response = desk.get(url, query)
    answer = response.content.decode()
    if view == "choose":
        answer = json.loads(answer)["html"]
    assert "Nyckeltalet är publicerat" in answer
    assert "ett utkast" not in answer


def test_the_empty_population_is_nothing_to_choose_or_to_edit(desk: Client) -> None:
    factories.population("kommunala skolor")
    viewset = Population.snippet_viewset
    chooser = desk.get(reverse(viewset.chooser_viewset.get_url_name("choose_results"))).content.decode()
    listing = desk.get(reverse(viewset.get_url_name("list"))).content.decode()
    for screen in (chooser, listing):
        assert "kommunala skolor" in screen
        assert "inget särskilt urval" not in screen
    edit = reverse(viewset.get_url_name("edit"), args=[EMPTY_POPULATION])
    assert desk.get(edit).status_code == 404


def test_a_draft_of_an_indicator_changes_no_page_until_it_is_published(
    desk: Client, reviewer: Client
) -> None:
    shown = factories.indicator("Räddningstid", unit="minuter")
    page = factories.theme_page(tables=[factories.table(shown)], key_figures=[])
    factories.publish(factories.staged_figure(shown))
    edit = reverse(Indicator.snippet_viewset.get_url_name("edit"), args=[shown.pk])
    assert desk.post(edit, filled_in(edit) | {"title": "Räddningstjänstens tid"}).status_code == 302
    assert "Räddningstid" in Client().get(page.url).content.decode()
    published = reviewer.post(edit, filled_in(edit) | {"action-publish": "1"})
    assert "Nyckeltalet ”Räddningstjänstens tid” är publicerat." in told(published)[-1]
    for url in (page.url, shown.get_absolute_url()):
        assert "Räddningstjänstens tid" in Client().get(url).content.decode()


def test_the_way_in_is_in_swedish(client: Client) -> None:
    page = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "<title>Logga in - Öppna jämförelser</title>" in page
    assert "Lösenord" in page and "Password" not in page and "Sign in" not in page


@pytest.mark.parametrize("screen", ["edit", "list"])
def test_many_figures_cost_as_many_queries_as_one(desk: Client, shown: Indicator, screen: str) -> None:
    edit = reverse(shown.snippet_viewset.get_url_name("edit"), args=[shown.pk])
    address = {"edit": edit, "list": reverse("figures:list", args=[shown.pk])}[screen]
    desk.get(address)
    with CaptureQueriesContext(connection) as one:
        desk.get(address)
    years = [str(year) for year in range(2000, 2008)]
    factories.publish(*(factories.staged_figure(shown, "1", year) for year in years))
    factories.release(*(factories.staged_figure(shown, "2", year) for year in years))
    factories.release(factories.staged_figure(shown, "3", "1999"))
    desk.get(address)
    with CaptureQueriesContext(connection) as many:
        desk.get(address)
    assert len(many) == len(one)
