"""The part of an indicator's page that shows the own municipality among all. Pure: no database, no HTML."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from comparisons.among_all import (
    Place,
    answers,
    is_judged,
    is_lowest_first,
    places,
    position,
    shown_value,
)
from comparisons.cells import Cell, make_cell
from comparisons.charts.strip import Named, Strip, strip
from comparisons.records import AreaTerms, Column, Figure, IndicatorTerms, MunicipalFigure
from comparisons.sentences import value_words
from comparisons.spreads import Summed
from comparisons.svenska import count_of, join_words, sort_key
from comparisons.terms import Computed, Sign, Statistic, ValueType

#: So many similar municipalities are named, and so many without a value.
MOST_PEERS, MOST_MISSING = 7, 5


@dataclass(frozen=True)
class ListedRow:
    """A municipality of the table: its value, and its place in words."""

    area: AreaTerms
    cell: Cell
    place: str


@dataclass(frozen=True)
class AmongAll:
    """Everything the section shows. ``everyone`` has a figure of each municipality, missing ones too."""

    indicator: IndicatorTerms
    own: MunicipalFigure
    everyone: Sequence[MunicipalFigure]
    summed: Summed
    peers: Collection[int]
    picked: Sequence[AreaTerms]

    @property
    def is_answers(self) -> bool:
        """Whether the values are Ja and Nej."""
        return self.indicator.value_type == ValueType.YES_NO

    @property
    def n(self) -> int:
        """How many municipalities have a value."""
        return self.summed.spread.n

    @property
    def all_of_them(self) -> str:
        """``290 kommuner``."""
        return count_of(self.n, "kommun", "kommuner")

    @property
    def heading(self) -> str:
        """``Borås bland 290 kommuner``."""
        return f"{self.own.area.name} bland {self.all_of_them}"

    @property
    def caption(self) -> str:
        """The table's: ``Plats bland kommunerna 2017``."""
        return f"{'Svar' if self.is_answers else 'Plats bland kommunerna'} {self.own.figure.period.label}"

    @cached_property
    def places(self) -> dict[int, Place]:
        """The place of every municipality that has a value, by primary key."""
        figures = (one.figure for one in self.everyone)
        return places(figures, lowest_first=is_lowest_first(self.indicator))

    @property
    def sentence(self) -> str:
        """Where the own municipality lies."""
        figure = self.own.figure
        if self.is_answers:
            return answers(self.indicator, [one.figure for one in self.everyone], figure.period)
        return position(self.indicator, self.own.area.name, self.places[self.own.area.id], figure.period)

    @property
    def how_to_read(self) -> str:
        """What the drawing is, and which end is which."""
        sentences = ["Varje stygn är en kommun. Ju längre åt höger, desto högre värde."]
        sentences.append("Medianen är vår egen beräkning.")
        if is_judged(self.indicator):
            lowest = is_lowest_first(self.indicator)
            which = "lägst, för lägre" if lowest else "högst, för högre"
            sentences.append(f"Plats 1 är {which} är bättre.")
        named = {one.area.id for one in self._named}
        who = []
        if named & set(self.peers):
            who.append(f"kommuner som liknar {self.own.area.name}")
        if named & {area.id for area in self.picked}:
            who.append("de kommuner du har valt")
        if who:
            sentences.append(f"Vid namn nämns {join_words(who)}.")
        if self.strip and len(self.strip.named) < len(self._named):
            sentences.append("Namn som inte får plats står i tabellen.")
        return " ".join(sentences)

    @cached_property
    def strip(self) -> Strip | None:
        """The drawing; None for Ja and Nej, and where all values are the same."""
        if self.is_answers:
            return None
        median = self.summed.figure(0, Computed.MEDIAN)
        return strip(
            [one.figure for one in self.everyone],
            self._drawn(self.own.area.name, self.own.figure),
            self._drawn("Median", median),
            [self._drawn(one.area.name, one.figure) for one in self._named if one is not self.own],
        )

    @property
    def drawn_name(self) -> str:
        """What a listener hears that the drawing is."""
        return f"Fördelning: {self.heading}, {self.own.figure.period.label}"

    @cached_property
    def rows(self) -> tuple[ListedRow, ...]:
        """The own municipality, the named and the picked, by place; those without a value last."""
        known = {one.area.id: one for one in (*self._named, self.own)}
        absent = [area for area in self.picked if area.id not in known]
        listed = sorted(known.values(), key=self._order)
        figures = {one.area.id: one.figure for one in self.everyone}
        return (
            *(self._row(one.area, one.figure) for one in listed),
            *(self._row(area, figures.get(area.id)) for area in absent),
        )

    @property
    def place_label(self) -> str:
        """The head of the column of places, which says what place 1 is; empty for Ja and Nej."""
        if self.is_answers:
            return ""
        return f"Plats av {self.n}" if is_judged(self.indicator) else f"Plats av {self.n}, högst först"

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        """The signs for missing figures that stand in the table, for the legend."""
        return tuple(dict.fromkeys(row.cell.sign for row in self.rows if row.cell.sign))

    @property
    def facts(self) -> Iterable[tuple[str, str]]:
        """What we have computed of all the values: label and value."""
        if self.is_answers:
            yes = sum(1 for one in self.everyone if one.figure.value)
            return [("Svarade ja", str(yes)), ("Svarade nej", str(self.n - yes))]
        labels = {
            Computed.MEDIAN: f"Median av {self.all_of_them}, vår beräkning",
            Computed.MEAN: "Medelvärde (ovägt)",
        }
        return [
            (labels.get(statistic, str(statistic.label)), self._words(self.summed.figure(0, statistic)))
            for statistic in Computed
            if statistic != Computed.SHARE_YES
        ]

    @property
    def notes(self) -> str:
        """Whose data it is made of, what it is, and who is not counted."""
        sentences = [f"Egen bearbetning av data från {self.summed.origin}."]
        if not self.is_answers:
            sentences.append("I medelvärdet räknas varje kommun lika, stor som liten.")
        missing = sorted((one.area.name for one in self.everyone if one.figure.value is None), key=sort_key)
        if len(missing) > MOST_MISSING:
            sentences.append(f"{count_of(len(missing), 'kommun', 'kommuner')} saknar värde och räknas inte.")
        elif missing:
            sentences.append(f"{join_words(missing)} saknar värde och räknas inte.")
        return " ".join(sentences)

    @cached_property
    def options(self) -> Sequence[tuple[str, str]]:
        """Code and name of every municipality that can still be picked."""
        taken = {self.own.area.id, *(area.id for area in self.picked)}
        free = [one for one in self.everyone if one.area.id not in taken and one.figure.value is not None]
        return [(one.code, one.area.name) for one in sorted(free, key=lambda one: sort_key(one.area.name))]

    @cached_property
    def _named(self) -> list[MunicipalFigure]:
        """Those to name: the picked, and of the similar ones those nearest in value."""
        picked = {area.id for area in self.picked}
        valued = [one for one in self.everyone if one.figure.value is not None and one is not self.own]
        similar = [one for one in valued if one.area.id in self.peers and one.area.id not in picked]
        similar.sort(key=lambda one: abs(shown_value(one.figure) - shown_value(self.own.figure)))
        return [one for one in valued if one.area.id in picked] + similar[:MOST_PEERS]

    def _order(self, one: MunicipalFigure) -> tuple[object, ...]:
        place = Decimal(0) if self.is_answers else Decimal(self.places[one.area.id].number)
        return (place, not one.area.is_own, sort_key(one.area.name))

    def _row(self, area: AreaTerms, figure: Figure | None) -> ListedRow:
        of = self.own.figure
        column = Column(area, Statistic.VALUE, of.period, of.population, gender=of.gender)
        place = "" if self.is_answers or area.id not in self.places else self.places[area.id].words
        return ListedRow(area, make_cell(self.indicator, column, figure, is_now=area.is_own), place)

    def _drawn(self, name: str, figure: Figure) -> Named:
        return Named(name, figure, self._words(figure))

    def _words(self, figure: Figure) -> str:
        return value_words(self.indicator, figure)
