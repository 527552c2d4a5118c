"""What a block of large figures derives from what the editor chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from comparisons.charts import Threads, threads
from comparisons.periods import Period
from comparisons.prepared import PreparedValue, own_rows, population_id
from comparisons.records import (
    AreaTerms,
    Column,
    IndicatorTerms,
    OwnPeriods,
    Row,
    Wanted,
)
from comparisons.sentences import limit_words, share_words, unit_after
from comparisons.standings import Standing
from comparisons.svenska import NBSP, capitalise
from comparisons.tables import Table, TableRow, build_table
from comparisons.terms import SHARES, Gender, Statistic, ValueType


@dataclass(frozen=True)
class KeyFigure:
    """A large figure: what it is, the number and what follows it, the comparison, the standing."""

    heading: str
    url: str
    number: str
    unit: str
    period: str
    missing: str
    against: str
    standing: Standing | None
    threads: Threads | None
    finding: str


class KeyFiguresValue(PreparedValue):
    """The value of a KeyFiguresBlock."""

    @property
    def chosen(self) -> list[Any]:
        """The figures whose indicator is chosen and published, in the editor's order."""
        return [
            item
            for item in self.get("figures") or ()
            if item["indicator"] is not None and item["indicator"].live
        ]

    @property
    def follows_own(self) -> bool:
        """True where there are figures: each shows its own newest."""
        return bool(self.chosen)

    def questions(self, own: AreaTerms) -> Sequence[OwnPeriods]:
        """The own municipality's periods of each figure."""
        return [
            OwnPeriods(
                frozenset({item["indicator"].pk}),
                own.id,
                population_id(item["population"]),
                Gender.TOTAL,
            )
            for item in self.chosen
        ]

    def resolve(self, own: AreaTerms | None, periods: Sequence[Sequence[Period]]) -> None:
        """For each figure its own newest period, the comparison of that period, and the period before."""
        settled = []
        answers = iter(periods)
        for item in self.chosen:
            found = next(answers, [])
            columns: list[Column] = []
            if own is not None and found:
                population = item["population"]
                key = (found[-1], population_id(population), population.name if population else "")
                columns.append(Column(own, Statistic.VALUE, *key))
                if (area := self.get("area")) is not None:
                    columns.append(Column(area.terms(), self["statistic"], *key))
                before = [period for period in found[:-1] if period.length is found[-1].length]
                if before:
                    columns.append(Column(own, Statistic.VALUE, before[-1], *key[1:]))
            settled.append(tuple(columns))
        self._columns = tuple(settled)

    @property
    def wanted(self) -> Sequence[Wanted]:
        """Three cells for each figure."""
        return [
            Wanted(frozenset({item["indicator"].pk}), columns)
            for item, columns in zip(self.chosen, self._columns or (), strict=True)
            if columns
        ]

    @cached_property
    def key_figures(self) -> list[KeyFigure]:
        """The figures that have one, in the editor's order."""
        return [_key_figure(item, table) for item, table in self._tables]

    @cached_property
    def _tables(self) -> list[tuple[Any, Table]]:
        """A table of one row for each figure that there is something to show of."""
        index = self.figure_index()
        return [
            (item, build_table("", [Row(item["indicator"].terms())], columns, index))
            for item, columns in zip(self.chosen, self._columns or (), strict=True)
            if columns
        ]

    def told_rows(self) -> Sequence[tuple[Column, TableRow]]:
        """A row for each figure."""
        return [told for _, table in self._tables for told in own_rows(table)]

    @property
    def better_and_worse(self) -> list[KeyFigure]:
        """Two figures for the front page: one that is better and one that is worse, so that it never
        flatters; where there is no such, the next in the editor's order."""
        chosen = [
            next((one for one in self.key_figures if one.standing and one.standing.kind == kind), None)
            for kind in ("better", "worse")
        ]
        picked = [one for one in chosen if one is not None]
        return (picked + [one for one in self.key_figures if one not in picked])[:2]

    @property
    def common_period(self) -> str:
        """The period of all the figures; empty where they are of several, and each has to say its own."""
        periods = {figure.period for figure in self.key_figures}
        return periods.pop() if len(periods) == 1 else ""

    @property
    def heading(self) -> str:
        """``2017 i tre siffror``; without the year where the figures are of several."""
        shown = self.key_figures
        words = ("", "en siffra", "två siffror", "tre siffror", "fyra siffror", "fem siffror")
        number = words[min(len(shown), 5)]
        if self.common_period:
            return f"{capitalise(self.common_period)} i {number}"
        return f"I korthet: {number}"


def _key_figure(item: Any, table: Table) -> KeyFigure:
    (row,) = table.rows
    own = row.cells[0]
    held = [(cell, column) for cell, column in zip(row.cells, table.columns, strict=True) if cell is not own]
    other, against_column = next(
        ((cell, column) for cell, column in held if not column.area.is_own), (None, None)
    )
    against = ""
    if other is not None and against_column is not None:
        text = other.spoken if other.sign or other.figure is None else other.text
        if row.indicator.value_type == ValueType.PERCENT and not other.sign:
            text = f"{text}{NBSP}%"
        if other.figure and other.figure.value is not None and other.figure.statistic in SHARES:
            against = f"{share_words(against_column, other.figure)} svarade ja"
        else:
            against = f"{against_column.series_label} {text}"
            if other.figure and (limit := limit_words(row.indicator, other.figure)):
                against = f"{against}, {limit}"
        if other.figure and other.figure.preliminary:
            against = f"{against}, preliminär"
    return KeyFigure(
        heading=item["heading"] or _heading(row.indicator, table.columns[0]),
        url=row.indicator.url,
        number=own.text,
        unit="" if own.sign else unit_after(row.indicator, own.figure),
        period=table.columns[0].period.label,
        missing=own.detail if own.sign else "",
        against=against,
        standing=row.standing,
        threads=threads(row.indicator, own.figure, other.figure if other else None),
        finding=row.told.headline if row.told else "",
    )


def _heading(indicator: IndicatorTerms, own: Column) -> str:
    """The indicator's short name, and whom within the municipality the figure is about."""
    name = indicator.short_title or indicator.title
    return f"{name}, {own.population_name}" if own.population_name else name
