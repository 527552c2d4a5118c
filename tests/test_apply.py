"""From entries to a draft release: all or none, and nothing a second time."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from comparisons import ledger, rules
from comparisons.intake.apply import stage_as_draft
from comparisons.loading import Entry
from comparisons.models import Indicator, Intake, Release, StagedFigure
from comparisons.terms import ValueType
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown() -> Indicator:
    return factories.indicator()


def bring_in(*parts: Sequence[Entry], **fields: Any) -> tuple[Release | None, Intake]:
    """An intake of the parts, and what became of it."""
    made = factories.intake()
    chosen: dict[str, Any] = {"title": "Nya siffror", "reason": "", "user": factories.user()} | fields
    before = Release.objects.count()
    staged = stage_as_draft(made, parts, **chosen)
    assert staged.is_new == (Release.objects.count() > before)
    return staged.release, Intake.objects.get(pk=made.pk)


def test_what_differs_becomes_a_draft(shown: Indicator) -> None:
    factories.publish(factories.staged_figure(shown, "9", "2016"))
    other = factories.indicator("Stölder")
    done: list[int] = []
    release, intake = bring_in(
        [factories.entry(shown, "10"), factories.entry(shown, "9", "2016")],
        [factories.entry(other, "3")],
        on_progress=done.append,
    )
    assert release is not None and intake.release == release
    assert release.state == Release.State.DRAFT
    assert release.staged.count() == 2
    assert done == [2, 3]


@pytest.mark.parametrize("published", [False, True], ids=["a draft still", "published"])
def test_ten_times_the_same_is_once(shown: Indicator, published: bool) -> None:
    entries = [factories.entry(shown, "10"), factories.entry(shown, "9", "2016")]
    first, _ = bring_in(entries)
    assert first is not None
    if published:
        ledger.publish(factories.approve(first))
    for turn in range(9):
        again, intake = bring_in(entries if turn % 2 else list(reversed(entries)))
        assert again == (None if published else first)
        assert intake.release == again
    assert Release.objects.count() == 1
    assert StagedFigure.objects.count() == (0 if published else 2)


def test_something_else_is_a_release_of_its_own(shown: Indicator) -> None:
    first, _ = bring_in([factories.entry(shown, "10")])
    second, _ = bring_in([factories.entry(shown, "11")])
    assert second is not None and second != first
    assert list(Release.objects.order_by("pk")) == [first, second]


def test_a_draft_thrown_away_can_be_made_again(shown: Indicator) -> None:
    first, intake = bring_in([factories.entry(shown, "10")])
    assert first is not None
    first.delete()
    intake.refresh_from_db()
    assert intake.release is None
    again, _ = bring_in([factories.entry(shown, "10")])
    assert again is not None and again.staged.count() == 1


def test_one_broken_figure_in_the_last_part_saves_nothing(shown: Indicator) -> None:
    answers = factories.indicator("Svarar ja", value_type=ValueType.YES_NO)
    with pytest.raises(rules.BrokenRules):
        bring_in([factories.entry(shown, "10")], [factories.entry(answers, "7")])
    assert not Release.objects.exists()
    assert not StagedFigure.objects.exists()


def test_a_source_that_breaks_off_saves_nothing(shown: Indicator) -> None:
    def breaking_off() -> Iterator[list[Entry]]:
        yield [factories.entry(shown, "10")]
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        stage_as_draft(factories.intake(), breaking_off(), title="T", reason="", user=None)
    assert not Release.objects.exists()
    assert not StagedFigure.objects.exists()


def test_nothing_at_all_is_no_release() -> None:
    assert bring_in()[0] is None
    assert bring_in([])[0] is None
    assert not Release.objects.exists()


def test_a_draft_that_an_editor_has_changed_since_is_not_taken_for_the_same(shown: Indicator) -> None:
    first, _ = bring_in([factories.entry(shown, "10"), factories.entry(shown, "9", "2016")])
    assert first is not None
    ledger.stage(first, [factories.staged_figure(shown, "10.5")])
    again, _ = bring_in([factories.entry(shown, "10"), factories.entry(shown, "9", "2016")])
    assert again is not None and again != first
