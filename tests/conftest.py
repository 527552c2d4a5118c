"""What every test stands on: a clean cache, and a database that is whole again after each test."""

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, override_settings

from boras_site.accounts.models import User
from boras_site.demo import build
from comparisons import roles
from comparisons.models import Observation
from tests import desk_states, factories
from tests.at_once import AtOnce, run
from tests.english import Untranslated
from tests.kolada.server import Kolada
from tests.walking import Walk

# How long it takes to make an example says how busy the machine is, and nothing of the code.
hypothesis.settings.register_profile(
    "on any machine",
    hypothesis.settings.get_profile(hypothesis.settings.get_current_profile_name()),
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("on any machine")

#: Fixtures that make a test commit for real, and so have the database emptied after it.
COMMITTING = {"transactional_db", "live_server"}
#: Fixtures by which a test has a database.
DATABASES = {"db", "django_db_setup", *COMMITTING}


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leave what is loaded by now to itself: a sixth of the suite's time went into looking through it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def commits(item: pytest.Item) -> bool:
    """Whether the test commits for real."""
    marker = item.get_closest_marker("django_db")
    marked = marker is not None and bool(marker.kwargs.get("transaction"))
    return marked or bool(COMMITTING & set(getattr(item, "fixturenames", ())))


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what asks no database as the same on both, before pytest chooses by marks."""
    asks = item.get_closest_marker("django_db") or DATABASES & set(getattr(item, "fixturenames", ()))
    if not asks:
        item.add_marker("once")


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


@pytest.fixture
def reviewer(db: None) -> Client:
    """A browser in which a reviewer is logged in, who may publish."""
    return factories.client(factories.user(roles.REVIEWER))


@pytest.fixture
def few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of any number of municipalities a median is shown: what is made of four is easily followed."""
    monkeypatch.setattr("comparisons.spreads.FEWEST_MUNICIPALITIES", 1)


@pytest.fixture
def at_once(tmp_path: Path, transactional_db: None) -> AtOnce:
    """Runs calls in threads at the same time; returns what each returned or raised."""
    return partial(run, tmp_path)


@pytest.fixture(scope="module")
def under_way(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[desk_states.DeskStates]:
    """The demo with work of every kind under way, once for all tests of a module; gone after them."""
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")))
        stack.callback(cache.clear)
        stack.enter_context(transaction.atomic())
        build.build()
        yield desk_states.furnish()
        transaction.set_rollback(True)


@pytest.fixture
def sit_down(under_way: desk_states.DeskStates) -> Iterator[Callable[..., Walk]]:
    """Sits down one of the demo's users, or nobody, at the desk. At the end nothing English was met."""
    walks: list[Walk] = []
    with Untranslated() as untranslated:

        def sit(who: str = "") -> Walk:
            client = factories.client(User.objects.get(username=who)) if who else Client()
            walks.append(Walk(client, untranslated))
            return walks[-1]

        yield sit
    assert "".join(walk.tally() for walk in walks) == ""


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


@pytest.fixture
def kolada(settings: Any) -> Iterator[Kolada]:
    """A server that speaks Kolada's API; the site asks it, and does not wait long."""
    served = Kolada()
    settings.KOLADA_URL = served.url
    settings.KOLADA_HOSTS = ["127.0.0.1", "api.kolada.se"]
    settings.KOLADA_TIMEOUT = 0.3
    settings.KOLADA_RETRIES = 2
    settings.KOLADA_BACKOFF = 0.01
    settings.KOLADA_MOST_WAIT = 2
    settings.KOLADA_PACE = 1000
    yield served
    served.close()
