"""The review of pages and indicators: the buttons below a form, what is approved, the workflow itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from comparisons import roles
from comparisons.models import Indicator, ThemePage
from tests import factories
from tests.actions import texts as acts
from tests.actions.forms import filled_in
from tests.posting import told
from tests.reading import soup

pytestmark = pytest.mark.django_db

APPROVE = {
    "action-workflow-action": "true",
    "workflow-action-name": "approve",
    "workflow-action-extra-data": "{}",
}


def migrate() -> None:
    call_command("migrate", verbosity=0)


# --- The buttons below a form ----------------------------------------------------------------


def buttons(browser: Client, thing: Any, view: str = "edit") -> list[str]:
    """What the buttons below the form say, the large one first, the others from the one closest to it."""
    footer = soup(browser.get(acts.screen(thing, view)).content).select_one("footer")
    pressable = footer.select("button:not([data-w-dropdown-target]), a")
    found = [" ".join(one.get_text(" ").split()) for one in pressable]
    found = [label for label in found if label]
    return [found[0], *reversed(found[1:])]


@pytest.fixture(params=list(acts.KINDS))
def kind(request: Any) -> str:
    return str(request.param)


def test_a_communicator_submits_or_saves(desk: Client, kind: str) -> None:
    assert buttons(desk, acts.KINDS[kind]()) == ["Skicka för granskning", "Spara utkast"]


def test_a_communicator_meets_the_same_buttons_below_a_new_page(desk: Client) -> None:
    url = reverse("wagtailadmin_pages:add", args=["comparisons", "themepage", factories.index_page().pk])
    footer = soup(desk.get(url).content).select_one("footer")
    assert [
        " ".join(one.get_text(" ").split())
        for one in footer.select("button:not([data-w-dropdown-target])")
        if one.get_text().strip()
    ] == [
        "Skicka för granskning",
        "Spara utkast",
    ]


def test_a_reviewer_saves_publishes_submits_or_unpublishes(reviewer: Client, kind: str) -> None:
    assert buttons(reviewer, acts.KINDS[kind]()) == [
        "Spara utkast",
        "Publicera",
        "Skicka för granskning",
        "Avpublicera",
    ]


def test_while_it_waits_its_author_may_take_it_back_and_no_more(kind: str) -> None:
    me = factories.user(roles.COMMUNICATOR)
    first, *rest = buttons(factories.client(me), acts.submitted(kind, me))
    assert "låst" in first.lower() and rest == ["Ta tillbaka från granskning"]


def test_while_it_waits_another_communicator_may_do_nothing(desk: Client, kind: str) -> None:
    (only,) = buttons(desk, acts.submitted(kind))
    assert "låst" in only.lower()


def test_a_reviewer_approves_with_one_button_and_none_passes_by_the_review(
    reviewer: Client, kind: str
) -> None:
    assert buttons(reviewer, acts.submitted(kind)) == [
        "Godkänn och publicera",
        "Skicka tillbaka med en kommentar",
        "Spara utkast",
        "Godkänn och publicera, med en kommentar",
        "Avpublicera",
    ]


def test_what_is_sent_back_is_submitted_again(kind: str, desk: Client) -> None:
    thing = acts.submitted(kind)
    thing.current_workflow_task_state.reject(user=factories.user(roles.REVIEWER), comment="Rätta rubriken.")
    assert buttons(desk, thing) == ["Skicka för granskning igen", "Spara utkast"]
    acts.send(desk, thing, title="Rättat namn", **{"action-submit": "1"})
    assert thing.workflow_in_progress
    assert thing.current_workflow_task_state.revision.as_object().title == "Rättat namn"


def test_wagtails_own_buttons_are_as_they_were_for_what_has_no_drafts(desk: Client) -> None:
    assert buttons(desk, factories.area())[0] == "Spara"


# --- What is approved ------------------------------------------------------------------------


def test_what_waits_is_frozen_for_communicators_on_every_way(kind: str) -> None:
    me = factories.user(roles.COMMUNICATOR)
    browser = factories.client(me)
    thing = acts.submitted(kind, me)
    waiting = thing.latest_revision_id
    for pressed in ({}, {"action-submit": "1"}, {"action-publish": "1"}, {"action-restart-workflow": "1"}):
        acts.send(browser, thing, title="Ändrat efteråt", **pressed)
        assert thing.workflow_in_progress and thing.latest_revision_id == waiting, pressed
    url = acts.screen(thing, "edit")
    sent = filled_in(url, type(thing)) | {"title": "Ändrat efteråt"}
    browser.post(url, sent, headers={"accept": "application/json"})  # as the editor saves by itself
    thing.refresh_from_db()
    assert thing.latest_revision_id == waiting and acts.drafted(thing) == acts.NEW


def test_what_is_approved_is_what_was_submitted(reviewer: Client, kind: str) -> None:
    thing = acts.submitted(kind)
    waiting = thing.latest_revision.as_object().title
    acts.send(reviewer, thing, title=waiting, **APPROVE)
    assert (thing.title, thing.live, thing.workflow_in_progress) == (acts.NEW, True, False)


@pytest.mark.parametrize(
    ("what", "said"),
    [("approve", "Godkänt och publicerat: ”Nytt namn”."), ("reject", "Skickat tillbaka: ”Nytt namn”.")],
)
def test_a_reviewer_is_told_what_she_has_done(reviewer: Client, kind: str, what: str, said: str) -> None:
    url = acts.screen(acts.submitted(kind), "edit")
    sent = filled_in(url, {"sida": ThemePage, "nyckeltal": Indicator}[kind])
    answer = reviewer.post(url, sent | APPROVE | {"workflow-action-name": what})
    (message,) = told(answer)
    assert message.startswith(said)


def test_what_the_reviewer_wrote_stands_above_the_form_until_it_is_sent_again(
    desk: Client, kind: str
) -> None:
    thing = acts.submitted(kind)
    gun = factories.user(roles.REVIEWER, first_name="Gun", last_name="Ek")
    said = "Gun Ek har skickat tillbaka det här: Rätta <b>rubriken</b>."
    url = acts.screen(thing, "edit")
    assert said not in soup(desk.get(url).content).get_text()
    thing.current_workflow_task_state.reject(user=gun, comment="Rätta <b>rubriken</b>.")
    assert said in soup(desk.get(url).content).get_text()
    acts.send(desk, thing, **{"action-submit": "1"})
    assert said not in soup(desk.get(url).content).get_text()


def test_what_another_reviewer_has_changed_meanwhile_is_not_published_unseen(
    reviewer: Client, kind: str
) -> None:
    thing = acts.submitted(kind)
    other = {"sida": "conclusion", "nyckeltal": "short_title"}[kind]
    url = acts.screen(thing, "edit")
    opened = filled_in(url, type(thing))
    acts.send(factories.client(factories.user(roles.REVIEWER)), thing, title=acts.NEW, **{other: "Osedd"})
    reviewer.post(url, opened | APPROVE)
    thing.refresh_from_db()
    assert getattr(thing, other) != "Osedd"


def test_nothing_is_approved_without_the_form_it_stands_in(reviewer: Client, kind: str) -> None:
    thing = acts.submitted(kind)
    url = acts.screen(thing, "workflow_action", "approve", thing.current_workflow_task_state.pk)
    answer = reviewer.post(url, {"comment": ""})
    assert answer.headers["Location"] == acts.screen(thing, "edit")
    assert told(answer) == ["Läs igenom det som väntar och välj sedan Godkänn längst ned."]
    thing.refresh_from_db()
    assert thing.workflow_in_progress and thing.title == "Gammalt namn"


def test_an_answer_to_what_was_taken_back_and_sent_anew_is_refused(kind: str) -> None:
    me = factories.user(roles.COMMUNICATOR)
    thing = acts.submitted(kind, me)
    old = thing.current_workflow_task_state.pk
    thing.current_workflow_state.cancel(user=me)
    thing.get_workflow().start(thing, me)
    reviewer = factories.client(factories.user(roles.REVIEWER))
    reviewer.post(acts.screen(thing, "workflow_action", "reject", old), {"comment": "För sent."})
    assert thing.workflow_in_progress


def test_a_communicator_is_told_who_can_take_away_what_is_published(desk: Client) -> None:
    thing = acts.indicator()
    answer = desk.post(acts.screen(thing, "delete"))
    assert answer.headers["Location"] == acts.screen(thing, "edit")
    assert told(answer) == ["Nyckeltal ”Gammalt namn” är publicerat. Be en granskare att ta bort det."]
    assert acts.screen(thing, "delete") not in desk.get(acts.screen(thing, "edit")).content.decode()
    assert Indicator.objects.filter(pk=thing.pk).exists()


# --- The workflow ----------------------------------------------------------------------------


def test_what_is_sent_for_review_waits_for_reviewers_only() -> None:
    task = GroupApprovalTask.objects.get()
    workflow = Workflow.objects.get()
    assert (workflow.name, task.name, workflow.active) == (roles.WORKFLOW, roles.WORKFLOW, True)
    assert [group.name for group in task.groups.all()] == [roles.REVIEWER]
    assert factories.theme_page().get_workflow() == workflow == Indicator.get_default_workflow()
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ROLES)


def everything() -> list[Any]:
    """All there is to know of workflows."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Workflow, Task, WorkflowTask, WorkflowPage, WorkflowContentType)
    ] + [sorted(group.name for task in GroupApprovalTask.objects.all() for group in task.groups.all())]


def test_it_is_made_once() -> None:
    before = everything()
    migrate()
    migrate()
    assert everything() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda: Workflow.objects.update(name="Läsning"),
        lambda: Workflow.objects.update(active=False),
        lambda: WorkflowContentType.objects.all().delete(),
        lambda: WorkflowPage.objects.all().delete(),
        lambda: GroupApprovalTask.objects.get().groups.clear(),
        lambda: WorkflowPage.objects.update(workflow=Workflow.objects.create(name="En annan")),
    ],
    ids=["renamed", "switched off", "not indicators", "not pages", "nobody", "another"],
)
def test_what_an_administrator_changes_stays(change: Callable[[], Any]) -> None:
    change()
    before = everything()
    migrate()
    assert everything() == before


def test_wagtails_own_workflow_becomes_ours_and_its_groups_go_unless_somebody_is_in_them() -> None:
    Workflow.objects.all().delete()
    Task.objects.all().delete()
    kept, _ = Group.objects.get_or_create(name="Moderators"), Group.objects.get_or_create(name="Editors")
    factories.user().groups.add(kept[0])
    workflow = Workflow.objects.create(name="Moderators approval")
    task = GroupApprovalTask.objects.create(name="Moderators approval")
    task.groups.add(kept[0])
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=Page.objects.get(depth=1))
    migrate()
    workflow.refresh_from_db()
    task.refresh_from_db()
    assert (workflow.name, task.name) == (roles.WORKFLOW, roles.WORKFLOW)
    assert [group.name for group in task.groups.all()] == [roles.REVIEWER]
    assert Indicator.get_default_workflow() == workflow
    assert set(Group.objects.values_list("name", flat=True)) == {*roles.ROLES, "Moderators"}
