"""What a file is, told by its first bytes: a name can be anything."""

import codecs
import re
from enum import Enum

from comparisons.intake.opening.limits import Unreadable

#: How to save a sheet so that it can be read in.
SAVE_AS_XLSX = "Öppna den i Excel och spara den som Excel-arbetsbok (.xlsx)."


class Kind(Enum):
    """The two kinds that may be a table of figures."""

    ZIP = "zip"
    TEXT = "text"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: The names of the streams of an encrypted workbook, as OLE writes them.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    ((b"%PDF",), f"Filen är en pdf. Hämta siffrorna som kalkylark i stället. {SAVE_AS_XLSX}"),
    ((b"{\\rtf",), "Filen är ett textdokument (rtf). Lägg tabellen i ett kalkylark och spara det som .xlsx."),
    (
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF"),
        "Filen är en bild eller ett ljud. Läs in kalkylarket som siffrorna står i.",
    ),
    (
        (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"BZh", b"MSCF"),
        "Filen är packad. Packa upp den och läs in kalkylarket som ligger i den.",
    ),
    ((b"MZ", b"\x7fELF"), "Filen är ett program. Läs in kalkylarket som siffrorna står i."),
    ((b"SQLite format 3",), "Filen är en databas. Spara tabellen som .xlsx eller .csv."),
)
# Some of them begin ordinary words too: those files have a NUL soon after.
_ALSO_WORDS = (b"BM", b"MZ", b"RIFF", b"GIF8", b"BZh", b"MSCF", b"Rar!")
_HTML = re.compile(r"<(?:!doctype html|html|head|body|table|meta|style|script|div)\b", re.IGNORECASE)
_IS_HTML = f"Filen är en webbsida, även om den heter som ett kalkylark. {SAVE_AS_XLSX}"
_IS_XML = f"Filen är i XML-format. {SAVE_AS_XLSX}"


def kind_of(content: bytes) -> Kind:
    """Which of the two kinds the bytes are. Raises Unreadable when they are known to be something else."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.ZIP
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise Unreadable(
                "Filen är skyddad med lösenord. Öppna den i Excel, ta bort lösenordet och spara den igen."
            )
        raise Unreadable(
            f"Filen är i Excels gamla format (.xls) eller ett annat äldre dokument. {SAVE_AS_XLSX}"
        )
    for beginnings, sentence in _OTHERS:
        if content.startswith(beginnings) and (
            not content.startswith(_ALSO_WORDS) or b"\0" in content[:1000]
        ):
            raise Unreadable(sentence)
    head = _head(content)
    if _HTML.match(head) or head.lower().startswith("mime-version:"):
        raise Unreadable(_IS_HTML)
    if head.startswith("<"):
        raise Unreadable(_IS_HTML if _HTML.search(head) else _IS_XML)
    return Kind.TEXT


def _head(content: bytes) -> str:
    """How a text begins, whatever its encoding."""
    head = content[:2000]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace").lstrip()
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1").lstrip()
