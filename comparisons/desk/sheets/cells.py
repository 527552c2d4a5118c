"""What stands in the cells of a sheet: the published figure, or the one of a draft over it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b

from django.db.models import QuerySet

from comparisons.desk.sheets.keys import CellKey
from comparisons.intake.written import write
from comparisons.models import Observation, Release, StagedFigure
from comparisons.models.observations import Figure
from comparisons.records import IndicatorTerms, SeriesKey
from comparisons.rows import CONTENT
from comparisons.terms import Status

#: The content of a cell nobody has written in.
_NOTHING = "0"
#: What a staged figure says, beside its key.
_SAID = tuple("source_id" if name == "source" else name for name in (*CONTENT, "overruled"))


@dataclass(frozen=True)
class SheetCell:
    """One cell as the editor meets it.

    ``text`` is what stands in it, ``was`` what is published where a draft says something else, and
    ``token`` names the state of the figure, so that a save can tell whether it was the one she saw.
    ``locked`` is the release that holds the figure where this sheet may not change it.
    """

    key: CellKey
    text: str = ""
    token: str = _NOTHING
    was: str | None = None
    preliminary: bool = False
    n: int | None = None
    source: int | None = None
    overruled: str = ""
    locked: Release | None = None

    @property
    def is_drafted(self) -> bool:
        """Whether a draft says something else than what is published."""
        return self.was is not None


class CellStates:
    """The figures behind some cells: two queries, whatever their number."""

    def __init__(self, live: QuerySet[Observation], staged: QuerySet[StagedFigure]) -> None:
        self.live = {CellKey(*figure.identity): figure for figure in live}
        waiting = staged.filter(release__published_at=None).select_related("release", "release__created_by")
        self.staged: dict[CellKey, StagedFigure] = {}
        # Two drafts that hold one figure are seldom; the older one is shown, and the newer refused.
        for figure in waiting.order_by("-release_id"):
            self.staged[CellKey(*figure.identity)] = figure

    @classmethod
    def of_indicators(cls, indicators: Iterable[int], **narrower: Iterable[object]) -> "CellStates":
        """Everything of the indicators; ``narrower`` are lookups such as ``period__in``."""
        wanted = {"indicator__in": list(indicators), **{name: list(of) for name, of in narrower.items()}}
        return cls(
            Observation.objects.filter(superseded_by=None, **wanted).select_related("release"),
            StagedFigure.objects.filter(**wanted),
        )

    @staticmethod
    def series_of(indicator: int) -> tuple[set[SeriesKey], set[SeriesKey]]:
        """The series that readers see something of, and those of drafts; two queries."""
        names = ("area", "statistic", "population", "gender")
        live = Observation.objects.filter(indicator=indicator, superseded_by=None)
        staged = StagedFigure.objects.filter(indicator=indicator, release__published_at=None)
        return (
            set(live.exclude(status=Status.WITHDRAWN).values_list(*names).distinct()),
            set(staged.values_list(*names).distinct()),
        )

    @classmethod
    def of_keys(cls, keys: Iterable[CellKey]) -> "CellStates":
        """What stands behind these cells."""
        keys = list(keys)
        return cls.of_indicators(
            {key.indicator for key in keys},
            area__in={key.area for key in keys},
            period__in={key.period for key in keys},
        )

    def published(self) -> set[CellKey]:
        """The cells that readers see something in."""
        return {key for key, figure in self.live.items() if figure.status != Status.WITHDRAWN}

    def filled(self) -> set[CellKey]:
        """The cells that have a figure, published or staged."""
        return self.published() | set(self.staged)

    def drafts(self) -> dict[int, Release]:
        """The releases that hold some of the figures, by primary key."""
        return {figure.release_id: figure.release for figure in self.staged.values()}

    def token(self, key: CellKey) -> str:
        """A short name of what stands in the cell; another one as soon as anything of it changes."""
        live, staged = self.live.get(key), self.staged.get(key)
        if live is None and staged is None:
            return _NOTHING
        said: list[object] = [live.pk if live else 0]
        if staged is not None:
            said.append(staged.release_id)
            for name in _SAID:
                value = getattr(staged, name)
                # 0.5 and 0.50000000 are one value.
                said.append(str(value.normalize()) if isinstance(value, Decimal) else value)
        return blake2b(repr(said).encode(), digest_size=6).hexdigest()

    def cell(self, key: CellKey, terms: Mapping[int, IndicatorTerms], release: Release | None) -> SheetCell:
        """The cell as a sheet shows it that works in ``release``, or in none yet."""
        indicator = terms[key.indicator]
        live, staged = self.live.get(key), self.staged.get(key)
        figure: Figure | None = staged or live
        if figure is None:
            return SheetCell(key)
        is_here = staged is not None and release is not None and staged.release_id == release.pk
        return SheetCell(
            key=key,
            text=shown(figure, indicator),
            token=self.token(key),
            was=None if staged is None else shown(live, indicator),
            preliminary=figure.preliminary,
            n=figure.n,
            source=figure.source_id,
            overruled=staged.overruled if staged else "",
            locked=None if staged is None or is_here else staged.release,
        )


def shown(figure: Figure | None, indicator: IndicatorTerms) -> str:
    """A figure as its cell shows it; empty for none and for one that is withdrawn."""
    if figure is None:
        return ""
    return write(
        indicator,
        figure.statistic,
        status=figure.status,
        value=figure.value,
        decimals=figure.decimals,
        n=figure.n,
    )
