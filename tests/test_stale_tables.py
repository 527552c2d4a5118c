"""Tables chosen by hand that newer figures have left behind: found without a word of HTML."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comparisons import figures
from comparisons.models import Indicator, ThemePage
from comparisons.stale_tables import StaleTable, stale_tables
from comparisons.terms import Gender, Statistic, Status
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown() -> Indicator:
    return make.indicator()


def own(*periods: str, **fields: Any) -> list[Any]:
    return [make.column(make.own_area(), period, **fields) for period in periods]


def page_with(*indicators: Indicator, columns: list[Any], title: str = "Trygghet") -> ThemePage:
    return make.theme_page(title, tables=[make.table(*indicators, columns=columns)])


def found() -> list[StaleTable]:
    return stale_tables(ThemePage.objects.order_by("path"), figures.live())


def told() -> list[tuple[str, str, int, int]]:
    """Each table: the last period it shows, the newer one, how many of how many have it."""
    return [(one.shown.key, one.newer.key, one.indicators, one.of) for one in found()]


def publish(*of: Indicator, period: str, **fields: Any) -> None:
    make.publish(*(make.staged_figure(one, period=period, **fields) for one in of))


def test_it_says_which_table_which_period_and_how_many_indicators(shown):
    other, third = make.indicator("Stölder"), make.indicator("Skadegörelse")
    page = page_with(shown, other, third, columns=own("2016", "2017"))
    publish(shown, other, third, period="2017")
    assert found() == []
    publish(shown, other, period="2018")
    (stale,) = found()
    section = page.results[0]
    assert (stale.page, stale.caption) == (page, "Anmälda brott")
    assert stale.path == f"results.{section.id}.body.{section.value['body'][0].id}"
    assert told() == [("2017", "2018", 2, 3)]


def test_the_newest_of_several_newer_periods_is_told(shown):
    other = make.indicator("Stölder")
    page_with(shown, other, columns=own("2016"))
    publish(shown, other, period="2017")
    publish(shown, period="2019")
    assert told() == [("2016", "2019", 1, 2)]


def test_a_column_of_the_newest_period_is_enough_in_any_place(shown):
    page_with(shown, columns=own("2018", "2016"))
    publish(shown, period="2018")
    assert found() == []


@pytest.mark.parametrize(
    "fields",
    [
        {"gender": Gender.WOMEN},
        {"urval": "kommunala skolor"},
        {"of_area": "Riket"},
        {"statistic": Statistic.MEDIAN},
        {"status": Status.MISSING},
    ],
)
def test_figures_of_another_series_leave_no_table_behind(shown, fields):
    page_with(shown, columns=own("2017"))
    if "urval" in fields:
        fields = {"urval": make.population(fields["urval"])}
    if "of_area" in fields:
        fields = {"of_area": make.country()}
    publish(shown, period="2018", **fields)
    assert found() == []


def test_a_table_of_women_in_municipal_schools_asks_for_them(shown):
    schools = make.population()
    page_with(shown, columns=own("2017", population=schools.pk, gender=Gender.WOMEN))
    publish(shown, period="2018")
    assert found() == []
    publish(shown, period="2018", urval=schools, gender=Gender.WOMEN)
    assert told() == [("2017", "2018", 1, 1)]


def test_year_is_held_against_year_and_tertial_against_tertial(shown):
    page_with(shown, columns=own("2017", "2018-T1"))
    publish(shown, period="2018-T1")
    publish(shown, period="2017")
    assert found() == []
    publish(shown, period="2018-T2")
    assert told() == [("2018-T1", "2018-T2", 1, 1)]
    publish(shown, period="2018")
    assert told() == [("2017", "2018", 1, 1)]


def test_figures_of_indicators_in_other_tables_leave_a_table_alone(shown):
    other = make.indicator("Stölder")
    page_with(shown, columns=own("2017"))
    page_with(other, columns=own("2015"), title="Skola")
    publish(other, period="2018")
    assert told() == [("2015", "2018", 1, 1)]


def test_two_tables_of_one_indicator_for_different_pupils_are_told_apart(shown):
    schools = make.population()
    page_with(shown, columns=own("2017"))
    page_with(shown, columns=own("2016", population=schools.pk), title="Skola")
    publish(shown, period="2018", urval=schools)
    assert told() == [("2016", "2018", 1, 1)]


def test_comparisons_alone_and_tables_that_follow_are_left_alone(shown):
    page_with(shown, columns=[make.column(make.country(), "2017", Statistic.MEDIAN)])
    make.theme_page("Följer", tables=[make.table(shown)])
    publish(shown, period="2018")
    publish(shown, period="2018", of_area=make.country(), statistic=Statistic.MEDIAN)
    assert found() == []


def test_tables_that_are_half_done_are_borne(shown):
    draft = make.indicator("Utkast", live=False)
    page_with(draft, columns=own("2017"), title="Bara utkast")
    page_with(shown, columns=own("", "i fjol"), title="Utan period")
    page_with(columns=own("2017"), title="Utan rader")
    empty = make.table(shown)
    empty["columns"] = []
    make.theme_page("Utan kolumner", tables=[empty])
    publish(shown, draft, period="2018")
    assert found() == []


def test_without_an_own_municipality_there_is_nothing_to_say(shown):
    page_with(shown, columns=[make.column(make.country(), "2017")])
    assert found() == []


def test_tables_under_what_we_do_to_improve_count_too(shown):
    page = make.theme_page("Trygghet")
    section = {
        "heading": "Så gör vi",
        "body": [{"type": "table", "value": make.table(shown, columns=own("2017"))}],
    }
    page.improvements = json.dumps([{"type": "section", "value": section}])
    page.save()
    publish(shown, period="2018")
    (stale,) = found()
    assert stale.path.startswith("improvements.")


def test_it_costs_the_same_however_many_pages_and_figures(shown):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            found()
        return len(captured)

    schools = make.population()
    page_with(shown, columns=own("2010"))
    publish(shown, period="2018")
    few = queries()
    for number in range(8):
        one = make.indicator(f"Nyckeltal {number}")
        columns = [*own("2010"), *own("2011", population=schools.pk)]
        page_with(one, shown, columns=columns, title=f"Tema {number}")
        for year in range(2010, 2020):
            publish(one, period=str(year))
            publish(one, period=str(year), urval=schools)
    assert len(found()) == 9
    # One more only because one of the tables has chosen a population.
    assert queries() <= few + 1
