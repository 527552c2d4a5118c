"""A wide sheet: a table as pages show it, or a row a municipality and a column a period.

A figure is what its row says and what its column says, together; what neither says, the sheet may: a
title or the sheet's own name. What nobody says is asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from comparisons.intake.names import fold
from comparisons.intake.opening import Sheet
from comparisons.intake.reading.about import About
from comparisons.intake.reading.cells import Interpreter, Unclear, read_cell
from comparisons.intake.reading.found import Place, letters
from comparisons.intake.reading.headings import Atoms
from comparisons.intake.reading.lexicon import Ignored, Kind
from comparisons.intake.reading.shape import WideHeader, is_value, role, says_spread
from comparisons.intake.reading.words import GENDERS, LEFT_OUT, STATISTICS
from comparisons.loading import Entry
from comparisons.periods import Period
from comparisons.terms import EMPTY_POPULATION, Gender, Status

#: What a column beside the figures may say of its row.
_ROLES = ("indicator", "area", "statistic", "period", "population", "gender")


@dataclass(frozen=True)
class DataColumn:
    """A column of figures: its heading, what that says, and the heading without its period."""

    at: int
    text: str
    atoms: Atoms
    rest: str


class TableReader:
    """Reads one table of a sheet, down to the row before ``end``."""

    def __init__(
        self, sheet: Sheet, header: WideHeader, end: int, above: int, say: Interpreter, name: str
    ) -> None:
        self._sheet, self._header, self._end, self._say, self._name = sheet, header, end, say, name
        titles = [
            texts[0] for row in sheet.rows[above : header.row] if len(texts := list(filter(None, row))) == 1
        ]
        self._about = About(sheet.name, name, titles, Place(name, header.row), say)
        self._roles: dict[str, int] = {}
        self._data: list[DataColumn] = []
        self._words: dict[tuple[str, str], Atoms | Exception] = {}

    def read(self) -> None:
        """Add every figure to what is found."""
        self._sort_columns()
        for number in range(self._header.row + 1, self._end):
            row = self._sheet.rows[number]
            filled = [
                column
                for column in self._data
                if (column.at < len(row) and row[column.at]) or (number, column.at) in self._sheet.faults
            ]
            if filled:
                self._read_row(number, row, filled)

    # --- Columns ---------------------------------------------------------------------------------

    def _sort_columns(self) -> None:
        """Say of every column whether it names its rows, holds figures, or is left out."""
        data: list[tuple[int, str]] = []
        rest: list[tuple[int, str]] = []
        for at, text in self._header.texts.items():
            name = role(text, self._say.lexicon)
            if name in _ROLES and name not in self._roles:
                self._roles[name] = at
            elif says_spread(self._say.headings.parse(text).rest) or fold(text) in LEFT_OUT:
                self._leave_out(text)
            elif not self._is_data(text):
                rest.append((at, text))
            elif self._has_cells(at):
                data.append((at, text))
        if not self._roles.keys() & {"indicator", "area", "period"}:
            self._find_names(data)
        for at, text in data:
            self._take(at, text)
        for at, text in rest:
            if at not in self._roles.values() and self._has_cells(at):
                self._take_or_ask(at, text)
        for at in self._without_heading():
            self._untitled(at)

    def _is_data(self, text: str) -> bool:
        """Whether a heading is understood, or has a period beside what has to be asked."""
        parsed = self._say.headings.parse(text)
        answered = any(self._say.lexicon.answer(Kind.HEADING, fold(one)) for one in (text, parsed.rest))
        known = parsed.atoms.keys() & {"period", "area", "statistic", "gender", "population", "indicator"}
        return answered or (bool(known) and (not parsed.unknown or "period" in parsed.atoms))

    def _take(self, at: int, text: str) -> None:
        parsed = self._say.headings.parse(text)
        try:
            unknown = Kind.INDICATOR if self._names_indicators() else Kind.AREA
            atoms = self._say.atoms(text, self._place(self._header.row, at), unknown)
        except Ignored:
            self._leave_out(text)
        except Unclear:
            pass
        else:
            self._data.append(DataColumn(at, text, atoms, parsed.rest))

    def _names_indicators(self) -> bool:
        """Whether the columns are of indicators, for the rows are areas."""
        return "area" in self._roles and "indicator" not in self._roles

    def _take_or_ask(self, at: int, text: str) -> None:
        """Take a column that was answered for, and ask what another one is."""
        place = self._place(self._header.row, at)
        if self._say.headings.parse(text).is_ignored:
            self._leave_out(text)
        elif self._say.lexicon.answer(Kind.HEADING, fold(text)) is not None:
            self._take(at, text)
        elif self._names_indicators() and any(is_value(cell) for cell in self._below(at)):
            self._say.ask_name(Kind.INDICATOR, text, place)
        else:
            self._say.found.ask(self._say.what_column(text, place))

    def _find_names(self, data: list[tuple[int, str]]) -> None:
        """Which column names the rows, where no heading says so, and whether of indicators or of areas."""
        known = [at for at, text in data if not self._say.headings.parse(text).unknown]
        first = min(known, default=max(self._header.texts, default=0) + 1)
        best = (0, -1, "indicator")
        fallback = -1
        for at in range(first):
            texts = [text for text in self._below(at) if not is_value(text)]
            if texts and fallback < 0:
                fallback = at
            codes = [text for text in self._below(at)]
            areas = sum("area" in self._say.headings.parse(text).atoms for text in codes)
            indicators = sum(self._is_indicator(text) for text in texts)
            name = "area" if areas > indicators else "indicator"
            best = max(best, (max(areas, indicators), -at, name), key=lambda one: one[:2])
        at = -best[1] if best[0] else fallback
        if at >= 0:
            self._roles[best[2]] = at

    def _is_indicator(self, text: str) -> bool:
        try:
            return self._say.lexicon.find(Kind.INDICATOR, text) is not None
        except Ignored:
            return True

    def _below(self, at: int) -> Iterator[str]:
        """The filled cells of a column."""
        for row in self._sheet.rows[self._header.row + 1 : self._end]:
            if at < len(row) and row[at]:
                yield row[at]

    def _has_cells(self, at: int) -> bool:
        """Whether a column has anything under its heading, if only a cell that could not be opened."""
        below = range(self._header.row + 1, self._end)
        return any(self._below(at)) or any(
            column == at and row in below for row, column in self._sheet.faults
        )

    def _without_heading(self) -> Iterator[int]:
        widest = max((len(row) for row in self._sheet.rows[self._header.row : self._end]), default=0)
        taken = {*self._header.texts, *self._roles.values()}
        return (at for at in range(widest) if at not in taken)

    def _untitled(self, at: int) -> None:
        """A column without a heading: figures in it are a problem, words are notes."""
        texts = list(self._below(at))
        place = self._place(self._header.row, at)
        if sentence := self._sheet.faults.get((self._header.row, at)):
            self._say.found.refused(place, "Rubriken", sentence)
        elif any(is_value(text) for text in texts) and self._data and at > self._data[0].at:
            self._say.found.problem(
                place, "Kolumnen har värden men ingen rubrik.", "Skriv en rubrik över den, eller töm den."
            )
        elif texts:
            self._say.found.ignore(f"Kolumn {letters(at)}{self._on_sheet()} har ingen rubrik och läses inte.")

    # --- Rows ------------------------------------------------------------------------------------

    def _read_row(self, number: int, row: list[str], filled: list[DataColumn]) -> None:
        try:
            said = self._row_says(number, row)
        except (Ignored, Unclear):
            return
        for column in filled:
            place = self._place(number, column.at)
            if sentence := self._sheet.faults.get((number, column.at)):
                self._say.found.refused(place, "Rutan", sentence)
                continue
            both = {**said, **column.atoms}
            if any(both[kind] != value for kind, value in said.items()):
                self._say.found.problem(
                    place,
                    f"Raden säger en sak och kolumnen ”{column.text}” en annan.",
                    "Ändra radens namn eller kolumnens rubrik.",
                )
                continue
            try:
                self._add(both, row[column.at], column, self._label(row), place)
            except Ignored:
                self._say.found.ignore(f"”{column.rest or self._label(row)}” läses inte, som du har valt.")
            except Unclear:
                continue

    def _row_says(self, number: int, row: list[str]) -> Atoms:
        """What the columns beside the figures say of a row. Raises Ignored and Unclear."""
        said: Atoms = {}
        for name, at in self._roles.items():
            text = row[at] if at < len(row) else ""
            place = self._place(number, at)
            if sentence := self._sheet.faults.get((number, at)):
                self._say.found.refused(place, "Rutan", sentence)
                raise Unclear
            if not text:
                if name in ("indicator", "area", "period"):
                    self._say.found.problem(
                        place, "Raden har värden men inget namn.", "Skriv vad raden är, eller töm den."
                    )
                    raise Unclear
                continue
            said |= self._word(name, text, place)
        return said

    def _word(self, name: str, text: str, place: Place) -> Atoms:
        asked = (name, text)
        if asked not in self._words:
            try:
                self._words[asked] = self._look_up(name, text, place)
            except (Ignored, Unclear) as error:
                self._words[asked] = error
        meant = self._words[asked]
        if isinstance(meant, Exception):
            raise meant
        return meant

    def _look_up(self, name: str, text: str, place: Place) -> Atoms:
        """What a cell beside the figures says. Raises Ignored and Unclear."""
        if says_spread(text):
            self._say.found.ignore(f"Rader som heter ”{text}” läses inte. Spridningen räknar webbplatsen ut.")
            raise Ignored
        try:
            if name == "indicator":
                return self._row_of_indicator(text, place)
            if name == "area":
                return self._say.area(text, place)
            if name == "population":
                return {"population": self._say.named(Kind.POPULATION, text, place)}
        except Ignored:
            self._say.found.ignore(f"Rader som heter ”{text}” läses inte, som du har valt.")
            raise
        try:
            if name == "period":
                return {"period": Period.parse(text).code}
            words = STATISTICS if name == "statistic" else GENDERS
            if fold(text) not in words:
                raise ValueError(f"”{text}” är okänt. Skriv samma ord som webbplatsen använder.")
            return {name: words[fold(text)]}
        except ValueError as error:
            self._say.found.refused(place, text, error)
            raise Unclear from error

    def _row_of_indicator(self, text: str, place: Place) -> Atoms:
        """An indicator, and whom it is about where its name goes on with that: ``Meritvärde, kvinnor``."""
        head, comma, tail = text.rpartition(",")
        if comma and self._say.lexicon.find(Kind.INDICATOR, text) is None:
            whom = self._say.headings.parse(tail.strip())
            pk = self._say.lexicon.find(Kind.INDICATOR, head)
            if pk is not None and not whom.unknown and whom.atoms.keys() <= {"gender", "population"}:
                return {"indicator": pk, **whom.atoms}
        return {"indicator": self._say.named(Kind.INDICATOR, text, place)}

    def _label(self, row: list[str]) -> str:
        at = self._roles.get("area")
        return row[at] if at is not None and at < len(row) else ""

    # --- Figures ---------------------------------------------------------------------------------

    def _add(self, said: Atoms, text: str, column: DataColumn, label: str, place: Place) -> None:
        """Make the cell a figure. Raises Unclear where something has to be asked or mended first."""
        said = dict(said)
        if "indicator" not in said:
            said["indicator"] = self._about.indicator()
        known = self._say.lexicon.indicators[said["indicator"]]
        if not said.keys() & {"area", "statistic"}:
            said["area"] = self._about.area(known)
        if "period" not in said:
            said["period"] = self._about.period()
        area, statistic = self._say.settle(said, self._names_area(column, label), known, place)
        try:
            written = read_cell(text, known.terms, statistic)
        except ValueError as error:
            self._say.found.refused(place, text, error)
            return
        if written.status == Status.WITHDRAWN:
            return
        self._say.found.add(
            Entry(
                said["indicator"],
                area,
                statistic,
                said.get("population", EMPTY_POPULATION),
                said.get("gender", Gender.TOTAL.value),
                said["period"],
                written.value,
                written.decimals,
                written.n,
                written.status,
                False,
                known.source,
                "",
                "",
            ),
            place,
        )

    def _names_area(self, column: DataColumn, label: str) -> str:
        """The words that name the area: of the column, or of the row."""
        return column.rest if column.atoms.keys() & {"area", "statistic"} else label

    # --- Where -----------------------------------------------------------------------------------

    def _place(self, row: int, column: int | None = None) -> Place:
        return Place(self._name, row, column)

    def _leave_out(self, text: str) -> None:
        self._say.found.ignore(f"Kolumnen ”{text}”{self._on_sheet()} läses inte.")

    def _on_sheet(self) -> str:
        return f" på bladet ”{self._name}”" if self._name else ""
