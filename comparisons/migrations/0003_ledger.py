"""What the ledger rests on: its guards in the database, and the rows that are always there."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from comparisons.terms import EMPTY_POPULATION

TABLE = "comparisons_observation"

#: Each guard: when it strikes, on which condition, and what it says.
GUARDS = {
    "observation_no_change": (
        "UPDATE OF id, indicator_id, area_id, population_id, source_id, release_id, statistic, gender, "
        "period, value, decimals, n, status, preliminary, source_status, note",
        "",
        "a published figure never changes",
    ),
    "observation_superseded_once": (
        "UPDATE OF superseded_by_id",
        "WHEN (OLD.superseded_by_id IS NOT NULL OR NEW.superseded_by_id IS NULL)",
        "a published figure is superseded once",
    ),
    "observation_no_delete": ("DELETE", "", "a published figure is never deleted"),
}


def add_guards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Triggers that refuse every change of an observation but the first ``superseded_by``."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        schema_editor.execute(
            "CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$",
            params=None,
        )
    for name, (event, condition, message) in GUARDS.items():
        action = (
            f"EXECUTE FUNCTION refuse_ledger_change('{message}')"
            if postgresql
            else f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} FOR EACH ROW {condition} {action}",
            params=None,
        )


def remove_guards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The reverse."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name in GUARDS:
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {TABLE}" if postgresql else ""))
    if postgresql:
        schema_editor.execute("DROP FUNCTION refuse_ledger_change()")


def add_first_rows(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The clock, and the empty population as the first of its table."""
    apps.get_model("comparisons", "LedgerClock").objects.create(pk=1)
    everyone = apps.get_model("comparisons", "Population").objects.create(slug="", name="")
    assert everyone.pk == EMPTY_POPULATION, "the empty population must be the table's first row"


def number_in_blocks(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let PostgreSQL take a thousand numbers at a time for staged figures, which come by the million."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER SEQUENCE comparisons_stagedfigure_id_seq CACHE 1000", params=None)


class Migration(migrations.Migration):
    dependencies = [("comparisons", "0002_tables")]

    operations = [
        migrations.RunPython(add_first_rows, migrations.RunPython.noop),
        migrations.RunPython(add_guards, remove_guards),
        migrations.RunPython(number_in_blocks, migrations.RunPython.noop),
    ]
