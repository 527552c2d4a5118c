"""The forms of the admin as a browser would send them."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.db.models import Model
from wagtail.fields import StreamField

from tests import factories
from tests.reading import soup


def filled_in(url: str, of: type[Model] | None = None) -> dict[str, Any]:
    """The form of a screen with what stands in it, as an administrator is given it.

    So that who may not open the screen can still send what it would have sent. The blocks of a page, which
    JavaScript fills in, are left empty: ``of`` is its model.
    """
    answer = factories.client(factories.user(is_superuser=True)).get(url)
    assert answer.status_code == 200, url
    page = soup(answer.content)
    form = max(page.select("form"), key=lambda one: len(one.select("[name]")))
    sent = _fields(form)
    for field in of._meta.get_fields() if of else ():
        if isinstance(field, StreamField):
            sent[f"{field.name}-count"] = "0"
    return sent


def _fields(form: Tag | BeautifulSoup) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name]"):
        kind = field.get("type", "text")
        if kind in ("submit", "button", "file") or (
            kind in ("checkbox", "radio") and not field.has_attr("checked")
        ):
            continue
        sent[str(field["name"])] = field.get("value", "") if field.name == "input" else field.get_text()
    for field in form.select("select[name]"):
        sent[str(field["name"])] = [one["value"] for one in field.select("option[selected]")]
    return sent
