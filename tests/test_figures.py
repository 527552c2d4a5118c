"""Reading: what is live, what was live at a moment, and what a release will make live."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from comparisons import figures, ledger
from comparisons.cells import FigureIndex
from comparisons.figures import Figures
from comparisons.models import Area, Indicator, Population, Release
from comparisons.periods import Period
from comparisons.records import Column, Figure, OwnPeriods, Wanted
from comparisons.terms import EMPTY_POPULATION, Gender, Statistic, Status
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown() -> Indicator:
    return factories.indicator()


def told(figure: Figure | None) -> str:
    """``2017: 10.4`` or ``2017: suppressed``."""
    assert figure is not None
    what = figure.status if figure.value is None else f"{figure.value.normalize():f}"
    return f"{figure.period}: {what}"


def said(source: Figures, shown: Indicator) -> list[str]:
    """Every figure of the indicator, oldest first."""
    return [told(figure) for figure in source.of_indicator(shown.pk)]


def column(period: str, of_area: Area | None = None, **fields: Any) -> Column:
    terms = (of_area or factories.own_area()).terms()
    parts: dict[str, Any] = {"statistic": Statistic.VALUE, "population": EMPTY_POPULATION}
    return Column(area=terms, period=Period.parse(period), **(parts | fields))


def cell(
    source: Figures, shown: Indicator, in_column: Column, *, allow_earlier: bool = False
) -> Figure | None:
    """What a table shows in the cell of the indicator and the column."""
    wanted = [Wanted(frozenset({shown.pk}), (in_column,), allow_earlier)]
    index = FigureIndex(source.cells(wanted))
    return index.find(shown.terms(), in_column, allow_earlier=allow_earlier)


def at(release: Release) -> datetime:
    assert release.published_at is not None
    return release.published_at


# --- Live, and live at a moment --------------------------------------------------------------


def test_live_is_the_newest_row_of_each_key(shown: Indicator) -> None:
    factories.publish(factories.staged_figure(shown, "10.4"), factories.staged_figure(shown, "9", "2016"))
    factories.publish(factories.staged_figure(shown, "10.5"))
    assert said(figures.live(), shown) == ["2016: 9", "2017: 10.5"]


def test_a_missing_figure_is_there_with_its_reason_and_a_withdrawn_one_is_not(
    shown: Indicator,
) -> None:
    factories.publish(
        factories.staged_figure(shown, status=Status.SUPPRESSED),
        factories.staged_figure(shown, "9", "2016"),
        factories.staged_figure(shown, "0", "2015"),
    )
    factories.publish(factories.staged_figure(shown, period="2016", status=Status.WITHDRAWN))
    assert said(figures.live(), shown) == ["2015: 0", "2017: suppressed"]


@pytest.mark.parametrize("state", [state for state in Release.State if state != "published"])
def test_a_release_that_is_not_published_shows_nowhere(shown: Indicator, state: str) -> None:
    factories.publish(factories.staged_figure(shown, "10.4"))
    waiting = factories.release(
        factories.staged_figure(shown, "99"), factories.staged_figure(shown, "98", "2016")
    )
    Release.objects.filter(pk=waiting.pk).update(state=state)
    now = factories.publish(factories.staged_figure(factories.indicator("Stöld"), "1"))
    for source in (figures.live(), figures.as_of(at(now))):
        assert said(source, shown) == ["2017: 10.4"]
        assert own_periods(source, shown) == ["2017"]
        assert cell(source, shown, column("2016")) is None


def test_as_of_shows_what_readers_saw_at_that_moment(shown: Indicator) -> None:
    instant = timedelta(microseconds=1)
    first = at(
        factories.publish(factories.staged_figure(shown, "10.4"), factories.staged_figure(shown, "9", "2016"))
    )
    second = at(factories.publish(factories.staged_figure(shown, "10.5")))
    third = at(
        factories.publish(
            factories.staged_figure(shown, status=Status.WITHDRAWN),
            factories.staged_figure(shown, "8", "2015"),
        )
    )
    for moment, expected in [
        (first - instant, []),
        (first, ["2016: 9", "2017: 10.4"]),
        (second - instant, ["2016: 9", "2017: 10.4"]),
        (second, ["2016: 9", "2017: 10.5"]),
        (third - instant, ["2016: 9", "2017: 10.5"]),
        (third, ["2015: 8", "2016: 9"]),
        (third + timedelta(days=1), ["2015: 8", "2016: 9"]),
    ]:
        assert said(figures.as_of(moment), shown) == expected


def test_as_of_now_is_what_is_live(shown: Indicator) -> None:
    factories.publish(factories.staged_figure(shown, "10.4"))
    last = factories.publish(factories.staged_figure(shown, "10.5"))
    assert said(figures.as_of(at(last)), shown) == said(figures.live(), shown)


# --- With a release --------------------------------------------------------------------------


def test_with_a_release_its_figures_stand_in_place_of_the_live_ones(shown: Indicator) -> None:
    factories.publish(
        factories.staged_figure(shown, "10.4"),
        factories.staged_figure(shown, "9", "2016"),
        factories.staged_figure(shown, "8", "2015"),
    )
    draft = factories.release(
        factories.staged_figure(shown, "10.5"),
        factories.staged_figure(shown, period="2016", status=Status.WITHDRAWN),
        factories.staged_figure(shown, "7", "2014"),
    )
    other = factories.release(factories.staged_figure(shown, "99"))
    assert said(figures.with_release(draft), shown) == ["2014: 7", "2015: 8", "2017: 10.5"]
    assert said(figures.live(), shown) == ["2015: 8", "2016: 9", "2017: 10.4"]
    ledger.publish(factories.approve(draft))
    assert said(figures.live(), shown) == ["2014: 7", "2015: 8", "2017: 10.5"]
    assert said(figures.with_release(other), shown) == ["2014: 7", "2015: 8", "2017: 99"]


def test_a_published_release_shows_what_is_live(shown: Indicator) -> None:
    published = factories.publish(factories.staged_figure(shown, "10.4"))
    assert said(figures.with_release(published), shown) == ["2017: 10.4"]


@pytest.mark.parametrize(
    "staged, earlier",
    [
        ([("2017", "withdrawn")], "2016: 9"),
        ([("2017", "withdrawn"), ("2016", "8.5")], "2016: 8.5"),
        ([("2017", "withdrawn"), ("2016", "withdrawn")], "2015: 8"),
        ([("2017", "withdrawn"), ("2016", "suppressed")], "2015: 8"),
        ([("2016", "8.5")], "2017: 10.4"),
        ([("2018", "11")], "2018: 11"),
    ],
)
def test_with_a_release_an_earlier_value_is_looked_for_in_both(
    shown: Indicator, staged: list[tuple[str, str]], earlier: str
) -> None:
    factories.publish(
        *(
            factories.staged_figure(shown, value, period)
            for period, value in [("2017", "10.4"), ("2016", "9"), ("2015", "8")]
        )
    )
    draft = factories.release(
        *(
            factories.staged_figure(shown, period=period, status=what)
            if what in Status.values
            else factories.staged_figure(shown, what, period)
            for period, what in staged
        )
    )
    found = cell(figures.with_release(draft), shown, column("2018"), allow_earlier=True)
    assert told(found) == earlier


# --- Cells -----------------------------------------------------------------------------------


def test_a_cell_is_found_by_every_part_of_its_key(shown: Indicator) -> None:
    schools, riket = factories.population(), factories.country()
    published: list[tuple[str, dict[str, Any], Column]] = [
        ("1", {}, column("2017")),
        ("2", {"of_area": riket}, column("2017", riket)),
        ("3", {"gender": Gender.WOMEN}, column("2017", gender=Gender.WOMEN)),
        ("4", {"urval": schools}, column("2017", population=schools.pk)),
        ("5", {"statistic": Statistic.MEAN}, column("2017", statistic=Statistic.MEAN)),
        ("6", {"period": "2017-T1"}, column("2017-T1")),
        ("7", {"period": "2016"}, column("2016")),
    ]
    factories.publish(*(factories.staged_figure(shown, value, **fields) for value, fields, _ in published))
    for value, _, of_figure in published:
        found = cell(figures.live(), shown, of_figure)
        assert found is not None and found.value == Decimal(value)
    assert cell(figures.live(), shown, column("2015")) is None


@pytest.mark.parametrize("statistic", [Statistic.MEDIAN, Statistic.MEAN, Statistic.SHARE_YES])
def test_a_summary_of_yes_and_no_is_the_share_that_answered_yes(statistic: str) -> None:
    plan = factories.indicator("Har en plan", value_type="yes_no")
    riket = factories.country()
    factories.publish(factories.staged_figure(plan, "79", of_area=riket, statistic=Statistic.SHARE_YES))
    found = cell(figures.live(), plan, column("2017", riket, statistic=statistic))
    assert found is not None and found.value == Decimal(79)


def test_an_earlier_value_is_shown_only_where_it_is_allowed(shown: Indicator) -> None:
    factories.publish(
        factories.staged_figure(shown, "8", "2014"),
        factories.staged_figure(shown, "9", "2015"),
        factories.staged_figure(shown, period="2016", status=Status.MISSING),
        factories.staged_figure(shown, "99", "2017-T1"),
        factories.staged_figure(shown, "98", "2019"),
    )
    assert cell(figures.live(), shown, column("2018")) is None
    found = cell(figures.live(), shown, column("2018"), allow_earlier=True)
    assert told(found) == "2015: 9"
    tertial = cell(figures.live(), shown, column("2018-T2"), allow_earlier=True)
    assert told(tertial) == "2017-T1: 99"


def test_every_series_has_its_own_earlier_value(shown: Indicator) -> None:
    riket, other = factories.country(), factories.indicator("Stöld")
    factories.publish(
        factories.staged_figure(shown, "9", "2015"),
        factories.staged_figure(shown, "8", "2013", of_area=riket),
        factories.staged_figure(other, "7", "2012"),
    )
    columns = (column("2018"), column("2018", riket))
    wanted = [Wanted(frozenset({shown.pk, other.pk}), columns, allow_earlier=True)]
    found = figures.live().cells(wanted)
    assert sorted((figure.period.key, figure.value) for figure in found) == [
        ("2012", Decimal(7)),
        ("2013", Decimal(8)),
        ("2015", Decimal(9)),
    ]


def own_periods(
    source: Figures, shown: Indicator, urval: Population | None = None, gender: str = "T"
) -> list[str]:
    area, population = factories.own_area().pk, urval.pk if urval else EMPTY_POPULATION
    question = OwnPeriods(frozenset({shown.pk}), area, population, gender)
    (answer,) = source.own_periods([question])
    return [period.key for period in answer]


def test_own_periods_are_those_of_the_question_oldest_first(shown: Indicator) -> None:
    schools, riket = factories.population(), factories.country()
    factories.publish(
        *(factories.staged_figure(shown, "1", period) for period in ("2017", "2015", "2016-T3")),
        factories.staged_figure(shown, "1", "2014", urval=schools),
        factories.staged_figure(shown, "1", "2013", gender=Gender.WOMEN),
        factories.staged_figure(shown, "1", "2012", of_area=riket),
        factories.staged_figure(shown, "1", "2011", statistic=Statistic.MEDIAN),
        factories.staged_figure(factories.indicator("Stöld"), "1", "2010"),
    )
    factories.publish(factories.staged_figure(shown, period="2017", status=Status.WITHDRAWN))
    assert own_periods(figures.live(), shown) == ["2015", "2016-T3"]
    assert own_periods(figures.live(), shown, schools) == ["2014"]
    assert own_periods(figures.live(), shown, gender=Gender.WOMEN) == ["2013"]
    draft = factories.release(
        factories.staged_figure(shown, "1", "2018"),
        factories.staged_figure(shown, period="2015", status=Status.WITHDRAWN),
    )
    assert own_periods(figures.with_release(draft), shown) == ["2016-T3", "2018"]


def test_questions_are_answered_in_their_order(shown: Indicator) -> None:
    other = factories.indicator("Stöld")
    factories.publish(
        factories.staged_figure(shown, "1", "2017"), factories.staged_figure(other, "1", "2016")
    )
    area = factories.own_area().pk
    asked = [
        OwnPeriods(frozenset(ids), area, EMPTY_POPULATION, "T")
        for ids in ({other.pk}, {shown.pk}, {shown.pk, other.pk}, set[int]())
    ]
    answers = [[period.key for period in periods] for periods in figures.live().own_periods(asked)]
    assert answers == [["2016"], ["2017"], ["2016", "2017"], []]


# --- Cost ------------------------------------------------------------------------------------


@pytest.mark.parametrize("layers", [1, 2])
def test_reading_takes_one_query_a_layer_however_much_is_asked(
    django_assert_num_queries: Any, layers: int
) -> None:
    many = [factories.indicator(f"Nyckeltal {number}") for number in range(12)]
    areas = [factories.own_area(), factories.country(), factories.area()]
    years = ("2015", "2016", "2017")
    factories.publish(
        *(
            factories.staged_figure(one, "1", year, of_area=area)
            for one in many
            for area in areas
            for year in years
        )
    )
    draft = factories.release(factories.staged_figure(many[0], "2"))
    source = figures.live() if layers == 1 else figures.with_release(draft)
    ids = frozenset(one.pk for one in many)
    columns = tuple(column(year, area) for area in areas for year in years)
    wanted = [
        Wanted(ids, columns),
        Wanted(frozenset({many[0].pk}), columns, allow_earlier=True),
    ]
    questions = [OwnPeriods(ids, area.pk, EMPTY_POPULATION, "T") for area in areas]
    with django_assert_num_queries(layers):
        assert len(source.cells(wanted)) == 12 * 9
    with django_assert_num_queries(layers):
        assert [len(periods) for periods in source.own_periods(questions)] == [3, 3, 3]
    shown = source.areas_of(many[0].pk).by_id
    with django_assert_num_queries(layers):
        assert len(source.of_indicator(many[0].pk, shown)) == 9
    with django_assert_num_queries(0):
        assert source.cells([]) == [] and source.own_periods([]) == []
