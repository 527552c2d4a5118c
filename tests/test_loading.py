"""Whole indicators into a release: held against what is published, and staged as the desk would have."""

from decimal import Decimal
from typing import Any

import pytest

from comparisons import ledger, loading, rows, rules
from comparisons.models import KEY, Observation, Release, StagedFigure
from comparisons.terms import Gender, Statistic, Status, ValueType
from tests import factories

pytestmark = pytest.mark.django_db


def staged(release: Release) -> list[tuple[Any, ...]]:
    """What a release holds, with the rows it was held against."""
    names = rows.attributes([*KEY, *rows.CONTENT, "base"], StagedFigure)
    return sorted(release.staged.values_list(*names), key=str)


def load(release: Release, *entries: loading.Entry) -> int:
    """Load the entries, made while they are written."""
    return loading.load(release, iter(entries), indicators={entry.indicator for entry in entries})


def every_kind() -> list[dict[str, Any]]:
    """Figures of each kind there is: values, zero, reasons, genders, statistics."""
    return [
        {"value": "10.40"},
        {"value": "0", "period": "2016"},
        {"value": "-2.5", "period": "2015", "preliminary": True, "note": "Å, \t och \\N i ”noten”"},
        {"value": "1234567890.12345678", "period": "2014", "n": 12},
        {"status": Status.SUPPRESSED, "period": "2013", "source_status": "Privat"},
        {"value": "3", "gender": Gender.WOMEN},
        {"value": "8.2", "statistic": Statistic.MEDIAN, "of_area": factories.country()},
    ]


def test_loaded_is_what_the_desk_would_have_staged() -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "9"), factories.staged_figure(shown, "7", "2016"))
    by_desk = factories.release(*(factories.staged_figure(shown, **fields) for fields in every_kind()))
    loaded = factories.release()
    load(loaded, *(factories.entry(shown, **fields) for fields in every_kind()))
    assert staged(loaded) == staged(by_desk)
    assert len(staged(loaded)) == len(every_kind())
    fewer = factories.release()
    periods = {factories.entry(shown, **fields).period for fields in every_kind()}
    entries = [factories.entry(shown, **fields) for fields in every_kind()]
    assert loading.load(fewer, entries, indicators=[shown.pk], periods=periods) == len(entries)
    assert staged(fewer) == staged(by_desk)
    ledger.publish(factories.approve(loaded))
    assert Observation.objects.filter(superseded_by=None).count() == len(every_kind())
    again = loading.compare([factories.entry(shown, **fields) for fields in every_kind()])
    assert again == loading.Compared([], len(every_kind()))


def test_what_changes_knows_what_stood_there() -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "9"), factories.staged_figure(shown, "7", "2016"))
    factories.publish(factories.staged_figure(shown, status=Status.WITHDRAWN, period="2016"))
    compared = loading.compare(
        [
            factories.entry(shown, "10"),
            factories.entry(shown, "8", "2016"),
            factories.entry(shown, "5", "2015"),
            factories.entry(shown, status=Status.WITHDRAWN, period="2014"),
        ]
    )
    new = [(change.is_new, change.is_withdrawal) for change in compared.changes]
    assert new == [(False, False), (True, False), (True, False)]
    assert compared.unchanged == 1
    assert compared.changes[0].base is not None
    assert compared.changes[0].base.content[0] == Decimal(9)


def test_taking_a_figure_away_is_a_change_once() -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "9"))
    gone = factories.entry(shown, status=Status.WITHDRAWN)
    (change,) = loading.compare([gone]).changes
    assert change.is_withdrawal and not change.is_new
    factories.publish(factories.staged_figure(shown, status=Status.WITHDRAWN))
    assert loading.compare([gone]) == loading.Compared([], 1)


@pytest.mark.parametrize("field, published", [("n", 290), ("note", "Rättad."), ("preliminary", True)])
def test_what_a_source_does_not_speak_of_stays_while_the_value_does(field: str, published: Any) -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "9", **{field: published}))
    same, other = factories.entry(shown, "9"), factories.entry(shown, "9.5")
    assert loading.compare([same], carried=loading.LEFT_OUT - {field}).unchanged == 1
    assert len(loading.compare([same]).changes) == 1, "a source that speaks of it takes it away"
    finer = same._replace(decimals=2)
    (shown_finer,) = loading.compare([finer], carried=loading.LEFT_OUT - {field}).changes
    assert (getattr(shown_finer.entry, field), shown_finer.entry.decimals) == (published, 2)
    (changed,) = loading.compare([other], carried=loading.LEFT_OUT - {field}).changes
    assert getattr(changed.entry, field) == getattr(other, field), "a new value has none of the old one's"


def test_what_a_source_says_counts_though_it_seldom_speaks_of_it() -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "9", n=7))
    fewer = factories.entry(shown, "9")._replace(n=6)
    (change,) = loading.compare([fewer], carried=frozenset()).changes
    assert change.entry.n == 6


def test_a_figure_that_may_not_be_is_refused_when_all_is_there() -> None:
    shown = factories.indicator(value_type=ValueType.YES_NO)
    release = factories.release()
    with pytest.raises(rules.BrokenRules, match="varken ja eller nej"):
        load(release, factories.entry(shown, "1"), factories.entry(shown, "7", "2016"))
        loading.settle(release)


def test_a_release_that_was_sent_takes_nothing_more() -> None:
    shown = factories.indicator()
    sent = factories.submit(factories.release(factories.staged_figure(shown, "1")))
    with pytest.raises(ledger.NotOpen):
        load(sent, factories.entry(factories.indicator("Annat"), "2"))
    assert sent.staged.count() == 1


@pytest.mark.parametrize("number", [1, 40])
def test_holding_many_against_the_ledger_takes_one_query(number: int, django_assert_num_queries: Any) -> None:
    shown = factories.indicator()
    entries = [factories.entry(shown, "1", of_area=one) for one in factories.municipalities(number)]
    with django_assert_num_queries(1):
        loading.compare(entries)
