"""What the user has begun herself: sent back to her, not finished, locked by her."""

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page, WorkflowState

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
    pages_for,
    type_of,
)
from comparisons.models import Indicator, Release, ReleaseMember
from comparisons.svenska import capitalise, count_of

if TYPE_CHECKING:
    from boras_site.accounts.models import User

CONTINUE = "Fortsätt"
#: What the log says when a release becomes a draft again: by a reviewer, by itself, by its author.
SENT_BACK = "comparisons.release.send_back"
MOVED = "comparisons.release.moved"
TAKEN_BACK = "comparisons.release.take_back"


def sent_back(user: "User", most: int) -> Found:
    """Pages, indicators and releases that a reviewer sent back to the user, with the reviewer's words."""
    states = (
        WorkflowState.objects.filter(
            drafts_for(user), status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user
        )
        .select_related("current_task_state__finished_by", "current_task_state__revision")
        .defer("current_task_state__revision__content")
        .order_by("-current_task_state__finished_at")
    )
    words = ModelLogEntry.objects.filter(
        pk__in=_with_newest_entry(_my_releases(user)).values("entry"), action__in=(SENT_BACK, MOVED)
    ).select_related("user")
    return gather(
        most,
        (states, _sent_back_draft),
        (words.order_by("-timestamp"), _sent_back_release),
        newest_first=True,
    )


def _with_newest_entry(releases: QuerySet[Release]) -> QuerySet[Any]:
    """The releases with ``entry`` and ``became``: the newest line in the log that made each a draft again."""
    entries = ModelLogEntry.objects.filter(
        content_type=type_of(Release),
        object_id=Cast(OuterRef("pk"), CharField()),
        action__in=(SENT_BACK, MOVED, TAKEN_BACK),
    ).order_by("-timestamp", "-pk")
    return releases.annotate(
        entry=Subquery(entries.values("pk")[:1]),
        became=Coalesce(Subquery(entries.values("action")[:1]), Value("")),
    )


def _sent_back_draft(state: WorkflowState) -> Item:
    task = state.current_task_state
    return Item(
        name=task.revision.object_str,
        why=_remark(task.finished_by, task.comment, task.finished_at),
        action=Action(CONTINUE, edit_url(model_of(state), state.object_id)),
        at=task.finished_at,
    )


def _sent_back_release(entry: ModelLogEntry) -> Item:
    comment = (entry.data or {}).get("comment", "")
    if entry.action == MOVED:
        why = f"Publicerade siffror har ändrats sedan du skickade den. {begun(comment, 300)}"
    else:
        why = _remark(entry.user, comment, entry.timestamp)
    return Item(
        name=entry.label,
        why=why,
        action=Action(CONTINUE, reverse("releases:inspect", args=[entry.object_id])),
        at=entry.timestamp,
    )


def _remark(reviewer: Any, comment: str, moment: Any) -> str:
    said = f": ”{begun(comment, 300)}”" if comment.strip() else " utan kommentar."
    return f"{named(reviewer)} skickade tillbaka {clock(moment)}{said}"


def mine(user: "User", most: int) -> Found:
    """Drafts that the user saved last, and releases she made, that she has not sent anywhere yet."""
    pages = _unsent(pages_for(user), user, Page)
    parts: list[Any] = [(pages, _draft_of_page)]
    if user.has_perm("comparisons.change_indicator"):
        parts.append((_unsent(Indicator.objects.all(), user, Indicator), _draft_of_indicator))
    releases = (
        _with_newest_entry(_my_releases(user))
        .exclude(became__in=(SENT_BACK, MOVED))
        .annotate(figures=Count("staged"))
    )
    parts.append((releases.order_by("-created_at"), _draft_of_release))
    return gather(most, *parts, newest_first=True)


def _unsent(drafts: QuerySet[Any], user: "User", model: type[Any]) -> QuerySet[Any]:
    """Drafts whose newest version is the user's and neither in review, nor timed, nor in a sent release."""
    about = {"base_content_type": type_of(model), "object_id": Cast(OuterRef("pk"), CharField())}
    # A release that has left its draft stage carries its own drafts with it.
    carried = ReleaseMember.objects.filter(revision=OuterRef("latest_revision")).exclude(
        release__state__in=Release.OPEN
    )
    return (
        drafts.filter(
            ~Exists(WorkflowState.objects.active().filter(**about)),
            ~Exists(carried),
            has_unpublished_changes=True,
            latest_revision__user=user,
            latest_revision__approved_go_live_at=None,
        )
        .select_related("latest_revision")
        .defer("latest_revision__content")
        .order_by("-latest_revision__created_at")
    )


def _draft_of_page(page: Page) -> Item:
    return _draft(page, page.get_admin_display_title(), page.specific_class._meta.verbose_name)


def _draft_of_indicator(indicator: Indicator) -> Item:
    title = indicator.latest_revision.object_str  # type: ignore[attr-defined]
    return _draft(indicator, title, indicator._meta.verbose_name)


def _draft(draft: Any, title: str, sort: Any) -> Item:
    saved = draft.latest_revision.created_at
    state = "Har ändringar som inte är publicerade" if draft.live else "Är inte publicerat"
    return Item(
        name=title,
        why=f"{capitalise(str(sort))}. {state}. Du sparade senast {clock(saved)}.",
        action=Action(CONTINUE, edit_url(Page if isinstance(draft, Page) else Indicator, draft.pk)),
        at=saved,
    )


def _my_releases(user: "User") -> QuerySet[Release]:
    if not user.has_perm("comparisons.add_release"):
        return Release.objects.none()
    return Release.objects.filter(state__in=Release.OPEN, created_by=user)


def _draft_of_release(release: Any) -> Item:
    holds = count_of(release.figures, "siffra", "siffror")
    return Item(
        name=release.title,
        why=f"Publicering med {holds}, inte skickad än. Du skapade den {clock(release.created_at)}.",
        action=Action(CONTINUE, release.get_admin_url()),
        at=release.created_at,
    )


def locked(user: "User", most: int) -> Found:
    """Pages and indicators that the user has locked, so that nobody else can go on with them."""
    lock = {"locked": True, "locked_by": user}
    pages = pages_for(user).filter(**lock).order_by("-locked_at")
    parts: list[Any] = [(pages, _locked_page)]
    if user.has_perm("comparisons.change_indicator"):
        parts.append((Indicator.objects.filter(**lock).order_by("-locked_at"), _locked_indicator))
    return gather(most, *parts, newest_first=True)


def _locked_page(page: Page) -> Item:
    return _locked(Page, page, page.get_admin_display_title(), "wagtailadmin_pages:unlock")


def _locked_indicator(indicator: Any) -> Item:
    return _locked(Indicator, indicator, str(indicator), Indicator.snippet_viewset.get_url_name("unlock"))  # type: ignore[attr-defined]


def _locked(model: Any, what: Any, title: str, unlock: str) -> Item:
    return Item(
        name=title,
        why=f"Ingen annan kan ändra. Du låste {clock(what.locked_at)}.",
        action=Action("Lås upp", reverse(unlock, args=[what.pk]), post=True),
        at=what.locked_at,
        url=edit_url(model, what.pk),
    )
