"""”Senast ändrad” tells the truth: it moves with the text and the figures, and with nothing else."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from wagtail.models import Revision
from wagtail.test.utils.form_data import querydict_from_html

from comparisons.models import ComparisonsIndexPage, Indicator, ThemePage
from tests import factories as make
from tests.reading import texts

pytestmark = pytest.mark.django_db

FOUNDED = datetime(2018, 3, 1, 15, 6, tzinfo=ZoneInfo("Europe/Stockholm"))
LATER = datetime(2018, 7, 1, 9, 5, tzinfo=ZoneInfo("Europe/Stockholm"))


def changed(client, page) -> str:
    return texts(client.get(page.url).content, "#om-sidan + dl time")[0]


def publish(page, *, minor=False, **fields) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    page.minor_edit = minor
    page.save_revision().publish()


@pytest.fixture
def page():
    """A theme page that was last changed long ago, showing one indicator in a table and one in large."""
    table, large = make.indicator("I tabellen"), make.indicator("Stor siffra")
    make.publish(make.staged_figure(table), make.staged_figure(large))
    made = make.theme_page(tables=[make.table(table)], key_figures=[large], responsible_unit="Enheten")
    made.save_revision().publish()
    ThemePage.objects.update(text_changed_at=FOUNDED, data_changed_at=None)
    return ThemePage.objects.get()


def figure(title: str, value: str = "99"):
    return make.publish(make.staged_figure(Indicator.objects.get(title=title), value))


@pytest.mark.parametrize(
    ("happens", "moves"),
    [
        (lambda page: publish(page, summary="Ny text."), True),
        (lambda page: publish(page, minor=True, summary="Rättad text."), False),
        (lambda page: page.save_revision(), False),
        (lambda page: make.theme_page("Ett annat tema"), False),
        (lambda page: figure("I tabellen"), True),
        (lambda page: figure("Stor siffra"), True),
        (lambda page: make.publish(make.staged_figure(make.indicator("Visas inte"), "1")), False),
        (lambda page: make.release(make.staged_figure(Indicator.objects.first(), "99")), False),
    ],
    ids=[
        "a text is published",
        "a small correction is published",
        "a draft is saved",
        "another page is published",
        "a figure of a table is published",
        "a large figure is published",
        "a figure that is not shown is published",
        "a figure is staged",
    ],
)
def test_it_moves_with_the_text_and_with_the_figures_shown(client, page, happens, moves):
    assert changed(client, page) == "1 mars 2018 kl. 15.06"
    happens(page)
    assert (changed(client, page) != "1 mars 2018 kl. 15.06") is moves


@pytest.mark.parametrize(
    ("text", "data", "shown"),
    [
        (FOUNDED, None, ["1 mars 2018 kl. 15.06"]),
        (FOUNDED, LATER, ["1 juli 2018 kl. 09.05"]),
        (LATER, FOUNDED, ["1 juli 2018 kl. 09.05"]),
        (None, None, []),
    ],
)
def test_it_is_the_later_of_text_and_figures(client, page, text, data, shown):
    ThemePage.objects.update(text_changed_at=text, data_changed_at=data)
    html = client.get(page.url).content
    assert texts(html, "#om-sidan + dl time") == shown
    assert texts(html, "#om-sidan + dl dd")[-1] == "Enheten"


def test_the_first_publication_has_a_time_even_if_it_is_called_small(client):
    page = make.content_page(live=False)
    publish(page, minor=True)
    assert changed(client, page)


def test_an_indicators_own_page_tells_the_later_of_its_text_and_its_figures(client, page):
    of = Indicator.objects.get(title="I tabellen")
    Indicator.objects.update(last_published_at=FOUNDED, data_changed_at=LATER)
    assert "1 juli 2018 kl. 09.05" in texts(client.get(of.get_absolute_url()).content, "#om + dl dd")
    Indicator.objects.update(last_published_at=LATER, data_changed_at=FOUNDED)
    assert "1 juli 2018 kl. 09.05" in texts(client.get(of.get_absolute_url()).content, "#om + dl dd")


# --- Older drafts --------------------------------------------------------------------------------


@pytest.mark.parametrize("minor", [True, False])
def test_publishing_an_older_draft_of_a_page_takes_no_time_back(page, minor):
    page.minor_edit = minor
    older = page.save_revision().pk
    publish(page, summary="Ny text.")
    ThemePage.objects.update(text_changed_at=LATER, data_changed_at=LATER)
    draft = Revision.objects.get(pk=older).as_object()
    assert draft.text_changed_at == draft.data_changed_at == LATER
    Revision.objects.get(pk=older).publish()
    after = ThemePage.objects.get()
    assert after.summary == ""
    assert after.data_changed_at == LATER
    assert (after.text_changed_at == LATER) is minor
    assert after.text_changed_at >= LATER


def test_publishing_an_older_draft_of_an_indicator_takes_no_time_back(page):
    of = Indicator.objects.get(title="I tabellen")
    older = of.save_revision().pk
    figure("I tabellen")
    moved = Indicator.objects.get(pk=of.pk).data_changed_at
    Revision.objects.get(pk=older).publish()
    assert Indicator.objects.get(pk=of.pk).data_changed_at == moved is not None


# --- The box for small corrections ---------------------------------------------------------------


def edit(client, page, **fields) -> None:
    """Send the editor's own form, as it stands but for ``fields``."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    data.update(fields)
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.context["form"].errors


def is_ticked(client, page) -> bool:
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    assert len(texts(html, "input[name=minor_edit]")) == 1
    return bool(texts(html, "input[name=minor_edit][checked]"))


@pytest.mark.parametrize("then", ["action-publish", "action-save"])
def test_a_correction_is_small_once_and_the_box_is_empty_the_next_time(client, admin_client, then):
    page = make.index_page()
    page.save_revision().publish()
    ComparisonsIndexPage.objects.update(text_changed_at=FOUNDED)
    assert not is_ticked(admin_client, page)
    edit(admin_client, page, minor_edit="on", **{then: then})
    assert not is_ticked(admin_client, page)
    assert changed(client, page) == "1 mars 2018 kl. 15.06"
    edit(admin_client, page, **{"action-publish": "action-publish"})
    assert changed(client, page) != "1 mars 2018 kl. 15.06"
