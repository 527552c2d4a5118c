"""Numbers, dates, ranges, addresses and order, written and read the Swedish way."""

from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons import svenska
from comparisons.svenska import compare, format_number, parse_number, slug

# --- Numbers written ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("0.34", 2, "0,34"),
        ("0.5", 1, "0,5"),
        ("2.5", 2, "2,50"),
        ("999", 0, "999"),
        ("1000", 0, "1\u00a0000"),
        ("1234.5", 1, "1\u00a0234,5"),
        ("1234567.89", 2, "1\u00a0234\u00a0567,89"),
        ("-2.5", 1, "\u22122,5"),
        ("-1234", 0, "\u22121\u00a0234"),
        ("0", 0, "0"),
        ("0", 1, "0,0"),
    ],
)
def test_numbers_have_comma_hard_space_and_true_minus(value, decimals, expected):
    assert format_number(Decimal(value), decimals) == expected


@pytest.mark.parametrize("value", ["-0", "-0.0", "-0.04"])
def test_zero_is_never_negative(value):
    assert format_number(Decimal(value), 1) == "0,0"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("0.5", 0, "1"),
        ("2.5", 0, "3"),
        ("0.25", 1, "0,3"),
        ("0.345", 2, "0,35"),
        ("0.3449", 2, "0,34"),
        ("-2.5", 0, "\u22123"),
        ("999.5", 0, "1\u00a0000"),
        ("0.86397284", 2, "0,86"),
    ],
)
def test_halves_round_away_from_zero(value, decimals, expected):
    assert format_number(Decimal(value), decimals) == expected


def test_per_cent_stands_after_a_hard_space():
    assert svenska.format_percent(Decimal("79"), 0) == "79\u00a0%"
    assert svenska.format_percent(Decimal("7.65"), 1) == "7,7\u00a0%"


# --- Numbers read ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("0,34", "0.34", 2),
        ("0,340", "0.34", 3),
        ("17", "17", 0),
        ("0", "0", 0),
        ("-0,0", "0", 1),
        ("1 234,5", "1234.5", 1),
        ("1234", "1234", 0),
        ("1\u00a0234", "1234", 0),
        ("1\u202f234\u202f567", "1234567", 0),
        ("  8,2\u00a0", "8.2", 1),
        ("\u22122,5", "-2.5", 1),
        ("\u2212 2,5", "-2.5", 1),
        ("- 2,5", "-2.5", 1),
        ("-2,5", "-2.5", 1),
        ("\u20132,5", "-2.5", 1),
        ("+3", "3", 0),
        ("007", "7", 0),
        ("0000000000012", "12", 0),
        ("1234567890,12345", "1234567890.12345", 5),
        ("1234567,12345678", "1234567.12345678", 8),
    ],
)
def test_numbers_are_read_as_a_swede_writes_them(text, value, decimals):
    assert parse_number(text) == (Decimal(value), decimals)


def test_minus_zero_is_read_as_zero():
    assert not parse_number("\u22120,0").value.is_signed()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "1.234",
            "Skriv decimaler med komma: 1,234. Punkt går inte att tolka säkert. "
            "Är det ett tusental skriver du mellanslag: 1 234.",
        ),
        ("1234567890,123456", "Talet har för många siffror. Högst 15 går att spara."),
        ("1.234,5", "Skriv talet utan punkt, till exempel 1 234,5."),
        ("1.234.567", "Skriv talet utan punkt, till exempel 1 234,5."),
        (".5", "Skriv talet utan punkt, till exempel 1 234,5."),
        ("", "Skriv ett tal, till exempel 0,34."),
        (" \u00a0", "Skriv ett tal, till exempel 0,34."),
        (" abc ", "”abc” är inte ett tal. Skriv till exempel 0,34 eller 1 234,5."),
        ("12345678901", "Talet är för stort. Högst 10 siffror före kommat."),
        ("0,123456789", "Talet har för många decimaler. Högst 8 går att spara."),
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence_that_helps(text, sentence):
    with pytest.raises(ValueError) as refused:
        parse_number(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "text",
    [
        *("12 34", "1234 567", "1 2345", "1  234", "1 234 5", "0,3 4", "1,2,3", ",5", "5,"),
        *("--5", "5-", "8 %", "1e3", "½", "NaN", "oändligt", "١٢", "1٢", "１２", "1\n234"),
    ],
)
def test_odd_groups_and_digits_of_other_scripts_are_no_numbers(text):
    with pytest.raises(ValueError, match="är inte ett tal"):
        parse_number(text)


DECIMALS = st.integers(0, 8)


@given(st.integers(-(10**15) + 1, 10**15 - 1), DECIMALS)
def test_what_is_written_is_read_back(digits, decimals):
    value = Decimal(digits).scaleb(-min(decimals, 8))
    if abs(value) >= 10**10:
        value %= 10**10
    assert parse_number(format_number(value, decimals)) == (value, decimals)


@given(st.text())
def test_any_text_is_a_number_or_a_sentence(text):
    try:
        value, decimals = parse_number(text)
    except ValueError as refused:
        assert str(refused).endswith(".")
    else:
        assert parse_number(format_number(value, decimals)) == (value, decimals)


# --- Dates, ranges, words ----------------------------------------------------------------------


def test_dates_and_times():
    assert svenska.format_date(date(2018, 3, 1)) == "1 mars 2018"
    assert svenska.format_date(date(2025, 12, 31)) == "31 december 2025"
    assert svenska.format_datetime(datetime(2018, 3, 1, 15, 6)) == "1 mars 2018 kl. 15.06"
    assert svenska.format_datetime(datetime(2018, 5, 30, 7, 0)) == "30 maj 2018 kl. 07.00"


def test_ranges_have_an_en_dash_and_no_spaces():
    assert svenska.format_range(2016, 2017) == "2016\u20132017"
    assert svenska.format_range("1", "10") == "1\u201310"


@pytest.mark.parametrize(
    ("words", "expected"),
    [([], ""), (["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")],
)
def test_words_are_joined_with_och(words, expected):
    assert svenska.join_words(words) == expected


def test_a_capital_touches_only_the_first_letter():
    assert svenska.capitalise("andel i MSB och SKR") == "Andel i MSB och SKR"
    assert svenska.capitalise("ålder") == "Ålder"
    assert svenska.capitalise("") == ""


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "0 siffror"), (1, "1 siffra"), (2, "2 siffror"), (1234, "1\u00a0234 siffror")],
)
def test_one_is_singular_and_all_else_plural(number, expected):
    assert svenska.count_of(number, "siffra", "siffror") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("per 1 000 invånare", "per 1\u00a0000 invånare"),
        ("1 234 567", "1\u00a0234\u00a0567"),
        ("34 % av 5", "34\u00a0% av 5"),
        ("år 2017 och 12 34", "år 2017 och 12 34"),
        ("1 0000", "1 0000"),
    ],
)
def test_numbers_inside_a_text_do_not_break_over_a_line(text, expected):
    assert svenska.bind(text) == expected


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("Borås Stad", "Borås Stads"),
        ("Borås", "Borås"),
        ("MAX", "MAX"),
        ("Härnösand", "Härnösands"),
    ],
)
def test_whose_has_no_second_s(name, whose):
    assert svenska.genitive(name) == whose


# --- Addresses ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Våld & stöld", "vald-stold"),
        ("Åldrar, äldre och öppna", "aldrar-aldre-och-oppna"),
        ("A\u030aldrar", "aldrar"),
        ("Skol\u00adresultat", "skolresultat"),
        ("Läsåret 2017/18", "lasaret-2017-18"),
        ("Medel 2015–2017", "medel-2015-2017"),
        ("och/eller", "och-eller"),
        ("två_ord", "tva-ord"),
        ("  79\u00a0% – av kommunerna!  ", "79-av-kommunerna"),
        ("–", ""),
        ("", ""),
    ],
)
def test_addresses_keep_words_apart(text, expected):
    assert slug(text) == expected


def test_addresses_are_cut_at_a_word():
    assert slug("anmälda våldsbrott", 18) == "anmalda-valdsbrott"
    assert slug("anmälda våldsbrott", 17) == "anmalda"
    assert slug("våldsbrottsstatistik", 5) == "valds"
    assert len(slug("x" * 200)) == 80


@given(st.text(), st.integers(1, 80))
def test_addresses_are_a_to_z_digits_and_single_hyphens(text, length):
    result = slug(text, length)
    assert len(result) <= length
    assert set(result) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "--" not in result and result.strip("-") == result


def test_soft_hyphens_are_taken_out_of_plain_text():
    assert svenska.plain("områdes\u00adansvar") == "områdesansvar"


# --- Order -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "in_order",
    [
        ["Alingsås", "Borås", "Zinkgruvan", "Åmål", "Älvsbyn", "Örebro"],
        ["zon", "å", "åz", "ä", "äz", "ö", "öz"],
        ["åby", "Åby", "Ån"],
        ["ale", "Ale", "alm"],
        ["e", "é", "ea", "éa", "eb"],
        ["Linde", "Lindé", "Lindeberg"],
        ["Myller", "Müller", "Mz"],
        ["Vast", "vat", "Wast", "Xylofon"],
        ["ä", "æ", "ę", "ö", "ø", "ő", "œ", "ô"],
        ["da", "đa", "ða", "db", "la", "ła", "lb"],
        ["Strasse", "Straße", "Strast", "thor", "þor", "thos"],
        ["andel (%)", "andel 1", "andel a"],
        ["stad öst", "stad-ost", "stad1", "stada"],
        ["Borås stad", "Borås-stad", "Boråsstad"],
        ["1", "10", "2", "a"],
        ["", " ", "-", "+", "1", "a", "ö"],
        ["a.", "a…", "a.a", "a§", "a+", "a~", "a$"],
    ],
)
def test_order_is_a_to_z_then_å_ä_ö(in_order):
    assert sorted(reversed(in_order), key=svenska.sort_key) == in_order
    assert {compare(a, b) for a, b in pairwise(in_order)} == {-1}


def test_soft_hyphens_and_decomposed_letters_do_not_move_a_word():
    words = ["områdea", "områ\u00addeb", "områdec"]
    assert sorted(words, key=svenska.sort_key) == words
    assert sorted(["Ä", "A\u030ab", "Ö"], key=svenska.sort_key) == ["A\u030ab", "Ä", "Ö"]


# Few letters, so that texts are often alike but for accents and capitals; two forms of K and Å.
TEXTS = st.text("aAåÅ\u212b\u030aäéüykK\u212aßsþ \u00a0\u00ad-1") | st.text()


@given(TEXTS, TEXTS)
def test_order_has_two_sides_and_is_nought_only_for_the_same_text(a, b):
    assert compare(a, b) == -compare(b, a)
    assert (compare(a, b) == 0) == (a == b)


@given(st.lists(TEXTS, min_size=3, max_size=3))
def test_order_is_one_line(three):
    a, b, c = sorted(three, key=svenska.sort_key)
    assert compare(a, b) <= 0 and compare(b, c) <= 0 and compare(a, c) <= 0


def test_two_codes_of_one_letter_are_not_the_same_text():
    assert compare("\u212a", "K") == -compare("K", "\u212a") != 0
    assert compare("\u212b", "Å") == -compare("Å", "\u212b") != 0
