"""The only writer of published figures: stage, publish, undo.

The ledger is insert-only. Publishing a release inserts its staged figures as observations and marks
the ones they supersede, in one transaction and the same number of queries whether it holds one
figure or a hundred thousand. What was reviewed is what is published: a staged figure remembers the
row it was compared with (``base``), and publishing refuses when that row has moved.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from comparisons import distributions, rules, usage
from comparisons.models import KEY, LedgerClock, Observation, Release, StagedFigure
from comparisons.rows import CONTENT, attributes, columns, execute, normalise
from comparisons.terms import Status

if TYPE_CHECKING:
    from boras_site.accounts.models import User

#: Marks staged rows whose base is not looked up yet. No observation has this key.
_UNKNOWN_BASE = -1
_BATCH = 2_000

#: The values of ``KEY``, in its order.
Key = tuple[Any, ...]


class LedgerError(Exception):
    """The release could not be staged, published or undone; nothing was changed."""


class NotOpen(LedgerError):
    """The release is submitted or further, and its figures are frozen."""


class NotReady(LedgerError):
    """The release is not approved, or somebody else published it first."""


class FiguresMoved(LedgerError):
    """Published figures changed after the release was compared with them. ``lines`` says which."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class MemberMoved(LedgerError):
    """A page or an indicator of the release was published by somebody else in the meantime."""


class MemberBroken(LedgerError):
    """A page or an indicator of the release may not be published as its draft stands."""


@dataclass(frozen=True)
class Undone:
    """The release that takes another one back, and the figures that could not be taken back."""

    release: Release | None
    kept: list[str]


# --- Stage -----------------------------------------------------------------------------------


@transaction.atomic
def stage(release: Release, figures: Iterable[StagedFigure]) -> int:
    """Put unsaved figures into a draft release, in place of what it held for their keys.

    Returns how many figures the release now holds; one that says just what is published is left
    out, and of two with one key the later counts. Raises NotOpen when the release is no draft and
    ``rules.BrokenRules`` when a figure may not be; then nothing is saved.
    """
    state = Release.objects.select_for_update().values_list("state", flat=True).get(pk=release.pk)
    if state not in Release.OPEN:
        raise NotOpen("Publiceringen är redan skickad för granskning och kan inte ändras.")
    for batch in _batches(figures):
        for figure in batch.values():
            figure.release = release
            figure.base_id = _UNKNOWN_BASE
            if figure.value is not None:
                figure.value = normalise(figure.value)
        StagedFigure.objects.bulk_create(
            batch.values(),
            update_conflicts=True,
            unique_fields=["release", *KEY],
            update_fields=[*CONTENT, "base", "overruled"],
        )
    _compare(release)
    staged = StagedFigure.objects.filter(release=release)
    if problems := rules.broken(staged):
        raise rules.BrokenRules(problems)
    return staged.count()


@transaction.atomic
def compare_again(release: Release) -> None:
    """Compare a release with what is published now, after it had moved; it becomes a draft again.

    Raises NotOpen when it is published.
    """
    reopened = Release.objects.filter(pk=release.pk, published_at=None).update(
        state=Release.State.DRAFT,
        submitted_at=None,
        submitted_by=None,
        approved_at=None,
        approved_by=None,
        publish_at=None,
    )
    if not reopened:
        raise NotOpen("Publiceringen är redan publicerad.")
    release.refresh_from_db()
    StagedFigure.objects.filter(release=release).update(base_id=_UNKNOWN_BASE)
    _compare(release)


def _compare(release: Release) -> None:
    """Find the live row of every staged figure that has none yet, and drop what says just the same."""
    execute(
        "UPDATE {staged} SET base_id = (SELECT o.id FROM {ledger} o WHERE {same_key} "
        "AND o.superseded_by_id IS NULL) WHERE release_id = %s AND base_id = %s",
        [release.pk, _UNKNOWN_BASE],
        left="o",
        right=StagedFigure._meta.db_table,
    )
    _unchanged(StagedFigure.objects.filter(release=release)).delete()


def _unchanged(staged: QuerySet[StagedFigure]) -> QuerySet[StagedFigure]:
    """Staged figures that say just what is published; withdrawing what never stood there is one."""
    same = Q(base__isnull=False)
    for name in CONTENT:
        same &= Q(**{name: F(f"base__{name}")}) | Q(
            **{f"{name}__isnull": True, f"base__{name}__isnull": True}
        )
    nothing = Q(status=Status.WITHDRAWN) & (Q(base=None) | Q(base__status=Status.WITHDRAWN))
    return staged.filter(pk__in=staged.filter(same | nothing).values("pk"))


def _batches(figures: Iterable[StagedFigure]) -> Iterator[dict[Key, StagedFigure]]:
    """The figures in portions of which none holds a key twice; PostgreSQL would refuse it."""
    batch: dict[Key, StagedFigure] = {}
    for figure in figures:
        batch[figure.identity] = figure
        if len(batch) == _BATCH:
            yield batch
            batch = {}
    if batch:
        yield batch


# --- Publish ---------------------------------------------------------------------------------


def wait_for_turn() -> LedgerClock:
    """Wait until nobody else publishes or saves figures, and let them wait until this transaction ends.

    Taken before the lock of any release, so that no two wait for each other.
    """
    return LedgerClock.wait_for_turn()


@transaction.atomic
def publish(release: Release, *, user: "User | None" = None) -> Release:
    """Make an approved release public: its figures, and the pages and indicators that go along.

    Raises NotReady when it is not approved or somebody was faster, FiguresMoved when a published
    figure changed since the release was compared with it, ``rules.BrokenRules`` when a figure may
    not be, MemberMoved when a page changed, MemberBroken when it may not be published as it is.
    Then nothing is changed.
    """
    clock = wait_for_turn()
    at = timezone.now()
    if clock.at is not None:  # never earlier than the last, whatever the machine's clock does
        at = max(at, clock.at + timedelta(microseconds=1))
    taken = Release.objects.filter(pk=release.pk, state__in=Release.READY).update(
        state=Release.State.PUBLISHED, published_at=at
    )
    if taken != 1:
        raise NotReady("Publiceringen är inte godkänd, eller så har någon redan publicerat den.")
    staged = StagedFigure.objects.filter(release=release)
    if lines := moved(release):
        raise FiguresMoved(lines)
    # Before the figures: the draft of an indicator may change what they mean, and so what they may be.
    _publish_members(release, user)
    if problems := rules.broken(staged):
        raise rules.BrokenRules(problems)
    # The live row is superseded first: a partial unique index cannot wait for the commit.
    execute(
        "UPDATE {ledger} SET superseded_by_id = %s WHERE id IN "
        "(SELECT base_id FROM {staged} WHERE release_id = %s AND base_id IS NOT NULL)",
        [release.pk, release.pk],
    )
    listed = ", ".join(columns([*KEY, *CONTENT]))
    execute(
        f"INSERT INTO {{ledger}} ({listed}, release_id) SELECT {listed}, release_id "
        f"FROM {{staged}} WHERE release_id = %s ORDER BY {', '.join(columns(KEY))}",
        [release.pk],
    )
    execute("DELETE FROM {staged} WHERE release_id = %s", [release.pk])
    distributions.compute(release)
    usage.touch_what_shows(Observation.objects.filter(release=release).values("indicator"), at)
    LedgerClock.objects.filter(pk=1).update(version=F("version") + 1, at=at)
    log(release, "comparisons.release.publish", user=user)
    release.refresh_from_db()
    return release


def moved(release: Release) -> list[str]:
    """Staged figures whose live row is another than the one they were compared with, in words.

    Each is looked up by its key. A join would be planned by what the database believes of the ledger, and
    in a young one it believes too little: it read the whole ledger once a figure.
    """
    rows = execute(
        "SELECT s.id FROM {staged} s WHERE s.release_id = %s AND COALESCE((SELECT o.id FROM {ledger} o "
        "WHERE {same_key} AND o.superseded_by_id IS NULL), 0) <> COALESCE(s.base_id, 0) ORDER BY s.id",
        [release.pk],
        left="o",
        right="s",
    )
    if not rows:
        return []
    from comparisons.changes import describe_moved

    return describe_moved([row[0] for row in rows[: rules.MOST_TOLD]])


def _publish_members(release: Release, user: "User | None") -> None:
    for member in release.members.select_related("revision"):
        live = member.content_object
        if live is None or live.live_revision_id != member.base_live_revision_id:
            raise MemberMoved(
                f"”{live or 'En sida'}” har publicerats av någon annan sedan publiceringen granskades."
            )
        try:
            member.revision.publish(user=user)
        except ValidationError as error:
            raise MemberBroken(f"”{live}” kan inte publiceras. {' '.join(error.messages)}") from error


# --- Undo ------------------------------------------------------------------------------------


@transaction.atomic
def undo(release: Release, *, user: "User | None" = None) -> Undone:
    """Make a draft release that takes a published one back, where its figures still stand.

    What somebody has published over since is left alone and listed in ``kept``. A figure that was
    new in the release is withdrawn. ``release`` is None in the result when nothing is left to undo.
    Raises NotReady for a release that is not published.
    """
    if release.published_at is None:
        raise NotReady("Bara det som är publicerat kan ångras.")
    standing = Observation.objects.filter(release=release, superseded_by=None)
    overtaken = Observation.objects.filter(release=release, superseded_by__isnull=False)
    before = {figure.identity: figure for figure in Observation.objects.filter(superseded_by=release)}
    from comparisons.changes import in_words

    kept = in_words(overtaken)
    back = [_restored(figure, before.get(figure.identity)) for figure in standing]
    if not back:
        return Undone(None, kept)
    undoing = Release.objects.create(
        title=f"Ångra: {release.title}"[: Release.TITLE_LENGTH],
        reason="En tidigare ändring tas tillbaka.",
        created_by=user,
        undoes=release,
    )
    if stage(undoing, back) == 0:
        undoing.delete()
        return Undone(None, kept)
    return Undone(undoing, kept)


def _restored(figure: Observation, previous: Observation | None) -> StagedFigure:
    """The figure as it stood before, or a withdrawal where nothing stood."""
    restored = {name: getattr(figure, name) for name in attributes(KEY)}
    if previous is None:
        restored |= {"status": Status.WITHDRAWN, "source_id": figure.source_id}
    else:
        restored |= {name: getattr(previous, name) for name in attributes(CONTENT)}
    return StagedFigure(**restored)
