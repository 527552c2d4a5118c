"""The work list as somebody meets it on the admin's home page, and what brings things onto it."""

from datetime import UTC, datetime
from typing import Any

from bs4 import Tag
from django.test import Client
from wagtail.models import Page, Workflow

from boras_site.accounts.models import User
from comparisons.models import Indicator, Release
from tests import factories as make
from tests.reading import soup, text, texts

HOME = "/admin/"
LONG_AGO = datetime(2018, 3, 1, 15, 6, tzinfo=UTC)
Line = tuple[str, str]


def rows(of: User | Client, kind: str, screen: str = HOME) -> list[Tag]:
    """The rows of a kind on the home page; each has exactly one thing to press."""
    client = of if isinstance(of, Client) else make.client(of)
    found = soup(client.get(screen).content).select(f"section[aria-labelledby='{kind}'] li")
    for row in found:
        assert len(row.select("a.button, button")) == 1
    return found


def lines(of: User | Client, kind: str) -> list[Line]:
    """What and why of each row of a kind."""
    found = []
    for row in rows(of, kind):
        what, why = row.select("p")
        found.append((text(what), text(why)))
    return found


def names(of: User | Client, kind: str) -> list[str]:
    return [name for name, _ in lines(of, kind)]


def verb(row: Tag) -> str:
    """What the button of a row says to the eye."""
    (button,) = row.select("a.button, button")
    for hidden in button.select(".w-sr-only"):
        hidden.extract()
    return text(button)


def headings(of: User) -> list[str]:
    return texts(make.client(of).get(HOME).content, "h2")


def press(client: Client, row: Tag) -> Any:
    """Press the one button of a row as a browser does: follow its link, or post its form and no more."""
    if form := row.select_one("form"):
        client.handler.enforce_csrf_checks = True
        sent = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
        return client.post(form["action"], sent)
    return client.get(row.select_one("a.button")["href"].partition("#")[0])


def draft_of(page: Page, by: User, title: str = "Ny rubrik") -> Page:
    """The page with a draft on top of what is published."""
    page.title = title
    page.save_revision(user=by)
    return page


def in_review(thing: Any, by: User) -> Any:
    """The workflow of a page or an indicator that somebody has sent for review."""
    thing.save_revision(user=by)
    return Workflow.objects.get().start(thing, by)


def send_back(thing: Any, by: User, reviewer: User, comment: str = "Fel år.") -> Any:
    state = in_review(thing, by)
    state.current_task_state.reject(user=reviewer, comment=comment)
    return state


def release_of(by: User, title: str = "Våldsbrott 2017", period: str = "2017") -> Release:
    shown = Indicator.objects.first() or make.indicator()
    return make.release(make.staged_figure(shown, period=period), title=title, created_by=by)
