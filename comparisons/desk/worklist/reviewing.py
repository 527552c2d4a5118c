"""What is on its way to the public: waiting for review, timed, stopped."""

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision, TaskState, WorkflowState

from comparisons.desk.worklist.kinds import (
    Action,
    Found,
    Item,
    begun,
    clock,
    drafts_for,
    edit_url,
    gather,
    model_of,
    named,
    type_of,
)
from comparisons.models import Release

if TYPE_CHECKING:
    from boras_site.accounts.models import User

State = Release.State
PUBLISH = "comparisons.publish_release"
FAILED = "comparisons.release.fail"
#: Said when the hour has passed: whatever publishes by the clock has not run.
OVERDUE = "Det har inte skett. Säg till den som sköter webbplatsen."


def to_review(user: "User", most: int) -> Found:
    """What others have sent and the user may approve, the longest waiting first."""
    tasks = (
        _reviewable(user)
        .filter(revision__isnull=False)
        .select_related("revision", "workflow_state__requested_by")
        .defer("revision__content")
        .order_by("started_at")
    )
    parts: list[Any] = [(tasks, _task)]
    if user.has_perm(PUBLISH):
        submitted = Release.objects.filter(state=State.SUBMITTED).select_related("submitted_by")
        parts.append((submitted.order_by("submitted_at"), _submitted))
    return gather(most, *parts)


def _reviewable(user: "User") -> QuerySet[TaskState]:
    return TaskState.objects.reviewable_by(user)  # type: ignore[no-any-return]


def _task(task: TaskState) -> Item:
    return Item(
        name=task.revision.object_str,
        why=_sent(named(task.workflow_state.requested_by), task.started_at),
        action=Action("Granska", edit_url(model_of(task.revision), task.revision.object_id)),
        at=task.started_at,
    )


def _submitted(release: Release) -> Item:
    return Item(
        name=release.title,
        why=_sent(named(release.submitted_by), release.submitted_at),
        action=Action("Granska", release.get_admin_url()),
        at=release.submitted_at,
    )


def _sent(sender: str, moment: Any) -> str:
    return f"{sender} skickade {clock(moment)}."


def sent(user: "User", most: int) -> Found:
    """What the user has sent for review and somebody else is to approve."""
    states = (
        WorkflowState.objects.filter(
            drafts_for(user), status=WorkflowState.STATUS_IN_PROGRESS, requested_by=user
        )
        .exclude(current_task_state__in=_reviewable(user).values("pk"))
        .select_related("current_task_state__revision")
        .defer("current_task_state__revision__content")
        .order_by("current_task_state__started_at")
    )
    parts: list[Any] = [(states, _my_state)]
    if user.has_perm("comparisons.add_release") and not user.has_perm(PUBLISH):
        submitted = Release.objects.filter(state=State.SUBMITTED, submitted_by=user)
        parts.append((submitted.order_by("submitted_at"), _my_submitted))
    return gather(most, *parts)


def _my_state(state: WorkflowState) -> Item:
    task = state.current_task_state
    return Item(
        name=task.revision.object_str,
        why=_sent("Du", task.started_at),
        action=Action("Visa", edit_url(model_of(state), state.object_id)),
        at=task.started_at,
    )


def _my_submitted(release: Release) -> Item:
    return Item(
        name=release.title,
        why=_sent("Du", release.submitted_at),
        action=Action("Visa", release.get_admin_url()),
        at=release.submitted_at,
    )


def timed(user: "User", most: int) -> Found:
    """Releases and drafts that are approved and become public by the clock, the soonest first."""
    releases = _releases_of(user).filter(state__in=Release.READY).order_by("publish_at")
    drafts = (
        Revision.objects.filter(drafts_for(user, "publish") | Q(drafts_for(user), user=user))
        .filter(approved_go_live_at__isnull=False)
        .defer("content")
        .order_by("approved_go_live_at")
    )
    return gather(most, (releases, _timed_release), (drafts, _timed_draft))


def _timed_release(release: Release) -> Item:
    at = release.publish_at
    return Item(
        name=release.title,
        why=_by_the_clock(at) if at else "Godkänd, men inte publicerad än.",
        action=Action("Visa", release.get_admin_url()),
        at=at,
    )


def _timed_draft(revision: Revision) -> Item:
    return Item(
        name=revision.object_str,
        why=_by_the_clock(revision.approved_go_live_at),
        action=Action("Visa", edit_url(model_of(revision), revision.object_id)),
        at=revision.approved_go_live_at,
    )


def _by_the_clock(at: Any) -> str:
    if at <= timezone.now():
        return f"Skulle ha publicerats {clock(at)}. {OVERDUE}"
    return f"Publiceras {clock(at)}."


def failed(user: "User", most: int) -> Found:
    """Releases that were to be published and could not be, with what the log says of it."""
    entries = ModelLogEntry.objects.filter(
        content_type=type_of(Release), object_id=Cast(OuterRef("pk"), CharField()), action=FAILED
    ).order_by("-timestamp", "-pk")
    releases = _releases_of(user).filter(state=State.FAILED).order_by("publish_at")
    return gather(most, (releases.annotate(log=Subquery(entries.values("data")[:1])), _failed))


def _failed(release: Any) -> Item:
    when = f" Den skulle ha publicerats {clock(release.publish_at)}." if release.publish_at else ""
    why_not = begun((release.log or {}).get("comment", ""), 300)
    return Item(
        name=release.title,
        why=f"Ingen siffra i den är publicerad.{when} {why_not}".strip(),
        action=Action("Se vad som hände", release.get_admin_url()),
        at=release.publish_at,
    )


def _releases_of(user: "User") -> QuerySet[Release]:
    """Every release for who may publish, her own for who may only make them, else none."""
    if user.has_perm(PUBLISH):
        return Release.objects.all()
    if user.has_perm("comparisons.add_release"):
        return Release.objects.filter(Q(created_by=user) | Q(submitted_by=user))
    return Release.objects.none()
