"""Workbooks that are too much: too many rows, columns, cells, texts, tags, styles."""

import random
from collections.abc import Iterable, Iterator
from itertools import islice

from tests.hostile.parts import OPENS, REFUSED, ROWS, Case, pieces, sheet, strings, styles

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"

BEGINS, ENDS = sheet("§").split("§")
MILLION = 1_000_000


def _packed(part: str, begins: str, items: Iterable[str], ends: str) -> bytes:
    """A workbook with one part made of many items, packed a batch at a time."""

    def batches() -> Iterator[bytes]:
        yield begins.encode()
        rest = iter(items)
        while batch := "".join(islice(rest, 5_000)):
            yield batch.encode()
        yield ends.encode()

    return pieces(part, batches())


def _noise(letters: str, length: int) -> str:
    """Letters by chance, the same ones every time, which cannot be packed well."""
    table = bytes(ord(letters[place % len(letters)]) for place in range(256))
    return random.Random(5).randbytes(length).translate(table).decode()


def cases() -> Iterator[Case]:
    """Every file of this module."""
    for name, expected, items in _sheets():
        yield Case(name, "stor.xlsx", _packed(SHEET, BEGINS, items, ENDS), expected)
    first, last = strings([]).removesuffix("</sst>"), "</sst>"
    noise = _noise("abcdefghijklmnop", 2 * MILLION)
    texts = (f"<si><t>{n:x}{noise[n : n + 20]}</t></si>" for n in range(2 * MILLION))
    yield Case("two million texts", "stor.xlsx", _packed(STRINGS, first, texts, last), REFUSED)
    wide = (f"<si><t>{noise[n * 50 : n * 50 + 1500]}\U0001f600</t></si>" for n in range(35_000))
    yield Case("long texts of wide letters", "stor.xlsx", _packed(STRINGS, first, wide, last), REFUSED)
    start, stop = styles([]).split("<numFmts></numFmts>")
    codes = (
        f'<numFmt numFmtId="{n}" formatCode="0.0&quot;{noise[n : n + 9]}&quot;"/>' for n in range(400_000)
    )
    many = _packed(STYLES, f"{start}<numFmts>", codes, f"</numFmts>{stop}")
    yield Case("400 000 number formats", "stor.xlsx", many, REFUSED)
    merges = (f'<mergeCell ref="A{n}:C{n + 1}"/>' for n in range(1, 900_000))
    begins, ends = sheet(after="<mergeCells>§</mergeCells>").split("§")
    yield Case("900 000 merges", "stor.xlsx", _packed(SHEET, begins, merges, ends), REFUSED)
    comment = [BEGINS, "<!--", _noise("<> abcde", 20 * MILLION), "-->"]
    yield Case("a comment of 20 MB", "stor.xlsx", _packed(SHEET, "", comment, ENDS), REFUSED)
    attribute = [BEGINS, '<row r="', _noise(">abcdef/", 20 * MILLION), '">']
    yield Case("an attribute of 20 MB", "stor.xlsx", _packed(SHEET, "", attribute, ENDS), REFUSED)


def _sheets() -> Iterator[tuple[str, str, Iterable[str]]]:
    """Sheets with too much, or just not too much, in them."""
    noise = _noise("0123456789", 2 * MILLION)
    rows = range(1, 1_048_577)
    yield "10⁶ columns", REFUSED, ['<row r="1">', *("<c><v>1</v></c>" for _ in range(MILLION)), "</row>"]
    yield "10⁶ empty columns", REFUSED, ['<row r="1">', *("<c/>" for _ in range(MILLION)), "</row>"]
    yield "a million empty rows", REFUSED, (f'<row r="{row}" s="1"/>' for row in rows)
    formatted = (f'<row r="{row}" s="{noise[row]}" customFormat="1"/>' for row in rows if row > 2)
    yield "a table above a million empty rows", OPENS, [ROWS, *formatted]
    tags = "".join(f"<{letter}/>" for letter in _noise("abcdefghijklmnop", 100_000))
    yield "ten million tags", REFUSED, (tags for _ in range(100))
    narrow = (f"<row><c/><c><v>{row}</v></c></row>" for row in range(199_000))
    yield "199 000 rows", OPENS, narrow
    right = (f'<row r="{row}"><c r="BXX{row}"><v>1</v></c></row>' for row in range(1, 190_000))
    yield "a cell far to the right in every row", REFUSED, right
    wide = ("".join(f"<c><v>{row}{column}</v></c>" for column in range(1500)) for row in range(1300))
    yield "1.95 million numbers", REFUSED, (f"<row>{cells}</row>" for cells in wide)
    formulas = (
        "".join(f"<c><f>A{noise[row * 9 + n : row * 9 + n + 6]}</f></c>" for n in range(9))
        for row in range(199_000)
    )
    yield "1.8 million formulas without value", REFUSED, (f"<row>{cells}</row>" for cells in formulas)
    yield (
        "99 000 dates",
        OPENS,
        (f'<row><c s="2"><v>{noise[n : n + 5]}</v></c></row>' for n in range(99_000)),
    )
