"""What a line chart says in words: true, plain, and nothing about better or worse."""

import pytest

from comparisons.charts import caption
from comparisons.charts.captions import listed
from comparisons.periods import Period
from tests.records import MUNICIPAL, figure, indicator
from tests.test_charts_history import chart, own
from tests.test_history import median


def told(*found, terms=None):
    return caption(chart(*found, terms=terms))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            own("10.3", "10.4", first=2016),
            "Borås hade värdet 10,3 (2016) och 10,4 (2017).",
        ),
        (own("10.4"), "Hittills finns bara ett värde, för 2017."),
        (
            own("9.1", "9.6", None, "10.6", "10.1", first=2010),
            "Borås har värden för 2010, 2011, 2013 och 2014. Lägst var det 2010 (9,1) och högst 2013 (10,6). "
            "Värdet för 2012 saknas.",
        ),
        (
            own("1", None, None, None, "2", first=2010),
            "Borås hade värdet 1 (2010) och 2 (2014). Värdena för 2011–2013 saknas.",
        ),
        (
            own("1", "suppressed"),
            "Hittills finns bara ett värde, för 2017. För 2018 visas inget värde: sekretess.",
        ),
        (
            own("1", "2", "1", "2", first=2010),
            "Borås har värden för 2010–2013. Lägst var det 2010 och 2012 (1) och högst 2011 och 2013 (2).",
        ),
        (
            own("-2.5", "1.0"),
            "Borås hade värdet −2,5 (2017) och 1,0 (2018).",
        ),
        (own("5", "5", "5"), "Borås har värden för 2017–2019. Värdet är detsamma hela tiden: 5."),
        (own("0", "0"), "Borås hade värdet 0 (2017) och 0 (2018)."),
        (
            own("1", population=MUNICIPAL) + own("2", first=2018, population=MUNICIPAL),
            "Borås, kommunala skolor, hade värdet 1 (2017) och 2 (2018).",
        ),
    ],
)
def test_it_tells_periods_extremes_and_gaps(found, words):
    assert told(*found) == words


def test_rounding_makes_no_extremes():
    assert told(*own("10", "10.4", "10.3")).endswith("Avrundade till lika många decimaler är alla värden 10.")
    assert told(*own("8.4", "10", "10.4")).endswith(
        "Lägst var det 2017 (8,4) och högst 2018 (10) och 2019 (10,4)."
    )


def test_many_ties_are_counted():
    found = own(*["0"] * 6, "1", first=2010)
    assert told(*found).endswith("Lägst var det 6 gånger, senast 2015 (0) och högst 2016 (1).")


def test_many_pieces_are_counted():
    found = own(*["1", None] * 5, "2", first=2000)
    words = told(*found)
    assert words.startswith("Borås har 6 värden från 2000 till 2010. ")
    assert words.endswith("Värdena för 5 perioder saknas.")


def test_places_are_up_and_down():
    assert told(*own("87", "12", "20", n=290), terms=indicator("rank")).endswith(
        "Högst upp var placeringen 2018 (12 av 290) och längst ner 2017 (87 av 290)."
    )


def test_two_places_are_told_as_places():
    found = told(*own("87", "12", n=290), terms=indicator("rank"))
    assert found == "Borås hade placeringen 87 av 290 (2017) och 12 av 290 (2018)."


def test_preliminary_values_are_told():
    assert told(*own("1"), figure("2", period="2018", preliminary=True)).endswith(
        "Värdet för 2018 är preliminärt."
    )


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (["2017"], "Fyrkanten är mediankommunen."),
        (["2015", "2017"], "Fyrkanterna är mediankommunen."),
        (["2016", "2017"], "Den streckade linjen är mediankommunen."),
        (["2014", "2016", "2017"], "Den streckade linjen och fyrkanten är mediankommunen."),
    ],
)
def test_the_comparison_is_named_by_its_shape(years, words):
    assert told(*own("1", "2", "3", first=2015), *(median("1", year) for year in years)).endswith(
        f". {words}"
    )


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (["2017"], "2017"),
        (["2016", "2017"], "2016 och 2017"),
        (["2015", "2016", "2017"], "2015–2017"),
        (["2012", "2015", "2016", "2017", "2019"], "2012, 2015–2017 och 2019"),
        (["2018-T3", "2019-T1", "2019-T2"], "tertial 3 2018 till tertial 2 2019"),
        (["2018-12", "2019-01"], "december 2018 och januari 2019"),
    ],
)
def test_periods_that_follow_each_other_are_a_range(keys, words):
    assert listed([Period.parse(key) for key in keys]) == words
