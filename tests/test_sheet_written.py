"""A cell as it is written, and a figure as its cell shows it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.intake.written import MOST_BEHIND, Written, behind, read, write
from comparisons.svenska import MINUS, NARROW_NBSP, NBSP
from comparisons.terms import Statistic, Status, ValueType
from tests import records

Kind = ValueType


def reading(text: str, kind: str = Kind.DECIMAL, statistic: str = Statistic.VALUE) -> Written:
    return read(text, records.indicator(value_type=kind), statistic)


@pytest.mark.parametrize(
    ("text", "kind", "value", "decimals"),
    [
        ("0,34", Kind.DECIMAL, "0.34", 2),
        (" 10,40 ", Kind.DECIMAL, "10.40", 2),
        ("0", Kind.COUNT, "0", 0),
        ("1 234", Kind.COUNT, "1234", 0),
        (f"1{NBSP}234,5", Kind.DECIMAL, "1234.5", 1),
        (f"1{NARROW_NBSP}234", Kind.COUNT, "1234", 0),
        ("-2,5", Kind.DECIMAL, "-2.5", 1),
        (f"{MINUS}2,5", Kind.DECIMAL, "-2.5", 1),
        ("79 %", Kind.PERCENT, "79", 0),
        ("79%", Kind.PERCENT, "79", 0),
        (f"79,5{NBSP}%", Kind.PERCENT, "79.5", 1),
        ("ja", Kind.YES_NO, "1", 0),
        ("NEJ", Kind.YES_NO, "0", 0),
    ],
)
def test_what_a_swede_writes_is_understood(text: str, kind: str, value: str, decimals: int) -> None:
    assert reading(text, kind) == Written(Status.NORMAL, Decimal(value), decimals)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", Status.WITHDRAWN),
        (" \u00a0 ", Status.WITHDRAWN),
        ("–", Status.MISSING),
        ("-", Status.MISSING),
        ("\u2014", Status.MISSING),
        ("\u2212", Status.MISSING),
        ("saknas", Status.MISSING),
        (".", Status.NOT_APPLICABLE),
        ("..", Status.SUPPRESSED),
        ("…", Status.SUPPRESSED),
        ("Sekretess", Status.SUPPRESSED),
        ("*", Status.TOO_FEW),
        ("För få svar", Status.TOO_FEW),
        ("inte tillfrågad", Status.NOT_ASKED),
        ("Frågan ställdes inte", Status.NOT_ASKED),
    ],
)
def test_a_sign_or_its_words_say_why_there_is_no_value(text: str, status: str) -> None:
    for kind in (Kind.DECIMAL, Kind.YES_NO, Kind.RANK):
        assert reading(text, kind) == Written(status)


def test_a_rank_is_written_with_how_many_are_compared() -> None:
    assert reading("34 av 290", Kind.RANK) == Written(Status.NORMAL, Decimal(34), 0, 290)
    assert reading("34", Kind.RANK) == Written(Status.NORMAL, Decimal(34), 0, None)
    assert reading(f"134 av 1{NBSP}290", Kind.RANK).n == 1290


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("0.34", Kind.DECIMAL, "Skriv decimaler med komma: 0,34."),
        ("1.234,5", Kind.DECIMAL, "utan punkt"),
        ("ungefär 3", Kind.DECIMAL, "”ungefär 3” är inte ett tal"),
        ("34 av 290", Kind.DECIMAL, "är inte ett tal"),
        ("34 %", Kind.DECIMAL, "räknas inte i procent"),
        ("#SAKNAS!", Kind.DECIMAL, "fel i kalkylarket"),
        ("#DIVISION/0!", Kind.PERCENT, "fel i kalkylarket"),
        ("1", Kind.YES_NO, "varken ja eller nej"),
        ("34 av 0", Kind.RANK, "ett helt tal"),
        ("34 av 2,5", Kind.RANK, "ett helt tal"),
        ("12345678901", Kind.COUNT, "för stort"),
        ("0,123456789", Kind.DECIMAL, "för många decimaler"),
    ],
)
def test_what_cannot_be_a_figure_is_refused_with_what_to_do(text: str, kind: str, said: str) -> None:
    with pytest.raises(ValueError, match=r".+") as refused:
        reading(text, kind)
    assert said in str(refused.value)


@pytest.mark.parametrize("text", ["-1", "101", "100,1 %"])
def test_a_share_goes_from_0_to_100(text: str) -> None:
    with pytest.raises(ValueError, match="från 0 till 100 procent"):
        reading(text, Kind.YES_NO, Statistic.SHARE_YES)
    assert reading("79 %", Kind.YES_NO, Statistic.SHARE_YES).value == 79


def test_how_many_stand_behind_a_figure_has_a_limit() -> None:
    assert behind(str(MOST_BEHIND)) == MOST_BEHIND
    with pytest.raises(ValueError, match="helt tal"):
        behind(str(MOST_BEHIND + 1))


values = st.decimals(min_value=-9_999_999, max_value=9_999_999, places=3, allow_nan=False)


@given(value=values, decimals=st.integers(0, 3), n=st.integers(1, 1_000_000))
def test_what_a_cell_shows_is_taken_back_as_the_same_figure(value: Decimal, decimals: int, n: int) -> None:
    rounded = round(value, decimals)
    for kind, statistic in (
        (Kind.DECIMAL, Statistic.VALUE),
        (Kind.PERCENT, Statistic.MEDIAN),
        (Kind.RANK, Statistic.VALUE),
    ):
        indicator = records.indicator(value_type=kind)
        shown = write(indicator, statistic, status=Status.NORMAL, value=rounded, decimals=decimals, n=n)
        again = read(shown, indicator, statistic)
        assert (again.value, again.decimals) == (rounded, decimals)
        assert again.n == (n if kind == Kind.RANK else None)


@pytest.mark.parametrize("status", [status for status in Status if status != Status.NORMAL])
@pytest.mark.parametrize("kind", [Kind.DECIMAL, Kind.YES_NO])
def test_a_missing_figure_is_taken_back_as_itself(status: str, kind: str) -> None:
    indicator = records.indicator(value_type=kind)
    shown = write(indicator, Statistic.VALUE, status=status, value=None, decimals=None, n=None)
    assert read(shown, indicator, Statistic.VALUE) == Written(status)
