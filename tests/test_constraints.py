"""What the database itself refuses, whoever writes to it."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, ProtectedError
from django.db.models.fields import Field

from comparisons.models import (
    Area,
    Indicator,
    LedgerClock,
    Observation,
    Population,
    Release,
    StagedFigure,
)
from comparisons.models.observations import PERIOD_TAILS, Figure
from comparisons.periods import FIRST_YEAR, LAST_YEAR, Period
from comparisons.terms import Gender, Statistic, Status
from tests import factories

pytestmark = pytest.mark.django_db
TABLES = {"staged": StagedFigure, "observation": Observation}


def row(model: Any, **fields: Any) -> Any:
    """A row that is not saved, of a table of figures, good but for ``fields``."""
    good = factories.staged_figure(Indicator.objects.first() or factories.indicator())
    names = [field.attname for field in Figure._meta.fields]
    names += ["indicator_id", "area_id", "population_id", "source_id"]
    if "release" not in fields:
        fields["release"] = factories.release()
    return model(**({name: getattr(good, name) for name in names} | fields))


def refuses(saved: Model, reason: str | None = None) -> None:
    """Saving it is refused, for the reason if one is given."""
    with pytest.raises(IntegrityError, match=reason), transaction.atomic():
        saved.save(force_insert=True)


# --- What one row can tell -------------------------------------------------------------------

BAD: list[tuple[str, dict[str, Any]]] = [
    *(("value_unless_missing", {"status": status}) for status in Status.values if status != Status.NORMAL),
    ("value_unless_missing", {"value": None}),
    ("value_unless_missing", {"decimals": None}),
    ("value_unless_missing", {"value": None, "decimals": None}),
    ("value_unless_missing", {"value": None, "status": Status.MISSING}),
    ("value_unless_missing", {"decimals": None, "status": Status.MISSING}),
    ("status_known", {"status": "secret", "value": None, "decimals": None}),
    ("statistic_known", {"statistic": "mode"}),
    ("gender_known", {"gender": "X"}),
    ("gender_known", {"gender": ""}),
    ("decimals_0_8", {"decimals": 9}),
    ("decimals_0_8", {"decimals": -1}),
    ("n_positive", {"n": 0}),
    ("n_positive", {"n": -5}),
    ("share_0_100", {"statistic": Statistic.SHARE_YES, "value": Decimal("100.5")}),
    ("share_0_100", {"statistic": Statistic.SHARE_YES, "value": Decimal("-0.00000001")}),
    *(("period_in_range", {"period": period}) for period in (1899129, 2101129, 129, -2017129)),
    *(
        ("period_is_one", {"period": period})
        for period in (2017130, 2017000, 2017009, 2017139, 2019053, 2019022, 2019096, 2019012, 2019125)
    ),
]
GOOD: list[dict[str, Any]] = [
    {},
    {"value": Decimal(0), "decimals": 0},
    {"value": Decimal("-9999999999.99999999"), "decimals": 8},
    {"n": 1, "preliminary": True},
    *({"gender": gender} for gender in Gender.values),
    *({"statistic": statistic} for statistic in Statistic.values),
    *({"statistic": Statistic.SHARE_YES, "value": Decimal(value)} for value in (0, 100)),
    *(
        {"status": status, "value": None, "decimals": None}
        for status in Status.values
        if status != Status.NORMAL
    ),
]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("check, fields", BAD)
def test_a_row_that_may_not_be_is_refused(table: str, check: str, fields: dict[str, Any]) -> None:
    refuses(row(TABLES[table], **fields), f"{table}_{check}")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("fields", GOOD, ids=str)
def test_a_row_that_may_be_is_saved(table: str, fields: dict[str, Any]) -> None:
    row(TABLES[table], **fields).save(force_insert=True)


def test_every_check_is_tried() -> None:
    assert {check for check, _ in BAD} == {check.name.removeprefix("x_") for check in Figure.checks("x")}


def test_the_database_takes_every_period_there_is_and_no_other() -> None:
    shown, release = factories.indicator(), factories.release()
    years = (FIRST_YEAR, 2019, LAST_YEAR)
    periods = [year * 1000 + tail for year in years for tail in PERIOD_TAILS]
    StagedFigure.objects.bulk_create(
        factories.staged_figure(shown, period=Period(code).key, release=release) for code in periods
    )
    for tail in set(range(1000)) - set(PERIOD_TAILS):
        with pytest.raises(ValueError):
            Period(2019000 + tail)


# --- What takes another row ------------------------------------------------------------------


def test_two_live_figures_of_one_key_are_refused() -> None:
    row(Observation).save()
    refuses(row(Observation, value=Decimal(3)))


def test_two_figures_of_one_key_in_one_publication_are_refused() -> None:
    release = factories.release()
    row(Observation, release=release, superseded_by=factories.release()).save()
    refuses(row(Observation, release=release))


def test_one_key_twice_in_one_draft_is_refused() -> None:
    release = factories.release()
    row(StagedFigure, release=release).save()
    refuses(row(StagedFigure, release=release))


@pytest.mark.parametrize(
    "other",
    [
        {"period": 2018129},
        {"gender": Gender.WOMEN},
        {"statistic": Statistic.MEDIAN},
        {"area_id": lambda: factories.area().pk},
        {"population_id": lambda: factories.population().pk},
        {"indicator_id": lambda: factories.indicator("Skadegörelse").pk},
    ],
    ids=lambda other: next(iter(other)),
)
def test_every_part_of_the_key_tells_figures_apart(other: dict[str, Any]) -> None:
    factories.indicator()
    release = factories.release()
    made = {name: value() if callable(value) else value for name, value in other.items()}
    for model in TABLES.values():
        row(model, release=release).save()
        row(model, release=release, **made).save()


def test_the_ledger_takes_no_figure_of_an_area_that_does_not_exist() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row(Observation, area_id=999_999).save()
        connection.check_constraints()


def test_there_is_one_clock() -> None:
    assert LedgerClock.objects.count() == 1
    refuses(LedgerClock(pk=2))


def test_the_first_population_is_the_empty_one_and_there_is_no_second() -> None:
    assert Population.objects.get(pk=1).slug == ""
    refuses(Population(slug="", name=""))


@pytest.mark.parametrize(
    "fields",
    [
        {"state": Release.State.PUBLISHED},
        {"state": Release.State.DRAFT, "published_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"state": "lost"},
    ],
    ids=str,
)
def test_a_release_has_a_time_of_publication_when_it_is_published_and_only_then(
    fields: dict[str, Any],
) -> None:
    refuses(Release(title="Rättelse", reason="", **fields))


@pytest.mark.parametrize(
    "made, reason",
    [
        (lambda: Area(code="", name="Ingen"), "area_has_code"),
        (lambda: Area(code="1", name="Ingen", kind="planet"), "area_kind_known"),
        (lambda: Indicator(title="x", value_type="text"), "indicator_value_type_known"),
        (lambda: Indicator(title="x", value_type="points"), "indicator_points_have_scale"),
        (
            lambda: Indicator(title="x", value_type="index", scale_min=5, scale_max=5),
            "indicator_scale_rises",
        ),
        (lambda: Indicator(title="x", value_type="index", scale_min=5), "indicator_scale_rises"),
        (
            lambda: Indicator(title="x", value_type="count", polarity="up"),
            "indicator_polarity_known",
        ),
    ],
)
def test_what_figures_are_about_is_held_to_its_terms(made: Callable[[], Any], reason: str) -> None:
    thing = made()
    if isinstance(thing, Indicator):
        thing.source = factories.source()
    refuses(thing, reason)


# --- A published figure never changes --------------------------------------------------------


def other_value(field: Field[Any, Any]) -> Any:
    """Another value than the row has, that its column could hold."""
    others = {
        "id": 999_999,
        "indicator": lambda: factories.indicator("Skadegörelse").pk,
        "area": lambda: factories.area().pk,
        "population": lambda: factories.population().pk,
        "source": lambda: factories.source("MSB").pk,
        "release": lambda: factories.release().pk,
        "statistic": Statistic.MEAN,
        "gender": Gender.MEN,
        "period": 2016129,
        "value": Decimal("10.5"),
        "decimals": 2,
        "n": 3,
        "status": Status.MISSING,
        "preliminary": True,
        "source_status": "Prel",
        "note": "Ändrad.",
    }
    value = others[field.name]
    return value() if callable(value) else value


COLUMNS = [field for field in Observation._meta.concrete_fields if field.name != "superseded_by"]


@pytest.fixture
def published() -> Observation:
    """A figure that is live."""
    return factories.publish(factories.staged_figure(factories.indicator())).observations.get()


def unchanged(act: Callable[[], Any], reason: str) -> None:
    """What is done is refused, and the ledger is as before."""
    before = list(Observation.objects.values())
    with pytest.raises(IntegrityError, match=reason), transaction.atomic():
        act()
    assert list(Observation.objects.values()) == before


@pytest.mark.parametrize("field", COLUMNS, ids=lambda field: field.name)
def test_no_column_of_a_published_figure_changes(published: Observation, field: Field[Any, Any]) -> None:
    rows = Observation.objects.filter(pk=published.pk)
    value = other_value(field)
    unchanged(lambda: rows.update(**{field.attname: value}), "never changes")


def test_a_published_figure_is_not_saved_again(published: Observation) -> None:
    published.note = "Ändrad."
    unchanged(lambda: published.save(update_fields=["note"]), "never changes")
    unchanged(published.save, "a published figure")  # two guards strike, either may be first


def test_a_figure_is_superseded_once_and_for_ever(published: Observation) -> None:
    rows = Observation.objects.filter(pk=published.pk)
    unchanged(lambda: rows.update(superseded_by=None), "superseded once")
    rows.update(superseded_by=factories.release())
    unchanged(lambda: rows.update(superseded_by=factories.release()), "superseded once")
    unchanged(lambda: rows.update(superseded_by=None), "superseded once")


def test_a_published_figure_is_never_deleted(published: Observation) -> None:
    table = Observation._meta.db_table

    def by_hand() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE id = %s", [published.pk])

    unchanged(by_hand, "never deleted")
    unchanged(published.delete, "never deleted")
    unchanged(Observation.objects.all().delete, "never deleted")
    published.refresh_from_db()


def test_a_release_that_was_published_is_never_deleted(published: Observation) -> None:
    with pytest.raises(ProtectedError):
        published.release.delete()


@pytest.mark.django_db(transaction=True)
def test_emptying_the_database_after_a_test_leaves_the_guards_in_place() -> None:
    factories.publish(factories.staged_figure(factories.indicator()))
    if connection.vendor == "sqlite":  # else truncated, which fires no guard of a row
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        connection.creation.deserialize_db_from_string(
            connection._test_serialized_contents  # type: ignore[attr-defined]
        )
        factories.publish(factories.staged_figure(factories.indicator()))
    unchanged(Observation.objects.all().delete, "never deleted")


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
