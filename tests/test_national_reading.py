"""What is read of all municipalities: whose figures a page shows, and distributions, now, then and soon."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from comparisons import figures
from comparisons.models import Area, Indicator, Membership
from comparisons.records import AreaTerms
from comparisons.spreads import Group
from comparisons.terms import EMPTY_POPULATION, AreaKind, Status
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_are_enough")]

PERIOD = 2017129


def municipalities(number: int) -> list[Area]:
    """Borås, and as many others."""
    return [make.own_area(), *(make.area(f"Kommun {place}") for place in range(number))]


def published(
    areas: list[Area], of: Indicator | None = None, period: str = "2017", **fields: Any
) -> Indicator:
    """An indicator for which the areas have the values 1, 2, 3 …"""
    of = of or make.indicator()
    make.publish(
        *(make.staged_figure(of, str(value), period, of_area=area) for value, area in enumerate(areas, 1)),
        **fields,
    )
    return of


def group(of: Indicator) -> Group:
    return Group(of.pk, EMPTY_POPULATION, "T", PERIOD)


def told(source: figures.Figures, of: Indicator) -> tuple[int, Decimal, Decimal, Decimal] | None:
    """Number, lowest, median and highest."""
    found = source.spread(group(of))
    if found is None:
        return None
    spread = found.spread
    return spread.n, spread.minimum, spread.median, spread.maximum


# --- Whose figures ---------------------------------------------------------------------------


@pytest.mark.parametrize(("others", "are_many"), [(0, False), (8, False), (9, True)])
def test_other_municipalities_are_shown_while_they_are_few(others: int, are_many: bool) -> None:
    areas = municipalities(others)
    of = published(areas)
    shown = figures.live().areas_of(of.pk)
    assert shown.are_many == are_many
    assert set(shown.by_id) == {area.pk for area in (areas[:1] if are_many else areas)}
    assert len(figures.live().of_indicator(of.pk)) == len(shown.by_id)


def test_country_and_groups_with_figures_and_picked_ones_are_shown_beside_many() -> None:
    areas, riket = municipalities(9), make.country()
    of = published(areas)
    group, empty = (make.area(name, kind=AreaKind.GROUP) for name in ("Liknande", "Utan siffror"))
    make.publish(make.staged_figure(of, "3", of_area=group))
    region = make.area("Region", kind=AreaKind.REGION)
    shown = figures.live().areas_of(of.pk, [areas[3].code, "1490", "0000", region.code, "finns inte"])
    assert set(shown.by_id) == {areas[0].pk, riket.pk, group.pk, areas[3].pk}
    assert shown.picked == {areas[3].code: areas[3].pk}
    assert empty.pk not in shown.by_id


def test_a_picked_municipality_without_figures_makes_the_others_no_more() -> None:
    areas = municipalities(4)
    of = published(areas)
    without = [make.area(f"Utan {place}") for place in range(3)]
    shown = figures.live().areas_of(of.pk, [area.code for area in without])
    assert not shown.are_many and set(shown.by_id) == {area.pk for area in (*areas, *without)}


def test_corrections_are_told_of_the_areas_that_are_shown() -> None:
    areas = municipalities(9)
    of = published(areas)
    make.publish(*(make.staged_figure(of, "99", of_area=area) for area in areas))
    (trail,) = figures.live().trails(of.pk)
    assert {row.area_id for row in trail} == {areas[0].pk}


# --- Distributions ---------------------------------------------------------------------------


def test_the_spread_is_live_as_it_was_and_as_it_will_be() -> None:
    areas = municipalities(3)
    of = make.indicator()
    first = make.publish(
        *(make.staged_figure(of, str(value), of_area=area) for value, area in enumerate(areas, 1))
    )
    second = make.publish(make.staged_figure(of, "40", of_area=areas[3]))
    draft = make.release(
        make.staged_figure(of, status=Status.WITHDRAWN, of_area=areas[3]),
        make.staged_figure(of, "7", of_area=make.area("Ny")),
    )
    assert first.published_at and second.published_at
    before = (4, Decimal(1), Decimal("2.5"), Decimal(4))
    assert told(figures.live(), of) == (4, Decimal(1), Decimal("2.5"), Decimal(40))
    assert told(figures.as_of(first.published_at), of) == before
    assert told(figures.as_of(second.published_at - timedelta(microseconds=1)), of) == before
    assert told(figures.as_of(first.published_at - timedelta(microseconds=1)), of) is None
    assert told(figures.with_release(draft), of) == (4, Decimal(1), Decimal("2.5"), Decimal(7))
    make.approve(draft)
    from comparisons import ledger

    ledger.publish(draft)
    assert told(figures.live(), of) == (4, Decimal(1), Decimal("2.5"), Decimal(7))


def test_a_release_that_touches_no_municipality_leaves_the_spread() -> None:
    of = published(municipalities(3))
    draft = make.release(
        make.staged_figure(of, "99", of_area=make.country()),
        make.staged_figure(of, "99", statistic="median", of_area=make.country()),
        make.staged_figure(of, "99", "2018"),
    )
    assert told(figures.with_release(draft), of) == told(figures.live(), of)


def test_a_release_that_withdraws_every_value_takes_the_spread_away() -> None:
    areas = municipalities(2)
    of = published(areas)
    draft = make.release(*(make.staged_figure(of, status=Status.WITHDRAWN, of_area=area) for area in areas))
    assert told(figures.with_release(draft), of) is None


def test_municipalities_are_read_with_their_values_and_their_gaps() -> None:
    areas = municipalities(2)
    of = make.indicator(source=make.source("Brå", fetched_from="Kolada"))
    make.publish(
        make.staged_figure(of, "10.4", of_area=areas[0]),
        make.staged_figure(of, status=Status.TOO_FEW, of_area=areas[1]),
        make.staged_figure(of, "8", "2016", of_area=areas[2]),
        make.staged_figure(of, "8", gender="K", of_area=areas[2]),
        make.staged_figure(of, "9", of_area=make.country()),
    )
    found = {one.area.name: one for one in figures.live().municipalities(group(of))}
    assert {name: (one.code, one.figure.value) for name, one in found.items()} == {
        "Borås": ("1490", Decimal("10.4")),
        "Kommun 0": (areas[1].code, None),
    }
    assert found["Borås"].area.is_own and found["Kommun 0"].figure.status == Status.TOO_FEW
    summed = figures.live().spread(group(of))
    assert summed is not None and (summed.origin, summed.spread.n) == ("Kolada", 1)


# --- Similar municipalities ------------------------------------------------------------------


def test_the_newest_overall_group_of_the_own_municipality_is_similar() -> None:
    own = make.own_area()
    members = {}
    for name, year in (
        ("Liknande kommuner, övergripande, Borås, 2024", 2024),
        ("Liknande kommuner, övergripande, Borås, 2025", 2025),
        ("Liknande kommuner, övergripande, Ale, 2026", 2026),
        ("Liknande kommuner grundskola, Borås, 2026", 2026),
    ):
        made, member = make.area(name, kind=AreaKind.GROUP, year=year), make.area(f"I {name}")
        members[name] = (made, member)
        for one in (member, own):
            Membership.objects.create(group=made, member=one)
    newest = members["Liknande kommuner, övergripande, Borås, 2025"][1]
    terms = AreaTerms(own.pk, own.name, is_own=True)
    assert figures.alike(None, terms) == [newest.pk]
    chosen, member = members["Liknande kommuner grundskola, Borås, 2026"]
    assert figures.alike(chosen.pk, terms) == [member.pk]


# --- Cost ------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [3, 60])
def test_reading_costs_the_same_however_many_municipalities(
    number: int, django_assert_num_queries: Any
) -> None:
    areas = municipalities(number)
    of = published(areas)
    draft = make.release(make.staged_figure(of, "9", of_area=areas[1]))
    live, coming = figures.live(), figures.with_release(draft)
    for source, queries in ((live, 1), (coming, 4)):  # those in force, which are touched, two layers
        with django_assert_num_queries(queries):
            assert source.spread(group(of)) is not None
    for source, queries in ((live, 1), (coming, 2)):
        with django_assert_num_queries(queries):
            assert len(source.municipalities(group(of))) == number + 1
    with django_assert_num_queries(1):
        live.areas_of(of.pk, [areas[1].code])
    with django_assert_num_queries(1):
        figures.alike(None, AreaTerms(areas[0].pk, "Borås"))
