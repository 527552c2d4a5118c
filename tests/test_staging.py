"""Staging: what a draft release holds, what it leaves out, and when it is frozen."""

from decimal import Decimal
from typing import Any

import pytest

from comparisons import changes, ledger, loading, rows, rules
from comparisons.models import Indicator, Observation, Release, StagedFigure
from comparisons.terms import Status
from tests import factories

pytestmark = pytest.mark.django_db


def figure(value: str | None = "10.4", **fields: Any) -> StagedFigure:
    """A figure of the one indicator of the test."""
    return factories.staged_figure(Indicator.objects.first() or factories.indicator(), value, **fields)


def as_entry(value: str | None = "10.4", **fields: Any) -> loading.Entry:
    """The same as a file or Kolada says it."""
    return factories.entry(Indicator.objects.get(), value, **fields)


UNCHANGED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "the same value": ({"value": "10.4"}, {"value": "10.4"}),
    "zero again": ({"value": "0"}, {"value": "0"}),
    "the same reason": ({"status": Status.SUPPRESSED}, {"status": Status.SUPPRESSED}),
    "the same to fifteen digits": (
        {"value": "1234567890.12345"},
        {"value": "1234567890.123450001", "decimals": 5},
    ),
}
CHANGED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "another value": ({"value": "10.4"}, {"value": "10.5"}),
    "more decimals of the same value": ({"value": "0.5"}, {"value": "0.50"}),
    "zero after a missing value": ({"status": Status.MISSING}, {"value": "0"}),
    "a missing value after zero": ({"value": "0"}, {"status": Status.MISSING}),
    "another reason": ({"status": Status.MISSING}, {"status": Status.SUPPRESSED}),
    "a number behind it": ({"n": None}, {"n": 290}),
    "no number behind it any more": ({"n": 290}, {"n": None}),
    "no longer preliminary": ({"preliminary": True}, {"preliminary": False}),
    "a note": ({}, {"note": "Rättad av Brå."}),
    "the source's own status": ({}, {"source_status": "Privacy"}),
    "the eighth decimal": ({"value": "0.00000001"}, {"value": "0.00000002"}),
}


@pytest.mark.parametrize("before, after", UNCHANGED.values(), ids=UNCHANGED)
def test_a_figure_that_says_just_what_is_published_is_left_out(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    factories.publish(figure(**before))
    assert ledger.stage(factories.release(), [figure(**after)]) == 0
    assert loading.compare([as_entry(**after)]) == loading.Compared([], 1)


@pytest.mark.parametrize("before, after", CHANGED.values(), ids=CHANGED)
def test_every_other_difference_is_a_change(before: dict[str, Any], after: dict[str, Any]) -> None:
    factories.publish(figure(**before))
    assert ledger.stage(factories.release(), [figure(**after)]) == 1
    assert len(loading.compare([as_entry(**after)]).changes) == 1


def test_another_source_is_a_change() -> None:
    factories.publish(figure())
    other = factories.source("Skolverket")
    assert ledger.stage(factories.release(), [figure(source_id=other.pk)]) == 1


def test_withdrawing_what_never_stood_there_is_left_out() -> None:
    factories.publish(figure(period="2016"))
    factories.publish(figure(period="2016", status=Status.WITHDRAWN))
    again = [figure(status=Status.WITHDRAWN, period=period) for period in ("2016", "2017")]
    assert ledger.stage(factories.release(), again) == 0


def test_the_published_row_is_remembered_as_base() -> None:
    factories.publish(figure("10.4"))
    staged = factories.release(figure("10.5"), figure("9.9", period="2016")).staged
    assert staged.get(period=2017129).base == Observation.objects.get()
    assert staged.get(period=2016129).base is None


def test_staging_a_key_again_replaces_what_the_release_held() -> None:
    draft = factories.release(figure("10.4", note="första"), figure("9.9", period="2016"))
    assert ledger.stage(draft, [figure("10.6")]) == 2
    assert draft.staged.get(period=2017129).value == Decimal("10.6")
    assert draft.staged.get(period=2017129).note == ""


def test_staging_the_published_value_again_takes_the_change_back() -> None:
    factories.publish(figure("10.4"))
    draft = factories.release(figure("10.5"))
    assert ledger.stage(draft, [figure("10.4")]) == 0


def test_of_two_figures_with_one_key_the_later_counts() -> None:
    draft = factories.release(figure("10.4"), figure("10.5"))
    assert draft.staged.get().value == Decimal("10.5")


@pytest.mark.parametrize(
    "value, kept",
    [
        ("0", "0"),
        ("-0.0", "0"),
        ("-0.000000001", "0"),
        ("9999999.123456785", "9999999.12345679"),
        ("10000000.12345678", "10000000.1234568"),
        ("0.86397284", "0.86397284"),
        ("0.863972845", "0.86397285"),
        ("1234567890.123456", "1234567890.12346"),
        ("-1234567890.123456", "-1234567890.12346"),
    ],
)
def test_a_value_is_kept_with_eight_decimals_and_fifteen_digits(value: str, kept: str) -> None:
    factories.publish(figure(value, decimals=1))
    assert Observation.objects.get().value == Decimal(kept)
    assert not str(rows.normalise(Decimal(value))).startswith("-0E")


def test_many_more_figures_than_a_portion_are_all_staged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "_BATCH", 3)
    years = [figure(str(year), period=str(year)) for year in range(2000, 2010)]
    assert ledger.stage(factories.release(), (year for year in years)) == 10


@pytest.mark.parametrize("state", [state for state in Release.State if state != "draft"])
def test_a_release_is_frozen_from_when_it_is_submitted(state: str) -> None:
    draft = factories.release(figure("10.4"))
    if state == Release.State.PUBLISHED:
        ledger.publish(factories.approve(draft))
    Release.objects.filter(pk=draft.pk).update(state=state)
    before = list(StagedFigure.objects.values())
    with pytest.raises(ledger.NotOpen, match="redan skickad"):
        ledger.stage(draft, [figure("10.5")])
    assert list(StagedFigure.objects.values()) == before


def test_one_broken_figure_keeps_the_good_ones_out_too() -> None:
    draft = factories.release(figure("10.4"))
    score = factories.indicator("Poäng för klimatarbete", value_type="points")
    with pytest.raises(rules.BrokenRules):
        ledger.stage(draft, [figure("10.5"), factories.staged_figure(score, "11")])
    assert draft.staged.get().value == Decimal("10.4")


def test_two_drafts_may_hold_the_same_key() -> None:
    factories.release(figure("10.4"))
    factories.release(figure("10.5"))
    assert StagedFigure.objects.count() == 2


def test_changes_are_told_in_words_before_and_after_publication() -> None:
    factories.publish(figure("10.4"), figure("9", period="2015"))
    draft = factories.release(
        figure("10.50"),
        figure("0", period="2016", preliminary=True),
        figure(period="2015", status=Status.WITHDRAWN),
    )
    told = [
        "Antal anmälda våldsbrott, Borås 2015: 9 → inget värde",
        "Antal anmälda våldsbrott, Borås 2016: inget värde → 0 (preliminär)",
        "Antal anmälda våldsbrott, Borås 2017: 10,4 → 10,50",
    ]
    assert [str(change) for change in changes.changes(draft)] == told
    assert [change.kind for change in changes.changes(draft)] == ["tas bort", "ny", "ändras"]
    ledger.publish(factories.approve(draft))
    assert [str(change) for change in changes.changes(draft)] == told


def test_telling_of_many_changes_takes_three_queries(django_assert_num_queries: Any) -> None:
    factories.publish(*(figure(period=str(year)) for year in range(2000, 2010)))
    draft = factories.release(*(figure("1", period=str(year)) for year in range(2000, 2010)))
    with django_assert_num_queries(3):  # the figures, and what stands beside them in time
        assert len(changes.changes(draft)) == 10
