"""Figures: staged, submitted, approved, sent back, thrown away, undone."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.test import Client
from django.urls import reverse

from boras_site.accounts.models import User
from comparisons.models import Release, StagedFigure
from comparisons.terms import EMPTY_POPULATION
from tests import factories

Act = Callable[[User, Client], bool]
State = Release.State


def stage(me: User, browser: Client) -> bool:
    """Save one cell of a sheet."""
    of = factories.indicator("Våldsbrott")
    key = f"{of.pk}.{factories.own_area().pk}.value.{EMPTY_POPULATION}.T.2017129"
    cell = {"key": key, "text": "10,4", "token": "0"}
    sent = {"cells": [cell], "title": "Årets siffror", "reason": ""}
    browser.post(reverse("figures:save"), sent, content_type="application/json")
    return StagedFigure.objects.filter(release__state=State.DRAFT).exists()


def draft() -> Release:
    """A draft of one new figure."""
    return factories.release(factories.staged_figure(factories.indicator("Våldsbrott")))


def waiting() -> Release:
    """One that somebody else has submitted."""
    return factories.submit(draft())


def published() -> Release:
    return factories.publish(factories.staged_figure(factories.indicator("Våldsbrott")))


def press(step: str, of: Callable[[], Release], becomes: str, me: User, browser: Client, **sent: Any) -> bool:
    """Press the button of a step. Whether the release then is where the step leads."""
    release = of()
    before = release.state
    browser.post(release.get_admin_url(), {"step": step} | sent)
    release.refresh_from_db()
    assert release.state in (before, becomes)
    return release.state == becomes


def throw_away(me: User, browser: Client) -> bool:
    release = draft()
    browser.post(release.get_admin_url(), {"step": "delete"})
    return not Release.objects.filter(pk=release.pk).exists()


def undo(me: User, browser: Client) -> bool:
    release = published()
    browser.post(release.get_admin_url(), {"step": "undo"})
    return release.undone_by.filter(state=State.DRAFT).exists()


def step(*args: Any, **sent: Any) -> Act:
    return partial(press, *args, **sent)


ACTIONS: dict[str, list[Act]] = {
    "lägga in siffror i ett utkast": [stage],
    "skicka siffror för granskning": [step("submit", draft, State.SUBMITTED)],
    "ta tillbaka siffror som väntar på granskning": [step("take_back", waiting, State.DRAFT)],
    "godkänna och publicera siffror, nu eller vid en viss tid": [
        step("publish", waiting, State.PUBLISHED),
        step("publish", draft, State.PUBLISHED),
        step("schedule", waiting, State.SCHEDULED, publish_at="2099-01-01T08:00"),
    ],
    "skicka tillbaka siffror med en kommentar": [
        step("send_back", waiting, State.DRAFT, comment="Fel källa.")
    ],
    "kasta ett utkast med siffror": [throw_away],
    "göra ett utkast som ångrar publicerade siffror": [undo],
}
