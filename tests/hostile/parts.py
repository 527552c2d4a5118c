"""A workbook made by hand, part by part, so that any part can be wrong."""

import io
import zipfile
from collections.abc import Iterable
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

OPENS, REFUSED = "opens", "refused"


class Case(NamedTuple):
    """A file that is hostile, broken or odd, and what opening it comes to."""

    name: str
    filename: str
    content: bytes
    expected: str


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

#: A small table as an editor has it, with figures as numbers in the format ``0.0``.
STRINGS = ["Nyckeltal", "Borås 2016", "Borås 2017", "Våldsbrott"]
ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2" s="1"><v>10.4</v></c>'
    '<c r="C2" s="1"><v>9.8</v></c></row>'
)
#: The number formats of the styles 0, 1, 2 …: General, one decimal, a date, a share, and a text.
FORMATS = ["General", "0.0", "yyyy-mm-dd", "0%", "@"]


def sheet(rows: str = ROWS, *, before: str = "", after: str = "") -> str:
    """The part of a sheet with ``rows``."""
    return f'{DECLARED}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def with_cell(cell: str) -> str:
    """The part of a sheet where ``cell`` (its XML) stands beside the name of a figure."""
    return sheet(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        f'<row r="2"><c r="A2" t="s"><v>3</v></c>{cell}</row>'
    )


def strings(texts: Iterable[str] = STRINGS) -> str:
    """The part of the texts that cells refer to."""
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    return f'{DECLARED}<sst xmlns="{MAIN}">{items}</sst>'


def styles(formats: Iterable[str] = FORMATS) -> str:
    """The part of the styles, one for each number format."""
    own = list(enumerate(formats, 164))
    codes = "".join(f"<numFmt numFmtId={quoteattr(str(n))} formatCode={quoteattr(code)}/>" for n, code in own)
    looks = "".join(f'<xf numFmtId="{n}" applyNumberFormat="1"/>' for n, _ in own)
    inside = f"<numFmts>{codes}</numFmts><cellXfs>{looks}</cellXfs>"
    return f'{DECLARED}<styleSheet xmlns="{MAIN}">{inside}</styleSheet>'


def book(*sheets: tuple[str, str], names: str = "") -> str:
    """The part of the workbook; of each sheet its name and more attributes."""
    items = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"{more}/>'
        for n, (name, more) in enumerate(sheets or [("Blad1", "")], 1)
    )
    return f'{DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{items}</sheets>{names}</workbook>'


def relations(*targets: tuple[str, str], more: str = "") -> str:
    """The part of a part's relations: of each the last word of its type, and its target."""
    items = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target={quoteattr(target)}/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{DECLARED}<Relationships xmlns="{PACKAGE}/relationships">{items}{more}</Relationships>'


BOOK_RELATIONS = (
    ("worksheet", "worksheets/sheet1.xml"),
    ("sharedStrings", "sharedStrings.xml"),
    ("styles", "styles.xml"),
)
CONTENT_TYPES = (
    f'{DECLARED}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)

Part = str | bytes | None


def parts(changed: dict[str, Part] | None = None) -> dict[str, str | bytes]:
    """The parts of a good workbook with some changed, added, or (None) taken away."""
    all_of_them: dict[str, Part] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book(),
        "xl/_rels/workbook.xml.rels": relations(*BOOK_RELATIONS),
        "xl/sharedStrings.xml": strings(),
        "xl/styles.xml": styles(),
        "xl/worksheets/sheet1.xml": sheet(),
    }
    all_of_them.update(changed or {})
    return {name: part for name, part in all_of_them.items() if part is not None}


def zipped(
    members: Iterable[tuple[str | zipfile.ZipInfo, str | bytes]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A zip file of the members, in their order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, part in members:
            package.writestr(name, part)
    return file.getvalue()


def workbook(sheet1: Part = None, changed: dict[str, Part] | None = None) -> bytes:
    """A good workbook, but for the sheet and the parts that are told."""
    changed = dict(changed or {})
    if sheet1 is not None:
        changed["xl/worksheets/sheet1.xml"] = sheet1
    return zipped(parts(changed).items())


def pieces(name: str, pieces_of_it: Iterable[bytes], changed: dict[str, Part] | None = None) -> bytes:
    """A workbook in which the part ``name`` is too large to hold, so it is packed piece by piece."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for other, part in parts({**(changed or {}), name: None}).items():
            package.writestr(other, part)
        with package.open(name, "w", force_zip64=False) as stream:
            for piece in pieces_of_it:
                stream.write(piece)
    return file.getvalue()
