"""Where indicators, areas, populations and sources are used: to tell pages, and to refuse deletion."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Model, ProtectedError, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from comparisons.svenska import capitalise, count_of
from comparisons.terms import EMPTY_POPULATION

#: How many places of use are named one by one before they are only counted.
_MOST_NAMED = 5


def pages_showing(indicators: QuerySet[Any]) -> Any:
    """Pages that refer to any of the indicators; ``indicators`` is a query of primary keys."""
    Indicator = apps.get_model("comparisons", "Indicator")
    references = _references().filter(
        to_object_id__in=Indicator.objects.filter(pk__in=indicators).values(text_id=Cast("pk", CharField())),
    )
    return Page.objects.filter(pk__in=references.values(page=Cast("object_id", BigIntegerField())))


def indicators_of(pages: QuerySet[Any]) -> dict[int, set[int]]:
    """For each page that refers to indicators, by primary key, theirs; ``pages`` is a query. One query."""
    references = _references().filter(object_id__in=pages.values(text_id=Cast("pk", CharField())))
    found: dict[int, set[int]] = {}
    for page, indicator in references.values_list("object_id", "to_object_id").distinct():
        found.setdefault(int(page), set()).add(int(indicator))
    return found


def _references() -> Any:
    """What pages refer to indicators."""
    return ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(apps.get_model("comparisons", "Indicator")),
    )


def touch_what_shows(indicators: QuerySet[Any], at: datetime) -> None:
    """Move ``data_changed_at`` of the indicators and of the pages that show them.

    One query for the indicators and one for each kind of page, whatever their number.
    """
    Indicator = apps.get_model("comparisons", "Indicator")
    Indicator.objects.filter(pk__in=indicators).update(data_changed_at=at)
    for model in apps.get_models():
        if issubclass(model, Page) and any(field.name == "data_changed_at" for field in model._meta.fields):
            model._default_manager.filter(pk__in=pages_showing(indicators).values("pk")).update(
                data_changed_at=at
            )


def uses(instance: Model) -> list[str]:
    """Where something is used, in words an editor knows; empty when it can go."""
    found = []
    Observation = apps.get_model("comparisons", "Observation")
    StagedFigure = apps.get_model("comparisons", "StagedFigure")
    field = instance._meta.model_name or ""
    if field == "population" and instance.pk == EMPTY_POPULATION:
        found.append("alla siffror utan särskilt urval")
    if published := Observation.objects.filter(**{field: instance}).count():
        found.append(count_of(published, "publicerad siffra", "publicerade siffror"))
    if staged := StagedFigure.objects.filter(**{field: instance}).count():
        found.append(f"{count_of(staged, 'siffra', 'siffror')} i en publicering som inte är klar")
    named: dict[str, None] = {}
    for user, _ in ReferenceIndex.get_grouped_references_to(instance):
        named[f"{user._meta.verbose_name} ”{user}”"] = None
    if field == "source":  # a draft keeps its source where the index of references does not look
        Indicator = apps.get_model("comparisons", "Indicator")
        for drafted in Indicator.objects.filter(latest_revision__content__source=instance.pk):
            named[f"{drafted._meta.verbose_name} ”{drafted}”"] = None
    places = list(named)
    found += places[:_MOST_NAMED]
    if len(places) > _MOST_NAMED:
        found.append(f"{len(places) - _MOST_NAMED} ställen till")
    return found


def refusal(instance: Model) -> str:
    """The sentence that says why something cannot be deleted, or an empty one when it can."""
    found = uses(instance)
    if not found:
        return ""
    name = f"{capitalise(str(instance._meta.verbose_name))} ”{instance}”"
    return f"{name} kan inte tas bort, för det används: {'; '.join(found)}."


def refuse_deletion(instances: Iterable[Model]) -> None:
    """Raise ProtectedError with a sentence for each one that is used; else do nothing."""
    refused = {instance: sentence for instance in instances if (sentence := refusal(instance))}
    if refused:
        raise ProtectedError("\n".join(refused.values()), set(refused))
