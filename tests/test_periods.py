"""Reporting periods: read, written, in order, and what a year means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.periods import Length, Period

# (code, key, label, other ways to write it)
PERIODS = [
    (
        2017129,
        "2017",
        "2017",
        [" 2017 ", "2016/17", "läsåret 2016/17", "Läsåret 2016/2017", "2016–17"],
    ),
    (
        2019043,
        "2019-T1",
        "tertial 1 2019",
        ["2019T1", "2019 t1", "T1 2019", "Tertial 1 2019", "2019 tertial 1"],
    ),
    (2019123, "2019-T3", "tertial 3 2019", ["T3-2019", "tertial\u00a03\u00a02019"]),
    (2019032, "2019-K1", "kvartal 1 2019", ["2019-Q1", "q1 2019", "Kvartal 1 2019"]),
    (2019122, "2019-K4", "kvartal 4 2019", ["2019K4"]),
    (2019066, "2019-H1", "halvår 1 2019", ["2019 H1", "halvåret 1 2019"]),
    (2019126, "2019-H2", "halvår 2 2019", ["h2 2019"]),
    (2019011, "2019-01", "januari 2019", ["Januari 2019"]),
    (2019031, "2019-03", "mars 2019", ["MARS  2019"]),
    (2019121, "2019-12", "december 2019", []),
    (2000129, "2000", "2000", ["1999/00", "1999/2000"]),
]
ids = [key for _, key, _, _ in PERIODS]


@pytest.mark.parametrize(("code", "key", "label", "others"), PERIODS, ids=ids)
def test_a_period_is_written_and_read_back(code, key, label, others):
    period = Period(code)
    assert (period.key, str(period), period.label) == (key, key, label)
    for text in (key, label, *others):
        assert Period.parse(text) == period


@pytest.mark.parametrize(
    ("key", "year", "end_month", "length", "number"),
    [
        ("2017", 2017, 12, Length.YEAR, 1),
        ("2019-T2", 2019, 8, Length.TERTIAL, 2),
        ("2019-K3", 2019, 9, Length.QUARTER, 3),
        ("2019-H1", 2019, 6, Length.HALF_YEAR, 1),
        ("2019-11", 2019, 11, Length.MONTH, 11),
    ],
)
def test_a_period_knows_its_parts(key, year, end_month, length, number):
    period = Period.parse(key)
    assert (period.year, period.end_month, period.length, period.number) == (
        year,
        end_month,
        length,
        number,
    )
    assert Period.of(year, length, number) == period


def test_periods_sort_by_time_and_the_short_before_the_long():
    in_order = ["2018", "2019-01", "2019-03", "2019-K1", "2019-T1", "2019-06", "2019-K2", "2019-H1"]
    in_order += ["2019-T2", "2019-12", "2019-K4", "2019-T3", "2019-H2", "2019", "2020-T1", "2020"]
    assert [period.key for period in sorted(map(Period.parse, reversed(in_order)))] == in_order


@pytest.mark.parametrize(
    "text",
    [
        *("2019-13", "2019-00", "2019-T4", "2019-T0", "2019-K5", "2019-H3", "2019-Q0", "2019-X1"),
        *("2017/19", "2017/17", "2017/2019", "2017-18", "1999/01", "2016–2018", "läsåret 2017"),
        *("1899", "2101", "0000", "20175", "201", "-2017", "2017,5", "2 017", "2019-T", "T1"),
        *("tjugo", "mai 2019", "{text}", "٢٠١٧", "２０１７", "2019-T١", "2019-０3", "\u212a1 2019"),
    ],
)
def test_what_is_no_period_is_refused_with_a_sentence_that_helps(text):
    with pytest.raises(ValueError) as refused:
        Period.parse(text)
    assert str(refused.value) == (
        f"”{text}” är ingen period. Skriv ett år (2017), en tertial (2019-T1), "
        "ett kvartal (2019-K1), ett halvår (2019-H1), en månad (2019-03) eller ett läsår (2017/18)."
    )


@pytest.mark.parametrize("text", ["", "  \u00a0"])
def test_an_empty_period_is_asked_for(text):
    with pytest.raises(ValueError, match=r"^Skriv en period, till exempel 2017 eller 2019-T1\.$"):
        Period.parse(text)


@pytest.mark.parametrize("code", [0, -2017129, 2017, 2017128, 2017120, 2017119, 2019053, 2019003, 2019131])
def test_a_code_that_is_no_period_is_refused(code):
    with pytest.raises(ValueError, match="är ingen period"):
        Period(code)


@pytest.mark.parametrize("year", ["1900", "2100"])
def test_the_first_and_the_last_year_are_periods(year):
    assert Period.parse(year).label == year


@pytest.mark.parametrize(
    ("key", "basis", "meaning"),
    [
        ("2018", "school_year", "läsåret 2017/18"),
        ("2000", "school_year", "läsåret 1999/00"),
        ("2010", "school_year", "läsåret 2009/10"),
        ("2017", "three_year_mean", "medel 2015–2017"),
        ("2001", "three_year_mean", "medel 1999–2001"),
        ("2017", "calendar", ""),
        ("2019-T1", "school_year", ""),
        ("2019-T1", "three_year_mean", ""),
    ],
)
def test_what_a_year_means_with_an_indicator(key, basis, meaning):
    assert Period.parse(key).meaning(basis) == meaning


ANY_PERIOD = st.builds(
    lambda year, length, place: Period.of(year, length, place % (12 // length.months) + 1),
    st.integers(1900, 2100),
    st.sampled_from(Length),
    st.integers(0, 11),
)


@given(ANY_PERIOD)
def test_key_label_and_school_year_are_read_back(period):
    assert Period.parse(period.key) == Period.parse(period.label) == Period(period.code) == period
    if meaning := period.meaning("school_year"):
        assert Period.parse(meaning) == period


@given(st.text() | st.from_regex(r"[0-9]{4}[-/ ]?[TKQH]?[0-9]{0,2}", fullmatch=True))
def test_any_text_is_a_period_or_a_sentence(text):
    try:
        period = Period.parse(text)
    except ValueError as refused:
        assert "period" in str(refused)
    else:
        assert Period.parse(period.key) == period
