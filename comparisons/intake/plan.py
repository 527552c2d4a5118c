"""What a file would change, before anything is saved: what the admin shows, and ``--dry-run`` prints."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from comparisons import loading, rules
from comparisons.changes import value_in_words
from comparisons.intake.understood import Problem, Understood
from comparisons.loading import Change, Entry
from comparisons.models import KEY, Area, Indicator, Population, Source, StagedFigure
from comparisons.neighbours import Series
from comparisons.rows import CONTENT, attributes
from comparisons.svenska import count_of

#: More lines than anybody reads; the numbers say how many there are.
MOST_SHOWN = 200
#: Slips are looked for in so many series at most: their neighbours are fetched for it.
_MOST_SERIES = 2_000

_by_key = itemgetter(slice(len(KEY)))

NEW, CHANGED, WITHDRAWN = "ny", "ändras", "tas bort"
_ORDER = (CHANGED, WITHDRAWN, NEW)
_NOTE_ONLY = "samma värde, ny anteckning eller källa"


@dataclass(frozen=True)
class Line:
    """One figure of the plan: what happens to it, which it is, what it says now and what it will say.

    ``warning`` says why it looks like a slip.
    """

    kind: str
    what: str
    before: str
    after: str
    warning: str = ""

    def __str__(self) -> str:
        if self.kind == NEW:
            told = f"{self.what}: {self.after}"
        elif self.kind == WITHDRAWN:
            told = f"{self.what}: {self.before}"
        else:
            told = f"{self.what}: {self.before} → {self.after}"
        return f"{told}  Ser ut som ett misstag: {self.warning}" if self.warning else told


@dataclass(frozen=True)
class Plan:
    """How many figures are new, change, are taken away and stay, and the first of them in words."""

    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    #: What it changes, and what that is held against: the same for a plan that is still true.
    fingerprint: str = ""
    ignored: list[str] = field(default_factory=list)

    @property
    def can_be_applied(self) -> bool:
        """Whether the whole file is understood and changes something."""
        return not self.problems and bool(self.new or self.changed or self.withdrawn)

    @property
    def summary(self) -> str:
        """The numbers in a sentence: ``2 ändras, 5 nya, 34 oförändrade.``"""
        told = [
            f"{count_of(number, one, many)}"
            for number, one, many in (
                (self.new, "ny", "nya"),
                (self.changed, "ändras", "ändras"),
                (self.withdrawn, "tas bort", "tas bort"),
                (self.unchanged, "oförändrad", "oförändrade"),
            )
            if number
        ]
        return f"{', '.join(told) or 'Inga siffror'}."

    def to_json(self) -> dict[str, Any]:
        """The plan as ``Intake.plan`` keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Plan":
        """Read back what ``to_json`` made; an empty plan of nothing."""
        return cls(
            **{
                **kept,
                "lines": [Line(**line) for line in kept.get("lines", ())],
                "problems": [Problem(**problem) for problem in kept.get("problems", ())],
            }
        )

    def as_text(self) -> str:
        """The plan as a command line prints it, in Swedish."""
        return "\n".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        yield self.summary
        for heading, kind in (("Ändras:", CHANGED), ("Tas bort:", WITHDRAWN), ("Nya:", NEW)):
            if shown := [line for line in self.lines if line.kind == kind]:
                yield f"\n{heading}"
                yield from (f"  {line}" for line in shown)
        if unlisted := self.new + self.changed + self.withdrawn - len(self.lines):
            yield f"\n… och {count_of(unlisted, 'siffra', 'siffror')} till."
        if self.problems:
            yield "\nGår inte att läsa:"
            yield from (f"  {problem}" for problem in self.problems)
        if self.ignored:
            yield "\nLäses inte:"
            yield from (f"  {sentence}" for sentence in self.ignored)


def make_plan(understood: Understood) -> Plan:
    """Hold what a file says against what is published. One query an indicator, and a few for the words.

    What the ledger would refuse is a problem here already.
    """
    fingerprint = hashlib.sha256()
    numbers = dict.fromkeys(_ORDER, 0)
    shown: dict[str, list[Change]] = {kind: [] for kind in _ORDER}
    unchanged = 0
    differing: list[Entry] = []
    for _, part in groupby(sorted(understood.entries, key=_by_key), key=itemgetter(0)):
        compared = loading.compare(list(part), carried=understood.carried)
        unchanged += compared.unchanged
        for change in compared.changes:
            differing.append(change.entry)
            fingerprint.update(repr((*change.entry, change.base and change.base.id)).encode())
            kind = _kind(change)
            numbers[kind] += 1
            if len(shown[kind]) < MOST_SHOWN:
                shown[kind].append(change)
    first = [change for kind in _ORDER for change in shown[kind]][:MOST_SHOWN]
    return Plan(
        new=numbers[NEW],
        changed=numbers[CHANGED],
        withdrawn=numbers[WITHDRAWN],
        unchanged=unchanged,
        lines=_lines(first),
        problems=[*understood.problems, *map(_refused, loading.broken(differing))],
        fingerprint=fingerprint.hexdigest(),
        ignored=understood.ignored,
    )


def _refused(problem: rules.Problem) -> Problem:
    """A figure that is read and may not be: which, why, and what to do."""
    what, stop, mend = problem.sentence.partition(". ")
    return Problem(problem.where, f"{what}." if stop else what, mend)


def _kind(change: Change) -> str:
    if change.is_withdrawal:
        return WITHDRAWN
    return NEW if change.is_new else CHANGED


def _lines(changes: Sequence[Change]) -> list[Line]:
    """The changes in words, with what looks like a slip."""
    figures = _named([StagedFigure(**_said(change.entry)) for change in changes])
    before = _named(
        [
            StagedFigure(**_said((*change.entry.key, *change.base.content)))
            for change in changes
            if change.base is not None
        ]
    )
    stood = {figure.identity: figure for figure in before}
    wide = len({figure.indicator_id for figure in figures}) * len({figure.area_id for figure in figures})
    series = Series(figures, None) if wide <= _MOST_SERIES else None
    lines = []
    for change, figure in zip(changes, figures, strict=True):
        was = stood.get(figure.identity)
        told = Line(
            _kind(change),
            figure.in_words,
            value_in_words(was),
            value_in_words(figure),
            series.slip(figure, was) if series else "",
        )
        lines.append(_with_what_differs(told))
    return lines


def _with_what_differs(line: Line) -> Line:
    """A line whose value stays says what does not."""
    if line.kind != CHANGED or line.before != line.after:
        return line
    return Line(line.kind, line.what, line.before, f"{line.after} ({_NOTE_ONLY})", line.warning)


def _said(row: Iterable[Any]) -> dict[str, Any]:
    return dict(zip(attributes([*KEY, *CONTENT]), row, strict=True))


def _named(figures: list[StagedFigure]) -> list[StagedFigure]:
    """The figures with what they are about at hand; a query for each kind of it."""
    for name, model in _ABOUT.items():
        found = model._default_manager.in_bulk({getattr(figure, f"{name}_id") for figure in figures})
        for figure in figures:
            setattr(figure, name, found[getattr(figure, f"{name}_id")])
    return figures


_ABOUT: dict[str, Any] = {
    "indicator": Indicator,
    "area": Area,
    "population": Population,
    "source": Source,
}
