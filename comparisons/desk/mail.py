"""Mail to editors: somebody waits for a review, or something has become of what one submitted.

Of figures, ``comparisons.releases`` tells; of pages and indicators, Wagtail's signals do. All of it is called
or sent after the commit, is plain text in Swedish, and goes to whoever has an address and has not turned
that kind of mail off under Konto. A mail server that fails is logged and stops nobody.
"""

import logging
from collections.abc import Iterable
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from wagtail import signals
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_latest_str
from wagtail.models import ModelLogEntry, TaskState, WorkflowState

from comparisons.mailing import deliver
from comparisons.models import Release

if TYPE_CHECKING:
    from boras_site.accounts.models import User

logger = logging.getLogger(__name__)


class News(Enum):
    """What has become of a release: the end of the subject, what is said, what to do, what may be off."""

    SENT_BACK = (
        "är tillbaka hos dig",
        "är ett utkast igen. Granskaren skriver:",
        "Ändra och skicka igen",
        "rejected",
    )
    PUBLISHED = (
        "är publicerad",
        "är godkänd och publicerad. Nu syns siffrorna för läsare.",
        "Se den",
        "approved",
    )
    MOVED = (
        "är tillbaka hos dig",
        "är ett utkast igen, för publicerade siffror har ändrats sedan du skickade den:",
        "Läs vad som gäller nu och skicka igen",
        "rejected",
    )
    FAILED = (
        "kunde inte publiceras",
        "skulle ha publicerats nu, men det gick inte. Inget har ändrats för läsare:",
        "Öppna den",
        "",
    )


# --- Figures ---------------------------------------------------------------------------------


def tell_reviewers(release: Release) -> None:
    """Tell everybody who may publish figures that a release waits, except whoever submitted it.

    Call it after the commit. Nobody is told of one that does not wait any more, as when it was published
    in the same breath. Never raises.
    """
    if not Release.objects.filter(pk=release.pk, state=Release.State.SUBMITTED).exists():
        return
    who = release.submitted_by
    people = get_user_model().objects.with_perm("comparisons.publish_release")
    _send(
        _willing(people, "submitted", but=who),
        f"”{release.title}” väntar på granskning",
        [
            f"{_name(who) or 'Någon'} har skickat siffror för granskning: ”{release.title}”.",
            f"Anledning: {release.reason}" if release.reason else "",
        ],
        lambda _: ("Läs och godkänn", release.get_admin_url()),
        f"Release {release.pk} is submitted",
    )


def tell_author(release: Release, what: News, comment: str = "", *, by: "User | None" = None) -> None:
    """Tell whoever submitted a release what has become of it; ``comment`` follows what is said.

    ``by`` is who took the step, and is not told what she knows. That a publication failed is told
    whoever approved it too, and cannot be turned off. Call it after the commit. Never raises.
    """
    people = {_author(release)}
    if what is News.FAILED:
        people.add(release.approved_by)
    tail, said, todo, kind = what.value
    if not comment.strip():
        said = said.replace(" Granskaren skriver:", "").replace(":", ".")
    _send(
        _willing(get_user_model().objects.filter(pk__in=[one.pk for one in people if one]), kind, but=by),
        f"”{release.title}” {tail}",
        [f"”{release.title}” {said}", comment.strip()],
        lambda _: (todo, release.get_admin_url()),
        f"Release {release.pk} has moved on ({what.name})",
    )


def _author(release: Release) -> "User | None":
    """Who submitted it, or else made it. One that is a draft again has forgotten, but its log has not."""
    steps = ModelLogEntry.objects.for_instance(release).filter(action="comparisons.release.submit")
    latest = steps.order_by("-timestamp").select_related("user").first()
    return release.submitted_by or (latest and latest.user) or release.created_by


# --- Pages and indicators --------------------------------------------------------------------


def listen() -> None:
    """Take the place of Wagtail's own mails, which speak of workflows and break the step when they fail."""
    for signal, sender, theirs, ours in (
        (signals.task_submitted, TaskState, "group_approval_task_submitted", _submitted),
        (signals.workflow_submitted, WorkflowState, "workflow_state_submitted", None),
        (signals.workflow_rejected, WorkflowState, "workflow_state_rejected", _rejected),
        (signals.workflow_approved, WorkflowState, "workflow_state_approved", _approved),
    ):
        signal.disconnect(sender=sender, dispatch_uid=f"{theirs}_email_notification")
        if ours:
            signal.connect(ours, sender=sender, dispatch_uid=f"desk_mail_{theirs}")


def _submitted(instance: TaskState, user: "User | None" = None, **kwargs: Any) -> None:
    transaction.on_commit(partial(_tell_of_submitted, instance, user), robust=True)


def _tell_of_submitted(state: TaskState, who: "User | None") -> None:
    """Tell those who may approve it."""
    groups = getattr(state.task.specific, "groups", None)
    if groups is None:
        return
    thing = state.workflow_state.content_object
    name = get_latest_str(thing)
    may_approve = Q(is_superuser=True) | Q(groups__in=groups.all())
    _send(
        _willing(get_user_model().objects.filter(may_approve), "submitted", but=who),
        f"”{name}” väntar på granskning",
        [f"{_name(who) or 'Någon'} har skickat ”{name}” ({_kind(thing)}) för granskning."],
        lambda to: ("Läs och godkänn", AdminURLFinder(to).get_edit_url(thing)),
        f"{name} is submitted",
    )


def _rejected(instance: WorkflowState, user: "User | None" = None, **kwargs: Any) -> None:
    comment = instance.current_task_state.specific.get_comment()
    transaction.on_commit(partial(_tell_of_answer, instance, False, comment, user), robust=True)


def _approved(instance: WorkflowState, user: "User | None" = None, **kwargs: Any) -> None:
    comment = instance.current_task_state.specific.get_comment()
    transaction.on_commit(partial(_tell_of_answer, instance, True, comment, user), robust=True)


def _tell_of_answer(state: WorkflowState, approved: bool, comment: str, by: "User | None") -> None:
    """Tell whoever submitted it."""
    thing = state.content_object
    name = get_latest_str(thing)
    if approved:
        tail, said = "är godkänd", f"”{name}” ({_kind(thing)}) är godkänd."
    else:
        tail, said = "är tillbaka hos dig", f"”{name}” ({_kind(thing)}) behöver ändras innan det publiceras."

    def onward(to: "User") -> tuple[str, str | None]:
        if approved and thing.live:
            return "Se hur det blev", thing.full_url
        return "Öppna", AdminURLFinder(to).get_edit_url(thing)

    _send(
        _willing(
            get_user_model().objects.filter(pk=state.requested_by_id),
            "approved" if approved else "rejected",
            but=by,
        ),
        f"”{name}” {tail}",
        [said, *_comment(comment, by)],
        onward,
        f"{name} is {'approved' if approved else 'rejected'}",
    )


# --- What they share -------------------------------------------------------------------------


def _willing(people: Any, kind: str, *, but: "User | None") -> "list[User]":
    """Of a query of users, those to write to; ``kind`` is the kind of mail that one may turn off."""
    found = people.filter(is_active=True).exclude(email="")
    if kind:
        found = found.exclude(**{f"wagtail_userprofile__{kind}_notifications": False})
    if but is not None:
        found = found.exclude(pk=but.pk)
    return list(found.distinct().order_by("pk"))


def _name(user: "User | None") -> str:
    return "" if user is None else user.get_full_name() or user.get_username()


def _kind(thing: Any) -> str:
    return str(getattr(thing, "specific_class", type(thing))._meta.verbose_name)


def _comment(comment: str, by: "User | None") -> list[str]:
    return [f"{_name(by) or 'Granskaren'} skriver:", comment] if comment.strip() else []


def _send(people: "Iterable[User]", subject: str, lines: list[str], onward: Any, about: str) -> None:
    """Write to each of them; ``onward`` gives, for one of them, what to do and the address of it."""
    site = settings.WAGTAIL_SITE_NAME
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    mails = []
    for to in people:
        todo, address = onward(to)
        if address and not address.startswith("http"):
            address = f"{base}{address}"
        body = [
            f"Hej {to.first_name or to.get_username()}!",
            *(line for line in lines if line),
            *([f"{todo}: {address}"] if address else []),
            "--\n"
            f"Mejlet kommer från {site}. Under Konto väljer du vilka mejl du får: "
            f"{base}{reverse('wagtailadmin_account')}#tab-notifications",
        ]
        # A title may hold a line break, which would begin a new header.
        headline = " ".join(f"{site}: {subject}".split())
        mails.append(EmailMessage(headline, "\n\n".join(body), to=[to.email], headers=_HEADERS))
    if mails:
        deliver(mails, logger, about)


#: So that nobody's automatic answer answers.
_HEADERS = {"Auto-Submitted": "auto-generated"}
