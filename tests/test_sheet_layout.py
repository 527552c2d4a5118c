"""What is on the sheet of an indicator: its history, a place for what is new, and what can be added."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparisons.desk.sheets import layout
from comparisons.models import Indicator, Release
from comparisons.terms import Status
from tests import factories
from tests.reading import text
from tests.sheets import Read, cell, list_url

pytestmark = pytest.mark.django_db
Json = dict[str, Any]


@pytest.fixture(autouse=True)
def _in_2019(monkeypatch: pytest.MonkeyPatch) -> None:
    """An indicator without figures is offered last year."""
    monkeypatch.setattr(layout.timezone, "localdate", lambda: datetime(2019, 3, 1, tzinfo=UTC).date())


def years(of: Indicator, *some: int, value: str = "1", **fields: Any) -> Release:
    return factories.publish(*(factories.staged_figure(of, value, str(year), **fields) for year in some))


def test_periods_go_down_the_oldest_first_with_one_new(desk: Client) -> None:
    of = factories.indicator("Våldsbrott", unit="antal")
    factories.country()
    years(of, 2017, 2015, 2016)
    read = Read(desk, list_url(of))
    assert (read.corner, read.columns) == ("Period", ["Borås", "Median riket"])
    assert read.rows == {"2015": ["1", ""], "2016": ["1", ""], "2017": ["1", ""], "2018 ny": ["", ""]}
    assert (read.release, read.value("title"), read.value("reason")) == ("", "Våldsbrott", "")
    assert read.table["aria-label"] == "Siffror: Våldsbrott"


def test_tertials_and_years_stand_in_the_order_of_time_and_each_has_a_new_one(desk: Client) -> None:
    of = factories.indicator()
    figures = ["2018", "2019-T1", "2018-T3", "2019-03"]
    factories.publish(*(factories.staged_figure(of, "1", period) for period in figures))
    assert list(Read(desk, list_url(of)).rows) == [
        "tertial 3 2018",
        "2018",
        "mars 2019",
        "april 2019 ny",
        "tertial 1 2019",
        "tertial 2 2019 ny",
        "2019 ny",
    ]


def test_school_years_are_told_beside_the_year(desk: Client) -> None:
    of = factories.indicator(period_basis="school_year")
    years(of, 2017)
    assert list(Read(desk, list_url(of)).rows) == ["2017 läsåret 2016/17", "2018 ny läsåret 2017/18"]


def test_without_figures_there_is_a_place_for_last_years(desk: Client) -> None:
    of = factories.indicator(live=False)
    factories.own_area()
    read = Read(desk, list_url(of))
    assert (read.columns, read.rows) == (["Borås"], {"2018 ny": [""]})
    assert "Nyckeltalet är inte publicerat än" in read.page.get_text()


def test_without_any_area_there_is_a_sheet_to_add_columns_to(desk: Client) -> None:
    read = Read(desk, list_url(factories.indicator()))
    assert (read.columns, read.rows) == ([], {"2018 ny": []})


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        ("decimal", ["Borås", "Median riket"]),
        ("yes_no", ["Borås", "Riket"]),
        ("rank", ["Borås"]),
    ],
)
def test_the_usual_columns_are_what_the_kind_has(desk: Client, kind: str, columns: list[str]) -> None:
    factories.own_area(), factories.country()
    assert Read(desk, list_url(factories.indicator(value_type=kind))).columns == columns


def test_columns_go_from_the_own_by_what_sums_up_to_the_others_in_swedish_order(desk: Client) -> None:
    of, schools = factories.indicator(), factories.population()
    group = factories.area("Liknande kommuner", kind="group")
    places: list[Json] = [{"of_area": factories.area(name)} for name in ("Örebro", "Ale", "Åre", "Älmhult")]
    places += [
        {"of_area": group, "statistic": "mean"},
        {"of_area": factories.country(), "statistic": "median"},
    ]
    places += [{"gender": gender} for gender in "MKT"] + [{"urval": schools}]
    factories.publish(*(factories.staged_figure(of, **place) for place in places))
    assert Read(desk, list_url(of)).columns == [
        "Borås",
        "Borås, kvinnor",
        "Borås, män",
        "Borås, kommunala skolor",
        "Medelvärde Liknande kommuner",
        "Median riket",
        "Ale",
        "Åre",
        "Älmhult",
        "Örebro",
    ]


def many_areas(of: Indicator, number: int) -> None:
    made = [factories.area(f"Kommun {place:02}") for place in range(number)]
    group = factories.area("Liknande kommuner", kind="group")
    factories.publish(
        factories.staged_figure(of),
        factories.staged_figure(of, of_area=group, statistic="mean"),
        *(factories.staged_figure(of, of_area=one, gender=gender) for one in made for gender in "KM"),
    )


def test_few_columns_are_all_there(desk: Client) -> None:
    of = factories.indicator()
    many_areas(of, 5)
    read = Read(desk, list_url(of))
    assert len(read.columns) == layout.MOST_COLUMNS == 12
    assert text(read.page.select_one("[data-sheet-add] summary")) == "Ny kolumn"


def test_of_many_columns_the_own_the_groups_and_those_with_a_draft_are_shown(desk: Client) -> None:
    of = factories.indicator()
    many_areas(of, 6)
    drafted, asked = (of.observation_set.filter(area__name=f"Kommun 0{number}")[0].area for number in (3, 4))
    factories.release(factories.staged_figure(of, "2", of_area=drafted, gender="K"))
    usual = ["Borås", "Medelvärde Liknande kommuner", "Kommun 03, kvinnor"]
    read = Read(desk, list_url(of))
    assert read.columns == usual
    assert text(read.page.select_one("[data-sheet-add] summary")) == "Ny kolumn: 11 kolumner till har siffror"
    read = Read(desk, list_url(of), omrade=asked.pk, statistik="value", kon="M")
    assert read.columns == [*usual, "Kommun 04, män"]
    assert read.rows["2017"][-1] == "10,4"


def test_a_draft_of_all_municipalities_is_not_drawn_cell_by_cell(desk: Client) -> None:
    of = factories.indicator()
    places = factories.municipalities(40)
    factories.publish(
        factories.staged_figure(of), *(factories.staged_figure(of, of_area=one) for one in places)
    )
    factories.release(*(factories.staged_figure(of, "2", "2018", of_area=one) for one in places))
    with CaptureQueriesContext(connection) as queries:
        read = Read(desk, list_url(of))
    assert read.columns == ["Borås"]
    assert text(read.page.select_one("[data-sheet-add] summary")) == "Ny kolumn: 40 kolumner till har siffror"
    drafted = factories.release(factories.staged_figure(of, "3", "2018"))
    with CaptureQueriesContext(connection) as more:
        Read(desk, list_url(of))
    assert drafted.staged.exists() and len(more) == len(queries)


def test_what_is_added_stays_when_more_is_added(desk: Client) -> None:
    of, ale, schools = factories.indicator(), factories.area("Ale"), factories.population()
    years(of, 2017)
    query: Json = {"period": ["2014", "2019-T1"], "kolumn": f"{ale.pk}.median.1.T"}
    query |= {"omrade": ale.pk, "statistik": "value", "urval": schools.pk, "kon": "K"}
    read = Read(desk, list_url(of), **query)
    assert list(read.rows) == ["2014 ny", "2017", "2018 ny", "tertial 1 2019 ny"]
    assert read.columns == ["Borås", "Ale, kommunala skolor, kvinnor", "Median Ale"]
    kept = read.page.select("[data-sheet-add] input[type=hidden]")
    assert [(one["name"], one["value"]) for one in kept] == [
        ("period", "2014"),
        ("period", "2019-T1"),
        ("kolumn", f"{ale.pk}.median.1.T"),
        ("kolumn", f"{ale.pk}.value.{schools.pk}.K"),
    ]


def test_a_period_that_is_there_already_changes_nothing(desk: Client) -> None:
    of = factories.indicator()
    years(of, 2017)
    assert list(Read(desk, list_url(of), period=["2017", "", "2018"]).rows) == ["2017", "2018 ny"]


@pytest.mark.parametrize(
    ("basis", "written", "said"),
    [
        ("calendar", "i fjol", "”i fjol” är ingen period. Skriv ett år (2017)"),
        ("calendar", "2019-13", "”2019-13” är ingen period."),
        ("calendar", "2017/18", "Här räknas inte i läsår. Skriv ett år, som 2018."),
        ("school_year", "2017/19", "”2017/19” är ingen period."),
        ("calendar", "<b>", "”<b>” är ingen period."),
    ],
)
def test_a_period_that_is_none_is_told_and_the_others_stay(
    desk: Client, basis: str, written: str, said: str
) -> None:
    of = factories.indicator(period_basis=basis)
    years(of, 2017)
    read = Read(desk, list_url(of), period=["2015", written])
    assert text(read.page.select_one("#wrong-period")).startswith(said)
    assert read.page.select_one("#add-period")["aria-invalid"] == "true"
    assert [name.split()[0] for name in read.rows] == ["2015", "2017", "2018"]


def test_a_school_year_can_be_added_where_they_are_counted(desk: Client) -> None:
    of = factories.indicator(period_basis="school_year")
    read = Read(desk, list_url(of), period="2014/15")
    assert next(iter(read.rows)) == "2015 ny läsåret 2014/15"
    assert text(read.page.select_one("#wrong-period")) == ""


@pytest.mark.parametrize("column", ["x", "1.value.1", "9999.value.1.T", f"{2**70}.value.1.T", "1.values.1.T"])
def test_a_column_that_is_none_is_left_out(desk: Client, column: str) -> None:
    of = factories.indicator()
    years(of, 2017)
    area, _, _ = column.partition(".")
    for query in ({"kolumn": column}, {"omrade": area, "statistik": "värde"}):
        assert Read(desk, list_url(of), **query).columns == ["Borås"]


def test_the_sheet_opens_in_the_draft_that_holds_its_figures(desk: Client) -> None:
    of = factories.indicator()
    years(of, 2017)
    release = factories.release(
        factories.staged_figure(of, "2", "2018", overruled="Ny å.", n=7), title="Årets <b>", reason="Rättat."
    )
    read = Read(desk, list_url(of))
    assert read.release == str(release.pk)
    assert [read.value(name) for name in ("title", "seen_title", "reason", "seen_reason")] == [
        "Årets <b>",
        "Årets <b>",
        "Rättat.",
        "Rättat.",
    ]
    assert read.rows == {"2017": ["1"], "2018 ny": ["2"]}  # a drafted year is new, and no other is offered
    found = read.cell(cell(of, "2018"))
    wanted = {"data-was": "", "data-overruled": "Ny å.", "data-n": "7", "data-source": str(of.source_id)}
    assert wanted.items() <= found.attrs.items() and "is-drafted" in found["class"]
    assert "data-token" not in Read(desk, list_url(of), period="2014").cell(cell(of, "2014")).attrs


def test_the_draft_that_is_asked_for_is_the_one(desk: Client) -> None:
    of = factories.indicator()
    first = factories.release(factories.staged_figure(of, "1", "2016"), title="Första")
    factories.release(factories.staged_figure(of, "2", "2017"), title="Andra")
    read = Read(desk, list_url(of), publicering=first.pk)
    assert read.release == str(first.pk)
    other, own = (read.cell(cell(of, year)) for year in ("2017", "2016"))
    assert (other["data-locked"], other["aria-readonly"]) == ("Andra", "true")
    assert "data-locked" not in own.attrs
    factories.submit(first)
    assert Read(desk, list_url(of), publicering=first.pk).release == ""


def test_what_waits_for_review_cannot_be_changed(desk: Client) -> None:
    of = factories.indicator()
    years(of, 2016)
    factories.submit(factories.release(factories.staged_figure(of, "2", "2017"), title="Väntar"))
    read = Read(desk, list_url(of))
    assert read.release == ""
    assert read.cell(cell(of, "2017"))["data-locked"] == "Väntar"
    assert "data-locked" not in read.cell(cell(of, "2016")).attrs


def test_a_withdrawn_figure_is_a_new_one_again(desk: Client) -> None:
    of = factories.indicator()
    years(of, 2016, 2017)
    factories.publish(factories.staged_figure(of, None, "2017", status=Status.WITHDRAWN))
    read = Read(desk, list_url(of))
    assert read.rows == {"2016": ["1"], "2017 ny": [""]}
    assert read.cell(cell(of)).get("data-token")
