"""The roles of the site, and what each may do. Put in force after every ``migrate``.

Administrators are Django's superusers. What a role had beside this, given by hand, is left alone.
"""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from wagtail.snippets.models import create_extra_permissions

COMMUNICATOR = "Kommunikatör"
REVIEWER = "Granskare"

#: The workflow of pages: a reviewer approves.
WORKFLOW = "Granskning"
_WAGTAILS_WORKFLOW = "Moderators approval"

_EDITOR = {
    "wagtailadmin": ["access_admin"],
    "comparisons": [
        *(f"{action}_indicator" for action in ("add", "change", "delete", "publish")),
        *(
            f"{action}_{name}"
            for action in ("add", "change", "delete")
            for name in ("area", "population", "source")
        ),
        "view_release",
        "add_release",
        "change_release",
        "delete_release",
        "publish_release",
    ],
    # To read, tick off and export. Only administrators throw away what readers wrote.
    "feedback": ["view_feedback", "change_feedback"],
}

#: Model permissions by app. Both publish for now; the review workflow will part them.
MODEL_PERMISSIONS: dict[str, dict[str, list[str]]] = {
    COMMUNICATOR: _EDITOR,
    REVIEWER: {
        **_EDITOR,
        "comparisons": [*_EDITOR["comparisons"], "lock_indicator", "unlock_indicator"],
    },
}
PAGE_PERMISSIONS = {
    COMMUNICATOR: ["add_page", "change_page", "publish_page"],
    REVIEWER: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
}
COLLECTION_PERMISSIONS = {
    "wagtailimages": ["add_image", "change_image", "choose_image"],
    "wagtaildocs": ["add_document", "change_document", "choose_document"],
}


def put_in_force(sender: AppConfig, **kwargs: Any) -> None:
    """Receiver of ``post_migrate``: give the roles the permissions of the app just migrated."""
    labels = {"wagtailcore", *COLLECTION_PERMISSIONS, *_EDITOR}
    if sender.label not in labels:
        return
    create_permissions(sender, verbosity=0)
    create_extra_permissions(sender)  # publish, lock and unlock, which Wagtail gives snippets
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for role in (COMMUNICATOR, REVIEWER):
        group, _ = Group.objects.get_or_create(name=role)

        def find(codenames: list[str]) -> Any:
            return Permission.objects.filter(content_type__app_label=sender.label, codename__in=codenames)

        group.permissions.add(*find(MODEL_PERMISSIONS[role].get(sender.label, [])))
        if sender.label == "wagtailcore":
            _on_root_page(group, find(PAGE_PERMISSIONS[role]))
            if role == REVIEWER:
                _reviews(group)
        if sender.label in COLLECTION_PERMISSIONS:
            _on_root_collection(group, find(COLLECTION_PERMISSIONS[sender.label]))


def _on_root_page(group: Any, permissions: Any) -> None:
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    if root is not None:
        for permission in permissions:
            apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
                group=group, page=root, permission=permission
            )


def _reviews(reviewers: Any) -> None:
    """Wagtail comes with a workflow in English that nobody could approve; make it the reviewers' own."""
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=_WAGTAILS_WORKFLOW).update(name=WORKFLOW)
    for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(name=WORKFLOW):
        task.groups.add(reviewers)


def _on_root_collection(group: Any, permissions: Any) -> None:
    root = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).first()
    if root is not None:
        for permission in permissions:
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
                group=group, collection=root, permission=permission
            )
