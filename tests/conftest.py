"""What every test stands on: a clean cache, and a database that is whole again after each test."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from comparisons import roles
from comparisons.models import Observation
from tests import factories

#: Fixtures that make a test commit for real, and so have the database emptied after it.
COMMITTING = {"transactional_db", "live_server"}


def commits(item: pytest.Item) -> bool:
    """Whether the test commits for real."""
    marker = item.get_closest_marker("django_db")
    marked = marker is not None and bool(marker.kwargs.get("transaction"))
    return marked or bool(COMMITTING & set(getattr(item, "fixturenames", ())))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests that commit come last, and find the migrations' rows: clock, empty population, root.

    Last of all, for a fixture of a module may read the database for tests that are not marked.
    """
    items.sort(key=commits)
    for item in filter(commits, items):
        whole = pytest.mark.django_db(transaction=True, serialized_rollback=True)
        item.add_marker(whole, append=False)


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    """Wagtail keeps the sites' root pages in the cache, which no rollback reaches."""
    yield
    cache.clear()


@pytest.fixture
def desk(db: None) -> Client:
    """A browser in which a communicator is logged in."""
    return factories.client(factories.user(roles.COMMUNICATOR))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Let SQLite empty the ledger after a test: it deletes rows where PostgreSQL truncates."""
    if connection.vendor == "sqlite":
        empty = connection.ops.sql_flush

        def empty_the_guarded_too(*args: Any, **kwargs: Any) -> list[str]:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                    [Observation._meta.db_table],
                )
                guards = cursor.fetchall()
            return [
                *(f"DROP TRIGGER {name}" for name, _ in guards),
                *empty(*args, **kwargs),
                *(sql for _, sql in guards),
            ]

        connection.ops.sql_flush = empty_the_guarded_too  # type: ignore[method-assign]
