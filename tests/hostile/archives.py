"""Files that are no workbook whatever their name, and zip files that are bombs, cut off, or lie."""

import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.hostile.parts import OPENS, REFUSED, Case, parts, pieces, sheet, workbook, zipped

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: How the bytes begin, and the name they come under.
OTHER_KINDS = {
    "an old workbook": ("siffror.xls", OLE + b"\0" * 500 + "Workbook".encode("utf-16-le")),
    "an old workbook named as a new one": ("siffror.xlsx", OLE + b"\0" * 500),
    "a workbook with a password": ("hemlig.xlsx", OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")),
    "a PDF": ("rapport.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"),
    "a PDF named as CSV": ("rapport.csv", b"%PDF-1.4\n"),
    "a page": ("siffror.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>"),
    "a page with a mark first": ("siffror.csv", b"\xef\xbb\xbf\r\n<!DOCTYPE html><html></html>"),
    "a page in UTF-16": ("siffror.csv", "<HTML><body>".encode("utf-16")),
    "only a table": ("siffror.xls", b"<table><tr><td>1</td></tr></table>"),
    "a page as XML": ("siffror.xls", b'<?xml version="1.0"?><html xmlns="x"><body/></html>'),
    "a page as mail": ("siffror.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n"),
    "a workbook of 2003": (
        "siffror.xml",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    ),
    "a text with its looks": ("siffror.rtf", b"{\\rtf1\\ansi 1}"),
    "a picture": ("tabell.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    "a photograph": ("tabell.xlsx", b"\xff\xd8\xff\xe0\0\x10JFIF"),
    "a bitmap": ("tabell.csv", b"BM\x9a\0\0\0\0\0\0\0"),
    "a scanned page": ("tabell.csv", b"II*\0\x08\0\0\0"),
    "a packed file": ("siffror.csv.gz", b"\x1f\x8b\x08\0\0\0\0\0"),
    "a 7z": ("siffror.7z", b"7z\xbc\xaf\x27\x1c\0\x04"),
    "a rar": ("siffror.xlsx", b"Rar!\x1a\x07\x01\0"),
    "a program": ("siffror.exe", b"MZ\x90\0\x03\0\0\0"),
    "a database": ("siffror.xlsx", b"SQLite format 3\0"),
    "bytes by chance": ("siffror.xlsx", random.Random(1).randbytes(100_000)),
    "nothing": ("tom.xlsx", b""),
    "nothing named as CSV": ("tom.csv", b""),
    "the first letters of a zip": ("siffror.xlsx", b"PK\x03\x04"),
}

#: Zip files that hold something else than a workbook.
OTHER_ZIPS = {
    "an empty zip": [],
    "a zip of a CSV": [("siffror.csv", "a;b\n1;2\n")],
    "a zip of a workbook": [("siffror.xlsx", workbook())],
    "a zip of a zip of a zip": [("a.zip", zipped([("b.zip", zipped([("c.zip", b"PK")]))]))],
    "a Word document": [("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>")],
    "a presentation": [("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<p/>")],
    "a binary workbook": [("[Content_Types].xml", "<Types/>"), ("xl/workbook.bin", b"\0")],
    "an OpenDocument": [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", "<o/>"),
    ],
    "a sheet of Numbers": [("Index/Document.iwa", b"\0"), ("preview.jpg", b"\0")],
    "a package of nothing": [("[Content_Types].xml", "<Types/>"), ("_rels/.rels", "<Relationships/>")],
    "only folders": [("xl/", ""), ("_rels/", "")],
}


def cases() -> Iterator[Case]:
    """Every file of this module."""
    for name, (filename, content) in OTHER_KINDS.items():
        yield Case(name, filename, content, REFUSED)
    for name, members in OTHER_ZIPS.items():
        yield Case(name, "siffror.xlsx", zipped(members), REFUSED)
    yield Case("a workbook named as CSV", "siffror.csv", workbook(), OPENS)
    yield Case("a workbook named as an old one", "siffror.xls", workbook(), OPENS)
    yield Case("a workbook without ending", "siffror", workbook(), OPENS)
    yield Case("a workbook with a hostile name", "../../\0<b>" + "å" * 5000 + ".xlsx", workbook(), OPENS)
    yield Case("too many bytes", "stor.csv", b"a;b\n" + b"1;2\n" * 7_600_000, REFUSED)
    yield from _cut()
    yield from _members()
    yield from _bombs()
    yield from _liars()


def _cut() -> Iterator[Case]:
    whole = workbook()
    for percent in (1, 5, 10, 20, 35, 50, 65, 80, 90, 99):
        yield Case(
            f"the first {percent} per cent", "avhuggen.xlsx", whole[: len(whole) * percent // 100], REFUSED
        )
    yield Case("without its last byte", "avhuggen.xlsx", whole[:-1], REFUSED)
    yield Case("without its first byte", "avhuggen.xlsx", whole[1:], REFUSED)
    yield Case("with words after it", "mer.xlsx", whole + b"hej", OPENS)
    yield Case("with words before it", "mer.xlsx", b"hej" + whole, REFUSED)
    yield Case("twice", "tva.xlsx", whole + whole, OPENS)
    middle = len(whole) // 2
    yield Case("with a hole", "hal.xlsx", whole[:middle] + b"\0" * 50 + whole[middle + 50 :], REFUSED)


def _members() -> Iterator[Case]:
    good = list(parts().items())
    yield Case("stored, not packed", "lagrad.xlsx", zipped(good, zipfile.ZIP_STORED), OPENS)
    yield Case("packed as bzip2", "bz.xlsx", zipped(good, zipfile.ZIP_BZIP2), REFUSED)
    yield Case("packed as lzma", "lzma.xlsx", zipped(good, zipfile.ZIP_LZMA), REFUSED)
    yield Case("folders the Windows way", "w.xlsx", zipped((n.replace("/", "\\"), p) for n, p in good), OPENS)
    yield Case("names in capitals", "V.xlsx", zipped((name.upper(), part) for name, part in good), OPENS)
    twice = zipped([*good, (SHEET.upper(), sheet())])
    yield Case("a part twice, but for capitals", "t.xlsx", twice, REFUSED)
    same = zipped([*good, (SHEET.replace("sheet1", "sheet2"), sheet())])
    yield Case("a part twice", "t.xlsx", same.replace(b"sheet2.xml", b"sheet1.xml"), REFUSED)
    yield Case("a part that climbs out", "../x.xlsx", zipped([*good, ("../../etc/cron.d/x", "x")]), REFUSED)
    yield Case("a part from the root", "x.xlsx", zipped([*good, ("/etc/passwd", "x")]), REFUSED)
    yield Case("a part that climbs the Windows way", "x.xlsx", zipped([*good, ("..\\..\\x", "x")]), REFUSED)
    yield Case("a zip inside", "x.xlsx", zipped([*good, ("xl/embeddings/a.zip", workbook())]), OPENS)
    link = zipfile.ZipInfo("xl/link.xml")
    link.external_attr = 0o120777 << 16
    yield Case("a link to elsewhere", "x.xlsx", zipped([*good, (link, "/etc/passwd")]), OPENS)
    yield Case(
        "2 100 parts", "x.xlsx", zipped([*good, *((f"xl/m/{n}.xml", "") for n in range(2100))]), REFUSED
    )
    yield Case("200 000 parts", "x.xlsx", _many_entries(200_000), REFUSED)
    sheets = [(f"xl/worksheets/sheet{n}.xml", sheet()) for n in range(2, 1500)]
    yield Case("1 500 sheets, one of them used", "x.xlsx", zipped([*good, *sheets]), OPENS)


def _many_entries(number: int) -> bytes:
    """A directory of so many entries of the same empty part."""
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, 1, 0) + b"a"
    entry = (
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0, 0, len(entry) * number, len(local), 0)
    return local + entry * number + end


def _bombs() -> Iterator[Case]:
    zeros, million = b"\0" * 1_000_000, 1_000_000
    for part in (SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "xl/media/a.png"):
        yield Case(f"a bomb of 20 MB in {part}", "bomb.xlsx", pieces(part, [zeros] * 20), REFUSED)
    yield Case("a bomb of 300 MB", "bomb.xlsx", pieces(SHEET, [zeros] * 300), REFUSED)
    small = {f"xl/media/{n}.bin": b"\0" * (million - 1) for n in range(160)}
    yield Case("a bomb in 160 small parts", "bomb.xlsx", workbook(changed=dict(small)), REFUSED)
    begins, ends = (text.encode() for text in sheet("§").split("§"))
    rows = [begins, *([b'<row r="1"/>' * 80_000] * 100), ends]
    yield Case("a bomb of rows", "bomb.xlsx", pieces(SHEET, rows), REFUSED)
    yield Case("parts on top of each other", "bomb.xlsx", _overlapping(1000), REFUSED)
    # As large as may be of nothing: packed so well that it is refused one byte further on.
    spaces = begins[:-11] + b" " * (million - len(begins) - len(ends)) + begins[-11:] + ends
    yield Case("a million spaces", "luft.xlsx", pieces(SHEET, [spaces]), REFUSED)


def _overlapping(number: int) -> bytes:
    """So many entries of the directory, all of the same packed million."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = compressor.compress(b"<" * 900_000) + compressor.flush()
    crc = zlib.crc32(b"<" * 900_000)
    local = (
        struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, crc, len(packed), 900_000, 8, 0)
        + b"xl/a.xml"
    )
    entries = b"".join(
        struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, crc, len(packed), 900_000, 8, 0, 0, 0, 0, 0, 0
        )
        + f"xl/{n:05}".encode()
        for n in range(number)
    )
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, number, number, len(entries), len(local) + len(packed), 0
    )
    return local + packed + entries + end


def _liars() -> Iterator[Case]:
    whole = workbook()
    large = pieces(SHEET, [b" " * 1_000_000] * 100)
    directory, of_large = whole.index(b"PK\x01\x02"), large.index(b"PK\x01\x02")
    # Where an entry of the directory says: flags, method, checksum, packed and unpacked size, place.
    yield Case("says it is encrypted", "x.xlsx", _written(whole, directory + 8, "<H", 1), REFUSED)
    yield Case("says an unknown method", "x.xlsx", _written(whole, directory + 10, "<H", 99), REFUSED)
    for name, place in (("checksum", 16), ("packed size", 20), ("size", 24), ("place", 42)):
        yield Case(f"lies low of the {name}", "lögn.xlsx", _each_entry(whole, place, 7), REFUSED)
        yield Case(f"lies high of the {name}", "lögn.xlsx", _each_entry(whole, place, 0xFFFFFFF0), REFUSED)
    yield Case("a bomb that says it is small", "lögn.xlsx", _each_entry(large, 24, 1000), REFUSED)
    yield Case("a bomb that says it is well packed", "lögn.xlsx", _each_entry(large, 20, 90_000_000), REFUSED)
    end = whole.rindex(b"PK\x05\x06")
    yield Case("a directory of 4 GB", "lögn.xlsx", _written(whole, end + 12, "<L", 0xFFFFFF00), REFUSED)
    yield Case("a directory of nothing", "lögn.xlsx", _written(whole, end + 12, "<L", 0), REFUSED)
    yield Case("a directory elsewhere", "lögn.xlsx", _written(whole, end + 16, "<L", 5), REFUSED)
    yield Case("a disk of many", "lögn.xlsx", _written(whole, end + 4, "<H", 7), OPENS)
    yield Case("an old directory", "lögn.xlsx", _written(large, of_large + 6, "<H", 63), REFUSED)


def _written(content: bytes, place: int, form: str, number: int) -> bytes:
    """The bytes with a number written over those at ``place``."""
    changed = bytearray(content)
    struct.pack_into(form, changed, place, number)
    return bytes(changed)


def _each_entry(content: bytes, place: int, number: int) -> bytes:
    """The bytes with a number written in every entry of the directory."""
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content = _written(content, at + place, "<L", number)
        at = content.find(b"PK\x01\x02", at + 1)
    return content
