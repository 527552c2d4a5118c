"""What a release changes, in words: for the editor before she sends it, for the reviewer, for the log."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from comparisons.cells import format_value
from comparisons.models import KEY, Observation, Release, StagedFigure
from comparisons.models.areas import is_other_municipality
from comparisons.models.observations import Figure
from comparisons.neighbours import Series
from comparisons.terms import SIGNS, Status

T = TypeVar("T", bound=Figure)
#: What it takes to put the row that a staged figure was compared with into words.
BASE = ("base__indicator", "base__source")


@dataclass(frozen=True)
class Change:
    """One figure of a release: what it is, what it said, what it will say. ``kind`` is a word.

    ``warning`` says why it looks like a slip, and ``overruled`` why the editor says it is none.
    """

    kind: str
    what: str
    before: str
    after: str
    warning: str = ""
    overruled: str = ""

    def __str__(self) -> str:
        return f"{self.what}: {self.before} → {self.after}"


def value_in_words(figure: Figure | None) -> str:
    """``10,4``, ``Ja``, ``.. sekretess``, or that there is none."""
    if figure is None or figure.status == Status.WITHDRAWN:
        return "inget värde"
    if figure.value is None:
        sign = SIGNS[figure.status]
        return f"{sign.sign} {sign.words}"
    text = format_value(figure.indicator.terms(), figure.record())
    return f"{text} (preliminär)" if figure.preliminary else text


def changes(release: Release, most: int | None = None) -> list[Change]:
    """What a release changes, at most ``most`` figures; of a published one, as it was published."""
    if release.published_at is None:
        staged = list(_related(release.staged.all(), *BASE)[:most])
        series = Series(staged, release)
        return [
            replace(
                _change(figure, figure.base),
                warning=series.slip(figure, figure.base),
                overruled=figure.overruled,
            )
            for figure in staged
        ]
    published = list(_related(release.observations.all())[:most])
    before = {
        figure.identity: figure
        for figure in _related(
            release.superseded.filter(
                indicator__in={figure.indicator_id for figure in published},
                area__in={figure.area_id for figure in published},
                period__in={figure.period for figure in published},
            )
        )
    }
    return [_change(figure, before.get(figure.identity)) for figure in published]


def summary(release: Release) -> str:
    """A release in a few words: ``2 ändras, 5 nya, 1 tas bort``; one query, whatever it holds."""
    stood = Q(base__isnull=False) & ~Q(base__status=Status.WITHDRAWN)
    gone = Q(status=Status.WITHDRAWN)
    figures: Any = release.staged
    if release.published_at is not None:
        figures = release.observations
        stood = Q(Exists(release.superseded.filter(_same_key()).exclude(status=Status.WITHDRAWN)))
    numbers = figures.aggregate(
        changed=Count("pk", filter=stood & ~gone),
        new=Count("pk", filter=~stood & ~gone),
        gone=Count("pk", filter=gone),
    )
    words = {"changed": "ändras", "new": "nya", "gone": "tas bort"}
    if numbers["new"] == 1:
        words["new"] = "ny"
    told = [f"{numbers[kind]} {word}" for kind, word in words.items() if numbers[kind]]
    return ", ".join(told) or "inga siffror"


def describe_moved(staged_ids: Iterable[int]) -> list[str]:
    """For staged figures whose published row has moved: what was reviewed, and what stands now."""
    lines = []
    for figure in _related(StagedFigure.objects.filter(pk__in=list(staged_ids)), *BASE):
        now = Observation.objects.filter(superseded_by=None, **figure.key).first()
        lines.append(
            f"{figure.in_words}: var {value_in_words(figure.base)} när den granskades, "
            f"är nu {value_in_words(now)}."
        )
    return lines


def in_words(figures: QuerySet[Observation]) -> list[str]:
    """Each figure by name, in a stable order."""
    return [figure.in_words for figure in _related(figures)]


def _same_key() -> Q:
    return Q(**{name: OuterRef(name) for name in KEY})


def _change(figure: Figure, before: Figure | None) -> Change:
    stood = before is not None and before.status != Status.WITHDRAWN
    if figure.status == Status.WITHDRAWN:
        kind = "tas bort"
    else:
        kind = "ändras" if stood else "ny"
    return Change(kind, figure.in_words, value_in_words(before), value_in_words(figure))


def _related(figures: QuerySet[T], *more: str) -> QuerySet[T]:
    """With all that names them; of hundreds of municipalities, the others come after what our pages show."""
    return figures.select_related("indicator", "area", "population", "source", *more).order_by(
        is_other_municipality("area"), "indicator__title", "period", "area__name", "pk"
    )
