"""Places among all municipalities: ties, quarters, and the words for them."""

from decimal import Decimal

import pytest

from comparisons.among_all import Place, answers, ordinal_words, places, position, quarter
from comparisons.periods import Period
from comparisons.records import AreaTerms, Figure
from tests.records import figure, indicator

YEAR = Period.parse("2017")


def figures(*values: str | None) -> list[Figure]:
    """One figure for each area 1, 2, 3 …"""
    return [figure(value, AreaTerms(number, "Kommun")) for number, value in enumerate(values, 1)]


def numbers(found: dict[int, Place]) -> list[tuple[int, int]]:
    return [(place.number, place.shared) for _, place in sorted(found.items())]


# --- Places --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((), []),
        (("3",), [(1, 1)]),
        (("3", "1", "2"), [(3, 1), (1, 1), (2, 1)]),
        (("2", "1", "2", "3", "2"), [(2, 3), (1, 1), (2, 3), (5, 1), (2, 3)]),
        (("1", "1", "1"), [(1, 3), (1, 3), (1, 3)]),
        (("-1.5", "0", "-2"), [(2, 1), (3, 1), (1, 1)]),
        (("0.50", "0.5", "0.51"), [(1, 2), (1, 2), (3, 1)]),
    ],
)
def test_those_that_are_the_same_share_a_place_and_the_next_is_that_much_further(values, expected):
    assert numbers(places(figures(*values), lowest_first=True)) == expected


def test_place_1_has_the_highest_unless_lower_is_better():
    assert numbers(places(figures("1", "2", "3"), lowest_first=False)) == [(3, 1), (2, 1), (1, 1)]


def test_missing_values_have_no_place_and_are_not_counted():
    found = places(figures("3", None, "1"), lowest_first=True)
    assert set(found) == {1, 3} and {place.n for place in found.values()} == {2}


def test_a_difference_that_is_not_shown_sets_nobody_apart():
    found = [
        Figure(1, number, "value", YEAR, 1, value=Decimal(value), decimals=1)
        for number, value in enumerate(("10.38", "10.41", "10.45"), 1)
    ]
    assert numbers(places(found, lowest_first=True)) == [(1, 2), (1, 2), (3, 1)]


@pytest.mark.parametrize("n", [1, 2, 9, 10, 290])
def test_a_place_counted_from_the_other_end(n):
    found = places(figures(*map(str, range(n))), lowest_first=True)
    other = places(figures(*map(str, range(n))), lowest_first=False)
    assert {area: place.turned for area, place in found.items()} == other


# --- Quarters ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "shared", "n", "words"),
    [
        (1, 1, 290, "bland de 25 procent som har bäst"),
        (72, 1, 290, "bland de 25 procent som har bäst"),
        (73, 1, 290, "i mitten"),
        (71, 2, 290, "bland de 25 procent som har bäst"),
        (72, 2, 290, ""),  # the quarter ends between the two that share the place
        (218, 1, 290, "i mitten"),
        (219, 1, 290, "bland de 25 procent som har sämst"),
        (290, 1, 290, "bland de 25 procent som har sämst"),
        (1, 150, 290, ""),  # more than half of all are best: that is no quarter
        (2, 1, 10, "bland de 25 procent som har bäst"),
        (3, 1, 10, "i mitten"),
        (8, 1, 10, "i mitten"),
        (9, 1, 10, "bland de 25 procent som har sämst"),
        (1, 10, 10, ""),
        (2, 1, 9, "bland de 25 procent som har bäst"),
        (1, 1, 2, "i mitten"),
        (1, 1, 1, "i mitten"),
    ],
)
def test_in_which_quarter_a_place_lies(number, shared, n, words):
    said = quarter(Place(number, shared, n), judged=True)
    assert said.startswith(f"Det är {words}") if words else said == ""


def test_a_quarter_never_holds_more_than_a_quarter():
    for n in (9, 10, 289, 290):
        first = [p for p in range(1, n + 1) if Place(p, 1, n).is_first_quarter]
        last = [p for p in range(1, n + 1) if Place(p, 1, n).turned.is_first_quarter]
        assert len(first) == len(last) == n // 4
        assert all(quarter(Place(p, 1, n), judged=True) for p in range(1, n + 1))


# --- Words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("polarity", "place", "said"),
    [
        (
            "lower_better",
            Place(87, 1, 290),
            "Borås ligger på plats 87 av 290 kommuner 2017. Det är i mitten, mellan de 25 procent som har "
            "bäst värden och de 25 procent som har sämst.",
        ),
        (
            "higher_better",
            Place(12, 2, 290),
            "Borås ligger på delad plats 12 av 290 kommuner 2017. 1 annan kommun har samma värde. "
            "Det är bland de 25 procent som har bäst värden.",
        ),
        (
            "higher_better",
            Place(286, 4, 290),
            "Borås ligger på delad plats 286 av 290 kommuner 2017. 3 andra kommuner har samma värde. "
            "Det är bland de 25 procent som har sämst värden.",
        ),
        (
            "none",
            Place(87, 1, 290),
            "Borås har det 87:e högsta värdet av 290 kommuner 2017. Det är i mitten, mellan de 25 procent "
            "som har högst värden och de 25 procent som har lägst.",
        ),
        (
            "undecided",
            Place(289, 1, 290),
            "Borås har det näst lägsta värdet av 290 kommuner 2017. "
            "Det är bland de 25 procent som har lägst värden.",
        ),
        (
            "none",
            Place(1, 1, 1290),
            "Borås har det högsta värdet av 1\u00a0290 kommuner 2017. "
            "Det är bland de 25 procent som har högst värden.",
        ),
        ("none", Place(1, 290, 290), "Alla 290 kommuner har samma värde 2017."),
        ("lower_better", Place(1, 290, 290), "Alla 290 kommuner har samma värde 2017."),
    ],
)
def test_where_the_municipality_lies_in_words(polarity, place, said):
    assert position(indicator(polarity=polarity), "Borås", place, YEAR) == said


@pytest.mark.parametrize(
    ("number", "height"),
    [(2, "näst högsta"), (176, "176:e högsta"), (218, "218:e högsta"), (219, "72:a lägsta"), (290, "lägsta")],
)
def test_a_height_is_counted_as_the_table_counts_but_in_the_last_quarter_from_the_end(number, height):
    said = position(indicator(polarity="none"), "Borås", Place(number, 1, 290), YEAR)
    assert said.startswith(f"Borås har det {height} värdet av 290 kommuner 2017.")


def test_nothing_is_called_better_or_worse_without_a_direction():
    for number in range(1, 291):
        said = position(indicator(polarity="none"), "Borås", Place(number, 1, 290), YEAR)
        assert not any(word in said for word in ("bäst", "sämst", "plats"))


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1:a"), (2, "2:a"), (3, "3:e"), (11, "11:e"), (12, "12:e"), (21, "21:a"),
                          (32, "32:a"), (87, "87:e"), (111, "111:e"), (112, "112:e"), (122, "122:a")]
)  # fmt: skip
def test_ordinals(number, words):
    assert ordinal_words(number) == words


def test_answers_are_counted():
    found = figures(*["1"] * 229, *["0"] * 61, None)
    assert answers(indicator("yes_no"), found, YEAR) == "229 av 290 kommuner svarade ja 2017 (79\u00a0%)."
    nearly = figures(*["1"] * 289, "0")
    assert answers(indicator("yes_no"), nearly, YEAR) == "289 av 290 kommuner svarade ja 2017 (99,7\u00a0%)."
