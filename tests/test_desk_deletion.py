"""Deleting in the admin: what is used is refused with a sentence that says where, and the rest goes."""

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from comparisons.models import Area, Indicator, Population, Source
from comparisons.svenska import capitalise
from comparisons.terms import EMPTY_POPULATION
from tests import factories
from tests.posting import row_counts, told

pytestmark = pytest.mark.django_db

MODELS: list[type[Model]] = [Indicator, Area, Population, Source]
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


def unused(model: type[Model], name: str = "Obruk") -> Any:
    """Something that nothing refers to."""
    make = {
        Indicator: factories.indicator,
        Area: factories.area,
        Population: factories.population,
        Source: factories.source,
    }
    return make[model](name)


def used(model: type[Model]) -> Any:
    """Something that a published figure and, when it can be, a page refers to."""
    thing = unused(model, "Brukad")
    shown = thing if model is Indicator else factories.indicator("Räddningstid")
    area = thing if model is Area else factories.own_area()
    schools = thing if model is Population else None
    source = {"source_id": thing.pk} if model is Source else {}
    factories.publish(factories.staged_figure(shown, of_area=area, urval=schools, **source))
    column = factories.column(area, "2017", population=schools and schools.pk)
    factories.theme_page("Trygghet", tables=[factories.table(shown, columns=[column])])
    return thing


def refusal(thing: Any) -> str:
    """What is said of a thing that ``used`` made."""
    name = f"{capitalise(thing._meta.verbose_name)} ”Brukad”"
    page = "" if isinstance(thing, Source) else "; sida ”Trygghet”"
    return f"{name} kan inte tas bort, för det används: 1 publicerad siffra{page}."


def delete_url(thing: Any) -> str:
    return reverse(thing.snippet_viewset.get_url_name("delete"), args=[thing.pk])


def bulk_url(*things: Any) -> str:
    url = reverse("wagtail_bulk_action", args=["comparisons", things[0]._meta.model_name, "delete"])
    return f"{url}?{'&'.join(f'id={thing.pk}' for thing in things)}"


@pytest.mark.parametrize("method", ["get", "post"])
@every_model
def test_what_is_used_is_refused_by_a_sentence_on_its_edit_screen(
    reviewer: Client, model: type[Model], method: str
) -> None:
    thing = used(model)
    before = row_counts()
    response = getattr(reviewer, method)(delete_url(thing))
    edit = reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])
    assert response.headers["Location"] == edit
    assert told(response) == [refusal(thing)]
    assert row_counts() == before


@every_model
def test_what_is_not_used_is_asked_about_and_goes(reviewer: Client, model: type[Model]) -> None:
    thing = unused(model)
    assert reviewer.get(delete_url(thing)).status_code == 200
    reviewer.post(delete_url(thing))
    assert not model._base_manager.filter(pk=thing.pk).exists()


@pytest.mark.parametrize("method", ["get", "post"])
@every_model
def test_in_bulk_one_that_is_used_keeps_them_all(reviewer: Client, model: type[Model], method: str) -> None:
    free, thing = unused(model), used(model)
    before = row_counts()
    response = getattr(reviewer, method)(bulk_url(free, thing))
    listing = reverse(thing.snippet_viewset.get_url_name("list"))
    assert response.headers["Location"] == listing
    assert told(response) == [refusal(thing)]
    assert row_counts() == before


@every_model
def test_in_bulk_those_that_are_not_used_go(reviewer: Client, model: type[Model]) -> None:
    things = [unused(model, "Ett"), unused(model, "Två")]
    assert reviewer.get(bulk_url(*things)).status_code == 200
    reviewer.post(bulk_url(*things))
    assert not model._base_manager.filter(pk__in=[thing.pk for thing in things]).exists()


@pytest.mark.parametrize("ways", [["delete"], ["bulk"]])
def test_the_empty_population_stays(reviewer: Client, ways: list[str]) -> None:
    empty = Population.objects.get(pk=EMPTY_POPULATION)
    reviewer.post(delete_url(empty) if ways == ["delete"] else bulk_url(empty))
    assert Population.objects.filter(pk=EMPTY_POPULATION).exists()


def test_an_indicator_goes_once_its_page_and_its_draft_release_are_gone(reviewer: Client) -> None:
    shown = factories.indicator("Räddningstid")
    page = factories.theme_page(tables=[factories.table(shown)])
    draft = factories.release(factories.staged_figure(shown))
    (sentence,) = told(reviewer.post(delete_url(shown)))
    assert "1 siffra i en publicering som inte är klar; sida ”" in sentence
    reviewer.post(draft.get_admin_url(), {"step": "delete"})
    page.delete()
    reviewer.post(delete_url(shown))
    assert not Indicator.objects.filter(pk=shown.pk).exists()
