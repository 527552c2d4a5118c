"""What a table block and the section around it derive from what the editor chose."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from comparisons.periods import Period
from comparisons.prepared import AddressedValue, PreparedValue, own_rows, population_id
from comparisons.records import AreaTerms, Column, OwnPeriods, Row, Wanted
from comparisons.tables import Table, TableRow, build_table
from comparisons.terms import COMPUTED, AreaKind, Gender, Statistic


class SectionValue(AddressedValue):
    """The value of a SectionBlock."""

    @property
    def groups(self) -> list[tuple[bool, list[Any]]]:
        """What stands under the heading, in order: runs of blocks that go together in the text's
        columns, and, alone and marked True, each table that needs the page's whole width."""
        groups: list[tuple[bool, list[Any]]] = []
        for block in self.get("body") or ():
            wide = bool(block.block_type == "table" and (table := block.value.table) and table.is_broad)
            if groups and not wide and not groups[-1][0]:
                groups[-1][1].append(block)
            else:
                groups.append((wide, [block]))
        return groups


class TableValue(PreparedValue):
    """The value of a TableBlock."""

    @cached_property
    def shown_rows(self) -> list[Row]:
        """Rows whose indicator is chosen and published."""
        return [
            Row(row["indicator"].terms(), row["label"] or "", row["footnote"] or "")
            for row in self.get("rows") or ()
            if row["indicator"] is not None and row["indicator"].live
        ]

    @property
    def _ids(self) -> frozenset[int]:
        return frozenset(row.indicator.id for row in self.shown_rows)

    @property
    def _choice(self) -> tuple[str, Any]:
        columns = self.get("columns")
        return (columns[0].block_type, columns[0].value) if columns else ("", None)

    @property
    def follows_own(self) -> bool:
        """True where the columns are the newest periods."""
        return self._choice[0] == "latest" and bool(self._ids)

    def questions(self, own: AreaTerms) -> Sequence[OwnPeriods]:
        """The own municipality's periods that any row has."""
        if not self.follows_own:
            return []
        latest = self._choice[1]
        gender = latest["gender"] or Gender.TOTAL
        return [OwnPeriods(self._ids, own.id, population_id(latest["population"]), gender)]

    def resolve(self, own: AreaTerms | None, periods: Sequence[Sequence[Period]]) -> None:
        """By hand: the columns as chosen. Latest: the own periods, then the comparisons."""
        kind, value = self._choice
        columns: list[Column] = []
        if kind == "by_hand":
            columns = [column for chosen in value if (column := _column(chosen))]
        elif kind == "latest" and own is not None and periods:
            shown = list(periods[0])[-(value["number"] or 1) :]
            population = value["population"]
            columns = [
                Column(
                    own,
                    Statistic.VALUE,
                    period,
                    population_id(population),
                    population.name if population else "",
                    value["gender"] or Gender.TOTAL,
                )
                for period in shown
            ]
            if shown:
                columns += [
                    column for chosen in value["comparisons"] if (column := _column(chosen, shown[-1]))
                ]
        self._columns = (tuple(columns),)

    @property
    def settled_columns(self) -> tuple[Column, ...]:
        """The columns, once they are settled."""
        (columns,) = self._columns or ((),)
        return columns

    @property
    def wanted(self) -> Sequence[Wanted]:
        """Every cell of the table."""
        columns = self.settled_columns
        if not columns or not self._ids:
            return []
        return [Wanted(self._ids, columns, bool(self.get("allow_earlier")))]

    def told_rows(self) -> Sequence[tuple[Column, TableRow]]:
        """Its rows."""
        return own_rows(self.table)

    @cached_property
    def table(self) -> Table | None:
        """The table, or None while it has no rows or no columns."""
        index = self.figure_index()
        columns = self.settled_columns
        rows = self.shown_rows
        if not columns or not rows:
            return None
        return build_table(
            self.get("caption") or "",
            rows,
            columns,
            index,
            allow_earlier=bool(self.get("allow_earlier")),
            show_standing=bool(self.get("show_standing")),
        )


def _column(chosen: Any, period: Period | None = None) -> Column | None:
    """The column an editor chose, or None while it lacks its area or its period, or cannot be."""
    if chosen["area"] is None:
        return None
    if period is None:
        try:
            period = Period.parse(chosen["period"] or "")
        except ValueError:
            return None
    area, statistic = chosen["area"].terms(), chosen["statistic"] or Statistic.VALUE
    if statistic in COMPUTED and area.kind != AreaKind.COUNTRY:
        return None  # a draft may say so; it would be all municipalities under the name of some
    population = chosen["population"]
    return Column(
        area=area,
        statistic=statistic,
        period=period,
        population=population_id(population),
        population_name=population.name if population else "",
        gender=chosen["gender"] or Gender.TOTAL,
        label=chosen["label"] or "",
    )
