"""Workbooks whose sheets, texts, styles or relations are hostile, broken or odd."""

from collections.abc import Iterator

from tests.hostile.parts import (
    BOOK_RELATIONS,
    DECLARED,
    MAIN,
    OPENS,
    REFUSED,
    ROWS,
    Case,
    Part,
    book,
    relations,
    sheet,
    strings,
    styles,
    with_cell,
    workbook,
)

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
BOOK = "xl/workbook.xml"
BOOK_RELS = "xl/_rels/workbook.xml.rels"
STYLES = "xl/styles.xml"

#: The cell B2, beside the name of a figure. Each is one file.
CELLS = {
    "a number with a point as text": ('<c r="B2" t="str"><v>1.234</v></c>', OPENS),
    "a Swedish number as text": ('<c r="B2" t="str"><v>1 234,5</v></c>', OPENS),
    "a true minus as text": ('<c r="B2" t="inlineStr"><is><t>−2,5</t></is></c>', OPENS),
    "per cent as text": ('<c r="B2" t="inlineStr"><is><t>12 %</t></is></c>', OPENS),
    "per cent as a number": ('<c r="B2" s="3"><v>0.12</v></c>', OPENS),
    "a date where a number should be": ('<c r="B2" s="2"><v>43101</v></c>', OPENS),
    "a date before all dates": ('<c r="B2" s="2"><v>-1</v></c>', OPENS),
    "a date after all dates": ('<c r="B2" s="2"><v>1e300</v></c>', OPENS),
    "a date of ISO": ('<c r="B2" t="d"><v>2018-01-01</v></c>', OPENS),
    "true": ('<c r="B2" t="b"><v>1</v></c>', OPENS),
    "neither true nor false": ('<c r="B2" t="b"><v>kanske</v></c>', OPENS),
    "not available": ('<c r="B2" t="e"><v>#N/A</v></c>', OPENS),
    "divided by zero": ('<c r="B2" t="e"><v>#DIV/0!</v></c>', OPENS),
    "a formula without value": ('<c r="B2"><f>1+1</f></c>', OPENS),
    "a formula with an empty value": ('<c r="B2"><f>1+1</f><v></v></c>', OPENS),
    "a formula with a value": ('<c r="B2"><f>1+1</f><v>2</v></c>', OPENS),
    "a formula that gave no text": ('<c r="B2" t="str"><f>""</f><v></v></c>', OPENS),
    "a formula that runs a program": ('<c r="B2"><f>cmd|"/c calc"!A1</f><v>3</v></c>', OPENS),
    "a formula that fetches": ('<c r="B2"><f>WEBSERVICE("http://x.test")</f><v>3</v></c>', OPENS),
    "a formula that is itself": ('<c r="B2"><f>B2</f><v>0</v></c>', OPENS),
    "a gigantic formula": (f'<c r="B2"><f>{"1+" * 200_000}1</f><v>200001</v></c>', OPENS),
    "infinity": ('<c r="B2"><v>INF</v></c>', OPENS),
    "not a number": ('<c r="B2"><v>NaN</v></c>', OPENS),
    "1e308": ('<c r="B2"><v>1E308</v></c>', OPENS),
    "1e-308": ('<c r="B2" s="1"><v>1E-308</v></c>', OPENS),
    "1e999999999": ('<c r="B2" s="1"><v>1E999999999</v></c>', OPENS),
    "a number of 30 000 digits": (f'<c r="B2" s="1"><v>{"9" * 30_000}</v></c>', OPENS),
    "a number of 40 000 digits": (f'<c r="B2"><v>{"9" * 40_000}</v></c>', REFUSED),
    "a number in Arabic digits": ('<c r="B2"><v>٣٤</v></c>', OPENS),
    "a hexadecimal number": ('<c r="B2"><v>0x1F</v></c>', OPENS),
    "a word that says it is a number": ('<c r="B2"><v>tio</v></c>', OPENS),
    "a number with a comma": ('<c r="B2"><v>10,4</v></c>', OPENS),
    "minus zero": ('<c r="B2" s="1"><v>-0.0</v></c>', OPENS),
    "an artefact of floats": ('<c r="B2"><v>0.30000000000000004</v></c>', OPENS),
    "a cell of an unknown type": ('<c r="B2" t="zzz"><v>10</v></c>', OPENS),
    "a text without number": ('<c r="B2" t="s"><v></v></c>', OPENS),
    "a text with a word for its number": ('<c r="B2" t="s"><v>noll</v></c>', REFUSED),
    "a text that is not there": ('<c r="B2" t="s"><v>4</v></c>', REFUSED),
    "a text counted from the end": ('<c r="B2" t="s"><v>-1</v></c>', REFUSED),
    "a text with a huge number": ('<c r="B2" t="s"><v>99999999999999999999</v></c>', REFUSED),
    "a style that is not there": ('<c r="B2" s="99"><v>1</v></c>', REFUSED),
    "a style counted from the end": ('<c r="B2" s="-1"><v>1</v></c>', REFUSED),
    "a style that is a word": ('<c r="B2" s="fet"><v>1</v></c>', REFUSED),
    "two values in a cell": ('<c r="B2"><v>1</v><v>2</v></c>', REFUSED),
    "a cell inside a cell": ('<c r="B2"><c r="C2"><v>2</v></c><v>1</v></c>', REFUSED),
    "the same cell twice": ('<c r="B2"><v>1</v></c><c r="B2"><v>2</v></c>', REFUSED),
    "a text of 32 767 characters": (f'<c r="B2" t="str"><v>{"å" * 32_767}</v></c>', OPENS),
    "a text of 32 768 characters": (f'<c r="B2" t="str"><v>{"å" * 32_768}</v></c>', REFUSED),
    "half a character, escaped": ('<c r="B2" t="str"><v>_xD800_ och _xDC00_</v></c>', OPENS),
    "a NUL, escaped": ('<c r="B2" t="str"><v>a_x0000_b</v></c>', OPENS),
    "a NUL": ('<c r="B2" t="str"><v>a\0b</v></c>', REFUSED),
    "a NUL as an entity": ('<c r="B2" t="str"><v>a&#0;b</v></c>', REFUSED),
    "half a character as an entity": ('<c r="B2" t="str"><v>&#xD800;</v></c>', REFUSED),
    "an unknown entity": ('<c r="B2" t="str"><v>&aring;</v></c>', REFUSED),
    "text that runs backwards": ('<c r="B2" t="str"><v>\u202e4,01\u202c</v></c>', OPENS),
    "letters that are not seen": ('<c r="B2" t="str"><v>1\u200b0\u2060,\ufeff4</v></c>', OPENS),
    "a script": ('<c r="B2" t="str"><v>&lt;script&gt;alert(1)&lt;/script&gt;</v></c>', OPENS),
    "only spaces": ('<c r="B2" t="inlineStr"><is><t xml:space="preserve">   </t></is></c>', OPENS),
    "a text in a thousand runs": (
        f'<c r="B2" t="inlineStr"><is>{"<r><rPr><b/></rPr><t>1</t></r>" * 1000}</is></c>',
        OPENS,
    ),
    "a text with how it is read": (
        '<c r="B2" t="inlineStr"><is><t>東</t><rPh sb="0" eb="1"><t>ひがし</t></rPh></is></c>',
        OPENS,
    ),
    "a cell at XFD1048576": ('</row><row r="1048576"><c r="XFD1048576"><v>1</v></c>', REFUSED),
    "a cell at XFD2": ('<c r="XFD2"><v>1</v></c>', REFUSED),
    "an empty cell at XFD2": ('<c r="XFD2" s="1"/>', OPENS),
    "a cell past all columns": ('<c r="XFE2"><v>1</v></c>', REFUSED),
    "a cell in column ZZZZ": ('<c r="ZZZZ2"><v>1</v></c>', REFUSED),
    "a cell with small letters": ('<c r="b2"><v>1</v></c>', REFUSED),
    "a cell of another row": ('<c r="B7"><v>1</v></c>', REFUSED),
    "a cell without column": ('<c r="2"><v>1</v></c>', REFUSED),
    "a cell without row": ('<c r="B"><v>1</v></c>', REFUSED),
    "a cell at nothing": ('<c r=""><v>1</v></c>', REFUSED),
    "a cell without place": ("<c><v>1</v></c>", OPENS),
    "cells in wrong order": ('<c r="D2"><v>2</v></c><c r="B2"><v>1</v></c>', OPENS),
    "a row before the first": ('</row><row r="0"><c r="A0"><v>1</v></c>', REFUSED),
    "a row counted backwards": ('</row><row r="-5"><c r="A1"><v>1</v></c>', REFUSED),
    "a row that is a word": ('</row><row r="fem"><c r="A5"><v>1</v></c>', REFUSED),
    "a row beyond all numbers": ('</row><row r="99999999999999999999"><c><v>1</v></c>', REFUSED),
    "a row number of 5 000 digits": (f'</row><row r="{"1" * 5000}"><c><v>1</v></c>', REFUSED),
    "row 200 000": ('</row><row r="200000"><c r="A200000"><v>1</v></c>', OPENS),
    "row 200 001": ('</row><row r="200001"><c r="A200001"><v>1</v></c>', REFUSED),
    "rows in wrong order": ('</row><row r="9"><c r="A9"><v>1</v></c></row><row r="3">', OPENS),
    "a row hidden by a filter": ('</row><row r="3" hidden="1"><c r="A3"><v>1</v></c>', OPENS),
}


def attributes(number: int) -> str:
    """So many attributes, each of its own name."""
    return "".join(f' a{n}="1"' for n in range(number))


SHEETS: dict[str, tuple[str, str]] = {
    "no cells at all": (sheet(""), REFUSED),
    "only cells without text": (sheet('<row r="1"><c r="A1" s="1"/></row>'), REFUSED),
    "no rows at all": (f'{DECLARED}<worksheet xmlns="{MAIN}"/>', REFUSED),
    "a dimension that lies low": (sheet(before='<dimension ref="A1"/>'), OPENS),
    "a dimension that lies high": (sheet(before='<dimension ref="A1:XFD1048576"/>'), OPENS),
    "a dimension that is a word": (sheet(before='<dimension ref="allt"/>'), OPENS),
    "a merged heading": (sheet(after='<mergeCells><mergeCell ref="B1:C1"/></mergeCells>'), OPENS),
    "everything merged": (sheet(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), OPENS),
    "a merge that is a word": (sheet(after='<mergeCells><mergeCell ref="hej"/></mergeCells>'), OPENS),
    "a merge of no columns": (sheet(after='<mergeCells><mergeCell ref="ZZZ1:AAA9"/></mergeCells>'), REFUSED),
    "a merge backwards": (sheet(after='<mergeCells><mergeCell ref="C2:A1"/></mergeCells>'), OPENS),
    "merges on top of each other": (
        sheet(after="<mergeCells>" + '<mergeCell ref="A1:C2"/>' * 20_000 + "</mergeCells>"),
        OPENS,
    ),
    "two tables of cells": (sheet(ROWS + f"</sheetData><sheetData>{ROWS}"), REFUSED),
    "names with a prefix": (
        f'{DECLARED}<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>",
        OPENS,
    ),
    "names of another kind of XML": ('<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', REFUSED),
    "half a document": (sheet()[:-60], REFUSED),
    "two documents": (sheet() + sheet(), REFUSED),
    "words after the document": (sheet() + "hej", REFUSED),
    "no document": ("", REFUSED),
    "words for a document": ("Detta är inget blad.", REFUSED),
    "tags that cross": (sheet('<row r="1"><c r="A1"></row></c>'), REFUSED),
    "an attribute twice": (sheet('<row r="1" r="2"/>'), REFUSED),
    "an entity": (
        f'<!DOCTYPE a [<!ENTITY e "10">]><worksheet xmlns="{MAIN}"><sheetData><row><c><v>&e;</v></c></row>'
        "</sheetData></worksheet>",
        REFUSED,
    ),
    "a file as an entity": (
        f'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet xmlns="{MAIN}"><sheetData>'
        '<row><c t="str"><v>&e;</v></c></row></sheetData></worksheet>',
        REFUSED,
    ),
    "a page as an entity": (
        f'<!DOCTYPE a [<!ENTITY e SYSTEM "http://127.0.0.1:9/">]><worksheet xmlns="{MAIN}"><sheetData>'
        '<row><c t="str"><v>&e;</v></c></row></sheetData></worksheet>',
        REFUSED,
    ),
    "an entity of parameters": (
        f'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]><worksheet xmlns="{MAIN}"/>',
        REFUSED,
    ),
    "a document type from elsewhere": (
        f'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><worksheet xmlns="{MAIN}"/>',
        REFUSED,
    ),
    "an instruction to a program": (sheet().replace("?>\n", '?><?php system("ls") ?>'), OPENS),
    "an encoding nobody has": (sheet().replace("UTF-8", "X-ROT13"), REFUSED),
    "an encoding of several bytes": (sheet().replace("UTF-8", "shift_jis"), REFUSED),
    "UTF-7": (sheet().replace("UTF-8", "UTF-7"), REFUSED),
    "an encoding that is no text": (sheet().replace("UTF-8", "base64"), REFUSED),
    "elements a hundred thousand deep": (sheet(ROWS + "<a>" * 100_000 + "</a>" * 100_000), REFUSED),
    "a thousand attributes": (
        sheet(f'<row r="1"{attributes(1000)}><c r="A1"><v>1</v></c></row>'),
        OPENS,
    ),
    "fifty thousand attributes": (
        sheet(f'{ROWS}<row r="3"{attributes(50_000)}/>'),
        REFUSED,
    ),
    "fifty thousand kinds of elements": (sheet(ROWS + "".join(f"<e{n}/>" for n in range(50_000))), REFUSED),
}


def billion_laughs() -> str:
    """Ten entities of ten each, ten deep."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<!DOCTYPE a [<!ENTITY e0 "ha">{entities}]><worksheet xmlns="{MAIN}"><sheetData><row>'
        '<c t="str"><v>&e9;</v></c></row></sheetData></worksheet>'
    )


def blow_up() -> str:
    """One long entity, many times."""
    entity, uses = "a" * 100_000, "&e;" * 10_000
    return f'<!DOCTYPE a [<!ENTITY e "{entity}">]><sst xmlns="{MAIN}"><si><t>{uses}</t></si></sst>'


def book_cases() -> Iterator[tuple[str, dict[str, Part], str]]:
    """What is wrong in other parts than the sheet: the parts that change."""
    for part in ("[Content_Types].xml", "_rels/.rels", STRINGS, STYLES, BOOK, BOOK_RELS, SHEET):
        expected = OPENS if part in ("[Content_Types].xml", "_rels/.rels") else REFUSED
        yield f"without {part}", {part: None}, expected
        yield f"with an empty {part}", {part: ""}, OPENS if part == "[Content_Types].xml" else REFUSED
        yield f"with noise for {part}", {part: b"\x00\xff\x13" * 99}, OPENS if part[0] == "[" else REFUSED
    no_texts = relations(*BOOK_RELATIONS[:1])
    yield "without relations to texts and styles", {BOOK_RELS: no_texts}, REFUSED
    yield "wrong content types", {"[Content_Types].xml": "<Types/>"}, OPENS
    yield "a sheet that is a picture", {BOOK_RELS: relations(("image", "a.png"))}, REFUSED
    yield "a sheet that is a chart", {BOOK_RELS: relations(("chartsheet", "a.xml"))}, REFUSED
    yield "a sheet that is the workbook", {BOOK_RELS: relations(("worksheet", "workbook.xml"))}, REFUSED
    yield (
        "a sheet that is its relations",
        {BOOK_RELS: relations(("worksheet", "_rels/workbook.xml.rels"))},
        REFUSED,
    )
    yield "a sheet outside the file", {BOOK_RELS: relations(("worksheet", "../../../etc/passwd"))}, REFUSED
    yield (
        "a sheet on the web",
        {
            BOOK_RELS: relations(
                more='<Relationship Id="rId1" Target="http://127.0.0.1:9/" TargetMode="External"/>'
            )
        },
        REFUSED,
    )
    yield (
        "relations in a circle",
        {
            "_rels/.rels": relations(("officeDocument", "_rels/.rels")),
        },
        REFUSED,
    )
    yield (
        "texts that are the sheet",
        {BOOK_RELS: relations(BOOK_RELATIONS[0], ("sharedStrings", "worksheets/sheet1.xml"))},
        REFUSED,
    )
    yield "a sheet without relation", {BOOK: book().replace("r:id", "r:di")}, REFUSED
    yield "a workbook without sheets", {BOOK: book().replace("<sheet ", "<blad ")}, REFUSED
    yield "only hidden sheets", {BOOK: book(("Blad1", ' state="hidden"'))}, REFUSED
    yield "only very hidden sheets", {BOOK: book(("Blad1", ' state="veryHidden"'))}, REFUSED
    yield "a sheet of an unknown state", {BOOK: book(("Blad1", ' state="borta"'))}, OPENS
    yield "a very long sheet name", {BOOK: book(("B" * 60_000, ""))}, OPENS
    yield "a sheet without name", {BOOK: book(("", ""))}, OPENS
    yield "a sheet named backwards", {BOOK: book(("\u202eBlad", ""))}, OPENS
    many = [(f"Blad{n}", "") for n in range(10_000)]
    same = relations(*[BOOK_RELATIONS[0]] * 10_000)
    yield "10 000 sheets that are one", {BOOK: book(*many), BOOK_RELS: same}, REFUSED
    yield (
        "a hundred sheets that are one",
        {
            BOOK: book(*many[:100]),
            BOOK_RELS: relations(*[BOOK_RELATIONS[0]] * 100, *BOOK_RELATIONS[1:]),
        },
        OPENS,
    )
    names = "".join(f'<definedName name="n{n}">Blad1!A{n}</definedName>' for n in range(1, 50_000))
    yield "50 000 names", {BOOK: book(names=f"<definedNames>{names}</definedNames>")}, OPENS
    yield (
        "an external link",
        {
            BOOK_RELS: relations(*BOOK_RELATIONS, ("externalLink", "externalLinks/a.xml")),
            "xl/externalLinks/a.xml": billion_laughs(),
        },
        OPENS,
    )
    yield "a macro", {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 999}, OPENS
    yield "a hostile drawing", {"xl/drawings/drawing1.xml": billion_laughs()}, OPENS
    yield "hostile properties", {"docProps/core.xml": billion_laughs()}, OPENS
    yield "laughs in the workbook", {BOOK: billion_laughs()}, REFUSED
    yield "laughs in the texts", {STRINGS: billion_laughs()}, REFUSED
    yield "laughs in the styles", {STYLES: billion_laughs()}, REFUSED
    yield "laughs in the relations", {BOOK_RELS: billion_laughs()}, REFUSED
    yield "laughs in the first relations", {"_rels/.rels": billion_laughs()}, REFUSED
    yield "a long entity many times", {STRINGS: blow_up()}, REFUSED
    yield "a text of 100 000 characters", {STRINGS: strings(["x" * 100_000])}, REFUSED
    yield "a format of 10 000 characters", {STYLES: styles(["0", "0" * 10_000])}, OPENS
    yield "a format of a thousand parts", {STYLES: styles(["0", ";" * 250])}, OPENS
    yield "a format with an open quote", {STYLES: styles(["0", '0" kr'])}, OPENS
    yield "a format that is only a backslash", {STYLES: styles(["0", "\\"])}, OPENS
    yield "a format with 200 decimals", {STYLES: styles(["0", "0." + "0" * 200])}, OPENS
    yield "a format without number", {STYLES: styles().replace('numFmtId="165" f', 'numFmtId="x" f')}, REFUSED
    yield (
        "a million styles",
        {STYLES: styles().replace("</cellXfs>", "<xf/>" * 1_000_000 + "</cellXfs>")},
        REFUSED,
    )


def cases() -> Iterator[Case]:
    """Every workbook of this module."""
    for name, (cell, expected) in CELLS.items():
        yield Case(name, "cell.xlsx", workbook(with_cell(cell)), expected)
    for name, (part, expected) in SHEETS.items():
        yield Case(name, "blad.xlsx", workbook(part), expected)
    yield Case("laughs in the sheet", "skratt.xlsx", workbook(billion_laughs()), REFUSED)
    yield Case("UTF-16", "utf16.xlsx", workbook(sheet().replace("UTF-8", "UTF-16").encode("utf-16")), OPENS)
    yield Case("UTF-32", "utf32.xlsx", workbook(sheet().replace("UTF-8", "UTF-32").encode("utf-32")), REFUSED)
    yield Case(
        "two encodings",
        "blandat.xlsx",
        workbook(with_cell('<c t="str"><v>å§</v></c>').encode().replace("§".encode(), b"\xe5")),
        REFUSED,
    )
    for name, changed, expected in book_cases():
        yield Case(name, "bok.xlsx", workbook(changed=changed), expected)
