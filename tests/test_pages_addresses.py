"""Addresses last: of pages and indicators, and of every heading and table on a page."""

import json
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Revision
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from comparisons.models import Indicator, ThemePage
from tests import factories as make
from tests.posting import opened
from tests.reading import texts

pytestmark = pytest.mark.django_db


# --- Headings and tables -------------------------------------------------------------------------


def section(heading: str, *captions: str, **fields) -> dict:
    of = Indicator.objects.first() or make.indicator()
    tables = [{"type": "table", "value": make.table(of, caption=caption)} for caption in captions]
    return {"type": "section", "value": {"heading": heading, "body": tables}, **fields}


@pytest.fixture
def page():
    """Two sections, one with a table, and a section among what is done to improve."""
    of = make.indicator()
    make.publish(make.staged_figure(of))
    made = make.theme_page(
        results=json.dumps([section("Brott", "Anmälda brott"), section("Bränder")]),
        improvements=json.dumps([section("Trygga platser")]),
    )
    made.save_revision().publish()
    return ThemePage.objects.get()


FIRST = {
    "Brott": "brott",
    "Anmälda brott": "tabell-anmalda-brott",
    "Bränder": "brander",
    "Trygga platser": "trygga-platser",
}


def addresses(client, page) -> dict[str, str]:
    """The address of each heading and table, by its words. Every link within the page leads somewhere."""
    html = client.get(page.url).content.decode()
    ids = [tag for tag in _attributes(html, "[id]", "id")]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in _attributes(html, "a[href^='#']", "href")} <= set(ids)
    headings = zip(
        texts(html, ".row h3[id], section > h3[id], .prose h3[id]"),
        _attributes(html, "h3[id]", "id"),
        strict=True,
    )
    tables = zip(texts(html, "caption"), _attributes(html, ".table-block", "id"), strict=True)
    return {**dict(headings), **dict(tables)}


def _attributes(html: str, selector: str, name: str) -> list[str]:
    return [str(tag[name]) for tag in BeautifulSoup(html, "html.parser").select(selector)]


def blocks(page) -> list[dict]:
    return [dict(block) for block in page.results.raw_data]


def publish(page, results: list[dict]) -> None:
    page.results = json.dumps(results)
    page.save_revision().publish()


def test_headings_and_tables_have_addresses_made_of_their_words(client, page):
    assert addresses(client, page) == FIRST


def test_they_survive_new_words(client, page):
    first, second = blocks(page)
    first["value"]["heading"] = "Våld"
    first["value"]["body"][0]["value"]["caption"] = "Anmält våld"
    publish(page, [first, second])
    assert addresses(client, page) == {
        "Våld": "brott",
        "Anmält våld": "tabell-anmalda-brott",
        "Bränder": "brander",
        "Trygga platser": "trygga-platser",
    }


def test_they_survive_another_order(client, page):
    publish(page, blocks(page)[::-1])
    assert addresses(client, page) == FIRST
    assert texts(client.get(page.url).content, "#resultat, h3")[1:3] == ["Bränder", "Brott"]


def test_they_survive_a_copy_of_the_page(client, page):
    copy = page.copy(update_attrs={"title": "Nästa år", "slug": "nasta-ar"}, keep_live=True)
    assert addresses(client, copy) == FIRST
    copy.specific.save_revision().publish()
    assert addresses(client, copy) == FIRST


def sent(page, *results: tuple[str, dict, str], **fields) -> dict[str, str]:
    """What the editor's screen sends: every field, and each block with the id it has."""
    streams = dict.fromkeys(("key_figures", "improvements", "links"), streamfield([]))
    texts_ = dict.fromkeys(("introduction", "results_introduction", "about_figures"), rich_text(""))
    plain = {"title": page.title, "slug": page.slug, "edition_year": "2018", "weave": page.weave}
    return nested_form_data({**plain, **texts_, **streams, "results": _stream(*results), **fields})


PUBLISH = {"action-publish": "action-publish"}


def _section(heading: str, key: str) -> tuple[str, dict, str]:
    return "section", {"heading": heading, "body": streamfield([])}, key


def _stream(*items: tuple[str, dict, str]) -> dict:
    """A stream field's part of the form, with the blocks' ids."""
    data = streamfield([(kind, value) for kind, value, _ in items])
    for place, (_, _, key) in enumerate(items):
        data[str(place)]["id"] = key
    return data


def test_they_survive_the_editors_own_form(client, admin_client, page):
    first, second = (block["id"] for block in blocks(page))
    data = sent(page, _section("Räddning", second), _section("Våld", first), **PUBLISH)
    screen = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert admin_client.post(screen, data | opened(admin_client, screen)).status_code == 302
    assert addresses(client, page) == {"Räddning": "brander", "Våld": "brott"}


def test_they_are_made_of_the_words_that_are_published_not_of_words_half_written(client, admin_client, page):
    """The editor's screen saves the draft by itself, while she writes."""
    screen, key = reverse("wagtailadmin_pages:edit", args=[page.pk]), str(uuid4())
    for heading, then in (("", {}), ("Krisb", {}), ("Krisberedskap", PUBLISH), ("Beredskap", PUBLISH)):
        form = sent(page, _section(heading, key), **then) | opened(admin_client, screen)
        answer = admin_client.post(screen, form)
        assert answer.status_code == 302, answer.context["form"].errors
    assert addresses(client, page) == {"Beredskap": "krisberedskap"}


def test_a_preview_shows_the_addresses_that_a_draft_would_get(page):
    page.results = json.dumps([*blocks(page), section("Nytt", "Ny tabell")])
    page.clean()
    html = page.make_preview_request().content.decode()
    assert {"brott", "nytt", "tabell-ny-tabell"} <= set(_attributes(html, "[id]", "id"))


@pytest.mark.parametrize("gone", [False, True], ids=["beside the first", "when the first is gone"])
def test_a_new_block_of_the_same_words_gets_another(client, page, gone):
    first, second = blocks(page)
    publish(page, [*([] if gone else [first]), second, section("Brott", "Anmälda brott")])
    found = addresses(client, page)
    assert (found["Brott"], found["Anmälda brott"]) == ("brott-2", "tabell-anmalda-brott-2")


def test_an_older_draft_neither_loses_addresses_nor_gives_them_away(client, page):
    older = page.save_revision().pk
    publish(page, [*blocks(page), section("Nytt")])
    assert addresses(client, page)["Nytt"] == "nytt"
    Revision.objects.get(pk=older).publish()
    again = ThemePage.objects.get()
    assert addresses(client, again) == FIRST
    publish(again, [*blocks(again), section("Nytt")])
    assert addresses(client, again)["Nytt"] == "nytt-2"


def test_a_heading_is_never_given_an_address_of_the_pages_own(client, page):
    publish(page, [section("Resultat"), section("Meny")])
    found = addresses(client, page)
    assert (found["Resultat"], found["Meny"]) == ("resultat-2", "meny-2")


# --- Pages ---------------------------------------------------------------------------------------


def moved_to(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 301, answer.status_code
    return answer["Location"]


@pytest.fixture
def new_slug(django_capture_on_commit_callbacks):
    def publish_under(page, slug: str) -> None:
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return publish_under


def test_the_old_address_of_a_page_leads_to_its_new_one(client, page, new_slug):
    new_slug(page, "trygghet")
    assert moved_to(client, "/oppna-jamforelser/trygghet-och-sakerhet/") == "/oppna-jamforelser/trygghet/"
    new_slug(page, "trygg")
    for old in ("trygghet-och-sakerhet", "trygghet"):
        assert moved_to(client, f"/oppna-jamforelser/{old}/") == "/oppna-jamforelser/trygg/"
    assert client.get("/oppna-jamforelser/trygg/").status_code == 200


def test_the_pages_below_follow(client, page, new_slug):
    new_slug(make.index_page(), "jamforelser")
    assert moved_to(client, page.url) == "/jamforelser/trygghet-och-sakerhet/"


def test_a_page_that_is_moved_leads_from_its_old_place(client):
    page, home = make.content_page("Metod"), make.content_page("Om oss")
    page.move(home, pos="last-child")
    assert moved_to(client, "/metod/") == "/om-oss/metod/"
    assert client.get("/om-oss/metod/").status_code == 200


def test_a_page_that_comes_back_to_its_old_address_is_found_there(client, page, new_slug):
    new_slug(page, "trygghet")
    new_slug(page, "trygghet-och-sakerhet")
    assert client.get("/oppna-jamforelser/trygghet-och-sakerhet/").status_code == 200
    assert moved_to(client, "/oppna-jamforelser/trygghet/") == "/oppna-jamforelser/trygghet-och-sakerhet/"


# --- Indicators ----------------------------------------------------------------------------------


def test_an_indicator_keeps_its_address_when_its_title_changes(client):
    of = make.indicator("Antal anmälda våldsbrott")
    assert of.get_absolute_url() == "/nyckeltal/antal-anmalda-valdsbrott/"
    of.title = "Våldsbrott"
    of.save_revision().publish()
    assert texts(client.get("/nyckeltal/antal-anmalda-valdsbrott/").content, "h1") == ["Nyckeltal Våldsbrott"]
    assert client.get("/nyckeltal/valdsbrott/").status_code == 404
    assert make.indicator("Antal anmälda våldsbrott").slug == "antal-anmalda-valdsbrott-2"
