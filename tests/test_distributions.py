"""What the municipalities' figures are together: the sums, and when they are made anew."""

import statistics
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from comparisons import ledger
from comparisons.distributions import Spread, spread
from comparisons.models import Area, Distribution, Indicator, Release
from comparisons.terms import AreaKind, Gender, Statistic, Status, ValueType
from tests import factories


def decimals(*written: str) -> list[Decimal]:
    return [Decimal(one) for one in written]


@pytest.mark.parametrize(
    "values, expected",
    {
        "one": (["5"], Spread(1, *decimals("5", "5", "5", "5", "5", "5"), 0)),
        "two": (["4", "2"], Spread(2, *decimals("2", "2.5", "3", "3.5", "4", "3"), 0)),
        "odd": (["1", "2", "9"], Spread(3, *decimals("1", "1.5", "2", "5.5", "9", "4"), 0)),
        "below zero": (["-4", "-2", "0"], Spread(3, *decimals("-4", "-3", "-2", "-1", "0", "-2"), 0)),
        "all alike": (["7"] * 10, Spread(10, *decimals("7", "7", "7", "7", "7", "7"), 0)),
        "thirds": (["0", "0", "1"], Spread(3, *decimals("0", "0", "0", "0.5", "1", "0.33333333"), 0)),
    }.values(),
)
def test_the_sums(values: list[str], expected: Spread) -> None:
    assert spread(decimals(*values), 0) == expected


@pytest.mark.parametrize(
    ("finest", "value", "shown"),
    [(0, "8", 0), (0, "8.5", 1), (0, "0.33333333", 1), (1, "8", 1), (1, "8.25", 1), (2, "8.5", 2)],
)
def test_what_falls_between_whole_numbers_has_a_decimal_and_the_rest_as_the_finest(
    finest: int, value: str, shown: int
) -> None:
    assert spread([Decimal(1)], finest).decimals_of(Decimal(value)) == shown


def test_of_nothing_there_is_no_sum() -> None:
    with pytest.raises(ValueError, match="nothing to sum up"):
        spread([], 0)


@given(st.lists(st.decimals(-1000, 1000, places=3), min_size=2, max_size=60))
def test_the_sums_are_those_of_the_standard_library(values: list[Decimal]) -> None:
    found = spread(values, 3)
    q1, median, q3 = statistics.quantiles(values, n=4, method="inclusive")
    assert (found.q1, found.median, found.q3) == (round(q1, 8), round(median, 8), round(q3, 8))
    assert found.minimum <= found.q1 <= found.median <= found.q3 <= found.maximum
    assert abs(found.mean * found.n - sum(values)) <= Decimal("1e-8") * found.n


# --- In the database -------------------------------------------------------------------------


@pytest.fixture
def shown(db: None) -> Indicator:
    return factories.indicator()


def live(**fields: Any) -> dict[int, tuple[int, Decimal, Decimal]]:
    """By period: the number, the median and the mean of what counts now."""
    found = Distribution.objects.filter(superseded_by=None, **fields)
    return {one.period // 1000: (one.n, one.median, one.mean) for one in found}


def publish(shown: Indicator, values: dict[Area, str], period: str = "2017", **fields: Any) -> Release:
    return factories.publish(
        *(
            factories.staged_figure(shown, value, period, of_area=place, **fields)
            for place, value in values.items()
        )
    )


def test_publishing_sums_up_what_it_touches_and_nothing_else(shown: Indicator) -> None:
    places = factories.municipalities(4)
    publish(shown, dict(zip(places, "1234", strict=True)))
    second = publish(shown, dict(zip(places, "5678", strict=True)), "2018")
    assert live() == {
        2017: (4, Decimal("2.5"), Decimal("2.5")),
        2018: (4, Decimal("6.5"), Decimal("6.5")),
    }
    third = publish(shown, {places[0]: "3"})
    assert live()[2017] == (4, Decimal(3), Decimal(3))
    assert [one.period // 1000 for one in Distribution.objects.filter(release=third)] == [2017]
    assert Distribution.objects.get(superseded_by=third).n == 4
    assert Distribution.objects.get(release=second).superseded_by is None


def test_only_municipalities_own_values_count(shown: Indicator) -> None:
    (place,) = factories.municipalities(1)
    publish(shown, {factories.own_area(): "1", place: "3"})
    region = factories.area("Västra Götaland", kind=AreaKind.REGION)
    group = factories.area("Liknande", kind=AreaKind.GROUP)
    publish(shown, {factories.country(): "90", region: "80", group: "70"})
    publish(shown, {factories.country(): "60"}, statistic=Statistic.MEDIAN)
    publish(shown, {place: "50"}, statistic=Statistic.MEAN)
    publish(shown, {factories.municipalities(1)[0]: "0"}, status=Status.SUPPRESSED)
    assert live() == {2017: (2, Decimal(2), Decimal(2))}


def test_women_men_and_populations_are_groups_of_their_own(shown: Indicator) -> None:
    (place,) = factories.municipalities(1)
    schools = factories.population()
    publish(shown, {place: "1"}, gender=Gender.WOMEN)
    publish(shown, {place: "2"}, gender=Gender.MEN)
    publish(shown, {place: "3"}, urval=schools)
    assert live(gender=Gender.WOMEN) == {2017: (1, Decimal(1), Decimal(1))}
    assert live(gender=Gender.MEN) == {2017: (1, Decimal(2), Decimal(2))}
    assert live(gender=Gender.TOTAL) == {2017: (1, Decimal(3), Decimal(3))}
    assert live(population=schools)[2017][0] == 1


def test_a_withdrawn_value_no_longer_counts_and_the_last_takes_all_with_it(shown: Indicator) -> None:
    places = factories.municipalities(2)
    publish(shown, dict(zip(places, "13", strict=True)))
    publish(shown, {places[0]: "0"}, status=Status.WITHDRAWN)
    assert live() == {2017: (1, Decimal(3), Decimal(3))}
    publish(shown, {places[1]: "0"}, status=Status.MISSING)
    assert live() == {}
    assert Distribution.objects.count() == 2


def test_places_in_a_ranking_are_not_summed_up(db: None) -> None:
    ranking = factories.indicator(value_type=ValueType.RANK)
    publish(ranking, {factories.own_area(): "34"})
    assert live() == {}


def test_it_is_shown_with_the_decimals_of_the_finest_value(shown: Indicator) -> None:
    places = factories.municipalities(2)
    publish(shown, {places[0]: "0.5", places[1]: "0.34"})
    assert Distribution.objects.get().decimals == 2


def test_two_indicators_of_one_release_are_kept_apart(shown: Indicator) -> None:
    other = factories.indicator("Antal anmälda stölder")
    places = factories.municipalities(3)
    figures = [
        factories.staged_figure(one, value, of_area=place)
        for one, values in ((shown, "123"), (other, "567"))
        for place, value in zip(places, values, strict=True)
    ]
    factories.publish(*figures)
    assert live(indicator=shown) == {2017: (3, Decimal(2), Decimal(2))}
    assert live(indicator=other) == {2017: (3, Decimal(6), Decimal(6))}


def test_nothing_is_computed_of_what_could_not_be_published(
    shown: Indicator, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = factories.approve(factories.release(factories.staged_figure(shown)))

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no more room")

    monkeypatch.setattr(ledger, "log", fail)
    with pytest.raises(RuntimeError):
        ledger.publish(waiting)
    assert not Distribution.objects.exists()


@pytest.mark.django_db
def test_what_an_area_was_counted_as_it_stays() -> None:
    own, other, unused = factories.own_area(), factories.area("Ale"), factories.area("Vara")
    factories.publish(factories.staged_figure(factories.indicator(), of_area=other))
    for area, sentence in (
        (own, "är den egna kommunen. Välj slaget Kommun."),
        (other, "så det går inte att ändra"),
    ):
        area.full_clean()
        area.kind = AreaKind.REGION
        with pytest.raises(ValidationError, match=sentence):
            area.full_clean()
    unused.kind = AreaKind.REGION
    unused.full_clean()
