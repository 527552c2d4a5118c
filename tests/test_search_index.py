"""The index of the search follows what is published: pages, indicators, and the names pages show."""

import json
import logging
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from wagtail.models import Page

from boras_site.search import index
from boras_site.search.models import SearchDocument, SearchTerm
from boras_site.search.query import search
from comparisons import usage
from comparisons.models import Indicator
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """``with commit():`` what is done in it is committed, as after a request."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def titles(query: str) -> list[str]:
    return [document.title for document in search(query).documents]


def section(heading: str, *texts: str) -> dict[str, object]:
    body = [{"type": "text", "value": f"<p>{text}</p>"} for text in texts]
    return {"type": "section", "value": {"heading": heading, "body": body}}


# --- Pages ---------------------------------------------------------------------------------------


def test_a_page_is_found_when_it_is_published_as_it_is_published_and_no_longer(commit):
    with commit():
        page = make.content_page("Vattenverk", introduction="<p>Rent vatten.</p>")
    assert titles("rent") == ["Vattenverk"]
    with commit():
        page.introduction = "<p>Grumligt vatten.</p>"
        draft = page.save_revision()
    assert (titles("rent"), titles("grumligt")) == (["Vattenverk"], [])
    with commit():
        draft.publish()
    assert (titles("rent"), titles("grumligt")) == ([], ["Vattenverk"])
    with commit():
        page.refresh_from_db()
        page.unpublish()
    assert titles("grumligt") == []
    assert not SearchDocument.objects.filter(page=page).exists()
    with commit():
        page.get_latest_revision().publish()
    assert titles("grumligt") == ["Vattenverk"]
    with commit():
        page.delete()
    assert titles("grumligt") == []
    assert not SearchTerm.objects.filter(word="grumligt").exists()


def test_a_page_that_was_never_published_is_not_in_the_index(commit):
    with commit():
        make.content_page("Hemligt utkast", live=False)
    assert not SearchDocument.objects.filter(title="Hemligt utkast").exists()


def test_a_page_that_moves_is_found_where_it_is(commit, rf):
    with commit():
        page = make.content_page("Vattenverk")
        above = make.content_page("Teknik")
    with commit():
        page.move(above, pos="last-child")
    (found,) = search("vattenverk").documents
    assert found.page.get_url(rf.get("/")) == "/teknik/vattenverk/"


def test_wagtails_own_pages_are_not_pages_of_the_site(commit):
    make.home_page()
    with commit():
        Page.objects.get(depth=1).add_child(instance=Page(title="Welcome page", slug="welcome"))
    call_command("rebuild_search", stdout=StringIO())
    assert titles("welcome") == titles("root") == []


def test_every_kind_of_page_is_read_by_the_fields_it_declares(commit):
    with commit():
        home = make.home_page()
        home.introduction = "<p>Startsidans kanelbulle.</p>"
        home.save_revision().publish()
        themes = make.index_page()
        themes.introduction = "<p>Listans kardemumma.</p>"
        themes.save_revision().publish()
        make.theme_page(
            summary="Sammanfattningens saffran.",
            conclusion="Slutsatsens ingefära.",
            introduction="<p>Ingressens nejlika.</p>",
            results_introduction="<p>Inledningens muskot.</p>",
            results=json.dumps([section("Rubrikens vanilj", "Avsnittets anis.")]),
            improvements=json.dumps(
                [{"type": "text", "value": "<p>Textens fänkål.</p>"}, section("Under", "Dragon.")]
            ),
        )
        make.content_page(body=json.dumps([section("Rubrik", "Textsidans timjan.")]))
    theme = "Trygghet och säkerhet"
    for word in ["saffran", "ingefära", "nejlika", "muskot", "vanilj", "anis", "fänkål", "dragon"]:
        assert titles(word) == [theme], word
    assert titles("timjan") == ["Om siffrorna"]
    assert titles("kanelbulle") == [home.title]
    assert titles("kardemumma") == [themes.title]
    kinds = {part["kind"] for part in SearchDocument.objects.get(title=theme).parts}
    assert kinds >= {"summary", "conclusion", "introduction", "results_introduction", "section"}


def test_rich_text_is_read_as_a_reader_sees_it(commit):
    with commit():
        make.content_page(
            introduction="<p>Kött &amp; fisk</p><ul><li>ost</li><li>smör</li></ul><p>våld\u00adsbrott</p>"
        )
    (part,) = SearchDocument.objects.get(title="Om siffrorna").parts
    assert part["text"] == "Kött & fisk ost smör våldsbrott"


def test_a_plain_field_is_not_taken_for_html(commit):
    with commit():
        make.theme_page(summary="Jämför <kommuner> och län")
    assert titles("kommuner") == ["Trygghet och säkerhet"]


# --- Indicators ----------------------------------------------------------------------------------


def test_an_indicator_is_found_by_all_its_words_when_it_is_published(commit):
    with commit():
        of = make.indicator(
            "Antal anmälda våldsbrott",
            short_title="Våld",
            definition="<p>Polisens statistik.</p>",
            synonyms="misshandel, rån\növerfall",
            live=False,
        )
    assert titles("misshandel") == []
    with commit():
        of.save_revision().publish()
    for word in ["våldsbrott", "våld", "polisens", "statistik", "misshandel", "rån", "överfall"]:
        assert titles(word) == ["Antal anmälda våldsbrott"], word
    with commit():
        of.synonyms = "ficktjuv"
        draft = of.save_revision()
    assert titles("ficktjuv") == []
    with commit():
        draft.publish()
    assert (titles("ficktjuv"), titles("misshandel")) == (["Antal anmälda våldsbrott"], [])
    with commit():
        Indicator.objects.get(pk=of.pk).unpublish()
    assert titles("ficktjuv") == []


def test_an_indicator_in_the_index_can_be_deleted(commit):
    with commit():
        of = make.indicator("Antal tandläkare")
    assert titles("tandläkare") == ["Antal tandläkare"]
    call_command("rebuild_references_index", verbosity=0)
    assert usage.uses(of) == []
    of.delete()
    assert titles("tandläkare") == []


def test_a_renamed_indicator_is_found_by_its_new_name_on_the_pages_that_show_it_too(commit):
    with commit():
        of = make.indicator("Antal bibliotekarier", short_title="Bibliotekarier")
        make.publish(make.staged_figure(of))
        make.theme_page("Kultur", tables=[make.table(of)], key_figures=[of])
    assert titles("bibliotekarier") == ["Antal bibliotekarier", "Kultur"]
    with commit():
        of.title, of.short_title = "Antal bokbussar", ""
        of.save_revision().publish()
    assert titles("bokbussar") == ["Antal bokbussar", "Kultur"]
    assert titles("bibliotekarier") == []
    with commit():
        Indicator.objects.get(pk=of.pk).unpublish()
    assert titles("bokbussar") == []


def test_a_new_definition_does_not_index_the_pages_again(commit, monkeypatch):
    with commit():
        of = make.indicator("Antal bibliotekarier")
        make.theme_page("Kultur", tables=[make.table(of)])
    seen = []
    monkeypatch.setattr(
        index, "_refresh_safely", lambda key, real=index._refresh_safely: seen.append(key) or real(key)
    )
    with commit():
        of.definition = "<p>Annat.</p>"
        of.save_revision().publish()
    assert [key.kind for key in seen] == ["indicator"]


# --- After the commit ----------------------------------------------------------------------------


def test_what_changes_often_in_a_transaction_is_indexed_once(commit, monkeypatch):
    of = make.indicator("Antal bibliotekarier")
    seen: list[index.Key] = []
    monkeypatch.setattr(index, "refresh", lambda *keys: seen.extend(keys))
    with commit():
        with transaction.atomic():
            of.save()
        of.save()
    with commit():
        of.save()
    assert seen == [index.Key("indicator", of.pk)] * 2


def test_only_a_draft_saved_is_nothing_to_index_and_a_single_field_is(commit, monkeypatch):
    with commit():
        of, page = make.indicator("Antal bibliotekarier"), make.content_page("Vattenverk")
    seen: list[index.Key] = []
    monkeypatch.setattr(index, "refresh", lambda *keys: seen.extend(keys))
    with commit():
        of.save_revision()
        page.save_revision()
    assert seen == []
    with commit():
        page.save(update_fields=["title"])
    assert seen == [index.Key("page", page.pk)]


def test_what_is_undone_is_not_found_and_what_follows_is(commit):
    with commit():
        with pytest.raises(RuntimeError), transaction.atomic():
            make.indicator("Antal ångerköpta")
            raise RuntimeError
        make.indicator("Antal bibliotekarier")
        with pytest.raises(RuntimeError), transaction.atomic():
            make.indicator("Antal ogjorda")
            raise RuntimeError
    assert titles("antal") == ["Antal bibliotekarier"]


def test_a_fault_in_the_index_stops_no_publication_and_is_told(commit, monkeypatch, caplog):
    def broken(indicator):
        raise RuntimeError("no words")

    with commit():
        page = make.content_page("Vattenverk")
    monkeypatch.setattr(index, "parts_of_indicator", broken)
    with caplog.at_level(logging.ERROR), commit():
        of = make.indicator("Antal bibliotekarier", live=False)
        of.save_revision().publish()
        page.title = "Reningsverk"
        page.save_revision().publish()
    assert Indicator.objects.get(pk=of.pk).live
    assert "manage.py rebuild_search" in caplog.text
    assert "no words" in caplog.text
    assert titles("reningsverk") == ["Reningsverk"]
    with pytest.raises(CommandError, match="1 gick inte"):
        call_command("rebuild_search")
    monkeypatch.undo()
    call_command("rebuild_search")
    assert titles("bibliotekarier") == ["Antal bibliotekarier"]


def test_the_index_can_be_built_from_nothing_and_is_the_same(commit, capsys):
    with commit():
        of = make.indicator("Antal bibliotekarier", synonyms="böcker")
        make.theme_page("Kultur", tables=[make.table(of)])
    before = sorted(SearchTerm.objects.values_list("document__title", "spelling", "word", "stem", "weight"))
    SearchDocument.objects.all().delete()
    Page.objects.filter(title="Kultur").update(live=True)
    assert titles("böcker") == []
    call_command("rebuild_search")
    assert f"{SearchDocument.objects.count()} sidor och nyckeltal" in capsys.readouterr().out
    after = sorted(SearchTerm.objects.values_list("document__title", "spelling", "word", "stem", "weight"))
    assert after == before


def test_rebuilding_forgets_what_is_no_longer_published(commit):
    with commit():
        page = make.content_page("Vattenverk")
    Page.objects.filter(pk=page.pk).update(live=False)
    assert SearchDocument.objects.filter(page=page).exists()
    call_command("rebuild_search")
    assert not SearchDocument.objects.filter(page=page).exists()
