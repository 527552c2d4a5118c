"""What is on the sheet of a page's table: its indicators down, its columns for some years across."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comparisons import roles
from comparisons.desk.sheets import layout
from comparisons.models import Indicator, Release, ThemePage
from comparisons.svenska import NBSP
from comparisons.terms import Statistic
from tests import factories
from tests.sheets import Read, cell, list_url, table_url

pytestmark = pytest.mark.django_db
Json = dict[str, Any]


@pytest.fixture(autouse=True)
def _in_2019(monkeypatch: pytest.MonkeyPatch) -> None:
    """An indicator without figures is offered last year."""
    monkeypatch.setattr(layout.timezone, "localdate", lambda: datetime(2019, 3, 1, tzinfo=UTC).date())


def years(of: Indicator, *some: int, value: str = "1", **fields: Any) -> Release:
    return factories.publish(*(factories.staged_figure(of, value, str(year), **fields) for year in some))


def page_of(*indicators: Indicator, columns: Sequence[Json] = (), **fields: Any) -> ThemePage:
    made = factories.table(*indicators, columns=columns, caption="Brott", show_standing=False, **fields)
    return factories.theme_page("Trygghet", tables=[made])


def test_a_table_has_its_indicators_down_and_its_newest_periods_and_one_new_across(desk: Client) -> None:
    crime, fire = factories.indicator("Våldsbrott", unit="antal"), factories.indicator("Bränder")
    years(crime, 2013, 2014, 2015, 2016, 2017)
    years(fire, 2016, value="2")
    read = Read(desk, table_url(page_of(crime, fire)))
    assert read.corner == "Nyckeltal"
    assert read.columns == ["Borås 2015", "Borås 2016", "Borås 2017", "Borås 2018 ny"]
    assert read.rows == {"Våldsbrott antal": ["1", "1", "1", ""], "Bränder": ["", "2", "", ""]}
    assert read.value("title") == "Trygghet: Brott"
    assert "kolumner för hand" not in read.page.get_text()


def test_a_table_shows_every_column_of_the_page_and_each_of_its_series_for_every_period(desk: Client) -> None:
    of, country = factories.indicator(), factories.country()
    years(of, 2003, 2015, 2016, 2017)
    columns = [
        factories.column(factories.own_area(), "2003"),
        factories.column(country, "2017", Statistic.MEDIAN),
        factories.column(factories.own_area(), "2018"),  # made ready, and nobody has the figures yet
    ]
    read = Read(desk, table_url(page_of(of, columns=columns)))
    heads = [(f"Borås {year}", f"Median riket {year}") for year in ("2003", "2015", "2016", "2017")]
    expected = [head for pair in heads for head in pair]
    assert read.columns == [*expected, "Borås 2018 ny", "Median riket 2018 ny"]
    assert "kolumner för hand" in read.page.get_text()


def test_a_table_of_tertials_and_years_shows_what_the_page_shows_as_published(desk: Client) -> None:
    of = factories.indicator()
    factories.publish(*(factories.staged_figure(of, "1", period) for period in ("2017", "2018", "2019-T1")))
    read = Read(desk, table_url(page_of(of)))
    assert read.columns == ["Borås 2018", "Borås tertial 1 2019", "Borås tertial 2 2019 ny"]


def test_answers_stand_under_the_median_of_the_table_with_their_share(desk: Client) -> None:
    answer, number = factories.indicator("Svar", value_type="yes_no"), factories.indicator("Tal")
    country = factories.country()
    factories.publish(
        factories.staged_figure(answer, "79.5", of_area=country, statistic="share_yes"),
        factories.staged_figure(number, "8.2", of_area=country, statistic="median"),
    )
    page = page_of(answer, number, columns=[factories.column(country, "2017", Statistic.MEDIAN)])
    read = Read(desk, table_url(page))
    assert read.columns == ["Riket 2017", "Riket 2018 ny"]
    assert read.rows == {"Svar ja eller nej": [f"79,5{NBSP}%", ""], "Tal": ["8,2", ""]}
    keys = [one["data-key"] for one in read.table.select("td[data-key]")]
    assert keys[1] == cell(answer, "2018", of_area=country, statistic="share_yes")
    assert keys[3] == cell(number, "2018", of_area=country, statistic="median")


def test_a_drafted_year_stays_new_and_no_further_one_is_offered(desk: Client) -> None:
    of, other = factories.indicator("Våldsbrott"), factories.indicator("Bränder")
    years(of, 2017)
    page = page_of(of, other)
    release = factories.release(factories.staged_figure(of, "2", "2018"))
    read = Read(desk, table_url(page))
    assert read.columns == ["Borås 2017", "Borås 2018 ny"]
    assert (read.rows["Våldsbrott"], read.release) == (["1", "2"], str(release.pk))


def test_a_table_without_figures_has_a_place_for_last_years(desk: Client) -> None:
    factories.own_area(), factories.country()
    page = page_of(factories.indicator("Nytt"))
    assert Read(desk, table_url(page)).columns == ["Borås 2018 ny", "Median riket 2018 ny"]
    assert Read(desk, table_url(page), period="2015").columns[0] == "Borås 2015 ny"


def test_a_table_with_columns_that_nobody_has_figures_for_is_new_as_it_is(desk: Client) -> None:
    page = page_of(factories.indicator(), columns=[factories.column(factories.own_area(), "2016")])
    assert Read(desk, table_url(page)).columns == ["Borås 2016 ny"]


def test_the_table_of_the_newest_draft_of_the_page_is_the_one(desk: Client) -> None:
    of, added = factories.indicator("Våldsbrott"), factories.indicator("Bränder")
    years(of, 2017)
    page = page_of(of)
    table = page.results[0].value["body"][0].value
    table["rows"].append({"indicator": added, "label": "", "footnote": ""})
    table["caption"] = "Brott och bränder"
    page.save_revision()
    read = Read(desk, table_url(page))
    assert list(read.rows) == ["Våldsbrott", "Bränder"]
    assert read.value("title") == "Trygghet: Brott och bränder"


# --- Who, where, and at what cost ------------------------------------------------------------


def test_what_is_not_there_is_not_found(desk: Client) -> None:
    page, plain = page_of(factories.indicator()), factories.content_page()
    found = [("list", [0]), ("table", [page.pk, "x"]), ("table", [plain.pk, "x"]), ("table", [0, "x"])]
    for name, args in found:
        assert desk.get(reverse(f"figures:{name}", args=args)).status_code == 404


@pytest.mark.parametrize("held", [[], ["view_release"]])
def test_who_may_not_change_figures_has_no_sheet(held: list[str]) -> None:
    of = factories.indicator()
    somebody = factories.user()
    somebody.user_permissions.add(*factories.permissions("access_admin", *held))
    for url in (list_url(of), table_url(page_of(of))):
        assert factories.client(somebody).get(url).status_code == 302
        assert Client().get(url).status_code == 302


def test_who_may_not_edit_the_page_has_no_sheet_of_its_table() -> None:
    of = factories.indicator()
    somebody = factories.user()
    somebody.user_permissions.add(*factories.permissions("access_admin", "add_release"))
    assert factories.client(somebody).get(list_url(of)).status_code == 200
    assert factories.client(somebody).get(table_url(page_of(of))).status_code == 302


def queries(url: str) -> int:
    browser = factories.client(factories.user(roles.COMMUNICATOR))
    browser.get(url)
    with CaptureQueriesContext(connection) as counted:
        assert browser.get(url).status_code == 200
    return len(counted)


def test_a_sheet_of_any_size_takes_as_many_queries() -> None:
    counted = []
    for number in (3, 60):
        many = [factories.indicator(f"Nyckeltal {place:02}") for place in range(number)]
        factories.publish(
            *(factories.staged_figure(one, "1", str(year)) for one in many for year in range(2000, 2018)),
            *(factories.staged_figure(many[0], gender=gender) for gender in "KM"),
        )
        factories.release(*(factories.staged_figure(one, "2", "2018") for one in many))
        page = factories.theme_page(f"Tema {number}", tables=[factories.table(*many)])
        counted.append((queries(list_url(many[0])), queries(table_url(page))))
    assert counted[0] == counted[1]
