"""Undo: a new release that takes one back, and never what somebody published since."""

from decimal import Decimal
from typing import Any

import pytest

from comparisons import ledger
from comparisons.models import Indicator, Observation, Release, StagedFigure
from comparisons.rows import CONTENT
from comparisons.terms import Status
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown() -> Indicator:
    return factories.indicator()


def live() -> dict[int, Decimal | None]:
    """What is public: the value of each period; withdrawn ones are not there."""
    rows = Observation.objects.filter(superseded_by=None).exclude(status=Status.WITHDRAWN)
    return {row.period // 1000: row.value for row in rows}


def undo(release: Release) -> ledger.Undone:
    """Undo, approve and publish."""
    undone = ledger.undo(release)
    if undone.release:
        ledger.publish(factories.approve(undone.release))
    return undone


def test_values_stand_as_before_and_new_figures_are_withdrawn(shown: Indicator) -> None:
    factories.publish(factories.staged_figure(shown, "10.4"))
    wrong = factories.publish(
        factories.staged_figure(shown, "99"), factories.staged_figure(shown, "9", "2016")
    )
    undone = undo(wrong)
    assert live() == {2017: Decimal("10.4")}
    assert Observation.objects.get(superseded_by=None, period=2016129).status == Status.WITHDRAWN
    assert undone.kept == []
    assert undone.release is not None
    assert undone.release.undoes == wrong
    assert undone.release.title == "Ångra: Rättelse"


def test_undoing_makes_a_draft_and_publishes_nothing(shown: Indicator) -> None:
    wrong = factories.publish(factories.staged_figure(shown, "99"))
    undone = ledger.undo(wrong)
    assert undone.release is not None and undone.release.state == Release.State.DRAFT
    assert live() == {2017: Decimal(99)}


def test_everything_a_figure_said_comes_back(shown: Indicator) -> None:
    said: dict[str, Any] = {
        "n": 290,
        "preliminary": True,
        "source_status": "Prel",
        "note": "Med Öckerö.",
        "source_id": factories.source("MSB").pk,
        "decimals": 3,
    }
    first = factories.publish(factories.staged_figure(shown, "10.4", **said)).observations.get()
    undo(factories.publish(factories.staged_figure(shown, "99")))
    now = Observation.objects.get(superseded_by=None)
    assert now.pk != first.pk
    assert [getattr(now, name) for name in CONTENT] == [getattr(first, name) for name in CONTENT]


@pytest.mark.parametrize("status", [Status.SUPPRESSED, Status.NOT_ASKED])
def test_a_reason_for_a_missing_value_comes_back(shown: Indicator, status: str) -> None:
    factories.publish(factories.staged_figure(shown, status=status))
    undo(factories.publish(factories.staged_figure(shown, "99")))
    assert Observation.objects.get(superseded_by=None).status == status


def test_a_withdrawn_figure_comes_back(shown: Indicator) -> None:
    factories.publish(factories.staged_figure(shown, "10.4"))
    undo(factories.publish(factories.staged_figure(shown, status=Status.WITHDRAWN)))
    assert live() == {2017: Decimal("10.4")}


def test_what_somebody_published_since_is_left_alone_and_listed(shown: Indicator) -> None:
    factories.publish(factories.staged_figure(shown, "10.4"))
    wrong = factories.publish(
        factories.staged_figure(shown, "99"), factories.staged_figure(shown, "9", "2016")
    )
    factories.publish(factories.staged_figure(shown, "10.5"))
    undone = undo(wrong)
    assert undone.kept == ["Antal anmälda våldsbrott, Borås 2017"]
    assert live() == {2017: Decimal("10.5")}


def test_what_is_published_while_the_undoing_waits_is_not_taken_back(shown: Indicator) -> None:
    wrong = factories.publish(factories.staged_figure(shown, "99"))
    waiting = ledger.undo(wrong).release
    assert waiting is not None
    factories.publish(factories.staged_figure(shown, "10.5"))
    with pytest.raises(ledger.FiguresMoved):
        ledger.publish(factories.approve(waiting))
    assert live() == {2017: Decimal("10.5")}


def test_undoing_an_undo_puts_the_release_back(shown: Indicator) -> None:
    factories.publish(factories.staged_figure(shown, "10.4"))
    changed = factories.publish(
        factories.staged_figure(shown, "11"), factories.staged_figure(shown, "9", "2016")
    )
    first = undo(changed).release
    assert first is not None and live() == {2017: Decimal("10.4")}
    second = undo(first).release
    assert second is not None and live() == {2016: Decimal(9), 2017: Decimal(11)}
    undo(second)
    assert live() == {2017: Decimal("10.4")}


def test_where_nothing_is_left_to_undo_no_release_is_made(shown: Indicator) -> None:
    wrong = factories.publish(factories.staged_figure(shown, "99"))
    undo(wrong)
    before = Release.objects.count()
    undone = ledger.undo(wrong)
    assert undone == ledger.Undone(None, ["Antal anmälda våldsbrott, Borås 2017"])
    assert Release.objects.count() == before
    assert not StagedFigure.objects.exists()


def test_a_withdrawal_that_was_published_over_leaves_nothing_to_undo(shown: Indicator) -> None:
    factories.publish(factories.staged_figure(shown, "10.4"))
    withdrawal = factories.publish(factories.staged_figure(shown, status=Status.WITHDRAWN))
    factories.publish(factories.staged_figure(shown, "10.4"))
    assert ledger.undo(withdrawal).release is None


@pytest.mark.parametrize("state", [state for state in Release.State if state != "published"])
def test_only_what_is_published_can_be_undone(state: str) -> None:
    release = factories.release(state=state)
    with pytest.raises(ledger.NotReady, match="Bara det som är publicerat"):
        ledger.undo(release)


def test_a_long_title_is_cut_to_what_a_title_may_be(shown: Indicator) -> None:
    long = factories.publish(factories.staged_figure(shown), title="Å" * 200)
    undone = ledger.undo(long).release
    assert undone is not None and len(undone.title) == 200
