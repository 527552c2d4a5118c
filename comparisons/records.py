"""The records that tables, sentences and charts are made from. Pure: no database, no HTML.

The models make them (``Indicator.terms()`` and so on), ``figures.py`` reads figures into them, and
everything to the right of there knows nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from comparisons.periods import Period
from comparisons.svenska import capitalise, format_number, format_range
from comparisons.terms import (
    COMPUTED,
    AreaKind,
    Comparative,
    Computed,
    Gender,
    Polarity,
    Statistic,
    Status,
    ValueType,
)

#: What a label says of figures that no source has published.
OURS = "vår beräkning"


@dataclass(frozen=True)
class IndicatorTerms:
    """What a table needs to know of an indicator. ``id`` is its primary key, ``url`` its own page."""

    id: int
    title: str
    value_type: str
    unit: str = ""
    scale_min: Decimal | None = None
    scale_max: Decimal | None = None
    polarity: str = Polarity.UNDECIDED
    period_basis: str = "calendar"
    url: str = ""
    short_title: str = ""
    sentence: str = ""
    noun: str = ""
    comparative: str = Comparative.AUTO

    @property
    def is_scored(self) -> bool:
        """Whether a figure is so many out of the most there can be: points and indices with a scale."""
        return self.value_type in (ValueType.POINTS, ValueType.INDEX) and self.scale_max is not None

    @property
    def unit_words(self) -> str:
        """The unit as a reader meets it: ``poäng 1–10``, ``andel i procent``, ``ja eller nej``."""
        if self.value_type == ValueType.YES_NO:
            return "ja eller nej"
        if self.value_type == ValueType.PERCENT and self.unit in ("", "%", "andel (%)"):
            return "andel i procent"
        if self.value_type == ValueType.RANK:
            return self.unit or "placering, där 1 är bäst"
        if self.scale_min is not None and self.scale_max is not None:
            bounds = format_range(bare(self.scale_min), bare(self.scale_max))
            word = self.unit or {"points": "poäng", "index": "index"}.get(self.value_type, "")
            return word if bounds in word else f"{word} {bounds}".strip()
        return self.unit

    @property
    def polarity_words(self) -> str:
        """``Högre är bättre``, ``Lägre är bättre``, for answers ``Ja är bättre``, or nothing."""
        if self.value_type == ValueType.YES_NO:
            better = {Polarity.HIGHER_BETTER: "Ja är bättre", Polarity.LOWER_BETTER: "Nej är bättre"}
            return better.get(Polarity(self.polarity), "")
        if self.polarity in (Polarity.HIGHER_BETTER, Polarity.LOWER_BETTER):
            return str(Polarity(self.polarity).label)
        return ""

    def note_under(self, label: str) -> str:
        """The small line under a row's label: unit where the label lacks it, meaning, direction."""
        unit = self.unit_words
        parts = [] if _runs_through(_words(unit), _words(label)) else [unit]
        if self.period_basis == "three_year_mean":
            parts.append("medelvärde för tre år")
        parts.append(self.polarity_words)
        return " ".join(f"{capitalise(part)}." for part in parts if part)


#: What a series of figures over time is known by, within its indicator: area, statistic, population, gender.
SeriesKey = tuple[int, str, int, str]


@dataclass(frozen=True)
class AreaTerms:
    """An area as a column names it; ``in_label`` is the name inside a sentence (``riket``)."""

    id: int
    name: str
    in_label: str = ""
    is_own: bool = False
    kind: str = AreaKind.MUNICIPALITY

    @property
    def is_summary(self) -> bool:
        """Whether it sums up many municipalities."""
        return self.kind in (AreaKind.COUNTRY, AreaKind.GROUP, AreaKind.REGION)


@dataclass(frozen=True)
class Column:
    """One column: area, statistic, period, population, gender, and the editor's own label if any.

    The statistic is one that a source publishes (``Statistic``) or one that we compute (``Computed``).
    """

    area: AreaTerms
    statistic: str
    period: Period
    population: int
    population_name: str = ""
    gender: str = Gender.TOTAL
    label: str = ""

    @property
    def series(self) -> SeriesKey:
        """The series that it shows a period of."""
        return (self.area.id, self.statistic, self.population, self.gender)

    @property
    def is_computed(self) -> bool:
        """Whether we compute what it shows, of all municipalities' values."""
        return self.statistic in COMPUTED

    def at(self, period: Period) -> "Column":
        """The same column of another period, under the label that is made for it."""
        return replace(self, period=period, label="")

    @property
    def own_label(self) -> str:
        """The editor's label if any; of what we compute it always says that we do."""
        says_so = not self.is_computed or OURS in self.label.lower()
        return self.label if says_so or not self.label else f"{self.label}, {OURS}"

    def auto_label(self, *, with_statistic: bool = True) -> str:
        """``Median riket 2017``, ``Borås, kommunala skolor 2018``, ``Borås, kvinnor tertial 1 2019``.

        What we compute says so: ``Median av kommunerna 2017, vår beräkning``.
        """
        label = f"{self._series(with_statistic)} {self.period.label}"
        return f"{label}, {OURS}" if self.is_computed else label

    @property
    def series_label(self) -> str:
        """The label without its period: ``Median riket``, ``Borås, kommunala skolor``."""
        return f"{self._series(True)}, {OURS}" if self.is_computed else self._series(True)

    @property
    def whom(self) -> str:
        """Whom within the area it is about: ``kommunala skolor, kvinnor``; empty for everyone."""
        gender = "" if self.gender == Gender.TOTAL else str(Gender(self.gender).label).lower()
        return ", ".join(part for part in (self.population_name, gender) if part)

    def _series(self, with_statistic: bool) -> str:
        name = self.area.name
        if self.is_computed:
            name = f"{Computed(self.statistic).label} av kommunerna" if with_statistic else "Kommunerna"
        elif with_statistic and self.statistic in (Statistic.MEDIAN, Statistic.MEAN):
            name = f"{Statistic(self.statistic).label} {self.area.in_label or self.area.name}"
        return f"{name}, {self.whom}" if self.whom else name


@dataclass(frozen=True)
class Row:
    """One row: an indicator, with an optional label and footnote of the editor's."""

    indicator: IndicatorTerms
    label: str = ""
    footnote: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure as it was read. ``value`` is None exactly when ``status`` is a kind of missing."""

    indicator: int
    area: int
    statistic: str
    period: Period
    population: int
    gender: str = Gender.TOTAL
    value: Decimal | None = None
    decimals: int | None = None
    n: int | None = None
    status: str = Status.NORMAL
    preliminary: bool = False
    source: str = ""
    note: str = ""

    @property
    def series(self) -> SeriesKey:
        """The series that it belongs to."""
        return (self.area, self.statistic, self.population, self.gender)

    @property
    def is_computed(self) -> bool:
        """Whether we computed it, of so many municipalities as ``n`` says, from data of ``source``."""
        return self.statistic in COMPUTED


@dataclass(frozen=True)
class MunicipalFigure:
    """A municipality's own figure among those of all municipalities; ``source`` of it is in one word."""

    code: str
    area: AreaTerms
    figure: Figure


@dataclass(frozen=True)
class Wanted:
    """What one table asks for: its columns for its indicators, older figures allowed or not."""

    indicators: frozenset[int]
    columns: tuple[Column, ...]
    allow_earlier: bool = False


@dataclass(frozen=True)
class OwnPeriods:
    """A question for periods: those that any of the indicators has for an area's own values."""

    indicators: frozenset[int]
    area: int
    population: int
    gender: str


def bare(number: Decimal) -> str:
    """A bound of a scale without decimals it does not need: ``10``, ``0,5``."""
    exponent = number.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return format_number(number, max(0, -exponent))


def _words(text: str) -> list[str]:
    return [word.strip("(),.:;") for word in text.casefold().split()]


def _runs_through(words: Sequence[str], said: Sequence[str]) -> bool:
    """Whether all the words stand in the text, in this order."""
    rest = iter(said)
    return all(word in rest for word in words)
