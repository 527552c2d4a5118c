"""What a test of the admin sends, and what it asks of the answer."""

from django.apps import apps
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client


def opened(client: Client, edit_url: str) -> dict[str, str]:
    """What the form of an edit screen says that its editor saw when she opened it."""
    return {"seen": client.get(edit_url).context["form"]["seen"].value()}


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
