"""Corrections as readers see them: what a published figure said, what it says now, and why.

Works on the trails that ``figures.py`` reads; asks the database nothing itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import dropwhile, pairwise

from comparisons.changes import value_in_words
from comparisons.models.observations import Figure
from comparisons.models.releases import Release
from comparisons.svenska import count_of, sort_key
from comparisons.terms import Status

#: How many corrected figures stand open on the page; the older ones are a click away.
MOST_OPEN = 10

#: When a release that is only previewed will be published, for sorting.
_COMING = datetime.max.replace(tzinfo=UTC)

#: To a reader both are as if nothing stood there.
_NOTHING = (Status.MISSING, Status.WITHDRAWN)
#: What stood there before one of these must not be told again.
_HIDDEN = (Status.SUPPRESSED, Status.TOO_FEW)
_NOT_TOLD = "ett värde som inte längre visas"


@dataclass(frozen=True)
class Corrected:
    """One step of one figure: which one, what it said, and what it said after."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Correction:
    """The figures that one release corrected; ``at`` is None for one that is only previewed.

    ``more`` are those of them that do not stand open.
    """

    at: datetime | None
    reason: str
    figures: tuple[Corrected, ...]
    more: tuple[Corrected, ...] = ()

    @property
    def more_label(self) -> str:
        """``Visa 30 siffror till``."""
        return f"Visa {count_of(len(self.more), 'siffra', 'siffror')} till"


@dataclass(frozen=True)
class Corrections:
    """All corrections of an indicator, newest first: those that stand open, and the older ones."""

    newest: tuple[Correction, ...]
    older: tuple[Correction, ...]

    @property
    def older_label(self) -> str:
        """``Visa 12 äldre rättelser``, counted in figures."""
        number = sum(len(one.figures) for one in self.older)
        return f"Visa {count_of(number, 'äldre rättelse', 'äldre rättelser')}"


def corrections(trails: Iterable[Sequence[Figure]]) -> Corrections:
    """The corrections in ``trails``: for each figure all rows it has had, oldest first.

    The first time that a figure says something is no correction, and neither is a step that leaves
    what it says as it was: the same value, no longer preliminary or with another note.
    """
    by_release: dict[Release, list[tuple[Figure, Corrected]]] = {}
    for trail in trails:
        for figure, step in _steps(trail):
            by_release.setdefault(figure.release, []).append((figure, step))  # type: ignore[attr-defined]
    newest: list[Correction] = []
    older: list[Correction] = []
    room = MOST_OPEN
    for release in sorted(by_release, key=lambda release: release.published_at or _COMING, reverse=True):
        steps = tuple(step for _, step in sorted(by_release[release], key=lambda pair: _order(pair[0])))
        at, reason = release.published_at, release.reason.strip()
        if room:
            newest.append(Correction(at, reason, steps[:room], steps[room:]))
            room = max(0, room - len(steps))
        else:
            older.append(Correction(at, reason, steps))
    return Corrections(tuple(newest), tuple(older))


def _steps(trail: Sequence[Figure]) -> Iterator[tuple[Figure, Corrected]]:
    """Every row of a figure that changed what it says, with what it said before."""
    shown = list(zip(trail, _told(trail), strict=True))
    since_first = dropwhile(lambda pair: pair[0].status in _NOTHING, shown)
    for (before, was), (after, became) in pairwise(since_first):
        if not _say_the_same(before, after) and not was == became == _NOT_TOLD:
            yield after, Corrected(after.column.auto_label(), was, became)


def _told(trail: Sequence[Figure]) -> list[str]:
    """What each row said; a value that has been hidden since is not told."""
    words: list[str] = []
    hidden = False
    for row in reversed(trail):
        words.append(_NOT_TOLD if hidden and row.value is not None else value_in_words(row))
        hidden = hidden or row.status in _HIDDEN
    return words[::-1]


def _say_the_same(one: Figure, other: Figure) -> bool:
    if one.status in _NOTHING and other.status in _NOTHING:
        return True
    return (one.status, one.value, one.n) == (other.status, other.value, other.n) or (
        _without_mark(one) == _without_mark(other)
    )


def _without_mark(figure: Figure) -> str:
    return value_in_words(figure).removesuffix(" (preliminär)")


def _order(figure: Figure) -> tuple[object, ...]:
    """Newest period first, then by name."""
    return -figure.period, sort_key(figure.column.auto_label())
