"""The way of a release from draft to public: who may move it, and what is remembered of it.

The figures themselves are ``ledger.py``'s. Here are the steps before: submit, approve, send back.
Each step is taken by one query that also checks the state, so two reviewers cannot both take it.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from comparisons import ledger
from comparisons.ledger import NotReady
from comparisons.models import Observation, Release, StagedFigure

if TYPE_CHECKING:
    from boras_site.accounts.models import User

State = Release.State


@transaction.atomic
def make(
    figures: Iterable[StagedFigure],
    *,
    title: str,
    reason: str,
    user: "User",
    publish: bool,
    instead_of: Observation | None = None,
) -> Release | None:
    """Make a release of the figures, and publish it or send it for review.

    ``instead_of`` is the published figure that somebody saw and changes: FiguresMoved when it is
    no longer the one that stands.
    Returns None, and keeps nothing, when every figure is published just so already. Raises what
    ``ledger.stage`` and the steps raise; then nothing is saved.
    """
    longest = Release._meta.get_field("title").max_length
    release = Release.objects.create(title=title[:longest], reason=reason, created_by=user)
    if ledger.stage(release, figures) == 0:
        release.delete()
        return None
    if instead_of is not None and release.staged.exclude(base=instead_of).exists():
        raise ledger.FiguresMoved(["Någon har ändrat siffran sedan du öppnade den."])
    if publish:
        publish_now(release, user)
    else:
        submit(release, user)
    return release


@transaction.atomic
def submit(release: Release, user: "User") -> None:
    """Send a draft for review; its figures are frozen. Raises NotReady for anything else."""
    if not release.staged.exists() and not release.members.exists():
        raise NotReady("Publiceringen är tom. Lägg till minst en siffra innan du skickar den.")
    _step(
        release,
        from_=State.DRAFT,
        to=State.SUBMITTED,
        submitted_at=timezone.now(),
        submitted_by=user,
    )
    log(release, "comparisons.release.submit", user=user)


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


@transaction.atomic
def approve_and_publish(release: Release, user: "User") -> None:
    """The reviewer's one button. Raises what ``ledger.publish`` raises; then nothing is approved."""
    approve(release, user)
    ledger.publish(release, user=user)


@transaction.atomic
def send_back(release: Release, user: "User", comment: str) -> None:
    """Make what was submitted a draft again, with the reviewer's words. Raises NotReady."""
    _step(release, from_=State.SUBMITTED, to=State.DRAFT, submitted_at=None, submitted_by=None)
    log(release, "comparisons.release.send_back", user=user, data={"comment": comment})


@transaction.atomic
def publish_now(release: Release, user: "User") -> None:
    """All steps at once, for somebody who may publish. Raises what the steps raise."""
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
