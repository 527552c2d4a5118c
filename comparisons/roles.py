"""The roles of the site, and what each may do. Put in force after every ``migrate``.

The same in the editors' words is the table "Vem får göra vad" in ``docs/redaktor.md``, and
``tests/test_roles.py`` tries every line of that as every role, so the three cannot drift apart.

- A role has **exactly** the permissions named here. What it had beside them is taken away by the next
  ``migrate``, whether an earlier version gave it (communicators could publish once) or somebody did by
  hand: else nobody could tell from the table who may publish. Whoever needs more gets a group of her
  own; other groups, and permissions given to one person, are never touched.
- No role gets anything of users, groups, settings, sites or workflows: that is for administrators, who
  are Django's superusers.
- The workflow is made once and then belongs to the administrators, see ``_make_workflow``.
"""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    ModelLogEntry,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.snippets.models import create_extra_permissions

COMMUNICATOR = "Kommunikatör"
REVIEWER = "Granskare"
ROLES = (COMMUNICATOR, REVIEWER)

#: The workflow of pages and indicators: one task by the same name, which a reviewer approves.
WORKFLOW = "Granskning"
_WAGTAILS_WORKFLOW = "Moderators approval"
#: Come with Wagtail, in English, with rights of their own.
_WAGTAILS_GROUPS = ("Editors", "Moderators")

#: Permissions on models that both roles have, by app.
_EDITOR = {
    "wagtailadmin": ["access_admin"],
    "comparisons": [
        # A communicator deletes drafts only: desk/publishing.py.
        *(f"{action}_indicator" for action in ("add", "change", "delete")),
        *(
            f"{action}_{name}"
            for action in ("add", "change", "delete")
            for name in ("area", "population", "source")
        ),
        "view_release",
        "add_release",
        "change_release",
        "delete_release",
    ],
    # To read, tick off and export. Only administrators throw away what readers wrote.
    "feedback": ["view_feedback", "change_feedback"],
}
#: What a reviewer has beside.
_REVIEWS = ["publish_indicator", "lock_indicator", "unlock_indicator", "publish_release"]

MODEL_PERMISSIONS: dict[str, dict[str, list[str]]] = {
    COMMUNICATOR: _EDITOR,
    REVIEWER: {**_EDITOR, "comparisons": [*_EDITOR["comparisons"], *_REVIEWS]},
}
#: On the root page, and so on every page.
PAGE_PERMISSIONS = {
    COMMUNICATOR: ["add_page", "change_page"],
    REVIEWER: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
}
#: On the root collection, and so on every collection, for both roles.
COLLECTION_PERMISSIONS = {
    "wagtailimages": ["add_image", "change_image", "choose_image"],
    "wagtaildocs": ["add_document", "change_document", "choose_document"],
}


def put_in_force(sender: AppConfig, **kwargs: Any) -> None:
    """Receiver of ``post_migrate``: give the roles what they have in the app just migrated, and no more."""
    if sender.label not in {"wagtailcore", *COLLECTION_PERMISSIONS, *_EDITOR}:
        return
    create_permissions(sender, verbosity=0)
    create_extra_permissions(sender)  # publish, lock and unlock, which Wagtail gives snippets
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role)
        _on_models(group, sender.label, MODEL_PERMISSIONS[role].get(sender.label, []))
        if sender.label == "wagtailcore":
            _on_pages(group, _permissions(sender.label, PAGE_PERMISSIONS[role]))
        if sender.label in COLLECTION_PERMISSIONS:
            _in_collections(
                group, sender.label, _permissions(sender.label, COLLECTION_PERMISSIONS[sender.label])
            )
    if sender.label == "wagtailcore":
        _make_workflow()


def _permissions(app: str, codenames: list[str]) -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label=app, codename__in=codenames)


def _on_models(group: Group, app: str, codenames: list[str]) -> None:
    """Exactly these of the app's permissions, and none of the apps that no role has to do with."""
    ours = _permissions(app, codenames)
    others = group.permissions.filter(content_type__app_label=app).exclude(pk__in=ours.values("pk"))
    strangers = group.permissions.exclude(content_type__app_label__in=_EDITOR)
    group.permissions.remove(*others, *strangers)
    group.permissions.add(*ours)


def _on_pages(group: Group, ours: QuerySet[Permission]) -> None:
    root = Page.objects.filter(depth=1).first()
    given = GroupPagePermission.objects.filter(group=group)
    given.exclude(page=root, permission__in=ours).delete()
    if root is not None:
        for permission in ours:
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _in_collections(group: Group, app: str, ours: QuerySet[Permission]) -> None:
    root = Collection.objects.filter(depth=1).first()
    given = GroupCollectionPermission.objects.filter(group=group)
    given.filter(permission__content_type__app_label=app).exclude(
        collection=root, permission__in=ours
    ).delete()
    given.exclude(permission__content_type__app_label__in=COLLECTION_PERMISSIONS).delete()
    if root is not None:
        for permission in ours:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root, permission=permission
            )


def _make_workflow() -> None:
    """Let what is submitted, pages and indicators, wait for a reviewer. Done once.

    Wagtail comes with a workflow in English that nobody could approve; it becomes ours, and its two
    groups go unless somebody is in them. That it is made stands in the workflow's log, as does what an
    administrator changes in the admin: with anything there, nothing is touched, so that a step added, a
    kind of page let off or a workflow switched off stays so.
    """
    from comparisons.models import Indicator

    workflow = Workflow.objects.filter(name__in=(WORKFLOW, _WAGTAILS_WORKFLOW)).first()
    root = Page.objects.filter(depth=1).first()
    if root is None or (workflow is None and Workflow.objects.exists()):
        return
    if workflow is None:
        workflow = Workflow.objects.create(name=WORKFLOW)
    if ModelLogEntry.objects.for_instance(workflow).exists():
        return
    Workflow.objects.filter(pk=workflow.pk).update(name=WORKFLOW)
    task = GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow).first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=WORKFLOW)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    GroupApprovalTask.objects.filter(pk=task.pk).update(name=WORKFLOW)
    task.groups.set([Group.objects.get(name=REVIEWER)])
    WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})
    WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Indicator), defaults={"workflow": workflow}
    )
    Group.objects.filter(name__in=_WAGTAILS_GROUPS, user=None).delete()
    workflow.refresh_from_db()
    ModelLogEntry.objects.log_action(workflow, "wagtail.create")
