"""The own municipality among its comparisons: rows by value, a common axis, differences, words."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.charts import comparison
from comparisons.records import AreaTerms
from comparisons.terms import Status
from tests.records import BORAS, MUNICIPAL, RIKET, ULRICEHAMN, figure, indicator, points
from tests.test_history import ALE, AREAS, SIMILAR, laid_out, median


def compared(*found, terms=None):
    terms = terms or indicator()
    return comparison(terms, laid_out(*found, terms=terms))


def table(result):
    return [(row.label, row.cell.text, row.difference) for row in result.rows]


def drawn(result):
    return [(row.series.short_label, row.kind, float(row.x)) for row in result.dots.rows]


def test_rows_stand_by_value_on_a_common_axis_from_zero():
    result = compared(figure("10.4"), median("8.2"), figure("12.0", ULRICEHAMN), figure("3.0", ALE))
    assert drawn(result) == [
        ("Ulricehamn", "one", 100),
        ("Borås", "own", 86.67),
        ("Median riket", "summary", 68.33),
        ("Ale", "one", 25),
    ]
    assert (result.dots.base, result.dots.axis.high, result.dots.has_threads) == (0, 12, True)
    ys = [row.y for row in result.dots.rows]
    assert ys == sorted(ys) and min(after - before for before, after in pairwise(ys)) >= 48


def test_the_table_tells_the_same_and_the_difference():
    result = compared(figure("10.4"), median("8.2"), figure("12.0", ULRICEHAMN))
    assert table(result) == [
        ("Ulricehamn", "12,0", "+1,6"),
        ("Borås", "10,4", "0,0"),
        ("Median riket", "8,2", "−2,2"),
    ]
    assert (result.heading, result.caption) == ("Borås jämfört med andra", "Värden 2017")
    assert [row.cell for row in result.dots.rows] == [row.cell for row in result.rows]


@pytest.mark.parametrize(
    ("mine", "theirs", "difference"),
    [
        ("10.4", "8", "−2"),
        ("10", "10.4", "0"),
        ("0.34", "0.49", "+0,15"),
        ("0.1", "0.3", "+0,2"),
        ("-1.5", "2.5", "+4,0"),
        ("1234567", "1", "−1\u00a0234\u00a0566"),
    ],
)
def test_a_difference_is_computed_at_the_coarser_precision(mine, theirs, difference):
    result = compared(figure(mine), median(theirs))
    assert next(row.difference for row in result.rows if not row.series.is_own) == difference


def test_a_missing_comparison_stands_in_the_table_only():
    result = compared(
        figure("1"), median("2"), figure(area=ULRICEHAMN, status=Status.SUPPRESSED), figure("3", ALE, "2016")
    )
    assert [row.series.short_label for row in result.dots.rows] == ["Median riket", "Borås"]
    assert [(row.label, row.cell.text, row.difference) for row in result.rows[2:]] == [
        ("Ale", "–", ""),
        ("Ulricehamn", "..", ""),
    ]
    assert [sign.sign for sign in result.signs] == ["–", ".."]
    assert result.sentence.endswith("2 jämförelser har inget värde.")


@pytest.mark.parametrize(
    ("found", "terms"),
    [
        ([], None),
        ([figure("1")], None),
        ([median("1")], None),
        ([figure("1"), median(None)], None),
        ([figure("1"), median("1", "2016")], None),
        ([figure("1"), median("1", gender="K")], None),
        ([figure("1"), figure("1", RIKET, population=MUNICIPAL)], None),
        ([figure(None), median("1")], None),
        ([figure(None), figure("1", period="2016"), median("1", "2016")], None),
        ([figure("1"), figure("79", RIKET, statistic="share_yes")], indicator("yes_no")),
    ],
)
def test_without_anything_to_compare_with_there_is_nothing(found, terms):
    assert compared(*found, terms=terms) is None


def test_like_is_held_against_like():
    found = [
        figure("1"),
        figure("2", population=MUNICIPAL),
        figure("3", RIKET, population=MUNICIPAL),
        figure("9", ALE),
    ]
    assert [row.label for row in compared(*found).rows] == ["Ale", "Borås"]
    whom = compared(*found[:-1])
    assert [row.label for row in whom.rows] == ["Riket", "Borås"]
    assert whom.caption == "Värden 2017, kommunala skolor"
    assert whom.sentence == "År 2017 hade Borås, kommunala skolor, värdet 2. Riket: 3."


@pytest.mark.parametrize(
    ("others", "words"),
    [
        (["8.2"], "Ale: 8,2."),
        (["8.2", "9.0"], "Båda jämförelserna har ett lägre värde."),
        (["11.2", "12.0", "13.0"], "Alla 3 jämförelser har ett högre värde."),
        (["8.2", "12.0"], "Av 2 jämförelser har 1 ett högre värde och 1 ett lägre."),
        (["8.2", "12.0", "10.4", "9.1"], "Av 4 jämförelser har 1 ett högre värde, 2 ett lägre och 1 samma."),
        (["10", "8.0"], "Av 2 jämförelser har 1 ett lägre värde och 1 samma."),
    ],
)
def test_the_sentence_counts_higher_and_lower(others, words):
    areas = [ALE, ULRICEHAMN, RIKET, SIMILAR]
    found = [figure(value, area) for value, area in zip(others, areas, strict=False)]
    assert compared(figure("10.4"), *found).sentence == f"År 2017 hade Borås värdet 10,4. {words}"


def test_units_are_words():
    percent = compared(figure("79"), median("81"), terms=indicator("percent"))
    assert "Den är i procentenheter." in percent.notes
    assert percent.sentence.startswith("År 2017 hade Borås värdet 79\u00a0%.")
    assert "decimaler" not in percent.notes
    assert "decimaler" in compared(figure("79"), median("81.5")).notes
    assert compared(figure("7"), median("8"), terms=points("1", "10")).dots.axis.high == 10


def test_places_have_dots_without_threads_and_the_first_on_top():
    rank = indicator("rank")
    result = compared(
        figure("87", n=290), figure("12", ULRICEHAMN, n=290), figure("101", ALE, n=290), terms=rank
    )
    assert [row.label for row in result.rows] == ["Ulricehamn", "Borås", "Ale"]
    assert not result.dots.has_threads and "Den är i antal placeringar." in result.notes
    assert result.sentence == (
        "År 2017 hade Borås placeringen 87 av 290. "
        "Av 2 jämförelser har 1 en placering längre ner och 1 en högre upp."
    )


def test_below_zero_the_threads_start_at_zero_and_values_stand_to_the_right():
    result = compared(figure("1.0"), median("-1.0"))
    assert result.dots.base == 50 and drawn(result)[1][2] == 0
    assert [value.x for value in result.dots.values] == [100, 50]


def test_zeros_are_drawn():
    assert [x for _, _, x in drawn(compared(figure("0"), median("0")))] == [0, 0]


def test_of_many_the_nearest_are_drawn_and_all_are_told():
    others = {n: AreaTerms(n, f"Kommun {n}") for n in range(20, 45)}
    AREAS.update(others)
    try:
        result = compared(figure("30"), median("99"), *(figure(str(n), area) for n, area in others.items()))
    finally:
        for n in others:
            del AREAS[n]
    names = [row.series.short_label for row in result.dots.rows]
    assert len(names) == 12 and {"Borås", "Median riket", "Kommun 30", "Kommun 35"} <= set(names)
    assert "Kommun 44" not in names and len(result.rows) == 27
    assert "Bilden visar 12 av 27 värden. Alla står i tabellen." in result.notes


def test_a_long_name_takes_two_lines():
    long = AreaTerms(90, "Liknande kommuner äldreomsorg, Borås, 2022", kind="group")
    AREAS[90] = long
    try:
        rows = compared(figure("1"), figure("2", long)).dots.rows
    finally:
        del AREAS[90]
    assert [line.text for line in rows[0].label] == ["Liknande kommuner äldreomsorg,", "Borås, 2022"]
    assert rows[0].label[1].y - rows[0].label[0].y == 18


VALUES = st.decimals(-1000, 1000, places=2) | st.decimals(0, 1, places=4)


@given(VALUES, st.lists(VALUES, min_size=1, max_size=4))
def test_every_dot_is_its_value_within_the_drawing(mine, others):
    areas = [RIKET, ULRICEHAMN, ALE, SIMILAR]
    found = [
        figure(f"{value:f}", area) for value, area in zip([mine, *others], [BORAS, *areas], strict=False)
    ]
    result = compared(*found)
    axis = result.dots.axis
    for row in result.dots.rows:
        assert (
            abs(axis.low + row.x / 100 * (axis.high - axis.low) - row.value) <= (axis.high - axis.low) / 10000
        )
        assert 0 <= row.x <= 100 and row.y < result.dots.foot
    assert [row.value for row in result.dots.rows] == sorted([mine, *others], reverse=True)
    assert axis.low <= Decimal(0) <= axis.high
