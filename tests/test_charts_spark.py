"""Spark lines: only where there are three periods to tell of, from the row's own cells alone."""

import pytest

from comparisons.charts import spark
from comparisons.records import Row
from comparisons.tables import build_table
from tests.records import MEDIAN, MUNICIPAL, RIKET, SCHOOLS, column, figure, indicator

YEARS = tuple(column(period=str(year)) for year in (2015, 2016, 2017))


def sparked(columns, *found, terms=None, **options):
    terms = terms or indicator()
    (row,) = build_table("", [Row(terms)], columns, found, **options).rows
    return spark(row, columns), row


def of_years(*values, columns=YEARS, **fields):
    found = [figure(value, period=str(year), **fields) for year, value in enumerate(values, 2015)]
    return sparked(columns, *found)[0]


def test_the_line_goes_from_the_rows_lowest_to_its_highest():
    line = of_years("10", "30", "20")
    assert [(float(point.x), float(point.y)) for point in line.points] == [(6, 22), (48, 6), (90, 14)]
    assert line.path == "M6 22L48 6L90 14" and line.last.value == 20


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["10.3", "9", "10.6"], "högre än 2015"),
        (["10.6", "9.0", "10.3"], "lägre än 2015"),
        (["10.4", "9.0", "10.4"], "samma som 2015"),
        (["10.3", "9.0", "10.4"], "ungefär som 2015"),
        (["10", "9", "10.4"], "ungefär som 2015"),
        ([None, "9", "10"], "högre än 2016"),
        (["9", "10", None], "2016 högre än 2015"),
    ],
)
def test_words_say_how_the_last_stands_to_the_first(values, words):
    assert of_years(*values).words == words


def test_a_missing_value_is_a_gap():
    columns = tuple(column(period=str(year)) for year in range(2013, 2018))
    line, _ = sparked(
        columns, *(figure(v, period=str(y)) for y, v in ((2013, "1"), (2014, "2"), (2016, "3"), (2017, "4")))
    )
    assert [len(run) for run in line.runs] == [2, 2] and line.path.count("M") == 2
    lone, _ = sparked(YEARS, figure("1", period="2015"), figure("2"))
    assert (lone.path, len(lone.lone), lone.last.value) == ("", 1, 2)


def test_equal_values_are_a_level_line_in_the_middle():
    assert {float(point.y) for point in of_years("5", "5", "5").points} == {14}


def test_columns_in_any_order_are_drawn_by_time():
    line = of_years("10", "30", "20", columns=tuple(reversed(YEARS)))
    assert [point.period.year for point in line.points] == [2015, 2016, 2017]


@pytest.mark.parametrize(
    ("columns", "values"),
    [
        (YEARS[:2], ["1", "2"]),
        (YEARS, ["1", None, None]),
        ((*YEARS[:2], MEDIAN), ["1", "2", "3"]),
        ((*YEARS[:2], column(period="2017-T3")), ["1", "2"]),
        ((*YEARS[:2], column(gender="K")), ["1", "2"]),
    ],
)
def test_fewer_than_three_periods_or_two_values_draw_nothing(columns, values):
    assert of_years(*values, columns=columns) is None


def test_ja_and_nej_draw_nothing():
    found = [figure("1", period=str(year)) for year in (2015, 2016, 2017)]
    assert sparked(YEARS, *found, terms=indicator("yes_no"))[0] is None


def test_the_first_place_is_on_top():
    found = [figure(place, period=str(year)) for year, place in ((2015, "87"), (2016, "20"), (2017, "12"))]
    line, _ = sparked(YEARS, *found, terms=indicator("rank"))
    assert [float(point.y) for point in line.points][::2] == [22, 6]
    assert line.words == "högre upp än 2015"


def test_of_two_populations_the_one_that_is_compared_wins():
    schools = tuple(column(period=str(year), **SCHOOLS) for year in (2015, 2016, 2017))
    found = [figure(v, period=p) for v, p in (("1", "2015"), ("2", "2016"), ("3", "2017"))]
    found += [
        figure(v, period=p, population=MUNICIPAL) for v, p in (("9", "2015"), ("8", "2016"), ("7", "2017"))
    ]
    assert sparked((*YEARS, *schools), *found)[0].words == "högre än 2015"
    against = column(RIKET, statistic="mean", **SCHOOLS)
    assert sparked((*YEARS, *schools, against), *found)[0].words == "kommunala skolor: lägre än 2015"
    assert sparked((*YEARS, *schools, against), *found[:3])[0].words == "högre än 2015"


def test_an_older_figure_in_a_newer_column_is_drawn_once_at_its_own_period():
    found = [figure("1", period="2015"), figure("2", period="2016")]
    line, row = sparked(YEARS, *found, allow_earlier=True)
    assert [cell.text for cell in row.cells] == ["1", "2", "2"]
    assert [(point.period.year, point.value) for point in line.points] == [(2015, 1), (2016, 2)]
    assert line.words == "2016 högre än 2015"


def test_every_point_carries_a_cell_of_the_row():
    line, row = sparked(YEARS, *(figure(str(n), period=str(n)) for n in (2015, 2016, 2017)))
    assert [point.cell for point in line.points] == list(row.cells)


def test_the_words_say_whom_the_line_is_of_where_the_table_is_about_several():
    years = ("2015", "2016", "2017")
    schools = tuple(column(period=year, **SCHOOLS) for year in years)
    found = [figure(str(value), period=year, population=MUNICIPAL) for value, year in enumerate(years, 1)]
    assert sparked(schools, *found)[0].words == "högre än 2015"
    line, _ = sparked((*schools, column(period="2017")), *found)
    assert line.words == "kommunala skolor: högre än 2015"
