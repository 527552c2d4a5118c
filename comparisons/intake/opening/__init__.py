"""A file that somebody has, opened: its bytes in, its sheets as rows of text out. Pure: no database.

``open_file`` takes CSV and XLSX, tells them apart by what they hold and not by their names, and answers
everything else with a sentence in Swedish that says what to do. Whatever the bytes are, it ends in a
``Workbook`` or in ``Unreadable``, within the room and the time that ``limits.py`` sets.
"""

from pathlib import PurePath

from comparisons.intake.opening.delimited import open_delimited
from comparisons.intake.opening.kinds import Kind, kind_of
from comparisons.intake.opening.limits import MOST_BYTES, Room, Unreadable, megabytes
from comparisons.intake.opening.package import Package
from comparisons.intake.opening.spreadsheet import open_spreadsheet
from comparisons.intake.opening.workbook import Sheet, Workbook

__all__ = ["Sheet", "Unreadable", "Workbook", "open_file"]

_EMPTY = "Filen är tom. Kontrollera att du har valt rätt fil."


def open_file(name: str, content: bytes) -> Workbook:
    """The sheets of a file. ``name`` is what the file is called; it names the sheet of a CSV file.

    A workbook that comes back has at least one cell with text. Raises Unreadable, whose text is a Swedish
    sentence, for everything that cannot be read whole: half a file is never opened.
    """
    if not content:
        raise Unreadable(_EMPTY)
    if len(content) > MOST_BYTES:
        raise Unreadable(
            f"Filen är på {megabytes(len(content))}. Högst {megabytes(MOST_BYTES)} går att läsa in. "
            "Dela upp den i flera filer."
        )
    room = Room()
    if kind_of(content) is Kind.ZIP:
        workbook = open_spreadsheet(Package(content), room)
    else:
        workbook = Workbook([open_delimited(_stem(name), content, room)])
    filled = [sheet for sheet in workbook.sheets if sheet.rows]
    if not filled:
        raise Unreadable(_EMPTY)
    return Workbook(filled)


def _stem(name: str) -> str:
    """The file's name without folders and ending, wherever its computer separates folders."""
    return PurePath(name.replace("\\", "/")).stem
