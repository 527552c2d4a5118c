"""Figures by the hundred thousand into a release that is just being made.

What a desk saves by the cell goes through ``ledger.stage``. Here whole indicators come from a file or
from Kolada: they are held against what is published by one query, and what differs is written by COPY,
its base already known.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection, transaction

from comparisons import ledger, rules
from comparisons.models import KEY, Observation, Release, StagedFigure
from comparisons.rows import CONTENT, attributes, insert, normalise
from comparisons.terms import Statistic, Status


class Entry(NamedTuple):
    """One figure as a source says it, what it refers to by primary key: ``KEY``, then ``CONTENT``."""

    indicator: int
    area: int
    statistic: str
    population: int
    gender: str
    period: int
    value: Decimal | None
    decimals: int | None
    n: int | None
    status: str
    preliminary: bool
    source: int
    source_status: str
    note: str

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes the figure unique."""
        return self[: len(KEY)]


class Live(NamedTuple):
    """The published row that an entry is held against: its primary key, and what it says."""

    id: int
    content: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that says something else than what is published. ``base`` is the row of its key, if any."""

    entry: Entry
    base: Live | None

    @property
    def stood(self) -> bool:
        """Whether a figure stands there now."""
        return self.base is not None and self.base.content[_STATUS] != Status.WITHDRAWN

    @property
    def is_withdrawal(self) -> bool:
        """Whether it takes a figure away."""
        return self.entry.status == Status.WITHDRAWN

    @property
    def is_new(self) -> bool:
        """Whether no figure stands there now."""
        return not self.stood


@dataclass(frozen=True, slots=True)
class Compared:
    """Entries held against what is published: those that change something, and how many do not."""

    changes: Sequence[Change]
    unchanged: int


#: What may be left out by a source: the others say what the figure is.
LEFT_OUT = frozenset(CONTENT) - {"value", "decimals", "status"}
_VALUE, _STATUS, _SOURCE = len(KEY), CONTENT.index("status"), CONTENT.index("source")
#: The published rows by key.
_Ledger = dict[tuple[Any, ...], Live]


def compare(entries: Sequence[Entry], *, carried: Iterable[str] = LEFT_OUT) -> Compared:
    """Hold entries, of which no two have one key, against what is published; one query.

    ``carried`` names what of ``LEFT_OUT`` the source speaks of. Of the rest a published figure keeps what
    it says where the source says nothing, as long as its value and status are the same.
    """
    live = _live({entry.indicator for entry in entries}, {entry.period for entry in entries})
    changes = [Change(entry, base) for entry, base in _differing(entries, live, carried)]
    return Compared(changes, len(entries) - len(changes))


@transaction.atomic
def load(
    release: Release,
    entries: Iterable[Entry],
    *,
    indicators: Collection[int],
    periods: Collection[int] | None = None,
    carried: Iterable[str] = LEFT_OUT,
) -> int:
    """Stage what ``compare`` would find in a draft release that holds nothing of these indicators yet.

    ``entries`` may be made while they are written. They are all of ``indicators``, and of ``periods``
    where it is told: less of the ledger is read then. Returns how many were staged. After the last of a
    release comes ``settle``. Raises ``ledger.NotOpen`` when the release is no draft.
    """
    if not Release.objects.select_for_update().filter(pk=release.pk, state__in=Release.OPEN).exists():
        raise ledger.NotOpen("Publiceringen är redan skickad för granskning och kan inte ändras.")
    return _insert(release, _differing(entries, _live(indicators, periods), carried))


def broken(entries: Sequence[Entry]) -> list[rules.Problem]:
    """What the ledger's rules say of entries that are not staged yet; few queries.

    Rules are asked of rows, which are taken back at once; only where an indicator has any.
    """
    ruled = set(rules.RULED.values_list("pk", flat=True))
    asked = [entry for entry in entries if entry.indicator in ruled or entry.statistic == Statistic.SHARE_YES]
    if not asked:
        return []
    with transaction.atomic():
        scratch = Release.objects.create(title="", reason="")
        _insert(scratch, ((entry, None) for entry in asked))
        found = rules.broken(StagedFigure.objects.filter(release=scratch))
        transaction.set_rollback(True)
    return found


def _insert(release: Release, rows: Iterable[tuple[Entry, Live | None]]) -> int:
    key, nothing = release.pk, ""
    return insert(
        StagedFigure,
        [*KEY, *CONTENT, "base", "release", "overruled"],
        ((*entry, base and base.id, key, nothing) for entry, base in rows),
    )


def settle(release: Release) -> None:
    """Look through all that was loaded, once. Raises ``rules.BrokenRules`` when a figure may not be."""
    if connection.vendor == "postgresql":  # does not know yet what the table holds, and would plan for little
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {StagedFigure._meta.db_table}")
    if problems := rules.broken(StagedFigure.objects.filter(release=release)):
        raise rules.BrokenRules(problems)


def _differing(
    entries: Iterable[Entry], live: _Ledger, carried: Iterable[str]
) -> Iterator[tuple[Entry, Live | None]]:
    """The entries that say something else than what is published, with what stands there.

    Runs once for each of millions of figures: hence what is looked up once, and tuples instead of objects.
    """
    kept = {CONTENT.index(name) for name in LEFT_OUT.difference(carried)}
    withdrawn, exactly = Status.WITHDRAWN.value, normalise
    value_at, status_at = Entry._fields.index("value"), Entry._fields.index("status")
    for entry in entries:
        value: Any = entry[value_at]
        if value is not None and (exact := exactly(value)) != value:
            entry = entry._replace(value=exact)
        base = live.get(entry[:_VALUE]) if live else None
        if base is None:
            if entry[status_at] != withdrawn:
                yield entry, None
            continue
        said, stands = entry[_VALUE:], base.content
        if kept and said[0] == stands[0] and said[_STATUS] == stands[_STATUS]:
            said = tuple(
                stands[place] if place in kept and (place == _SOURCE or not one) else one
                for place, one in enumerate(said)
            )
            entry = Entry._make((*entry[:_VALUE], *said))
        if said != stands and not (said[_STATUS] == stands[_STATUS] == withdrawn):
            yield entry, base


def _live(indicators: Collection[int], periods: Collection[int] | None) -> _Ledger:
    """The published rows of the indicators, in these periods if they are told, by key."""
    found = Observation.objects.filter(superseded_by=None, indicator__in=indicators)
    if periods is not None:
        found = found.filter(period__in=periods)
    rows = found.values_list(*attributes([*KEY, *CONTENT]), "pk").iterator(chunk_size=10_000)
    return {row[:_VALUE]: Live(row[-1], row[_VALUE:-1]) for row in rows}
