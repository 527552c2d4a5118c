"""The way of a figure from the sheet to the reader: written, submitted, approved, and read."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from comparisons import roles
from comparisons.models import Indicator, Observation, Release, ThemePage
from comparisons.svenska import MINUS, NBSP
from tests import factories
from tests.reading import soup, tables
from tests.sheets import Writer, cell, list_url

pytestmark = pytest.mark.django_db


def shown_on_a_page(of: Indicator, *columns: Any) -> ThemePage:
    """A theme page with a table of the indicator, of Borås 2017 unless told."""
    chosen = columns or (factories.column(factories.own_area(), "2017"),)
    return factories.theme_page(tables=[factories.table(of, columns=chosen, show_standing=False)])


def cells(page: ThemePage) -> list[str]:
    """What a reader who is not logged in finds in the page's only row."""
    (table,) = tables(Client().get(page.url).content).values()
    (row,) = table.rows.values()
    return row


def write(of: Indicator, key: str, text: str) -> Release:
    """A communicator writes in a cell, and sees how it was understood before she saves."""
    kim = Writer(of).open().write(key, text)
    understood = kim.check()[key]
    assert understood["error"] == ""
    kim.write(key, understood["text"], overruled="Stämmer.").say(reason="Källan har rättat siffran.")
    release = kim.save_well()
    assert release is not None
    return release


def press(role: str, step: str, release: Release) -> None:
    """Somebody of the role presses a button of the release's screen."""
    browser = factories.client(factories.user(role))
    assert browser.post(release.get_admin_url(), {"step": step}).status_code == 302


def publish(release: Release) -> None:
    """A communicator submits, and a reviewer approves."""
    press(roles.COMMUNICATOR, "submit", release)
    press(roles.REVIEWER, "publish", release)


def test_the_edit_screen_of_an_indicator_leads_to_its_figures(desk: Client) -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    screen = soup(desk.get(reverse(shown.snippet_viewset.get_url_name("edit"), args=[shown.pk])).content)
    assert list_url(shown) in {link["href"] for link in screen.find_all("a", href=True)}
    assert "10,4" in screen.get_text()


@pytest.mark.parametrize(
    ("kind", "statistic", "before", "typed", "read"),
    [
        ("decimal", "value", "0.5", "0,34", "0,34"),
        ("decimal", "value", "0.5", "0", "0"),
        ("decimal", "value", "0.5", "−2,5", f"{MINUS}2,5"),
        ("decimal", "value", "0.5", "-2,50", f"{MINUS}2,50"),
        ("decimal", "value", "0.5", "..", ".. sekretess"),
        ("decimal", "value", "0.5", "*", "* för få svar"),
        ("decimal", "value", "0.5", "saknas", "– saknas"),
        ("decimal", "value", "0.5", "", "– saknas"),
        ("count", "value", "5", "1 234", f"1{NBSP}234"),
        ("percent", "value", "80", "79 %", "79"),
        ("points", "value", "8", "7", "7"),
        ("yes_no", "value", "0", "Ja", "Ja"),
        ("yes_no", "value", "1", "nej", "Nej"),
        ("yes_no", "share_yes", "80", "79 %", f"79{NBSP}% av kommunerna"),
        ("yes_no", "share_yes", "80", "79,5", f"79,5{NBSP}% av kommunerna"),
    ],
)
def test_a_changed_figure_is_read_once_it_is_approved_and_not_before(
    kind: str, statistic: str, before: str, typed: str, read: str
) -> None:
    shown = factories.indicator(value_type=kind)
    where = factories.country() if statistic == "share_yes" else factories.own_area()
    factories.publish(factories.staged_figure(shown, before, of_area=where, statistic=statistic))
    page = shown_on_a_page(shown, factories.column(where, "2017", statistic))
    old = cells(page)
    release = write(shown, cell(shown, of_area=where, statistic=statistic), typed)
    assert cells(page) == old != [read]
    press(roles.COMMUNICATOR, "submit", release)
    assert cells(page) == old
    press(roles.REVIEWER, "publish", release)
    assert cells(page) == [read]


def test_a_changed_figure_is_read_on_the_page_of_its_indicator() -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    publish(write(shown, cell(shown), "10,6"))
    assert tables(Client().get(shown.get_absolute_url()).content)["Alla värden"].rows == {"2017": ["10,6"]}


def test_an_added_period_takes_its_place_beside_the_others() -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4", "2016"))
    page = factories.theme_page(tables=[factories.table(shown, show_standing=False)])
    assert cells(page) == ["10,4"]
    publish(write(shown, cell(shown, "2017"), "0,34"))
    (table,) = tables(Client().get(page.url).content).values()
    assert (table.columns, *table.rows.values()) == (["Borås 2016", "Borås 2017"], ["10,4", "0,34"])


def test_a_communicator_does_not_publish_what_she_has_written() -> None:
    shown = factories.indicator()
    release = write(shown, cell(shown), "10,6")
    for step in ("publish", "submit", "publish"):
        press(roles.COMMUNICATOR, step, release)
    release.refresh_from_db()
    assert release.state == Release.State.SUBMITTED
    assert not Observation.objects.exists()
