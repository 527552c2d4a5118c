"""One way at a time for a figure: what waits, what is unsettled and what has moved is told and kept."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from comparisons import ledger, releases
from comparisons.models import Observation, Release
from tests import factories
from tests.posting import figure_form, for_review, row_counts
from tests.reading import soup

pytestmark = pytest.mark.django_db


def sentences(response: HttpResponse) -> list[str]:
    """What is told at the fields of the form."""
    return [" ".join(error.get_text().split()) for error in soup(response.content).select(".error-message")]


def test_a_figure_that_waits_for_review_cannot_be_changed_beside_it(desk: Client) -> None:
    shown = factories.indicator()
    published = factories.publish(factories.staged_figure(shown, "10.4"))
    change = reverse("figures:change", args=[shown.pk, published.observations.get().pk])
    desk.post(change, for_review(figure_form(shown, value="10,6")))
    before = row_counts()
    again = desk.post(change, figure_form(shown, value="10,9"))
    assert "Siffran väntar redan i publiceringen" in again.content.decode()
    desk.post(reverse("figures:add", args=[shown.pk]), for_review(figure_form(shown, period="2018")))
    added = desk.post(reverse("figures:add", args=[shown.pk]), figure_form(shown, period="2018"))
    assert "Siffran väntar redan i publiceringen" in " ".join(sentences(added))
    assert row_counts()[Release._meta.label] == before[Release._meta.label] + 1


def test_no_figure_is_taken_while_a_draft_says_that_figures_mean_something_else(desk: Client) -> None:
    shown = factories.indicator(unit="kronor")
    shown.unit = "tusen kronor"
    shown.save_revision()
    form, before = figure_form(shown), row_counts()
    response = desk.post(reverse("figures:add", args=[shown.pk]), form)
    assert "är ändrad i ett utkast" in response.content.decode()
    assert row_counts() == before


def test_a_change_between_reading_and_saving_is_not_overwritten() -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown, "10.4"))
    seen = Observation.objects.get()
    factories.publish(factories.staged_figure(shown, "10.6"))
    somebody, before = factories.user(), row_counts()
    with pytest.raises(ledger.FiguresMoved):
        releases.make(
            [factories.staged_figure(shown, "10.9")],
            title="Ändrad siffra",
            reason="Källan har rättat siffran.",
            user=somebody,
            publish=True,
            instead_of=seen,
        )
    assert row_counts() == before


@pytest.mark.parametrize(
    ("field", "written", "sentence"),
    [
        ("statistic", "", "Det här fältet är obligatoriskt"),
        ("period", "2017/18", "Nyckeltalet räknas inte i läsår. Skriv ett år, som 2018."),
    ],
)
def test_what_could_be_meant_otherwise_is_asked(
    desk: Client, field: str, written: str, sentence: str
) -> None:
    shown = factories.indicator()
    response = desk.post(reverse("figures:add", args=[shown.pk]), figure_form(shown, **{field: written}))
    assert sentence in " ".join(sentences(response))
    assert not Observation.objects.exists()
