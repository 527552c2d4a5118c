"""How much a file may hold, and the sentence for each limit.

The limits keep one file within 300 MB of memory and ten seconds. They stand well above what is asked for: a
year's figures of every municipality for 200 indicators are 186,600 rows of ten columns.
"""

import time
from decimal import Decimal
from sys import getsizeof

from comparisons.pasted import tidy_line
from comparisons.svenska import NBSP, format_number

MOST_BYTES = 30_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 2_000
#: Cells of all sheets together, empty ones between filled ones among them.
MOST_CELLS = 1_900_000
#: Tags of all parts of a workbook together: a cell with a value has four of them.
MOST_TAGS = 9_000_000
MOST_SHEETS = 200
#: What a cell of Excel holds at most.
MOST_CHARACTERS = 32_767
#: What all texts may take in memory.
MOST_ROOM = 125_000_000

#: Seconds of the processor's time, on a slow machine too.
MOST_SECONDS = 9

#: Texts up to this long, and this many of them, are kept once however often they stand in the file.
_SHORT, _MOST_KNOWN = 100, 50_000
_ROW_TAKES = 64
_FAULT_TAKES = 200


#: Of a workbook that is not as workbooks are.
DAMAGED = (
    "Filen är skadad eller ofullständig. Öppna den i Excel, spara den på nytt som Excel-arbetsbok (.xlsx) "
    "och läs in den igen."
)


class Unreadable(Exception):
    """The file cannot be read. ``str(error)`` is a sentence in Swedish that says why, and what to do."""


def count(number: int) -> str:
    """``200 000``, with spaces that do not break."""
    return format_number(Decimal(number), 0)


def megabytes(size: int) -> str:
    """``30 MB``, rounded up, so that what is too much never looks like the limit."""
    return f"{count(-(-size // 1_000_000))}{NBSP}MB"


class Room:
    """What a file has taken so far of what it may. Every taking raises Unreadable when it is too much."""

    def __init__(self) -> None:
        self._cells = 0
        self._tags = 0
        self._taken = 0
        self._began = time.thread_time()
        self._known: dict[str, str] = {}

    def text(self, raw: str) -> str:
        """The text of a cell: one line, without what cannot be seen, as if an editor had pasted it."""
        known = self._known.get(raw)
        if known is not None:
            return known
        check_characters(len(raw))
        plain = raw.isascii() and raw.isprintable() and "  " not in raw
        text = raw.strip() if plain else tidy_line(raw)
        self.take(getsizeof(text))
        if len(raw) <= _SHORT and len(self._known) < _MOST_KNOWN:
            self._known[raw] = text
        return text

    def take(self, size: int) -> None:
        """Take ``size`` bytes of memory."""
        self._taken += size
        if self._taken > MOST_ROOM:
            raise Unreadable(
                f"Filen har för mycket innehåll för att läsas in på en gång: mer än {megabytes(MOST_ROOM)}. "
                "Ta bort kolumner som inte behövs, eller dela upp filen i flera."
            )

    def take_rows(self, rows: int) -> None:
        """Take ``rows`` more rows, empty or not."""
        self.take(rows * _ROW_TAKES)

    def take_cells(self, cells: int) -> None:
        """Take ``cells`` more cells, empty or not."""
        self._cells += cells
        if self._cells > MOST_CELLS:
            raise Unreadable(
                f"Filen har mer än {count(MOST_CELLS)} celler. Ta bort blad och kolumner som inte behövs, "
                "eller dela upp filen i flera."
            )

    def take_tags(self, tags: int) -> None:
        """Take ``tags`` more tags of XML, and see to the time: called for each piece of a part."""
        self._tags += tags
        if self._tags > MOST_TAGS:
            raise Unreadable(
                "Filen har för många celler för att läsas in på en gång, även om de flesta är tomma. Kopiera "
                "bara tabellen till en ny arbetsbok och spara den som .xlsx."
            )
        self.check_time()

    def check_time(self) -> None:
        """See that it has not taken too long: no other limit knows how fast the machine is."""
        if time.thread_time() - self._began > MOST_SECONDS:
            raise Unreadable(
                "Filen tar för lång tid att läsa. Ta bort blad, rader och kolumner som inte behövs, eller "
                "dela upp den i flera filer."
            )

    def take_fault(self) -> None:
        """Take one more cell of which a sentence is kept."""
        self.take(_FAULT_TAKES)


def check_row(row: int) -> None:
    """Raise Unreadable when there is text in a row (from 0) that lies too far down."""
    if row >= MOST_ROWS:
        raise Unreadable(
            f"Filen har text längre ned än rad {count(MOST_ROWS)}, som är den sista som går att läsa in. "
            "Ta bort det som inte behövs, eller dela upp filen i flera."
        )


def check_column(column: int) -> None:
    """Raise Unreadable when there is text in a column (from 0) that lies too far to the right."""
    if column >= MOST_COLUMNS:
        raise Unreadable(
            f"Filen har text längre till höger än kolumn {count(MOST_COLUMNS)}, som är den sista som går "
            "att läsa in. Ta bort det som inte behövs, eller dela upp filen i flera."
        )


def check_characters(length: int) -> None:
    """Raise Unreadable when the text of a cell is too long."""
    if length > MOST_CHARACTERS:
        raise Unreadable(
            f"En cell i filen har mer än {count(MOST_CHARACTERS)} tecken. Korta texten, "
            "eller kontrollera att det är rätt fil."
        )
