"""From entries to a draft release: all of them or none, and nothing a second time.

Every way in ends here, a file in the admin, ``import_figures`` and ``sync_kolada``, so that they all
keep the same promises.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from comparisons import ledger, loading
from comparisons.models import KEY, Intake, Release, StagedFigure
from comparisons.rows import CONTENT, attributes

if TYPE_CHECKING:
    from boras_site.accounts.models import User

_by_key = itemgetter(slice(len(KEY)))


class Staged(NamedTuple):
    """The draft that holds what came in, or None when nothing differs; and whether it was made now."""

    release: Release | None
    is_new: bool


def stage_as_draft(
    intake: Intake,
    parts: Iterable[Sequence[loading.Entry]],
    *,
    title: str,
    reason: str,
    user: "User | None",
    carried: Iterable[str] = loading.LEFT_OUT,
    on_progress: Callable[[int], Any] | None = None,
) -> Staged:
    """Make a draft release of what differs from what is published, in one transaction.

    Each part holds everything of one or more indicators, and no indicator is in two parts; one part is
    in memory at a time. ``carried`` as in ``loading.compare``. ``on_progress`` is told how many entries are
    done.

    When one that is not published yet was made of just the same, that is the one, under its own title and
    reason. Raises ``rules.BrokenRules`` and ``ledger.LedgerError``; then nothing is saved. Sets
    ``intake.release`` and saves it.
    """
    with transaction.atomic():
        # Two who bring in the same at once: the second sees what the first made.
        ledger.wait_for_turn()
        release = Release.objects.create(title=title[: Release.TITLE_LENGTH], reason=reason, created_by=user)
        staged = done = 0
        for part in parts:
            staged += loading.load(
                release,
                sorted(part, key=_by_key),
                indicators={entry.indicator for entry in part},
                periods={entry.period for entry in part},
                carried=carried,
            )
            done += len(part)
            if on_progress:
                on_progress(done)
        loading.settle(release)
        same = _made_already(release, staged) if staged else None
        if same is not None or not staged:
            release.staged.all().delete()
            release.delete()
        intake.release = same or (release if staged else None)
        intake.save(update_fields=["release"])
    return Staged(intake.release, is_new=bool(staged) and same is None)


def _made_already(release: Release, staged: int) -> Release | None:
    """An earlier release under way that came in by the same ways and holds just what this one does."""
    earlier = Release.objects.filter(
        Exists(Intake.objects.filter(release=OuterRef("pk"))), published_at=None
    ).exclude(Q(pk=release.pk) | Q(state=Release.State.WITHDRAWN))
    for other in earlier.annotate(number=Count("staged")).filter(number=staged):
        if not _says(release).difference(_says(other)).exists():
            return other
    return None


def _says(release: Release) -> QuerySet[Any, Any]:
    """What a release holds, and what that was held against."""
    return release.staged.values_list(*attributes([*KEY, *CONTENT, "base"], StagedFigure))
