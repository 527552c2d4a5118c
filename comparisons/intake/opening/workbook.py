"""What an opened file is: sheets of text."""

from dataclasses import dataclass, field

from comparisons.intake.opening.limits import DAMAGED, Room, Unreadable, check_column, check_row


@dataclass(frozen=True)
class Sheet:
    """One sheet. Every cell is text as a Swede would have typed it; an empty one is ``""``.

    ``rows`` may be ragged: empty cells last in a row, and empty rows last in the sheet, are cut.
    ``faults`` says of a cell (row, column, both from 0) why it has no text, and what to do, in Swedish;
    such a cell is never cut.
    """

    name: str
    rows: list[list[str]]
    faults: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Workbook:
    """The sheets of a file that have any text, in the order they stand."""

    sheets: list[Sheet]


class Grid:
    """A sheet while it is read: cells are put in any order, and none outside the limits."""

    def __init__(self, room: Room) -> None:
        self.rows: list[list[str]] = []
        self.faults: dict[tuple[int, int], str] = {}
        self._room = room

    def put(self, row: int, column: int, text: str) -> None:
        """Put a text in its cell. Raises Unreadable when something stands there: no cell has two values."""
        rows = self.rows
        if row >= len(rows):
            check_row(row)
            self._room.take_rows(row + 1 - len(rows))
            rows.extend([] for _ in range(row + 1 - len(rows)))
        line = rows[row]
        short = column + 1 - len(line)
        if short > 0:
            check_column(column)
            self._room.take_cells(short)
            if short > 1:
                line.extend([""] * (short - 1))
            line.append(text)
        elif line[column] or (row, column) in self.faults:
            raise Unreadable(DAMAGED)
        else:
            line[column] = text

    def put_fault(self, row: int, column: int, sentence: str) -> None:
        """Say of a cell why it has no text."""
        self._room.take_fault()
        self.put(row, column, "")
        self.faults[row, column] = sentence

    def sheet(self, name: str) -> Sheet:
        """The sheet as it has become."""
        return Sheet(name, self.rows, self.faults)
