"""Lengths of threads: from zero, within the width, and only where they say something."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.charts import Threads, axis_end, threads
from tests.records import RIKET, figure, indicator, points


def drawn(terms, own, other):
    return threads(terms, figure(own), figure(other, RIKET))


@pytest.mark.parametrize(
    ("terms", "own", "other", "expected"),
    [
        (indicator(), "10", "5", Threads("83.3%", "41.7%")),
        (indicator(), "5", "10", Threads("41.7%", "83.3%")),
        (indicator("count"), "0", "50", Threads("0.0%", "83.3%")),
        (indicator("percent"), "79", "50", Threads("79.0%", "50.0%")),
        (indicator("percent"), "100", "0", Threads("100.0%", "0.0%")),
        (points("1", "10"), "8", "10", Threads("80.0%", "100.0%")),
        (points("1", "5"), "1", "1", Threads("20.0%", "20.0%")),
    ],
)
def test_threads_are_as_long_as_their_values_from_zero(terms, own, other, expected):
    assert drawn(terms, own, other) == expected


@pytest.mark.parametrize(
    ("kind", "own", "other"),
    [
        ("yes_no", "1", "0"),
        ("rank", "87", "12"),
        ("decimal", "-1", "5"),
        ("decimal", "5", "-1"),
        ("decimal", "0", "0"),
        ("decimal", None, "5"),
        ("decimal", "5", None),
    ],
)
def test_nothing_is_drawn_where_lengths_say_nothing(kind, own, other):
    assert drawn(indicator(kind), own, other) is None


@pytest.mark.parametrize(("own", "other"), [(None, figure("5")), (figure("5"), None), (None, None)])
def test_nothing_is_drawn_for_an_absent_figure(own, other):
    assert threads(indicator(), own, other) is None


@pytest.mark.parametrize(
    ("highest", "end"),
    [
        ("1", "1.2"),
        ("1.01", "1.5"),
        ("0.49", "0.6"),
        ("10.4", "15"),
        ("8.2", "10"),
        ("34.5", "50"),
        ("39.7", "50"),
        ("125", "150"),
        ("1500", "2000"),
        ("2000", "2500"),
        ("2500", "3000"),
        ("3300", "4000"),
        ("6666", "8000"),
        ("0.004", "0.005"),
    ],
)
def test_an_axis_ends_at_a_round_number_with_air_above(highest, end):
    assert axis_end(indicator(), Decimal(highest)) == Decimal(end)


@pytest.mark.parametrize(
    ("highest", "end"), [("50", "100"), ("100", "100"), ("49.9", "60"), ("8", "10"), ("101", "150")]
)
def test_per_cent_ends_at_a_hundred_from_the_half(highest, end):
    assert axis_end(indicator("percent"), Decimal(highest)) == Decimal(end)


def test_a_scale_is_its_own_axis_and_gives_way_to_a_value_beyond_it():
    assert axis_end(points("1", "10"), Decimal("3")) == 10
    assert axis_end(points("1", "10"), Decimal("11")) == 11
    assert axis_end(indicator("index", scale_max=Decimal("100")), Decimal("3")) == 4


LENGTHS = st.decimals(0, 10**10, places=4)
KINDS = st.sampled_from([indicator(), indicator("percent"), indicator("index"), points("0", "10")])


@given(KINDS, LENGTHS, LENGTHS)
def test_a_thread_never_leaves_the_width_and_the_longer_is_the_greater(terms, own, other):
    lengths = drawn(terms, str(own), str(other))
    if lengths is None:
        assert own == other == 0
    else:
        mine, theirs = (Decimal(each.removesuffix("%")) for each in (lengths.own, lengths.other))
        assert 0 <= mine <= 100 and 0 <= theirs <= 100
        assert (mine >= theirs) if own >= other else (mine <= theirs)
