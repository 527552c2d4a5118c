"""All figures of one indicator by time, as its own page shows them."""

import pytest

from comparisons.history import history
from comparisons.records import AreaTerms
from tests.records import BORAS, MUNICIPAL, RIKET, ULRICEHAMN, figure, indicator

ALE = AreaTerms(4, "Ale")
ANGBY = AreaTerms(5, "Ängby")
AMAL = AreaTerms(6, "Åmål")
SIMILAR = AreaTerms(7, "Liknande kommuner", kind="group")
AREAS = {area.id: area for area in (BORAS, RIKET, ULRICEHAMN, ALE, ANGBY, AMAL, SIMILAR)}
POPULATIONS = {1: "", MUNICIPAL: "kommunala skolor", 8: "alla skolor"}
LOW = indicator(polarity="lower_better")


def laid_out(*found, terms=LOW):
    return history(terms, found, AREAS, POPULATIONS)


def labels(result):
    return [series.label for series in result.series]


def texts(result):
    return {row.label: [cell.text for cell in row.cells] for row in result.rows}


def median(value, period="2017", **kw):
    return figure(value, RIKET, period, "median", **kw)


def test_the_newest_period_first_and_the_own_series_first():
    result = laid_out(median("0.49"), figure("0.5", period="2016"), figure("0.34"))
    assert labels(result) == ["Borås", "Median riket"]
    assert [series.is_own for series in result.series] == [True, False]
    assert [row.label for row in result.rows] == ["2017", "2016"]
    assert texts(result) == {"2017": ["0,34", "0,49"], "2016": ["0,5", "–"]}


def test_a_gap_says_missing_and_is_never_zero_or_an_earlier_figure():
    result = laid_out(figure("0"), figure("2", period="2015"), median("3", "2016"))
    assert texts(result) == {"2017": ["0", "–"], "2016": ["–", "3"], "2015": ["2", "–"]}
    gap = result.rows[1].cells[0]
    assert (gap.detail, gap.spoken) == ("saknas", "saknas")


def test_every_reason_for_a_missing_figure_is_told():
    result = laid_out(
        figure(status="suppressed"),
        figure(period="2016", status="too_few"),
        figure("1", period="2015"),
    )
    assert [sign.sign for sign in result.signs] == ["..", "*"]
    assert [row.cells[0].detail for row in result.rows] == ["sekretess", "för få svar", ""]


def test_series_stand_own_then_summaries_then_others_in_swedish_order():
    found = [figure("1", area) for area in (ANGBY, ULRICEHAMN, AMAL, SIMILAR, ALE, RIKET, BORAS)]
    names = ["Borås", "Liknande kommuner", "Riket", "Ale", "Ulricehamn", "Åmål", "Ängby"]
    assert labels(laid_out(*found)) == names


def test_everyone_stands_before_a_part():
    found = [figure("1", population=MUNICIPAL), figure("1", gender="M"), figure("1", population=8)]
    found += [figure("1"), figure("1", gender="K")]
    assert labels(laid_out(*found)) == [
        "Borås",
        "Borås, kvinnor",
        "Borås, män",
        "Borås, alla skolor",
        "Borås, kommunala skolor",
    ]


def test_statistics_of_one_area_are_told_apart():
    found = [figure("1", RIKET, statistic=name) for name in ("value", "median", "mean")]
    assert labels(laid_out(*found)) == ["Medelvärde riket", "Median riket", "Riket"]


def test_tertials_stand_by_time_with_years():
    found = [figure("1", period=key) for key in ("2019-T3", "2018", "2019", "2019-T1")]
    rows = [row.label for row in laid_out(*found).rows]
    assert rows == ["2019", "tertial 3 2019", "tertial 1 2019", "2018"]


@pytest.mark.parametrize(
    ("basis", "meaning"),
    [("calendar", ""), ("school_year", "läsåret 2016/17"), ("three_year_mean", "medel 2015–2017")],
)
def test_each_period_says_what_it_means(basis, meaning):
    result = laid_out(figure("1"), terms=indicator(period_basis=basis))
    assert result.rows[0].meaning == result.newest.meaning == meaning


def test_the_newest_own_figure_stands_beside_the_comparison_of_its_period():
    newest = laid_out(
        figure("0.34"), figure("0.5", period="2016"), median("0.49"), median("9", "2018")
    ).newest
    assert (newest.label, newest.cell.text) == ("Borås 2017", "0,34")
    assert (newest.against_label, newest.against.text) == ("Median riket", "0,49")
    assert (newest.standing.kind, newest.standing.words) == ("better", "Bättre än medianen")


def test_the_newest_own_figure_stands_alone_where_nothing_is_of_its_period():
    newest = laid_out(figure("0.34"), median("0.49", "2016")).newest
    assert (newest.cell.text, newest.against_label, newest.against, newest.standing) == (
        "0,34",
        "",
        None,
        None,
    )


def test_it_is_held_against_the_only_other_municipality_but_against_none_of_several():
    one = laid_out(figure("0.34"), figure("0.5", ALE)).newest
    assert (one.against_label, one.standing.words) == ("Ale", "Bättre än Ale")
    several = [figure("0.34"), figure("0.5", ALE), figure("0.2", ULRICEHAMN)]
    newest = laid_out(*several).newest
    assert (newest.cell.text, newest.against, newest.standing) == ("0,34", None, None)
    assert laid_out(*several, median("0.49")).newest.against_label == "Median riket"
    assert laid_out(*several, figure("0.4", SIMILAR)).newest.against_label == "Liknande kommuner"


def test_only_the_newest_own_figure_is_marked():
    result = laid_out(figure("1"), figure("2", period="2016"), median("3"))
    assert [[cell.is_now for cell in row.cells] for row in result.rows] == [
        [True, False],
        [False, False],
    ]


def test_a_newest_figure_that_is_missing_says_why():
    newest = laid_out(figure(status="not_asked"), figure("1", period="2016"), median("3")).newest
    assert (newest.cell.text, newest.cell.spoken) == ("–", "inte tillfrågad")
    assert newest.standing.words == "Går inte att jämföra"


def test_women_are_newest_where_there_is_no_total():
    newest = laid_out(figure("1", gender="K"), figure("2", gender="M"), median("3")).newest
    assert (newest.label, newest.against) == ("Borås, kvinnor 2017", None)


def test_without_own_figures_nothing_is_newest():
    result = laid_out(median("3"))
    assert result.newest is None and labels(result) == ["Median riket"]


def test_without_figures_there_is_nothing():
    result = laid_out()
    assert (result.series, result.rows, result.sources, result.newest) == ((), (), (), None)


def test_a_withdrawn_figure_is_as_if_it_never_stood_there():
    gone = figure("9", period="2018", status="withdrawn", source="Dragen")
    result = laid_out(figure("1", source="Brå"), gone, figure(area=ALE, status="withdrawn"))
    assert (labels(result), texts(result), result.sources) == (["Borås"], {"2017": ["1"]}, ("Brå",))
    assert result.newest.label == "Borås 2017"
    assert laid_out(gone).newest is None


def test_sources_are_told_once_each():
    found = [
        figure("1", source="Brå"),
        median("2", source="MSB"),
        figure("3", period="2016", source="Brå"),
    ]
    assert laid_out(*found, figure("4", period="2015")).sources == ("Brå", "MSB")


def test_yes_and_no_stand_beside_the_share_that_answered_yes():
    share = figure("79", RIKET, statistic="share_yes")
    result = laid_out(figure("1"), figure("0", period="2016"), share, terms=indicator("yes_no"))
    assert labels(result) == ["Borås", "Riket"]
    assert texts(result) == {"2017": ["Ja", "79\u00a0%"], "2016": ["Nej", "–"]}
    assert result.rows[0].cells[1].detail == "av kommunerna"


def test_every_row_has_a_cell_for_each_series():
    result = laid_out(
        figure("1"), figure("1", ALE, "2016"), median("2", "2015"), figure("3", period="2019-T1")
    )
    assert {len(row.cells) for row in result.rows} == {len(result.series)} == {3}


def test_a_series_knows_what_it_is_about():
    result = laid_out(figure("1"), median("2", population=MUNICIPAL, gender="K"))
    mine, theirs = result.series
    assert (mine.label, mine.short_label, mine.whom, mine.is_own) == ("Borås", "Borås", "", True)
    assert theirs.label == "Median riket, kommunala skolor, kvinnor"
    assert (theirs.short_label, theirs.whom) == ("Median riket", "kommunala skolor, kvinnor")
    assert theirs.key == (RIKET.id, "median", MUNICIPAL, "K")
    assert (theirs.statistic, theirs.group, mine.group) == ("median", (MUNICIPAL, "K"), (1, "T"))


def test_rows_know_their_period_and_cells_carry_their_figures():
    result = laid_out(figure("1"), figure("2", period="2016"), median("3"))
    assert [row.period.key for row in result.rows] == ["2017", "2016"]
    assert [[cell.figure and cell.figure.value for cell in row.cells] for row in result.rows] == [
        [1, 3],
        [2, None],
    ]
