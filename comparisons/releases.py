"""The way of a release from draft to public: who may move it, and what is remembered of it.

The figures themselves are ``ledger.py``'s. Here are the steps before: submit, approve, send back.
Each step is taken by one query that also checks the state, so two reviewers cannot both take it.
What happened is told by mail once it is certain, and kept in the release's log.
"""

import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import OperationalError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from comparisons import ledger, rules
from comparisons.desk.mail import News, tell_author, tell_reviewers
from comparisons.ledger import NotReady
from comparisons.models import Release
from comparisons.terms import Status

if TYPE_CHECKING:
    from boras_site.accounts.models import User

logger = logging.getLogger(__name__)
State = Release.State

#: The reason of a release in which nothing that is published changes.
NEW_FIGURES = "Nya siffror."
UNEXPECTED = "Något gick fel hos oss, och inget är publicerat. Säg till den som sköter webbplatsen."
OWED_REASON = "Skriv varför siffrorna rättas. Läsarna ser det på nyckeltalets sida."


def owes_reason(release: Release) -> bool:
    """Whether it changes or takes away a published figure without a reason that readers can be told."""
    if release.reason.strip() not in ("", NEW_FIGURES):
        return False
    return release.staged.filter(base__isnull=False).exclude(base__status=Status.WITHDRAWN).exists()


@transaction.atomic
def reword(release: Release, user: "User", *, title: str, reason: str) -> None:
    """Give a draft another title and reason. Raises NotReady for one that is on its way."""
    _step(release, from_=State.DRAFT, to=State.DRAFT, title=title, reason=reason)
    log(release, "comparisons.release.edit", user=user)


@transaction.atomic
def submit(release: Release, user: "User") -> None:
    """Send a draft for review; its figures are frozen. Raises NotReady for anything else."""
    if not release.staged.exists() and not release.members.exists():
        raise NotReady("Publiceringen är tom. Lägg till minst en siffra innan du skickar den.")
    if owes_reason(release):
        raise NotReady(OWED_REASON)
    _step(
        release,
        from_=State.DRAFT,
        to=State.SUBMITTED,
        submitted_at=timezone.now(),
        submitted_by=user,
    )
    log(release, "comparisons.release.submit", user=user)
    transaction.on_commit(lambda: tell_reviewers(release))


@transaction.atomic
def approve(release: Release, user: "User") -> None:
    """Approve what was submitted. Raises NotReady when somebody else dealt with it first."""
    _step(
        release,
        from_=State.SUBMITTED,
        to=State.APPROVED,
        approved_at=timezone.now(),
        approved_by=user,
    )
    log(release, "comparisons.release.approve", user=user)


def approve_and_publish(release: Release, user: "User") -> None:
    """The reviewer's one button. Raises what ``ledger.publish`` raises; then nothing is approved.

    When a figure has moved since the release was compared, it goes back as a draft, and FiguresMoved
    says what moved.
    """
    try:
        with transaction.atomic():
            ledger.wait_for_turn()
            approve(release, user)
            ledger.publish(release, user=user)
    except ledger.FiguresMoved as moved:
        go_back(release, moved.lines, user=user)
        raise
    transaction.on_commit(lambda: tell_author(release, News.PUBLISHED, by=user))


@transaction.atomic
def schedule(release: Release, user: "User", at: datetime) -> None:
    """Approve what was submitted, to be published at ``at``. Raises NotReady, or what publishing would."""
    if at <= timezone.now():
        raise NotReady("Tidpunkten har redan varit. Välj en som kommer.")
    if lines := ledger.moved(release):
        raise ledger.FiguresMoved(lines)
    approve(release, user)
    _step(release, from_=State.APPROVED, to=State.SCHEDULED, publish_at=at)
    log(release, "comparisons.release.schedule", user=user, data={"at": at.isoformat()})


def publish_due(now: datetime | None = None) -> tuple[int, int]:
    """Publish every release whose time has come, each in a transaction of its own.

    Returns how many were published and how many could not be. One that cannot is marked as failed,
    logged loudly, and told to whoever submitted it; the others go on.
    """
    published = failed = 0
    due = Release.objects.filter(state=State.SCHEDULED, publish_at__lte=now or timezone.now())
    for release in due.order_by("publish_at", "pk"):
        try:
            ledger.publish(release)
        except OperationalError:
            # The database itself, or somebody who kept it too long: it is tried again the next time.
            failed += 1
            logger.exception("release %s could not be published at its time, and waits", release.pk)
        except Exception as error:
            failed += 1
            logger.exception("release %s could not be published at its time", release.pk)
            expected = isinstance(error, (ledger.LedgerError, rules.BrokenRules))
            _fail(release, str(error) if expected else UNEXPECTED)
        else:
            published += 1
            tell_author(release, News.PUBLISHED)
    return published, failed


def _fail(release: Release, told: str) -> None:
    Release.objects.filter(pk=release.pk, state=State.SCHEDULED).update(state=State.FAILED)
    release.refresh_from_db()
    log(release, "comparisons.release.fail", data={"comment": told})
    tell_author(release, News.FAILED, told)


@transaction.atomic
def send_back(release: Release, user: "User", comment: str) -> None:
    """Make what was submitted a draft again, with the reviewer's words. Raises NotReady."""
    _step(release, from_=State.SUBMITTED, to=State.DRAFT, submitted_at=None, submitted_by=None)
    log(release, "comparisons.release.send_back", user=user, data={"comment": comment})
    transaction.on_commit(lambda: tell_author(release, News.SENT_BACK, comment, by=user))


@transaction.atomic
def go_back(release: Release, lines: list[str], *, user: "User | None" = None) -> None:
    """Make it a draft again, compared with what is published now, because figures have moved."""
    ledger.compare_again(release)
    comment = " ".join(lines)
    log(release, "comparisons.release.moved", user=user, data={"comment": comment})
    transaction.on_commit(lambda: tell_author(release, News.MOVED, comment))


@transaction.atomic
def take_back(release: Release, user: "User") -> None:
    """Make a draft of one that is not published, compared with what is published now. Raises NotOpen."""
    ledger.compare_again(release)
    log(release, "comparisons.release.take_back", user=user)


@transaction.atomic
def publish_now(release: Release, user: "User") -> None:
    """All steps at once, for somebody who may publish. Raises what the steps raise."""
    ledger.wait_for_turn()
    submit(release, user)
    approve_and_publish(release, user)


@transaction.atomic
def discard(release: Release) -> None:
    """Throw a draft away. Raises NotOpen when it is none any more."""
    current = Release.objects.select_for_update().get(pk=release.pk)
    if current.state not in Release.OPEN:
        raise ledger.NotOpen("Bara ett utkast kan kastas.")
    current.delete()


def _step(release: Release, *, from_: str, to: str, **values: Any) -> None:
    moved = Release.objects.filter(pk=release.pk, state=from_).update(state=to, **values)
    if moved != 1:
        raise NotReady("Någon annan har redan tagit hand om publiceringen. Ladda om sidan.")
    release.refresh_from_db()
