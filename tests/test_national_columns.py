"""Columns that we compute of all municipalities: what they show, what they are called, and what they cost."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparisons import figures, ledger, rows
from comparisons.blocks import ColumnBlock, TableBlock
from comparisons.cells import format_value
from comparisons.desk.sheets.layout import table_sheet
from comparisons.distributions import Spread
from comparisons.models import Area, Indicator
from comparisons.prepared import prepare
from comparisons.records import Row
from comparisons.spreads import Group, Summed
from comparisons.tables import build_table
from comparisons.terms import (
    FEWEST_MUNICIPALITIES,
    AreaKind,
    Computed,
    Gender,
    Polarity,
    Statistic,
    Status,
)
from tests import factories as make
from tests import records
from tests.reading import ReadTable, table, texts

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def _four_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shown is easier to follow of four municipalities than of ten."""
    monkeypatch.setattr("comparisons.spreads.FEWEST_MUNICIPALITIES", 1)


@pytest.fixture
def areas() -> list[Area]:
    return [make.own_area(), *(make.area(f"Kommun {number}") for number in range(3))]


def published(
    areas: list[Area], *values: str, title: str = "Brott", period: str = "2017", **fields: Any
) -> Indicator:
    of = make.indicator(title, **({"polarity": Polarity.LOWER_BETTER} | fields))
    make.publish(
        *(
            make.staged_figure(of, value, period, of_area=area)
            for value, area in zip(values, areas, strict=False)
        )
    )
    return of


def computed(*statistics: str, period: str = "2017", **fields: Any) -> list[make.Json]:
    riket = make.country()
    columns = [make.column(riket, period, statistic, **fields) for statistic in statistics]
    return [make.column(make.own_area(), period), *columns]


def shown(
    of: list[Indicator], columns: list[make.Json], source: figures.Figures | None = None, **fields: Any
) -> Any:
    """The table of these indicators and columns."""
    value = TableBlock().to_python(make.table(*of, columns=columns, **fields))
    prepare([value], source or figures.live(), make.own_area().terms())
    return value.table


def cells(made: Any) -> list[list[str]]:
    return [[" ".join(filter(None, (cell.text, cell.detail))) for cell in row.cells] for row in made.rows]


# --- What they show ------------------------------------------------------------------------------


def test_each_is_shown_and_named_as_ours(areas: list[Area]) -> None:
    of = published(areas, "10.4", "8.2", "8.0", "2.1")
    made = shown([of], computed(*(one for one in Computed if one != Computed.SHARE_YES)))
    assert cells(made) == [["10,4", "8,1", "7,2", "6,5", "8,8", "2,1", "10,4"]]
    assert [header.label for header in made.headers] == [
        "Borås 2017",
        "Median av kommunerna 2017, vår beräkning",
        "Ovägt medelvärde av kommunerna 2017, vår beräkning",
        "Undre kvartil av kommunerna 2017, vår beräkning",
        "Övre kvartil av kommunerna 2017, vår beräkning",
        "Lägsta värde av kommunerna 2017, vår beräkning",
        "Högsta värde av kommunerna 2017, vår beräkning",
    ]
    assert made.rows[0].standing.words == "Sämre än medianen"
    assert made.words_label == "Borås mot kommunerna"


def test_the_source_says_that_it_is_our_own_work_and_of_how_many(areas: list[Area]) -> None:
    elsewhere = make.source("Skolverket", fetched_from="Kolada")
    of = make.indicator("Brott")
    make.publish(
        make.staged_figure(of, "1"),
        *(make.staged_figure(of, "2", of_area=area, source_id=elsewhere.pk) for area in areas[1:]),
    )
    few = published(areas[:2], "1", "2", title="Få")
    made = shown([of, few], computed(Computed.MEDIAN, Computed.Q1))
    assert (
        "Egen bearbetning av data från Kolada och Brå: median och undre kvartil, "
        "av värden från 2–4 kommuner." in made.notes
    )
    assert made.sources == ("Brå",)  # what is shown as it was fetched: the own values


def test_a_published_median_and_ours_are_two_columns(areas: list[Area]) -> None:
    of = published(areas, "10.4", "8", "6", "4")
    make.publish(make.staged_figure(of, "9.9", of_area=make.country(), statistic=Statistic.MEDIAN))
    made = shown([of], computed(Statistic.MEDIAN, Computed.MEDIAN))
    assert cells(made) == [["10,4", "9,9", "7,0"]]
    assert [header.label for header in made.headers][1:] == [
        "Median riket 2017",
        "Median av kommunerna 2017, vår beräkning",
    ]
    assert (
        shown([of], computed(Computed.MEAN))
        .rows[0]
        .told.text.endswith("Det är högre än medelvärdet för kommunerna (7,1).")
    )


def test_rows_of_yes_and_no_show_the_share_beside_others_medians(areas: list[Area]) -> None:
    answers = published(areas, "1", "0", "1", "1", title="Plan", value_type="yes_no")
    made = shown([published(areas, "1", "2", "3", "4"), answers], computed(Computed.MEDIAN))
    assert cells(made) == [["1", "2,5 median"], ["Ja", f"75{NBSP}% av kommunerna"]]
    assert made.headers[1].label == "Kommunerna 2017, vår beräkning"
    assert f"75{NBSP}% av kommunerna" in made.rows[1].told.text


def test_yes_and_no_have_no_quartiles_and_no_ends(areas: list[Area]) -> None:
    answers = published(areas, "1", "0", "1", "1", title="Plan", value_type="yes_no")
    made = shown([published(areas, "1", "2", "3", "4"), answers], computed(Computed.Q1, Computed.MAXIMUM))
    assert [row[1:] for row in cells(made)] == [["1,8", "4"], [". inte tillämpligt"] * 2]
    assert [header.label for header in made.headers[1:]] == [
        "Undre kvartil av kommunerna 2017, vår beräkning",
        "Högsta värde av kommunerna 2017, vår beräkning",
    ]
    alone = shown([answers], computed(Computed.Q1))
    assert alone.headers[1].label == "Undre kvartil av kommunerna 2017, vår beräkning"
    assert not any("Egen bearbetning" in note for note in alone.notes)


@pytest.mark.parametrize(
    ("answered", "share"), [(290, "100"), (289, "99,7"), (145, "50"), (1, "0,3"), (0, "0")]
)
def test_nearly_all_is_not_all_and_a_single_one_not_none(answered: int, share: str) -> None:
    of_all = Spread(290, *(Decimal(0),) * 5, mean=rows.normalise(Decimal(answered) / 290), decimals=0)
    figure = Summed(Group(1, 1, "T", 2017129), of_all, "", "yes_no").figure(1, Computed.MEDIAN)
    assert format_value(records.indicator("yes_no"), figure) == f"{share}{NBSP}%"


@pytest.mark.parametrize(
    ("label", "head"),
    [
        ("Median riket 2017", "Median riket 2017, vår beräkning"),
        ("Vår beräkning av medianen", "Vår beräkning av medianen"),
    ],
)
def test_what_an_editor_calls_it_still_says_that_it_is_ours(areas: list[Area], label: str, head: str) -> None:
    columns = [make.column(make.own_area(), "2017"), make.column(make.country(), "2017", Computed.MEDIAN)]
    made = shown([published(areas, "1", "2")], [columns[0], columns[1] | {"label": label}])
    assert made.headers[1].label == head


@pytest.mark.parametrize(("reported", "median"), [(1, "9 (2016)"), (9, "9 (2016)"), (10, "5,5")])
def test_the_first_to_report_are_not_held_against_each_other(
    monkeypatch: pytest.MonkeyPatch, reported: int, median: str
) -> None:
    monkeypatch.setattr("comparisons.spreads.FEWEST_MUNICIPALITIES", FEWEST_MUNICIPALITIES)
    everyone = [make.own_area(), *make.municipalities(9)]
    of = published(everyone, *["9"] * 10, period="2016")
    new = [
        make.staged_figure(of, str(number + 1), of_area=area)
        for number, area in enumerate(everyone[:reported])
    ]
    columns = computed(Computed.MEDIAN)
    draft = make.release(*new)

    def check(source: figures.Figures) -> None:
        assert cells(shown([of], columns, source, allow_earlier=True)) == [["1", median]]
        made = shown([of], columns, source)
        assert cells(made)[0][1] == (median if reported == 10 else "– saknas")
        words = "Bättre än medianen" if reported == 10 else "Går inte att jämföra"
        assert made.rows[0].standing.words == words

    check(figures.with_release(draft))
    ledger.publish(make.approve(draft))
    check(figures.live())


def test_ours_is_missing_where_nobody_has_a_value_and_for_ranks(areas: list[Area]) -> None:
    rank = published(areas, "1", "2", title="Plats", value_type="rank")
    made = shown([rank, make.indicator("Tom")], computed(Computed.MEDIAN))
    assert [row[1] for row in cells(made)] == ["– saknas", "– saknas"]


def test_an_earlier_one_stands_in_only_where_it_may(areas: list[Area]) -> None:
    of = published(areas, "1", "2", "3", "4", period="2016")
    for allowed, text in ((True, "2,5 (2016)"), (False, "– saknas")):
        assert cells(shown([of], computed(Computed.MEDIAN), allow_earlier=allowed))[0][1] == text
    assert (
        cells(shown([of], computed(Computed.MEDIAN, period="2016-T3"), allow_earlier=True))[0][1]
        == "– saknas"
    )


def test_gender_and_population_are_kept_apart(areas: list[Area]) -> None:
    of, urval = make.indicator(), make.population()
    make.publish(
        make.staged_figure(of, "1"),
        make.staged_figure(of, "2", gender=Gender.WOMEN),
        make.staged_figure(of, "3", urval=urval),
    )
    columns = [
        *computed(Computed.MEDIAN),
        *computed(Computed.MEDIAN, gender=Gender.WOMEN)[1:],
        *computed(Computed.MEDIAN, population=urval.pk)[1:],
    ]
    made = shown([of], columns)
    assert cells(made) == [["1", "1", "2", "3"]]
    assert made.headers[3].label == "Median av kommunerna, kommunala skolor 2017, vår beräkning"


def test_a_page_shows_what_was_in_force_and_a_preview_what_will_be(areas: list[Area]) -> None:
    of = published(areas, "1", "2", "3", "4")
    was = of.observation_set.earliest("pk").release.published_at
    make.publish(make.staged_figure(of, "100"))
    draft = make.release(make.staged_figure(of, status=Status.WITHDRAWN, of_area=areas[1]))
    columns = computed(Computed.MEDIAN, Computed.MAXIMUM)
    for source, text in (
        (figures.as_of(was), ["2,5", "4"]),
        (figures.live(), ["3,5", "100"]),
        (figures.with_release(draft), ["4", "100"]),
    ):
        assert cells(shown([of], columns, source))[0][1:] == text


@pytest.mark.parametrize("ends", [Computed.MINIMUM, Computed.MAXIMUM, Computed.Q1, Computed.Q3])
def test_nobody_is_called_better_than_an_end_or_a_quartile(areas: list[Area], ends: str) -> None:
    of = published(areas, "1", "2", "3", "4")
    assert shown([of], computed(ends)).rows[0].standing is None
    assert shown([of], computed(ends, Computed.MEDIAN)).rows[0].standing.words == "Bättre än medianen"


def test_a_computed_median_judges_as_a_published_one() -> None:
    for statistic, area in ((Statistic.MEDIAN, records.RIKET), (Computed.MEDIAN, records.RIKET)):
        found = [records.figure("10.4"), records.figure("8.2", area, statistic=statistic)]
        columns = [records.column(), records.column(area, statistic=statistic)]
        (row,) = build_table("", [Row(records.indicator(polarity="lower_better"))], columns, found).rows
        assert row.standing is not None and row.standing.words == "Sämre än medianen"
        assert row.told is not None and row.told.headline == "Högre än i mediankommunen"


# --- Editors -------------------------------------------------------------------------------------


def test_ours_is_of_the_country_only() -> None:
    block = ColumnBlock()
    group = make.area("Liknande kommuner", kind=AreaKind.GROUP)
    for area, right in ((make.country(), True), (group, False), (make.own_area(), False)):
        value = block.to_python(make.column(area, "2017", Computed.MEDIAN))
        if right:
            assert block.clean(value)["statistic"] == Computed.MEDIAN
            continue
        with pytest.raises(ValidationError) as refused:
            block.clean(value)
        assert "Välj landet (Riket)" in str(refused.value.as_json_data())  # type: ignore[attr-defined]
    made = shown([make.indicator()], [*computed(), make.column(group, "2017", Computed.MEDIAN)])
    assert [header.label for header in made.headers] == ["Borås 2017"]


def test_the_sheet_of_a_table_leaves_out_what_nobody_types(areas: list[Area]) -> None:
    of = published(areas, "1", "2", "3", "4")
    made = shown([of], computed(Statistic.MEDIAN, Computed.MEDIAN))
    heads = {head.label for head in table_sheet([of], made.columns).columns}
    assert "Median riket 2017" in heads and not any("vår beräkning" in head for head in heads)


# --- On a page -----------------------------------------------------------------------------------


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_on_a_theme_page_they_cost_one_query_more_however_many(client: Client, areas: list[Area]) -> None:
    many = [published(areas, "1", "2", "3", "4", title=f"Nyckeltal {number}") for number in range(12)]
    stored = computed(Statistic.MEDIAN)
    without, one, several = (
        make.theme_page(title, tables=[make.table(*of, columns=columns), *more])
        for title, of, columns, more in (
            ("Utan", many, stored, []),
            ("Med en", many[:1], computed(Computed.MEDIAN), []),
            ("Med flera", many, computed(*list(Computed)[:6]), [
                make.table(*many, columns=computed(Computed.MEAN), caption="Till", allow_earlier=True)
            ]),
        )
    )  # fmt: skip
    base = queries(client, without.url)
    assert queries(client, one.url) == queries(client, several.url) == base + 1


def test_following_the_newest_period_ours_stands_beside_it(client: Client, areas: list[Area]) -> None:
    of = published(areas, "1", "2", "3", "4")
    beside = {
        "area": make.country().pk,
        "statistic": Computed.MEDIAN,
        "population": None,
        "gender": "T",
        "label": "",
    }
    latest = {"number": 1, "population": None, "gender": "T", "comparisons": [beside]}
    page = make.theme_page(tables=[make.table(of) | {"columns": [{"type": "latest", "value": latest}]}])
    html = client.get(page.url).content
    assert table(html) == ReadTable(
        ["Borås 2017", "Median av kommunerna 2017, vår beräkning", "Borås mot kommunerna"],
        {"Brott": ["1", "2,5", table(html).rows["Brott"][2]]},
    )
    assert "Bättre än medianen" in table(html).rows["Brott"][2]
    assert any(
        "Egen bearbetning av data från Brå: median" in text for text in texts(html, ".table-block .small")
    )
