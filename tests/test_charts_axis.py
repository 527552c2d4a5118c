"""Axes: from zero or a round number below, to the scale's end or a round number, with few round ticks."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.charts import axis_for
from comparisons.svenska import NBSP
from tests.records import figure, indicator, points


def ticks(terms, *values, **fields):
    axis = axis_for(terms, [replace(figure(value), **fields) for value in values])
    return [tick.label.replace(NBSP, " ") for tick in axis.ticks]


@pytest.mark.parametrize(
    ("terms", "values", "expected"),
    [
        (indicator(), ["10.4", "8.2"], ["0", "4", "8", "12"]),
        (indicator(), ["8.2"], ["0", "5", "10"]),
        (indicator(), ["0.034"], ["0", "0,01", "0,02", "0,03", "0,04"]),
        (indicator(), ["1.0"], ["0", "0,5", "1,0"]),
        (indicator(), ["105"], ["0", "40", "80", "120"]),
        (indicator("count"), ["1234567"], ["0", "500 000", "1 000 000", "1 500 000"]),
        (indicator(), ["12345678.5"], ["0", "5 milj.", "10 milj.", "15 milj."]),
        (indicator("percent"), ["79", "50"], ["0", "25", "50", "75", "100"]),
        (indicator("percent"), ["34.5"], ["0", "10", "20", "30", "40"]),
        (indicator("percent"), ["105"], ["0", "40", "80", "120"]),
    ],
)
def test_ticks_are_round_and_start_at_zero(terms, values, expected):
    assert ticks(terms, *values) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["-0.5", "10"], ["−5", "0", "5", "10"]),
        (["-8.2"], ["−10", "−5", "0"]),
        (["-2.5", "3.2"], ["−4", "−2", "0", "2", "4"]),
        (["-1", "4"], ["−1", "0", "1", "2", "3", "4"]),
    ],
)
def test_below_zero_it_starts_at_a_round_number_and_zero_is_a_tick(values, expected):
    assert ticks(indicator(), *values) == expected


@pytest.mark.parametrize("value", ["0", "1"])
def test_whole_numbers_have_no_ticks_between_them(value):
    assert ticks(indicator("count"), value) == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("1", "10", ["0", "5", "10"]),
        ("1", "5", ["0", "1", "2", "3", "4", "5"]),
        ("0", "7", ["0", "2", "4", "7"]),
        ("0", "100", ["0", "25", "50", "75", "100"]),
        ("-5", "5", ["−5", "0", "5"]),
        ("-1", "10", ["−5", "0", "5", "10"]),
    ],
)
def test_a_scale_is_shown_whole(low, high, expected):
    assert ticks(points(low, high), "3") == expected


def test_a_scale_gives_way_to_a_value_beyond_it():
    assert ticks(points("1", "10"), "11") == ["0", "4", "8", "12"]


@pytest.mark.parametrize(
    ("among", "places", "expected"),
    [
        (290, ["87", "12"], ["1", "100", "200", "290"]),
        (20, ["3"], ["1", "5", "10", "15", "20"]),
        (1, ["1"], ["1", "2"]),
        (None, ["87"], ["1", "25", "50", "75", "100"]),
    ],
)
def test_places_run_from_the_first_to_the_last(among, places, expected):
    assert ticks(indicator("rank"), *places, n=among) == expected


def test_the_first_place_is_on_top_and_zero_at_the_foot():
    places = axis_for(indicator("rank"), [replace(figure("145"), n=289)])
    assert (places.down(Decimal(1)), places.down(Decimal(145)), places.down(Decimal(289))) == (
        0,
        Decimal("0.5"),
        1,
    )
    assert places.base == 289
    amounts = axis_for(indicator(), [figure("10.4")])
    assert (amounts.down(Decimal(12)), amounts.down(Decimal(3)), amounts.down(Decimal(0))) == (
        0,
        Decimal("0.75"),
        1,
    )
    assert amounts.base == 0


NUMBERS = st.decimals(-(10**10), 10**10, places=4) | st.decimals(-2, 2, places=8)
KINDS = st.sampled_from(
    [
        indicator(),
        indicator("count"),
        indicator("percent"),
        points("0", "10"),
        points("-3", "7"),
        points("1", "7"),
    ]
)


@given(KINDS, st.lists(NUMBERS, min_size=1, max_size=5))
def test_ticks_rise_are_few_and_cover_the_values(terms, numbers):
    axis = axis_for(terms, [figure(f"{number:f}") for number in numbers])
    values = [tick.value for tick in axis.ticks]
    assert values == sorted(set(values)) and 3 <= len(values) <= 6
    assert axis.low == values[0] <= min(0, *numbers) and max(0, *numbers) <= values[-1] == axis.high
    assert 0 in values
    labels = [tick.label for tick in axis.ticks]
    assert len(set(labels)) == len(labels)
    assert not any("." in label.replace("milj.", "") or "-" in label for label in labels)


@given(st.integers(1, 320), st.integers(0, 320))
def test_ticks_of_places_rise_and_are_few(place, more):
    axis = axis_for(indicator("rank"), [replace(figure(str(place)), n=place + more)])
    values = [tick.value for tick in axis.ticks]
    assert values == sorted(set(values)) and 2 <= len(values) <= 6
    assert values[0] == axis.low == 1 and values[-1] == axis.high >= place
