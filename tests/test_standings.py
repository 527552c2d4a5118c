"""How the own municipality stands: better, worse, the same, or not to be said."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.records import AreaTerms, Row
from comparisons.standings import comparison_pair, standing
from comparisons.tables import build_table
from tests.records import FOUNDING, MEDIAN, RIKET, SCHOOLS, ULRICEHAMN, column, figure, indicator

BETTER_HIGH = indicator(polarity="higher_better")
BETTER_LOW = indicator(polarity="lower_better")


def held(terms, own, other, area=RIKET, statistic="median", **kw):
    """Kind and words of an own value held against another."""
    verdict = standing(terms, figure(own), figure(other, area, statistic=statistic, **kw), area)
    return verdict.kind, verdict.words


@pytest.mark.parametrize(
    ("terms", "own", "other", "kind", "words"),
    [
        (BETTER_HIGH, "9", "8", "better", "Bättre än medianen"),
        (BETTER_HIGH, "8", "9", "worse", "Sämre än medianen"),
        (BETTER_LOW, "0.34", "0.49", "better", "Bättre än medianen"),
        (BETTER_LOW, "10.4", "8.2", "worse", "Sämre än medianen"),
        (BETTER_HIGH, "5", "5", "same", "Lika med medianen"),
        (BETTER_LOW, "5", "5", "same", "Lika med medianen"),
        (BETTER_LOW, "0", "1", "better", "Bättre än medianen"),
        (BETTER_HIGH, "-3", "-2", "worse", "Sämre än medianen"),
        (indicator(polarity="none"), "9", "8", "open", "Värderas inte"),
        (indicator(polarity="none"), "8", "8", "open", "Värderas inte"),
        (indicator(polarity="undecided"), "9", "8", "open", "Värderas inte"),
        (indicator(polarity="undecided"), None, "8", "open", "Värderas inte"),
    ],
)
def test_better_and_worse_follow_the_direction(terms, own, other, kind, words):
    assert held(terms, own, other) == (kind, words)


@pytest.mark.parametrize(
    ("own", "other", "kind"),
    [
        ("0.5", "0.50", "same"),
        ("0.5", "0.46", "same"),
        ("0.5", "0.45", "same"),
        ("0.5", "0.44", "better"),
        ("0.54", "0.5", "same"),
        ("0.55", "0.5", "same"),
        ("0.56", "0.5", "better"),
        ("8", "8.4", "same"),
        ("8.4", "8", "same"),
        ("8.41", "8.40", "better"),
        ("-0.5", "-0.45", "same"),
    ],
)
def test_unlike_precision_is_compared_at_the_coarser(own, other, kind):
    assert held(BETTER_HIGH, own, other)[0] == kind


@pytest.mark.parametrize(
    ("area", "statistic", "words"),
    [
        (RIKET, "median", "Sämre än medianen"),
        (RIKET, "mean", "Sämre än medelvärdet"),
        (RIKET, "value", "Sämre än riket"),
        (ULRICEHAMN, "value", "Sämre än Ulricehamn"),
        (
            AreaTerms(4, "Liknande kommuner", "liknande kommuner"),
            "value",
            "Sämre än liknande kommuner",
        ),
    ],
)
def test_the_words_name_what_it_is_held_against(area, statistic, words):
    assert held(BETTER_HIGH, "1", "2", area, statistic) == ("worse", words)


@pytest.mark.parametrize(
    ("terms", "other", "legend"),
    [
        (BETTER_HIGH, "1", "bättre än jämförelsen"),
        (BETTER_HIGH, "3", "sämre än jämförelsen"),
        (BETTER_HIGH, "2", "samma värde som jämförelsen"),
        (BETTER_HIGH, None, "går inte att jämföra"),
        (indicator(polarity="none"), "1", "värderas inte"),
    ],
)
def test_each_standing_explains_its_sign(terms, other, legend):
    assert standing(terms, figure("2"), figure(other, RIKET), RIKET).legend == legend


NOT_COMPARABLE = ("open", "Går inte att jämföra")


@pytest.mark.parametrize(("own", "other"), [(None, "8"), ("8", None), (None, None)])
def test_a_missing_figure_cannot_be_compared(own, other):
    assert held(BETTER_HIGH, own, other) == NOT_COMPARABLE


@pytest.mark.parametrize(("own", "other"), [(None, figure("8")), (figure("8"), None), (None, None)])
def test_an_absent_figure_cannot_be_compared(own, other):
    assert standing(BETTER_HIGH, own, other, RIKET).words == "Går inte att jämföra"


@pytest.mark.parametrize("answer", ["0", "1"])
def test_yes_or_no_is_not_held_against_a_share_of_municipalities(answer):
    yes_no = indicator("yes_no", polarity="higher_better")
    assert held(yes_no, answer, "79", statistic="share_yes") == NOT_COMPARABLE


def test_yes_is_better_than_no_where_yes_is_good():
    yes_no = indicator("yes_no", polarity="higher_better")
    assert held(yes_no, "1", "0", ULRICEHAMN, "value") == ("better", "Bättre än Ulricehamn")


def test_figures_of_different_periods_are_not_compared():
    assert held(BETTER_HIGH, "9", "8", period="2016") == ("open", "Olika perioder")


def test_an_earlier_figure_in_a_cell_is_not_compared():
    found = [figure("1"), figure("2", RIKET, "2016", "median")]
    (row,) = build_table("", [Row(BETTER_LOW)], FOUNDING, found, allow_earlier=True).rows
    assert (row.cells[2].detail, row.standing.words) == ("(2016)", "Olika perioder")


NUMBERS = st.decimals(-1000, 1000, places=2).map(str)


@given(NUMBERS, NUMBERS)
def test_better_one_way_is_worse_the_other(one, two):
    turned = {"better": "worse", "worse": "better", "same": "same"}
    (kind, _), (back, _), (low, _) = (
        held(BETTER_HIGH, one, two),
        held(BETTER_HIGH, two, one),
        held(BETTER_LOW, one, two),
    )
    assert back == low == turned[kind]
    assert (kind == "same") == (Decimal(one) == Decimal(two))


# --- Which columns are compared ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "pair"),
    [
        (FOUNDING, (1, 2)),
        ([MEDIAN, column()], (1, 0)),
        ([column(), MEDIAN, column(RIKET), column(ULRICEHAMN)], (0, 1)),
        ([column(period="2017"), column(period="2018"), MEDIAN], (0, 2)),
        ([column(), MEDIAN, column(period="2019-T1"), column(RIKET, "2019-T1")], (2, 3)),
        ([column(), column(), MEDIAN], (0, 2)),
        ([column(period="2016"), MEDIAN], None),
        ([column(**SCHOOLS), MEDIAN], None),
        ([column(gender="K"), MEDIAN], None),
        ([column(), column(RIKET, gender="K")], None),
        ([column(statistic="median"), MEDIAN], None),
        ([column(), column(period="2016")], None),
        ([MEDIAN, column(ULRICEHAMN)], None),
        ([], None),
    ],
)
def test_like_is_held_against_like_newest_period_and_first_comparison(columns, pair):
    assert comparison_pair(columns) == pair


@pytest.mark.parametrize(
    ("columns", "label"),
    [
        (FOUNDING, "Borås mot riket"),
        ([column(), column(ULRICEHAMN)], "Borås mot Ulricehamn"),
        ([column(**SCHOOLS), column(RIKET, **SCHOOLS)], "Borås mot riket, kommunala skolor"),
        ([column()], ""),
    ],
)
def test_the_column_of_standings_says_who_is_held_against_whom(columns, label):
    assert build_table("", [Row(indicator())], columns, []).words_label == label


def test_standings_can_be_left_out():
    rows, found = [Row(BETTER_LOW)], [figure("1"), figure("2", RIKET, statistic="median")]
    table = build_table("", rows, FOUNDING, found, show_standing=False)
    assert table.words_label == "" and table.standings == ()
    assert [row.standing for row in table.rows] == [None]


def test_the_legend_has_each_kind_of_standing_once():
    rows = [Row(indicator(id=i, polarity="lower_better")) for i in (1, 2, 3, 4)]
    found = [figure("1", indicator=i) for i in (1, 2, 3)]
    found += [figure("2", RIKET, statistic="median", indicator=i) for i in (1, 2)]
    kinds = build_table("", rows, FOUNDING, found).standings
    assert [(each.kind, each.legend) for each in kinds] == [
        ("better", "bättre än jämförelsen"),
        ("open", "går inte att jämföra"),
    ]
