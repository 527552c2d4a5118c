"""The rows of figures as the database holds them: their columns, their numbers, and many at once.

For those who write figures (``ledger.py``, ``loading.py``, ``distributions.py``), so that each statement
names the key in one way.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from django.db import connection, models

from comparisons.models import KEY, Observation, StagedFigure

#: What a figure says, beside its key.
CONTENT = ("value", "decimals", "n", "status", "preliminary", "source", "source_status", "note")
#: SQLite keeps fifteen significant digits; both databases are held to that.
_PRECISION = Context(prec=15, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=40, rounding=ROUND_HALF_UP)
_PLACES = Decimal("1e-8")
_ZERO = Decimal("0E-8")
#: The place of the first digit of a number that has fifteen digits when it has eight decimals.
_MILLIONS = 6


def normalise(value: Decimal) -> Decimal:
    """The value as both databases keep it: eight decimals, fifteen significant digits."""
    if value.adjusted() > _MILLIONS:
        value = _PRECISION.plus(value)
    return _WIDE.quantize(value, _PLACES) or _ZERO  # which has no sign


def attributes(names: Iterable[str], of: type[models.Model] = Observation) -> list[str]:
    """What the fields are called on an instance: ``indicator_id`` for ``indicator``."""
    return [_field(of, name).attname for name in names]


def columns(names: Iterable[str], of: type[models.Model] = Observation) -> list[str]:
    """What the fields are called in the database."""
    return [_field(of, name).column for name in names]


def _field(of: type[models.Model], name: str) -> Any:
    return of._meta.get_field(name)


def types(names: Iterable[str], of: type[models.Model] = Observation) -> list[str]:
    """What PostgreSQL calls the fields' types, without their lengths: ``varchar``."""
    return [str(_field(of, name).db_type(connection)).partition("(")[0] for name in names]


def execute(sql: str, parameters: Sequence[Any], *, left: str = "", right: str = "") -> list[tuple[Any, ...]]:
    """Run one statement with the table names and, between ``left`` and ``right``, the key filled in.

    ``{staged}``, ``{ledger}`` and ``{same_key}`` stand for them. Returns the rows, if it has any.
    """
    same_key = " AND ".join(f"{left}.{column} = {right}.{column}" for column in columns(KEY))
    statement = sql.format(
        staged=StagedFigure._meta.db_table, ledger=Observation._meta.db_table, same_key=same_key
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def insert(into: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows with these fields by the shortest way the database has: COPY, or one prepared statement.

    Values are as the database takes them: primary keys, strings, ``Decimal``, ``bool``. ``rows`` may be
    made as they are written. Returns how many there were.
    """
    table, listed = into._meta.db_table, ", ".join(columns(names, into))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Binary: the server reads no numbers from text, a seventh less of it all (make bench).
            with cursor.copy(f"COPY {table} ({listed}) FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(types(names, into))
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({places})", list(rows))
        return max(0, cursor.rowcount)
