"""CSV files that are hostile, broken or odd."""

import random
from collections.abc import Iterator

from tests.hostile.parts import OPENS, REFUSED, Case

HEAD = "Nyckeltal;Borås 2016;Borås 2017\n"
TABLE = f"{HEAD}Våldsbrott;10,4;9,8\n"

#: One cell, beside the name of a figure.
CELLS = [
    "1.234",
    "1 234,5",
    "1\u00a0234,5",
    "1\u202f234,5",
    "−2,5",
    "–2,5",
    "12 %",
    "12%",
    "1e308",
    "NaN",
    "INF",
    "1,2,3",
    "2018-01-01",
    "TRUE",
    "SANT",
    "#N/A",
    "#SAKNAS!",
    "=1+1",
    '=HYPERLINK("http://x.test")',
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "..",
    "–",
    "٣٤",
    "４２",
    "½",
    "1\u20442",
    "\u202e4,01",
    "\u200b10,4\u200b",
    "\x1b[31m10\x1b[0m",
    "\x07",
    "<script>alert(1)</script>",
    "'; DROP TABLE x; --",
    "{{ 7*7 }}",
    "\U0001f600" * 50,
    "e\u0301" * 500,
    "9" * 30_000,
]

#: Whole files.
TEXTS: dict[str, tuple[str, str]] = {
    "semicolons": (TABLE, OPENS),
    "commas": ("a,b\nVåld,1\n", OPENS),
    "tabs": ("a\tb\nVåld\t1\n", OPENS),
    "one column": ("Nyckeltal\nVåldsbrott\n", OPENS),
    "one cell": ("10,4", OPENS),
    "told what stands between": (f"sep=;\n{TABLE}", OPENS),
    "told something odd": ("sep=|\na|b\n1|2\n", OPENS),
    "told a quote": ('sep="\na\n', OPENS),
    "only told": ("sep=;\n", REFUSED),
    "told nothing": ("sep=\na;b\n", OPENS),
    "only delimiters": (";;;;\n;;;\n", REFUSED),
    "only commas": (",,,,,", REFUSED),
    "only spaces": ("   \n \t \n", REFUSED),
    "only line ends": ("\n" * 1000, REFUSED),
    "a million line ends": ("\n" * 1_100_000, REFUSED),
    "only quotes": ('""\n""\n', REFUSED),
    "one quote": ('"', REFUSED),
    "a quote that is not closed": (f'{HEAD}"Våldsbrott;10,4;9,8\nStölder;1;2\n', REFUSED),
    "words after a quote": (f'{HEAD}"Våld"sbrott;10,4;9,8\n', REFUSED),
    "a quote inside a word": (f'{HEAD}Skärm 24";10,4;9,8\n', OPENS),
    "a line break inside quotes": (f'{HEAD}"Vålds\nbrott";10,4;9,8\n', OPENS),
    "a hundred thousand quotes": ('"' * 100_000, REFUSED),
    "an odd number of quotes": ('"' * 100_001, REFUSED),
    "lines of the old Mac": (TABLE.replace("\n", "\r"), OPENS),
    "lines of all kinds": ("a;b\r\n1;2\r3;4\n5;6\n\r7;8", OPENS),
    "rows of any length": ("a;b;c\n1\n1;2;3;4;5\n\n;;;;;;1\n", OPENS),
    "a cell far to the right": (";" * 1999 + "1\n", OPENS),
    "a cell too far to the right": (";" * 2000 + "1\n", REFUSED),
    "a cell far down": ("\n" * 199_999 + "1\n", OPENS),
    "a cell too far down": ("\n" * 200_000 + "1\n", REFUSED),
    "a cell of 32 767 characters": (f"a;{'å' * 32_767}\n", OPENS),
    "a cell of 32 768 characters": (f"a;{'å' * 32_768}\n", REFUSED),
    "a quoted cell of a million": (f'a;"{"å" * 900_000}"\n', REFUSED),
    "a quoted cell of a million lines": ('a;"' + "å\n" * 1_000_000 + '"\n', REFUSED),
    "one gigantic line": ("å" * 10_000_000, REFUSED),
    "one gigantic line of delimiters": (";" * 20_000_000, REFUSED),
    "10⁶ columns": ("1;" * 1_000_000, REFUSED),
    "a NUL": ("a;b\n1;\0\n", REFUSED),
    "half of it NULs": ("a\0;\0b\0\n\0" * 100, REFUSED),
    "mixed delimiters": ("a;b,c\td\n1;2,3\t4\n", OPENS),
    "heading with commas inside quotes": ('"a, b","c; d"\n1,2\n3,4\n', OPENS),
    "a comma in every number": ("a;b\n1,1;1,2\n2,1;2,2\n", OPENS),
    "a table under words": (f"Öppna jämförelser, trygghet\n\nKälla: Brå, MSB\n{TABLE}", OPENS),
    "a point and a comma": ("a;b\n1.234,5;1,234.5\n", OPENS),
    "JSON": ('{"values": [{"kpi": "N00022"}]}', OPENS),
    "a letter": ("Hej! Här kommer siffrorna, som utlovat.\n\n/Anna\n", OPENS),
    "a program": ("import os\nos.system('ls')\n", OPENS),
    "a word that begins as a bitmap": ("BMI;Andel\nÖvervikt;10\n", OPENS),
    "UTF-7": ("Nyckeltal;Bor+AOU-s\nV+AOU-ld;1\n", OPENS),
    "bidi all over": ("\u202eNyckeltal\u2066;\u202dBorås\u2069\n\u200fVåld;\u200e1\n", OPENS),
    "å, ä, ö in two pieces": (TABLE.replace("å", "a\u030a"), OPENS),
    "letters that were lost": (TABLE.replace("å", "\ufffd"), REFUSED),
    "read wrongly once before": (TABLE.encode().decode("cp1252"), REFUSED),
}


def cases() -> Iterator[Case]:
    """Every file of this module."""
    for cell in CELLS:
        quoted = cell.replace('"', '""')
        yield Case(
            f"the cell {cell[:30]!r}", "cell.csv", f'{HEAD}Våldsbrott;"{quoted}";9,8\n'.encode(), OPENS
        )
    for name, (text, expected) in TEXTS.items():
        yield Case(f"CSV: {name}", "text.csv", text.encode(), expected)
    yield from _encodings()
    yield from _sizes()


def _encodings() -> Iterator[Case]:
    for encoding in ("utf-8-sig", "cp1252", "utf-16", "iso-8859-1"):
        yield Case(f"CSV in {encoding}", "tecken.csv", TABLE.encode(encoding), OPENS)
    yield Case("CSV in UTF-16 turned around", "tecken.csv", b"\xfe\xff" + TABLE.encode("utf-16-be"), OPENS)
    for encoding in ("cp850", "mac-roman", "utf-16-le", "utf-32"):
        yield Case(f"CSV in {encoding}", "tecken.csv", TABLE.encode(encoding), REFUSED)
    yield Case("CSV in EBCDIC", "tecken.csv", (TABLE * 20).encode("cp500"), REFUSED)
    yield Case("only a mark", "bom.csv", b"\xef\xbb\xbf", REFUSED)
    yield Case("only a mark of UTF-16", "bom.csv", b"\xff\xfe", REFUSED)
    yield Case("half a letter of UTF-16", "halv.csv", TABLE.encode("utf-16")[:-1], REFUSED)
    yield Case("half a pair in UTF-16", "halv.csv", b"\xff\xfea\0;\0\x00\xd8\n\0", REFUSED)
    yield Case("UTF-8 cut inside a letter", "halv.csv", HEAD.encode()[:26], REFUSED)
    yield Case("CSV in two encodings", "blandat.csv", TABLE.encode() + TABLE.encode("cp1252"), REFUSED)
    yield Case("a mark and another encoding", "fel.csv", b"\xef\xbb\xbf" + TABLE.encode("cp1252"), REFUSED)
    yield Case("bytes of no encoding", "fel.csv", b"a;b\n\x81\x8d\x8f;1\n", REFUSED)
    yield Case("too long a UTF-8", "fel.csv", b"a;b\n\xc0\xaf;\xe0\x80\xaf\xe5\n", OPENS)
    yield Case("half a character in UTF-8", "fel.csv", b"a;b\n\xed\xa0\x80\x81;1\n", REFUSED)
    yield Case("a mark inside the text", "bom.csv", b"a;b\n\xef\xbb\xbf1;2\n", OPENS)


def _sizes() -> Iterator[Case]:
    rows = "".join(f"Nyckeltal {n % 60};Kommun {n % 311};{n % 1000},{n % 10}\n" for n in range(199_000))
    yield Case("CSV: 199 000 rows", "stor.csv", rows.encode(), OPENS)
    noise = random.Random(7)
    cells = "\n".join(";".join(str(noise.randrange(10**6)) for _ in range(2000)) for _ in range(1100))
    yield Case("CSV: 2.2 million cells", "stor.csv", cells.encode(), REFUSED)
    # Every cell its own, and wide in memory for one letter of it.
    wide = "\n".join(";".join(f"{n:x}{m:x}\U0001f600" for m in range(10)) for n in range(180_000))
    yield Case("CSV: wide letters", "bred.csv", wide.encode(), REFUSED)
    yield Case("CSV: ragged", "bred.csv", (("\n" * 90 + ";" * 1999 + "1\n") * 1200).encode(), REFUSED)
