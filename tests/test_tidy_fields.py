"""Plain fields of the admin's forms keep nothing of what pasting brings along."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from boras_site.models import ContentPage
from comparisons.blocks import LinkBlock, TableBlock
from tests import factories

pytestmark = pytest.mark.django_db

RUBBISH = " Så\tläser\u200b du\u00a0\nsiffrorna\ufeff "
KEPT = "Så läser du siffrorna"


def test_a_page_is_saved_tidy(desk: Client) -> None:
    page = factories.content_page()
    link = {"heading": RUBBISH, "body": streamfield([])}
    form = {
        "title": RUBBISH,
        "slug": "om",
        "introduction": rich_text(f"<p>{RUBBISH}</p><p></p>"),
        "body": streamfield([("section", link)]),
        "responsible_unit": RUBBISH,
    }
    answer = desk.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(form))
    assert answer.status_code == 302
    saved = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (saved.title, saved.responsible_unit, saved.body[0].value["heading"]) == (KEPT, KEPT, KEPT)
    assert saved.introduction.endswith(f">{KEPT}</p>") and saved.introduction.count("<p") == 1


def test_what_only_looks_filled_in_is_empty(desk: Client) -> None:
    page = factories.content_page()
    form = {"title": "\u200b", "slug": "om", "introduction": rich_text(""), "body": streamfield([])}
    answer = desk.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(form))
    assert answer.status_code == 200
    assert "title" in answer.context["form"].errors


def test_an_indicator_is_saved_tidy(desk: Client) -> None:
    form = {
        "title": "Anmälda\nvålds\u00adbrott\u200b",
        "definition": rich_text("<p>Allt\u00a0 som anmäls.</p>"),
        "synonyms": "rån,\tmisshandel\n\n\n\növerfall",
        "comparative": "auto",
        "value_type": "decimal",
        "polarity": "undecided",
        "period_basis": "calendar",
        "processing": "raw",
        "source": str(factories.source().pk),
    }
    edited = factories.indicator()
    url = reverse(edited.snippet_viewset.get_url_name("edit"), args=[edited.pk])
    answer = desk.post(url, nested_form_data(form))
    assert answer.status_code == 302
    edited.refresh_from_db()
    saved = edited.get_latest_revision_as_object()
    assert saved.title == "Anmälda vålds\u00adbrott"
    assert saved.synonyms == "rån, misshandel\n\növerfall"


@pytest.mark.parametrize(
    ("block", "name", "pasted", "kept"),
    [
        (LinkBlock(), "text", RUBBISH, KEPT),
        (LinkBlock(), "url", "\u200bhttps://skr.se/\n", "https://skr.se/"),
        (TableBlock(), "caption", "Brott\r\n2017", "Brott 2017"),
        (TableBlock(), "note", "Rad\t1\r\n\r\n\r\nRad 2 \u200b", "Rad 1\n\nRad 2"),
    ],
)
def test_a_block_is_read_tidy(block: LinkBlock, name: str, pasted: str, kept: str) -> None:
    sent = nested_form_data({"b": {name: pasted, "rows": streamfield([]), "columns": streamfield([])}})
    value = block.value_from_datadict(sent, {}, "b")
    assert value[name] == kept
