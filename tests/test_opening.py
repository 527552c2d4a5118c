"""Files that open: CSV however it is written, and workbooks as editors have them."""

import io
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from comparisons.intake.opening import Unreadable, open_file
from comparisons.intake.opening.cells import HAS_NO_VALUE, IS_A_BOOLEAN
from comparisons.intake.opening.number_formats import IS_A_DATE
from tests.hostile.parts import book, parts, relations, sheet, with_cell, workbook, zipped

pytestmark = pytest.mark.once

TABLE = "Nyckeltal;Borås 2016;Borås 2017\nVåldsbrott;10,4;9,8\n"
ROWS = [["Nyckeltal", "Borås 2016", "Borås 2017"], ["Våldsbrott", "10,4", "9,8"]]


def rows(text: str | bytes) -> list[list[str]]:
    """The rows of a CSV file."""
    content = text if isinstance(text, bytes) else text.encode()
    (only,) = open_file("siffror.csv", content).sheets
    return only.rows


def saved(made: Workbook) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def made_sheet() -> tuple[Workbook, Worksheet]:
    made = Workbook()
    active = made.active
    assert isinstance(active, Worksheet)
    return made, active


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_in_any_encoding(encoding: str) -> None:
    assert rows(TABLE.encode(encoding)) == ROWS


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_table_with_any_delimiter_and_line_end(delimiter: str, ends: str) -> None:
    assert rows(TABLE.replace(";", delimiter).replace("\n", ends)) == ROWS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'indicator,value,note\nVåld,"0,34","a; b"\n',
            [["indicator", "value", "note"], ["Våld", "0,34", "a; b"]],
        ),
        # Semicolons and commas cut as evenly: the comma is a decimal one.
        ("A;1,5\nB;2,5\n", [["A", "1,5"], ["B", "2,5"]]),
        ("Namn, enhet;2016\nVåld, antal;0,5\n", [["Namn, enhet", "2016"], ["Våld, antal", "0,5"]]),
        ("0,5\n0,34\n", [["0,5"], ["0,34"]]),
        ("Nyckeltal\nVåld\n", [["Nyckeltal"], ["Våld"]]),
        ("sep=,\na;b,c\n", [["a;b", "c"]]),
        ("sep=;\r\n0,5;1,5\r\n", [["0,5", "1,5"]]),
        ('"a, b","c; d"\n1,2\n', [["a, b", "c; d"], ["1", "2"]]),
        (
            "Trygghet, hela\nKälla: Brå\n\nNamn;2016;2017\nA;1,5;2\nB;3;4\n",
            [
                ["Trygghet, hela"],
                ["Källa: Brå"],
                [],
                ["Namn", "2016", "2017"],
                ["A", "1,5", "2"],
                ["B", "3", "4"],
            ],
        ),
        ('a;"två\nrader";c\n1;2;3\n', [["a", "två rader", "c"], ["1", "2", "3"]]),
        ('a;"ett ""citat""";c\n', [["a", 'ett "citat"', "c"]]),
        ("a;b;;\n;;;\n1;;3;\n;;\n", [["a", "b"], [], ["1", "", "3"]]),
        ("  a ;\u00a0b\t\n1\u00a0234,5;x\u200by\n", [["a", "b"], ["1\u00a0234,5", "xy"]]),
    ],
)
def test_how_a_text_is_cut(text: str, expected: list[list[str]]) -> None:
    assert rows(text) == expected


def test_a_csv_sheet_is_named_as_its_file() -> None:
    for name in ("Trygghet 2017.csv", "C:\\Siffror\\Trygghet 2017.csv", "/a/Trygghet 2017.csv"):
        assert open_file(name, b"a;b\n").sheets[0].name == "Trygghet 2017"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Filen är tom."),
        (b";;\n", "Filen är tom."),
        (TABLE.encode("mac-roman"), "å, ä och ö har blivit fel"),
        (TABLE.encode("cp850"), "å, ä och ö har blivit fel"),
        (TABLE.encode() + TABLE.encode("cp1252"), "å, ä och ö har blivit fel"),
        (TABLE.encode().decode("cp1252").encode(), "å, ä och ö har blivit fel"),
        (b"a;b\n\0;1\n", "inte ren text"),
        (b'a;b\n1;2\n"c;3\n4;5\n', "börjar på rad 3"),
        (b"a\n" + b"x" * 32_768, "32\u00a0767 tecken"),
        (b"\n" * 200_000 + b"1", "rad 200\u00a0000"),
        (b";" * 2000 + b"1", "kolumn 2\u00a0000"),
        (b"a" * 30_000_001, "31\u00a0MB. Högst 30\u00a0MB"),
        (b"%PDF-1.7", "en pdf"),
        (b"<table>", "en webbsida"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "skyddad med lösenord",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "gamla format (.xls)"),
        (zipped([("a.csv", "a")]), "zip-arkiv"),
        (zipped([("content.xml", "<a/>")]), "OpenDocument"),
        (workbook()[:-99], "skadad eller ofullständig"),
        (
            workbook(changed={"xl/workbook.xml": book(("Blad1", ' state="hidden"'))}),
            "Alla blad i filen är dolda",
        ),
        (workbook(changed={"xl/media/a.bin": b"\0" * 2_000_000}), "mer än 100 gånger"),
        (
            zipped([*parts().items(), *((f"xl/{n}", b"") for n in range(2000))]),
            "2\u00a0007 delar. Högst 2\u00a0000",
        ),
    ],
)
def test_what_does_not_open_says_why(content: bytes, says: str) -> None:
    with pytest.raises(Unreadable) as refused:
        open_file("siffror.xlsx", content)
    assert says in str(refused.value)


@pytest.mark.parametrize("content", [workbook(), TABLE.encode()], ids=["xlsx", "csv"])
def test_what_takes_too_long_is_refused_however_slow_the_machine(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comparisons.intake.opening.limits.MOST_SECONDS", 0)
    with pytest.raises(Unreadable, match=r"^Filen tar för lång tid att läsa\."):
        open_file("siffror", content)


def test_a_workbook_as_excel_shows_it() -> None:
    made, active = made_sheet()
    active.append(["Nyckeltal", "Borås 2016", 2017, "Not"])
    active.append(["Våldsbrott", 10.44, -0.5, "  1.234 "])
    active["B2"].number_format, active["C2"].number_format = "0.0", "0.00"
    opened = open_file("siffror.csv", saved(made)).sheets
    assert [(one.name, one.faults) for one in opened] == [("Sheet", {})]
    assert opened[0].rows == [
        ["Nyckeltal", "Borås 2016", "2017", "Not"],
        ["Våldsbrott", "10,4", "−0,50", "1.234"],
    ]


def test_what_is_no_text_is_told_of_its_cell() -> None:
    made, active = made_sheet()
    active.append(["a", date(2018, 1, 1), True, "=1+1", "#N/A"])
    (only,) = open_file("x.xlsx", saved(made)).sheets
    assert only.rows == [["a", "", "", "", "#N/A"]]
    assert only.faults == {(0, 1): IS_A_DATE, (0, 2): IS_A_BOOLEAN, (0, 3): HAS_NO_VALUE}


def test_a_fault_last_in_the_sheet_is_not_cut() -> None:
    made, active = made_sheet()
    active["A1"], active["C3"] = "a", date(2018, 1, 1)
    (only,) = open_file("x.xlsx", saved(made)).sheets
    assert only.rows == [["a"], [], ["", "", ""]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<f>1+1</f><v>2</v>", "2"),
        ("<v>0.30000000000000004</v>", "0,3"),
        ("<v>1E+308</v>", "1E+308"),
        ("<v>NaN</v>", "NaN"),
        ("<v>1E-3</v>", "0,001"),
    ],
)
def test_the_saved_value_is_taken(cell: str, text: str) -> None:
    (only,) = open_file("x.xlsx", workbook(with_cell(f'<c r="B2">{cell}</c>'))).sheets
    assert only.rows[1] == ["Våldsbrott", text] and not only.faults


def test_merged_headings_stand_over_all_they_cover_but_a_figure_once() -> None:
    made, active = made_sheet()
    active.append(["Nyckeltal", "Borås", None, "Riket"])
    active.append([None, 2016, None, 2017])
    active.append(["Våld", 10.4, None, "Ja"])
    for area in ("A1:A2", "B1:C1", "B2:C2", "B3:C3", "D3:F3"):
        active.merge_cells(area)
    (only,) = open_file("x.xlsx", saved(made)).sheets
    assert only.rows == [
        ["Nyckeltal", "Borås", "Borås", "Riket"],
        ["Nyckeltal", "2016", "2016", "2017"],
        ["Våld", "10,4", "", "Ja"],
    ]


def test_only_visible_sheets_with_text_and_every_row_of_them() -> None:
    made, active = made_sheet()
    active.append(["a"])
    active.append(["gömd av ett filter"])
    active.row_dimensions[2].hidden = True
    made.create_sheet("Tomt")
    made.create_sheet("Dolt").append(["b"])
    made["Dolt"].sheet_state = "hidden"
    made.create_chartsheet("Diagram")
    made.create_sheet("Andra").append(["c"])
    opened = open_file("x.xlsx", saved(made)).sheets
    assert [(one.name, one.rows) for one in opened] == [
        ("Sheet", [["a"], ["gömd av ett filter"]]),
        ("Andra", [["c"]]),
    ]


def test_a_workbook_at_another_place_and_with_prefixes() -> None:
    moved = {
        "_rels/.rels": relations(("officeDocument", "/xl/bok.xml")),
        "xl/workbook.xml": None,
        "xl/bok.xml": book(),
        "xl/_rels/bok.xml.rels": relations(("worksheet", "/xl/blad.xml")),
        "xl/blad.xml": sheet('<row><c t="str"><v>a</v></c></row>')
        .replace("<c", "<x:c")
        .replace("</c", "</x:c")
        .replace("xmlns=", 'xmlns:x="x" xmlns='),
    }
    assert open_file("x.xlsx", workbook(changed=dict(moved))).sheets[0].rows == [["a"]]
