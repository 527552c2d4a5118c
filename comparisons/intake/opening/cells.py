"""The cells of one sheet of a workbook, as they come by."""

import re

from comparisons.intake.opening.events import Listener, unescaped
from comparisons.intake.opening.limits import DAMAGED, Room, Unreadable, check_characters
from comparisons.intake.opening.number_formats import GENERAL, IS_A_DATE, NotShown, shown
from comparisons.intake.opening.workbook import Grid, Sheet

IS_A_BOOLEAN = (
    "Cellen innehåller sanningsvärdet SANT eller FALSKT. Skriv Ja eller Nej som text i cellen i stället."
)
HAS_NO_VALUE = "Cellen har en formel utan uträknat värde. Öppna filen i Excel, spara den och läs in den igen."

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}):\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
#: A number that is not a year: see ``_spread``.
_FIGURE = re.compile(r"(?!(?:19|20)[0-9]{2}$)[-\u2212]?[0-9][0-9 \u00a0]*(?:,[0-9]+)?(?: ?%)?")
_MERGE_TAKES = 200
#: So many numbers are worked out once each; longer ones are not kept.
_MOST_KNOWN, _LONG = 50_000, 50


class SheetListener(Listener):
    """Puts the cells of a sheet in a grid; ``sheet`` is what they became.

    Merged cells: a text (or a year) stands in every cell of its area that lies inside the sheet's filled rows
    and columns, for that is what a merged heading says. A figure stands only first, for it is one figure.
    """

    def __init__(self, room: Room, texts: list[str], formats: list[str]) -> None:
        self._room, self._texts, self._formats = room, texts, formats
        self._grid = Grid(room)
        self._merged: list[tuple[int, int, int, int]] = []
        self._columns: dict[str, int] = {}
        self._codes: dict[str, str] = {}
        self._shown: dict[tuple[str, str], tuple[str, str]] = {}
        self._row = self._column = -1
        self._row_name = ""
        self._in_data = self._in_cell = self._wanted = self._reading = self._has_formula = False
        self._type = self._style = ""
        self._pieces: list[str] = []
        self._length = 0

    def started(self, tag: str, attributes: dict[str, str]) -> None:
        if self._in_cell:
            if tag == "v" or tag == "t":
                self._wanted = not self._reading
                if tag == "v" and self._pieces:
                    raise Unreadable(DAMAGED)
            elif tag == "f":
                self._has_formula = True
            elif tag == "rPh":
                self._reading = True
            elif tag == "c" or tag == "row":
                raise Unreadable(DAMAGED)
        elif not self._in_data:
            if tag == "sheetData":
                self._in_data = True
            elif tag == "mergeCell":
                self._merge(attributes.get("ref", ""))
        elif tag == "c":
            self._start_cell(attributes)
        elif tag == "row":
            self._start_row(attributes.get("r"))

    def ended(self, tag: str) -> None:
        if tag == "v" or tag == "t":
            self._wanted = False
        elif tag == "c":
            if self._in_cell:
                self._in_cell = False
                self._end_cell("".join(self._pieces))
        elif tag == "rPh":
            self._reading = False
        elif tag == "sheetData":
            self._in_data = False

    def said(self, text: str) -> None:
        if self._wanted:
            self._length += len(text)
            check_characters(self._length)
            self._pieces.append(text)

    def sheet(self, name: str) -> Sheet:
        """The sheet, when all of it has been heard."""
        width = max(map(len, self._grid.rows), default=0)
        for area in self._merged:
            self._room.check_time()
            self._spread(area, width)
        return self._grid.sheet(name)

    def _start_row(self, name: str | None) -> None:
        self._row = self._row + 1 if name is None else int(name) - 1
        if not 0 <= self._row < _LAST_ROW:
            raise Unreadable(DAMAGED)
        self._row_name = str(self._row + 1)
        self._column = -1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip("0123456789")
            column = self._columns.get(letters)
            if column is None:
                column = self._columns[letters] = _column(letters)
            if reference[len(letters) :] != self._row_name:
                raise Unreadable(DAMAGED)
            self._column = column
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._in_cell = True
        self._wanted = self._reading = self._has_formula = False
        self._pieces, self._length = [], 0

    def _end_cell(self, raw: str) -> None:
        kind, put = self._type, self._grid.put
        if not raw:
            if self._has_formula and kind != "str":
                self._grid.put_fault(self._row, self._column, HAS_NO_VALUE)
            return
        if kind == "s":
            text = self._texts[self._number(raw)]
        elif kind == "n":
            text, fault = self._as_shown(raw)
            if fault:
                self._grid.put_fault(self._row, self._column, fault)
                return
        elif kind in ("b", "d"):
            self._grid.put_fault(self._row, self._column, IS_A_BOOLEAN if kind == "b" else IS_A_DATE)
            return
        else:
            text = self._room.text(unescaped(raw))
        if text:
            put(self._row, self._column, text)

    def _as_shown(self, raw: str) -> tuple[str, str]:
        """A number in its cell's format; or no text, and why there is none."""
        key = raw, self._style
        known = self._shown.get(key)
        if known is None:
            try:
                known = self._room.text(shown(raw, self._codes.get(self._style) or self._code())), ""
            except NotShown as error:
                known = "", str(error)
            if len(self._shown) < _MOST_KNOWN and len(raw) <= _LONG:
                self._shown[key] = known
        return known

    def _code(self) -> str:
        """The number format of the cell's style."""
        code = self._formats[self._number(self._style or "0")] if self._formats else GENERAL
        self._codes[self._style] = code
        return code

    def _number(self, raw: str) -> int:
        """A place in a list. Raises Unreadable for what is none: Python would count backwards from -1."""
        if not (raw.isascii() and raw.isdigit() and len(raw) < 10):
            raise Unreadable(DAMAGED)
        return int(raw)

    def _merge(self, reference: str) -> None:
        """Remember a merged area: first and last row, first and last column."""
        if found := _AREA.fullmatch(reference):
            self._room.take(_MERGE_TAKES)
            left, top, right, bottom = found.groups()
            self._merged.append((int(top) - 1, int(bottom) - 1, _column(left), _column(right)))

    def _spread(self, area: tuple[int, int, int, int], width: int) -> None:
        """Let the text that stands first in a merged area stand in all of it."""
        top, bottom, left, right = area
        rows = self._grid.rows
        if top >= len(rows) or left >= len(rows[top]) or (top, left) in self._grid.faults:
            return
        text = rows[top][left]
        if not text or _FIGURE.fullmatch(text):
            return
        bottom, right = min(bottom, len(rows) - 1), min(right, width - 1)
        for row in range(top, bottom + 1):
            # Areas may lie on top of each other: all that is looked at counts.
            self._room.take_cells(max(0, right + 1 - left))
            for column in range(left, right + 1):
                if (row, column) in self._grid.faults:
                    continue
                if column >= len(rows[row]) or not rows[row][column]:
                    self._grid.put(row, column, text)


def _column(letters: str) -> int:
    """The place of a column from 0: 27 for ``AB``. Raises Unreadable when Excel has none of that name."""
    column = 0
    if not 1 <= len(letters) <= 3:
        raise Unreadable(DAMAGED)
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise Unreadable(DAMAGED)
        column = column * 26 + ord(letter) - ord("A") + 1
    if column > _LAST_COLUMN:
        raise Unreadable(DAMAGED)
    return column - 1
