"""Publishing: what was reviewed is what is published, at the same cost for one figure and many."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from comparisons import ledger
from comparisons.models import LedgerClock, Observation, Release, StagedFigure
from comparisons.terms import Status
from tests import factories

pytestmark = pytest.mark.django_db

#: Of a release without pages; two of them are the savepoint that a test makes of the transaction.
PUBLISH_QUERIES = 23


def test_publishing_one_figure_and_a_hundred_thousand_takes_the_same_queries() -> None:
    factories.publish(factories.staged_figure(factories.indicator()))  # content types are cached
    for number in (1, 1_000, 100_000):
        release = factories.release()
        factories.many_staged(release, number)
        factories.approve(release)
        with CaptureQueriesContext(connection) as queries:
            ledger.publish(release)
        assert release.observations.count() == number
        assert len(queries) == PUBLISH_QUERIES, [query["sql"][:200] for query in queries]


def test_a_publication_inserts_supersedes_and_empties() -> None:
    shown = factories.indicator()
    first = factories.publish(
        factories.staged_figure(shown, "10.4"), factories.staged_figure(shown, "9", "2016")
    )
    second = factories.publish(factories.staged_figure(shown, "10.5", note="Rättad."))
    rows = Observation.objects.order_by("pk").values_list("period", "value", "release", "superseded_by")
    assert sorted(rows, key=lambda row: (row[0], row[1])) == [
        (2016129, Decimal(9), first.pk, None),
        (2017129, Decimal("10.4"), first.pk, second.pk),
        (2017129, Decimal("10.5"), second.pk, None),
    ]
    assert not StagedFigure.objects.exists()
    assert second.state == Release.State.PUBLISHED
    entry = ModelLogEntry.objects.get(object_id=str(second.pk))
    assert entry.action == "comparisons.release.publish"


def test_a_withdrawn_figure_leaves_a_row_without_a_value() -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    factories.publish(factories.staged_figure(shown, status=Status.WITHDRAWN))
    live = Observation.objects.get(superseded_by=None)
    assert (live.status, live.value, live.decimals) == (Status.WITHDRAWN, None, None)


@pytest.mark.parametrize("state", [state for state in Release.State if state not in Release.READY])
def test_only_what_is_approved_can_be_published(state: str) -> None:
    release = factories.release(factories.staged_figure(factories.indicator()))
    at = timezone.now() if state == Release.State.PUBLISHED else None
    Release.objects.filter(pk=release.pk).update(state=state, published_at=at)
    with pytest.raises(ledger.NotReady, match="inte godkänd"):
        ledger.publish(release)
    assert not Observation.objects.exists()


@pytest.mark.parametrize("state", Release.READY)
def test_what_is_approved_or_scheduled_can_be_published(state: str) -> None:
    release = factories.release(factories.staged_figure(factories.indicator()))
    Release.objects.filter(pk=release.pk).update(state=state)
    assert ledger.publish(release).published_at is not None


def test_the_second_of_two_releases_reviewed_against_one_figure_is_refused() -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    first = factories.approve(factories.release(factories.staged_figure(shown, "10.5")))
    second = factories.approve(
        factories.release(factories.staged_figure(shown, "10.6"), factories.staged_figure(shown, "9", "2016"))
    )
    ledger.publish(first)
    with pytest.raises(ledger.FiguresMoved) as refused:
        ledger.publish(second)
    assert refused.value.lines == [
        "Antal anmälda våldsbrott, Borås 2017: var 10,4 när den granskades, är nu 10,5."
    ]
    assert str(refused.value) == refused.value.lines[0]
    second.refresh_from_db()
    assert second.state == Release.State.APPROVED
    assert second.staged.count() == 2


@pytest.mark.parametrize(
    "published, line",
    [
        ([{"value": "10.5"}], "var inget värde när den granskades, är nu 10,5."),
        ([{"value": "0"}], "var inget värde när den granskades, är nu 0."),
        ([{"status": Status.SUPPRESSED}], "är nu .. sekretess."),
        ([{"value": "3"}, {"status": Status.WITHDRAWN}], "är nu inget värde."),
    ],
)
def test_a_figure_that_was_new_when_it_was_reviewed_moves_too(
    published: list[dict[str, str]], line: str
) -> None:
    shown = factories.indicator()
    waiting = factories.approve(factories.release(factories.staged_figure(shown, "10.6")))
    for fields in published:
        factories.publish(factories.staged_figure(shown, **fields))  # type: ignore[arg-type]
    with pytest.raises(ledger.FiguresMoved) as refused:
        ledger.publish(waiting)
    assert refused.value.lines[0].endswith(line)


def test_figures_that_moved_are_told_of_up_to_a_limit() -> None:
    shown = factories.indicator()
    years = [str(year) for year in range(1940, 2000)]
    waiting = factories.release(*(factories.staged_figure(shown, "1", year) for year in years))
    factories.publish(*(factories.staged_figure(shown, "2", year) for year in years))
    with pytest.raises(ledger.FiguresMoved) as refused:
        ledger.publish(factories.approve(waiting))
    assert len(refused.value.lines) == 50


def test_compared_again_it_is_a_draft_and_can_be_published_after_approval() -> None:
    shown = factories.indicator()
    waiting = factories.approve(
        factories.release(factories.staged_figure(shown, "10.6"), factories.staged_figure(shown, "9", "2016"))
    )
    factories.publish(factories.staged_figure(shown, "10.5"), factories.staged_figure(shown, "9", "2016"))
    ledger.compare_again(waiting)
    assert waiting.state == Release.State.DRAFT
    with pytest.raises(ledger.NotReady):
        ledger.publish(waiting)
    assert [figure.period for figure in waiting.staged.all()] == [2017129]  # 2016 is 9 already
    ledger.publish(factories.approve(waiting))
    assert Observation.objects.get(superseded_by=None, period=2017129).value == Decimal("10.6")


def test_comparing_a_published_release_again_changes_nothing() -> None:
    published = factories.publish(factories.staged_figure(factories.indicator()))
    with pytest.raises(ledger.NotOpen, match="redan publicerad"):
        ledger.compare_again(published)
    published.refresh_from_db()
    assert published.state == Release.State.PUBLISHED


def test_times_of_publication_rise_even_when_the_clock_of_the_machine_goes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = factories.indicator()
    first = factories.publish(factories.staged_figure(shown, "1"))
    monkeypatch.setattr(ledger.timezone, "now", lambda: datetime(2020, 1, 1, tzinfo=UTC))
    second = factories.publish(factories.staged_figure(shown, "2"))
    assert first.published_at and second.published_at
    assert second.published_at - first.published_at == timedelta(microseconds=1)
    clock = LedgerClock.objects.get()
    assert (clock.version, clock.at) == (2, second.published_at)


def test_a_page_and_an_indicator_of_the_release_go_public_with_it() -> None:
    shown = factories.indicator(live=False)
    page = factories.theme_page(live=False)
    release = factories.release(factories.staged_figure(shown))
    shown.title = page.title = "Nytt namn"
    factories.member(release, shown)
    factories.member(release, page)
    ledger.publish(factories.approve(release))
    for published in (shown, page):
        published.refresh_from_db()
        assert (published.live, published.title) == (True, "Nytt namn")


def test_a_page_that_somebody_else_published_meanwhile_stops_the_release() -> None:
    page = factories.theme_page()
    release = factories.release(factories.staged_figure(factories.indicator()))
    factories.member(release, page)
    page.save_revision().publish()
    with pytest.raises(ledger.MemberMoved, match="har publicerats av någon annan"):
        ledger.publish(factories.approve(release))
    assert not Observation.objects.exists()


def test_an_indicators_draft_may_give_its_first_figures_their_scale() -> None:
    shown = factories.indicator(value_type="points", live=False)
    release = factories.release(factories.staged_figure(shown, "9"))
    shown.unit, shown.scale_max = "poäng", Decimal(9)
    factories.member(release, shown)
    ledger.publish(factories.approve(release))
    shown.refresh_from_db()
    assert shown.live and shown.unit == "poäng"


def test_an_indicators_draft_may_not_change_what_published_figures_mean() -> None:
    shown = factories.indicator()
    release = factories.release()
    shown.unit = "kronor"
    factories.member(release, shown)
    factories.publish(factories.staged_figure(shown, "9"))
    ledger.stage(release, [factories.staged_figure(shown, "8")])
    with pytest.raises(ledger.MemberBroken, match="Enhet kan inte ändras"):
        ledger.publish(factories.approve(release))
    assert Observation.objects.get().value == Decimal(9)
