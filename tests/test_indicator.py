"""The indicator: an address that lasts, a meaning that is fixed, a time that no old draft puts back."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Revision

from comparisons.models import Indicator
from comparisons.svenska import SOFT_HYPHEN
from tests import factories

pytestmark = pytest.mark.django_db

#: For each field that says what a figure means: another value, and what the error says it was.
MEANING: dict[str, tuple[Any, str]] = {
    "value_type": ("index", "Poäng på en skala"),
    "unit": ("kronor", "tomt"),
    "scale_min": (Decimal(0), "1"),
    "scale_max": (Decimal(100), "10"),
}


def points(**fields: Any) -> Indicator:
    return factories.indicator("Poäng för klimatarbete", value_type="points", **fields)


# --- Address ---------------------------------------------------------------------------------


def test_the_address_is_made_from_the_title_and_stays_when_the_title_changes() -> None:
    shown = factories.indicator("Antal anmälda våldsbrott per 1 000 invånare")
    assert shown.slug == "antal-anmalda-valdsbrott-per-1-000-invanare"
    shown.title = "Våldsbrott"
    shown.save()
    shown.save_revision().publish()
    shown.refresh_from_db()
    assert shown.slug == "antal-anmalda-valdsbrott-per-1-000-invanare"
    assert shown.get_absolute_url().endswith("/antal-anmalda-valdsbrott-per-1-000-invanare/")


def test_the_address_follows_the_title_until_the_first_publication() -> None:
    """The editor's screen saves drafts by itself, with the title half written."""
    draft = factories.indicator("A", live=False)
    draft.title = "Antal brott"
    draft.save_revision()
    draft.refresh_from_db()
    draft.latest_revision.publish()
    draft.refresh_from_db()
    assert (draft.title, draft.slug) == ("Antal brott", "antal-brott")
    draft.title = "Brott"
    draft.save_revision().publish()
    draft.refresh_from_db()
    assert (draft.title, draft.slug) == ("Brott", "antal-brott")


@pytest.mark.parametrize(
    "titles, slugs",
    [
        (["Stöld", "Stöld", "Stold", "STÖLD"], ["stold", "stold-2", "stold-3", "stold-4"]),
        (["Stöld 2", "Stöld", "Stöld"], ["stold-2", "stold", "stold-3"]),
        (["Stöldgods", "Stöld"], ["stoldgods", "stold"]),
        (["…", "!"], ["nyckeltal", "nyckeltal-2"]),
        ([f"Våld{SOFT_HYPHEN}sbrott"], ["valdsbrott"]),
    ],
)
def test_no_two_indicators_have_one_address(titles: list[str], slugs: list[str]) -> None:
    assert [factories.indicator(title).slug for title in titles] == slugs


def test_an_address_is_never_longer_than_its_column() -> None:
    longest = factories.indicator("ordning " * 31)
    assert len(longest.slug) <= (Indicator._meta.get_field("slug").max_length or 0)


# --- Meaning ---------------------------------------------------------------------------------


@pytest.mark.parametrize("field", MEANING)
def test_what_figures_mean_may_change_until_one_is_published(field: str) -> None:
    shown = points()
    factories.release(factories.staged_figure(shown, "9"))
    setattr(shown, field, MEANING[field][0])
    shown.full_clean()
    shown.save()


@pytest.mark.parametrize("withdrawn", [False, True], ids=["live", "withdrawn since"])
@pytest.mark.parametrize("field", MEANING)
def test_what_published_figures_mean_is_fixed(field: str, withdrawn: bool) -> None:
    shown = points()
    factories.publish(factories.staged_figure(shown, "9"))
    if withdrawn:
        factories.publish(factories.staged_figure(shown, status="withdrawn"))
    other, was = MEANING[field]
    setattr(shown, field, other)
    with pytest.raises(ValidationError) as refused:
        shown.full_clean()
    assert refused.value.message_dict[field] == [
        "Kan inte ändras, för det finns publicerade siffror. De skulle få en annan innebörd. "
        f"Det var ”{was}”. Gör ett nytt nyckeltal i stället."
    ]
    with pytest.raises(ValidationError, match="kan inte ändras, för det finns publicerade siffror"):
        shown.save()


@pytest.mark.parametrize("field", MEANING)
def test_publishing_an_old_draft_does_not_change_what_published_figures_mean(field: str) -> None:
    shown = points()
    before = getattr(shown, field)
    setattr(shown, field, MEANING[field][0])
    old = shown.save_revision()
    factories.publish(factories.staged_figure(Indicator.objects.get(), "9"))
    with pytest.raises(ValidationError):
        Revision.objects.get(pk=old.pk).publish()
    assert getattr(Indicator.objects.get(), field) == before


def test_an_indicator_in_memory_learns_that_figures_were_published_meanwhile() -> None:
    shown = points()
    shown.unit = "poäng"
    shown.save()
    factories.publish(factories.staged_figure(shown, "9"))
    shown.unit = "kronor"
    with pytest.raises(ValidationError):
        shown.save()


@pytest.mark.parametrize(
    "field, value",
    [
        ("title", "Nytt namn"),
        ("short_title", "Kort"),
        ("polarity", "higher_better"),
        ("period_basis", "school_year"),
        ("definition", "<p>Alla anmälda.</p>"),
    ],
)
def test_what_is_said_about_published_figures_may_change(field: str, value: str) -> None:
    shown = points()
    factories.publish(factories.staged_figure(shown, "9"))
    setattr(shown, field, value)
    shown.full_clean()
    shown.save()
    assert getattr(Indicator.objects.get(), field) == value


def test_the_same_scale_written_otherwise_is_no_change() -> None:
    shown = points()
    factories.publish(factories.staged_figure(shown, "9"))
    shown.scale_max = Decimal("10.00")
    shown.full_clean()
    shown.save()


@pytest.mark.parametrize(
    "fields, field",
    [
        ({"value_type": "points"}, "scale_max"),
        ({"value_type": "index", "scale_min": Decimal(0)}, "scale_max"),
        ({"value_type": "index", "scale_max": Decimal(1)}, "scale_min"),
        ({"value_type": "index", "scale_min": Decimal(1), "scale_max": Decimal(1)}, "scale_max"),
        ({"value_type": "decimal", "processing": "own"}, "method"),
    ],
)
def test_a_form_says_what_is_wrong_with_an_indicator(fields: dict[str, Any], field: str) -> None:
    unsaved = Indicator(title="Nöjd kund-index", source=factories.source(), **fields)
    with pytest.raises(ValidationError) as refused:
        unsaved.full_clean(exclude=["slug"])
    assert field in refused.value.message_dict


# --- When the figures changed ----------------------------------------------------------------


@pytest.mark.parametrize("kind", ["indicator", "page"])
def test_publishing_an_old_draft_leaves_the_time_when_figures_changed(kind: str) -> None:
    shown = factories.indicator()
    page = factories.theme_page(tables=[factories.table(shown)])
    changed: Any = shown if kind == "indicator" else page
    old = changed.save_revision()
    at = factories.publish(factories.staged_figure(shown)).published_at
    Revision.objects.get(pk=old.pk).publish()
    changed.refresh_from_db()
    assert changed.data_changed_at == at
