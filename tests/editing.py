"""An editor at an edit screen: opens the form, writes in it, and sends all of it, as the browser would."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django import forms
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Page

from boras_site.accounts.models import User
from comparisons import roles
from comparisons.desk.two_at_once.views import GuardedPageEditView
from comparisons.desk.viewsets import IndicatorEditView
from comparisons.models import Indicator
from tests import factories

Sent = dict[str, Any]


def edit_url(of: Page | Indicator) -> str:
    """The address of the edit screen."""
    if isinstance(of, Page):
        return reverse("wagtailadmin_pages:edit", args=[of.pk])
    return reverse(Indicator.snippet_viewset.get_url_name("edit"), args=[of.pk])


def everything(form: WagtailAdminModelForm) -> Sent:
    """What the browser sends of an open form that nobody has written in."""
    sent: Sent = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, blocks.StreamValue):
            _add_block(sent, value.stream_block, value, bound.html_name)
        else:
            _add(sent, bound.field, value, bound.html_name)
    for name, formset in form.formsets.items():
        assert name == "comments"
        sent |= {bound.html_name: bound.value() for bound in formset.management_form}
    return sent


def form_of(answer: Any) -> Any:
    """The form of a screen; ``undrawn`` has it for itself."""
    return getattr(answer, "form", None) or answer.context["form"]


@contextmanager
def undrawn() -> Iterator[None]:
    """Leaves out the drawing of edit screens, which takes most of their time: they answer with their form."""

    def context(view: Any, **more: Any) -> dict[str, Any]:
        view.form = getattr(view, "form", None) or view.get_form()
        return {}

    def answer(view: Any, context: Any, **more: Any) -> HttpResponse:
        response = HttpResponse()
        response.form = view.form  # type: ignore[attr-defined]
        return response

    with pytest.MonkeyPatch.context() as patch:
        for view in (GuardedPageEditView, IndicatorEditView):
            patch.setattr(view, "get_context_data", context)
            patch.setattr(view, "render_to_response", answer)
            patch.setattr(view, "render_partials", lambda _: "")
        yield


def rich(text: str, field: forms.Field) -> str:
    """A paragraph as the rich text editor sends it."""
    return str(field.widget.format_value(f"<p>{text}</p>"))


class Editor:
    """Somebody with a form open."""

    def __init__(self, of: Page | Indicator, user: User | None = None) -> None:
        self.user = user or factories.user(roles.REVIEWER)
        self.client: Client = factories.client(self.user)
        self.url = edit_url(of)
        self.sent: Sent = {}
        self.form: Any = None

    def open(self) -> "Editor":
        """Open the screen anew; what was written and not saved is gone."""
        answer = self.client.get(self.url)
        assert answer.status_code == 200
        self.form = form_of(answer)
        self.sent = everything(self.form)
        return self

    def write(self, **fields: Any) -> "Editor":
        """Write in fields; rich text as its only paragraph."""
        for name, value in fields.items():
            field = self.form.fields[name]
            self.sent[name] = rich(value, field) if getattr(field.widget, "converter", None) else value
        return self

    def write_block(self, place: str, text: str) -> "Editor":
        """Write in a field of a block, by its name in the form: ``results-0-value-heading``."""
        assert place in self.sent, place
        self.sent[place] = text
        return self

    def choose(self, answer: HttpResponse, which: str) -> "Editor":
        """Tick one side of everything that an answer asks about."""
        for one in form_of(answer).meeting.differences:
            self.sent[one.name] = f"{which}-{one.mark}"
        return self

    def save(self, action: str = "", **options: Any) -> Any:
        """Press a button: save a draft unless told ``publish`` or ``submit``."""
        more = {f"action-{action}": "1"} if action else {}
        return self.client.post(self.url, self.sent | more, **options)

    def autosave(self, overwrite: int | None = None) -> Any:
        """What the screen sends by itself, and takes in from the answer."""
        more = {} if overwrite is None else {"overwrite_revision_id": overwrite}
        answer = self.client.post(self.url, self.sent | more, headers={"accept": "application/json"})
        told = answer.json()
        self.sent |= told.get("field_updates", {})
        return told


def two(of: Page | Indicator, role: str = roles.REVIEWER) -> tuple[Editor, Editor]:
    """Kim and Lo, each with the form open."""
    kim, lo = (factories.user(role, first_name=name) for name in ("Kim", "Lo"))
    return Editor(of, kim).open(), Editor(of, lo).open()


def saved(of: Page | Indicator) -> Any:
    """The page or indicator as it was last saved, published or not."""
    return type(of).objects.get(pk=of.pk).get_latest_revision_as_object()  # type: ignore[attr-defined]


def asked(answer: Any) -> dict[str, Any]:
    """What an answer asks about, by key; empty when the save went through."""
    if answer.status_code == 302:
        return {}
    assert answer.status_code == 200
    form = form_of(answer)
    assert form.meeting is not None, form.errors
    return {one.key: one for one in form.meeting.differences}


def _add_block(sent: Sent, block: blocks.Block, value: Any, prefix: str) -> None:
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            _add_block(sent, child, value.get(name), f"{prefix}-{name}")
    elif isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        children = list(value.bound_blocks) if isinstance(block, blocks.ListBlock) else list(value)
        sent[f"{prefix}-count"] = str(len(children))
        for place, child in enumerate(children):
            at = f"{prefix}-{place}"
            sent |= {f"{at}-deleted": "", f"{at}-order": str(place), f"{at}-id": child.id or ""}
            sent[f"{at}-type"] = child.block.name
            _add_block(sent, child.block, child.value, f"{at}-value")
    elif isinstance(block, blocks.RichTextBlock):
        sent[prefix] = block.field.widget.format_value(value.source if value else "")
    else:
        assert isinstance(block, blocks.FieldBlock)
        _add(sent, block.field, block.get_prep_value(value), prefix)


def _add(sent: Sent, field: forms.Field, value: Any, name: str) -> None:
    if isinstance(field, forms.BooleanField):
        if value:
            sent[name] = "on"
        return
    shown = field.widget.format_value(field.prepare_value(value))
    if isinstance(shown, list):
        shown = shown[0] if shown else ""
    sent[name] = "" if shown is None else shown
