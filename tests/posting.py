"""What a test of the admin sends, and what it asks of the answer."""

from typing import Any

from django.apps import apps
from django.contrib.messages import get_messages
from django.http import HttpResponse

from comparisons.models import Indicator
from comparisons.terms import Gender, Statistic, Status
from tests import factories


def figure_form(of: Indicator, **fields: Any) -> dict[str, Any]:
    """The form of a new figure of Borås, filled in, with its button Publicera pressed."""
    return {
        "area": factories.own_area().pk,
        "statistic": Statistic.VALUE,
        "period": "2017",
        "population": "",
        "gender": Gender.TOTAL,
        "status": Status.NORMAL,
        "value": "10,4",
        "n": "",
        "source": of.source_id,
        "reason": "Källan har rättat siffran.",
        "publish": "1",
    } | fields


def for_review(form: dict[str, Any]) -> dict[str, Any]:
    """The form with its button Skicka för granskning pressed instead."""
    return {name: value for name, value in form.items() if name != "publish"} | {"submit": "1"}


def told(response: HttpResponse) -> list[str]:
    """The messages that the answer leaves for the next screen."""
    return [str(message) for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def row_counts() -> dict[str, int]:
    """How many rows there are of everything, to tell that nothing was saved."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
