"""CSV: which encoding, which delimiter, and the rows.

Nothing is guessed that could change a figure: a file whose characters or quotes do not add up is refused
with a sentence, rather than read into something that looks right.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from comparisons.intake.opening.limits import (
    Room,
    Unreadable,
    check_characters,
    count,
)
from comparisons.intake.opening.workbook import Grid, Sheet

MOST_LINES = 1_048_576
LONGEST_LINE = 1_000_000
#: In the order that settles a tie. A comma may be a decimal comma, so it comes last.
DELIMITERS = ("\t", ";", ",")
_SAMPLE = 200
_PIECE = 1 << 20
#: The clock is looked at as often as this.
_LINES_AT_A_TIME = 1_000

_SAVE_AS_UTF8 = "Öppna filen där den gjordes och spara den som CSV UTF-8 eller som Excel-arbetsbok (.xlsx)."
WRONG_CHARACTERS = f"Filens tecken går inte att läsa: å, ä och ö har blivit fel. {_SAVE_AS_UTF8}"
NO_TEXT = f"Filen är inte ren text, och inte heller någon Excel-arbetsbok. {_SAVE_AS_UTF8}"
BROKEN_UTF16 = f"Filen är avhuggen eller skadad. {_SAVE_AS_UTF8}"

_SEPARATOR = re.compile(r"\"?sep=(?P<delimiter>[^\r\n\"])\"?[\r\n]*", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
#: å, ä and ö of UTF-8 that was read as Windows-1252 and saved again, and the sign for a lost character.
_TWICE = re.compile(rb"\xc3\x83\xc2[\xa4\xa5\xb6]|\xc3\x83\xe2\x80[\xa6\x9e\x93\x98\xb0]|\xef\xbf\xbd")
_UTF8_LETTER = re.compile(rb"\xc3[\xa4\xa5\xb6\x84\x85\x96]")
#: å, ä and ö as MS-DOS and the old Mac wrote them, inside a word.
_OLD_LETTER = re.compile(rb"[A-Za-z][\x84\x86\x94\x8a\x8c\x9a][a-z]")
_LETTER = re.compile(rb"[\xe5\xe4\xf6\xc5\xc4\xd6]")


def open_delimited(name: str, content: bytes, room: Room) -> Sheet:
    """The one sheet of a CSV file, under ``name``. Raises Unreadable.

    Texts come as they stand, decimal commas among them, each tidied to one line.
    """
    encoding = _encoding(content)
    delimiter, skipped = _delimiter(content, encoding)
    grid = Grid(room)
    text, put = room.text, grid.put
    for row, fields in enumerate(_records(content, encoding, delimiter, skipped)):
        if row % _LINES_AT_A_TIME == 0:
            room.check_time()
        cells = [text(field) if field else "" for field in fields]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        put(row, len(cells) - 1, cells[-1])
        grid.rows[row] = cells
    return grid.sheet(text(name))


def _encoding(content: bytes) -> str:
    """How the file's characters are written. Raises Unreadable when they are not, or not in one way."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if not _decodes(content, "utf-16"):
            raise Unreadable(BROKEN_UTF16)
        return "utf-16"
    if b"\0" in content:
        raise Unreadable(NO_TEXT)
    if not _decodes(content, "utf-8"):
        return _one_byte(content)
    if _TWICE.search(content):
        raise Unreadable(WRONG_CHARACTERS)
    return "utf-8-sig"


def _one_byte(content: bytes) -> str:
    """Windows-1252, unless it does not make sense as such."""
    mixed = _UTF8_LETTER.search(content) or content.startswith(codecs.BOM_UTF8)
    older = _OLD_LETTER.search(content) and not _LETTER.search(content)
    if mixed or older or not _decodes(content, "cp1252"):
        raise Unreadable(WRONG_CHARACTERS)
    return "cp1252"


def _decodes(content: bytes, encoding: str) -> bool:
    """Whether all is in the encoding; a piece at a time, for a text takes up to four times its bytes."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), _PIECE):
            decoder.decode(content[start : start + _PIECE])
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _lines(content: bytes, encoding: str, skipped: int) -> Iterator[str]:
    """The file's lines with their ends, after the first ``skipped``."""
    stream = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise Unreadable(
                f"Rad {count(number)} i filen är längre än {count(LONGEST_LINE)} tecken. "
                "Kontrollera att det är rätt fil."
            )
        if number > MOST_LINES:
            raise Unreadable(f"Filen har mer än {count(MOST_LINES)} rader. Dela upp den i flera filer.")
        if "\0" in line:
            raise Unreadable(NO_TEXT)
        if number > skipped:
            yield line


def _records(content: bytes, encoding: str, delimiter: str, skipped: int) -> Iterator[list[str]]:
    """The fields of each row; a row may span lines inside quotes. Raises Unreadable."""
    begins = skipped + 1
    reader = csv.reader(_lines(content, encoding, skipped), delimiter=delimiter, strict=True)
    try:
        for fields in reader:
            yield fields
            begins = skipped + reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            check_characters(csv.field_size_limit())
        raise Unreadable(
            f"Citattecknen går inte ihop i det som börjar på rad {count(begins)} i filen. Ett citattecken "
            "inne i en text skrivs två gånger, eller så sparas filen som Excel-arbetsbok (.xlsx)."
        ) from error


def _delimiter(content: bytes, encoding: str) -> tuple[str, int]:
    """What stands between fields, and how many lines first in the file only say so (Excel's ``sep=;``).

    The one that cuts most rows into equally many fields. Commas that all stand between two digits are
    decimal commas. A file with one column has none, and any will do.
    """
    sample = list(islice(_lines(content, encoding, 0), _SAMPLE))
    if sample and (told := _SEPARATOR.fullmatch(sample[0])):
        return told["delimiter"], 1
    scores = {delimiter: _evenness(sample, delimiter) for delimiter in DELIMITERS}
    if "," not in _DECIMAL_COMMA.sub("", "".join(sample)):
        scores[","] = 0.0
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best] else DELIMITERS[0], 0


def _evenness(sample: list[str], delimiter: str) -> float:
    """The share of the rows that have the most usual number of fields, if that is more than one."""
    lengths: Counter[int] = Counter()
    try:
        for fields in csv.reader(sample, delimiter=delimiter, strict=True):
            if len(fields) > 1 or any(field.strip() for field in fields):
                lengths[len(fields)] += 1
    except csv.Error:
        pass  # the sample may end inside a quoted field; whole rows before it count
    several = max((number for length, number in lengths.items() if length > 1), default=0)
    return several / lengths.total() if several else 0.0
