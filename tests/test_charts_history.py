"""The line chart: every point at its value and its time, gaps where values are missing, texts apart."""

from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comparisons.charts import history_charts
from comparisons.charts.history import FOOT, HEIGHT, TOP, y_of
from comparisons.svenska import NBSP
from tests.records import MUNICIPAL, RIKET, ULRICEHAMN, figure, indicator, points
from tests.test_history import SIMILAR, laid_out, median

#: Width of the drawing with each margin on the narrowest screen, and on the narrowest that shows extras.
WIDTHS = {"": (218, 515), "pad-m": (194, 491), "pad-l": (166, 463)}


def charts(*found, terms=None):
    terms = terms or indicator()
    return history_charts(terms, laid_out(*found, terms=terms))


def chart(*found, terms=None):
    (only,) = charts(*found, terms=terms)
    return only


def own(*values, first=2017, **fields):
    """Own figures of years in a row; None stands for a missing one, a word for its status."""
    made = []
    for year, value in enumerate(values, first):
        if value is None or value[0].isalpha():
            made.append(figure(period=str(year), status=value or "missing", **fields))
        else:
            made.append(figure(value, period=str(year), **fields))
    return made


def drawn(line):
    return [[(str(point.period), float(point.x), float(point.y)) for point in run] for run in line.runs]


def test_a_point_stands_at_its_time_and_its_value():
    shown = chart(*own("3", "6", "12", first=2015))
    assert drawn(shown.own) == [[("2015", 0, 218), ("2016", 50, 156), ("2017", 100, 32)]]
    assert shown.own.path == "M0 218L50 156L100 32"
    assert shown.warp == "M0 280V218M50 280V156M100 280V32"
    assert (shown.base, shown.grid) == (280, (Decimal("197.3"), Decimal("114.7"), 32))


def test_a_missing_value_breaks_the_line_and_keeps_its_room():
    shown = chart(*own("1", "2", None, "4", "3", first=2013))
    assert [[point.period.year for point in run] for run in shown.own.runs] == [[2013, 2014], [2016, 2017]]
    assert [float(point.x) for point in shown.own.points] == [0, 25, 75, 100]
    assert shown.own.path.count("M") == 2
    (gap,) = shown.gaps
    assert (gap.words, gap.text.text, gap.text.x, gap.text.anchor) == ("saknas", "saknas", 50, "mid")


def test_a_year_without_any_row_is_a_gap_without_words():
    shown = chart(figure("1", period="2010"), figure("2", period="2011"), figure("3", period="2014"))
    assert [float(point.x) for point in shown.own.points] == [0, 25, 100]
    assert [len(run) for run in shown.own.runs] == [2, 1] and shown.gaps == ()
    assert [point.period.year for point in shown.own.lone] == [2014]


def test_each_reason_is_written_in_its_gap():
    shown = chart(*own("1", "suppressed", "suppressed", "2", "too_few", "3", first=2010))
    assert [(gap.words, len(gap.periods), bool(gap.text)) for gap in shown.gaps] == [
        ("sekretess", 2, True),
        ("för få svar", 1, True),
    ]


def test_many_gaps_have_no_words_in_the_drawing():
    shown = chart(*own(*["1", None] * 6, "1", first=2000))
    assert len(shown.gaps) == 6 and not any(gap.text for gap in shown.gaps)


def test_a_reason_after_the_last_value_is_drawn_too():
    shown = chart(*own("1", "2", "suppressed", first=2015))
    assert (shown.slots[-1].year, float(shown.own.points[-1].x)) == (2017, 50)
    assert [gap.text.anchor for gap in shown.gaps] == ["end"]


def test_the_first_comparison_of_the_same_population_and_gender_is_beside():
    found = [
        *own("1", "2"),
        figure("3", ULRICEHAMN),
        median("4"),
        figure("5", SIMILAR, population=MUNICIPAL),
        figure("6", RIKET, gender="K"),
    ]
    assert chart(*found).comparison.series.label == "Median riket"


def test_a_comparison_without_a_value_is_passed_over():
    found = [*own("1", "2"), median(None), figure("3", ULRICEHAMN)]
    assert chart(*found).comparison.series.label == "Ulricehamn"
    assert chart(*own("1"), median(None)).comparison is None


def test_the_comparison_has_its_own_gaps_and_lone_points():
    shown = chart(*own("1", "2", "3", "4"), median("1"), median("2", "2018"), median("3", "2020"))
    assert [len(run) for run in shown.comparison.runs] == [2, 1]
    assert [point.period.year for point in shown.comparison.lone] == [2020]
    assert shown.gaps == ()


def test_a_comparison_of_other_years_widens_the_time_and_the_axis():
    shown = chart(figure("1"), median("30", "2013"))
    assert (shown.slots[0].year, shown.slots[-1].year, shown.axis.high) == (2013, 2017, 30)
    assert float(shown.own.points[0].x) == 100


def test_there_is_a_chart_for_each_population_and_gender():
    found = [
        *own("1"),
        *own("2", gender="K"),
        *own("3", population=MUNICIPAL),
        figure("4", RIKET, gender="M"),
    ]
    assert [(one.heading, one.name) for one in charts(*found)] == [
        ("Alla", "Linjediagram: Borås, 2017"),
        ("Kvinnor", "Linjediagram: Borås, kvinnor, 2017"),
        ("Kommunala skolor", "Linjediagram: Borås, kommunala skolor, 2017"),
    ]
    assert chart(*own("3", population=MUNICIPAL)).heading == ""


@pytest.mark.parametrize(
    ("found", "terms"),
    [
        ([], None),
        (own(None), None),
        ([median("1")], None),
        ([figure("1", status="withdrawn")], None),
        (own("1", "0"), indicator("yes_no")),
    ],
)
def test_without_own_numbers_there_is_no_chart(found, terms):
    assert charts(*found, terms=terms) == ()


def test_the_line_ends_in_the_newest_value_if_there_are_two_of_its_length():
    tertials = [figure(str(n), period=f"2019-T{n}") for n in (1, 2, 3)]
    shown = chart(*tertials, figure("9", period="2018"), figure("9", period="2019"))
    assert [str(point.period) for point in shown.own.points] == ["2018", "2019"]
    assert shown.note == "Hela år. Tertialen står i tabellen."


def test_else_periods_of_the_commonest_length_are_drawn():
    tertials = [figure(str(n), period=f"2019-T{n}") for n in (1, 2, 3)]
    shown = chart(*tertials, figure("9", period="2019"))
    assert [str(point.period) for point in shown.own.points] == ["2019-T1", "2019-T2", "2019-T3"]
    assert shown.note == "Tertial. Hela åren står i tabellen."


def test_years_win_over_as_many_shorter_periods():
    shown = chart(figure("1", period="2019-T1"), figure("2", period="2019"), median("1", "2019-04"))
    assert [str(point.period) for point in shown.own.points] == ["2019"]
    assert shown.note == "Hela år. Tertialen står i tabellen."


def test_a_note_says_what_a_year_means():
    assert chart(*own("1"), terms=indicator(period_basis="school_year")).note == (
        "Åren är läsår: 2017 är läsåret 2016/17."
    )
    assert chart(*own("1"), terms=indicator(period_basis="three_year_mean")).note == (
        "Varje värde är ett medelvärde för tre år."
    )
    assert chart(*own("1")).note == ""


def test_one_value_stands_in_the_middle():
    shown = chart(figure("3"))
    assert drawn(shown.own) == [[("2017", 50, 32)]]
    assert (shown.own.path, shown.own.label.text, shown.own.label.anchor) == ("", "Borås 3", "mid")
    assert [label.text for label in shown.labels] == ["2017"]


def test_values_below_zero_hang_from_a_zero_line():
    shown = chart(*own("-2.5", "3.2"))
    assert [tick.text for tick in shown.ticks] == ["−4", "−2", "0", "2", "4"]
    assert shown.base == 156 and shown.own.points[0].y > 156 > shown.own.points[1].y
    assert shown.warp.startswith("M0 156V")


def test_equal_values_and_zeros_are_level():
    level = chart(*own("5", "5", "5"))
    assert len({point.y for point in level.own.points}) == 1
    assert {point.y for point in chart(*own("0", "0")).own.points} == {FOOT}


def test_the_first_place_is_on_top():
    shown = chart(*own("1", "290", n=290), terms=indicator("rank"))
    assert [float(point.y) for point in shown.own.points] == [TOP, FOOT]
    assert shown.own.label.text == "Borås 290 av 290" and shown.base == FOOT


def test_a_scale_is_the_axis():
    assert chart(*own("7"), terms=points("1", "10")).axis.high == 10
    assert chart(*own("79"), terms=indicator("percent")).axis.high == 100


def test_periods_are_thinned_by_whole_steps_and_keep_the_ends():
    def labels(*found):
        shown = chart(*found).labels
        return [one.text for one in shown if not one.is_extra], [one.text for one in shown]

    always, wide = labels(*own(*["1"] * 25, first=1999))
    assert always == ["1999", "2005", "2011", "2017", "2023"]
    assert wide == ["1999", "2002", "2005", "2008", "2011", "2014", "2017", "2020", "2023"]
    always, wide = labels(*own(*["1"] * 10, first=2008))
    assert (always, len(wide)) == (["2008", "2011", "2014", "2017"], 10)
    tertials = [figure("1", period=f"{year}-T{n}") for year in range(2015, 2024) for n in (1, 2, 3)]
    always, wide = labels(*tertials)
    assert always[-1] == "T3 2023" and set(always) <= set(wide)


@pytest.mark.parametrize(
    ("values", "comparison", "margin"),
    [(["79"], [], ""), (["0.034"], [], "pad-m"), (["1234567", "1300000"], ["1250000"], "pad-l")],
)
def test_long_ticks_get_a_wider_margin(values, comparison, margin):
    found = [median(value, str(year)) for year, value in enumerate(comparison, 2017)]
    assert chart(*own(*values), *found).margin == margin


def test_a_long_name_is_shortened_in_the_drawing_and_whole_in_the_words():
    shown = chart(*own("1234567"), figure("1250000", SIMILAR))
    assert shown.comparison.label.text == f"Jämförelsen 1{NBSP}250{NBSP}000"
    assert shown.caption.endswith("Fyrkanten är Liknande kommuner.")


def test_names_stand_in_the_order_of_their_lines():
    for mine, theirs in (("5", "6"), ("6", "5"), ("0", "0"), ("0", "1"), ("100", "100")):
        shown = chart(*own("5", mine), median(theirs, "2018"))
        ends = [line.points[-1].y for line in shown.lines]
        assert (ends[0] <= ends[1]) == (shown.own.label.y < shown.comparison.label.y), (mine, theirs)


# --- Whatever the values -------------------------------------------------------------------------

VALUES = st.decimals(0, 100, places=1) | st.decimals(-50, 50, places=2) | st.integers(0, 10**7).map(Decimal)
SERIES = st.lists(st.none() | VALUES, min_size=1, max_size=25)


def some_chart(mine, theirs):
    found = own(*[None if value is None else f"{value:f}" for value in mine], first=1999)
    found += [median(f"{v:f}", str(year)) for year, v in enumerate(theirs, 1999) if v is not None]
    return charts(*found)


@settings(max_examples=60)
@given(SERIES, SERIES)
def test_points_are_the_values_and_texts_never_meet_or_leave_the_drawing(mine, theirs):
    for shown in some_chart(mine, theirs):
        narrow, wide = WIDTHS[shown.margin]
        for line in shown.lines:
            for point in line.points:
                assert point.y == y_of(shown.axis, point.cell.figure.value)
                assert TOP <= point.y <= FOOT and 0 <= point.x <= 100
        kept = {year: value for year, value in enumerate(mine, 1999) if value is not None}
        assert {point.period.year: point.value for point in shown.own.points} == kept
        names = [line.label for line in shown.lines]
        words = [gap.text for gap in shown.gaps if gap.text]
        for width in (narrow, wide, 830):
            there = [text for text in (*names, *words) if width > narrow or not text.is_extra]
            boxes = [text.box(width) for text in there]
            assert not any(first.meets(second) for first, second in combinations(boxes, 2))
            assert all(box.top >= 0 and box.bottom <= FOOT for box in boxes)
            assert all(box.left >= -4 and box.right <= width + 16 for box in boxes)
            under = [text.box(width) for text in shown.labels if width > narrow or not text.is_extra]
            assert all(after.left - before.right >= 8 for before, after in pairwise(under))
            assert all(box.bottom <= HEIGHT for box in under)
        assert all(abs(after.y - before.y) >= 20 for before, after in pairwise(shown.ticks))


@given(SERIES, SERIES)
def test_every_point_and_gap_carries_the_cell_of_the_table(mine, theirs):
    found = own(*[None if value is None else f"{value:f}" for value in mine], first=1999)
    found += [median(f"{v:f}", str(year)) for year, v in enumerate(theirs, 1999) if v is not None]
    result = laid_out(*found, terms=indicator())
    for shown in history_charts(indicator(), result):
        for line in shown.lines:
            column = result.series.index(line.series)
            in_table = {row.period: row.cells[column] for row in result.rows}
            assert [point.cell for point in line.points] == [
                in_table[period] for period in sorted(in_table) if not in_table[period].sign
            ]
            assert all(point.cell is in_table[point.period] for point in line.points)
        for gap in shown.gaps:
            assert all(cell.sign for cell in gap.cells)
