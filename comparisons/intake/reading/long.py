"""A long sheet: one row a figure, and a column for each thing that is said of it.

A file may hold a hundred thousand rows, of few different words: each word is looked up once.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from comparisons.intake.names import fold
from comparisons.intake.opening import Sheet
from comparisons.intake.reading.cells import POINT, Interpreter, Unclear, read_cell
from comparisons.intake.reading.found import Place
from comparisons.intake.reading.headings import Atoms
from comparisons.intake.reading.lexicon import Ignored, Kind
from comparisons.intake.reading.shape import LongHeader
from comparisons.intake.reading.words import GENDERS, STATISTICS, STATUSES, YES_NO
from comparisons.intake.written import Written, behind
from comparisons.loading import Entry
from comparisons.periods import Period
from comparisons.records import IndicatorTerms
from comparisons.svenska import join_words
from comparisons.terms import EMPTY_POPULATION, Gender, Statistic, Status, ValueType

#: What every row must say.
_NEEDED = {"indicator": "nyckeltal", "area": "område", "period": "period"}
_OUT = object()
_UNCLEAR = object()


class LongReader:
    """Reads the rows of one sheet."""

    def __init__(self, sheet: Sheet, header: LongHeader, say: Interpreter, name: str) -> None:
        self._sheet, self._header, self._say, self._name = sheet, header, say, name
        self._words: dict[tuple[str, str], Any] = {}
        self._figures: dict[tuple[Any, ...], Any] = {}
        self._points = self._commas = False

    @property
    def carried(self) -> frozenset[str]:
        """What the sheet says beside values and statuses."""
        return frozenset({"n", "note", "preliminary"} & self._header.columns.keys())

    def read(self) -> None:
        """Add every figure to what is found."""
        columns = self._header.columns
        self._see_decimals(columns["value"])
        for number in range(self._header.row + 1, len(self._sheet.rows)):
            row = self._sheet.rows[number]
            said = {name: row[at] for name, at in columns.items() if at < len(row) and row[at]}
            if "value" in said or "status" in said or (number, columns["value"]) in self._sheet.faults:
                self._read_row(number, said)

    def _see_decimals(self, column: int) -> None:
        """Whether decimals have a point or a comma: a file that has both says no number for sure."""
        if not self._header.has_points:
            return
        for row in self._sheet.rows[self._header.row + 1 :]:
            text = row[column] if column < len(row) else ""
            if "." in text and POINT.fullmatch(text):
                self._points = True
            elif "," in text:
                self._commas = True
            if self._points and self._commas:
                return

    def _read_row(self, number: int, said: Mapping[str, str]) -> None:
        if self._is_faulty(number):
            return
        atoms: Atoms = {}
        clear = True
        for name, look_up in self._lookups():
            if text := said.get(name):
                meant = self._word(name, text, number, look_up)
                if meant is _OUT:
                    return
                if meant is _UNCLEAR:
                    clear = False
                elif any(atoms.get(kind, value) != value for kind, value in meant.items()):
                    self._problem(number, name, f"”{text}” säger emot resten av raden.", "Rätta den ena.")
                    clear = False
                else:
                    atoms |= meant
        if not _NEEDED.keys() <= said.keys():
            missing = [word for name, word in _NEEDED.items() if name not in said]
            self._problem(
                number, "value", f"Raden säger inte {join_words(missing)}.", "Fyll i det som saknas."
            )
            return
        if clear:
            self._add(number, said, atoms)

    def _lookups(self) -> Iterator[tuple[str, Callable[[str, Place], Atoms]]]:
        yield "indicator", self._indicator
        yield "area", self._say.area
        yield "statistic", partial(self._listed, "statistic", STATISTICS)
        yield "gender", partial(self._listed, "gender", GENDERS)
        yield "population", self._population
        yield "period", self._period

    def _word(self, name: str, text: str, number: int, look_up: Callable[[str, Place], Atoms]) -> Any:
        """What a word of a column says, looked up once; what cannot be told is a problem in every row."""
        asked = (name, text)
        known = self._words.get(asked)
        if known is None:
            try:
                known = look_up(text, self._place(number, name))
            except Ignored:
                self._say.found.ignore(f"Rader med ”{text}” läses inte, som du har valt.")
                known = _OUT
            except Unclear:
                known = _UNCLEAR
            except ValueError as error:
                known = error
            self._words[asked] = known
        if isinstance(known, ValueError):
            self._say.found.refused(self._place(number, name), text, known)
            return _UNCLEAR
        return known

    def _indicator(self, text: str, place: Place) -> Atoms:
        return {"indicator": self._say.named(Kind.INDICATOR, text, place)}

    def _population(self, text: str, place: Place) -> Atoms:
        return {"population": self._say.named(Kind.POPULATION, text, place)}

    def _period(self, text: str, place: Place) -> Atoms:
        return {"period": Period.parse(text).code}

    def _listed(self, name: str, words: Mapping[str, str], text: str, place: Place) -> Atoms:
        if (meant := words.get(fold(text))) is None:
            labels = Statistic.labels if name == "statistic" else Gender.labels
            listed = join_words(f"”{label}”" for label in labels)
            raise ValueError(f"”{text}” är okänt. Skriv något av {listed}.")
        return {name: meant}

    def _add(self, number: int, said: Mapping[str, str], atoms: Atoms) -> None:
        known = self._say.lexicon.indicators[atoms["indicator"]]
        place = self._place(number, "value")
        try:
            area, statistic = self._say.settle(atoms, said["area"], known, place)
        except Unclear:
            return
        except Ignored:
            self._say.found.ignore(f"Rader med ”{said['area']}” läses inte, som du har valt.")
            return
        status, text = said.get("status", ""), said.get("value", "")
        asked = (atoms["indicator"], statistic, status, text, said.get("n"), said.get("preliminary"))
        figure = self._figures.get(asked)
        if figure is None:
            try:
                figure = self._figure(known.terms, statistic, said)
            except ValueError as error:
                figure = error
            self._figures[asked] = figure
        if isinstance(figure, ValueError):
            self._say.found.refused(place, text or status, figure)
            return
        written, preliminary = figure
        note = said.get("note", "")
        if len(note) > 255:
            self._problem(number, "note", "Anteckningen är för lång.", "Skriv högst 255 tecken.")
            return
        entry = Entry(
            atoms["indicator"],
            area,
            statistic,
            atoms.get("population", EMPTY_POPULATION),
            atoms.get("gender", Gender.TOTAL.value),
            atoms["period"],
            written.value,
            written.decimals,
            written.n,
            written.status,
            preliminary,
            known.source,
            "",
            note,
        )
        self._say.found.add(entry, place)

    def _figure(self, terms: IndicatorTerms, statistic: str, said: Mapping[str, str]) -> tuple[Written, bool]:
        """What value and status say together. Raises ValueError with a sentence."""
        text, status_text = said.get("value", ""), said.get("status", "")
        status = self._status(status_text) if status_text else ""
        if status and status != Status.NORMAL:
            if text and not self._says(text, terms, statistic, status):
                # Without the value: it may be one that nobody is to see, and sentences are kept.
                raise ValueError(
                    f"”{status_text}” står som status, men raden har också ett värde. Ta bort det ena: ett "
                    "värde som inte får visas ska inte heller stå i filen."
                )
            written = Written(status)
        elif text:
            written = self._value(text, terms, statistic)
        else:
            raise ValueError("Värdet är tomt. Skriv det, eller skriv i status varför det saknas.")
        n = written.n
        if said.get("n") and written.value is not None:
            n = behind(said["n"])
            if written.n not in (None, n):
                raise ValueError(f"I värdet står {written.n}, men antalet är {n}. Skriv samma.")
        preliminary = False
        if "preliminary" in said:
            if (folded := fold(said["preliminary"])) not in YES_NO:
                raise ValueError(f"”{said['preliminary']}” är varken ja eller nej. Skriv Ja eller Nej.")
            preliminary = bool(YES_NO[folded]) and written.status != Status.WITHDRAWN
        return Written(written.status, written.value, written.decimals, n), preliminary

    def _value(self, text: str, terms: IndicatorTerms, statistic: str) -> Written:
        """A value; under the data files' own heading with a decimal point, and yes and no as 1 and 0."""
        if self._header.has_points and POINT.fullmatch(text):
            if terms.value_type == ValueType.YES_NO and statistic == Statistic.VALUE:
                if text in ("0", "1"):
                    text = "Ja" if text == "1" else "Nej"
            else:
                text = text.replace(".", ",")
        elif self._points and "," in text:
            raise ValueError(
                f"”{text}” har komma, men andra värden i filen har punkt. Skriv alla på samma sätt."
            )
        return read_cell(text, terms, statistic)

    def _says(self, text: str, terms: IndicatorTerms, statistic: str, status: str) -> bool:
        """Whether what stands as the value says the same as the status: ``..`` beside sekretess."""
        try:
            return self._value(text, terms, statistic).status == status
        except ValueError:
            return False

    def _status(self, text: str) -> str:
        if (status := STATUSES.get(fold(text))) is None:
            listed = join_words(f"”{label}”" for label in Status.labels)
            raise ValueError(f"Statusen ”{text}” är okänd. Skriv något av {listed}, eller lämna rutan tom.")
        return status

    def _is_faulty(self, number: int) -> bool:
        """Whether a cell of the row could not be opened; told then."""
        faulty = False
        if self._sheet.faults:
            for name, column in self._header.columns.items():
                if sentence := self._sheet.faults.get((number, column)):
                    self._say.found.refused(self._place(number, name), "Rutan", sentence)
                    faulty = True
        return faulty

    def _place(self, number: int, name: str) -> Place:
        return Place(self._name, number, self._header.columns.get(name, self._header.columns["value"]))

    def _problem(self, number: int, name: str, what: str, mend: str) -> None:
        self._say.found.problem(self._place(number, name), what, mend)
