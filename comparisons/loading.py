"""Figures by the hundred thousand into a release that is just being made.

What a desk saves by the cell goes through ``ledger.stage``. Here whole indicators come from a file or
from Kolada: they are held against what is published by one query, and what differs is written by COPY,
its base already known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction

from comparisons import ledger, rules
from comparisons.models import KEY, Observation, Release, StagedFigure
from comparisons.rows import CONTENT, attributes, insert, normalise
from comparisons.terms import Status

#: Where the content of an entry begins.
_VALUE = len(KEY)


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
        return self[:_VALUE]


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
_STATUS = CONTENT.index("status")


def compare(entries: Sequence[Entry], *, carried: Iterable[str] = LEFT_OUT) -> Compared:
    """Hold entries, of which no two have one key, against what is published; one query.

    ``carried`` names what of ``LEFT_OUT`` the source speaks of. Of the rest a published figure keeps what
    it says, as long as its value, decimals and status are the same.
    """
    live = _live(entries)
    kept = [CONTENT.index(name) for name in LEFT_OUT.difference(carried)]
    changes: list[Change] = []
    for entry in entries:
        if entry.value is not None:
            entry = entry._replace(value=normalise(entry.value))
        base = live.get(entry[:_VALUE])
        if base is None:
            if entry.status != Status.WITHDRAWN:
                changes.append(Change(entry, None))
            continue
        said = entry[_VALUE:]
        if kept and _same_value(said, base.content):
            whole = list(said)
            for place in kept:
                whole[place] = base.content[place]
            said = tuple(whole)
            entry = Entry._make((*entry[:_VALUE], *said))
        if said != base.content and not (said[_STATUS] == base.content[_STATUS] == Status.WITHDRAWN):
            changes.append(Change(entry, base))
    return Compared(changes, len(entries) - len(changes))


def _same_value(said: tuple[Any, ...], stands: tuple[Any, ...]) -> bool:
    return said[:2] == stands[:2] and said[_STATUS] == stands[_STATUS]


def _live(entries: Sequence[Entry]) -> dict[tuple[Any, ...], Live]:
    """The published rows of the entries' indicators and periods, by key."""
    found = (
        Observation.objects.filter(
            superseded_by=None,
            indicator__in={entry.indicator for entry in entries},
            period__in={entry.period for entry in entries},
        )
        .values_list(*attributes([*KEY, *CONTENT]), "pk")
        .iterator(chunk_size=10_000)
    )
    return {row[:_VALUE]: Live(row[-1], row[_VALUE:-1]) for row in found}


@transaction.atomic
def load(release: Release, compared: Compared) -> None:
    """Stage the changes in a draft release that holds nothing of their indicators yet.

    Raises ``ledger.NotOpen`` when the release is no draft, ``rules.BrokenRules`` when a figure may not be;
    then nothing is saved.
    """
    if not Release.objects.select_for_update().filter(pk=release.pk, state__in=Release.OPEN).exists():
        raise ledger.NotOpen("Publiceringen är redan skickad för granskning och kan inte ändras.")
    insert(
        StagedFigure,
        [*KEY, *CONTENT, "base", "release", "overruled"],
        (
            (*change.entry, change.base.id if change.base else None, release.pk, "")
            for change in compared.changes
        ),
    )
    indicators = {change.entry.indicator for change in compared.changes}
    if problems := rules.broken(StagedFigure.objects.filter(release=release, indicator__in=indicators)):
        raise rules.BrokenRules(problems)
