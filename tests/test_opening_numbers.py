"""A number of a workbook, written as its cell shows it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.intake.opening.number_formats import (
    IS_A_DATE,
    IS_HIDDEN,
    IS_ODD,
    NotShown,
    format_of,
    shown,
)
from comparisons.svenska import parse_number

pytestmark = pytest.mark.once

ACCOUNTING = '_-* #,##0.00\\ _k_r_-;\\-* #,##0.00\\ _k_r_-;_-* "-"??\\ _k_r_-;_-@_-'


@pytest.mark.parametrize(
    ("raw", "code", "text"),
    [
        ("10.44", "0.0", "10,4"),
        ("10", "0.00", "10,00"),
        ("2.675", "0.00", "2,68"),
        ("2.6749999999999998", "0.00", "2,68"),
        ("-2.5", "0", "−3"),
        ("-0.001", "0.00", "0,00"),
        ("1234567.891", "#,##0.0", "1234567,9"),
        ("1234.5", "# ##0", "1235"),
        ("1234.5", "#\\ ##0.00", "1234,50"),
        ("2017", "General", "2017"),
        ("2017", "# ##0", "2017"),
        ("0.12", "0%", "12 %"),
        ("0.1234", "0.0%", "12,3 %"),
        ("12.3", '0.0" %"', "12,3 %"),
        ("12.3", '0.0"%"', "12,3 %"),
        ("4", "0\\ \u2030", "4 \u2030"),
        ("0.5", "#.0#", "0,5"),
        ("3", "0.##", "3"),
        ("0.126", "0.0?", "0,13"),
        ("114", "0000", "0114"),
        ("5", "0,0", "05"),
        ("1234", "0,0", "1234"),
        ("-2.5", "0.0;[Red]0.0", "−2,5"),
        ("-2.5", "0.0_);(0.0)", "−2,5"),
        ("12", '0" kr"', "12"),
        ("12", "[$-41D]0.0", "12,0"),
        ("12.5", ACCOUNTING, "12,50"),
        ("-12.5", ACCOUNTING, "−12,50"),
        ("0", ACCOUNTING, "0,00"),
        ("1", '"Ja";;"Nej"', "Ja"),
        ("0", '"Ja";;"Nej"', "Nej"),
        ("12345", "0.00E+00", "12345"),
        ("0.5", "# ?/?", "0,5"),
        ("0.5", "# ?/8", "0,5"),
        ("0.5", "@", "0,5"),
        ("0.5", "0.00;@", "0,50"),
        ("0.30000000000000004", "General", "0,3"),
        ("69.700000000000003", "General", "69,7"),
        ("0.86397284", "General", "0,86397284"),
        ("3.3333333333333335", "General", "3,33333333333333"),
        ("1E-3", "General", "0,001"),
        ("-0", "General", "0"),
        ("-0.0", "0.0", "0,0"),
        ("100000000000000000000", "General", "100000000000000000000"),
        ("1E+308", "General", "1E+308"),
        ("1E+308", "0.00", "1E+308"),
        ("1E-308", "0.00", "0,00"),
        ("NaN", "0.0", "NaN"),
        ("INF", "General", "INF"),
        ("1E999999", "0", "1E999999"),
        ("tio", "0.0", "tio"),
    ],
)
def test_as_the_cell_shows_it(raw: str, code: str, text: str) -> None:
    assert shown(raw, code) == text


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("yyyy-mm-dd", IS_A_DATE),
        ("mmm\\ yy", IS_A_DATE),
        ("[h]:mm", IS_A_DATE),
        ("[$-41D]d\\ mmmm\\ yyyy;@", IS_A_DATE),
        ("h:mm AM/PM", IS_A_DATE),
        ("0,", IS_ODD),
        ("#,##0.0,,", IS_ODD),
        ("0,.0", IS_ODD),
        ("000-00", IS_ODD),
        ('"20"00', IS_ODD),
        ("[>100]0;0.0", IS_ODD),
        ("0%%", IS_ODD),
        (";;;", IS_HIDDEN),
        ('"";"";""', IS_HIDDEN),
        ('".."', IS_HIDDEN),
    ],
)
def test_what_is_not_what_it_shows_is_asked(code: str, sentence: str) -> None:
    with pytest.raises(NotShown) as asked:
        shown("17", code)
    assert str(asked.value) == sentence


@pytest.mark.parametrize("code", ["0;-0;;@", "#", "#,###", "??"])
def test_a_zero_that_its_format_hides_is_not_a_blank(code: str) -> None:
    with pytest.raises(NotShown, match="döljer"):
        shown("0", code)


def test_formats_that_every_workbook_knows() -> None:
    own = {164: "0.000"}
    assert [format_of(n, own) for n in (0, 2, 9, 14, 164, 165)] == [
        "General",
        "0.00",
        "0%",
        "mm-dd-yy",
        "0.000",
        "General",
    ]


@given(st.decimals(-(10**6), 10**6, places=4), st.integers(0, 8))
def test_a_format_rounds_and_the_reader_takes_it_back(number: Decimal, decimals: int) -> None:
    text = shown(str(number), "#,##0." + "0" * decimals if decimals else "#,##0")
    written = parse_number(text)
    assert written.decimals == decimals
    assert abs(written.value - number) <= Decimal("0.5").scaleb(-decimals)


@given(st.floats(allow_nan=False, min_value=-(10**9), max_value=10**9))
def test_general_never_loses_more_than_the_fifteenth_digit(number: float) -> None:
    text = shown(repr(number), "General").replace("−", "-").replace(",", ".")
    assert float(text) == pytest.approx(number, rel=1e-14, abs=1e-300)


@given(st.text('0#?.,%;@"\\_*[]$-E+/ dmyhsGeneralkr<>=17', max_size=30), st.floats(allow_nan=False))
def test_any_format_ends_in_a_text_or_a_sentence(code: str, number: float) -> None:
    try:
        text = shown(repr(number), code)
    except NotShown as error:
        assert str(error) in {IS_A_DATE, IS_ODD, IS_HIDDEN}
    else:
        assert text and text == text.strip() and "\n" not in text
