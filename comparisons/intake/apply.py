"""From entries to a draft release: all of them or none, and nothing a second time.

Every way in ends here, a file in the admin, ``import_figures`` and ``sync_kolada``, so that they all
keep the same promises.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from comparisons import ledger, loading
from comparisons.models import Intake, Release, StagedFigure

if TYPE_CHECKING:
    from boras_site.accounts.models import User

#: From so many staged figures on, PostgreSQL is told what the table holds now.
_MANY = 10_000


class Fingerprint:
    """What a release holds, in 64 characters: the same for the same figures in place of the same ones."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()

    def add(self, changes: Iterable[loading.Change]) -> None:
        """Take in the changes of one part. The order of parts and of changes counts."""
        for change in changes:
            self._sum.update(repr((*change.entry, change.base and change.base.id)).encode())

    def __str__(self) -> str:
        return self._sum.hexdigest()


def ordered(entries: Iterable[loading.Entry]) -> list[loading.Entry]:
    """Entries in the order of their keys, in which they are staged and fingerprinted."""
    return sorted(entries, key=lambda entry: entry.key)


def stage_as_draft(
    intake: Intake,
    parts: Iterable[Sequence[loading.Entry]],
    *,
    title: str,
    reason: str,
    user: "User | None",
    carried: Iterable[str] = loading.LEFT_OUT,
    replaces: Release | None = None,
    on_progress: Callable[[int], Any] | None = None,
) -> Release | None:
    """Make a draft release of what differs from what is published, in one transaction.

    Each part holds everything of one or more indicators, and no indicator is in two parts; one part is
    in memory at a time. ``carried`` as in ``loading.compare``. ``replaces`` is a draft of the same origin
    that goes when something else takes its place. ``on_progress`` is told how many entries are done.

    Returns None when nothing differs, and the release that is there already when one that is not
    published yet was made of just the same. Raises ``rules.BrokenRules`` and ``ledger.LedgerError``; then
    nothing is saved. Sets ``intake.release`` and ``intake.fingerprint``, and saves them.
    """
    with transaction.atomic():
        release = Release.objects.create(title=title[: Release.TITLE_LENGTH], reason=reason, created_by=user)
        fingerprint, staged, done = Fingerprint(), 0, 0
        for part in parts:
            compared = loading.compare(ordered(part), carried=carried)
            fingerprint.add(compared.changes)
            loading.load(release, compared)
            staged += len(compared.changes)
            done += len(part)
            if on_progress:
                on_progress(done)
        if not staged:
            release.delete()
            return None
        # Two who bring in the same at once: the second sees what the first made. Not before, for to stage
        # millions takes minutes, and what is published in the meantime is found when this is published.
        ledger.wait_for_turn()
        if (same := _made_already(str(fingerprint))) is not None:
            StagedFigure.objects.filter(release=release).delete()
            release.delete()
            release = same
        elif replaces is not None:
            replaces.delete()
        if staged > _MANY and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"ANALYZE {StagedFigure._meta.db_table}")
        intake.release, intake.fingerprint = release, str(fingerprint)
        intake.save(update_fields=["release", "fingerprint"])
    return release


def _made_already(fingerprint: str) -> Release | None:
    """The release under way that an earlier intake made of the same figures."""
    earlier = Intake.objects.filter(
        fingerprint=fingerprint, release__published_at=None, release__isnull=False
    )
    found = earlier.exclude(release__state=Release.State.WITHDRAWN).select_related("release").first()
    return found.release if found else None
