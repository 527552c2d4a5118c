"""A figure beside its neighbours in time, to see whether it looks like a slip."""

from bisect import bisect_left
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from comparisons.models import Observation, Release, StagedFigure
from comparisons.models.observations import Figure
from comparisons.periods import Period
from comparisons.records import IndicatorTerms
from comparisons.slips import Neighbour, slip
from comparisons.terms import Status

#: How many figures before and after a figure are its neighbours.
REACH = 2

#: The values of ``KEY``, in its order: the period last.
_Key = tuple[Any, ...]
#: A series in time: all of the key but the period, and the length of its periods.
_SeriesKey = tuple[Any, ...]


class Series:
    """The series that some figures belong to, as they will be: the figures over the draft over the published.

    Two queries, whatever the number of figures.
    """

    def __init__(self, figures: Iterable[Figure], release: Release | None) -> None:
        figures = list(figures)
        values: dict[_Key, Decimal | None] = {}
        wanted = {
            "indicator__in": {figure.indicator_id for figure in figures},
            "area__in": {figure.area_id for figure in figures},
        }
        if figures:
            layers: list[Iterable[Figure]] = [Observation.objects.filter(superseded_by=None, **wanted)]
            if release is not None:
                layers.append(StagedFigure.objects.filter(release=release, **wanted))
            for layer in (*layers, figures):
                values |= {figure.identity: figure.value for figure in layer}
        self._terms: dict[int, IndicatorTerms] = {}
        self._values: dict[_SeriesKey, list[tuple[int, Decimal]]] = {}
        for key, value in sorted(values.items(), key=lambda item: item[0][-1]):
            if value is not None:
                self._values.setdefault(_series(key), []).append((key[-1], value))

    def slip(self, figure: Figure, published: Figure | None) -> str:
        """A sentence on why the figure looks like a slip, or an empty one. No query.

        It is held against what it is to replace, and against its neighbours: two before it and two
        after. It is a slip when all of these say so, for when one of them is the slip, that one is told.
        """
        if figure.value is None:
            return ""
        if published is not None and published.value is not None and published.status == Status.NORMAL:
            if published.value == figure.value:
                return ""  # it stands there already, and somebody has seen it
            against = Neighbour("det som är publicerat", published.value)
            if sentence := self._slip(figure, figure.value, [against]):
                return sentence
        around = self._values.get(_series(figure.identity), [])
        place = bisect_left(around, figure.period, key=lambda point: point[0])
        nearest = [*around[max(0, place - REACH) : place][::-1], *around[place + 1 : place + 1 + REACH]]
        if not nearest:
            return self._slip(figure, figure.value, [])
        said = [
            self._slip(figure, figure.value, [Neighbour(Period(period).label, value)])
            for period, value in nearest
        ]
        return said[0] if all(said) else ""

    def _slip(self, figure: Figure, value: Decimal, neighbours: list[Neighbour]) -> str:
        terms = self._terms.get(figure.indicator_id)
        if terms is None:
            terms = self._terms[figure.indicator_id] = figure.indicator.terms()
        return slip(terms, figure.statistic, value, neighbours)


def _series(key: _Key) -> _SeriesKey:
    return (*key[:-1], key[-1] % 10)
