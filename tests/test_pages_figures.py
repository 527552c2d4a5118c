"""Figures on theme pages: what stands in a cell, which columns there are, and what it costs to read."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comparisons.models import ThemePage
from comparisons.terms import AreaKind, Statistic, Status
from tests import factories as make
from tests.reading import ReadTable, table, tables, texts

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"


def latest(number=2, *comparisons, **fields):
    """The columns of a table that follows the newest periods."""
    chosen = {"number": number, "population": None, "gender": "T", "comparisons": list(comparisons)}
    return {"columns": [{"type": "latest", "value": chosen | fields}]}


def against(area, statistic=Statistic.MEDIAN):
    """Whom a table that follows the newest periods compares with."""
    return {"area": area.pk, "statistic": statistic, "population": None, "gender": "T", "label": ""}


def shown(client, page) -> ReadTable:
    return table(client.get(page.url).content)


# --- Cells ---------------------------------------------------------------------------------------

#: What each row publishes (value type, and value or status), and how its cell reads.
TOLD_APART = {
    "Noll": ("decimal", {"value": "0"}, "0"),
    "Noll med decimal": ("percent", {"value": "0.0"}, "0,0"),
    "Nej": ("yes_no", {"value": "0"}, "Nej"),
    "Ja": ("yes_no", {"value": "1"}, "Ja"),
    "Saknas": ("decimal", {"status": Status.MISSING}, "– saknas"),
    "Inte frågad": ("yes_no", {"status": Status.NOT_ASKED}, "– inte tillfrågad"),
    "Hemlig": ("decimal", {"status": Status.SUPPRESSED}, ".. sekretess"),
    "För få": ("decimal", {"status": Status.TOO_FEW}, "* för få svar"),
    "Går inte": ("decimal", {"status": Status.NOT_APPLICABLE}, ". inte tillämpligt"),
    "Aldrig publicerad": ("decimal", None, "– saknas"),
}


@pytest.fixture
def told_apart():
    made = [make.indicator(title, value_type=kind) for title, (kind, _, _) in TOLD_APART.items()]
    published = [fields for _, fields, _ in TOLD_APART.values()]
    make.publish(
        *[make.staged_figure(of, **fields) for of, fields in zip(made, published, strict=True) if fields]
    )
    return made


def test_zero_nej_and_each_kind_of_missing_are_told_apart(client, told_apart):
    page = make.theme_page(tables=[make.table(*told_apart, columns=[make.column(make.own_area(), "2017")])])
    html = client.get(page.url).content
    assert table(html).rows == {title: [text] for title, (_, _, text) in TOLD_APART.items()}
    assert texts(html, ".legend .mark") == ["–", "–", "..", "*", "."]
    # A listener hears the words; the sign itself is for the eye.
    signs = [text.split()[0] for _, _, text in TOLD_APART.values() if text[0] in "–.*"]
    assert texts(html, "td span[aria-hidden=true]") == signs


def test_they_are_told_apart_on_the_indicators_own_pages(client, told_apart):
    for of, (_, fields, text) in zip(told_apart, TOLD_APART.values(), strict=True):
        html = client.get(of.get_absolute_url()).content
        if fields is None:
            assert not tables(html)
            assert "Det finns inga publicerade siffror än." in texts(html, ".lead")
        else:
            assert table(html).rows == {"2017": [text]}, of


@pytest.mark.parametrize(
    ("figures", "allow_earlier", "text"),
    [
        ({"2016": "8.2"}, True, "8,2 (2016)"),
        ({"2015": "9", "2016": "8.2"}, True, "8,2 (2016)"),
        ({"2016": "8.2"}, False, "– saknas"),
        ({"2016": "8.2", "2017": "7"}, True, "7"),
        ({"2016": "8.2", "2017": None}, True, "* för få svar"),
        ({"2015": "9", "2016": None}, True, "9 (2015)"),
        ({"2018": "8.2"}, True, "– saknas"),
        ({"2016-T3": "8.2"}, True, "– saknas"),
    ],
)
def test_a_cell_of_another_period_says_so_and_shows_only_where_allowed(client, figures, allow_earlier, text):
    of, riket = make.indicator(), make.country()
    make.publish(
        *[
            make.staged_figure(
                of, value, period, of_area=riket, status=Status.NORMAL if value else Status.TOO_FEW
            )
            for period, value in figures.items()
        ]
    )
    columns = [make.column(riket, "2017")]
    page = make.theme_page(tables=[make.table(of, columns=columns, allow_earlier=allow_earlier)])
    assert shown(client, page).rows == {of.title: [text]}


def test_a_theme_nobody_has_shown_is_made_without_code(client):
    """Other years, another municipality, a group, four kinds of value, a period of its own."""
    own, other = make.own_area(), make.area("Ulricehamn")
    group = make.area("Liknande kommuner", kind=AreaKind.GROUP, name_in_text="liknande kommuner")
    kinds = {"Vatten": "decimal", "Nöjda": "percent", "Plan": "yes_no", "Betyg": "points"}
    figures = {
        "Vatten": ("1234.5", "17.25", "18"),
        "Nöjda": ("81", "79.5", "80"),
        "Plan": ("1", "0", "62"),
        "Betyg": ("7", "9", "8.5"),
    }
    of = {title: make.indicator(title, value_type=kind) for title, kind in kinds.items()}
    staged = []
    for title, (mine, theirs, mean) in figures.items():
        sums_up = Statistic.SHARE_YES if title == "Plan" else Statistic.MEAN
        staged += [
            make.staged_figure(of[title], mine, "2023" if title == "Betyg" else "2024"),
            make.staged_figure(of[title], theirs, "2024", of_area=other),
            make.staged_figure(of[title], mean, "2024", of_area=group, statistic=sums_up),
        ]
    make.publish(*staged)
    columns = [
        make.column(own, "2024"),
        make.column(other, "2024", label="Grannen"),
        make.column(group, "2024", Statistic.MEAN),
    ]
    page = make.theme_page(
        tables=[make.table(*of.values(), columns=columns, allow_earlier=True, show_standing=False)]
    )
    assert shown(client, page) == ReadTable(
        ["Borås 2024", "Grannen", "Liknande kommuner 2024"],
        {
            "Vatten": [f"1{NBSP}234,5", "17,25", "18 medelvärde"],
            "Nöjda": ["81", "79,5", "80 medelvärde"],
            "Plan": ["Ja", "Nej", f"62{NBSP}% av kommunerna"],
            "Betyg": ["7 (2023)", "9", "8,5 medelvärde"],
        },
    )


# --- Columns -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "columns"),
    [
        (1, ["Borås 2017", "Median riket 2017"]),
        (2, ["Borås 2016", "Borås 2017", "Median riket 2017"]),
        (3, ["Borås 2014", "Borås 2016", "Borås 2017", "Median riket 2017"]),
        (9, ["Borås 2014", "Borås 2016", "Borås 2017", "Median riket 2017"]),
    ],
)
def test_the_last_periods_are_those_that_any_row_has_for_the_own_municipality(client, number, columns):
    first, second, riket = make.indicator("Första"), make.indicator("Andra"), make.country()
    make.publish(
        make.staged_figure(first, "1", "2014"),
        make.staged_figure(first, "2", "2016"),
        make.staged_figure(second, status=Status.MISSING, period="2017"),
        make.staged_figure(first, "4", "2019", of_area=riket, statistic=Statistic.MEDIAN),
        make.staged_figure(first, "5", "2019", of_area=make.area()),
        make.staged_figure(first, "6", "2020", urval=make.population()),
        make.staged_figure(make.indicator("På en annan sida"), "7", "2021"),
    )
    page = make.theme_page(
        tables=[make.table(first, second, show_standing=False) | latest(number, against(riket))]
    )
    assert shown(client, page).columns == columns


def test_a_newly_published_period_takes_its_place_at_the_next_request(client):
    of = make.indicator()
    make.publish(make.staged_figure(of, "1", "2016"), make.staged_figure(of, "2", "2017"))
    page = make.theme_page(tables=[make.table(of, show_standing=False) | latest(2)])
    assert shown(client, page) == ReadTable(["Borås 2016", "Borås 2017"], {of.title: ["1", "2"]})
    make.publish(make.staged_figure(of, "3", "2018"))
    assert shown(client, page) == ReadTable(["Borås 2017", "Borås 2018"], {of.title: ["2", "3"]})


# --- Incomplete drafts ---------------------------------------------------------------------------


def by_hand(**fields):
    column = {
        "area": None,
        "period": "",
        "statistic": "value",
        "population": None,
        "gender": "T",
        "label": "",
    }
    return {"columns": [{"type": "by_hand", "value": [column | fields]}]}


INCOMPLETE = {
    "no rows": {"rows": []},
    "a row without indicator": {"rows": [{"indicator": None, "label": "Ny rad", "footnote": ""}]},
    "an indicator that is gone": {"rows": [{"indicator": 999_999, "label": "", "footnote": ""}]},
    "an empty row": {"rows": [{}]},
    "no columns": {"columns": []},
    "columns by hand, but none": {"columns": [{"type": "by_hand", "value": []}]},
    "a column without area": by_hand(period="2017"),
    "an area that is gone": by_hand(area=999_999, period="2017"),
    "a column without period": by_hand(area="own"),
    "a period that is none": by_hand(area="own", period="år 2017"),
    "nothing at all": {"rows": [], "columns": [], "caption": ""},
}


@pytest.mark.parametrize("fields", INCOMPLETE.values(), ids=INCOMPLETE)
def test_an_incomplete_table_shows_nothing_yet_and_breaks_nothing(client, fields):
    of = make.indicator()
    make.publish(make.staged_figure(of))
    whole = make.table(of, caption="Hel")
    begun = json.loads(
        json.dumps(make.table(of, caption="Påbörjad") | fields).replace('"own"', str(make.own_area().pk))
    )
    page = make.theme_page(tables=[begun, whole])
    assert list(tables(client.get(page.url).content)) == ["Hel"]
    preview = page.make_preview_request()
    assert list(tables(preview.content)) == ["Hel"]
    assert [text for text in texts(preview.content, ".preview-note") if "minst ett publicerat" in text]
    assert not texts(client.get(page.url).content, ".preview-note")


@pytest.mark.parametrize(
    ("fields", "columns"),
    [
        (latest(None), ["Borås 2017"]),
        (
            latest(2, {"area": None, "statistic": "", "population": None, "gender": "", "label": ""}),
            ["Borås 2017"],
        ),
        (latest(2, gender=""), ["Borås 2017"]),
    ],
)
def test_a_table_half_chosen_shows_what_is_chosen(client, fields, columns):
    of = make.indicator()
    make.publish(make.staged_figure(of))
    page = make.theme_page(tables=[make.table(of) | fields])
    assert shown(client, page).columns == columns


@pytest.mark.parametrize(
    ("fields", "numbers"),
    [
        ({}, ["10,4"]),
        ({"area": None}, ["10,4"]),
        ({"statistic": ""}, ["10,4"]),
        ({"figures": []}, []),
        ({"figures": [{"indicator": None, "heading": "", "population": None}]}, []),
    ],
)
def test_incomplete_key_figures_break_nothing(client, fields, numbers):
    of = make.indicator()
    make.publish(make.staged_figure(of))
    page = make.theme_page(key_figures=[of])
    value = {**page.key_figures.raw_data[0]["value"], **fields}
    page.key_figures = json.dumps([{"type": "key_figures", "value": value}])
    page.save()
    for html in (
        client.get(page.url).content,
        client.get("/").content,
        ThemePage.objects.get().make_preview_request().content,
    ):
        assert texts(html, ".figure .number") == numbers


def test_a_site_without_an_own_municipality_still_answers(client, settings):
    of = make.indicator()
    make.publish(make.staged_figure(of))
    page = make.theme_page(tables=[make.table(of)], key_figures=[of])
    settings.OWN_MUNICIPALITY = "0001"
    for address in ("/", page.url, of.get_absolute_url()):
        assert client.get(address).status_code == 200


# --- Cost ----------------------------------------------------------------------------------------


def queries(client, address: str) -> int:
    """Of a second request, when what outlives a request has been looked up."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def large_theme(title: str, number: int):
    """Two tables of as many indicators, of two populations, one with earlier values, and key figures."""
    own, riket, urval = make.own_area(), make.country(), make.population()
    made = [make.indicator(f"{title} {place}") for place in range(number)]
    make.publish(
        *[make.staged_figure(of, "1", year) for of in made for year in ("2016", "2017")],
        *[make.staged_figure(of, "2", "2017", urval=urval) for of in made],
        *[make.staged_figure(of, "3", "2016", of_area=riket, statistic=Statistic.MEDIAN) for of in made],
    )
    median = make.column(riket, "2017", Statistic.MEDIAN)
    schools = make.column(own, "2017", population=urval.pk)
    return make.theme_page(
        title,
        key_figures=made[:3],
        tables=[
            make.table(*made, columns=[schools, median], caption="För hand", allow_earlier=True),
            make.table(*made, caption="Senaste", allow_earlier=True) | latest(2, against(riket)),
        ],
    )


def test_a_theme_page_costs_the_same_with_3_indicators_as_with_200_and_at_most_12(client):
    small, large = large_theme("Liten", 3), large_theme("Stor", 200)
    found = tables(client.get(large.url).content)
    assert [len(one.rows) for one in found.values()] == [200, 200]
    assert found["För hand"].rows["Stor 199"][:2] == ["2", "3 (2016)"]
    assert found["Senaste"].rows["Stor 0"][:3] == ["1", "1", "3 (2016)"]
    assert len(texts(client.get(large.url).content, ".figure")) == 3
    costs = queries(client, small.url), queries(client, large.url)
    assert costs[0] == costs[1] <= 12


def test_the_home_page_costs_the_same_with_one_theme_as_with_five(client):
    of = make.indicator()
    make.publish(make.staged_figure(of))
    make.theme_page("Tema 1", key_figures=[of])
    one = queries(client, "/")
    for number in range(2, 6):
        make.theme_page(f"Tema {number}", key_figures=[of])
    assert texts(client.get("/").content, ".figure .number") == ["10,4"] * 5
    assert queries(client, "/") == one
