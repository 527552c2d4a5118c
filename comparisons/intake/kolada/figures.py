"""Kolada's figures of one KPI as entries of its indicator: which statistic, which sign, and what is gone.

A municipality, a region and the country have a value of their own. A group's figure is the unweighted
mean of its municipalities, and ``n`` says of how many. Of a yes/no KPI, 1 and 0, a group and the country
have the share that answered yes.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from comparisons.intake.kolada.answers import Datum
from comparisons.loading import Entry
from comparisons.models import KoladaLink, Observation, StagedFigure
from comparisons.models.areas import Area
from comparisons.periods import Period
from comparisons.records import bare
from comparisons.rows import attributes, normalise
from comparisons.svenska import count_of
from comparisons.terms import EMPTY_POPULATION, AreaKind, Statistic, Status, ValueType

#: Where Kolada says nothing of these, what the published figure says of them stays (``loading.compare``).
CARRIED: frozenset[str] = frozenset()
#: The database holds ten digits before the comma.
_TOO_LARGE = Decimal(10) ** 10
_WHOLE = frozenset({ValueType.COUNT, ValueType.RANK, ValueType.YES_NO})
#: Whose figures an answer must not lack: of all there are, or of all that are published from here.
_OF_THEM = {
    AreaKind.MUNICIPALITY: "kommunernas",
    AreaKind.REGION: "regionernas",
    AreaKind.COUNTRY: "rikets",
    AreaKind.GROUP: "de liknande kommunernas",
}
#: Status of a figure that Kolada has none of: no reason to take away what somebody else has.
_SAYS_NOTHING = (Status.MISSING, Status.WITHDRAWN)
#: What a figure of a place can be when it comes from here; of all others it is the place's own value.
_SUMS = {
    AreaKind.GROUP: {Statistic.MEAN, Statistic.SHARE_YES},
    AreaKind.COUNTRY: {Statistic.VALUE, Statistic.SHARE_YES},
}
_SHOWN = ["indicator", "area", "statistic", "population", "gender", "period"]


class Unfit(Exception):
    """The figures of a KPI cannot be the indicator's. ``str`` says why, and what to do, in Swedish."""


class Made:
    """The entries of one KPI, by key, and the codes of places that we do not know."""

    def __init__(self, link: KoladaLink, data: Iterable[Datum], areas: Mapping[str, Area]) -> None:
        """Raises Unfit when a figure may not be the indicator's or says two things, or the answer is half."""
        self.link, self.areas = link, areas
        self._kinds = {area.pk: AreaKind(area.kind) for area in areas.values()}
        self.entries: dict[tuple[Any, ...], Entry] = {}
        self.unknown: set[str] = set()
        self._broken: dict[str, list[str]] = {}
        for datum in data:
            if (area := areas.get(datum.municipality)) is None:
                if not datum.municipality.startswith("G"):  # others' groups are none of our business
                    self.unknown.add(datum.municipality)
            elif (entry := self._entry(datum, area)) is not None:
                self._add(entry, area)
        if not self.entries:
            raise Unfit("Kolada har inga siffror för nyckeltalet.")
        if link.municipality_type == "K" and not any(
            self._kinds[entry.area] == AreaKind.MUNICIPALITY for entry in self.entries.values()
        ):
            raise Unfit(_half(AreaKind.MUNICIPALITY))
        for told, where in self._broken.items():
            values = count_of(len(where), "siffra", "siffror")
            raise Unfit(f"{values} {told}, till exempel {where[0]}.")

    def _entry(self, datum: Datum, area: Area) -> Entry | None:
        """The figure as an entry; None for one that says nothing of the place (the mean of a rank)."""
        value_type, statistic = self.link.indicator.value_type, Statistic.VALUE
        sums_up = area.kind in (AreaKind.GROUP, AreaKind.COUNTRY)
        if sums_up and value_type == ValueType.RANK:
            return None
        share = sums_up and value_type == ValueType.YES_NO
        if share:
            statistic = Statistic.SHARE_YES
        elif area.kind == AreaKind.GROUP:
            statistic = Statistic.MEAN
        value = None
        if datum.status == Status.NORMAL:
            value = normalise(datum.number * 100 if share else datum.number)
            if abs(value) >= _TOO_LARGE:
                self._breaks("är för stora för att sparas", value, datum, area)
                return None
            self._check(value, statistic, datum, area)
        return Entry(
            indicator=self.link.indicator_id,
            area=area.pk,
            statistic=statistic.value,
            population=EMPTY_POPULATION,
            gender=datum.gender,
            period=Period.of(datum.year).code,
            value=value,
            decimals=None if value is None else self.link.decimals,
            n=datum.n if area.kind == AreaKind.GROUP and value is not None else None,
            status=datum.status,
            preliminary=False,
            source=self.link.source_id,
            source_status=datum.source_status,
            note="",
        )

    def _check(self, value: Decimal, statistic: Statistic, datum: Datum, area: Area) -> None:
        """The rules of ``rules.py`` that Kolada's figures may break, before anything is written."""
        indicator = self.link.indicator
        low, high = indicator.scale_min, indicator.scale_max
        if statistic == Statistic.SHARE_YES:
            if not 0 <= value <= 100:
                self._breaks("är varken ja eller nej", value / 100, datum, area)
        elif (low is not None and value < low) or (high is not None and value > high):
            self._breaks("ligger utanför nyckeltalets skala", value, datum, area)
        elif statistic == Statistic.VALUE and indicator.value_type in _WHOLE:
            if indicator.value_type == ValueType.YES_NO and value not in (0, 1):
                self._breaks("är varken ja (1) eller nej (0)", value, datum, area)
            elif value != value.to_integral_value():
                self._breaks("har decimaler, men nyckeltalet har hela tal", value, datum, area)
            elif value < 0:
                self._breaks("är mindre än noll, men nyckeltalet är ett antal", value, datum, area)

    def _breaks(self, told: str, value: Decimal, datum: Datum, area: Area) -> None:
        shown = bare(value).replace(".", ",")
        self._broken.setdefault(told, []).append(f"{shown} ({area} {datum.year})")

    def _add(self, entry: Entry, area: Area) -> None:
        """Keep the entry. A figure that was deleted and given anew counts as given."""
        other = self.entries.get(entry.key)
        if other is None or other.status == Status.WITHDRAWN:
            self.entries[entry.key] = entry
        elif entry.status != Status.WITHDRAWN and entry != other:
            year = Period(entry.period).year
            raise Unfit(f"Kolada har två olika värden för {area} {year}.")

    def hold_against_published(self) -> None:
        """Withdraw what was published from here and is in the answer no more, marked as deleted or not; and
        leave alone what somebody has filled in from elsewhere and Kolada has not.

        A median or a tertial is none of Kolada's figures, though somebody may have given it the same source.
        Raises Unfit when more than half is gone, or all of one kind of places: then the answer is likelier to
        be wrong than the figures.
        """
        kinds = self._kinds
        published = Observation.objects.filter(
            superseded_by=None,
            indicator=self.link.indicator_id,
            population=EMPTY_POPULATION,
            area__in=kinds,
        ).exclude(status=Status.WITHDRAWN)
        stood = []
        for source, *key in published.values_list("source_id", *attributes(_SHOWN)):
            _, area, statistic, _, _, period = key
            if source != self.link.source_id:
                said = self.entries.get(tuple(key))
                if said is not None and said.status in _SAYS_NOTHING:
                    del self.entries[said.key]
            elif statistic in _SUMS.get(kinds[area], {Statistic.VALUE}) and (
                Period(period) == Period.of(Period(period).year)
            ):
                stood.append(tuple(key))
        vanished = [key for key in stood if key not in self.entries]
        if len(vanished) * 2 > len(stood):
            raise Unfit(
                f"{len(vanished)} av {len(stood)} publicerade siffror finns inte längre i Koladas svar. "
                "Se efter i Kolada om nyckeltalet har ersatts av ett annat."
            )
        left = {kinds[key[1]] for key in stood if key in self.entries}
        for kind in (kinds[key[1]] for key in vanished):
            if kind not in left:
                raise Unfit(_half(kind))
        for key in vanished:
            gone = (None, None, None, Status.WITHDRAWN.value, False, self.link.source_id, "", "")
            self.entries[key] = Entry._make((*key, *gone))

    def without_waiting(self, mine: Iterable[int]) -> tuple[list[Entry], set[int]]:
        """The entries that no release under way says already, and those releases.

        ``mine`` are releases that what is made now takes the place of.
        """
        said = attributes([*_SHOWN, "value", "decimals", "status"])
        waiting: dict[tuple[Any, ...], int] = {}
        rows = (
            StagedFigure.objects.filter(indicator=self.link.indicator_id, release__published_at=None)
            .exclude(release__state="withdrawn")
            .exclude(release__in=list(mine))
        )
        for release, *row in rows.values_list("release", *said):
            waiting[tuple(row)] = release
        left, releases = [], set()
        for entry in self.entries.values():
            release = waiting.get((*entry.key, entry.value, entry.decimals, entry.status))
            if release is None:
                left.append(entry)
            else:
                releases.add(release)
        return left, releases


def _half(kind: AreaKind) -> str:
    return (
        f"Koladas svar är inte helt: {_OF_THEM[kind]} siffror saknas. Kommer de inte nästa natt: se efter i "
        "Kolada om nyckeltalet har ändrats."
    )
