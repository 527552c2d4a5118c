"""A fault at any step of a publication leaves every table as it was; of two publishers one succeeds."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from comparisons import distributions, ledger, rules, usage
from comparisons.models import LedgerClock, Observation, Release, StagedFigure, ThemePage
from tests import factories
from tests.at_once import AtOnce

#: The statements of its own SQL that ``publish`` runs: moved, supersede, insert, empty.
STATEMENTS = 4


class Fault(Exception):
    """What goes wrong in the middle."""


def everything() -> dict[str, list[str]]:
    """Every row of every table."""
    with connection.cursor() as cursor:
        dump = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            dump[table] = sorted(map(repr, cursor.fetchall()))
        return dump


def full_release() -> Release:
    """A release that changes a figure, adds one, and takes a page and an indicator along."""
    shown = factories.indicator()
    page = factories.theme_page(tables=[factories.table(shown)])
    factories.publish(factories.staged_figure(shown, "10.4"))
    shown.refresh_from_db()
    release = factories.release(
        factories.staged_figure(shown, "10.5"), factories.staged_figure(shown, "9", "2016")
    )
    shown.title = page.title = "Nytt namn"
    factories.member(release, shown)
    factories.member(release, page)
    return factories.approve(release)


def failing(real: Callable[..., Any], *, after: int = 1) -> Callable[..., Any]:
    """``real``, but for a fault when its call number ``after`` has done its work."""
    calls = 0

    def call(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        result = real(*args, **kwargs)
        calls += 1
        if calls == after:
            raise Fault
        return result

    return call


STEPS: dict[str, tuple[object, str, int]] = {
    "pages and indicators": (ledger, "_publish_members", 1),
    "rules": (rules, "broken", 1),
    **{f"statement {n}": (ledger, "execute", n) for n in range(1, STATEMENTS + 1)},
    "distributions": (distributions, "compute", 1),
    "telling the pages": (usage, "touch_what_shows", 1),
    "the clock": (LedgerClock.objects, "filter", 1),
    "the log": (ledger, "log", 1),
    "reading the release back": (Release, "refresh_from_db", 1),
}


@pytest.mark.django_db
@pytest.mark.parametrize("where, name, call", STEPS.values(), ids=STEPS)
def test_a_fault_at_any_step_leaves_everything_as_it_was(
    monkeypatch: pytest.MonkeyPatch, where: object, name: str, call: int
) -> None:
    release = full_release()
    before = everything()
    monkeypatch.setattr(where, name, failing(getattr(where, name), after=call))
    with pytest.raises(Fault):
        ledger.publish(release)
    assert everything() == before
    monkeypatch.undo()
    assert ledger.publish(release).published_at is not None


@pytest.mark.django_db
def test_the_faults_above_are_tried_after_every_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    release = full_release()
    never = failing(ledger.execute, after=STATEMENTS + 1)
    monkeypatch.setattr(ledger, "execute", never)
    ledger.publish(release)


@pytest.mark.django_db
def test_a_refused_publication_leaves_everything_as_it_was() -> None:
    release = full_release()
    ThemePage.objects.get().save_revision().publish()
    before = everything()
    with pytest.raises(ledger.MemberMoved):
        ledger.publish(release)
    assert everything() == before


# --- At the same time ------------------------------------------------------------------------


@pytest.fixture
def slow_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives the other publisher time to come as far as she can."""
    quick = rules.broken

    def slow(*args: Any) -> Any:
        time.sleep(0.3)
        return quick(*args)

    monkeypatch.setattr(rules, "broken", slow)


def kinds(results: list[Any]) -> set[str]:
    return {type(result).__name__ for result in results}


def test_of_two_publishers_of_one_figure_exactly_one_succeeds(at_once: AtOnce, slow_rules: None) -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    both = [
        factories.approve(factories.release(factories.staged_figure(shown, value)))
        for value in ("10.5", "10.6")
    ]
    results = at_once(*(lambda release=release: ledger.publish(release) for release in both))
    assert kinds(results) == {"Release", "FiguresMoved"}, results
    assert at_once(
        lambda: [
            Observation.objects.filter(superseded_by=None).count(),
            Observation.objects.count(),
            StagedFigure.objects.count(),
            Release.objects.filter(state=Release.State.APPROVED).count(),
            LedgerClock.objects.get().version,
        ]
    ) == [[1, 2, 1, 1, 2]]


def test_of_two_publishers_of_one_release_exactly_one_succeeds(at_once: AtOnce, slow_rules: None) -> None:
    release = factories.approve(factories.release(factories.staged_figure(factories.indicator())))
    results = at_once(lambda: ledger.publish(release), lambda: ledger.publish(release))
    assert kinds(results) == {"Release", "NotReady"}, results
    assert at_once(lambda: Observation.objects.count()) == [1]


def test_two_publishers_of_different_figures_both_succeed_one_after_the_other(
    at_once: AtOnce, slow_rules: None
) -> None:
    shown = factories.indicator()
    both = [
        factories.approve(factories.release(factories.staged_figure(shown, "1", period)))
        for period in ("2016", "2017")
    ]
    results = at_once(*(lambda release=release: ledger.publish(release) for release in both))
    assert kinds(results) == {"Release"}, results
    assert len({release.published_at for release in results}) == 2


def test_submitting_waits_until_staging_is_done(at_once: AtOnce, slow_rules: None) -> None:
    draft = factories.release()
    figure = factories.staged_figure(factories.indicator())

    def submit_a_little_later() -> float:
        time.sleep(0.1)
        start = time.monotonic()
        Release.objects.filter(pk=draft.pk).update(state=Release.State.SUBMITTED)
        return time.monotonic() - start

    staged, waited = at_once(lambda: ledger.stage(draft, [figure]), submit_a_little_later)
    assert staged == 1
    assert waited > 0.1  # of the 0.2 s that staging has left
