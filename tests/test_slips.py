"""When a figure looks like a slip, and when it is let be."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.records import IndicatorTerms
from comparisons.slips import Neighbour, slip
from comparisons.svenska import NBSP
from comparisons.terms import Statistic, ValueType
from tests.records import indicator, points


def told(
    value: str, *neighbours: str, terms: IndicatorTerms | None = None, statistic: str = Statistic.VALUE
) -> str:
    """What is said of a value beside those of 2016, 2015 … , with ordinary spaces."""
    held = [Neighbour(str(2016 - place), Decimal(one)) for place, one in enumerate(neighbours)]
    return slip(terms or indicator(), statistic, Decimal(value), held).replace(NBSP, " ")


@pytest.mark.parametrize(
    ("value", "neighbour", "sentence"),
    [
        ("104", "10.4", "104 är tio gånger så mycket som 2016 (10,4). Stämmer kommat?"),
        ("1.04", "10.4", "1,04 är en tiondel av 2016 (10,4). Stämmer kommat?"),
        ("83.2", "10.4", "83,2 är nästan tio gånger så mycket som 2016 (10,4). Stämmer kommat?"),
        ("1.3", "10.4", "1,3 är drygt en tiondel av 2016 (10,4). Stämmer kommat?"),
        ("200", "10.4", "200 är mer än tio gånger så mycket som 2016 (10,4). Stämmer kommat?"),
        ("0.2", "10.4", "0,2 är mindre än en tiondel av 2016 (10,4). Stämmer kommat?"),
        ("1040", "10.4", "1 040 är hundra gånger så mycket som 2016 (10,4). Stämmer kommat?"),
        ("0.104", "10.4", "0,104 är en hundradel av 2016 (10,4). Stämmer kommat?"),
        ("104000", "10.4", "104 000 är mer än tusen gånger så mycket som 2016 (10,4). Stämmer kommat?"),
        ("-104", "-10.4", "−104 är tio gånger så mycket som 2016 (−10,4). Stämmer kommat?"),
    ],
)
def test_a_moved_comma_is_told_with_how_far_it_is_from_the_nearest(value, neighbour, sentence):
    assert told(value, neighbour) == sentence


def test_eight_times_is_far_and_less_is_not():
    assert told("80", "10") and told("10", "80")
    assert told("79.9", "10") == told("10", "79.9") == ""


def test_zeros_after_the_last_decimal_are_not_said():
    assert told("104.00000000", "10.40000000").startswith("104 är tio gånger så mycket som 2016 (10,4)")


def test_one_neighbour_that_is_like_the_value_is_enough_to_believe_it():
    assert told("10.3", "104", "10.4") == ""
    assert told("104", "10.4", "98") == ""


def test_the_nearest_neighbour_with_a_size_is_the_one_that_is_named():
    assert "2015 (10,4)" in told("104", "0", "10.4", "9.9")


def test_the_words_of_the_neighbour_stand_in_the_sentence():
    held = [Neighbour("det publicerade värdet", Decimal("10.4"))]
    assert slip(indicator(), Statistic.VALUE, Decimal(104), held) == (
        "104 är tio gånger så mycket som det publicerade värdet (10,4). Stämmer kommat?"
    )


def test_small_counts_jump_and_large_ones_do_not():
    count = indicator("count")
    assert told("16", "1", terms=count) == told("1", "19", terms=count) == ""
    assert told("20", "2", terms=count) == (
        "20 är tio gånger så mycket som 2016 (2). Har talet rätt antal siffror?"
    )
    assert told("16", "1", terms=indicator()) != ""


@pytest.mark.parametrize("statistic", [Statistic.VALUE, Statistic.MEDIAN])
def test_answers_and_places_have_no_size_to_compare(statistic):
    assert told("1", "0", "0", terms=indicator("yes_no"), statistic=statistic) == ""
    assert told("10", "1", terms=indicator("yes_no"), statistic=statistic) == ""  # an error of its own
    assert told("150", "3", terms=indicator("rank"), statistic=statistic) == ""


def test_a_percentage_has_bounds():
    percent = indicator("percent")
    assert told("340", "34", terms=percent) == "340 % är mer än 100 %. Stämmer kommat?"
    assert told("100.1", terms=percent) == "100,1 % är mer än 100 %. Stämmer kommat?"
    assert told("-3", "34", terms=percent) == "−3 % är mindre än noll. Stämmer minustecknet?"
    assert told("100", "99", terms=percent) == told("0", "1", terms=percent) == ""


def test_a_percentage_that_goes_over_a_hundred_every_year_is_believed():
    percent = indicator("percent")
    assert told("104", "99", "101", terms=percent) == ""
    assert told("-2", "1", "-1", terms=percent) == ""
    scaled = indicator("percent", scale_min=Decimal(-50), scale_max=Decimal(200))
    assert told("150", "90", terms=scaled) == told("-3", "-4", terms=scaled) == ""


def test_a_share_of_yes_is_a_percentage_though_the_indicator_is_yes_or_no():
    terms = indicator("yes_no")
    assert told("790", "79", terms=terms, statistic=Statistic.SHARE_YES).startswith("790 % är mer än 100 %")
    assert told("0.79", "79", terms=terms, statistic=Statistic.SHARE_YES) == (
        "0,79 är en hundradel av 2016 (79). Är det en andel? 0,79 kan vara 79 %."
    )


@pytest.mark.parametrize(
    ("value", "neighbour", "asked"),
    [
        ("0.34", "34", "Är det en andel? 0,34 kan vara 34 %."),
        ("0.34", "41.2", "Är det en andel? 0,34 kan vara 34 %."),
        ("1", "98", "Är det en andel? 1 kan vara 100 %."),
        ("3.4", "34", "Stämmer kommat?"),
        ("0.34", "3.4", "Stämmer kommat?"),
        ("1.2", "99", "Stämmer kommat?"),
        ("0.05", "95", "Stämmer kommat?"),
    ],
)
def test_a_share_written_for_a_percentage_is_asked_about(value, neighbour, asked):
    assert told(value, neighbour, terms=indicator("percent")).endswith(f"). {asked}")


def test_only_percentages_are_asked_whether_they_are_shares():
    assert told("0.34", "34").endswith("Stämmer kommat?")


def test_a_sign_that_turned_against_all():
    assert told("-2.5", "2.4", "2.1") == (
        "−2,5 är mindre än noll, men 2016 är det inte (2,4). Stämmer minustecknet?"
    )
    assert told("2.5", "-2.4") == (
        "2,5 är större än noll, men 2016 är det inte (−2,4). Saknas ett minustecken?"
    )
    assert told("-2.5", "2.4", "-0.1") == ""


def test_zero_is_no_sign_and_no_size():
    assert told("-2.5", "0") == told("0", "34", "35") == told("104", "0") == ""


def test_what_goes_through_zero_has_no_ratio():
    assert told("25", "1.2", "-0.4") == ""


def test_a_value_outside_its_scale_is_left_to_the_rules():
    assert told("11", "9", terms=points("1", "10")) == ""


VALUES = st.decimals(-(10**10), 10**10, places=8, allow_nan=False)
TERMS = st.sampled_from(
    [indicator(value_type) for value_type in ValueType] + [points("1", "10"), points("-5", "5")]
)
STATISTICS = st.sampled_from(Statistic.values)
HELD = st.lists(st.builds(Neighbour, st.sampled_from(["2016", "riket"]), VALUES), max_size=4)


@given(TERMS, STATISTICS, VALUES, HELD)
def test_it_never_raises_and_says_a_whole_sentence_or_nothing(terms, statistic, value, held):
    said = slip(terms, statistic, value, held)
    assert said == "" or (said[-1] in "?." and "E" not in said and "  " not in said)


@given(TERMS, STATISTICS, VALUES, HELD, st.integers(0, 4))
def test_what_a_neighbour_says_too_is_no_slip(terms, statistic, value, held, place):
    held.insert(place, Neighbour("2014", value))
    assert slip(terms, statistic, value, held) == ""


@given(TERMS, VALUES, VALUES)
def test_of_two_figures_both_or_neither_are_far_from_the_other(terms, one, other):
    if terms.value_type == ValueType.PERCENT:  # has bounds besides, which one of them can break
        one, other = one % 100, other % 100
        one, other = abs(one), abs(other)
    there = slip(terms, Statistic.VALUE, one, [Neighbour("2016", other)])
    back = slip(terms, Statistic.VALUE, other, [Neighbour("2016", one)])
    assert bool(there) == bool(back)


@given(VALUES, HELD)
def test_another_neighbour_that_is_alike_can_only_calm(value, held):
    if not slip(indicator(), Statistic.VALUE, value, held):
        calmer = [*held, Neighbour("2014", value * 2)]
        assert slip(indicator(), Statistic.VALUE, value, calmer) == ""
