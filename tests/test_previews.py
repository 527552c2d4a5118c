"""Pages and indicators with the figures of a release under way: for editors, never for readers."""

import pytest
from django.test import Client
from django.urls import reverse

from comparisons import previews, releases, roles
from comparisons.desk.turning import turns
from comparisons.models import Indicator, Release, ThemePage
from tests import factories
from tests.reading import soup, tables, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown() -> Indicator:
    """An indicator whose figure for Borås 2017 is 10,4."""
    made = factories.indicator("Våldsbrott")
    factories.publish(factories.staged_figure(made, "10.4"))
    return made


@pytest.fixture
def page(shown: Indicator) -> ThemePage:
    """A live page with a table of its two latest periods."""
    return factories.theme_page("Trygghet", tables=[factories.table(shown)])


@pytest.fixture
def draft(shown: Indicator) -> Release:
    return factories.release(
        factories.staged_figure(shown, "10.6"), factories.staged_figure(shown, "11.9", "2018"), title="Nytt"
    )


def cells(html: bytes) -> list[str]:
    """The two periods in the row of the only table."""
    (table,) = tables(html).values()
    (row,) = table.rows.values()
    return row[:2]


def preview_of(page: ThemePage, release: Release) -> str:
    return reverse("releases:preview", args=[release.pk, "sida", page.pk])


def test_a_page_is_seen_with_the_figures_of_a_draft_and_says_so(
    desk: Client, page: ThemePage, draft: Release
) -> None:
    seen = desk.get(preview_of(page, draft))
    assert cells(seen.content) == ["10,6", "11,9"]
    (said,) = texts(seen.content, ".preview-note")
    assert said == "Förhandsvisning. Siffrorna är de i ”Nytt” och är inte publicerade."


def test_readers_see_nothing_of_it(page: ThemePage, draft: Release, shown: Indicator) -> None:
    releases.submit(draft, factories.user(roles.COMMUNICATOR))
    for url in (page.url, shown.get_absolute_url()):
        answer = Client().get(url, {"preview_mode": previews.mode(draft), "mode": previews.mode(draft)})
        assert "10,4" in answer.content.decode()
        assert "10,6" not in answer.content.decode() and "11,9" not in answer.content.decode()
    assert Client().get(preview_of(page, draft)).status_code == 302
    stranger = factories.client(factories.user())
    assert stranger.get(preview_of(page, draft)).status_code in (302, 403)


def test_an_indicator_is_seen_with_the_figures_of_a_draft(
    desk: Client, shown: Indicator, draft: Release
) -> None:
    seen = desk.get(reverse("releases:preview", args=[draft.pk, "nyckeltal", shown.pk])).content
    assert tables(seen)["Alla värden"].rows == {"2018": ["11,9"], "2017": ["10,6"]}


def test_a_page_that_is_not_published_is_seen_as_its_draft(
    desk: Client, shown: Indicator, draft: Release
) -> None:
    page = factories.theme_page("Nytt tema", tables=[factories.table(shown)], live=False)
    page.save_revision()
    assert cells(desk.get(preview_of(page, draft)).content) == ["10,6", "11,9"]


def test_the_editors_preview_offers_each_release_that_touches_the_page(
    desk: Client, page: ThemePage, draft: Release
) -> None:
    factories.release(factories.staged_figure(factories.indicator("Stöld")), title="Annat")
    assert [label for _, label in page.preview_modes][1:] == ["Med siffrorna i ”Nytt”"]
    edit = soup(desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content)
    assert f"release-{draft.pk}" in [option.get("value") for option in edit.find_all("option")]
    releases.publish_now(draft, factories.user(roles.REVIEWER))
    assert len(ThemePage.objects.get(pk=page.pk).preview_modes) == 1


def test_there_is_no_preview_of_what_a_release_does_not_touch_or_that_is_published(
    desk: Client, page: ThemePage, draft: Release
) -> None:
    other = factories.theme_page("Grundskola")
    assert desk.get(preview_of(other, draft)).status_code == 404
    releases.publish_now(draft, factories.user(roles.REVIEWER))
    assert desk.get(preview_of(page, draft)).status_code == 404


# --- Tables that turn to a new year ----------------------------------------------------------


def test_a_table_that_follows_the_newest_period_turns_and_it_is_told_how_many_rows_are_empty(
    desk: Client, shown: Indicator, draft: Release
) -> None:
    left_behind = factories.indicator("Stöld")
    factories.publish(factories.staged_figure(left_behind, "3"))
    page = factories.theme_page("Trygghet", tables=[factories.table(shown, left_behind)])
    (turn,) = turns(draft, [page])
    assert (turn.before.key, turn.after.key, turn.empty, turn.rows) == ("2017", "2018", 1, 2)
    assert (
        "Tabellen ”Anmälda brott” på Trygghet byter år: från 2017 till 2018. "
        "1 av 2 rader har inget värde för 2018 än."
    ) in texts(desk.get(draft.get_admin_url()).content, ".help-warning")


def test_a_correction_turns_no_table_and_neither_do_columns_by_hand(shown: Indicator, draft: Release) -> None:
    by_hand = factories.table(shown, columns=[factories.column(factories.own_area(), "2017")])
    assert list(turns(draft, [factories.theme_page("Ett", tables=[by_hand])])) == []
    correcting = factories.release(factories.staged_figure(shown, "10.6"))
    following = factories.theme_page("Två", tables=[factories.table(shown)])
    assert list(turns(correcting, [following])) == []
