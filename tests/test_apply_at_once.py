"""Two who bring figures in at the same time: they do not wait for each other in a ring."""

import threading
import time
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import ProtectedError

from comparisons import ledger
from comparisons.intake.apply import stage_as_draft
from comparisons.models import Release
from tests import factories
from tests.at_once import AtOnce

pytestmark = pytest.mark.django_db(transaction=True)


def _somebody_waits() -> bool:
    if connection.vendor != "postgresql":
        return True  # SQLite lets one at a time begin to write, and cannot be asked who waits
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_one_that_has_the_turn_first_and_one_that_takes_it_last(at_once: AtOnce) -> None:
    """As the worker and Kolada take it, and as the command does."""
    of = [factories.indicator("Våldsbrott"), factories.indicator("Stölder")]
    intakes = [factories.intake(), factories.intake()]
    has_turn = threading.Event()

    def stage(number: int) -> Release | None:
        words: dict[str, Any] = {"title": f"Nummer {number}", "reason": "", "user": None}
        return stage_as_draft(intakes[number], [[factories.entry(of[number])]], **words).release

    def first() -> Release | None:
        with transaction.atomic():
            ledger.wait_for_turn()
            has_turn.set()
            until = time.monotonic() + 20
            while not _somebody_waits() and time.monotonic() < until:
                time.sleep(0.01)
            return stage(0)

    def last() -> Release | None:
        has_turn.wait(20)
        return stage(1)

    assert [str(made) for made in at_once(first, last)] == ["Nummer 0", "Nummer 1"]


def test_what_figures_are_being_staged_of_is_not_deleted(at_once: AtOnce) -> None:
    """Nothing in the staging table holds it, and figures that are not committed are not seen."""
    of, intake = factories.indicator("Våldsbrott"), factories.intake()
    is_staged = threading.Event()

    def stage() -> Release | None:
        with transaction.atomic():
            made = stage_as_draft(intake, [[factories.entry(of)]], title="Ny", reason="", user=None)
            is_staged.set()
            until = time.monotonic() + 20
            while not _somebody_waits() and time.monotonic() < until:
                time.sleep(0.01)
            return made.release

    def delete() -> object:
        is_staged.wait(20)
        return of.delete()

    made, refused = at_once(stage, delete)
    assert str(made) == "Ny"
    assert isinstance(refused, ProtectedError), refused
